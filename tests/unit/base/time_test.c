#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/time.h"

static struct date on(const char *iso)
{
	struct date date;

	assert_int_equal(date_parse_iso(str_from(iso), &date), OK);
	return date;
}

static void every_day_of_a_century_round_trips(void **state)
{
	(void)state;
	for (struct date d = on("1912-01-01"); d.day < on("2100-01-01").day; d = date_add(d, 1)) {
		struct date again = on(date_iso(d).text);
		assert_int_equal(again.day, d.day);
	}
}

static void input_forms(void **state)
{
	static const struct { const char *typed, *iso; } rows[] = {
		{ "1070724", "2018-07-24" }, { "0970101", "2008-01-01" }, { "1050229", "2016-02-29" },
		{ "107年7月24日", "2018-07-24" }, { "107/7/24", "2018-07-24" },
		{ "2018-07-24", "2018-07-24" }, { "20180724", "2018-07-24" },
		{ "１０７０７２４", "2018-07-24" }, { " 113.07.24 ", "2024-07-24" },
	};
	static const char *const wrong[] = { "1060229", "107072", "2024011", "", "abc", "107/13/1",
		                             "1/2", "107//1", "30000101", "107年7月" };
	const char *why;
	struct date date;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(date_parse_input(str_from(rows[i].typed), on("2026-11-24"), &date, &why), OK);
		assert_string_equal(date_iso(date).text, rows[i].iso);
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_int_equal(date_parse_input(str_from(wrong[i]), on("2026-11-24"), &date, &why), FAIL_SYNTAX);
		assert_true(why[0] != 0);
	}
}

static void a_year_before_leap_day(void **state)
{
	(void)state;
	assert_string_equal(date_iso(date_year_before(on("2024-02-29"))).text, "2023-02-28");
	assert_string_equal(date_roc(on("2018-07-24")).text, "107年7月24日");
}

static void instants_round_trip(void **state)
{
	int64_t at_ms;

	(void)state;
	assert_int_equal(time_parse_utc(STR("2026-11-23T08:30:00.125Z"), &at_ms), OK);
	assert_string_equal(time_utc(at_ms).text, "2026-11-23T08:30:00.125Z");
	assert_string_equal(time_roc(at_ms).text, "115年11月23日 16:30");
	assert_string_equal(time_quarter(at_ms).text, "2026Q4");
	assert_int_equal(time_parse_utc(STR("2026-09-30T16:00:00.000Z"), &at_ms), OK);
	assert_string_equal(time_quarter(at_ms).text, "2026Q4");
	assert_string_equal(time_quarter(at_ms - 1).text, "2026Q3");
	assert_int_equal(time_parse_utc(STR("2026-11-23T24:30:00.125Z"), &at_ms), FAIL_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_a_century_round_trips),
		cmocka_unit_test(input_forms),
		cmocka_unit_test(a_year_before_leap_day),
		cmocka_unit_test(instants_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
