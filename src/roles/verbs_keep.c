/* youju rebuild, backup, restore: keeping what must not be lost, and finding what was changed. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/json.h"
#include "doors/cli/ask.h"
#include "doors/cli/progress.h"
#include "doors/language.h"
#include "keeper/rebuild.h"
#include "roles/supervise.h"
#include "roles/verbs.h"
#include "store/sql_tables.h"

enum { COPY_FILE_MAX = 1 << 30, COPY_PIECE = 1 << 20, COPY_ARENA = 1 << 22 };

const char REBUILD_TEXT[] =
	N_("Tables are a cache of the log. With --compare the log is folded afresh and compared with the "
	"tables in use, row by row: an edited table is found, and the exit code is 1. The service may run. "
	"Without it the tables are made anew; the service must not run. Both are recorded in the log.");
const char BACKUP_TEXT[] =
	N_("Copies log and vault as they stand at one moment into the new folder FOLDER; the service may run. "
	"Tables are left out: they follow from the log. Keys are left out unless --with-keys is given: "
	"without them a backup shows no name and no identity number, so keep them apart.");
const char RESTORE_TEXT[] =
	N_("Makes DIR from a backup. --keys names the folder of the kept keys, unless the backup holds them. "
	"A log that was sealed after the backup was made must not be sealed again under its name, since "
	"that would be a fork; say --latest only when nothing was recorded after the backup.");

static void folded(void *context, uint64_t done, uint64_t total)
{
	struct progress_bar *bar = context;

	if (!bar->total)
		*bar = progress_begin(bar->label, total);
	progress_at(bar, done);
}

static void report_tell(struct cli *cli, const struct rebuild_report *report)
{
	struct json_out json = json_to(&cli->out);

	if (!cli->json) {
		for (size_t i = 0; i < report->count; i++)
			buf_printf(&cli->out, "%.*s\n", STR_FMT(report->at[i]));
		buf_printf(&cli->out, "%s %llu: %s\n", cli_say(cli, N_("entries")), (unsigned long long)report->entries,
		           cli_say(cli, report->count ? N_("The tables differ from the log.")
		                                      : N_("The tables are those of the log.")));
		return;
	}
	json_put_object(&json);
	json_put_key(&json, STR("entries"));
	json_put_u64(&json, report->entries);
	json_put_key(&json, STR("differences"));
	json_put_array(&json);
	for (size_t i = 0; i < report->count; i++)
		json_put_str(&json, report->at[i]);
	json_put_array_end(&json);
	json_put_object_end(&json);
	buf_byte(&cli->out, '\n');
}

static int compare(struct cli *cli, const char *dir, struct ledger *ledger)
{
	struct progress_bar bar = { .label = cli_say(cli, N_("fold")) };
	const struct rebuild_progress progress = { folded, &bar };
	const char *scratch = str_printf(cli->arena, "%s/run/compare.db", dir).at;
	struct rebuild_report report;
	struct store *tables;

	enum fail fail = store_open(str_printf(cli->arena, "%s/youju.db", dir).at, STORE_READ, &sql_tables, &tables);
	if (fail == OK) {
		fail = tables_compare(tables, ledger, scratch, &progress, cli->arena, &report);
		store_close(&tables);
	}
	progress_end(&bar);
	if (fail != OK)
		return cli_failed(cli, str_from(dir), fail);
	report_tell(cli, &report);
	return report.count ? EXIT_FOUND : EXIT_GRANTED;
}

static enum fail rebuild_alone(struct cli *cli, const char *dir, struct ledger *ledger)
{
	struct progress_bar bar = { .label = cli_say(cli, N_("fold")) };
	const struct rebuild_progress progress = { folded, &bar };
	struct supervisor *supervisor;

	TRY(supervisor_open(dir, &supervisor)); /* the lock: nobody serves meanwhile */
	enum fail fail = tables_rebuild(str_printf(cli->arena, "%s/youju.db", dir).at, ledger, &progress);
	progress_end(&bar);
	supervisor_close(&supervisor);
	return fail;
}

static int done_tell(struct cli *cli, const char *key, struct str where, const char *msgid)
{
	cli_tell(cli, &(struct told){ .key = key, .text = where }, 1,
	         str_printf(cli->arena, "%.*s: %s", STR_FMT(where), cli_say(cli, msgid)));
	return EXIT_GRANTED;
}

int verb_rebuild(struct cli *cli)
{
	const char *dir = str_c(cli->arena, cli->args[0]);
	bool compares = cli_option(cli, "compare") != NULL;
	struct ledger *ledger;
	/* A keeper that cannot start on these tables leaves no entry: then comparing matters most. */
	int recorded = compares ? operator_record(cli, dir, "rebuild --compare", STR("")) : EXIT_GRANTED;
	int code = EXIT_GRANTED;
	enum fail fail = ledger_open(str_printf(cli->arena, "%s/log", dir).at, LEDGER_READ, &ledger);
	if (fail != OK)
		return cli_failed(cli, cli->args[0], fail);
	if (compares)
		code = compare(cli, dir, ledger);
	else
		fail = rebuild_alone(cli, dir, ledger);
	ledger_close(ledger);
	if (compares)
		return code == EXIT_GRANTED ? recorded : code;
	if (fail != OK)
		return cli_failed(cli, cli->args[0], fail);
	code = operator_record(cli, dir, "rebuild", STR(""));
	return code == EXIT_GRANTED ? done_tell(cli, "dir", cli->args[0], N_("The tables were made anew.")) : code;
}

/* --- copies --- */

static enum fail piece_copy(struct file from, struct file to, uint64_t at, size_t len, char *room)
{
	TRY(file_read_at(from, at, room, len));
	return file_write_at(to, at, room, len);
}

