/* field=value arguments. What is secret never stands among the arguments of a program, where every
 * user of the machine can read it: it comes from a file (field=@FILE) or from standard input
 * (field=@-). */
#ifndef YOUJU_DOORS_CLI_VALUES_H
#define YOUJU_DOORS_CLI_VALUES_H

#include "doors/cli/cli.h"
#include "law/commands.h"

enum { VALUES_MAX = 64, VALUE_MAX_BYTES = 8 * 1024 * 1024 };

/* Reads cli->args from first on. spec NULL: filters of a list, of which none is known to be secret.
 * Several @- take one line of standard input each, in the order given; the last takes the rest. On
 * a terminal each is asked for by name, a secret one without echo. False: the reason was printed. */
bool values_read(struct cli *cli, const struct record_spec *spec, size_t first,
                 struct pair out[VALUES_MAX], size_t *count_out);

/* Does the text look like an identity number, valid or mistyped? */
bool value_is_identity(struct str text);

#endif
