#include "law/holder.h"

#include "base/json.h"

enum { HOLDER_VERSION = 1 };

struct str holder_write(struct arena *arena, const struct holder *holder)
{
	struct buf buf = buf_on(arena);
	struct json_out out = json_to(&buf);

	json_put_object(&out);
	json_put_key(&out, STR("v"));
	json_put_i64(&out, HOLDER_VERSION);
	json_put_key(&out, STR("name"));
	json_put_str(&out, holder->name);
	json_put_key(&out, STR("last_four"));
	json_put_str(&out, holder->last_four);
	json_put_object_end(&out);
	return buf_str(&buf);
}

enum fail holder_read(struct arena *arena, struct str text, struct holder *out)
{
	struct json object;

	TRY(json_read(arena, text, &object));
	if (object.kind != JSON_IS_OBJECT)
		return FAIL_SYNTAX;
	struct holder holder = { json_text(&object, STR("name")), json_text(&object, STR("last_four")) };
	if (!str_eq(holder_write(arena, &holder), text))
		return FAIL_SYNTAX;
	*out = holder;
	return OK;
}
