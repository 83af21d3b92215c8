/* Where one day more or less changes the answer. */
#include "residence_world.h"

#include <string.h>

static bool has_reason(struct world *world, enum residence_reason reason)
{
	return decide(world).reasons & REVIEW_BIT(reason);
}

static void born_on_the_first_day_of_the_window_is_no_newborn(void **state)
{
	struct world *world = world_open("", "20251001");

	(void)state;
	world->ask.born = on("20241001");
	assert_int_equal(decide(world).verdict, VERDICT_ELIGIBLE);
	world->ask.born = on("20241002");
	assert_true(has_reason(world, REVIEW_BORN_IN_WINDOW));
	arena_close(&world->arena);
}

/* The tail after data_as_of reaches to one end of the line only. */
static void one_end_near_the_line_is_near(void **state)
{
	struct world *world = world_open("O20250201 I20250725", "20251001"); /* 192 days */

	(void)state;
	world->ask.data_as_of = on("20250923"); /* at least 184 */
	struct residence_answer answer = decide(world);
	assert_int_equal(answer.years[0].days[CONVENTION_B].min, 184);
	assert_int_equal(answer.years[0].days[CONVENTION_B].max, 192);
	assert_true(answer.reasons & REVIEW_BIT(REVIEW_NEAR_THRESHOLD));
	arena_close(&world->arena);
}

static void rows_newer_than_the_source_says_are_believed(void **state)
{
	struct world *world = world_open("O20250201 I20250301 O20250901 I20250910", "20251001");

	(void)state;
	world->ask.data_as_of = on("20250401");
	struct residence_answer answer = decide(world);
	assert_int_equal(answer.years[0].days[CONVENTION_B].max, 366 - 28 - 9);
	assert_int_equal(answer.years[0].days[CONVENTION_B].min, 366 - 28 - 9 - 21); /* 11 September on */
	arena_close(&world->arena);
}

