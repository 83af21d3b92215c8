#include "law/rows.h"

#include <string.h>

enum { SOURCE_REQUEST_MAX_BYTES = 60 };

struct rows rows_empty(enum item item, enum result_class result)
{
	return (struct rows){ .item = item, .result = result, .source_request = STR(""),
		                  .data_as_of = DATE_NONE, .coverage_from = DATE_NONE,
		                  .identity = IDENTITY_NOT_TOLD };
}

struct str rows_cell(const struct rows *rows, size_t row, size_t column)
{
	size_t count = columns_of(rows->item)->count;

	assert(row < rows->row_count && column < count);
	return rows->cells[row * count + column];
}

bool rows_say_something(const struct rows *rows)
{
	return rows->result == RESULT_FOUND || rows->result == RESULT_NOT_FOUND ||
	       rows->result == RESULT_TRUNCATED;
}

static enum fail row_check(const struct rows *rows, size_t row, const char **why_out)
{
	const struct item_columns *item = columns_of(rows->item);

	for (size_t i = 0; i < item->count; i++) {
		struct str cell = rows_cell(rows, row, i);
		if (rows->columns & 1u << i) {
			TRY(cell_check(&item->columns[i], cell, why_out));
		} else if (cell.len) {
			*why_out = "The source delivered a column that was not asked for.";
			return FAIL_SYNTAX;
		}
	}
	return OK;
}

enum fail rows_check(const struct rows *rows, uint32_t asked_columns, const char **why_out)
{
	*why_out = "The source delivered a column that was not asked for.";
	if (rows->columns & ~(asked_columns & columns_all(columns_of(rows->item))))
		return FAIL_SYNTAX;
	*why_out = "The source delivered too many rows.";
	if (rows->row_count > ROWS_MAX || rows->source_request.len > SOURCE_REQUEST_MAX_BYTES)
		return FAIL_TOO_LARGE;
	*why_out = "The source's result and its rows contradict each other.";
	bool may_have_rows = rows->result == RESULT_FOUND || rows->result == RESULT_TRUNCATED;
	if ((rows->row_count && !may_have_rows) || (!rows->row_count && rows->result == RESULT_FOUND))
		return FAIL_SYNTAX;
	for (size_t row = 0; row < rows->row_count; row++)
		TRY(row_check(rows, row, why_out));
	*why_out = "";
	return OK;
}

static void rows_to_crossings(const struct rows *rows, struct residence_row *out)
{
	const struct item_columns *item = columns_of(rows->item);
	size_t direction = column_find(item, STR("direction")), date = column_find(item, STR("event_date"));

	for (size_t i = 0; i < rows->row_count; i++) {
		int value;
		enum fail read = word_find(&direction_words, rows_cell(rows, i, direction), &value);
		assert(read == OK); /* rows_check */
		out[i].direction = (enum direction)value;
		read = date_parse_iso(rows_cell(rows, i, date), &out[i].date);
		assert(read == OK);
	}
}

static unsigned rows_doubts(const struct rows *rows)
{
	unsigned doubts = 0;

	if (!rows->complete || rows->result == RESULT_TRUNCATED || rows->unread_lines)
		doubts |= REVIEW_BIT(REVIEW_SOURCE_INCOMPLETE);
	if (rows->identity != IDENTITY_SAME && rows->identity != IDENTITY_NOT_TOLD)
		doubts |= REVIEW_BIT(REVIEW_IDENTITY_UNRESOLVED);
	if (rows->second_document)
		doubts |= REVIEW_BIT(REVIEW_DUAL_DOCUMENT);
	return doubts;
}

void residence_take_rows(struct arena *arena, const struct rows *rows, struct residence_question *ask)
{
	assert(rows_say_something(rows) && (rows->item == ITEM_1 || rows->item == ITEM_2));
	struct residence_row *crossings = arena_array(arena, struct residence_row, rows->row_count + 1);

	rows_to_crossings(rows, crossings);
	ask->rows = crossings;
	ask->row_count = rows->row_count;
	ask->coverage_all = rows->coverage_all;
	ask->coverage_from = rows->coverage_from;
	ask->data_as_of = rows->data_as_of;
	ask->doubts |= rows_doubts(rows);
}

/* --- is it the same person? ------------------------------------------------------------------------ */

/* Takes the next character that counts off a name: ASCII forms of full width, upper case, without
 * blanks, points and hyphens. Empty at the end. */
static struct str name_next(struct str *rest, char folded[4])
{
	static const struct str skipped[] = { STR_INIT(" "), STR_INIT("　"), STR_INIT("\xc2\xa0"),
		                                  STR_INIT("-"), STR_INIT(","), STR_INIT("."), STR_INIT("·"),
		                                  STR_INIT("‧"), STR_INIT("・"), STR_INIT("．") };

	for (size_t i = 0; i < ARRAY_LEN(skipped); i++)
		if (str_starts(*rest, skipped[i])) {
			*rest = str_slice(*rest, skipped[i].len, rest->len);
			i = (size_t)-1; /* from the first again */
		}
	if (rest->len == 0)
		return STR("");
	unsigned char first = (unsigned char)rest->at[0];
	size_t len = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	struct str one = str_slice(*rest, 0, len);
	*rest = str_slice(*rest, one.len, rest->len);
	if (one.len == 3 && first == 0xef && ((unsigned char)one.at[1] & 0xfe) == 0xbc) {
		folded[0] = (char)((((one.at[1] & 1) << 6) | (one.at[2] & 0x3f)) + 0x20);
		one = str_bytes(folded, 1);
	}
	if (one.len == 1 && one.at[0] >= 'a' && one.at[0] <= 'z') {
		folded[0] = (char)(one.at[0] - 'a' + 'A');
		one = str_bytes(folded, 1);
	}
	return one;
}

static bool name_has_unknown(struct str name)
{
	static const struct str unknown[] = { STR_INIT("■"), STR_INIT("□"), STR_INIT("?"), STR_INIT("？"),
		                                  STR_INIT("\xef\xbf\xbd") };
	size_t at;

	for (size_t i = 0; i < ARRAY_LEN(unknown); i++)
		if (str_find(name, unknown[i], &at))
			return true;
	return false;
}

static bool names_equal(struct str a, struct str b)
{
	char fold_a[4], fold_b[4];

	for (;;) {
		struct str one = name_next(&a, fold_a), other = name_next(&b, fold_b);
		if (!str_eq(one, other))
			return false;
		if (one.len == 0)
			return true;
	}
}

enum identity_match identity_compare(struct str asked_name, struct date asked_born,
                                     struct str held_name, struct date held_born)
{
	bool knows_born = !date_is_none(asked_born) && !date_is_none(held_born);

	if (name_has_unknown(held_name) || name_has_unknown(asked_name))
		return IDENTITY_UNKNOWN_CHARACTER;
	if (held_name.len && asked_name.len && !names_equal(asked_name, held_name))
		return IDENTITY_NAME_DIFFERS;
	if (knows_born && asked_born.day != held_born.day)
		return IDENTITY_BIRTH_DIFFERS;
	return held_name.len && asked_name.len ? IDENTITY_SAME : IDENTITY_NOT_TOLD;
}
