#include "doors/http/form.h"

#include <string.h>

#include "base/buf.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static MUST_CHECK enum fail unescape(struct arena *arena, struct str text, struct str *out)
{
	char *to = arena_bytes(arena, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i] == '+' ? ' ' : text.at[i];
		if (c == '%') {
			if (text.len - i < 3)
				return FAIL_SYNTAX;
			int high = hex_digit(text.at[i + 1]), low = hex_digit(text.at[i + 2]);
			if (high < 0 || low < 0)
				return FAIL_SYNTAX;
			c = (char)(high * 16 + low);
			i += 2;
		}
		to[len++] = c;
	}
	*out = str_bytes(to, len);
	return str_is_utf8(*out) ? OK : FAIL_SYNTAX;
}

static bool is_field_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] < 0x20 || name.at[i] == 0x7f)
			return false;
	return name.len > 0 && name.len <= 128;
}

static MUST_CHECK enum fail form_add(struct form *form, struct form_field field)
{
	if (!is_field_name(field.name))
		return FAIL_SYNTAX;
	for (size_t i = 0; i < form->count; i++)
		if (str_eq(form->at[i].name, field.name))
			return FAIL_SYNTAX;
	form->at[form->count++] = field;
	return OK;
}

static size_t count_of(struct str text, char c)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.at[i] == c;
	return count;
}

enum fail form_read(struct arena *arena, struct str text, struct form *out)
{
	struct form form = { 0 };
	struct str rest = text, part;
	size_t parts = text.len ? count_of(text, '&') + 1 : 0;

	if (parts > FORM_FIELDS_MAX)
		return FAIL_TOO_LARGE;
	form.at = arena_array(arena, struct form_field, parts + 1);
	while (parts-- > 0 && str_cut(&rest, '&', &part)) {
		struct form_field field = { .file = STR("") };
		struct str value = part, name;
		if (!str_cut(&value, '=', &name) || !value.at)
			return FAIL_SYNTAX;
		TRY(unescape(arena, name, &field.name));
		TRY(unescape(arena, value, &field.value));
		TRY(form_add(&form, field));
	}
	*out = form;
	return OK;
}

struct str form_value(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (str_is(form->at[i].name, name))
			return form->at[i].value;
	return STR("");
}

bool form_has(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (str_is(form->at[i].name, name))
			return true;
	return false;
}

bool cookie_value(struct str header, const char *name, struct str *out)
{
	struct str rest = header, pair, found = STR("");
	size_t times = 0;

	while (str_cut(&rest, ';', &pair)) {
		struct str value = str_trim(pair), key;
		if (!str_cut(&value, '=', &key) || !value.at || !str_is(key, name))
			continue;
		found = value;
		times++;
	}
	/* Twice means that somebody planted a second one beside ours (RFC 6265 8.6). */
	if (times != 1)
		return false;
	*out = found;
	return true;
}
