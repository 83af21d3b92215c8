#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/crypto.h"
#include "doors/http/limits.h"
#include "doors/http/request.h"

static struct arena arena;

static unsigned origin(enum method method, const char *from, const char *site)
{
	struct request request = { .method = method, .host = STR("localhost:8443"), .origin = str_from(from),
	                           .fetch_site = str_from(site) };

	return request_check_origin(&request);
}

static void a_form_of_another_site_is_refused(void **state)
{
	(void)state;
	assert_int_equal(origin(METHOD_GET, "https://evil.example", "cross-site"), 0);
	assert_int_equal(origin(METHOD_POST, "https://localhost:8443", "same-origin"), 0);
	assert_int_equal(origin(METHOD_POST, "", ""), 0);
	assert_int_equal(origin(METHOD_POST, "https://localhost:8444", ""), 403);
	assert_int_equal(origin(METHOD_POST, "http://localhost:8443", ""), 403);
	assert_int_equal(origin(METHOD_POST, "null", ""), 403);
	assert_int_equal(origin(METHOD_POST, "", "same-site"), 403);
	assert_int_equal(origin(METHOD_POST, "", "cross-site"), 403);
}

static bool csrf(const char *session, const char *sent)
{
	struct form_field field = { STR("csrf"), str_from(sent), STR("") };
	struct request request = { .token = str_from(session), .form = { &field, 1 } };

	return csrf_is_right(&arena, &request);
}

static void a_form_belongs_to_its_session(void **state)
{
	struct str token = csrf_token(&arena, STR("session-one-0123456789"));

	(void)state;
	assert_true(csrf("session-one-0123456789", str_c(&arena, token)));
	assert_false(csrf("session-two-0123456789", str_c(&arena, token)));
	assert_false(csrf("session-one-0123456789", ""));
	assert_false(csrf("", str_c(&arena, csrf_token(&arena, STR("")))));
}

static void cookies_are_host_bound_and_strict(void **state)
{
	(void)state;
	assert_true(str_is(cookie_line(&arena, SESSION_COOKIE, STR("abc")),
	                   "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Strict"));
	assert_true(str_ends(cookie_line(&arena, SESSION_COOKIE, STR("")), STR("; Max-Age=0")));
}

static void a_slow_connection_loses_its_place(void **state)
{
	struct connections all = { 0 };
	struct connection one, two;

	(void)state;
	connection_enter(&all, &one, -1, 1000);
	connection_enter(&all, &two, -1, 1000);
	assert_int_equal(all.count, 2);
	assert_int_equal(connections_sweep(&all, 1000), 0);
	connection_reach(&two, STAGE_WORK, 1000);
	assert_int_equal(connections_sweep(&all, 1000 + 61 * 1000), 1);
	connection_leave(&all, &one);
	assert_int_equal(connections_sweep(&all, 1000 + 61 * 1000), 0);
	connection_leave(&all, &two);
	assert_null(all.first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_of_another_site_is_refused),
		cmocka_unit_test(a_form_belongs_to_its_session),
		cmocka_unit_test(cookies_are_host_bound_and_strict),
		cmocka_unit_test(a_slow_connection_loses_its_place),
	};

	crypto_open();
	arena = arena_open(1 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
