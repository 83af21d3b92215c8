#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_values.h"
#include "law/answer.h"

static struct arena arena;
static struct parameters parameters;

static struct date day(const char *iso)
{
	struct date date;

	assert_int_equal(date_parse_iso(str_from(iso), &date), OK);
	return date;
}

static struct answer_question question(enum item item, enum query_range range)
{
	struct answer_question ask = answer_question_empty();

	parameters = parameters_initial();
	ask.item = item;
	ask.range = range;
	ask.anchor = day("2025-10-31");
	ask.today = day("2025-11-03");
	ask.rule = STR("residence/1+p0");
	ask.basis = STR("B_LOW");
	ask.needs_municipality = true;
	ask.rules = answer_rules_make(&arena, &parameters);
	ask.person = PERSON_REGISTERED;
	ask.registration_is_live = true;
	return ask;
}

/* Crossings of the paste example E25 and others: "out 2025-03-10" … */
static struct rows crossings(enum item item, const char *const *lines, size_t count)
{
	struct rows rows = rows_empty(item, count ? RESULT_FOUND : RESULT_NOT_FOUND);
	const struct item_columns *all = columns_of(item);
	struct str *cells = arena_array(&arena, struct str, (count + 1) * all->count);

	for (size_t i = 0; i < (count + 1) * all->count; i++)
		cells[i] = STR("");
	for (size_t i = 0; i < count; i++) {
		struct str line = str_from(lines[i]), direction;
		assert_true(str_cut(&line, ' ', &direction));
		cells[i * all->count + column_find(all, STR("direction"))] = direction;
		cells[i * all->count + column_find(all, STR("event_date"))] = line;
	}
	rows.columns = columns_starred(columns_of(ITEM_1));
	rows.row_count = count;
	rows.cells = cells;
	rows.complete = rows.coverage_all = true;
	rows.data_as_of = day("2025-11-02");
	return rows;
}

static const char *const e25[] = { "out 2025-03-10", "in 2025-04-02", "out 2025-06-20", "in 2025-06-20",
	                           "out 2025-08-15", "in 2025-09-15" };
static const char *const long_away[] = { "out 2023-10-01" };

static void round_trip(struct str text)
{
	struct answer_document answer;

	assert_int_equal(answer_document_read(&arena, text, &answer), OK);
	assert_true(str_eq(answer_document_write(&arena, &answer, NULL), text));
}

/* For the page that shows it at once, without the text having to be read. */
static void values_hold(struct str bytes, const char *name)
{
	struct json values;

	assert_int_equal(json_values_read(&arena, bytes, &values), OK);
	assert_non_null(json_member(&values, str_from(name)));
}

static void an_eligible_answer_holds_counts_and_no_rows(void **state)
{
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);
	struct rows rows = crossings(ITEM_1, e25, ARRAY_LEN(e25));
	struct answer_reduced out = answer_reduce(&arena, &ask, &rows);
	struct answer_document answer;
	struct residence_table table;
	size_t at;

	(void)state;
	assert_int_equal(out.delivery.verdict, ANSWER_ELIGIBLE);
	assert_int_equal(out.delivery.day_table.len, 0);
	assert_int_equal(out.delivery.fields.count, 0);
	assert_int_equal(out.shown.len, 0);
	round_trip(out.delivery.answer);
	values_hold(out.answer_values, "letter");
	assert_int_equal(out.table_values.len, 0);
	assert_int_equal(answer_document_read(&arena, out.delivery.answer, &answer), OK);
	assert_int_equal(answer.residence.years[0].days[CONVENTION_B].min, 312);
	assert_true(answer.is_household && answer.needs_municipality && answer.letter.len > 0);
	assert_false(answer.has_rows);
	assert_false(str_find(out.delivery.answer, STR("2025-03-10"), &at));
	assert_int_equal(day_table_document_read(&arena, out.later_table, &table), OK);
	assert_int_equal(table.trip_count, 3);
	assert_true(str_find(out.rows_text, STR("2025-03-10"), &at));
}

