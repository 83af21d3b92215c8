/* The column table, the check of what a source delivers, and its way into the residence test. */
#include "residence_history.h"

#include "law/rows.h"

#include <string.h>

static void every_item_has_whole_columns(void **state)
{
	static const char *const kinds[] = { "border_crossing", "foreign_crossing", "mainland_application",
		                                 "residency_permit", "residency_application",
		                                 "settlement_application", "whereabouts_report" };
	static const size_t counts[] = { 12, 17, 9, 9, 8, 6, 6 };

	(void)state;
	for (int item = ITEM_1; item < item_end; item++) {
		const struct item_columns *columns = columns_of((enum item)item);
		assert_true(str_is(columns->kind, kinds[item - 1]));
		assert_int_equal(columns->count, counts[item - 1]);
		for (size_t i = 0; i < columns->count; i++) {
			const struct column *column = &columns->columns[i];
			assert_true(column->name.len && column->zh[0] && column->en[0] && column->max_bytes);
			assert_int_equal(column->kind == CELL_WORD, column->words != NULL);
			assert_int_equal(column_find(columns, column->name), i);
		}
		assert_int_equal(column_find(columns, STR("nothing")), columns->count);
		assert_int_equal(columns_starred(columns), item <= ITEM_2 ? 6 : 0);
	}
}

static const struct column *column_of(enum item item, const char *name)
{
	const struct item_columns *columns = columns_of(item);
	size_t i = column_find(columns, str_from(name));

	assert_true(i < columns->count);
	return &columns->columns[i];
}

static void cells_keep_their_form(void **state)
{
	static const struct { enum item item; const char *column, *cell; enum fail fail; } rows[] = {
		{ ITEM_1, "direction", "out", OK }, { ITEM_1, "direction", "", FAIL_SYNTAX },
		{ ITEM_1, "direction", "up", FAIL_SYNTAX }, { ITEM_1, "event_date", "2025-01-10", OK },
		{ ITEM_1, "event_date", "20250110", FAIL_SYNTAX },
		{ ITEM_1, "event_date", "2025-02-30", FAIL_SYNTAX }, { ITEM_1, "event_time", "23:59", OK },
		{ ITEM_1, "event_time", "24:00", FAIL_SYNTAX }, { ITEM_1, "event_time", "9:00", FAIL_SYNTAX },
		{ ITEM_1, "event_time", "12:60", FAIL_SYNTAX }, { ITEM_1, "seq", "007", FAIL_SYNTAX },
		{ ITEM_1, "seq", "7", OK }, { ITEM_1, "name", "王𠀀■", OK },
		{ ITEM_1, "name", "a\nb", FAIL_SYNTAX }, { ITEM_1, "name", "\xff", FAIL_SYNTAX },
		{ ITEM_1, "port_code", "12345678901", FAIL_TOO_LARGE }, { ITEM_1, "port_code", "", OK },
		{ ITEM_7, "status", "withdrawn", OK }, { ITEM_7, "status", "gone", FAIL_SYNTAX },
	};
	const char *why;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		enum fail fail = cell_check(column_of(rows[i].item, rows[i].column), str_from(rows[i].cell), &why);
		assert_int_equal(fail, rows[i].fail);
		assert_int_equal(fail == OK, why[0] == 0);
	}
}

static void typed_cells_are_read_as_people_write(void **state)
{
	static const struct { enum item item; const char *column, *typed, *cell; } rows[] = {
		{ ITEM_1, "direction", "出境", "out" }, { ITEM_1, "event_date", "114/1/10", "2025-01-10" },
		{ ITEM_1, "event_date", " 1140110 ", "2025-01-10" }, { ITEM_4, "permit_kind", "外僑居留證",
		                                                       "foreign_residence" },
		{ ITEM_4, "valid_to", "120年1月1日", "2031-01-01" }, { ITEM_7, "closed_on", "", "" },
	};
	struct arena arena = arena_open(1 << 16);
	const char *why;
	struct str cell;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(cell_read(&arena, column_of(rows[i].item, rows[i].column),
		                           str_from(rows[i].typed), on("20261124"), &cell, &why), OK);
		assert_true(str_is(cell, rows[i].cell));
	}
	assert_int_equal(cell_read(&arena, column_of(ITEM_1, "event_date"), STR("140110"),
	                           on("20261124"), &cell, &why), FAIL_SYNTAX);
	assert_true(why[0]);
	arena_close(&arena);
}

