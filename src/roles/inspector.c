/* The inspector: reads tables and vault, writes nothing, has no network. It opens names for long
 * lists, so that the one order of the keeper does not wait for them. The keeper has decided that
 * the list may be read and journals it before it shows what comes back. */
#include <stdio.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "keeper/sheets.h"
#include "roles/peer.h"
#include "roles/sandbox.h"
#include "roles/supervise.h"
#include "store/sql_tables.h"

struct inspector {
	struct store *tables;
	struct vault *vault;
	struct facts_cache *cache;
};

static MUST_CHECK enum fail asked_read(const struct message *asked, struct sheet_asked *out)
{
	enum sheet_kind kind = sheet_find(message_get(asked, "sheet"));
	struct sheet_asked read = { 0 };

	if (kind == SHEET_NONE)
		return FAIL_SYNTAX;
	TRY(str_hex_to_u64(message_get(asked, "me"), &read.me.n));
	TRY(str_to_i64(message_get(asked, "after"), &read.after));
	TRY(str_to_i64(message_get(asked, "limit"), &read.limit_rows));
	TRY(date_parse_iso(message_get(asked, "today"), &read.today));
	TRY(str_to_i64(message_get(asked, "now"), &read.now_ms));
	read.spec = sheet_spec(kind);
	read.office = message_get(asked, "office");
	read.filters = asked->fields;
	read.filter_count = asked->field_count;
	*out = read;
	return OK;
}

static MUST_CHECK enum fail sheet_find_and_load(struct inspector *inspector, struct arena *arena,
                                                const struct message *asked, struct sheet *out,
                                                int64_t *next_out)
{
	struct facts_context context = { arena, inspector->tables, inspector->vault, inspector->cache, 0 };
	struct sheet_asked read;

	TRY(asked_read(asked, &read));
	return sheet_load(&context, &read, out, next_out);
}

static bool answer(void *context, struct arena *arena, const struct message *asked,
                   struct message *reply, int64_t *wait_ms_out)
{
	struct sheet sheet;
	int64_t next = 0;
	enum fail fail = sheet_find_and_load(context, arena, asked, &sheet, &next);

	(void)wait_ms_out;
	reply->kind = MESSAGE_SHEET_READ;
	if (fail != OK) {
		diag_error("a list could not be read: %s", fail_name(fail));
		message_put(reply, "fail", str_from(fail_name(fail)));
		return true;
	}
	if (next)
		message_put(reply, "next", str_i64(arena, next));
	message_sheet(reply, sheet);
	return true;
}

/* The keeper makes the databases; until it has, there is nothing to inspect. */
static MUST_CHECK enum fail stores_open(struct inspector *inspector, struct arena *arena, const char *dir)
{
	const char *vault = str_c(arena, str_printf(arena, "%s/vault.db", dir));
	const char *keys = str_c(arena, str_printf(arena, "%s/keys", dir));
	const char *tables = str_c(arena, str_printf(arena, "%s/youju.db", dir));

	TRY(store_open(tables, STORE_READ, &sql_tables, &inspector->tables));
	TRY(vault_open(vault, keys, VAULT_READ, &inspector->vault));
	inspector->cache = facts_cache_open();
	return OK;
}

/* Reading a database in WAL mode takes part in its shared-memory file, so the folder must be
 * writable for this role; the connections themselves are read-only. */
static MUST_CHECK enum fail shut_in(const char *dir)
{
	const struct reachable paths[] = { { dir, REACH_WRITE }, { "/etc/ssl", REACH_READ },
		                           { "/dev/urandom", REACH_READ } };

	return sandbox_enter(paths, ARRAY_LEN(paths), KEEP_LOCAL);
}

int main(int argc, char **argv)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 16);
	struct inspector inspector = { 0 };

	diag_open("inspector");
	if (argc != 2) {
		diag_error("usage: youju-inspector DIR");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	crypto_open();
	enum fail fail = shut_in(argv[1]);
	if (fail == OK)
		fail = stores_open(&inspector, &arena, argv[1]);
	if (fail != OK) {
		diag_error("the inspector cannot start yet: %s", fail_name(fail));
		return 1;
	}
	const struct peer_work work = { .dir = argv[1], .socket_name = keeper_socket_name(SOCKET_INSPECTOR),
		                        .takes = { MESSAGE_READ_SHEET }, .answer = answer, .context = &inspector };
	int status = peer_run(&work);
	store_close(&inspector.tables);
	vault_close(&inspector.vault);
	facts_cache_close(&inspector.cache);
	return status;
}
