/* The simulated agency: every habit of its people gives the outcome that it stands for. */
#include "asking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "law/idno.h"

enum { DELETED_AFTER_MS = 3600 * 1000 };

struct agency {
	char folder[40], path[60];
	struct local_source *source;
	struct arena arena;
};

/* The number of who never travels would be made up, too: the given person must keep it. */
static const char *number_of_habit(struct arena *arena, enum local_habit habit)
{
	if (habit == HABIT_NEVER)
		return str_c(arena, local_person_made(arena, 7, 50).numbers[0].number);
	return str_c(arena, local_person_made(arena, 99, 5000000u + (uint64_t)habit).numbers[0].number);
}

static int64_t asked_at_ms(void)
{
	return plan_for("", ITEM_1, RANGE_RESIDENCE).asked_at_ms;
}

/* One person for each habit, named 王小明. */
static void people_make(struct arena *arena, struct local_person *people)
{
	for (int habit = 0; habit < HABIT_COUNT; habit++) {
		people[habit] = (struct local_person){ .number_count = 1, .name = STR("王小明"),
			                                   .born = on("19600501"), .kind = PERSON_REGISTERED,
			                                   .habit = (enum local_habit)habit };
		people[habit].numbers[0] = (struct source_number){
			NUMBER_NATIONAL, str_from(number_of_habit(arena, (enum local_habit)habit))
		};
	}
	people[HABIT_NEWBORN].born = on("20260701");
	people[HABIT_TWO_NUMBERS].numbers[1] = (struct source_number){ NUMBER_RESIDENT_OLD, STR("FA12345689") };
	people[HABIT_TWO_NUMBERS].number_count = 2;
	people[HABIT_TWO_NUMBERS].kind = PERSON_FOREIGN;
}

static int agency_open(void **state)
{
	struct agency *agency = calloc(1, sizeof *agency);
	struct local_person people[HABIT_COUNT];
	struct local_options options = { .seed = 7, .anchor = on(ANCHOR), .made_count = 51 };

	assert_non_null(agency);
	agency->arena = arena_open(1 << 26);
	strcpy(agency->folder, "/tmp/youju-agency-XXXXXX");
	assert_non_null(mkdtemp(agency->folder));
	snprintf(agency->path, sizeof agency->path, "%s/source.db", agency->folder);
	options.deletion_ms = asked_at_ms() + DELETED_AFTER_MS;
	people_make(&agency->arena, people);
	assert_int_equal(local_source_generate(agency->path, &options, people, HABIT_COUNT), OK);
	assert_int_equal(local_source_open(agency->path, &agency->source), OK);
	*state = agency;
	return 0;
}

static int agency_close(void **state)
{
	struct agency *agency = *state;

	local_source_close(&agency->source);
	unlink(agency->path);
	int left = rmdir(agency->folder); /* no write-ahead log stays behind */
	arena_close(&agency->arena);
	free(agency);
	return left;
}

static struct rows ask(struct agency *agency, const struct source_plan *plan)
{
	struct rows rows;
	const char *why;
	int64_t wait_ms;

	assert_int_equal(local_source_ask(agency->source, &agency->arena, plan, &rows, &wait_ms), OK);
	assert_int_equal(rows_check(&rows, plan->columns, &why), OK);
	return rows;
}

static struct source_plan plan_of(struct agency *agency, enum local_habit habit)
{
	struct source_plan plan =
		plan_for(number_of_habit(&agency->arena, habit), ITEM_1, RANGE_RESIDENCE);

	plan.name = STR("王小明");
	plan.born = habit == HABIT_NEWBORN ? on("20260701") : on("19600501");
	return plan;
}

static struct residence_answer decide(struct agency *agency, const struct source_plan *plan)
{
	struct rows rows = ask(agency, plan);
	struct residence_question question = question_at_anchor();
	struct residence_rules rules = residence_rules_default();

	question.born = plan->born;
	residence_take_rows(&agency->arena, &rows, &question);
	return residence_decide(&agency->arena, &question, &rules);
}

static void each_habit_has_its_result(void **state)
{
	static const struct { enum local_habit habit; enum result_class result; } expected[] = {
		{ HABIT_NEVER, RESULT_NOT_FOUND }, { HABIT_FREQUENT, RESULT_FOUND },
		{ HABIT_UNKNOWN, RESULT_NOT_FOUND }, { HABIT_SLOW, RESULT_FOUND },
		{ HABIT_TIMEOUT, RESULT_TIMEOUT }, { HABIT_MAINTENANCE, RESULT_MAINTENANCE },
		{ HABIT_DENIED, RESULT_DENIED }, { HABIT_ERROR, RESULT_ERROR },
		{ HABIT_TRUNCATED, RESULT_TRUNCATED }, { HABIT_MALFORMED, RESULT_MALFORMED },
	};

	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		struct source_plan plan = plan_of(*state, expected[i].habit);
		assert_int_equal(ask(*state, &plan).result, expected[i].result);
	}
}

