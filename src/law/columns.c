#include "law/columns.h"

#include <string.h>

enum { PLAIN = 0, STAR = 1, OPTIONAL = 0, REQUIRED = 1 };

#define ITEM_COLUMNS(item, kind) static const struct column columns_##item[] = {
#define COLUMN_OF(name, star, required, kind, words, max_bytes, zh, en)                            \
	{ STR_INIT(name), star, required, kind, words, max_bytes, zh, en },
#define ITEM_COLUMNS_END(item) };
#include "law/columns.def"
#undef ITEM_COLUMNS
#undef COLUMN_OF
#undef ITEM_COLUMNS_END

#define ITEM_COLUMNS(id, name) [id] = { id, STR_INIT(name), columns_##id, ARRAY_LEN(columns_##id) },
#define COLUMN_OF(name, star, required, kind, words, max_bytes, zh, en)
#define ITEM_COLUMNS_END(item)
static const struct item_columns items[item_end] = {
#include "law/columns.def"
};
#undef ITEM_COLUMNS
#undef COLUMN_OF
#undef ITEM_COLUMNS_END

const struct item_columns *columns_of(enum item item)
{
	assert(item > item_none && item < item_end);
	assert(items[item].count <= COLUMNS_MAX);
	return &items[item];
}

uint32_t columns_all(const struct item_columns *item)
{
	return (uint32_t)((1u << item->count) - 1);
}

uint32_t columns_starred(const struct item_columns *item)
{
	uint32_t stars = 0;

	for (size_t i = 0; i < item->count; i++)
		stars |= item->columns[i].star ? 1u << i : 0;
	return stars;
}

size_t column_find(const struct item_columns *item, struct str name)
{
	size_t i = 0;

	while (i < item->count && !str_eq(item->columns[i].name, name))
		i++;
	return i;
}

/* --- the stored form: each says whether a cell that is not empty has it ------------------------- */

static bool is_text(const struct column *column, struct str cell)
{
	(void)column;
	for (size_t i = 0; i < cell.len; i++)
		if ((unsigned char)cell.at[i] < 0x20 || cell.at[i] == 0x7f)
			return false;
	return str_is_utf8(cell);
}

static bool is_number(const struct column *column, struct str cell)
{
	uint64_t n;

	(void)column;
	return str_to_u64(cell, &n) == OK;
}

static bool is_date(const struct column *column, struct str cell)
{
	struct date date;

	(void)column;
	return cell.len == 10 && date_parse_iso(cell, &date) == OK;
}

static bool is_time(const struct column *column, struct str cell)
{
	static const char most[] = "29:59";

	(void)column;
	for (size_t i = 0; i < cell.len && i < 5; i++)
		if (cell.at[i] < (i == 2 ? ':' : '0') || cell.at[i] > most[i])
			return false;
	return cell.len == 5 && (cell.at[0] < '2' || cell.at[1] < '4');
}

static bool is_word(const struct column *column, struct str cell)
{
	int value;

	return word_find(column->words, cell, &value) == OK;
}

static const struct {
	bool (*holds)(const struct column *column, struct str cell);
	const char *rule;
} kinds[] = {
	[CELL_TEXT] = { is_text, N_("Text without control characters.") },
	[CELL_NUMBER] = { is_number, N_("A whole number.") },
	[CELL_DATE] = { is_date, N_("A date that exists, such as 2026-11-24.") },
	[CELL_TIME] = { is_time, N_("A time of day, such as 08:30.") },
	[CELL_WORD] = { is_word, N_("One of the listed words.") },
};

enum fail cell_check(const struct column *column, struct str cell, const char **why_out)
{
	*why_out = "This column must be filled in.";
	if (cell.len == 0 && column->required)
		return FAIL_SYNTAX;
	*why_out = "The text is too long.";
	if (cell.len > column->max_bytes)
		return FAIL_TOO_LARGE;
	*why_out = kinds[column->kind].rule;
	if (cell.len && !kinds[column->kind].holds(column, cell))
		return FAIL_SYNTAX;
	*why_out = "";
	return OK;
}

/* The code of a word that was typed as its code or as its Chinese label. */
static struct str word_typed(const struct word_list *list, struct str typed)
{
	for (int value = 1; value < list->end; value++)
		if (str_is(typed, word_zh(list, value)))
			return word_code(list, value);
	return typed;
}

enum fail cell_read(struct arena *arena, const struct column *column, struct str typed,
                    struct date today, struct str *out, const char **why_out)
{
	struct str cell = str_trim(typed);
	struct date date;

	if (column->kind == CELL_WORD)
		cell = word_typed(column->words, cell);
	if (column->kind == CELL_DATE && cell.len) {
		/* Permits run for years: unlike other dates these may lie ahead. */
		struct date far = date_add(today, 20 * 366);
		TRY(date_parse_input(cell, far, &date, why_out));
		cell = str_printf(arena, "%s", date_iso(date).text);
	}
	TRY(cell_check(column, cell, why_out));
	*out = str_copy(arena, cell);
	return OK;
}
