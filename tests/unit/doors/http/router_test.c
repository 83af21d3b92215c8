#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "doors/http/router.h"

static void handle(struct exchange *exchange)
{
	(void)exchange;
}

static const struct route rows[] = {
	{ METHOD_GET, "/", LISTENER_BOTH, NEEDS_NOTHING, BODY_NONE, 0, handle },
	{ METHOD_GET, "/lists/{sheet}", LISTENER_BOTH, NEEDS_SESSION, BODY_NONE, 0, handle },
	{ METHOD_POST, "/sign-in", LISTENER_CARD, NEEDS_NOTHING, BODY_FORM, 100, handle },
	{ METHOD_GET, "/log/tile/{...}", LISTENER_BOTH, NEEDS_NOTHING, BODY_NONE, 0, handle },
};
static const struct routes table = { rows, ARRAY_LEN(rows) };

static const struct route *route;
static struct str params[PARAMS_MAX];

static enum route_found find(enum method method, enum listener listener, const char *path)
{
	route = NULL;
	return router_find(&table, 1, method, listener, str_from(path), &route, params);
}

static void paths_lead_to_their_rows(void **state)
{
	(void)state;
	assert_int_equal(find(METHOD_GET, LISTENER_WEB, "/"), ROUTE_FOUND);
	assert_ptr_equal(route, &rows[0]);
	assert_int_equal(find(METHOD_GET, LISTENER_CARD, "/lists/people"), ROUTE_FOUND);
	assert_true(str_is(params[0], "people"));
	assert_int_equal(find(METHOD_GET, LISTENER_WEB, "/log/tile/0/x001/234.p/5"), ROUTE_FOUND);
	assert_true(str_is(params[0], "0/x001/234.p/5"));
}

static void what_does_not_fit_is_told_apart(void **state)
{
	(void)state;
	assert_int_equal(find(METHOD_GET, LISTENER_WEB, "/lists"), ROUTE_UNKNOWN);
	assert_int_equal(find(METHOD_GET, LISTENER_WEB, "/lists/a/b"), ROUTE_UNKNOWN);
	assert_int_equal(find(METHOD_GET, LISTENER_WEB, "/log/tile"), ROUTE_UNKNOWN);
	assert_int_equal(find(METHOD_POST, LISTENER_WEB, "/"), ROUTE_OTHER_METHOD);
	assert_int_equal(find(METHOD_POST, LISTENER_WEB, "/sign-in"), ROUTE_OTHER_LISTENER);
	assert_int_equal(find(METHOD_POST, LISTENER_CARD, "/sign-in"), ROUTE_FOUND);
}

static void only_plain_paths_are_looked_up(void **state)
{
	static const char *const wrong[] = { "", "a", "//", "/a//b", "/./a", "/a/..", "/a%2e", "/a b", "/a\\b",
	                                     "/\x7f", "/a/", "/é" };
	static const char *const right[] = { "/", "/a", "/log/tile/0/x001/234.p/5", "/assets/a.0f.css" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(path_is_plain(str_from(wrong[i])));
	for (size_t i = 0; i < ARRAY_LEN(right); i++)
		assert_true(path_is_plain(str_from(right[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_lead_to_their_rows),
		cmocka_unit_test(what_does_not_fit_is_told_apart),
		cmocka_unit_test(only_plain_paths_are_looked_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