static void a_negative_answer_seals_the_day_table(void **state)
{
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);
	struct rows rows = crossings(ITEM_1, long_away, 1);
	struct answer_reduced out = answer_reduce(&arena, &ask, &rows);
	struct residence_table table;

	(void)state;
	assert_int_equal(out.delivery.verdict, ANSWER_NOT_ELIGIBLE);
	assert_int_equal(out.later_table.len, 0);
	assert_int_equal(out.delivery.fields.count, 2);
	assert_int_equal(day_table_document_read(&arena, out.delivery.day_table, &table), OK);
	assert_int_equal(table.days[0], DAY_ABSENT);
	assert_true(str_eq(day_table_document_write(&arena, &table, NULL), out.delivery.day_table));
	values_hold(out.table_values, "crossings");
	round_trip(out.delivery.answer);
}

static void three_years_stand_one_by_one(void **state)
{
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);
	struct rows rows = crossings(ITEM_1, e25, ARRAY_LEN(e25));
	struct answer_document answer;

	(void)state;
	parameters.value[PARAMETER_RESIDENCE_YEARS] = STR("3");
	ask.rules = answer_rules_make(&arena, &parameters);
	struct answer_reduced out = answer_reduce(&arena, &ask, &rows);
	round_trip(out.delivery.answer);
	assert_int_equal(answer_document_read(&arena, out.delivery.answer, &answer), OK);
	assert_int_equal(answer.residence.year_count, 3);
}

static void truncated_rows_leave_the_residence_answer_to_a_person(void **state)
{
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);
	struct rows rows = crossings(ITEM_1, e25, ARRAY_LEN(e25));

	(void)state;
	rows.result = RESULT_TRUNCATED;
	struct answer_reduced out = answer_reduce(&arena, &ask, &rows);
	assert_int_equal(out.delivery.verdict, ANSWER_NEEDS_REVIEW);
	assert_true(str_is(out.delivery.reasons.at[0], "source_incomplete"));
	ask = question(ITEM_1, RANGE_ONE_YEAR);
	out = answer_reduce(&arena, &ask, &rows);
	assert_int_equal(out.delivery.verdict, 0);
	assert_int_equal(out.delivery.result, RESULT_TRUNCATED);
	rows.result = RESULT_FOUND;
	rows.complete = false;
	out = answer_reduce(&arena, &ask, &rows);
	assert_int_equal(out.delivery.verdict, 0);
	assert_int_equal(out.delivery.result, RESULT_TRUNCATED);
}

static void a_source_that_fails_gives_no_verdict(void **state)
{
	static const enum result_class failures[] = { RESULT_DENIED, RESULT_ERROR, RESULT_MAINTENANCE,
		                                      RESULT_TIMEOUT, RESULT_MALFORMED, RESULT_NOT_ASKED };
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(failures); i++) {
		struct rows rows = rows_empty(ITEM_1, failures[i]);
		struct answer_reduced out = answer_reduce(&arena, &ask, &rows);
		assert_int_equal(out.delivery.verdict, 0);
		assert_int_equal(out.delivery.result, failures[i]);
		assert_int_equal(out.delivery.answer.len, 0);
	}
}

static void one_year_shows_the_year_and_keeps_no_rows(void **state)
{
	static const char *const lines[] = { "out 2020-01-01", "in 2020-02-01", "out 2025-03-10", "in 2025-04-02" };
	struct answer_question ask = question(ITEM_1, RANGE_ONE_YEAR);
	struct rows rows = crossings(ITEM_1, lines, ARRAY_LEN(lines));
	struct answer_reduced out = answer_reduce(&arena, &ask, &rows);
	struct answer_document answer;
	size_t at;

	(void)state;
	assert_int_equal(out.delivery.verdict, ANSWER_RELEASED);
	assert_false(str_find(out.delivery.answer, STR("2025-03-10"), &at));
	assert_false(str_find(out.shown, STR("2020-"), &at));
	assert_int_equal(answer_document_read(&arena, out.shown, &answer), OK);
	assert_int_equal(answer.shown_rows, 2);
	assert_true(str_is(answer.cells[1], "2025-03-10"));
	round_trip(out.shown);
	round_trip(out.delivery.answer);
}

