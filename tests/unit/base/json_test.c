#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

enum { LONGEST = 26 };

static struct str written(struct arena *arena, struct str text)
{
	struct buf buf = buf_on(arena);
	struct json_out out = json_to(&buf);

	json_put_str(&out, text);
	return buf_str(&buf);
}

/* RFC 8259 section 7, byte by byte. */
static struct str expected(struct arena *arena, struct str text)
{
	static const char names[] = "\bb\tt\nn\ff\rr\"\"\\\\";
	char out[6 * LONGEST + 3] = "\"", *at = out + 1;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		size_t name = 0;
		while (names[name] && (unsigned char)names[name] != c)
			name += 2;
		if (names[name] && c)
			at += sprintf(at, "\\%c", names[name + 1]);
		else if (c < 0x20)
			at += sprintf(at, "\\u%04x", c);
		else
			*at++ = (char)c;
	}
	*at++ = '"';
	return str_copy(arena, str_bytes(out, (size_t)(at - out)));
}

/* Every byte at every place of every short text, beside bytes that are just within the bounds. */
static void every_byte_is_escaped_where_it_stands(void **state)
{
	static const char fill[] = " !#[]\x7f\x80\xff";
	struct arena arena = arena_open(64 * 1024 * 1024);
	char text[LONGEST];

	(void)state;
	for (size_t len = 1; len <= LONGEST; len++)
		for (size_t place = 0; place < len; place++)
			for (int byte = 0; byte < 256; byte++) {
				memset(text, fill[(len + (size_t)byte) % (sizeof fill - 1)], sizeof text);
				text[place] = (char)byte;
				struct str said = str_bytes(text, len);
				assert_true(str_eq(written(&arena, said), expected(&arena, said)));
				arena_empty(&arena);
			}
	arena_close(&arena);
}

static void neighbours_are_all_escaped(void **state)
{
	struct arena arena = arena_open(1024 * 1024);

	(void)state;
	assert_true(str_eq(written(&arena, STR("")), STR("\"\"")));
	assert_true(str_eq(written(&arena, STR("\"\\\n\x01 12345678\"")),
	                   STR("\"\\\"\\\\\\n\\u0001 12345678\\\"\"")));
	arena_close(&arena);
}

/* What is formatted may be longer, as long as, or shorter than what is left of the room. */
static void formatting_is_whole_at_every_length(void **state)
{
	struct buf buf = buf_open();
	char text[700];

	(void)state;
	memset(text, 'x', sizeof text);
	for (int len = 0; len < (int)sizeof text; len += 1 + len / 300) {
		buf_close(&buf);
		buf_byte(&buf, '<');
		buf_printf(&buf, "%.*s>", len, text);
		buf_printf(&buf, "%s", "");
		assert_int_equal(buf.len, (size_t)len + 2);
		assert_memory_equal(buf.at + 1, text, (size_t)len);
		assert_int_equal(buf.at[len + 1], '>');
	}
	buf_close(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_is_escaped_where_it_stands),
		cmocka_unit_test(neighbours_are_all_escaped),
		cmocka_unit_test(formatting_is_whole_at_every_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
