#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "keeper/codes.h"

#include <cmocka.h>

static void a_code_is_recognised_however_it_is_typed(void **state)
{
	struct arena arena = arena_open(1 << 16);

	(void)state;
	for (int i = 0; i < 100; i++) {
		struct str code = code_new(&arena);
		assert_int_equal(code.len, CODE_CHARS + 1);
		assert_int_equal(code_plain(&arena, code).len, CODE_CHARS);
	}
	struct str plain = code_plain(&arena, STR("7K2QF-0M9X1"));
	assert_true(str_is(plain, "7K2QF0M9X1"));
	assert_true(str_eq(code_plain(&arena, STR(" 7k2qf 0m9x1 ")), plain));
	assert_true(str_eq(code_plain(&arena, STR("7K2QFOM9XL")), plain));
	arena_close(&arena);
}

static void what_cannot_be_a_code_is_none(void **state)
{
	static const char *const wrong[] = { "", "7K2QF-0M9X", "7K2QF-0M9XB-1", "7K2QU-0M9XB", "7K2QF/0M9XB", "七K2QF-0M9" };
	struct arena arena = arena_open(1 << 16);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_int_equal(code_plain(&arena, str_from(wrong[i])).len, 0);
	assert_int_equal(code_plain(&arena, str_bytes("7K2QF\0M9XB", 10)).len, 0);
	arena_close(&arena);
}

static void two_codes_differ(void **state)
{
	struct arena arena = arena_open(1 << 16);

	(void)state;
	assert_false(str_eq(code_new(&arena), code_new(&arena)));
	arena_close(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_is_recognised_however_it_is_typed),
		cmocka_unit_test(what_cannot_be_a_code_is_none),
		cmocka_unit_test(two_codes_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
