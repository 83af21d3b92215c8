/* What the keeper answered, for people and for programs. */
#ifndef YOUJU_DOORS_CLI_REPLY_H
#define YOUJU_DOORS_CLI_REPLY_H

#include "counter/message.h"
#include "doors/cli/cli.h"

/* The exit code that goes with the outcome of the reply; EXIT_FAILED for one this program does not know. */
int reply_code(const struct message *reply);

/* What the outcome is called: msgid. */
const char *reply_label(const struct message *reply);

/* Writes the outcome to cli->out: a letter, or with --json one object
 * {verdict, refusal, entry, asked_entry, receipt, …}. Returns reply_code. */
int reply_put(struct cli *cli, const struct message *reply);

#endif
