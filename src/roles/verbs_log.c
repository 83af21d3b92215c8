/* youju log: what the operator does with the log itself. */
#include "base/file.h"
#include "doors/cli/ask.h"
#include "doors/cli/progress.h"
#include "doors/language.h"
#include "roles/verbs.h"
#include "store/ledger.h"
#include "store/log_check.h"
#include "store/log_export.h"

enum { VKEY_MAX_BYTES = 1024 };

const char LOG_TEXT[] =
	N_("key prints the public key that outsiders verify with. export writes the published log as C2SP "
	"tlog-tiles into a new folder, which youju-verify and other people's programs read. checkpoint "
	"prints the latest signed checkpoint. prove prints the receipt of one entry as a C2SP tlog-proof. "
	"check hashes every entry again where it lies, on all processors, and compares tree and "
	"checkpoint; exit code 1 when something does not hold. An export is recorded in the log.");

struct log_ask {
	struct cli *cli;
	const char *dir;
	struct str argument; /* the one after DIR, "" without */
	struct ledger *ledger;
};

/* The bar is made when the total is known. */
struct shown { struct progress_bar bar; const char *label; };

static void shown_say(void *context, uint64_t done, uint64_t total)
{
	struct shown *shown = context;

	if (!shown->bar.label)
		shown->bar = progress_begin(shown->label, total);
	progress_at(&shown->bar, done);
}

static int key_print(struct log_ask *ask)
{
	struct str key;
	enum fail fail = file_load(ask->cli->arena, str_printf(ask->cli->arena, "%s/keys/log.vkey", ask->dir).at,
	                           VKEY_MAX_BYTES, &key);

	if (fail != OK)
		return cli_failed(ask->cli, str_from(ask->dir), fail);
	cli_tell(ask->cli, &(struct told){ .key = "key", .text = str_trim(key) }, 1, str_trim(key));
	return EXIT_GRANTED;
}

static int export(struct log_ask *ask)
{
	struct shown shown = { .label = cli_say(ask->cli, N_("export")) };
	int code = operator_record(ask->cli, ask->dir, "log export", STR(""));

	if (code != EXIT_GRANTED)
		return code;
	enum fail fail = ledger_follow(ask->ledger);
	if (fail == OK)
		fail = log_export(ask->ledger, str_c(ask->cli->arena, ask->argument),
		                  (struct progress){ shown_say, &shown });
	progress_end(&shown.bar);
	if (fail == FAIL_CONFLICT)
		return cli_error(ask->cli, ask->argument, N_("A log was exported there already; choose a new folder."));
	if (fail == FAIL_NOT_FOUND)
		return cli_error(ask->cli, STR(""), N_("No checkpoint has been published yet."));
	if (fail != OK)
		return cli_failed(ask->cli, ask->argument, fail);
	cli_tell(ask->cli, &(struct told){ .key = "folder", .text = ask->argument }, 1,
	         str_printf(ask->cli->arena, "%.*s: %s", STR_FMT(ask->argument), cli_say(ask->cli, N_("The log was exported."))));
	return EXIT_GRANTED;
}

static int checkpoint(struct log_ask *ask)
{
	struct str note;
	enum fail fail = ledger_checkpoint(ask->ledger, ask->cli->arena, &note);

	if (fail == FAIL_NOT_FOUND)
		return cli_error(ask->cli, STR(""), N_("No checkpoint has been published yet."));
	if (fail != OK)
		return cli_failed(ask->cli, STR(""), fail);
	cli_tell(ask->cli, &(struct told){ .key = "checkpoint", .text = note }, 1, note);
	return EXIT_GRANTED;
}

