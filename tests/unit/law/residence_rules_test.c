#include "residence_history.h"

#include <string.h>

struct setting { const char *name, *value; };

static void values_in_range_are_taken(void **state)
{
	static const struct setting good[] = {
		{ "residence.op", "ge" }, { "residence.threshold", "1" }, { "residence.threshold", "366" },
		{ "residence.window", "end_exclusive" }, { "residence.window", "fixed:365" },
		{ "residence.anchor", "month_end" }, { "residence.convention", "D" },
		{ "residence.same_day", "one_day" }, { "residence.check_conventions", "" },
		{ "residence.check_conventions", "A, C" }, { "residence.check_windows", "both_ends" },
		{ "residence.margin", "0" }, { "residence.margin", "15" }, { "residence.years", "3" },
		{ "residence.combine", "each" }, { "residence.lookback_days", "3650" },
		{ "residence.no_row", "present" }, { "residence.stale", "review" },
		{ "residence.newborn", "count" },
	};
	struct residence_rules rules = residence_rules_default();
	const char *why;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		assert_int_equal(residence_rules_set(&rules, str_from(good[i].name),
		                                     str_from(good[i].value), &why), OK);
		assert_string_equal(why, "");
	}
	assert_true(rules.at_least && rules.same_day_is_absent && rules.no_row_is_present);
	assert_int_equal(rules.threshold_days, 366);
	assert_int_equal(rules.window, WINDOW_FIXED);
	assert_int_equal(rules.fixed_days, 365);
	assert_int_equal(rules.check_conventions, 1u << CONVENTION_A | 1u << CONVENTION_C);
	assert_int_equal(rules.check_windows, 1u << WINDOW_BOTH_ENDS);
}

static void values_out_of_range_change_nothing(void **state)
{
	static const struct setting bad[] = {
		{ "residence.op", "lt" }, { "residence.threshold", "0" }, { "residence.threshold", "367" },
		{ "residence.threshold", "-1" }, { "residence.threshold", "18 3" },
		{ "residence.window", "fixed" }, { "residence.window", "fixed:0" },
		{ "residence.window", "fixed:1099" }, { "residence.window", "" },
		{ "residence.anchor", "today" }, { "residence.convention", "E" },
		{ "residence.convention", "a" }, { "residence.same_day", "two" },
		{ "residence.check_conventions", "A,X" }, { "residence.check_windows", "fixed" },
		{ "residence.margin", "16" }, { "residence.years", "2" }, { "residence.years", "0" },
		{ "residence.combine", "sum" }, { "residence.lookback_days", "3651" },
		{ "residence.no_row", "" }, { "residence.stale", "ignore" }, { "residence.newborn", "x" },
	};
	struct residence_rules rules = residence_rules_default(), before = rules;
	const char *why;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_int_equal(residence_rules_set(&rules, str_from(bad[i].name),
		                                     str_from(bad[i].value), &why), FAIL_SYNTAX);
		assert_non_null(strstr(why, bad[i].name));
		assert_memory_equal(&rules, &before, sizeof rules);
	}
	assert_int_equal(residence_rules_set(&rules, STR("residence.nothing"), STR("1"), &why),
	                 FAIL_NOT_FOUND);
	assert_true(why[0]);
}

static void the_rule_prints_with_all_its_parameters(void **state)
{
	struct arena arena = arena_open(1 << 16);
	struct buf out = buf_on(&arena);
	struct residence_rules rules = residence_rules_default();

	(void)state;
	residence_rules_print(&rules, &out);
	assert_true(str_is(buf_str(&out),
	                   "residence/1 op=gt threshold=183 window=both_ends anchor=asked convention=B "
	                   "same_day=by_convention check_conventions=A,B,C,D "
	                   "check_windows=both_ends,end_inclusive,end_exclusive margin=3 years=1 "
	                   "combine=each lookback_days=730 no_row=review stale=bounds newborn=review"));
	arena_close(&arena);
}

static void every_list_of_words_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < REVIEW_COUNT; i++)
		assert_true(residence_reason_words[i].name.len && residence_reason_words[i].zh.len);
	for (size_t i = 1; i < VERDICT_COUNT; i++)
		assert_true(residence_verdict_words[i].name.len && residence_verdict_words[i].zh.len);
	for (size_t i = 0; i < CONVENTION_COUNT; i++)
		assert_true(residence_convention_words[i].name.len && residence_convention_words[i].zh.len);
	for (size_t i = 0; i < WINDOW_KIND_COUNT; i++)
		assert_true(residence_window_words[i].name.len && residence_window_words[i].zh.len);
	for (size_t i = 0; i < ANCHOR_COUNT; i++)
		assert_true(residence_anchor_words[i].name.len && residence_anchor_words[i].zh.len);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_in_range_are_taken),
		cmocka_unit_test(values_out_of_range_change_nothing),
		cmocka_unit_test(the_rule_prints_with_all_its_parameters),
		cmocka_unit_test(every_list_of_words_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
