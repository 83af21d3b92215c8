/* The program: its verbs in one table. */
#include "doors/cli/ask.h"
#include "doors/cli/help.h"
#include "doors/cli/residence_verb.h"
#include "doors/cli/verb.h"
#include "doors/cli/verbs.h"
#include "doors/language.h"
#include "roles/reach.h"
#include "roles/sandbox.h"
#include "roles/verbs.h"

static int verb_help(struct cli *cli);
static int verb_calculator(struct cli *cli);

static const char DO_TEXT[] =
	N_("Gives one command to the keeper, signed with a card. Fields are written field=value; "
	"field=@FILE takes the content of a file, field=@- standard input (several: one line each, the "
	"last takes the rest), field=@@text a value that begins with @. What is secret - names, identity "
	"numbers, reasons in words - is never taken from the arguments. With no server running the roles "
	"are started for the length of the command. A command whose outcome is not known can be repeated "
	"with the same --request: it is carried out once.");
static const char SHOW_TEXT[] =
	N_("Reads one list. Filters are written name=value. On a terminal columns are aligned and words "
	"stand in your language; --csv and --json give codes and ISO dates.");

static const char SIGNATURE_TEXT[] =
	N_("Fetches what a person signed with the card when taking a step, and the signature (CMS, detached), into two "
	"files. Both verify with openssl alone against the certificates of the authority. Reading is "
	"journaled; who signed may read it, and auditors.");

static const char HELP_TEXT[] =
	N_("Without a topic: the verbs and the exit codes. With --man: a manual page in troff, of the "
	"program or of the verb named.");

static const char RESIDENCE_TEXT[] =
	N_("Answers the residence test alone, for appeals and tests: one question as JSON on each line of "
	"FILE or standard input, one answer on each line of standard output. It asks no data source, "
	"opens no data directory and leaves no evidence.");

