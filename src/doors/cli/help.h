/* Help and man pages from the tables: verbs, and for do and show every command and sheet. */
#ifndef YOUJU_DOORS_CLI_HELP_H
#define YOUJU_DOORS_CLI_HELP_H

#include "doors/cli/verb.h"

/* topic: a command or list to explain, "" for the verb alone. */
int help_verb(struct cli *cli, const struct verb *verb, struct str topic);
int help_all(struct cli *cli, struct verbs verbs);       /* the list of verbs and of exit codes */
/* A man page in troff: of one verb, or with NULL of the whole program. */
int help_man(struct cli *cli, struct verbs verbs, const struct verb *verb);

/* The `more` of do and show: one command or sheet when the topic names it, else their list. False
 * when the topic is no such thing. */
bool help_commands(struct cli *cli, struct str topic);
bool help_sheets(struct cli *cli, struct str topic);

struct exit_row { int code; const char *label; };
extern const struct exit_row exit_rows[];
extern const size_t exit_rows_count;

#endif