/* --- rows ------------------------------------------------------------------------------------------ */

static struct rows two_crossings(struct str *cells)
{
	struct rows rows = rows_empty(ITEM_1, RESULT_FOUND);

	for (size_t i = 0; i < 2 * columns_of(ITEM_1)->count; i++)
		cells[i] = STR("");
	cells[1] = STR("out");
	cells[2] = STR("2025-01-10");
	cells[13] = STR("in");
	cells[14] = STR("2025-02-01");
	rows.columns = columns_starred(columns_of(ITEM_1));
	rows.row_count = 2;
	rows.cells = cells;
	rows.complete = rows.coverage_all = true;
	return rows;
}

static void rows_are_trusted_only_when_they_keep_the_contract(void **state)
{
	struct str cells[24];
	struct rows rows = two_crossings(cells);
	uint32_t asked = rows.columns;
	const char *why;

	(void)state;
	assert_int_equal(rows_check(&rows, asked, &why), OK);
	assert_int_equal(rows_check(&rows, 1u << 1, &why), FAIL_SYNTAX);
	rows.columns |= 1u << 9;
	assert_int_equal(rows_check(&rows, asked, &why), FAIL_SYNTAX);
	rows.columns = asked;
	cells[9] = STR("a name that nobody asked for");
	assert_int_equal(rows_check(&rows, asked, &why), FAIL_SYNTAX);
	cells[9] = STR("");
	cells[13] = STR("up");
	assert_int_equal(rows_check(&rows, asked, &why), FAIL_SYNTAX);
	cells[13] = STR("in");
	rows.result = RESULT_NOT_FOUND;
	assert_int_equal(rows_check(&rows, asked, &why), FAIL_SYNTAX);
	rows.row_count = 0;
	assert_int_equal(rows_check(&rows, asked, &why), OK);
	rows.result = RESULT_FOUND;
	assert_int_equal(rows_check(&rows, asked, &why), FAIL_SYNTAX);
	rows.row_count = ROWS_MAX + 1;
	assert_int_equal(rows_check(&rows, asked, &why), FAIL_TOO_LARGE);
}

static struct residence_answer answer_of(struct arena *arena, const struct rows *rows)
{
	struct residence_question ask = residence_question_empty();
	struct residence_rules rules = residence_rules_default();

	ask.anchor = on("20251001");
	ask.person = PERSON_REGISTERED;
	residence_take_rows(arena, rows, &ask);
	return residence_decide(arena, &ask, &rules);
}

static void rows_become_a_residence_question(void **state)
{
	struct arena arena = arena_open(1 << 20);
	struct str cells[24];
	struct rows rows = two_crossings(cells);
	struct residence_answer answer = answer_of(&arena, &rows);

	(void)state;
	assert_int_equal(answer.verdict, VERDICT_ELIGIBLE);
	assert_int_equal(answer.years[0].days[CONVENTION_B].min, 366 - 22);
	rows.data_as_of = on("20250301");
	assert_int_equal(answer_of(&arena, &rows).reasons, REVIEW_BIT(REVIEW_DATA_STALE));
	arena_close(&arena);
}

