#include "keeper/rebuild.h"

#include <stdio.h>

#include "base/diag.h"
#include "base/file.h"
#include "keeper/project.h"
#include "store/sql_tables.h"

enum { BATCH_ENTRIES = 4096, PATH_BYTES_MAX = 512, DECODE_BYTES_MAX = 8 * 1024 * 1024 };

struct fold {
	struct store *tables;
	struct ledger_scan scan;
	struct arena arena; /* of one entry */
	uint64_t next, end;
};

/* What a later version wrote this program cannot fold: it must not guess. */
static enum fail entry_fold(struct fold *fold)
{
	struct event event;
	struct str entry;
	uint64_t index;

	TRY(ledger_scan_next(&fold->scan, &index, &entry));
	enum fail fail = event_decode(&fold->arena, entry, &event);
	if (fail != OK)
		diag_error("entry %llu cannot be read (%s)", (unsigned long long)index, fail_name(fail));
	if (fail != OK)
		return FAIL_CORRUPT;
	fail = project_event(fold->tables, &event, index);
	if (fail != OK)
		diag_error("entry %llu contradicts the tables (%s)", (unsigned long long)index,
		           fail_name(fail));
	arena_empty(&fold->arena);
	fold->next = index + 1;
	return fail;
}

static enum fail batch_fold(struct fold *fold)
{
	uint64_t stop = fold->end - fold->next < BATCH_ENTRIES ? fold->end : fold->next + BATCH_ENTRIES;

	while (fold->next < stop)
		TRY(entry_fold(fold));
	return project_applied(fold->tables, fold->next);
}

static enum fail batches_fold(struct fold *fold, const struct rebuild_progress *progress)
{
	while (fold->next < fold->end) {
		TRY(store_begin(fold->tables));
		enum fail fail = batch_fold(fold);
		if (fail != OK)
			store_rollback(fold->tables);
		TRY(fail);
		TRY(store_commit(fold->tables));
		if (progress && progress->step)
			progress->step(progress->context, fold->next, fold->end);
	}
	return OK;
}

static enum fail fold_to(struct store *tables, struct ledger *ledger, uint64_t end,
                         const struct rebuild_progress *progress)
{
	struct fold fold = { .tables = tables, .end = end };

	TRY(project_position(tables, &fold.next));
	if (fold.next > end)
		return FAIL_CORRUPT;
	fold.scan = ledger_scan(ledger, fold.next);
	fold.arena = arena_open(DECODE_BYTES_MAX);
	enum fail fail = batches_fold(&fold, progress);
	ledger_scan_close(&fold.scan);
	arena_close(&fold.arena);
	return fail;
}

enum fail tables_follow(struct store *tables, struct ledger *ledger)
{
	return fold_to(tables, ledger, ledger_size(ledger), NULL);
}

/* SQLite keeps up to three files for one database. */
static enum fail database_remove(const char *path)
{
	static const char *const suffixes[] = { "", "-wal", "-shm" };
	char name[PATH_BYTES_MAX];

	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
		if (file_exists(name))
			TRY(file_remove(name));
	}
	return OK;
}

static enum fail database_make(const char *path, struct ledger *ledger,
                               const struct rebuild_progress *progress)
{
	AUTO(store_close) struct store *fresh = NULL;

	TRY(database_remove(path));
	TRY(store_open(path, STORE_WRITE_NORMAL, &sql_tables, &fresh));
	TRY(fold_to(fresh, ledger, ledger_size(ledger), progress));
	return store_scrub(fresh);
}

enum fail tables_rebuild(const char *path, struct ledger *ledger,
                         const struct rebuild_progress *progress)
{
	char fresh[PATH_BYTES_MAX];

	if (snprintf(fresh, sizeof fresh, "%s.new", path) >= (int)sizeof fresh)
		return FAIL_TOO_LARGE;
	TRY(database_make(fresh, ledger, progress));
	TRY(database_remove(path));
	return file_rename(fresh, path);
}

/* A trigger or a view added to the file would change what tables say without touching a row. */
static const struct store_table schema = { STR_INIT("schema"), TABLES_schema_objects, 2 };

static enum fail table_compare(struct store *tables, struct store *fresh,
                               const struct store_table *table, struct arena *arena,
                               struct rebuild_report *report)
{
	size_t room = REBUILD_DIFFERENCES_MAX - report->count, found = 0;

	if (room > REBUILD_PER_TABLE_MAX)
		room = REBUILD_PER_TABLE_MAX;
	TRY(store_table_compare(tables, fresh, table, arena, room, report->at + report->count, &found));
	report->count += found;
	return OK;
}

static enum fail all_compare(struct store *tables, struct store *fresh, struct arena *arena,
                             struct rebuild_report *report)
{
	TRY(table_compare(tables, fresh, &schema, arena, report));
	for (size_t i = 0; i < sql_tables.table_count; i++)
		TRY(table_compare(tables, fresh, &sql_tables.tables[i], arena, report));
	return OK;
}

static enum fail fresh_compare(struct store *tables, struct store *fresh, struct ledger *ledger,
                               const struct rebuild_progress *progress, struct arena *arena,
                               struct rebuild_report *report)
{
	/* From here on the tables stand still; the log may be ahead of them, but not of a reader who
	 * looked at it before. */
	TRY(project_position(tables, &report->entries));
	TRY(ledger_follow(ledger));
	uint64_t size = ledger_size(ledger);

	if (report->entries > size) {
		report->at[report->count++] =
			str_printf(arena, "table applied: %llu entries, but the log holds only %llu",
		                   (unsigned long long)report->entries, (unsigned long long)size);
		report->entries = size;
	}
	TRY(fold_to(fresh, ledger, report->entries, progress));
	return all_compare(tables, fresh, arena, report);
}

/* Within one reading transaction, so that the tables stand still while the log is folded. */
static enum fail still_compare(struct store *tables, struct store *fresh, struct ledger *ledger,
                               const struct rebuild_progress *progress, struct arena *arena,
                               struct rebuild_report *report)
{
	bool own = !store_is_open(tables);

	if (own)
		TRY(store_begin(tables));
	enum fail fail = fresh_compare(tables, fresh, ledger, progress, arena, report);
	if (own)
		store_rollback(tables);
	return fail;
}

static enum fail scratch_compare(struct store *tables, struct ledger *ledger, const char *scratch,
                                 const struct rebuild_progress *progress, struct arena *arena,
                                 struct rebuild_report *report)
{
	AUTO(store_close) struct store *fresh = NULL;

	TRY(store_open(scratch, scratch ? STORE_WRITE_NORMAL : STORE_MEMORY, &sql_tables, &fresh));
	return still_compare(tables, fresh, ledger, progress, arena, report);
}

enum fail tables_compare(struct store *tables, struct ledger *ledger, const char *scratch,
                         const struct rebuild_progress *progress, struct arena *arena,
                         struct rebuild_report *out)
{
	struct rebuild_report report = { 0 };

	if (scratch)
		TRY(database_remove(scratch));
	enum fail fail = scratch_compare(tables, ledger, scratch, progress, arena, &report);
	if (scratch && database_remove(scratch) != OK)
		diag_error("the database made for comparing could not be removed");
	TRY(fail);
	*out = report;
	return OK;
}
