#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static struct arena arena;

static int begin(void **state)
{
	(void)state;
	arena = arena_open(1 << 16);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

static void numbers_are_written_as_the_library_writes_them(void **state)
{
	static const uint64_t numbers[] = { 0, 1, 9, 10, 99, 100, 4294967295, 4294967296, INT64_MAX,
		                            (uint64_t)INT64_MAX + 1, UINT64_MAX - 1, UINT64_MAX };

	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		unsigned long long n = numbers[i];
		assert_true(str_eq(str_u64(&arena, n), str_printf(&arena, "%llu", n)));
		assert_true(str_eq(str_i64(&arena, (int64_t)n), str_printf(&arena, "%lld", (long long)n)));
		assert_true(str_eq(str_hex16(&arena, n), str_printf(&arena, "%016llx", n)));
	}
}

static void numbers_are_read_back(void **state)
{
	uint64_t n;
	int64_t i;

	(void)state;
	assert_int_equal(str_to_u64(str_u64(&arena, UINT64_MAX), &n), OK);
	assert_true(n == UINT64_MAX);
	assert_int_equal(str_to_i64(str_i64(&arena, -INT64_MAX), &i), OK);
	assert_true(i == -INT64_MAX);
	assert_int_equal(str_hex_to_u64(str_hex16(&arena, 0xabc), &n), OK);
	assert_true(n == 0xabc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_written_as_the_library_writes_them),
		cmocka_unit_test(numbers_are_read_back),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
