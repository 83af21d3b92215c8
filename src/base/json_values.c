#include "base/json_values.h"

enum { DEPTH_MAX = 32, LEAST_VALUE_BYTES = 1, LEAST_MEMBER_BYTES = 5 };

struct json_out json_to_both(struct buf *text, struct json_values *values)
{
	return (struct json_out){ .buf = text, .values = values };
}

static void kind_put(struct json_values *values, enum json_kind kind)
{
	if (values->depth && !values->open[values->depth - 1].is_object)
		values->open[values->depth - 1].count++;
	buf_byte(values->buf, (uint8_t)kind);
}

static void text_put(struct json_values *values, struct str text)
{
	buf_u32be(values->buf, (uint32_t)text.len);
	buf_add(values->buf, text);
}

void values_open(struct json_values *values, enum json_kind kind)
{
	if (!values)
		return;
	assert(values->depth < JSON_VALUES_DEPTH_MAX);
	kind_put(values, kind);
	values->open[values->depth].at = values->buf->len;
	values->open[values->depth].count = 0;
	values->open[values->depth++].is_object = kind == JSON_IS_OBJECT;
	buf_u32be(values->buf, 0);
}

void values_end(struct json_values *values)
{
	if (!values)
		return;
	assert(values->depth > 0);
	values->depth--;
	char *at = values->buf->at + values->open[values->depth].at;
	for (size_t i = 0; i < 4; i++)
		at[i] = (char)(uint8_t)(values->open[values->depth].count >> (8 * (3 - i)));
}

void values_key(struct json_values *values, struct str key)
{
	if (!values)
		return;
	assert(values->depth > 0 && values->open[values->depth - 1].is_object);
	values->open[values->depth - 1].count++;
	text_put(values, key);
}

void values_str(struct json_values *values, struct str text)
{
	if (!values)
		return;
	kind_put(values, JSON_IS_STR);
	text_put(values, text);
}

void values_int(struct json_values *values, int64_t n)
{
	if (!values)
		return;
	kind_put(values, JSON_IS_INT);
	buf_u64be(values->buf, (uint64_t)n);
}

void values_bool(struct json_values *values, bool value)
{
	if (!values)
		return;
	kind_put(values, JSON_IS_BOOL);
	buf_byte(values->buf, value);
}

void values_null(struct json_values *values)
{
	if (values)
		kind_put(values, JSON_IS_NULL);
}

/* --- reading --- */

static enum fail value_take(struct arena *arena, struct str *rest, unsigned depth, struct json *out);

static enum fail text_take(struct str *rest, struct str *out)
{
	uint32_t len;

	TRY(take_u32be(rest, &len));
	return take_bytes(rest, len, out);
}

static enum fail list_take(struct arena *arena, struct str *rest, unsigned depth, struct json *out)
{
	bool is_object = out->kind == JSON_IS_OBJECT;
	uint32_t count;

	TRY(take_u32be(rest, &count));
	if (count > rest->len / (is_object ? LEAST_MEMBER_BYTES : LEAST_VALUE_BYTES))
		return FAIL_SYNTAX;
	out->count = count;
	out->items = arena_array(arena, struct json, count);
	out->keys = is_object ? arena_array(arena, struct str, count) : NULL;
	for (size_t i = 0; i < count; i++) {
		if (is_object)
			TRY(text_take(rest, &out->keys[i]));
		TRY(value_take(arena, rest, depth + 1, &out->items[i]));
	}
	return OK;
}

static enum fail bool_take(struct str *rest, bool *out)
{
	uint8_t byte;

	TRY(take_u8(rest, &byte));
	*out = byte;
	return byte > 1 ? FAIL_SYNTAX : OK;
}

static enum fail int_take(struct str *rest, int64_t *out)
{
	uint64_t bits;

	TRY(take_u64be(rest, &bits));
	*out = (int64_t)bits;
	return OK;
}

static enum fail value_take(struct arena *arena, struct str *rest, unsigned depth, struct json *out)
{
	uint8_t kind;

	*out = (struct json){ .text = STR("") };
	TRY(take_u8(rest, &kind));
	if (kind > JSON_IS_OBJECT || depth > DEPTH_MAX)
		return FAIL_SYNTAX;
	out->kind = (enum json_kind)kind;
	switch (out->kind) {
	case JSON_IS_NULL: return OK;
	case JSON_IS_BOOL: return bool_take(rest, &out->boolean);
	case JSON_IS_INT: return int_take(rest, &out->n);
	case JSON_IS_STR: return text_take(rest, &out->text);
	case JSON_IS_ARRAY:
	case JSON_IS_OBJECT: return list_take(arena, rest, depth, out);
	}
	return FAIL_SYNTAX;
}

enum fail json_values_read(struct arena *arena, struct str bytes, struct json *out)
{
	struct str rest = bytes;

	TRY(value_take(arena, &rest, 0, out));
	return rest.len ? FAIL_SYNTAX : OK;
}
