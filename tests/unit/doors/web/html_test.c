#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "doors/web/html.h"

static struct arena arena;

static void a_text_never_becomes_markup(void **state)
{
	struct buf buf = buf_on(&arena);
	struct out page = { &buf, LANGUAGE_EN, NULL };

	(void)state;
	html(&page, "<a title=\"%s\">%.*s</a>", "\"><script>", 3, "'&<x");
	assert_true(str_is(buf_str(&buf), "<a title=\"&quot;&gt;&lt;script&gt;\">&#39;&amp;&lt;</a>"));
}

static void numbers_are_written(void **state)
{
	struct buf buf = buf_on(&arena);
	struct out page = { &buf, LANGUAGE_EN, NULL };

	(void)state;
	html(&page, "%d %u %zu %ld %lu %lld %llu 100%%", -1, 2u, (size_t)3, -4L, 5UL, -6LL, 7ULL);
	assert_true(str_is(buf_str(&buf), "-1 2 3 -4 5 -6 7 100%"));
}

static void values_are_escaped_for_addresses(void **state)
{
	(void)state;
	assert_true(str_is(url_text(&arena, STR("113-0041&a=#王")), "113-0041%26a%3D%23%E7%8E%8B"));
}

static void chinese_is_the_default_language(void **state)
{
	struct out page = { NULL, LANGUAGE_ZH_TW, NULL };

	(void)state;
	assert_int_equal((enum language)0, LANGUAGE_ZH_TW);
	assert_string_equal(say(&page, "Sign out"), "登出");
	assert_string_equal(say(&page, "no such text"), "no such text");
	assert_string_equal(say(&page, ""), "");
	page.language = LANGUAGE_EN;
	assert_string_equal(say(&page, "Sign out"), "Sign out");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_never_becomes_markup),
		cmocka_unit_test(numbers_are_written),
		cmocka_unit_test(values_are_escaped_for_addresses),
		cmocka_unit_test(chinese_is_the_default_language),
	};

	arena = arena_open(1 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