static enum fail file_copy(struct arena *arena, const char *from, const char *to)
{
	AUTO(file_close) struct file in = FILE_NONE;
	AUTO(file_close) struct file out = FILE_NONE;
	char *room = arena_bytes(arena, COPY_PIECE);
	uint64_t size;

	TRY(file_open(from, FILE_READ, &in));
	TRY(file_open(to, FILE_CREATE, &out));
	TRY(file_size(in, &size));
	for (uint64_t at = 0; at < size; at += COPY_PIECE)
		TRY(piece_copy(in, out, at, size - at < COPY_PIECE ? (size_t)(size - at) : COPY_PIECE, room));
	TRY(file_flush(out));
	return name_flush(to);
}

/* A copy that was reported must still be there after a power cut: its names, too. */
static enum fail folder_make(const char *path)
{
	TRY(dir_make(path));
	return name_flush(path);
}

static bool is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A folder with the files in it, not what lies deeper; a missing one is no failure. */
static enum fail folder_copy(const char *from, const char *to)
{
	AUTO(arena_close) struct arena arena = arena_open(COPY_ARENA);
	DIR *folder = opendir(from);
	enum fail fail = OK;

	if (!folder)
		return OK;
	fail = folder_make(to);
	for (struct dirent *entry; fail == OK && (entry = readdir(folder)) != NULL;) {
		arena_empty(&arena);
		const char *path = str_printf(&arena, "%s/%s", from, entry->d_name).at;
		if (entry->d_name[0] != '.' && strcmp(entry->d_name, "lock") != 0 && !is_folder(path))
			fail = file_copy(&arena, path, str_printf(&arena, "%s/%s", to, entry->d_name).at);
	}
	closedir(folder);
	return fail;
}

struct copied { const char *folder; bool secret, sealed; };

/* In this order: what the log derives may lag behind its segments, never the other way round. */
static const struct copied folders[] = {
	{ "log", false, false },    { "log/sealed", false, true }, { "log/segments", false, false },
	{ "tls/ca", false, false }, { "tls/crl", false, false },   { "keys", true, false },
};

static enum fail folders_copy(struct arena *arena, const char *from, const char *to, bool secret, bool sealed)
{
	TRY(folder_make(str_printf(arena, "%s/tls", to).at));
	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		if ((folders[i].secret && !secret) || (folders[i].sealed && !sealed))
			continue;
		TRY(folder_copy(str_printf(arena, "%s/%s", from, folders[i].folder).at,
		                str_printf(arena, "%s/%s", to, folders[i].folder).at));
	}
	return file_copy(arena, str_printf(arena, "%s/youju.conf", from).at, str_printf(arena, "%s/youju.conf", to).at);
}

/* The keeper copies its databases itself, at one moment, into a folder it can reach. */
static int vault_copy(struct cli *cli, const char *dir, const char *to)
{
	char full[PATH_MAX];
	uint64_t random = random_u64();

	if (!realpath(dir, full))
		return cli_failed(cli, str_from(dir), FAIL_NOT_FOUND);
	const char *room = str_printf(cli->arena, "%s/run/backup-%08llx", full, (unsigned long long)random).at;
	const char *vault = str_printf(cli->arena, "%s/vault.db", room).at;
	const char *tables = str_printf(cli->arena, "%s/youju.db", room).at;
	enum fail fail = dir_make(room);
	int code = fail == OK ? operator_record(cli, dir, "backup", str_from(room)) : cli_failed(cli, str_from(room), fail);
	if (code == EXIT_GRANTED) {
		fail = file_copy(cli->arena, vault, str_printf(cli->arena, "%s/vault.db", to).at);
		if (fail != OK)
			code = cli_failed(cli, str_from(to), fail);
	}
	remove(vault);
	remove(tables);
	remove(room);
	return code;
}

int verb_backup(struct cli *cli)
{
	const char *dir = str_c(cli->arena, cli->args[0]), *to = str_c(cli->arena, cli->args[1]);

	if (file_exists(to))
		return cli_error(cli, cli->args[1], N_("Something stands there already; choose a new folder."));
	enum fail fail = folder_make(to);
	if (fail == OK)
		fail = folders_copy(cli->arena, dir, to, cli_option(cli, "with-keys") != NULL, true);
	if (fail != OK)
		return cli_failed(cli, cli->args[0], fail);
	int code = vault_copy(cli, dir, to);
	return code == EXIT_GRANTED ? done_tell(cli, "folder", cli->args[1], N_("The backup is complete.")) : code;
}

int verb_restore(struct cli *cli)
{
	const char *from = str_c(cli->arena, cli->args[0]), *dir = str_c(cli->arena, cli->args[1]);
	const char *keys = cli_option(cli, "keys");

	if (file_exists(dir))
		return cli_error(cli, cli->args[1], N_("Something stands there already; choose a new folder."));
	if (!keys && !file_exists(str_printf(cli->arena, "%s/keys/log.key", from).at))
		return cli_error(cli, cli->args[0], N_("The backup holds no keys; name their folder with --keys."));
	enum fail fail = folder_make(dir);
	if (fail == OK)
		fail = folders_copy(cli->arena, from, dir, !keys, cli_option(cli, "latest") != NULL);
	if (fail == OK && keys)
		fail = folder_copy(keys, str_printf(cli->arena, "%s/keys", dir).at);
	if (fail == OK)
		fail = file_copy(cli->arena, str_printf(cli->arena, "%s/vault.db", from).at,
		                 str_printf(cli->arena, "%s/vault.db", dir).at);
	return fail == OK ? done_tell(cli, "dir", cli->args[1], N_("The data directory was made from the backup."))
	                  : cli_failed(cli, cli->args[0], fail);
}
