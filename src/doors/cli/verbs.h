/* The verbs that are doors: they ask the keeper and print. The program's main lists them in its
 * table beside those that need other rooms. */
#ifndef YOUJU_DOORS_CLI_VERBS_H
#define YOUJU_DOORS_CLI_VERBS_H

#include "doors/cli/verb.h"

int verb_do(struct cli *cli);
int verb_show(struct cli *cli);
int verb_signature(struct cli *cli); /* text and signature of a signed step, as files */

#endif
