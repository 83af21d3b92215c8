#include "base/json_values.h"

static bool is_flat(const struct json *json, size_t levels)
{
	if (json->count && levels == 0)
		return false;
	for (size_t i = 0; i < json->count; i++)
		if (!is_flat(&json->items[i], levels - 1))
			return false;
	return levels > 0 || (json->kind != JSON_IS_ARRAY && json->kind != JSON_IS_OBJECT);
}

static void say(struct json_out *out, const struct json *json)
{
	bool is_object = json->kind == JSON_IS_OBJECT;

	switch (json->kind) {
	case JSON_IS_NULL: json_put_null(out); return;
	case JSON_IS_BOOL: json_put_bool(out, json->boolean); return;
	case JSON_IS_INT: json_put_i64(out, json->n); return;
	case JSON_IS_STR: json_put_str(out, json->text); return;
	case JSON_IS_ARRAY: json_put_array(out); break;
	case JSON_IS_OBJECT: json_put_object(out); break;
	}
	for (size_t i = 0; i < json->count; i++) {
		if (is_object)
			json_put_key(out, json->keys[i]);
		say(out, &json->items[i]);
	}
	if (is_object)
		json_put_object_end(out);
	else
		json_put_array_end(out);
}

/* What was read is said again in the same bytes. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(256u << 20);
	struct buf text = buf_on(&arena), again = buf_on(&arena);
	struct json_values values = { .buf = &again };
	struct json_out out = json_to_both(&text, &values);
	struct json json;

	if (json_values_read(&arena, str_bytes(bytes, len), &json) == OK && is_flat(&json, JSON_VALUES_DEPTH_MAX)) {
		say(&out, &json);
		assert(str_eq(buf_str(&again), str_bytes(bytes, len)));
	}
	arena_close(&arena);
	return 0;
}