static void doubts_of_the_source_become_reasons(void **state)
{
	static const struct { enum result_class result; bool complete; enum identity_match identity;
		                  bool second; size_t unread; unsigned reasons; } cases[] = {
		{ RESULT_FOUND, true, IDENTITY_SAME, false, 0, 0 },
		{ RESULT_TRUNCATED, true, IDENTITY_SAME, false, 0, REVIEW_BIT(REVIEW_SOURCE_INCOMPLETE) },
		{ RESULT_FOUND, false, IDENTITY_SAME, false, 0, REVIEW_BIT(REVIEW_SOURCE_INCOMPLETE) },
		{ RESULT_FOUND, true, IDENTITY_SAME, false, 1, REVIEW_BIT(REVIEW_SOURCE_INCOMPLETE) },
		{ RESULT_FOUND, true, IDENTITY_NAME_DIFFERS, false, 0, REVIEW_BIT(REVIEW_IDENTITY_UNRESOLVED) },
		{ RESULT_FOUND, true, IDENTITY_BIRTH_DIFFERS, false, 0, REVIEW_BIT(REVIEW_IDENTITY_UNRESOLVED) },
		{ RESULT_FOUND, true, IDENTITY_UNKNOWN_CHARACTER, false, 0,
		  REVIEW_BIT(REVIEW_IDENTITY_UNRESOLVED) },
		{ RESULT_FOUND, true, IDENTITY_OTHER_NUMBER, false, 0, REVIEW_BIT(REVIEW_IDENTITY_UNRESOLVED) },
		{ RESULT_FOUND, true, IDENTITY_NOT_TOLD, true, 0, REVIEW_BIT(REVIEW_DUAL_DOCUMENT) },
	};
	struct arena arena = arena_open(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str cells[24];
		struct rows rows = two_crossings(cells);
		rows.result = cases[i].result;
		rows.complete = cases[i].complete;
		rows.identity = cases[i].identity;
		rows.second_document = cases[i].second;
		rows.unread_lines = cases[i].unread;
		assert_int_equal(answer_of(&arena, &rows).reasons, cases[i].reasons);
	}
	arena_close(&arena);
}

static void only_answers_say_something(void **state)
{
	(void)state;
	for (int result = 1; result < result_class_end; result++) {
		struct rows rows = rows_empty(ITEM_1, (enum result_class)result);
		bool says = result == RESULT_FOUND || result == RESULT_NOT_FOUND || result == RESULT_TRUNCATED;
		assert_int_equal(rows_say_something(&rows), says);
	}
}

static void names_are_compared_without_what_is_invisible(void **state)
{
	static const struct { const char *asked, *held; enum identity_match match; } names[] = {
		{ "王小明", "王小明", IDENTITY_SAME }, { "王 小明", "王　小明 ", IDENTITY_SAME },
		{ "王小明", "王大明", IDENTITY_NAME_DIFFERS }, { "王小明", "王小", IDENTITY_NAME_DIFFERS },
		{ "王小明", "王■明", IDENTITY_UNKNOWN_CHARACTER }, { "王小?", "王小明", IDENTITY_UNKNOWN_CHARACTER },
		{ "王小明", "王小？", IDENTITY_UNKNOWN_CHARACTER }, { "𠀀𠀁", "𠀀𠀁", IDENTITY_SAME },
		{ "\xee\x80\x80", "\xee\x80\x80", IDENTITY_SAME }, { "NGUYEN THI-LAN", "Ｎｇｕｙｅｎ　Ｔｈｉ, Lan", IDENTITY_SAME },
		{ "馬耀·比吼", "馬耀‧比吼", IDENTITY_SAME }, { "王小明", "", IDENTITY_NOT_TOLD },
		{ "", "", IDENTITY_NOT_TOLD }, { "王\xe5", "王\xe5", IDENTITY_SAME },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_int_equal(identity_compare(str_from(names[i].asked), DATE_NONE,
		                                  str_from(names[i].held), on("19800101")), names[i].match);
	assert_int_equal(identity_compare(STR("王小明"), on("19800102"), STR("王小明"), on("19800101")),
	                 IDENTITY_BIRTH_DIFFERS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_item_has_whole_columns),
		cmocka_unit_test(cells_keep_their_form),
		cmocka_unit_test(typed_cells_are_read_as_people_write),
		cmocka_unit_test(rows_are_trusted_only_when_they_keep_the_contract),
		cmocka_unit_test(rows_become_a_residence_question),
		cmocka_unit_test(doubts_of_the_source_become_reasons),
		cmocka_unit_test(only_answers_say_something),
		cmocka_unit_test(names_are_compared_without_what_is_invisible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