static void no_row_in_the_year_is_not_found(void **state)
{
	struct answer_question ask = question(ITEM_1, RANGE_ONE_YEAR);
	struct rows rows = crossings(ITEM_1, long_away, 1);

	(void)state;
	assert_int_equal(answer_reduce(&arena, &ask, &rows).delivery.verdict, ANSWER_NOT_FOUND);
	ask = question(ITEM_1, RANGE_HISTORY);
	assert_int_equal(answer_reduce(&arena, &ask, &rows).delivery.verdict, ANSWER_RELEASED);
}

static void what_was_not_asked_for_is_malformed(void **state)
{
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);
	struct rows rows = crossings(ITEM_1, e25, ARRAY_LEN(e25));
	size_t name = column_find(columns_of(ITEM_1), STR("name"));

	(void)state;
	rows.columns |= 1u << name;
	((struct str *)rows.cells)[name] = STR("王小明");
	struct answer_reduced out = answer_reduce(&arena, &ask, &rows);
	assert_int_equal(out.delivery.result, RESULT_MALFORMED);
	assert_int_equal(out.delivery.verdict, 0);
	assert_int_equal(out.rows_text.len, 0);
	assert_true(out.why[0]);
}

static void every_range_of_every_item_names_its_columns(void **state)
{
	static const struct { enum item item; const char *kept; } names[] = {
		{ ITEM_1, "name" }, { ITEM_1, "doc_no" }, { ITEM_2, "passport_no" }, { ITEM_2, "birth_date" },
		{ ITEM_4, "permit_no" }, { ITEM_5, "resident_id" }, { ITEM_7, "reporter_kind" },
	};

	(void)state;
	for (int item = 1; item < item_end; item++)
		for (int range = 1; range < query_range_end; range++) {
			const struct policy *policy = policy_of((enum item)item, (enum query_range)range);
			bool allowed = item == ITEM_1 || range != RANGE_RESIDENCE;
			assert_true(!policy == !allowed);
			if (!policy)
				continue;
			const struct item_columns *all = columns_of((enum item)item);
			for (size_t i = 0; i < all->count; i++)
				assert_true(!all->columns[i].required || (policy->columns & 1u << i));
			for (size_t i = 0; i < ARRAY_LEN(names); i++)
				if (names[i].item == (enum item)item)
					assert_false(policy->columns &
					             1u << column_find(all, str_from(names[i].kept)));
			assert_int_equal(policy->reason_needed, range == RANGE_HISTORY);
			assert_int_equal(policy->whole_history, range == RANGE_HISTORY);
			assert_int_equal(policy->shows_rows, range != RANGE_RESIDENCE);
			assert_int_equal(policy->needs_day_test, range == RANGE_RESIDENCE);
		}
	/* Places stand in the history only. */
	size_t port = column_find(columns_of(ITEM_1), STR("port_name"));
	assert_false(policy_of(ITEM_1, RANGE_ONE_YEAR)->columns & 1u << port);
	assert_true(policy_of(ITEM_1, RANGE_HISTORY)->columns & 1u << port);
}

static void an_empty_set_is_spelled_none(void **state)
{
	(void)state;
	parameters = parameters_initial();
	parameters.value[PARAMETER_RESIDENCE_CHECK_CONVENTIONS] = STR("none");
	assert_true(parameter_accepts(PARAMETER_RESIDENCE_CHECK_CONVENTIONS, STR("none")));
	assert_int_equal(answer_rules_make(&arena, &parameters)->residence.check_conventions, 0);
}