/* Both rows before the look-back or both after the window have nothing to do with it. */
static void a_conflict_counts_from_look_back_to_window_end(void **state)
{
	static const struct { const char *history; bool counts; } cases[] = {
		{ "O20220901 O20221001 I20230101", false }, { "O20220901 O20221002 I20230101", true },
		{ "O20250930 O20251002 I20251003", true },  { "O20251001 O20251002 I20251003", true },
		{ "O20251002 O20251003 I20251004", false }, { "O20250401 I20250402 I20250402", true },
		{ "I20250401 O20250402 O20250402", true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world *world = world_open(cases[i].history, "20251001"); /* look-back 20221002 */
		assert_int_equal(has_reason(world, REVIEW_RECORD_CONFLICT), cases[i].counts);
		arena_close(&world->arena);
	}
}

static void the_row_of_the_first_day_is_none_before_it(void **state)
{
	struct world *world = world_open("O20241001 I20241101", "20251001");

	(void)state;
	assert_int_equal(decide(world).years[0].state, STATE_INFERRED);
	arena_close(&world->arena);
	world = world_open("O20240930 I20241101", "20251001");
	assert_int_equal(decide(world).years[0].state, STATE_LAST_ROW);
	arena_close(&world->arena);
}

static void who_came_back_that_day_was_here(void **state)
{
	struct world *world = world_open("O20250301 I20250320", "20251001");
	static const struct { const char *seen; bool is_odd; } cases[] = {
		{ "20250301", false }, { "20250302", true }, { "20250319", true }, { "20250320", false },
		{ "20250321", false }, { "20250228", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		world->ask.seen_on = on(cases[i].seen);
		assert_int_equal(has_reason(world, REVIEW_DUAL_DOCUMENT), cases[i].is_odd);
	}
	arena_close(&world->arena);
}

static void of_equal_years_the_latest_decides(void **state)
{
	struct world *world = world_open("O20200101", "20251001");

	(void)state;
	world->rules.years = 3;
	world->rules.window = WINDOW_END_INCLUSIVE;
	struct residence_answer answer = decide(world);
	assert_int_equal(answer.verdict, VERDICT_NOT_ELIGIBLE);
	assert_int_equal(answer.decider, 0);
	arena_close(&world->arena);
}

/* One uncertain year leaves the whole without a provisional answer, unless another is clear. */
static void a_year_without_count_leaves_the_whole_open(void **state)
{
	static const struct { const char *history; enum residence_verdict provisional; } cases[] = {
		{ "O20250201 O20250901 I20250910", VERDICT_NONE },
		{ "O20220901 I20230915 O20250201 O20250901 I20250910", VERDICT_NOT_ELIGIBLE },
		{ "O20250201 I20250910 O20230201 O20230901 I20230910", VERDICT_NOT_ELIGIBLE },
		{ "O20250201 I20250301", VERDICT_ELIGIBLE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world *world = world_open(cases[i].history, "20251001");
		world->rules.years = 3;
		world->rules.window = WINDOW_END_INCLUSIVE;
		assert_int_equal(decide(world).provisional, cases[i].provisional);
		arena_close(&world->arena);
	}
}

static void doubtful_records_have_no_flip_date(void **state)
{
	struct world *world = world_open("O20240801 O20241005 I20250801", "20251001");

	(void)state;
	assert_true(date_is_none(decide(world).next_flip));
	arena_close(&world->arena);
	world = world_open("", "20251001");
	world->ask.coverage_all = false;
	assert_true(date_is_none(decide(world).next_flip));
	arena_close(&world->arena);
}

/* An appeal looks at an old anchor while later rows are known: the flip date knows them too. */
static void rows_after_the_anchor_count_for_the_flip_date(void **state)
{
	struct world *world = world_open("O20260101", "20251001");

	(void)state;
	assert_int_equal(decide(world).verdict, VERDICT_ELIGIBLE);
	assert_string_equal(date_compact(decide(world).next_flip).text, "20260703");
	arena_close(&world->arena);
	world = world_open("O20260901", "20251001"); /* settled only long after */
	assert_string_equal(date_compact(decide(world).next_flip).text, "20270303");
	arena_close(&world->arena);
}

static void supplied_ends_are_marked(void **state)
{
	struct world *world = world_open("O20241201 I20241215 I20250115 O20250701", "20251031"); /* E14 */

	(void)state;
	struct residence_table table =
		residence_table_make(&world->arena, &world->ask, &world->rules, 0);
	assert_int_equal(table.trip_count, 3);
	assert_false(table.trips[0].is_completed);
	assert_true(table.trips[1].is_completed);
	assert_int_equal(table.trips[1].out.day, on("20241215").day);
	assert_false(table.trips[2].is_completed);
	assert_true(date_is_none(table.trips[2].in));
	arena_close(&world->arena);
	world = world_open("O20241201 I20241215", "20251031");
	world->ask.data_as_of = on("20250901");
	table = residence_table_make(&world->arena, &world->ask, &world->rules, 0);
	assert_int_equal(table.trip_count, 2);
	assert_true(table.trips[1].is_completed);
	assert_int_equal(table.days[table.day_count - 1], DAY_DOUBTFUL);
	arena_close(&world->arena);
}

/* Window 20241031–20251031: what happens on its first and last day belongs to it, a day further not. */
static void the_table_ends_with_the_window(void **state)
{
	static const struct { const char *history; size_t trips, first, last; } cases[] = {
		{ "O20241001 I20241030", 0, 0, 0 },
		{ "O20241001 I20241031", 1, 1u << DIR_IN, 0 },
		{ "O20251031 I20251105", 1, 0, 1u << DIR_OUT },
		{ "O20251101 I20251105", 0, 0, 0 },
		{ "O20241031 I20251031", 1, 1u << DIR_OUT, 1u << DIR_IN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world *world = world_open(cases[i].history, "20251031");
		struct residence_table table =
			residence_table_make(&world->arena, &world->ask, &world->rules, 0);
		size_t marked = 0;
		for (size_t day = 1; day + 1 < table.day_count; day++)
			marked += table.crossings[day];
		assert_int_equal(marked, 0);
		assert_int_equal(table.trip_count, cases[i].trips);
		assert_int_equal(table.crossings[0], cases[i].first);
		assert_int_equal(table.crossings[table.day_count - 1], cases[i].last);
		arena_close(&world->arena);
	}
}

static void the_span_holds_every_window_and_year(void **state)
{
	struct world *world = world_open("", "20250630");
	struct residence_span span = residence_span_of(&world->ask, &world->rules);

	(void)state;
	assert_string_equal(date_compact(span.first).text, "20240630");
	assert_string_equal(date_compact(span.last).text, "20250630");
	assert_string_equal(date_compact(span.look_back).text, "20220701");
	world->rules.window = WINDOW_END_EXCLUSIVE;
	world->rules.check_windows = 0;
	world->rules.years = 3;
	world->rules.lookback_days = 0;
	span = residence_span_of(&world->ask, &world->rules);
	assert_string_equal(date_compact(span.first).text, "20220630");
	assert_string_equal(date_compact(span.last).text, "20250629");
	assert_int_equal(span.look_back.day, span.first.day);
	world->ask.anchor = DATE_NONE;
	world->ask.window = (struct residence_window){ on("20240101"), on("20240131") };
	world->rules = residence_rules_default();
	span = residence_span_of(&world->ask, &world->rules);
	assert_string_equal(date_compact(span.first).text, "20240101");
	assert_string_equal(date_compact(span.last).text, "20240131");
	arena_close(&world->arena);
}

static void rows_print_in_the_order_of_time(void **state)
{
	struct world *world = world_open("I20250401 O20250301 I20250301", "20250630");
	struct buf out = buf_on(&world->arena);

	(void)state;
	residence_rows_print(&world->arena, world->ask.rows, world->ask.row_count, &out);
	assert_true(str_is(buf_str(&out), "20250301 in\n20250301 out\n20250401 in\n"));
	arena_close(&world->arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(born_on_the_first_day_of_the_window_is_no_newborn),
		cmocka_unit_test(one_end_near_the_line_is_near),
		cmocka_unit_test(rows_newer_than_the_source_says_are_believed),
		cmocka_unit_test(a_conflict_counts_from_look_back_to_window_end),
		cmocka_unit_test(the_row_of_the_first_day_is_none_before_it),
		cmocka_unit_test(who_came_back_that_day_was_here),
		cmocka_unit_test(of_equal_years_the_latest_decides),
		cmocka_unit_test(a_year_without_count_leaves_the_whole_open),
		cmocka_unit_test(doubtful_records_have_no_flip_date),
		cmocka_unit_test(rows_after_the_anchor_count_for_the_flip_date),
		cmocka_unit_test(supplied_ends_are_marked),
		cmocka_unit_test(the_table_ends_with_the_window),
		cmocka_unit_test(the_span_holds_every_window_and_year),
		cmocka_unit_test(rows_print_in_the_order_of_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
