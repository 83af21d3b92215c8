/* Two databases that should be the same: where they are not. */
#include "store/store.h"

static bool column_same(const struct rows_found *a, const struct rows_found *b, int column)
{
	if (rows_kind(a, column) != rows_kind(b, column))
		return false;
	if (rows_kind(a, column) == STORE_INT)
		return rows_i64(a, column) == rows_i64(b, column);
	return str_eq(rows_text(a, column), rows_text(b, column));
}

/* The order in which the database gives the rows: numbers before texts, texts by bytes. */
static int column_order(const struct rows_found *a, const struct rows_found *b, int column)
{
	enum store_kind kind_a = rows_kind(a, column), kind_b = rows_kind(b, column);
	int64_t n_a = rows_i64(a, column), n_b = rows_i64(b, column);

	if (kind_a != kind_b)
		return kind_a < kind_b ? -1 : 1;
	if (kind_a == STORE_INT)
		return n_a < n_b ? -1 : n_a > n_b;
	return str_compare(rows_text(a, column), rows_text(b, column));
}

static int key_order(const struct store_table *table, const struct rows_found *a,
                     const struct rows_found *b)
{
	int order = 0;

	for (int i = 0; order == 0 && i < table->key_columns; i++)
		order = column_order(a, b, i);
	return order;
}

/* Keys are ids and codes, never personal. */
static void key_put(struct buf *out, const struct store_table *table, const struct rows_found *rows)
{
	for (int i = 0; i < table->key_columns; i++) {
		if (i)
			buf_byte(out, '/');
		if (rows_kind(rows, i) == STORE_INT)
			buf_i64(out, rows_i64(rows, i));
		else
			buf_add(out, rows_kind(rows, i) == STORE_TEXT ? rows_text(rows, i) : STR("(bytes)"));
	}
}

struct differing {
	const struct store_table *table;
	struct arena *arena;
	size_t max, count;
	struct str *at;
};

static void only_put(struct differing *differing, const struct rows_found *rows, const char *where)
{
	struct buf out = buf_on(differing->arena);

	buf_printf(&out, "table %.*s: key ", STR_FMT(differing->table->name));
	key_put(&out, differing->table, rows);
	buf_printf(&out, " stands only in the %s", where);
	differing->at[differing->count++] = buf_str(&out);
}

static void columns_put(struct differing *differing, const struct rows_found *a,
                        const struct rows_found *b)
{
	struct buf out = buf_on(differing->arena);
	int columns = 0;

	buf_printf(&out, "table %.*s: key ", STR_FMT(differing->table->name));
	key_put(&out, differing->table, a);
	for (int i = differing->table->key_columns; i < rows_columns(a); i++) {
		if (column_same(a, b, i))
			continue;
		struct str name = rows_column_name(a, i);
		buf_printf(&out, "%s%.*s", columns++ ? ", " : " differs in ", STR_FMT(name));
	}
	if (columns)
		differing->at[differing->count++] = buf_str(&out);
}

static void rows_compare(struct differing *differing, struct rows_found *a, struct rows_found *b)
{
	bool more_a = rows_next(a), more_b = rows_next(b);

	while ((more_a || more_b) && differing->count < differing->max) {
		int order = !more_a ? 1 : !more_b ? -1 : key_order(differing->table, a, b);
		if (order < 0)
			only_put(differing, a, "tables");
		else if (order > 0)
			only_put(differing, b, "log");
		else
			columns_put(differing, a, b);
		if (order <= 0)
			more_a = rows_next(a);
		if (order >= 0)
			more_b = rows_next(b);
	}
}

enum fail store_table_compare(struct store *a, struct store *b, const struct store_table *table,
                              struct arena *arena, size_t max, struct str *out, size_t *count_out)
{
	AUTO(rows_end) struct rows_found rows_a = ROWS_NONE;
	AUTO(rows_end) struct rows_found rows_b = ROWS_NONE;
	struct differing differing = { .table = table, .arena = arena, .max = max, .at = out };

	TRY(store_ask(a, table->dump, NO_VALUES, &rows_a));
	TRY(store_ask(b, table->dump, NO_VALUES, &rows_b));
	rows_compare(&differing, &rows_a, &rows_b);
	TRY(rows_fail(&rows_a));
	TRY(rows_fail(&rows_b));
	*count_out = differing.count;
	return OK;
}
