/* What do and show have in common: open the cards, reach the counter of a data directory, ask, and
 * print what came back. */
#ifndef YOUJU_DOORS_CLI_ASK_H
#define YOUJU_DOORS_CLI_ASK_H

#include "doors/cli/talk.h"
#include "doors/cli/verb.h"
#include "doors/language.h"

/* How a data directory is reached; the program's main gives it, because starting processes is not
 * the doors' business. open starts the roles when no server runs; close stops what open started. */
struct counter_way {
	enum fail (*open)(const char *dir, void **host_out);
	enum fail (*reach)(void *host, int *fd_out);
	void (*close)(void *host);
};
extern const struct counter_way *counter_way;

/* Options of every verb that asks the keeper as a person. */
#define ASK_OPTIONS                                                                                \
	{ "as", "CARD", N_("Your card: a file with its certificate and key.") },                       \
	{ "session", "FILE", N_("Use the session that sign_in left in FILE instead of a card.") },     \
	{ "pin-fd", "N", N_("Take the PIN from descriptor N, one line a card, instead of the terminal.") }

/* Opens the cards of --as (which must be there) and --with. Returns EXIT_GRANTED, else the exit code after printing why;
 * then none is open. */
int ask_signers(struct cli *cli, struct signer signers[SIGNERS_MAX], size_t *count_out);
void ask_signers_close(struct signer *signers, size_t count);
void ask_head(struct cli *cli, struct message *ask); /* channel, address and language */

/* Signs with the cards of --as (and --with, where the verb has it), or uses the session file. The
 * message gets channel, address and language. Returns EXIT_GRANTED when a reply came, whatever it
 * says, else the exit code after printing why. */
int ask_keeper(struct cli *cli, const char *dir, struct message *ask, struct message *out);

/* Records what the machine's operator does, with the operating-system user: an entry of the log
 * stands before EXIT_GRANTED comes back; otherwise the reason was printed. */
int operator_record(struct cli *cli, const char *dir, const char *verb, struct str detail);

#endif
