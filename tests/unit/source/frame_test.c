#include "asking.h"

#include <string.h>

static struct source_plan rich_plan(void)
{
	struct source_plan plan = plan_for("A123456789", ITEM_1, RANGE_RESIDENCE);

	plan.numbers[1] = (struct source_number){ NUMBER_RESIDENT_OLD, STR("FA12345689") };
	plan.number_count = 2;
	plan.name = STR("王𠀀");
	plan.born = on("19500101");
	return plan;
}

static void a_plan_crosses_unchanged(void **state)
{
	struct arena arena = arena_open(1 << 16);
	struct source_plan plan = rich_plan(), read;
	struct buf once = buf_on(&arena), again = buf_on(&arena);

	(void)state;
	source_plan_pack(&once, &plan);
	assert_int_equal(source_plan_unpack(buf_str(&once), &read), OK);
	assert_int_equal(read.item, ITEM_1);
	assert_int_equal(read.range, RANGE_RESIDENCE);
	assert_int_equal(read.number_count, 2);
	assert_true(str_is(read.numbers[1].number, "FA12345689"));
	assert_true(str_is(read.name, "王𠀀"));
	source_plan_pack(&again, &read);
	assert_true(str_eq(buf_str(&once), buf_str(&again)));
	arena_close(&arena);
}

static struct rows some_rows(struct str cells[24])
{
	struct rows rows = rows_empty(ITEM_1, RESULT_FOUND);

	for (int i = 0; i < 24; i++)
		cells[i] = STR("");
	cells[1] = STR("out");
	cells[2] = STR("2026-01-10");
	cells[13] = STR("in");
	cells[14] = STR("2026-02-01");
	rows.columns = columns_starred(columns_of(ITEM_1));
	rows.row_count = 2;
	rows.cells = cells;
	rows.complete = true;
	rows.data_as_of = on("20261123");
	rows.coverage_from = on("20231123");
	rows.source_request = STR("LOCAL-1");
	rows.asked_at_ms = rows.answered_at_ms = 1795000000000;
	return rows;
}

static void rows_cross_unchanged(void **state)
{
	struct arena arena = arena_open(1 << 16);
	struct str cells[24];
	struct rows rows = some_rows(cells), read;
	struct buf once = buf_on(&arena), again = buf_on(&arena);

	(void)state;
	rows_pack(&once, &rows);
	assert_int_equal(rows_unpack(&arena, buf_str(&once), &read), OK);
	assert_int_equal(read.row_count, 2);
	assert_true(str_is(rows_cell(&read, 1, 2), "2026-02-01"));
	assert_true(str_is(rows_cell(&read, 1, 9), ""));
	rows_pack(&again, &read);
	assert_true(str_eq(buf_str(&once), buf_str(&again)));
	arena_close(&arena);
}

/* Every shorter text, and every text with one byte more, is refused. */
static void what_is_cut_or_longer_is_refused(void **state)
{
	struct arena arena = arena_open(1 << 24);
	struct str cells[24];
	struct rows rows = some_rows(cells), rows_read;
	struct source_plan plan = rich_plan(), plan_read;
	struct buf bytes = buf_on(&arena);

	(void)state;
	source_plan_pack(&bytes, &plan);
	for (size_t len = 0; len < bytes.len; len++)
		assert_int_not_equal(source_plan_unpack(str_bytes(bytes.at, len), &plan_read), OK);
	buf_byte(&bytes, 0);
	assert_int_not_equal(source_plan_unpack(buf_str(&bytes), &plan_read), OK);
	bytes = buf_on(&arena);
	rows_pack(&bytes, &rows);
	for (size_t len = 0; len < bytes.len; len++)
		assert_int_not_equal(rows_unpack(&arena, str_bytes(bytes.at, len), &rows_read), OK);
	buf_byte(&bytes, 0);
	assert_int_not_equal(rows_unpack(&arena, buf_str(&bytes), &rows_read), OK);
	arena_close(&arena);
}

static void numbers_outside_their_list_are_refused(void **state)
{
	static const struct { size_t at; char byte; } changes[] = {
		{ 0, 2 }, { 1, 0 }, { 1, 8 }, { 2, 0 }, { 2, 4 }, { 3, 0 }, { 3, 5 }, { 4, 0 }, { 4, 9 },
		{ 5, 1 }, { 7, '\xff' },
	};
	struct arena arena = arena_open(1 << 16);
	struct source_plan plan = rich_plan(), read;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		struct buf bytes = buf_on(&arena);
		source_plan_pack(&bytes, &plan);
		bytes.at[changes[i].at] = changes[i].byte;
		assert_int_not_equal(source_plan_unpack(buf_str(&bytes), &read), OK);
	}
	struct buf bytes = buf_on(&arena);
	plan.columns |= 1u << 20;
	source_plan_pack(&bytes, &plan);
	assert_int_equal(source_plan_unpack(buf_str(&bytes), &read), FAIL_SYNTAX);
	arena_close(&arena);
}

static void days_that_nobody_can_count_with_are_refused(void **state)
{
	static const struct { const char *born; int32_t days; enum fail fail; } cases[] = {
		{ "19120101", 0, OK }, { "19120101", -1, FAIL_SYNTAX }, { "21991231", 0, OK },
		{ "21991231", 1, FAIL_SYNTAX },
	};
	struct arena arena = arena_open(1 << 16);
	struct source_plan plan = rich_plan(), read;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf bytes = buf_on(&arena);
		plan.born = date_add(on(cases[i].born), cases[i].days);
		source_plan_pack(&bytes, &plan);
		assert_int_equal(source_plan_unpack(buf_str(&bytes), &read), cases[i].fail);
	}
	struct buf bytes = buf_on(&arena);
	plan.born = DATE_NONE;
	plan.look_back = DATE_NONE; /* the residence range cannot be answered without */
	source_plan_pack(&bytes, &plan);
	assert_int_equal(source_plan_unpack(buf_str(&bytes), &read), FAIL_SYNTAX);
	arena_close(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plan_crosses_unchanged),
		cmocka_unit_test(rows_cross_unchanged),
		cmocka_unit_test(what_is_cut_or_longer_is_refused),
		cmocka_unit_test(numbers_outside_their_list_are_refused),
		cmocka_unit_test(days_that_nobody_can_count_with_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
