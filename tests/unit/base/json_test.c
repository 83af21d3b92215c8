#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_values.h"

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

/* --- values --- */

static uint64_t drawn = 88172645463325252u;

static uint64_t draw(uint64_t below)
{
	drawn ^= drawn << 13;
	drawn ^= drawn >> 7;
	drawn ^= drawn << 17;
	return drawn % below;
}

static struct str drawn_text(struct arena *arena)
{
	static const char *const parts[] = { "a", "\"", "\\", "\n", "日", "\x01", "days", "" };
	struct buf text = buf_on(arena);

	for (uint64_t left = draw(4); left; left--)
		buf_add(&text, str_from(parts[draw(ARRAY_LEN(parts))]));
	return buf_str(&text);
}

static void say_drawn(struct arena *arena, struct json_out *out, unsigned depth)
{
	uint64_t kind = draw(depth < 5 ? 7 : 5), count = draw(4);

	switch (kind) {
	case 0: json_put_null(out); return;
	case 1: json_put_bool(out, draw(2)); return;
	case 2: json_put_i64(out, draw(2) ? -(int64_t)draw(INT64_MAX) - 1 : (int64_t)draw(1000)); return;
	case 3: json_put_u64(out, draw(INT64_MAX)); return;
	case 4: json_put_str(out, drawn_text(arena)); return;
	case 5:
		json_put_array(out);
		while (count--)
			say_drawn(arena, out, depth + 1);
		json_put_array_end(out);
		return;
	default:
		json_put_object(out);
		for (uint64_t i = 0; i < count; i++) {
			struct str text = drawn_text(arena);
			json_put_key(out, str_printf(arena, "%d%.*s", (int)i, STR_FMT(text)));
			say_drawn(arena, out, depth + 1);
		}
		json_put_object_end(out);
	}
}

static bool same(const struct json *a, const struct json *b)
{
	if (a->kind != b->kind || a->boolean != b->boolean || a->n != b->n || a->count != b->count ||
	    !str_eq(a->text, b->text))
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!same(&a->items[i], &b->items[i]) ||
		    (a->kind == JSON_IS_OBJECT && !str_eq(a->keys[i], b->keys[i])))
			return false;
	return true;
}

static void values_are_what_the_text_says(void **state)
{
	struct arena arena = arena_open(64 * 1024 * 1024);

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct buf text = buf_on(&arena), bytes = buf_on(&arena);
		struct json_values values = { .buf = &bytes };
		struct json_out out = json_to_both(&text, &values);
		struct json of_text, of_values;
		say_drawn(&arena, &out, 0);
		assert_int_equal(json_read(&arena, buf_str(&text), &of_text), OK);
		assert_int_equal(json_values_read(&arena, buf_str(&bytes), &of_values), OK);
		assert_true(same(&of_text, &of_values));
		arena_empty(&arena);
	}
	arena_close(&arena);
}

/* Every cut and every trailing byte is refused, and so is a count or a length beyond what follows. */
static void values_that_are_not_whole_are_refused(void **state)
{
	struct arena arena = arena_open(1024 * 1024);
	struct buf text = buf_on(&arena), bytes = buf_on(&arena);
	struct json_values values = { .buf = &bytes };
	struct json_out out = json_to_both(&text, &values);
	struct json read;

	(void)state;
	json_put_object(&out);
	json_put_key(&out, STR("reasons"));
	json_put_array(&out);
	json_put_i64(&out, 7);
	json_put_bool(&out, true);
	json_put_array_end(&out);
	json_put_object_end(&out);
	for (size_t len = 0; len < bytes.len; len++)
		assert_int_equal(json_values_read(&arena, str_slice(buf_str(&bytes), 0, len), &read), FAIL_SYNTAX);
	bytes.at[1] = 0x7f;
	assert_int_equal(json_values_read(&arena, buf_str(&bytes), &read), FAIL_SYNTAX);
	bytes.at[1] = 0;
	bytes.at[bytes.len - 1] = 2; /* neither false nor true */
	assert_int_equal(json_values_read(&arena, buf_str(&bytes), &read), FAIL_SYNTAX);
	bytes.at[bytes.len - 1] = 0;
	assert_int_equal(json_values_read(&arena, buf_str(&bytes), &read), OK);
	buf_byte(&bytes, 0);
	assert_int_equal(json_values_read(&arena, buf_str(&bytes), &read), FAIL_SYNTAX);
	arena_close(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_is_escaped_where_it_stands),
		cmocka_unit_test(neighbours_are_all_escaped),
		cmocka_unit_test(formatting_is_whole_at_every_length),
		cmocka_unit_test(values_are_what_the_text_says),
		cmocka_unit_test(values_that_are_not_whole_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