static void other_spellings_are_refused(void **state)
{
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);
	struct rows rows = crossings(ITEM_1, e25, ARRAY_LEN(e25));
	struct answer_reduced out = answer_reduce(&arena, &ask, &rows);
	struct str good = out.delivery.answer;
	struct answer_document answer;
	struct residence_table table;

	(void)state;
	for (size_t cut = 0; cut < good.len; cut++)
		assert_int_not_equal(answer_document_read(&arena, str_slice(good, 0, cut), &answer), OK);
	for (size_t cut = 0; cut < out.later_table.len; cut += 7)
		assert_int_not_equal(day_table_document_read(&arena, str_slice(out.later_table, 0, cut), &table), OK);
	assert_int_not_equal(answer_document_read(&arena, STR("[]"), &answer), OK);
	assert_int_not_equal(answer_document_read(&arena, STR("{\"v\":1}"), &answer), OK);
	assert_int_not_equal(day_table_document_read(&arena, good, &table), OK);
}

/* E13: two departures in a row. What cannot be counted exactly keeps its bounds and its reasons. */
static void doubts_survive_writing_and_reading(void **state)
{
	static const char *const lines[] = { "out 2025-03-01", "out 2025-09-01", "in 2025-09-20" };
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);
	struct rows rows = crossings(ITEM_1, lines, ARRAY_LEN(lines));
	struct answer_document answer;
	struct residence_table table;

	(void)state;
	ask.basis = STR("B_ELDER");
	rows.coverage_all = false;
	rows.coverage_from = day("2020-01-01");
	struct answer_reduced out = answer_reduce(&arena, &ask, &rows);
	assert_int_equal(answer_document_read(&arena, out.delivery.answer, &answer), OK);
	assert_int_equal(answer.verdict, ANSWER_NEEDS_REVIEW);
	assert_true(answer.residence.reasons & REVIEW_BIT(REVIEW_RECORD_CONFLICT));
	assert_int_equal(answer.residence.years[0].days[CONVENTION_B].min, 163);
	assert_int_equal(answer.residence.years[0].days[CONVENTION_B].max, 347);
	assert_int_equal(answer.coverage_from.day, day("2020-01-01").day);
	assert_false(answer.is_household);
	assert_int_equal(day_table_document_read(&arena, out.delivery.day_table, &table), OK);
	assert_true(table.trips[0].is_completed || table.trips[1].is_completed);
}

/* Nothing at all: present throughout, or unknown, as coverage and person say (E12a, E12b). */
static void no_row_is_an_answer_too(void **state)
{
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);
	struct rows rows = crossings(ITEM_1, NULL, 0);
	struct answer_document answer;

	(void)state;
	struct answer_reduced out = answer_reduce(&arena, &ask, &rows);
	assert_int_equal(out.delivery.result, RESULT_NOT_FOUND);
	assert_int_equal(out.delivery.verdict, ANSWER_ELIGIBLE);
	ask.person = PERSON_FOREIGN;
	out = answer_reduce(&arena, &ask, &rows);
	assert_int_equal(out.delivery.verdict, ANSWER_NEEDS_REVIEW);
	assert_true(str_is(out.delivery.reasons.at[0], "no_state_before_window"));
	assert_int_equal(answer_document_read(&arena, out.delivery.answer, &answer), OK);
	assert_false(answer.residence.years[0].is_counted);
	round_trip(out.delivery.answer);
}

static struct str replaced(struct str text, const char *from, const char *to)
{
	size_t at;

	assert_true(str_find(text, str_from(from), &at));
	return str_printf(&arena, "%.*s%s%.*s", (int)at, text.at, to,
	                  STR_FMT(str_slice(text, at + strlen(from), text.len)));
}

