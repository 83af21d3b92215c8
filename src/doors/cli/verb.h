/* Verbs as a table: what the program can do, its arguments and options, and help and man pages
 * made from the same rows. */
#ifndef YOUJU_DOORS_CLI_VERB_H
#define YOUJU_DOORS_CLI_VERB_H

#include "doors/cli/cli.h"

struct option {
	const char *name; /* without the two hyphens */
	const char *arg;  /* placeholder of its value; NULL for a flag */
	const char *label;
};

enum { VERB_OPTIONS_MAX = 10 };

struct verb {
	const char *name, *args, *label;
	size_t args_min, args_max; /* arguments that are no options */
	const struct option options[VERB_OPTIONS_MAX]; /* ends with a row without name */
	const char *text; /* paragraphs, separated by line feeds */
	/* What follows the paragraphs, from the tables of the law; NULL for none. topic is the first
	 * argument after the verb's name, "" when none was given. */
	bool (*more)(struct cli *cli, struct str topic);
	int (*run)(struct cli *cli);
};

struct verbs {
	const struct verb *at;
	size_t count;
};

/* Options every verb has besides its own: help, json, lang. */
extern const struct option common_options[];
extern const size_t common_options_count;

const struct verb *verb_find(struct verbs verbs, struct str name); /* NULL when there is none */

/* Reads the arguments, runs one verb and writes what it left in cli->out. Returns the exit code. */
int verbs_main(struct verbs verbs, int argc, char **argv);

#endif
