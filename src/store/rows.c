#include "store/sqlite.h"

/* Who lists values lists them in the same order each time, so the place of the last time is tried first. */
static const struct store_value *value_of(struct store_values values, struct str field, uint8_t *place)
{
	if (*place < values.count && str_eq(values.at[*place].field, field))
		return &values.at[*place];
	for (size_t i = 0; i < values.count; i++)
		if (str_eq(values.at[i].field, field)) {
			*place = (uint8_t)i;
			return &values.at[i];
		}
	assert(false && "every field of a statement has a value");
	return NULL;
}

static void values_find(struct prepared *prepared, const struct store_statement *said, struct store_values values,
                        const struct store_value **out)
{
	assert(values.count <= UINT8_MAX);
	for (size_t i = 0; i < said->field_count; i++)
		out[i] = value_of(values, said->fields[i], &prepared->places[i]);
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

static enum fail statement_prepare(struct store *store, int number)
{
	const struct store_statement *said = &store->catalog->statements[number];
	struct prepared *prepared = &store->prepared[number];

	if (prepared->statement)
		return OK;
	assert(said->field_count <= STATEMENT_FIELDS_MAX);
	prepared->remembered = NOT_REMEMBERED;
	if (store->remembered)
		remembered_watch(store->remembered, number);
	enum fail fail = sqlite_fail(sqlite3_prepare_v3(store->db, said->text, -1, SQLITE_PREPARE_PERSISTENT,
	                                                &prepared->statement, NULL));
	if (store->remembered) {
		prepared->forgotten = remembered_seen(store->remembered);
		prepared->remembered = remembered_place(store->remembered, number);
	}
	return fail;
}

/* Before all others, as those are judged by what these read. */
enum fail statements_prepare_remembered(struct store *store)
{
	for (size_t i = 0; store->remembered && i < store->catalog->statement_count; i++)
		if (store->catalog->statements[i].remembered)
			TRY(statement_prepare(store, (int)i));
	return OK;
}

/* Whoever gets a statement ready is about to run it: what it changes is forgotten here. */
static enum fail statement_ready(struct store *store, int number, const struct store_value *const *values,
                                 sqlite3_stmt **out)
{
	const struct prepared *prepared = &store->prepared[number];
	size_t count = store->catalog->statements[number].field_count;

	assert(!sqlite3_stmt_busy(prepared->statement));
	for (size_t i = 0; i < count; i++)
		TRY(sqlite_fail(bind_value(prepared->statement, (int)i + 1, values[i])));
	if (prepared->forgotten)
		remembered_forget(store->remembered, prepared->forgotten);
	*out = prepared->statement;
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
	const struct store_value *found[STATEMENT_FIELDS_MAX];
	sqlite3_stmt *statement;

	assert(number >= 0 && (size_t)number < store->catalog->statement_count);
	TRY(statement_prepare(store, number));
	values_find(&store->prepared[number], &store->catalog->statements[number], values, found);
	TRY(statement_ready(store, number, found, &statement));
	int code = sqlite3_step(statement);
	statement_done(statement);
	if (code != SQLITE_DONE && code != SQLITE_ROW && store->remembered)
		remembered_forget_all(store->remembered); /* it may have cost the transaction */
	return sqlite_fail(code);
}

int64_t store_changed(const struct store *store)
{
	return sqlite3_changes64(store->db);
}

/* From memory, or run to its end and kept there. */
static enum fail ask_remembered(struct store *store, int number, const struct store_value *const *values,
                                struct rows_found *out)
{
	size_t count = store->catalog->statements[number].field_count;
	int place = store->prepared[number].remembered;
	sqlite3_stmt *statement;

	*out = (struct rows_found){ .store = store };
	if (remembered_find(store->remembered, place, values, count, &out->kept))
		return OK;
	TRY(statement_ready(store, number, values, &statement));
	enum fail fail = remembered_take(store->remembered, place, values, count, statement, &out->kept);
	if (fail == OK && !out->kept) {
		sqlite3_reset(statement);
		out->statement = statement;
		return OK;
	}
	statement_done(statement);
	return fail;
}

enum fail store_ask(struct store *store, int number, struct store_values values, struct rows_found *out)
{
	const struct store_value *found[STATEMENT_FIELDS_MAX];
	sqlite3_stmt *statement;

	assert(number >= 0 && (size_t)number < store->catalog->statement_count);
	TRY(statement_prepare(store, number));
	values_find(&store->prepared[number], &store->catalog->statements[number], values, found);
	if (store->prepared[number].remembered != NOT_REMEMBERED)
		return ask_remembered(store, number, found, out);
	TRY(statement_ready(store, number, found, &statement));
	*out = (struct rows_found){ .statement = statement };
	return OK;
}

bool rows_next(struct rows_found *rows)
{
	if (rows->kept)
		return rows->next < kept_row_count(rows->kept) && ++rows->next > 0;
	int code = rows->statement && rows->fail == OK ? sqlite3_step(rows->statement) : SQLITE_DONE;

	if (code != SQLITE_ROW && code != SQLITE_DONE)
		rows->fail = sqlite_fail(code);
	return code == SQLITE_ROW;
}

void rows_end(struct rows_found *rows)
{
	if (rows->statement)
		statement_done(rows->statement);
	if (rows->kept)
		remembered_give_back(rows->store->remembered);
	rows->statement = NULL;
	rows->kept = NULL;
}

int rows_columns(const struct rows_found *rows)
{
	return rows->kept ? kept_column_count(rows->kept) : sqlite3_column_count(rows->statement);
}

struct str rows_column_name(const struct rows_found *rows, int column)
{
	assert(!rows->kept); /* names are not kept */
	return str_from(sqlite3_column_name(rows->statement, column));
}

enum store_kind rows_kind(const struct rows_found *rows, int column)
{
	if (rows->kept)
		return kept_kind(rows->kept, rows->next - 1, column);
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
	if (rows->kept)
		return kept_kind(rows->kept, rows->next - 1, column) == STORE_NULL;
	return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

int64_t rows_i64(const struct rows_found *rows, int column)
{
	if (rows->kept)
		return kept_i64(rows->kept, rows->next - 1, column);
	return sqlite3_column_int64(rows->statement, column);
}

struct str rows_text(const struct rows_found *rows, int column)
{
	if (rows->kept)
		return kept_text(rows->kept, rows->next - 1, column);
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
