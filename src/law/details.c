#include "law/details.h"

enum { DETAILS_VERSION = 1 };

static void member_put(struct json_out *out, struct str key, struct str text)
{
	if (!text.len)
		return;
	json_put_key(out, key);
	json_put_str(out, text);
}

struct str details_write(struct arena *arena, const struct details *details)
{
	struct buf buf = buf_on(arena);
	struct json_out out = json_to(&buf);
	struct time_text birth = date_iso(details->birth_date);

	json_put_object(&out);
	json_put_key(&out, STR("v"));
	json_put_i64(&out, DETAILS_VERSION);
	member_put(&out, STR("name"), details->name);
	member_put(&out, STR("birth_date"), str_from(birth.text));
	member_put(&out, STR("unit"), details->unit);
	member_put(&out, STR("title"), details->title);
	member_put(&out, STR("email"), details->email);
	json_put_object_end(&out);
	return buf_str(&buf);
}

enum fail details_read(struct arena *arena, struct str text, struct details *out)
{
	struct details details = { .birth_date = DATE_NONE };
	struct json object;

	TRY(json_read(arena, text, &object));
	if (object.kind != JSON_IS_OBJECT)
		return FAIL_SYNTAX;
	details.name = json_text(&object, STR("name"));
	details.unit = json_text(&object, STR("unit"));
	details.title = json_text(&object, STR("title"));
	details.email = json_text(&object, STR("email"));
	struct str birth = json_text(&object, STR("birth_date"));
	if (birth.len)
		TRY(date_parse_iso(birth, &details.birth_date));
	if (!str_eq(details_write(arena, &details), text))
		return FAIL_SYNTAX;
	*out = details;
	return OK;
}

struct str detail_after(struct str stored, struct str said)
{
	if (!said.len)
		return stored;
	return str_is(said, "-") ? STR("") : said;
}

enum fail birthday_read(struct str typed, struct date today, struct date *out)
{
	const char *why;

	typed = str_trim(typed);
	if (!typed.len) {
		*out = DATE_NONE;
		return OK;
	}
	TRY(date_parse_input(typed, today, out, &why));
	return out->day <= today.day ? OK : FAIL_SYNTAX;
}