/* Whoever comes together is answered as one by one, also after somebody at whom the agency fails. */
static void one_look_answers_as_many_do(void **state)
{
	struct agency *agency = *state;

	for (int habit = HABIT_NEVER; habit < HABIT_COUNT; habit++) {
		struct source_plan plan = plan_of(agency, (enum local_habit)habit);
		struct rows alone = ask(agency, &plan);
		assert_int_equal(local_source_look(agency->source), OK);
		assert_int_equal(local_source_look(agency->source), OK);
		for (int again = 0; again < 2; again++) {
			struct rows together = ask(agency, &plan);
			assert_int_equal(together.result, alone.result);
			assert_int_equal(together.row_count, alone.row_count);
		}
		local_source_settle(agency->source);
		local_source_settle(agency->source);
	}
}

static void each_habit_has_its_answer(void **state)
{
	static const struct { enum local_habit habit; enum residence_verdict verdict; unsigned reason; } expected[] = {
		{ HABIT_NEVER, VERDICT_ELIGIBLE, 0 },
		{ HABIT_RARE, VERDICT_ELIGIBLE, 0 },
		{ HABIT_LONG_AWAY, VERDICT_NOT_ELIGIBLE, 0 },
		{ HABIT_GONE, VERDICT_NOT_ELIGIBLE, 0 },
		{ HABIT_CONFLICT, VERDICT_NEEDS_REVIEW, REVIEW_BIT(REVIEW_RECORD_CONFLICT) },
		{ HABIT_DUAL_PASSPORT, VERDICT_NEEDS_REVIEW, REVIEW_BIT(REVIEW_DUAL_DOCUMENT) },
		{ HABIT_TWO_NUMBERS, VERDICT_NEEDS_REVIEW, REVIEW_BIT(REVIEW_IDENTITY_UNRESOLVED) },
		{ HABIT_NEWBORN, VERDICT_NEEDS_REVIEW, REVIEW_BIT(REVIEW_BORN_IN_WINDOW) },
		{ HABIT_BLACK_SQUARE, VERDICT_NEEDS_REVIEW, REVIEW_BIT(REVIEW_IDENTITY_UNRESOLVED) },
		{ HABIT_DUPLICATES, VERDICT_NEEDS_REVIEW, REVIEW_BIT(REVIEW_RECORD_CONFLICT) },
		{ HABIT_STALE, VERDICT_NEEDS_REVIEW, REVIEW_BIT(REVIEW_DATA_STALE) },
		{ HABIT_TRUNCATED, VERDICT_NEEDS_REVIEW, REVIEW_BIT(REVIEW_SOURCE_INCOMPLETE) },
		{ HABIT_FOUR_COUNTS, VERDICT_NEEDS_REVIEW, REVIEW_BIT(REVIEW_CONVENTIONS_DISAGREE) },
	};

	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		struct source_plan plan = plan_of(*state, expected[i].habit);
		struct residence_answer answer = decide(*state, &plan);
		assert_int_equal(answer.verdict, expected[i].verdict);
		assert_int_equal(answer.reasons & expected[i].reason, expected[i].reason);
	}
}

static void one_person_has_four_counts_around_the_line(void **state)
{
	static const int counts[CONVENTION_COUNT] = { 184, 183, 185, 182 };
	struct source_plan plan = plan_of(*state, HABIT_FOUR_COUNTS);
	struct residence_answer answer = decide(*state, &plan);

	for (int c = 0; c < CONVENTION_COUNT; c++)
		assert_int_equal(answer.years[0].days[c].min, counts[c]);
}

static void a_cancelled_departure_is_gone_the_next_time(void **state)
{
	struct source_plan plan = plan_of(*state, HABIT_DELETED_EXIT);
	size_t before = ask(*state, &plan).row_count;

	plan.asked_at_ms += DELETED_AFTER_MS;
	assert_int_equal(ask(*state, &plan).row_count, before - 1);
}

static void both_numbers_give_the_whole_story(void **state)
{
	struct source_plan plan = plan_of(*state, HABIT_TWO_NUMBERS);

	plan.range = RANGE_HISTORY;
	struct rows one = ask(*state, &plan);
	plan.numbers[1] = (struct source_number){ NUMBER_RESIDENT_OLD, STR("FA12345689") };
	plan.number_count = 2;
	struct rows both = ask(*state, &plan);
	assert_int_equal(one.identity, IDENTITY_OTHER_NUMBER);
	assert_int_equal(both.identity, IDENTITY_SAME);
	assert_true(both.row_count > one.row_count);
}

static void another_name_or_birthday_is_told(void **state)
{
	struct source_plan plan = plan_of(*state, HABIT_RARE);

	plan.name = STR("王大明");
	assert_int_equal(ask(*state, &plan).identity, IDENTITY_NAME_DIFFERS);
	plan.name = STR("王 小明");
	assert_int_equal(ask(*state, &plan).identity, IDENTITY_SAME);
	plan.born = on("19600502");
	assert_int_equal(ask(*state, &plan).identity, IDENTITY_BIRTH_DIFFERS);
}