static const struct verb verb_rows[] = {
	{ .name = "init", .args = "DIR", .label = N_("Make a data directory"),
	  .args_min = 1, .args_max = 1, .text = INIT_TEXT, .run = verb_init,
	  .options = { { "origin", "NAME", N_("The log's name, a URL without scheme; otherwise made up.") },
	               { "host", "NAME", N_("The server's name; otherwise localhost.") },
	               { "demo", NULL, N_("Only for demonstration.") },
	               { "at", "TIME", N_("With --demo: when the log begins.") } } },
	{ .name = "demo", .args = "DIR", .label = N_("Make a demonstration office"),
	  .args_min = 1, .args_max = 1, .text = DEMO_TEXT, .run = verb_demo },
	{ .name = "crl", .args = "DIR [FILE...]", .label = N_("Take revocation lists over"),
	  .args_min = 1, .args_max = CLI_ARGS_MAX, .text = CRL_TEXT, .run = verb_crl },
	{ .name = "card-service", .args = "CARD...", .label = N_("Stand in for the signing service of a card reader"),
	  .args_min = 1, .args_max = CLI_ARGS_MAX, .text = CARD_SERVICE_TEXT, .run = verb_card_service,
	  .options = { { "port", "N", N_("Another port than 61161; 0: any free one.") },
	               { "mode", "MODE", N_("What it does: good, or what goes wrong.") },
	               { "pin-fd", "N", N_("Take the PIN that must come from this descriptor.") } } },
	{ .name = "serve", .args = "DIR", .label = N_("Serve a data directory"),
	  .args_min = 1, .args_max = 1, .text = SERVE_TEXT, .run = verb_serve,
	  .options = { { "without-front", NULL, N_("Open no port: fronts run on other machines, or not at all.") } } },
	{ .name = "do", .args = "DIR COMMAND --as CARD [FIELD=VALUE...]", .label = N_("Give a command"),
	  .args_min = 2, .args_max = CLI_ARGS_MAX, .text = DO_TEXT, .run = verb_do, .more = help_commands,
	  .options = { ASK_OPTIONS,
	               { "with", "CARD", N_("The second card: the other person's for first_start, the agency certificate for terminate_account.") },
	               { "list", "FIELD", N_("FIELD has several values, commas between: one signature for all, each done by itself.") },
	               { "out", "FILE", N_("Write what was printed into FILE.") },
	               { "request", "ID", N_("Number of the request: 22 characters of base64url, 32 hexadecimal digits or a UUID.") } } },
	{ .name = "show", .args = "DIR LIST --as CARD [FILTER=VALUE...]", .label = N_("Read a list"),
	  .args_min = 2, .args_max = CLI_ARGS_MAX, .text = SHOW_TEXT, .run = verb_show, .more = help_sheets,
	  .options = { ASK_OPTIONS,
	               { "after", "KEY", N_("Rows after this one, as the page before said.") },
	               { "limit", "N", N_("At most so many rows.") },
	               { "csv", NULL, N_("Write CSV instead of text.") } } },
	{ .name = "signature", .args = "DIR ENTRY --as CARD", .label = N_("Fetch the signature of a step"),
	  .args_min = 2, .args_max = 2, .text = SIGNATURE_TEXT, .run = verb_signature,
	  .options = { ASK_OPTIONS, { "out", "PREFIX", N_("Where to: PREFIX.txt and PREFIX.p7s.") } } },
	{ .name = "log", .args = "key|export|checkpoint|prove|check DIR [FOLDER|ENTRY]",
	  .label = N_("Publish, prove and check the log"),
	  .args_min = 2, .args_max = 3, .text = LOG_TEXT, .run = verb_log },
	{ .name = "rebuild", .args = "DIR", .label = N_("Make the tables anew from the log, or compare them with it"),
	  .args_min = 1, .args_max = 1, .text = REBUILD_TEXT, .run = verb_rebuild,
	  .options = { { "compare", NULL, N_("Change nothing; say what differs.") } } },
	{ .name = "backup", .args = "DIR FOLDER", .label = N_("Copy log and vault"),
	  .args_min = 2, .args_max = 2, .text = BACKUP_TEXT, .run = verb_backup,
	  .options = { { "with-keys", NULL, N_("Copy the keys too.") } } },
	{ .name = "restore", .args = "FOLDER DIR", .label = N_("Make a data directory from a backup"),
	  .args_min = 2, .args_max = 2, .text = RESTORE_TEXT, .run = verb_restore,
	  .options = { { "keys", "FOLDER", N_("Where the keys are kept.") },
	               { "latest", NULL, N_("Nothing was recorded after the backup.") } } },
	{ .name = "residence", .args = "[FILE]", .label = N_("Count days of residence from JSON lines"),
	  .args_min = 0, .args_max = 1, .text = RESIDENCE_TEXT, .run = verb_calculator,
	  .options = { { "full", NULL, N_("Also rule, years, trips, calendar and the sentence of the letter.") } } },
	{ .name = "bench", .args = "WHAT", .label = N_("Measure beside a yardstick"),
	  .args_min = 1, .args_max = 1, .text = BENCH_TEXT, .run = verb_bench,
	  .options = { { "entries", "N", N_("ask: measure again with a log of so many entries.") },
	               { "dir", "DIR", N_("office: where.") },
	               { "count", "N", N_("How many; otherwise 100000 persons, 6400 questions, 200000 entries.") },
	               { "in", "FOLDER", N_("ledger, check: on which disk; otherwise the current folder.") },
	               { "runs", "N", N_("How many runs, an odd number; otherwise 7.") } } },
	{ .name = "help", .args = "[VERB [TOPIC]]", .label = N_("Explain the program, a verb, a command or a list"),
	  .args_min = 0, .args_max = 2, .text = HELP_TEXT, .run = verb_help,
	  .options = { { "man", NULL, N_("Write a manual page in troff.") } } },
};
static const struct verbs verbs = { verb_rows, ARRAY_LEN(verb_rows) };

static int verb_help(struct cli *cli)
{
	const struct verb *verb = cli->count ? verb_find(verbs, cli->args[0]) : NULL;

	if (cli->count && !verb)
		return cli_error(cli, cli->args[0], N_("There is no such verb; see youju help."));
	if (cli_option(cli, "man"))
		return help_man(cli, verbs, verb);
	return verb ? help_verb(cli, verb, cli->count > 1 ? cli->args[1] : STR("")) : help_all(cli, verbs);
}

static int verb_calculator(struct cli *cli)
{
	char *argv[4] = { "residence" };
	int argc = 1;

	if (cli_option(cli, "full"))
		argv[argc++] = "--full";
	if (cli->count)
		argv[argc++] = str_c(cli->arena, cli->args[0]);
	return verb_residence(argc, argv);
}

static const struct counter_way way = { reach_open, reach_connect, reach_close };

int main(int argc, char **argv)
{
	sandbox_start();
	counter_way = &way;
	return verbs_main(verbs, argc, argv);
}
