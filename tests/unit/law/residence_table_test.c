/* Reasons known from outside, presumptions, the day table, households and the letter. */
#include "residence_world.h"

#include <string.h>

static void assert_review(struct residence_answer answer, enum residence_reason reason)
{
	assert_int_equal(answer.verdict, VERDICT_NEEDS_REVIEW);
	assert_int_equal(answer.reasons, REVIEW_BIT(reason));
}

static void doubts_from_outside_go_to_a_person(void **state)
{
	static const enum residence_reason doubts[] = { REVIEW_SOURCE_INCOMPLETE,
		                                            REVIEW_IDENTITY_UNRESOLVED,
		                                            REVIEW_DUAL_DOCUMENT, REVIEW_DISPUTED,
		                                            REVIEW_NO_DAY_TEST };
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(doubts); i++) {
		struct world *world = world_open("O20230801 I20230901", "20251001");
		world->ask.doubts = REVIEW_BIT(doubts[i]);
		struct residence_answer answer = decide(world);
		assert_review(answer, doubts[i]);
		assert_int_equal(answer.provisional,
		                 doubts[i] == REVIEW_NO_DAY_TEST ? VERDICT_NONE : VERDICT_ELIGIBLE);
		arena_close(&world->arena);
	}
}

static void somebody_met_here_while_abroad_has_a_second_document(void **state)
{
	struct world *world = world_open("O20250101", "20251001");

	(void)state;
	world->ask.seen_on = on("20250930");
	assert_review(decide(world), REVIEW_DUAL_DOCUMENT);
	world->ask.seen_on = on("20250101"); /* met before the flight */
	assert_int_equal(decide(world).verdict, VERDICT_NOT_ELIGIBLE);
	arena_close(&world->arena);
}

static void a_source_that_begins_inside_the_window_is_incomplete(void **state)
{
	struct world *world = world_open("O20250801 I20250810", "20251001");

	(void)state;
	world->ask.coverage_all = false;
	world->ask.coverage_from = on("20241001");
	assert_int_equal(decide(world).verdict, VERDICT_ELIGIBLE);
	world->ask.coverage_from = on("20241002");
	assert_review(decide(world), REVIEW_SOURCE_INCOMPLETE);
	arena_close(&world->arena);
}

static void no_row_may_mean_presence_for_the_registered(void **state)
{
	struct world *world = world_open("", "20251001");

	(void)state;
	world->ask.coverage_all = false;
	world->ask.coverage_from = date_add(on("20241001"), -730);
	world->ask.registration_is_live = true;
	assert_review(decide(world), REVIEW_NO_STATE_BEFORE_WINDOW);
	world->rules.no_row_is_present = true;
	assert_int_equal(decide(world).verdict, VERDICT_ELIGIBLE);
	assert_int_equal(decide(world).years[0].state, STATE_PRESUMED);
	world->ask.coverage_from = date_add(on("20241001"), -729);
	assert_review(decide(world), REVIEW_NO_STATE_BEFORE_WINDOW);
	world->ask.coverage_all = true;
	world->ask.registration_is_live = false;
	world->ask.person = PERSON_FOREIGN;
	assert_review(decide(world), REVIEW_NO_STATE_BEFORE_WINDOW);
	arena_close(&world->arena);
}

static void stale_data_can_always_be_reviewed(void **state)
{
	struct world *world = world_open("O20250110 I20250722", "20251231"); /* E24 ii */

	(void)state;
	world->ask.data_as_of = on("20251220");
	assert_int_equal(decide(world).verdict, VERDICT_NOT_ELIGIBLE);
	world->rules.stale_is_review = true;
	assert_review(decide(world), REVIEW_DATA_STALE);
	world->ask.data_as_of = on("20251231");
	assert_int_equal(decide(world).verdict, VERDICT_NOT_ELIGIBLE);
	arena_close(&world->arena);
}

static void old_conflicts_beyond_the_lookback_do_not_count(void **state)
{
	struct world *world = world_open("O20220101 O20220201 I20220301", "20251001");

	(void)state;
	assert_int_equal(decide(world).verdict, VERDICT_ELIGIBLE);
	world->rules.lookback_days = 1200;
	assert_review(decide(world), REVIEW_RECORD_CONFLICT);
	arena_close(&world->arena);
}