static void numbers_of_two_people_are_never_one_person(void **state)
{
	struct source_plan plan = plan_of(*state, HABIT_RARE);

	plan.numbers[1] = plan_of(*state, HABIT_FREQUENT).numbers[0];
	plan.number_count = 2;
	assert_int_equal(ask(*state, &plan).identity, IDENTITY_OTHER_NUMBER);
}

static void the_residence_range_gives_the_least(void **state)
{
	struct source_plan plan = plan_of(*state, HABIT_FREQUENT);
	struct rows rows = ask(*state, &plan);
	size_t before = 0;

	for (size_t i = 0; i < rows.row_count; i++) {
		struct date date = on(str_c(&((struct agency *)*state)->arena, rows_cell(&rows, i, 2)));
		before += date.day < plan.first.day;
		assert_int_equal(rows_cell(&rows, i, 9).len, 0);
	}
	assert_int_equal(before, 1);
	assert_false(rows.coverage_all);
	assert_int_equal(rows.coverage_from.day, plan.look_back.day);
	plan.range = RANGE_HISTORY;
	plan.columns = columns_all(columns_of(ITEM_1));
	struct rows history = ask(*state, &plan);
	assert_true(history.row_count > rows.row_count);
	assert_true(str_is(rows_cell(&history, 0, 9), "王小明"));
	plan.range = RANGE_ONE_YEAR;
	assert_int_equal(ask(*state, &plan).row_count, rows.row_count - 1);
}

static void other_items_belong_to_other_people(void **state)
{
	struct source_plan plan = plan_of(*state, HABIT_TWO_NUMBERS); /* a foreign resident */

	plan.range = RANGE_HISTORY;
	for (int item = ITEM_2; item <= ITEM_7; item++) {
		bool has_rows = item == ITEM_2 || item == ITEM_5 || item == ITEM_7;
		plan.item = (enum item)item;
		plan.columns = columns_all(columns_of(plan.item));
		assert_int_equal(ask(*state, &plan).result, has_rows ? RESULT_FOUND : RESULT_NOT_FOUND);
		if (item == ITEM_5) {
			struct source_plan year = plan;
			year.range = RANGE_ONE_YEAR;
			year.first = year.last; /* applications and permits know no year */
			assert_int_equal(ask(*state, &year).result, RESULT_FOUND);
		}
	}
	plan.range = RANGE_RESIDENCE;
	assert_int_equal(ask(*state, &plan).result, RESULT_DENIED);
	plan = plan_of(*state, HABIT_RARE);
	plan.item = ITEM_2;
	plan.range = RANGE_HISTORY;
	assert_int_equal(ask(*state, &plan).result, RESULT_NOT_FOUND);
}

static void made_up_people_have_valid_numbers(void **state)
{
	struct agency *agency = *state;
	size_t found = 0;

	for (uint64_t n = 0; n < 50; n++) {
		struct local_person person = local_person_made(&agency->arena, 7, n);
		const char *number = str_c(&agency->arena, person.numbers[0].number);
		struct source_plan plan = plan_for(number, ITEM_1, RANGE_HISTORY);
		assert_int_equal(idno_read(person.numbers[0].number, DATE_NONE).kind, NUMBER_NATIONAL);
		plan.name = person.name;
		plan.born = person.born;
		struct rows rows = ask(agency, &plan);
		found += rows.result == RESULT_FOUND;
		assert_int_equal(rows.identity, IDENTITY_SAME);
	}
	assert_true(found > 10 && found < 40);
}

static void a_missing_or_foreign_file_is_told(void **state)
{
	struct local_source *source = NULL;
	struct agency *agency = *state;
	char path[80];

	snprintf(path, sizeof path, "%s/none.db", agency->folder);
	assert_int_equal(local_source_open(path, &source), FAIL_NOT_FOUND);
	assert_null(source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_habit_has_its_result),
		cmocka_unit_test(each_habit_has_its_answer),
		cmocka_unit_test(one_person_has_four_counts_around_the_line),
		cmocka_unit_test(a_cancelled_departure_is_gone_the_next_time),
		cmocka_unit_test(both_numbers_give_the_whole_story),
		cmocka_unit_test(another_name_or_birthday_is_told),
		cmocka_unit_test(numbers_of_two_people_are_never_one_person),
		cmocka_unit_test(the_residence_range_gives_the_least),
		cmocka_unit_test(one_look_answers_as_many_do),
		cmocka_unit_test(other_items_belong_to_other_people),
		cmocka_unit_test(made_up_people_have_valid_numbers),
		cmocka_unit_test(a_missing_or_foreign_file_is_told),
	};

	return cmocka_run_group_tests(tests, agency_open, agency_close);
}
