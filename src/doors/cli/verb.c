#include "doors/cli/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "doors/cli/help.h"
#include "doors/language.h"

const struct option common_options[] = {
	{ "help", NULL, N_("Show this help.") },
	{ "json", NULL, N_("Write JSON instead of text.") },
	{ "lang", "LANGUAGE", N_("zh-TW or en; otherwise as LC_ALL, LC_MESSAGES or LANG say.") },
};
const size_t common_options_count = ARRAY_LEN(common_options);

enum { COMMON_HELP, COMMON_JSON, COMMON_LANG, ARENA_BYTES = 1 << 28 };

/* What the failures of the world mean to whoever runs a command. */
static const char *const fail_texts[] = {
	[OK] = "",
	[FAIL_IO] = N_("The operating system refused to read or write."),
	[FAIL_FULL] = N_("There is no room left."),
	[FAIL_CORRUPT] = N_("The stored bytes contradict their own checksum or rule."),
	[FAIL_NOT_FOUND] = N_("There is no such thing."),
	[FAIL_SYNTAX] = N_("The content does not follow its format."),
	[FAIL_TOO_LARGE] = N_("The content is larger than allowed."),
	[FAIL_TIMEOUT] = N_("There was no answer in time."),
	[FAIL_CLOSED] = N_("The service does not answer."),
	[FAIL_BUSY] = N_("Somebody else is using it; try again later."),
	[FAIL_CRYPTO] = N_("The cryptographic library failed."),
	[FAIL_UNTRUSTED] = N_("A signature, key, PIN or digest does not verify."),
	[FAIL_STORE] = N_("The database refused."),
	[FAIL_CLOCK] = N_("The clock went back."),
	[FAIL_CONFLICT] = N_("Two facts contradict each other."),
};
static_assert(ARRAY_LEN(fail_texts) == FAIL_COUNT, "every failure has a text");

static const char *fail_text(enum fail fail)
{
	assert(fail > OK && fail < FAIL_COUNT);
	return fail_texts[fail];
}

const char *cli_option(const struct cli *cli, const char *name)
{
	size_t i = 0;

	while (cli->verb->options[i].name && strcmp(cli->verb->options[i].name, name) != 0)
		i++;
	assert(cli->verb->options[i].name);
	return cli->values[i];
}

int cli_error(const struct cli *cli, struct str about, const char *msgid)
{
	fprintf(stderr, "youju%s%s: %.*s%s%s\n", cli->verb ? " " : "", cli->verb ? cli->verb->name : "",
	        STR_FMT(about), about.len ? ": " : "", cli_say(cli, msgid));
	return EXIT_USAGE;
}

int cli_failed(const struct cli *cli, struct str about, enum fail fail)
{
	cli_error(cli, about, fail_text(fail));
	return EXIT_FAILED;
}

enum fail cli_print(struct cli *cli)
{
	struct str text = buf_str(&cli->out);
	bool whole = fwrite(text.at, 1, text.len, stdout) == text.len && fflush(stdout) == 0;

	buf_empty(&cli->out);
	return whole ? OK : FAIL_IO;
}

const struct verb *verb_find(struct verbs verbs, struct str name)
{
	for (size_t i = 0; i < verbs.count; i++)
		if (str_is(name, verbs.at[i].name))
			return &verbs.at[i];
	return NULL;
}

static bool tag_is_chinese(const char *tag)
{
	return strncmp(tag, "zh", 2) == 0;
}

static bool environment_is_chinese(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return tag_is_chinese(value);
	}
	return false;
}

/* Where the value of the option named so is kept; NULL when neither the verb nor everybody has it. */
static const char **option_place(struct cli *cli, const char *common[], struct str name, bool *takes_out)
{
	const struct option *own = cli->verb->options;

	for (size_t i = 0; own[i].name; i++)
		if (str_is(name, own[i].name)) {
			*takes_out = own[i].arg != NULL;
			return &cli->values[i];
		}
	for (size_t i = 0; i < common_options_count; i++)
		if (str_is(name, common_options[i].name)) {
			*takes_out = common_options[i].arg != NULL;
			return &common[i];
		}
	return NULL;
}

/* One option at argv[*at]; moves *at over a value that stands by itself. */
static bool option_read(struct cli *cli, const char *common[], int argc, char **argv, int *at)
{
	struct str rest = str_from(argv[*at] + 2), name;
	bool takes;

	str_cut(&rest, '=', &name);
	bool joined = argv[*at][2 + name.len] == '=';
	const char **place = option_place(cli, common, name, &takes);
	if (!place) {
		cli_error(cli, str_from(argv[*at]), N_("There is no such option; see --help."));
		return false;
	}
	if (takes != joined && !(takes && *at + 1 < argc)) {
		cli_error(cli, str_from(argv[*at]),
		          takes ? N_("This option needs a value.") : N_("This option takes no value."));
		return false;
	}
	if (joined)
		*place = argv[*at] + 3 + name.len;
	else
		*place = takes ? argv[++*at] : "";
	return true;
}

static bool arguments_read(struct cli *cli, const char *common[], int argc, char **argv)
{
	bool options = true;

	for (int i = 2; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0) {
			options = false;
		} else if (options && strncmp(argv[i], "--", 2) == 0) {
			if (!option_read(cli, common, argc, argv, &i))
				return false;
		} else if (cli->count == CLI_ARGS_MAX) {
			cli_error(cli, STR(""), N_("Too many arguments."));
			return false;
		} else {
			cli->args[cli->count++] = str_from(argv[i]);
		}
	}
	return true;
}

static int verb_run(struct cli *cli, struct verbs verbs, int argc, char **argv)
{
	const char *common[ARRAY_LEN(common_options)] = { NULL };
	const char *name = argc > 1 ? argv[1] : "help";

	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	cli->verb = verb_find(verbs, str_from(name));
	if (!cli->verb) {
		return cli_error(cli, str_from(name), N_("There is no such verb; see youju help."));
	}
	if (!arguments_read(cli, common, argc, argv))
		return EXIT_USAGE;
	cli->json = common[COMMON_JSON] != NULL;
	if (common[COMMON_LANG])
		cli->chinese = tag_is_chinese(common[COMMON_LANG]);
	if (common[COMMON_HELP])
		return help_verb(cli, cli->verb, cli->count > 1 ? cli->args[1] : STR(""));
	if (cli->count < cli->verb->args_min || cli->count > cli->verb->args_max)
		return cli_error(cli, str_from(cli->verb->args), N_("These arguments are needed; see --help."));
	return cli->verb->run(cli);
}

int verbs_main(struct verbs verbs, int argc, char **argv)
{
	struct arena arena = arena_open_secret(ARENA_BYTES);
	struct cli cli = { .arena = &arena, .out = buf_open(), .chinese = environment_is_chinese() };

	diag_open("youju");
	crypto_open();
	int code = verb_run(&cli, verbs, argc, argv);
	if (cli_print(&cli) != OK && code == EXIT_GRANTED)
		code = EXIT_FAILED;
	buf_close(&cli.out);
	arena_close(&arena);
	return code;
}
