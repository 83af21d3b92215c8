#include <string.h>

#include "doors/http/form.h"

static const struct str FIELD_HEADER = STR_INIT("content-disposition: form-data; name=\"");
static const struct str FILE_MARK = STR_INIT("; filename=\"");

/* The boundary parameter: 1 to 70 letters, digits or '()+_,-./:=? (RFC 2046 5.1.1). */
static MUST_CHECK enum fail boundary_of(struct str content_type, struct str *out)
{
	static const char allowed[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                              "'()+_,-./:=?";
	struct str mark = STR("boundary="), value;
	size_t at;

	if (!str_find(content_type, mark, &at))
		return FAIL_SYNTAX;
	value = str_slice(content_type, at + mark.len, content_type.len);
	if (value.len >= 2 && value.at[0] == '"' && value.at[value.len - 1] == '"')
		value = str_slice(value, 1, value.len - 2);
	if (value.len < 1 || value.len > 70)
		return FAIL_SYNTAX;
	for (size_t i = 0; i < value.len; i++)
		if (!strchr(allowed, value.at[i]) || !value.at[i])
			return FAIL_SYNTAX;
	*out = value;
	return OK;
}

static bool take_before(struct str *rest, struct str mark, struct str *out)
{
	size_t at;

	if (!str_find(*rest, mark, &at))
		return false;
	*out = str_slice(*rest, 0, at);
	*rest = str_slice(*rest, at + mark.len, rest->len);
	return true;
}

static bool starts_without_case(struct str text, struct str prefix)
{
	return text.len >= prefix.len && strncasecmp(text.at, prefix.at, prefix.len) == 0;
}

/* Browsers escape a quote inside a name as %22, so the first quote ends it. */
static MUST_CHECK enum fail quoted(struct str *rest, struct str *out)
{
	if (!take_before(rest, STR("\""), out))
		return FAIL_SYNTAX;
	return str_is_utf8(*out) ? OK : FAIL_SYNTAX;
}

static MUST_CHECK enum fail part_header(struct str header, struct form_field *out)
{
	struct str rest = header, line;
	struct form_field field = { STR(""), STR(""), STR("") };

	while (rest.len && take_before(&rest, STR("\r\n"), &line)) {
		if (!starts_without_case(line, FIELD_HEADER))
			continue;
		line = str_slice(line, FIELD_HEADER.len, line.len);
		TRY(quoted(&line, &field.name));
		if (!starts_without_case(line, FILE_MARK))
			continue;
		line = str_slice(line, FILE_MARK.len, line.len);
		TRY(quoted(&line, &field.file));
	}
	if (!field.name.len)
		return FAIL_SYNTAX;
	*out = field;
	return OK;
}

static MUST_CHECK enum fail part_read(struct str part, struct form_field *out)
{
	struct str header, body = part, end = STR("\r\n\r\n");
	size_t at;

	if (!str_find(part, end, &at))
		return FAIL_SYNTAX;
	header = str_slice(part, 0, at + 2);
	body = str_slice(part, at + end.len, part.len);
	TRY(part_header(header, out));
	out->value = body;
	/* An upload may be any bytes; a typed value is text. */
	return out->file.len || str_is_utf8(body) ? OK : FAIL_SYNTAX;
}

enum fail form_read_parts(struct arena *arena, struct str content_type, struct str body,
                          struct form *out)
{
	struct form form = { .at = arena_array(arena, struct form_field, FORM_FIELDS_MAX) };
	struct str boundary, mark, rest = body, part;

	TRY(boundary_of(content_type, &boundary));
	mark = str_printf(arena, "\r\n--%.*s", STR_FMT(boundary));
	if (!str_starts(body, str_slice(mark, 2, mark.len)))
		return FAIL_SYNTAX;
	rest = str_slice(body, mark.len - 2, body.len);
	while (!str_starts(rest, STR("--"))) {
		if (!str_starts(rest, STR("\r\n")) || form.count == FORM_FIELDS_MAX)
			return rest.len ? FAIL_TOO_LARGE : FAIL_SYNTAX;
		rest = str_slice(rest, 2, rest.len);
		if (!take_before(&rest, mark, &part))
			return FAIL_SYNTAX;
		struct form_field field;
		TRY(part_read(part, &field));
		if (form_has(&form, str_c(arena, field.name)))
			return FAIL_SYNTAX;
		form.at[form.count++] = field;
	}
	*out = form;
	return OK;
}
