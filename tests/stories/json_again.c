#include "world.h"

static void value_put(struct json_out *out, const struct json *value)
{
	switch (value->kind) {
	case JSON_IS_NULL:
		json_put_null(out);
		return;
	case JSON_IS_BOOL:
		json_put_bool(out, value->boolean);
		return;
	case JSON_IS_INT:
		json_put_i64(out, value->n);
		return;
	case JSON_IS_STR:
		json_put_str(out, value->text);
		return;
	case JSON_IS_ARRAY:
		json_put_array(out);
		for (size_t i = 0; i < value->count; i++)
			value_put(out, &value->items[i]);
		json_put_array_end(out);
		return;
	case JSON_IS_OBJECT:
		json_put_object(out);
		for (size_t i = 0; i < value->count; i++) {
			json_put_key(out, value->keys[i]);
			value_put(out, &value->items[i]);
		}
		json_put_object_end(out);
		return;
	}
}

struct str json_again(struct arena *arena, const struct json *value)
{
	struct buf text = buf_on(arena);
	struct json_out out = json_to(&text);

	value_put(&out, value);
	return buf_str(&text);
}
