#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "law/details.h"

static struct date day(const char *iso)
{
	struct date date;

	assert_int_equal(date_parse_iso(str_from(iso), &date), OK);
	return date;
}

static void details_round_trip(void **state)
{
	static const struct { struct details details; const char *text; } cases[] = {
		{ { STR_INIT("王小明"), { 5917 }, STR_INIT("社會課"), STR_INIT("課員"),
		    STR_INIT("ming@kcg.gov.tw") },
		  "{\"v\":1,\"name\":\"王小明\",\"birth_date\":\"1986-03-15\",\"unit\":\"社會課\",\"title\":\"課員\",\"email\":\"ming@kcg.gov.tw\"}" },
		{ { STR_INIT("𠮷野"), { INT32_MIN }, STR_INIT(""), STR_INIT(""), STR_INIT("") }, "{\"v\":1,\"name\":\"𠮷野\"}" },
	};
	struct arena arena = arena_open(1 << 16);
	struct details again;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str text = details_write(&arena, &cases[i].details);
		assert_true(str_is(text, cases[i].text));
		assert_int_equal(details_read(&arena, text, &again), OK);
		assert_true(str_eq(again.name, cases[i].details.name) && str_eq(again.unit, cases[i].details.unit));
		assert_true(str_eq(again.email, cases[i].details.email));
		assert_int_equal(again.birth_date.day, cases[i].details.birth_date.day);
	}
	arena_close(&arena);
}

static void other_spellings_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "[]", "{}", "{\"v\":2,\"name\":\"a\"}", "{\"v\":1,\"name\":\"\"}", "{\"v\":1, \"name\":\"a\"}",
		"{\"v\":1,\"name\":\"a\",\"birth_date\":\"1150101\"}", "{\"v\":1,\"name\":\"a\",\"colour\":\"red\"}",
		"{\"v\":1,\"name\":7}", "{\"v\":1,\"unit\":\"u\",\"name\":\"a\"}",
	};
	struct arena arena = arena_open(1 << 16);
	struct details details;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_not_equal(details_read(&arena, str_from(bad[i]), &details), OK);
	arena_close(&arena);
}

static void birthdays_are_dates_that_have_been(void **state)
{
	static const struct { const char *typed, *iso; } good[] = {
		{ "0750315", "1986-03-15" }, { "1986-03-15", "1986-03-15" }, { " 75年3月15日 ", "1986-03-15" },
		{ "2026-11-24", "2026-11-24" },
	};
	static const char *const bad[] = { "750315", "2026-11-25", "0751315", "yesterday" };
	struct date today = day("2026-11-24"), born;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		assert_int_equal(birthday_read(str_from(good[i].typed), today, &born), OK);
		assert_int_equal(born.day, day(good[i].iso).day);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_not_equal(birthday_read(str_from(bad[i]), today, &born), OK);
	assert_int_equal(birthday_read(STR("  "), today, &born), OK);
	assert_true(date_is_none(born));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(details_round_trip),
		cmocka_unit_test(other_spellings_are_refused),
		cmocka_unit_test(birthdays_are_dates_that_have_been),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
