/* Two databases that should be the same: the first place where they are not. */
#include "store/store.h"

static bool column_same(const struct rows_found *a, const struct rows_found *b, int column)
{
	if (rows_kind(a, column) != rows_kind(b, column))
		return false;
	if (rows_kind(a, column) == STORE_INT)
		return rows_i64(a, column) == rows_i64(b, column);
	return str_eq(rows_text(a, column), rows_text(b, column));
}

/* "" when the rows are equal; else the name of the first column that differs. */
static struct str row_difference(const struct rows_found *a, const struct rows_found *b)
{
	for (int i = 0; i < rows_columns(a); i++)
		if (!column_same(a, b, i))
			return rows_column_name(a, i);
	return STR("");
}

/* The first column is the key or its first part, and keys are ids and codes, never personal. */
static struct str row_key(const struct rows_found *rows, struct arena *arena)
{
	if (rows_kind(rows, 0) == STORE_INT)
		return str_printf(arena, "%lld", (long long)rows_i64(rows, 0));
	return rows_kind(rows, 0) == STORE_TEXT ? rows_copy(rows, 0, arena) : STR("(bytes)");
}

static struct str table_difference(struct str table, struct rows_found *a, struct rows_found *b,
                                   struct arena *arena)
{
	for (uint64_t n = 1;; n++) {
		bool more_a = rows_next(a), more_b = rows_next(b);
		if (!more_a && !more_b)
			return STR("");
		if (more_a != more_b) {
			struct str key = row_key(more_a ? a : b, arena);
			return str_printf(arena, "table %.*s: row %llu (key %.*s) stands only in the %s",
			                  STR_FMT(table), (unsigned long long)n, STR_FMT(key),
			                  more_a ? "tables" : "log");
		}
		struct str column = row_difference(a, b);
		if (column.len) {
			struct str key = row_key(a, arena);
			return str_printf(arena, "table %.*s: row %llu (key %.*s): column %.*s differs",
			                  STR_FMT(table), (unsigned long long)n, STR_FMT(key),
			                  STR_FMT(column));
		}
	}
}

enum fail store_table_compare(struct store *a, struct store *b, const struct store_table *table,
                              struct arena *arena, struct str *out)
{
	AUTO(rows_end) struct rows_found rows_a = ROWS_NONE;
	AUTO(rows_end) struct rows_found rows_b = ROWS_NONE;

	TRY(store_ask(a, table->dump, NO_VALUES, &rows_a));
	TRY(store_ask(b, table->dump, NO_VALUES, &rows_b));
	struct str difference = table_difference(table->name, &rows_a, &rows_b, arena);
	TRY(rows_fail(&rows_a));
	TRY(rows_fail(&rows_b));
	*out = difference;
	return OK;
}
