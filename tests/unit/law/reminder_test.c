/* When reminders leave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/time.h"
#include "law/reminder.h"

static int64_t instant(const char *utc)
{
	int64_t at_ms;

	assert_int_equal(time_parse_utc(str_from(utc), &at_ms), OK);
	return at_ms;
}

static void only_an_office_that_says_so_reminds(void **state)
{
	struct parameters parameters = parameters_initial();
	int64_t noon_ms = instant("2026-11-24T04:00:00.000Z");

	(void)state;
	assert_false(reminder_is_due(&parameters, noon_ms, true));
	parameters.value[PARAMETER_REMINDER_DAILY] = STR("on");
	assert_true(reminder_is_due(&parameters, noon_ms, true));
}

static void nobody_is_reminded_on_a_day_without_work(void **state)
{
	struct parameters parameters = parameters_initial();

	(void)state;
	parameters.value[PARAMETER_REMINDER_DAILY] = STR("on");
	assert_false(reminder_is_due(&parameters, instant("2026-11-24T04:00:00.000Z"), false));
}

static void the_hour_is_that_of_taiwan(void **state)
{
	struct parameters parameters = parameters_initial();

	(void)state;
	parameters.value[PARAMETER_REMINDER_DAILY] = STR("on");
	assert_false(reminder_is_due(&parameters, instant("2026-11-23T23:59:59.999Z"), true));
	assert_true(reminder_is_due(&parameters, instant("2026-11-24T00:00:00.000Z"), true));
	assert_true(reminder_is_due(&parameters, instant("2026-11-24T15:59:59.999Z"), true));
	parameters.value[PARAMETER_REMINDER_HOUR] = STR("0");
	assert_true(reminder_is_due(&parameters, instant("2026-11-24T16:00:00.000Z"), true));
	parameters.value[PARAMETER_REMINDER_HOUR] = STR("23");
	assert_false(reminder_is_due(&parameters, instant("2026-11-24T14:59:59.999Z"), true));
	assert_true(reminder_is_due(&parameters, instant("2026-11-24T15:00:00.000Z"), true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_an_office_that_says_so_reminds),
		cmocka_unit_test(nobody_is_reminded_on_a_day_without_work),
		cmocka_unit_test(the_hour_is_that_of_taiwan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
