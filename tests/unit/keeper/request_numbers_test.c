#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/crypto.h"
#include "keeper/request_numbers.h"

static const struct person_id mei = { 7 }, lin = { 8 };

static void a_number_counts_for_the_person_who_used_it(void **state)
{
	struct request_numbers numbers = request_numbers_open();

	(void)state;
	assert_int_equal(request_numbers_find(&numbers, mei, STR("one")), 0);
	request_numbers_add(&numbers, mei, STR("one"), 41);
	assert_int_equal(request_numbers_find(&numbers, mei, STR("one")), 41);
	assert_int_equal(request_numbers_find(&numbers, lin, STR("one")), 0);
	assert_int_equal(request_numbers_find(&numbers, mei, STR("two")), 0);
	request_numbers_close(&numbers);
}

static struct str number_of(uint64_t n, char text[24])
{
	return str_bytes(text, (size_t)snprintf(text, 24, "%llu", (unsigned long long)n));
}

static void numbers_of_a_block_and_the_one_before_are_known(void **state)
{
	struct request_numbers numbers = request_numbers_open();
	const uint64_t end = 2 * REQUEST_ENTRIES + 1000;
	char text[24];

	(void)state;
	for (uint64_t entry = 1; entry < end; entry++)
		request_numbers_add(&numbers, mei, number_of(entry, text), entry);
	for (uint64_t entry = REQUEST_ENTRIES; entry < end; entry++)
		assert_int_equal(request_numbers_find(&numbers, mei, number_of(entry, text)), entry);
	assert_int_equal(request_numbers_find(&numbers, mei, number_of(5, text)), 0);
	request_numbers_close(&numbers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_counts_for_the_person_who_used_it),
		cmocka_unit_test(numbers_of_a_block_and_the_one_before_are_known),
	};

	crypto_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
