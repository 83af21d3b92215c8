#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/request.h"

static void three_spellings_are_one_number(void **state)
{
	static const char *const spellings[] = {
		"ABEiM0RVZneImaq7zN3u_w", "00112233445566778899aabbccddeeff", "00112233445566778899AABBCCDDEEFF",
		"00112233-4455-6677-8899-aabbccddeeff", "00112233-4455-6677-8899-AABBCCDDEEFF",
	};
	struct arena arena = arena_open(1 << 16);
	struct str number;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(spellings); i++) {
		assert_int_equal(request_read(&arena, str_from(spellings[i]), &number), OK);
		assert_true(str_is(number, spellings[0]));
	}
	arena_close(&arena);
}

static void nothing_else_is_a_number(void **state)
{
	static const char *const wrong[] = {
		"", "abc", "1", "ABEiM0RVZneImaq7zN3u_", "ABEiM0RVZneImaq7zN3u_wA", "ABEiM0RVZneImaq7zN3u_x",
		"ABEiM0RVZneImaq7zN3u/w", "ABEiM0RVZneImaq7zN3u_w==", "00112233445566778899aabbccddeefg",
		"00112233445566778899aabbccddeef", "0011223-34455-6677-8899-aabbccddeeff",
		"00112233-4455-6677-8899-aabbccddeef-", "{0112233-4455-6677-8899-aabbccddeef}",
		"００１１２２３３４４", " ABEiM0RVZneImaq7zN3u_w",
	};
	struct arena arena = arena_open(1 << 16);
	struct str number;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_int_equal(request_read(&arena, str_from(wrong[i]), &number), FAIL_SYNTAX);
	arena_close(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_spellings_are_one_number),
		cmocka_unit_test(nothing_else_is_a_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
