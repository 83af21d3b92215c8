/* One signature for a list (decision 0094): the text names every step, each is given and told by itself. */
#ifndef YOUJU_DOORS_CLI_TOGETHER_H
#define YOUJU_DOORS_CLI_TOGETHER_H

#include "doors/cli/cli.h"
#include "law/commands.h"

/* list: the field whose value in pairs has several, commas between. Prints a row for each; EXIT_GRANTED when all
 * were granted. */
int do_together(struct cli *cli, const struct command_spec *spec, const struct pair *pairs, size_t count, struct str list);

#endif