static void the_state_at_the_start_has_three_ways(void **state)
{
	static const struct { const char *history; enum residence_state_source from; } ways[] = {
		{ "O20230801 I20230901", STATE_LAST_ROW },
		{ "O20250301 I20250401", STATE_INFERRED },
		{ "", STATE_PRESUMED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct world *world = world_open(ways[i].history, "20251001");
		assert_int_equal(decide(world).years[0].state, ways[i].from);
		arena_close(&world->arena);
	}
}

/* The first date has a row of each kind: the next uneven date tells where the person was. */
static void an_even_first_date_is_read_from_what_follows(void **state)
{
	struct world *world = world_open("I20250510 O20250510 O20250601 I20250701", "20251001");

	(void)state;
	struct residence_answer answer = decide(world);
	assert_false(answer.reasons & REVIEW_BIT(REVIEW_RECORD_CONFLICT));
	assert_int_equal(answer.years[0].days[CONVENTION_B].min, 366 - 30);
	arena_close(&world->arena);
}

static size_t days_of_kind(const struct residence_table *table, enum residence_day kind)
{
	size_t count = 0;

	for (size_t i = 0; i < table->day_count; i++)
		count += table->days[i] == kind;
	return count;
}

static void the_table_adds_up_to_the_count(void **state)
{
	struct world *world = world_open("O20250201 I20250301 O20250301 I20250401", "20251231");

	(void)state;
	world->rules.convention = CONVENTION_D;
	struct residence_answer answer = decide(world);
	struct residence_table table = residence_table_make(&world->arena, &world->ask, &world->rules, 0);
	int32_t absent = 0;
	assert_int_equal(table.trip_count, 2);
	for (size_t i = 0; i < table.trip_count; i++)
		absent += table.trips[i].absent_days;
	assert_int_equal(table.day_count - (size_t)absent, answer.years[0].days[CONVENTION_D].min);
	assert_int_equal(days_of_kind(&table, DAY_ABSENT), absent);
	assert_int_equal(table.trips[0].absent_days, 29); /* 1 February to 1 March */
	assert_int_equal(table.trips[1].absent_days, 31); /* 2 March to 1 April */
	size_t shared = (size_t)(on("20250301").day - table.window.first.day);
	assert_int_equal(table.crossings[shared], 1u << DIR_OUT | 1u << DIR_IN);
	arena_close(&world->arena);
}

static void the_table_shows_what_the_records_leave_open(void **state)
{
	struct world *world = world_open("O20250301 O20250901 I20250920", "20251031"); /* E13 */

	(void)state;
	struct residence_table table = residence_table_make(&world->arena, &world->ask, &world->rules, 0);
	assert_int_equal(days_of_kind(&table, DAY_DOUBTFUL), 347 - 163);
	assert_int_equal(days_of_kind(&table, DAY_RESIDENT), 163);
	assert_int_equal(table.trip_count, 2);
	assert_true(table.trips[0].is_completed);
	assert_false(table.trips[1].is_completed);
	arena_close(&world->arena);
}

static void days_before_birth_do_not_exist(void **state)
{
	struct world *world = world_open("", "20251031"); /* E27 */

	(void)state;
	world->ask.born = on("20250701");
	struct residence_table table = residence_table_make(&world->arena, &world->ask, &world->rules, 0);
	assert_int_equal(days_of_kind(&table, DAY_RESIDENT), 123);
	assert_int_equal(days_of_kind(&table, DAY_UNBORN), table.day_count - 123);
	world->ask.coverage_all = false;
	world->ask.coverage_from = on("20250701"); /* a whole life is covered */
	assert_review(decide(world), REVIEW_BORN_IN_WINDOW);
	assert_string_equal(date_compact(decide(world).next_flip).text, "20251231"); /* the 184th day */
	arena_close(&world->arena);
}

static void a_household_is_as_good_as_its_worst_member(void **state)
{
	static const enum residence_verdict members[] = { VERDICT_ELIGIBLE, VERDICT_NEEDS_REVIEW,
		                                              VERDICT_NOT_ELIGIBLE };

	(void)state;
	assert_int_equal(residence_household(members, 0), VERDICT_NONE);
	assert_int_equal(residence_household(members, 1), VERDICT_ELIGIBLE);
	assert_int_equal(residence_household(members, 2), VERDICT_NEEDS_REVIEW);
	assert_int_equal(residence_household(members, 3), VERDICT_NOT_ELIGIBLE);
}

static void assert_letter(struct world *world, const char *expected)
{
	struct buf out = buf_on(&world->arena);
	struct residence_answer answer = decide(world);

	residence_letter(&answer, &world->rules, &out);
	assert_string_equal(str_c(&world->arena, buf_str(&out)), expected);
	arena_close(&world->arena);
}

static void the_letter_states_counts_window_and_rule(void **state)
{
	struct world *world = world_open("O20231001", "20251001");

	(void)state;
	world->ask.data_as_of = on("20251001");
	assert_letter(world, "經查入出境紀錄，自113年10月1日至114年10月1日止（計366日），居住國內計0日，"
	                     "未超過183日，不符規定。（計日方式：出境當日計入、入境當日不計入居住國內日數；"
	                     "資料截至114年10月1日；計算規則及版本：residence/1）");
	assert_letter(world_open("O20230801 I20230901", "20251001"),
	              "經查入出境紀錄，自113年10月1日至114年10月1日止（計366日），居住國內計366日，"
	              "已超過183日，符合規定。（計日方式：出境當日計入、入境當日不計入居住國內日數；"
	              "計算規則及版本：residence/1）");
	assert_letter(world_open("O20250301 O20250901 I20250920", "20251031"),
	              "經查入出境紀錄，自113年10月31日至114年10月31日止（計366日），居住國內至少163日、"
	              "至多347日；因入出境紀錄前後不相銜接，應由承辦人員認定。（計日方式：出境當日計入、"
	              "入境當日不計入居住國內日數；計算規則及版本：residence/1）");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(doubts_from_outside_go_to_a_person),
		cmocka_unit_test(somebody_met_here_while_abroad_has_a_second_document),
		cmocka_unit_test(a_source_that_begins_inside_the_window_is_incomplete),
		cmocka_unit_test(no_row_may_mean_presence_for_the_registered),
		cmocka_unit_test(stale_data_can_always_be_reviewed),
		cmocka_unit_test(old_conflicts_beyond_the_lookback_do_not_count),
		cmocka_unit_test(the_state_at_the_start_has_three_ways),
		cmocka_unit_test(an_even_first_date_is_read_from_what_follows),
		cmocka_unit_test(the_table_adds_up_to_the_count),
		cmocka_unit_test(the_table_shows_what_the_records_leave_open),
		cmocka_unit_test(days_before_birth_do_not_exist),
		cmocka_unit_test(a_household_is_as_good_as_its_worst_member),
		cmocka_unit_test(the_letter_states_counts_window_and_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
