#include "base/json.h"

#include <jansson.h>
#include <string.h>

#include "base/json_values.h"

struct json_out json_to(struct buf *buf)
{
	return (struct json_out){ .buf = buf };
}

static void value_begins(struct json_out *out)
{
	if (out->comma)
		buf_byte(out->buf, ',');
	out->comma = true;
}

void json_put_object(struct json_out *out)
{
	value_begins(out);
	buf_byte(out->buf, '{');
	out->comma = false;
	values_open(out->values, JSON_IS_OBJECT);
}

void json_put_object_end(struct json_out *out)
{
	buf_byte(out->buf, '}');
	out->comma = true;
	values_end(out->values);
}

void json_put_array(struct json_out *out)
{
	value_begins(out);
	buf_byte(out->buf, '[');
	out->comma = false;
	values_open(out->values, JSON_IS_ARRAY);
}

void json_put_array_end(struct json_out *out)
{
	buf_byte(out->buf, ']');
	out->comma = true;
	values_end(out->values);
}

static void escaped(struct buf *buf, unsigned char c)
{
	static const char short_names[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',
		                            ['\f'] = 'f', ['\r'] = 'r' };

	if (c >= 0x20)
		buf_printf(buf, "\\%c", c);
	else if (c < sizeof short_names && short_names[c])
		buf_printf(buf, "\\%c", short_names[c]);
	else
		buf_printf(buf, "\\u%04x", c);
}

/* How many bytes from the start need no escape. Eight at a time: subtracting borrows into the high bit
 * of a byte below the bound, and of a byte equal to what was folded to zero; bytes of UTF-8, which have
 * that bit themselves, need no escape. */
static size_t plain_run(struct str text)
{
	const uint64_t ones = 0x0101010101010101, highs = ones << 7;
	size_t i = 0;

	for (; i + 8 <= text.len; i += 8) {
		uint64_t w;
		memcpy(&w, text.at + i, sizeof w);
		uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\';
		if (((w - ones * 0x20) | (quote - ones) | (slash - ones)) & ~w & highs)
			break;
	}
	while (i < text.len && (unsigned char)text.at[i] >= 0x20 && text.at[i] != '"' && text.at[i] != '\\')
		i++;
	return i;
}

static void quoted(struct buf *buf, struct str text)
{
	buf_byte(buf, '"');
	for (;;) {
		size_t plain = plain_run(text);
		buf_bytes(buf, text.at, plain);
		if (plain == text.len)
			break;
		escaped(buf, (unsigned char)text.at[plain]);
		text = str_slice(text, plain + 1, text.len);
	}
	buf_byte(buf, '"');
}

void json_put_key(struct json_out *out, struct str key)
{
	value_begins(out);
	quoted(out->buf, key);
	buf_byte(out->buf, ':');
	out->comma = false;
	values_key(out->values, key);
}

void json_put_str(struct json_out *out, struct str text)
{
	value_begins(out);
	quoted(out->buf, text);
	values_str(out->values, text);
}

void json_put_i64(struct json_out *out, int64_t n)
{
	value_begins(out);
	buf_i64(out->buf, n);
	values_int(out->values, n);
}

void json_put_u64(struct json_out *out, uint64_t n)
{
	value_begins(out);
	buf_u64(out->buf, n);
	assert(n <= INT64_MAX || !out->values);
	values_int(out->values, (int64_t)n);
}

void json_put_bool(struct json_out *out, bool value)
{
	value_begins(out);
	buf_add(out->buf, value ? STR("true") : STR("false"));
	values_bool(out->values, value);
}

void json_put_null(struct json_out *out)
{
	value_begins(out);
	buf_add(out->buf, STR("null"));
	values_null(out->values);
}

void json_put_raw(struct json_out *out, struct str value)
{
	assert(!out->values);
	value_begins(out);
	buf_add(out->buf, value);
}

enum { DEPTH_MAX = 32 };

static enum fail convert(struct arena *arena, json_t *from, unsigned depth, struct json *out);

static enum fail convert_array(struct arena *arena, json_t *from, unsigned depth, struct json *out)
{
	out->kind = JSON_IS_ARRAY;
	out->count = json_array_size(from);
	out->items = arena_array(arena, struct json, out->count);
	for (size_t i = 0; i < out->count; i++)
		TRY(convert(arena, json_array_get(from, i), depth + 1, &out->items[i]));
	return OK;
}

static enum fail convert_object(struct arena *arena, json_t *from, unsigned depth, struct json *out)
{
	const char *key;
	json_t *value;
	size_t i = 0;

	out->kind = JSON_IS_OBJECT;
	out->count = json_object_size(from);
	out->items = arena_array(arena, struct json, out->count);
	out->keys = arena_array(arena, struct str, out->count);
	json_object_foreach(from, key, value)
	{
		out->keys[i] = str_copy(arena, str_from(key));
		TRY(convert(arena, value, depth + 1, &out->items[i++]));
	}
	return OK;
}

static enum fail convert(struct arena *arena, json_t *from, unsigned depth, struct json *out)
{
	*out = (struct json){ .text = STR("") };
	if (depth > DEPTH_MAX)
		return FAIL_TOO_LARGE;
	if (json_is_object(from))
		return convert_object(arena, from, depth, out);
	if (json_is_array(from))
		return convert_array(arena, from, depth, out);
	if (json_is_string(from)) {
		out->kind = JSON_IS_STR;
		out->text = str_copy(arena, str_bytes(json_string_value(from), json_string_length(from)));
	} else if (json_is_integer(from)) {
		out->kind = JSON_IS_INT;
		out->n = json_integer_value(from);
	} else if (json_is_boolean(from)) {
		out->kind = JSON_IS_BOOL;
		out->boolean = json_is_true(from);
	} else if (!json_is_null(from)) {
		return FAIL_SYNTAX;
	}
	return OK;
}

enum fail json_read(struct arena *arena, struct str text, struct json *out)
{
	size_t byte;

	return json_read_where(arena, text, out, &byte);
}

enum fail json_read_where(struct arena *arena, struct str text, struct json *out, size_t *byte_out)
{
	json_error_t where;
	json_t *root = json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &where);

	*byte_out = 0;
	if (!root) {
		*byte_out = where.position > 0 ? (size_t)where.position : 0;
		return FAIL_SYNTAX;
	}
	enum fail fail = convert(arena, root, 0, out);
	json_decref(root);
	return fail;
}

const struct json *json_member(const struct json *object, struct str key)
{
	if (object->kind != JSON_IS_OBJECT)
		return NULL;
	for (size_t i = 0; i < object->count; i++)
		if (str_eq(object->keys[i], key))
			return &object->items[i];
	return NULL;
}

struct str json_text(const struct json *object, struct str key)
{
	const struct json *value = json_member(object, key);

	return value && value->kind == JSON_IS_STR ? value->text : STR("");
}
