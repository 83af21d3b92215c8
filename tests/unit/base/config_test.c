#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/config.h"

static struct arena arena;

static void settings_are_read(void **state)
{
	struct config config;
	uint64_t n;
	size_t line;

	(void)state;
	assert_int_equal(config_read(&arena, STR("# front\n\n front.web_port = 9443 \nfront.host=a b\n"), &config, &line), OK);
	assert_int_equal(config_number(&config, "front.web_port", 1, 65535, 8443, &n), OK);
	assert_int_equal(n, 9443);
	assert_int_equal(config_number(&config, "front.card_port", 1, 65535, 8444, &n), OK);
	assert_int_equal(n, 8444);
	assert_true(str_is(config_text(&config, "front.host", STR("")), "a b"));
	assert_int_equal(config_number(&config, "front.host", 1, 2, 1, &n), FAIL_SYNTAX);
	assert_int_equal(config_number(&config, "front.web_port", 1, 2, 1, &n), FAIL_SYNTAX);
}

static void a_wrong_line_is_named(void **state)
{
	static const char *const wrong[] = { "a = 1\nb\n", "a = 1\nA = 2\n", "a = 1\na = 2\n", "a = 1\n= 2", "a = 1\n\xff = 1" };
	struct config config;
	size_t line;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_int_equal(config_read(&arena, str_from(wrong[i]), &config, &line), FAIL_SYNTAX);
		assert_int_equal(line, i < 4 ? 2 : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_are_read),
		cmocka_unit_test(a_wrong_line_is_named),
	};

	arena = arena_open(1 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
