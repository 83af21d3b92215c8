/* An answer as people read it: JSON of the law's answer document, one labelled line a member. */
#ifndef YOUJU_DOORS_CLI_LETTER_H
#define YOUJU_DOORS_CLI_LETTER_H

#include "base/json.h"
#include "doors/cli/cli.h"

/* One "  Label:  value" line; the value may be wide characters, never control characters. */
void letter_line(struct cli *cli, const char *label, struct str value);

/* Every member of the object, nested ones joined into one line; lists of objects as tables. Text
 * that is no JSON is left out: the reply came from our own keeper. */
void letter_put(struct cli *cli, struct str json);

#endif
