#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

/* Every byte at every place of texts of every short length, beside bytes that are just no entity. */
static void every_byte_is_escaped_where_it_stands(void **state)
{
	static const char fill[] = "!#%(;=?\x7f\x80\xa6\xbc\xff";
	enum { LONGEST = 20 };
	char text[LONGEST];

	(void)state;
	for (int len = 1; len <= LONGEST; len++)
		for (int place = 0; place < len; place++)
			for (int byte = 0; byte < 256; byte++) {
				struct buf buf = buf_on(&arena), want = buf_on(&arena);
				struct out page = { &buf, LANGUAGE_EN, NULL };
				memset(text, fill[(len + byte) % (int)(sizeof fill - 1)], sizeof text);
				text[place] = (char)byte;
				for (int i = 0; i < len; i++)
					if (text[i] == '&' || text[i] == '<' || text[i] == '>' || text[i] == '"' || text[i] == '\'')
						buf_add(&want, text[i] == '&' ? STR("&amp;") : text[i] == '<' ? STR("&lt;") :
						               text[i] == '>' ? STR("&gt;") : text[i] == '"' ? STR("&quot;") : STR("&#39;"));
					else
						buf_byte(&want, (uint8_t)text[i]);
				html(&page, "%.*s", len, text);
				assert_true(str_eq(buf_str(&buf), buf_str(&want)));
				arena_empty(&arena);
			}
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
		cmocka_unit_test(every_byte_is_escaped_where_it_stands),
		cmocka_unit_test(numbers_are_written),
		cmocka_unit_test(values_are_escaped_for_addresses),
		cmocka_unit_test(chinese_is_the_default_language),
	};

	arena = arena_open(1 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
