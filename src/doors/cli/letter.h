/* An answer as people read it: the members of the law's answer document that a person needs, one
 * labelled line each, in the order of a letter. */
#ifndef YOUJU_DOORS_CLI_LETTER_H
#define YOUJU_DOORS_CLI_LETTER_H

#include "base/json.h"
#include "doors/cli/cli.h"

/* One "  Label:  value" line, none for an empty value; no control character passes. */
void letter_line(struct cli *cli, const char *label, struct str value);

/* The answer document and the day table (law/answer.h), each JSON or "". Text that is no JSON is
 * left out: it came from our own keeper, and --json shows it whole. */
void letter_answer(struct cli *cli, struct str answer);
void letter_day_table(struct cli *cli, struct str day_table);

#endif
