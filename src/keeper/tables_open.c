/* The tables are a cache of the log: when schema or projections are not those they were made with,
 * they are thrown away and made again from entry 0. */
#include "keeper/parts.h"

#include <stdio.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "base/file.h"

enum { VERSION_MAX_BYTES = 128 };

static void text_add(struct hasher *hasher, const char *text)
{
	struct str bytes = str_from(text);

	hasher_add(hasher, bytes.at, bytes.len + 1); /* the NUL keeps texts apart */
}

/* Over everything that decides what an entry leaves in the tables. */
static struct str tables_version(struct arena *arena)
{
	struct hasher hasher = hasher_begin();

	for (size_t i = 0; i < sql_tables.migration_count; i++)
		for (const char *const *text = sql_tables.migrations[i].texts; *text; text++)
			text_add(&hasher, *text);
	for (size_t i = 0; i < sql_tables.statement_count; i++)
		if (str_starts(sql_tables.statements[i].name, STR("project_")))
			text_add(&hasher, sql_tables.statements[i].text);
	struct hash hash = hasher_end(&hasher);
	return hex_text(arena, hash.at, sizeof hash.at);
}

static enum fail remove_if_there(const char *path)
{
	return file_exists(path) ? file_remove(path) : OK;
}

static enum fail tables_drop(struct keeper *keeper)
{
	static const char *const names[] = { "youju.db", "youju.db-wal", "youju.db-shm" };
	char path[PATH_BYTES_MAX + 16];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		snprintf(path, sizeof path, "%s/%s", keeper->dir, names[i]);
		TRY(remove_if_there(path));
	}
	return OK;
}

enum fail tables_open(struct keeper *keeper)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 20);
	struct str current = tables_version(&arena), made = STR("");
	char path[PATH_BYTES_MAX + 24], tables[PATH_BYTES_MAX + 16];

	snprintf(path, sizeof path, "%s/youju.db.version", keeper->dir);
	snprintf(tables, sizeof tables, "%s/youju.db", keeper->dir);
	if (file_exists(path))
		TRY(file_load(&arena, path, VERSION_MAX_BYTES, &made));
	bool same = str_eq(str_trim(made), current);
	if (!same && file_exists(tables))
		diag_info("the tables were made by another version; they are made again from the log");
	if (!same)
		TRY(tables_drop(keeper));
	TRY(store_open(tables, STORE_WRITE_NORMAL, &sql_tables, &keeper->tables));
	return same ? OK : file_save(path, current);
}