static int prove(struct log_ask *ask)
{
	struct str proof;
	uint64_t index;

	if (str_to_u64(ask->argument, &index) != OK)
		return cli_error(ask->cli, ask->argument, N_("Write an entry number."));
	enum fail fail = ledger_receipt(ask->ledger, index, ask->cli->arena, &proof);
	if (fail == FAIL_NOT_FOUND)
		return cli_error(ask->cli, ask->argument,
		                 index < ledger_size(ask->ledger) ? N_("No published checkpoint covers this entry yet.")
		                                                  : N_("The log has no such entry."));
	if (fail != OK)
		return cli_failed(ask->cli, ask->argument, fail);
	const struct told told[] = { { .key = "entry", .is_count = true, .count = index }, { .key = "proof", .text = proof } };
	cli_tell(ask->cli, told, ARRAY_LEN(told), proof);
	return EXIT_GRANTED;
}

static void check_print(struct cli *cli, const struct log_check *check)
{
	struct json_out json = json_to(&cli->out);

	if (!cli->json) {
		buf_printf(&cli->out, "%s %llu, %llu bytes, %u threads, %lld ms; %s %llu\n%s\n", cli_say(cli, N_("entries")),
		           (unsigned long long)check->size, (unsigned long long)check->bytes, check->threads,
		           (long long)check->spent_ms, cli_say(cli, N_("checkpoint")),
		           (unsigned long long)check->checkpoint_size,
		           cli_say(cli, *check->defect ? check->defect : N_("All holds.")));
		return;
	}
	json_put_object(&json);
	json_put_key(&json, STR("entries"));
	json_put_u64(&json, check->size);
	json_put_key(&json, STR("bytes"));
	json_put_u64(&json, check->bytes);
	json_put_key(&json, STR("checkpoint"));
	json_put_u64(&json, check->checkpoint_size);
	json_put_key(&json, STR("threads"));
	json_put_u64(&json, check->threads);
	json_put_key(&json, STR("milliseconds"));
	json_put_i64(&json, check->spent_ms);
	json_put_key(&json, STR("defect"));
	json_put_str(&json, str_from(check->defect));
	json_put_object_end(&json);
	buf_byte(&cli->out, '\n');
}

static int check(struct log_ask *ask)
{
	struct arena *arena = ask->cli->arena;
	struct shown shown = { .label = cli_say(ask->cli, N_("check")) };
	struct note_key key;
	struct log_check found;
	struct str vkey;

	enum fail fail = file_load(arena, str_printf(arena, "%s/keys/log.vkey", ask->dir).at, VKEY_MAX_BYTES, &vkey);
	if (fail == OK)
		fail = note_key_parse(arena, str_trim(vkey), &key);
	if (fail == OK)
		fail = log_check(str_printf(arena, "%s/log", ask->dir).at, &key, 0,
		                 (struct progress){ shown_say, &shown }, &found);
	progress_end(&shown.bar);
	if (fail != OK)
		return cli_failed(ask->cli, str_from(ask->dir), fail);
	check_print(ask->cli, &found);
	return *found.defect ? EXIT_FOUND : EXIT_GRANTED;
}

static const struct {
	const char *name;
	bool takes_argument, reads_log;
	int (*run)(struct log_ask *ask);
} parts[] = {
	{ "key", false, false, key_print }, { "export", true, true, export }, { "checkpoint", false, true, checkpoint },
	{ "prove", true, true, prove },     { "check", false, false, check },
};

static int part_run(struct log_ask *ask, size_t part)
{
	if (!parts[part].reads_log)
		return parts[part].run(ask);
	enum fail fail = ledger_open(str_printf(ask->cli->arena, "%s/log", ask->dir).at, LEDGER_READ, &ask->ledger);
	if (fail != OK)
		return cli_failed(ask->cli, str_from(ask->dir), fail);
	int code = parts[part].run(ask);
	ledger_close(ask->ledger);
	return code;
}

int verb_log(struct cli *cli)
{
	struct log_ask ask = { .cli = cli, .dir = str_c(cli->arena, cli->args[1]),
		               .argument = cli->count > 2 ? cli->args[2] : STR("") };

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (!str_is(cli->args[0], parts[i].name))
			continue;
		if (parts[i].takes_argument != (cli->count > 2))
			return cli_error(cli, cli->args[0], N_("These arguments are needed; see --help."));
		return part_run(&ask, i);
	}
	return cli_error(cli, cli->args[0], N_("Say key, export, checkpoint, prove or check."));
}
