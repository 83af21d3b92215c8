#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "bench/bench_residence.h"

/* The figures themselves belong to no test: machines differ. */
static void both_ways_count_the_same(void **state)
{
	struct arena arena = arena_open(1 << 20);
	struct buf out = buf_on(&arena);
	struct json json;
	struct bench_residence result = bench_residence_run(1, 5000, 3);

	(void)state;
	assert_int_equal(result.disagreements, 0);
	assert_true(result.decided.least > 0 && result.decided.least <= result.decided.median &&
	            result.decided.median <= result.decided.most);
	bench_residence_json(&result, &out);
	assert_int_equal(json_read(&arena, buf_str(&out), &json), OK);
	assert_int_equal(json_member(&json, STR("persons"))->n, 5000);
	arena_close(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(both_ways_count_the_same) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
