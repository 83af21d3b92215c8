/* A database that can only run statements written in store/sql/.
 *
 * A statement has a name and fields; C names it and hands over values bound by field name. No
 * text of SQL is ever made at run time. Exactly one connection of one process writes and
 * checkpoints a database (SQLite up to 3.51.2 can corrupt it otherwise); all others read. */
#ifndef YOUJU_STORE_STORE_H
#define YOUJU_STORE_STORE_H

#include "base/buf.h"

/* What tools/embed_sql.py makes of the files of one database. */
struct store_statement {
	struct str name;
	const char *text;
	const struct str *fields;
	size_t field_count;
	bool remembered; /* its rows are kept in memory until something that they were read from is written */
};

struct store_migration {
	const char *name;
	const char *const *texts; /* its statements in order, ended by NULL */
};

struct store_table {
	struct str name;
	int dump; /* statement: every column, those of the primary key first, in its order */
	int key_columns;
};

struct store_catalog {
	const char *name;
	const struct store_statement *statements;
	size_t statement_count;
	const struct store_migration *migrations;
	size_t migration_count;
	const struct store_table *tables;
	size_t table_count;
};

enum store_mode {
	STORE_READ,         /* the file must exist and have its schema */
	STORE_WRITE_NORMAL, /* survives a crash as of an earlier commit: for what the log can rebuild */
	STORE_WRITE_FULL,   /* each commit is durable, deleted content is overwritten: for the vault */
	STORE_MEMORY        /* nothing outlives the connection: for rebuilding and comparing */
};

struct store;

/* Opens, and in a writing mode brings the schema up to date. FAIL_CORRUPT when the file's schema is
 * newer than this program or not its own, FAIL_NOT_FOUND, FAIL_IO, FAIL_STORE. */
MUST_CHECK enum fail store_open(const char *path, enum store_mode mode,
                                const struct store_catalog *catalog, struct store **out);
void store_close(struct store **store); /* rolls back what is open; NULL is fine */

/* One transaction at a time; marks nest inside it. Returning to a mark forgets it. */
MUST_CHECK enum fail store_begin(struct store *store);
MUST_CHECK enum fail store_commit(struct store *store);
void store_rollback(struct store *store);
bool store_is_open(const struct store *store); /* a transaction is */
MUST_CHECK enum fail store_mark(struct store *store);
MUST_CHECK enum fail store_keep(struct store *store);   /* what happened since the mark stays */
MUST_CHECK enum fail store_return(struct store *store); /* as it was at the mark */

/* Moves the write-ahead log into the file and empties it: what was erased is then nowhere on disk.
 * FAIL_BUSY while a reader still looks at an older state; try again. */
MUST_CHECK enum fail store_scrub(struct store *store);

enum store_kind { STORE_NULL, STORE_INT, STORE_TEXT, STORE_BYTES };

/* A field and its value; text and bytes must live until the statement has run. */
struct store_value {
	struct str field;
	enum store_kind kind;
	int64_t n;
	struct str text;
};

#define VALUE_INT(name, number) ((struct store_value){ STR(name), STORE_INT, (int64_t)(number), { "", 0 } })
#define VALUE_TEXT(name, string) ((struct store_value){ STR(name), STORE_TEXT, 0, (string) })
#define VALUE_BYTES(name, bytes) ((struct store_value){ STR(name), STORE_BYTES, 0, (bytes) })
#define VALUE_NULL(name) ((struct store_value){ STR(name), STORE_NULL, 0, { "", 0 } })

struct store_values {
	const struct store_value *at;
	size_t count;
};

/* VALUES(VALUE_INT("case", 7), VALUE_TEXT("name", text)); NO_VALUES for a statement without fields. */
#define VALUES(...)                                                                                \
	((struct store_values){ (const struct store_value[]){ __VA_ARGS__ },                       \
	                        ARRAY_LEN(((const struct store_value[]){ __VA_ARGS__ })) })
#define NO_VALUES ((struct store_values){ NULL, 0 })

/* Every field of the statement must stand among the values (a bug otherwise); others are ignored.
 * FAIL_CONFLICT when a constraint refuses, FAIL_FULL, FAIL_IO, FAIL_CORRUPT, FAIL_STORE. */
MUST_CHECK enum fail store_run(struct store *store, int statement, struct store_values values);
int64_t store_changed(const struct store *store); /* rows the last store_run changed */

/* Reading: AUTO(rows_end) struct rows_found rows; TRY(store_ask(...)); while (rows_next(&rows)) ...;
 * TRY(rows_fail(&rows)). A statement may not be asked again before its rows ended. Text and bytes
 * are views until the next rows_next or rows_end; columns count from 0. */
struct kept_rows;

struct rows_found {
	void *statement;              /* NULL: it has ended, or its rows are kept ones */
	enum fail fail;
	const struct kept_rows *kept;
	size_t next;                  /* row of those */
	struct store *store;
};

#define ROWS_NONE ((struct rows_found){ NULL, OK, NULL, 0, NULL })

MUST_CHECK enum fail store_ask(struct store *store, int statement, struct store_values values,
                               struct rows_found *out);
bool rows_next(struct rows_found *rows);
void rows_end(struct rows_found *rows);
static inline MUST_CHECK enum fail rows_fail(const struct rows_found *rows)
{
	return rows->fail;
}
int rows_columns(const struct rows_found *rows);
struct str rows_column_name(const struct rows_found *rows, int column);
enum store_kind rows_kind(const struct rows_found *rows, int column);
bool rows_is_null(const struct rows_found *rows, int column);
int64_t rows_i64(const struct rows_found *rows, int column); /* 0 for null */
struct str rows_text(const struct rows_found *rows, int column);
struct str rows_copy(const struct rows_found *rows, int column, struct arena *arena);

/* The first row's first column. FAIL_NOT_FOUND when there is no row. */
MUST_CHECK enum fail store_number(struct store *store, int statement, struct store_values values,
                                  int64_t *out);

/* Online copy of a consistent state into a new file, by the writer. */
MUST_CHECK enum fail store_backup(struct store *store, const char *path);

/* Where one table of two databases of one catalog differs, in words, at most max of them: a holds the
 * tables in use, b those folded from the log. Contents are not quoted; a row is named by its key. */
MUST_CHECK enum fail store_table_compare(struct store *a, struct store *b,
                                         const struct store_table *table, struct arena *arena,
                                         size_t max, struct str *out, size_t *count_out);

#endif
