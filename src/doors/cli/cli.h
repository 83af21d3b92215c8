/* What every verb of the command line gets: its arguments, its language and where it writes. */
#ifndef YOUJU_DOORS_CLI_CLI_H
#define YOUJU_DOORS_CLI_CLI_H

#include "base/buf.h"

/* Exit codes, as every help page prints them. */
enum cli_exit {
	EXIT_GRANTED = 0,
	EXIT_FOUND = 1,   /* a check or a comparison found a difference */
	EXIT_USAGE = 2,
	EXIT_REFUSED = 3,
	EXIT_FAILED = 4
};

enum { CLI_ARGS_MAX = 128 };

struct verb;

struct cli {
	struct arena *arena; /* secret: identity numbers and PINs pass through it */
	struct buf out;      /* standard output, written once at the end (cli_print) */
	bool json, chinese;
	const struct verb *verb;
	size_t count; /* arguments that are no options, in order */
	struct str args[CLI_ARGS_MAX];
	const char *values[16]; /* of the verb's options, in the order of its table; NULL absent */
};

/* The value of an option of this verb, NULL when it was not given; "" for a flag. Asking for an
 * option that the verb does not declare is a bug. */
const char *cli_option(const struct cli *cli, const char *name);

/* The text in the language of the caller; English where no translation is known. */
const char *cli_say(const struct cli *cli, const char *msgid);

/* One line on standard error: program and verb, what it is about ("" for nothing), the text in the
 * caller's language. Never secret. Returns EXIT_USAGE, so that a reader of arguments can end with it. */
int cli_error(const struct cli *cli, struct str about, const char *msgid);
/* The same for the world's fault; returns EXIT_FAILED. */
int cli_failed(const struct cli *cli, struct str about, enum fail fail);
/* What a verb did: one line for people, with --json an object of the members in their order. */
struct told { const char *key; struct str text; bool is_count; uint64_t count; };
void cli_tell(struct cli *cli, const struct told *members, size_t count, struct str line);

/* Writes cli->out to standard output and empties it. FAIL_IO when nobody takes it. */
MUST_CHECK enum fail cli_print(struct cli *cli);

#endif
