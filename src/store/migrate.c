/* Schema versions: what was applied, in which order. */
#include <string.h>

#include "store/sqlite.h"

static enum fail applied_count(struct store *store, size_t *out)
{
	sqlite3_stmt *ask = NULL;
	size_t count = 0;
	bool own = true;

	TRY(sqlite_text(store, "CREATE TABLE IF NOT EXISTS schema_version ("
			       "number INTEGER PRIMARY KEY, catalog TEXT NOT NULL, name TEXT NOT NULL)"));
	TRY(sqlite_fail(sqlite3_prepare_v2(store->db,
	                                   "SELECT catalog, name FROM schema_version ORDER BY number", -1,
	                                   &ask, NULL)));
	while (sqlite3_step(ask) == SQLITE_ROW) {
		const char *catalog = (const char *)sqlite3_column_text(ask, 0);
		const char *name = (const char *)sqlite3_column_text(ask, 1);
		own = own && count < store->catalog->migration_count &&
		      strcmp(catalog, store->catalog->name) == 0 &&
		      strcmp(name, store->catalog->migrations[count].name) == 0;
		count++;
	}
	enum fail fail = sqlite_fail(sqlite3_finalize(ask));
	if (fail == OK && !own)
		return FAIL_CORRUPT;
	*out = count;
	return fail;
}

static enum fail remember(struct store *store, size_t number)
{
	sqlite3_stmt *put = NULL;

	TRY(sqlite_fail(sqlite3_prepare_v2(store->db, "INSERT INTO schema_version VALUES (?1, ?2, ?3)", -1,
	                                   &put, NULL)));
	sqlite3_bind_int64(put, 1, (sqlite3_int64)number + 1);
	sqlite3_bind_text(put, 2, store->catalog->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(put, 3, store->catalog->migrations[number].name, -1, SQLITE_STATIC);
	sqlite3_step(put);
	return sqlite_fail(sqlite3_finalize(put));
}

static enum fail apply_from(struct store *store, size_t *count)
{
	TRY(applied_count(store, count));
	for (size_t i = *count; i < store->catalog->migration_count; i++) {
		for (const char *const *text = store->catalog->migrations[i].texts; *text; text++)
			TRY(sqlite_text(store, *text));
		TRY(remember(store, i));
	}
	return OK;
}

enum fail store_migrate(struct store *store)
{
	size_t count = 0;

	TRY(store_begin(store));
	enum fail fail = apply_from(store, &count);
	if (fail != OK)
		store_rollback(store);
	TRY(fail);
	return store_commit(store);
}