static void a_changed_member_is_refused(void **state)
{
	static const struct { const char *from, *to; } changes[] = {
		{ "\"v\":1", "\"v\":2" }, { "\"item_1\"", "\"item_8\"" }, { "\"item\"", "\"colour\"" },
		{ "\"2025-10-31\",\"result\"", "\"2025-10-32\",\"result\"" }, { "\"eligible\"", "\"perhaps\"" },
		{ "\"reasons\":[]", "\"reasons\":[7]" }, { "\"reasons\":[]", "\"reasons\":[\"mood\"]" },
		{ "\"reasons\":[]", "\"reasons\":{}" }, { "\"convention\":\"B\"", "\"convention\":\"E\"" },
		{ "\"window\":[", "\"window\":[\"2024-10-31\"," }, { "\"window_days\":366", "\"window_days\":-1" },
		{ "\"inferred\"", "\"guessed\"" }, { "\"days\":{", "\"days\":{\"Z\":1," },
		{ "\"A\":312", "\"A\":[2,1]" }, { "\"A\":312", "\"A\":[312,312]" }, { "\"A\":312", "\"A\":\"312\"" },
		{ "\"bounds\":[312,312]", "\"bounds\":[0,312]" }, { "\"household\":true", "\"household\":false" },
		{ "\"row_count\":6", "\"row_count\":-6" }, { "\"row_count\":6", "\"row_count\":6,\"columns\":[\"nose\"]" },
		{ "\"row_count\":6", "\"row_count\":6,\"columns\":7" }, { "\"row_count\":6", "\"row_count\":6,\"rows\":[7]" },
		{ "\"row_count\":6", "\"row_count\":6,\"years\":[1,2]" },
		{ "\"row_count\":6", "\"row_count\":6,\"years\":[1,2],\"decider\":0" },
		{ "{\"v\"", "{ \"v\"" },
	};
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);
	struct rows rows = crossings(ITEM_1, e25, ARRAY_LEN(e25));
	struct str good = answer_reduce(&arena, &ask, &rows).delivery.answer;
	struct answer_document answer;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		struct str bad = replaced(good, changes[i].from, changes[i].to);
		if (answer_document_read(&arena, bad, &answer) == OK)
			print_error("%s\n", changes[i].to);
		assert_int_not_equal(answer_document_read(&arena, bad, &answer), OK);
	}
}

static void a_changed_day_table_is_refused(void **state)
{
	static const struct { const char *from, *to; } changes[] = {
		{ "\"days\":\"r", "\"days\":\"x" }, { "\"days\":\"r", "\"days\":\"" },
		{ "\"crossings\":\"0", "\"crossings\":\"9" }, { "\"trips\":[", "\"trips\":[7," },
		{ "\"absent_days\":23", "\"absent_days\":-1" }, { "\"out\":\"2025-03-10\"", "\"out\":\"yesterday\"" },
		{ "\"window\":[\"2024-10-31\"", "\"window\":[1" }, { "\"trips\"", "\"treks\"" },
	};
	struct answer_question ask = question(ITEM_1, RANGE_RESIDENCE);
	struct rows rows = crossings(ITEM_1, e25, ARRAY_LEN(e25));
	struct str good = answer_reduce(&arena, &ask, &rows).later_table;
	struct residence_table table;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(changes); i++)
		assert_int_not_equal(day_table_document_read(
			&arena, replaced(good, changes[i].from, changes[i].to), &table), OK);
	assert_int_not_equal(day_table_document_read(&arena, STR("[]"), &table), OK);
}

static int begin(void **state)
{
	(void)state;
	arena = arena_open(1 << 26);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_eligible_answer_holds_counts_and_no_rows),
		cmocka_unit_test(a_negative_answer_seals_the_day_table),
		cmocka_unit_test(three_years_stand_one_by_one),
		cmocka_unit_test(truncated_rows_leave_the_residence_answer_to_a_person),
		cmocka_unit_test(a_source_that_fails_gives_no_verdict),
		cmocka_unit_test(one_year_shows_the_year_and_keeps_no_rows),
		cmocka_unit_test(no_row_in_the_year_is_not_found),
		cmocka_unit_test(what_was_not_asked_for_is_malformed),
		cmocka_unit_test(every_range_of_every_item_names_its_columns),
		cmocka_unit_test(an_empty_set_is_spelled_none),
		cmocka_unit_test(other_spellings_are_refused),
		cmocka_unit_test(doubts_survive_writing_and_reading),
		cmocka_unit_test(no_row_is_an_answer_too),
		cmocka_unit_test(a_changed_member_is_refused),
		cmocka_unit_test(a_changed_day_table_is_refused),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
