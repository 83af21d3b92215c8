#include "store/sqlite.h"


/* Callers mostly list values in the order of the fields, so the guess is tried first. */
static const struct store_value *value_of(struct store_values values, struct str field, size_t guess)
{
	if (guess < values.count && str_eq(values.at[guess].field, field))
		return &values.at[guess];
	for (size_t i = 0; i < values.count; i++)
		if (str_eq(values.at[i].field, field))
			return &values.at[i];
	return NULL;
}

static int bind_value(sqlite3_stmt *statement, int at, const struct store_value *value)
{
	switch (value->kind) {
	case STORE_NULL:
		return sqlite3_bind_null(statement, at);
	case STORE_INT:
		return sqlite3_bind_int64(statement, at, value->n);
	case STORE_TEXT:
		return sqlite3_bind_text64(statement, at, value->text.at, value->text.len, SQLITE_STATIC,
		                           SQLITE_UTF8);
	case STORE_BYTES:
		return sqlite3_bind_blob64(statement, at, value->text.at, value->text.len, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

static enum fail statement_ready(struct store *store, int number, struct store_values values,
                                 sqlite3_stmt **out)
{
	const struct store_statement *said = &store->catalog->statements[number];
	sqlite3_stmt **prepared = &store->prepared[number];

	assert(number >= 0 && (size_t)number < store->catalog->statement_count);
	if (!*prepared)
		TRY(sqlite_fail(sqlite3_prepare_v3(store->db, said->text, -1, SQLITE_PREPARE_PERSISTENT,
		                                   prepared, NULL)));
	assert(!sqlite3_stmt_busy(*prepared));
	for (size_t i = 0; i < said->field_count; i++) {
		const struct store_value *value = value_of(values, said->fields[i], i);
		assert(value && "every field of a statement has a value");
		TRY(sqlite_fail(bind_value(*prepared, (int)i + 1, value)));
	}
	*out = *prepared;
	return OK;
}

/* Bound text belongs to the caller and may be gone at the next use; it may also be secret. */
static void statement_done(sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

enum fail store_run(struct store *store, int number, struct store_values values)
{
	sqlite3_stmt *statement;

	TRY(statement_ready(store, number, values, &statement));
	int code = sqlite3_step(statement);
	statement_done(statement);
	return sqlite_fail(code);
}

int64_t store_changed(const struct store *store)
{
	return sqlite3_changes64(store->db);
}

enum fail store_ask(struct store *store, int number, struct store_values values, struct rows_found *out)
{
	sqlite3_stmt *statement;

	TRY(statement_ready(store, number, values, &statement));
	*out = (struct rows_found){ statement, OK };
	return OK;
}

bool rows_next(struct rows_found *rows)
{
	int code = rows->statement && rows->fail == OK ? sqlite3_step(rows->statement) : SQLITE_DONE;

	if (code != SQLITE_ROW && code != SQLITE_DONE)
		rows->fail = sqlite_fail(code);
	return code == SQLITE_ROW;
}

void rows_end(struct rows_found *rows)
{
	if (rows->statement)
		statement_done(rows->statement);
	rows->statement = NULL;
}

int rows_columns(const struct rows_found *rows)
{
	return sqlite3_column_count(rows->statement);
}

struct str rows_column_name(const struct rows_found *rows, int column)
{
	return str_from(sqlite3_column_name(rows->statement, column));
}

enum store_kind rows_kind(const struct rows_found *rows, int column)
{
	switch (sqlite3_column_type(rows->statement, column)) {
	case SQLITE_INTEGER:
		return STORE_INT;
	case SQLITE_TEXT:
		return STORE_TEXT;
	case SQLITE_BLOB:
		return STORE_BYTES;
	default:
		return STORE_NULL;
	}
}

bool rows_is_null(const struct rows_found *rows, int column)
{
	return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

int64_t rows_i64(const struct rows_found *rows, int column)
{
	return sqlite3_column_int64(rows->statement, column);
}

struct str rows_text(const struct rows_found *rows, int column)
{
	const void *at = sqlite3_column_blob(rows->statement, column);

	return str_bytes(at, (size_t)sqlite3_column_bytes(rows->statement, column));
}

struct str rows_copy(const struct rows_found *rows, int column, struct arena *arena)
{
	return str_copy(arena, rows_text(rows, column));
}

enum fail store_number(struct store *store, int number, struct store_values values, int64_t *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(store, number, values, &rows));
	if (!rows_next(&rows))
		return rows.fail ? rows.fail : FAIL_NOT_FOUND;
	*out = rows_i64(&rows, 0);
	return OK;
}
