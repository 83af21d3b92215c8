#include "law/record.h"

#include <string.h>

#include "base/crypto.h"

enum { DOCUMENT_DIGEST_CHARS = 43, TEXTS_MAX = 64, FAR_DAYS = 9 * 365, LONG_TEXT_BYTES = 400 };

const struct field_spec *record_field(const struct record_spec *spec, struct str name)
{
	for (size_t i = 0; i < spec->count; i++)
		if (str_eq(spec->fields[i].name, name))
			return &spec->fields[i];
	return NULL;
}

static void *member_of(const struct field_spec *field, void *record)
{
	return (char *)record + field->offset;
}

static const void *member_in(const struct field_spec *field, const void *record)
{
	return (const char *)record + field->offset;
}

static void member_blank(const struct field_spec *field, void *member)
{
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_SECRET:
		*(struct str *)member = STR("");
		return;
	case FIELD_INT:
	case FIELD_TIME:
		*(int64_t *)member = INT_NONE;
		return;
	case FIELD_BOOL:
		*(bool *)member = false;
		return;
	case FIELD_DATE:
		*(struct date *)member = DATE_NONE;
		return;
	case FIELD_WORD:
		*(int *)member = 0;
		return;
	case FIELD_TEXTS:
		*(struct texts *)member = (struct texts){ 0 };
		return;
	case FIELD_ENTRY:
	case FIELD_PERSON:
		*(uint64_t *)member = 0;
		return;
	case FIELD_DOCUMENT:
		*(struct document *)member = (struct document){ .digest = STR(""), .content = STR("") };
		return;
	}
}

void record_blank(const struct record_spec *spec, void *record)
{
	memset(record, 0, spec->size);
	for (size_t i = 0; i < spec->count; i++)
		member_blank(&spec->fields[i], member_of(&spec->fields[i], record));
}

bool record_has(const struct field_spec *field, const void *record)
{
	const void *member = member_in(field, record);

	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_SECRET:
		return ((const struct str *)member)->len > 0;
	case FIELD_INT:
	case FIELD_TIME:
		return *(const int64_t *)member != INT_NONE;
	case FIELD_BOOL:
		return *(const bool *)member;
	case FIELD_DATE:
		return !date_is_none(*(const struct date *)member);
	case FIELD_WORD:
		return *(const int *)member != 0;
	case FIELD_TEXTS:
		return ((const struct texts *)member)->count > 0;
	case FIELD_ENTRY:
	case FIELD_PERSON:
		return *(const uint64_t *)member != 0;
	case FIELD_DOCUMENT:
		return ((const struct document *)member)->id != 0 ||
		       ((const struct document *)member)->content.len > 0;
	}
	return false;
}

struct str document_text(struct arena *arena, struct document document)
{
	assert(document.id != 0 && document.digest.len == DOCUMENT_DIGEST_CHARS);
	return str_printf(arena, "%016llx:%.*s", (unsigned long long)document.id,
	                  STR_FMT(document.digest));
}

enum fail document_read(struct str text, struct document *out)
{
	struct document document = { .content = STR("") };

	if (text.len != 17 + DOCUMENT_DIGEST_CHARS || text.at[16] != ':')
		return FAIL_SYNTAX;
	TRY(str_hex_to_u64(str_slice(text, 0, 16), &document.id));
	document.digest = str_slice(text, 17, text.len);
	*out = document;
	return OK;
}

static const char NOT_UTF8[] = "The text is not valid UTF-8.";
static const char CONTROL[] = "The text contains control characters.";
static const char TOO_LONG[] = "The text is too long.";
static const char NO_NUMBER[] = "Write a whole number.";
static const char NO_WORD[] = "Choose one of the listed values.";
static const char NO_TIME[] = "Write the time as 2026-11-23T08:30:00.000Z.";
static const char NO_ENTRY[] = "Write an entry number.";
static const char NO_PERSON[] = "Write the person's 16 hexadecimal digits as the lists show them.";
static const char NO_BOOL[] = "Write true or false.";
static const char NO_DOCUMENT[] = "The reference to a document is malformed.";
static const char TOO_MANY[] = "The list is too long.";

static enum fail texts_set(struct arena *arena, struct str text, struct texts *out, const char **why)
{
	struct texts texts = { .at = arena_array(arena, struct str, TEXTS_MAX) };
	struct str part;
	char *copy = str_c(arena, text);

	for (size_t i = 0; i < text.len; i++)
		if (copy[i] == ';')
			copy[i] = ',';
	text = str_bytes(copy, text.len);
	while (str_cut(&text, ',', &part)) {
		part = str_trim(part);
		if (part.len == 0)
			continue;
		if (texts.count == TEXTS_MAX) {
			*why = TOO_MANY;
			return FAIL_TOO_LARGE;
		}
		texts.at[texts.count++] = part;
	}
	*out = texts;
	return OK;
}

/* Text stands in lists, letters and log entries: one line, unless it is an explanation in words. */
static bool has_controls(const struct field_spec *field, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool breaks = c == '\n' || c == '\r' || c == '\t';
		if (c == 0x7f || (c < 0x20 && !(breaks && field->max_bytes >= LONG_TEXT_BYTES)))
			return true;
	}
	return false;
}

static enum fail bool_set(struct str text, bool *out)
{
	static const struct { const char *text; bool value; } forms[] = {
		{ "true", true }, { "yes", true }, { "1", true }, { "on", true }, { "是", true },
		{ "false", false }, { "no", false }, { "0", false }, { "off", false }, { "否", false },
	};

	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (str_is(text, forms[i].text)) {
			*out = forms[i].value;
			return OK;
		}
	return FAIL_SYNTAX;
}

/* Stores count in signed numbers; no log will ever hold that many entries. */
static enum fail entry_set(struct str text, uint64_t *out)
{
	uint64_t n;

	TRY(str_to_u64(text, &n));
	if (n > INT64_MAX)
		return FAIL_SYNTAX;
	*out = n;
	return OK;
}

/* Codes for machines, the Chinese term for people who fill in sheets. */
static enum fail word_set(const struct word_list *list, struct str text, int *out)
{
	if (word_find(list, text, out) == OK)
		return OK;
	for (int value = 1; value < list->end; value++)
		if (str_is(text, list->words[value].zh)) {
			*out = value;
			return OK;
		}
	return FAIL_SYNTAX;
}

/* Until when something holds may lie years ahead, and so may a calendar's days; every other date of a
 * command is one that has come or comes within the year (DOMAIN 5). */
static bool is_far(const struct field_spec *field)
{
	return str_is(field->name, "valid_to") || str_is(field->name, "effective") || str_is(field->name, "day");
}

static enum fail date_set(const struct field_spec *field, struct str text, struct date today, struct date *out,
                          const char **why)
{
	if (date_is_none(today))
		return date_parse_iso(text, out);
	return date_parse_input(text, is_far(field) ? date_add(today, FAR_DAYS) : today, out, why);
}

enum fail record_set(struct arena *arena, const struct field_spec *field, struct str text,
                     struct date today, void *record, const char **why_out)
{
	void *member = member_of(field, record);

	*why_out = "";
	if (text.len > field->max_bytes) {
		*why_out = TOO_LONG;
		return FAIL_TOO_LARGE;
	}
	if (!str_is_utf8(text)) {
		*why_out = NOT_UTF8;
		return FAIL_SYNTAX;
	}
	if (text.len == 0) {
		member_blank(field, member);
		return OK;
	}
	switch (field->kind) {
	case FIELD_TEXT:
		*why_out = CONTROL;
		if (!date_is_none(today) && has_controls(field, text)) /* the log's own text was taken once */
			return FAIL_SYNTAX;
		*(struct str *)member = text;
		return OK;
	case FIELD_SECRET:
		*(struct str *)member = text;
		return OK;
	case FIELD_INT:
		*why_out = NO_NUMBER;
		return str_to_i64(text, member);
	case FIELD_BOOL:
		*why_out = NO_BOOL;
		return bool_set(text, member);
	case FIELD_DATE:
		return date_set(field, text, today, member, why_out);
	case FIELD_TIME:
		*why_out = NO_TIME;
		return time_parse_utc(text, member);
	case FIELD_WORD:
		*why_out = NO_WORD;
		return word_set(field->words, text, member);
	case FIELD_TEXTS:
		return texts_set(arena, text, member, why_out);
	case FIELD_ENTRY:
		*why_out = NO_ENTRY;
		return entry_set(text, member);
	case FIELD_PERSON:
		*why_out = NO_PERSON;
		return str_hex_to_u64(text, member);
	case FIELD_DOCUMENT:
		*why_out = NO_DOCUMENT;
		return document_read(text, member);
	}
	return FAIL_SYNTAX;
}

static struct str texts_get(struct arena *arena, struct texts texts)
{
	struct buf out = buf_on(arena);

	for (size_t i = 0; i < texts.count; i++) {
		if (i)
			buf_byte(&out, ',');
		buf_add(&out, texts.at[i]);
	}
	return buf_str(&out);
}

struct str record_get(struct arena *arena, const struct field_spec *field, const void *record)
{
	const void *member = member_in(field, record);

	if (!record_has(field, record))
		return field->kind == FIELD_BOOL ? STR("false") : STR("");
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_SECRET:
		return *(const struct str *)member;
	case FIELD_INT:
		return str_i64(arena, *(const int64_t *)member);
	case FIELD_BOOL:
		return STR("true");
	case FIELD_DATE:
		return str_copy(arena, str_from(date_iso(*(const struct date *)member).text));
	case FIELD_TIME:
		return str_copy(arena, str_from(time_utc(*(const int64_t *)member).text));
	case FIELD_WORD:
		return word_code(field->words, *(const int *)member);
	case FIELD_TEXTS:
		return texts_get(arena, *(const struct texts *)member);
	case FIELD_ENTRY:
		return str_u64(arena, *(const uint64_t *)member);
	case FIELD_PERSON:
		return str_hex16(arena, *(const uint64_t *)member);
	case FIELD_DOCUMENT:
		return document_text(arena, *(const struct document *)member);
	}
	return STR("");
}

static void member_to_json(struct arena *arena, struct json_out *out, const struct field_spec *field,
                           const void *record)
{
	const void *member = member_in(field, record);

	switch (field->kind) {
	case FIELD_INT:
		json_put_i64(out, *(const int64_t *)member);
		return;
	case FIELD_BOOL:
		json_put_bool(out, true);
		return;
	case FIELD_ENTRY:
		json_put_u64(out, *(const uint64_t *)member);
		return;
	case FIELD_TEXTS:
		json_put_array(out);
		for (size_t i = 0; i < ((const struct texts *)member)->count; i++)
			json_put_str(out, ((const struct texts *)member)->at[i]);
		json_put_array_end(out);
		return;
	case FIELD_TEXT:
	case FIELD_SECRET:
	case FIELD_DATE:
	case FIELD_TIME:
	case FIELD_WORD:
	case FIELD_PERSON:
	case FIELD_DOCUMENT:
		json_put_str(out, record_get(arena, field, record));
		return;
	}
}

void record_to_json(struct arena *arena, struct json_out *out, const struct record_spec *spec,
                    const void *record)
{
	for (size_t i = 0; i < spec->count; i++) {
		const struct field_spec *field = &spec->fields[i];
		if (field->kind == FIELD_SECRET || !record_has(field, record))
			continue;
		json_put_key(out, field->name);
		member_to_json(arena, out, field, record);
	}
}

static enum fail member_from_json(struct arena *arena, const struct field_spec *field,
                                  const struct json *value, void *record)
{
	void *member = member_of(field, record);
	const char *why;

	switch (field->kind) {
	case FIELD_INT:
		*(int64_t *)member = value->n;
		return value->kind == JSON_IS_INT ? OK : FAIL_SYNTAX;
	case FIELD_BOOL:
		*(bool *)member = value->boolean;
		return value->kind == JSON_IS_BOOL ? OK : FAIL_SYNTAX;
	case FIELD_ENTRY:
		*(uint64_t *)member = (uint64_t)value->n;
		return value->kind == JSON_IS_INT && value->n > 0 ? OK : FAIL_SYNTAX;
	case FIELD_TEXTS: {
		struct texts texts = { value->count, arena_array(arena, struct str, value->count) };
		if (value->kind != JSON_IS_ARRAY)
			return FAIL_SYNTAX;
		for (size_t i = 0; i < texts.count; i++) {
			if (value->items[i].kind != JSON_IS_STR)
				return FAIL_SYNTAX;
			texts.at[i] = value->items[i].text;
		}
		*(struct texts *)member = texts;
		return OK;
	}
	case FIELD_DATE:
		return value->kind == JSON_IS_STR ? date_parse_iso(value->text, member) : FAIL_SYNTAX;
	case FIELD_SECRET:
		return FAIL_SYNTAX;
	case FIELD_TEXT:
	case FIELD_TIME:
	case FIELD_WORD:
	case FIELD_PERSON:
	case FIELD_DOCUMENT:
		break;
	}
	if (value->kind != JSON_IS_STR || value->text.len == 0)
		return FAIL_SYNTAX;
	return record_set(arena, field, value->text, DATE_NONE, record, &why);
}

enum fail record_from_json(struct arena *arena, const struct record_spec *spec,
                           const struct json *object, size_t skip, void *record)
{
	record_blank(spec, record);
	for (size_t i = skip; i < object->count; i++) {
		const struct field_spec *field = record_field(spec, object->keys[i]);
		if (!field)
			return FAIL_SYNTAX;
		TRY(member_from_json(arena, field, &object->items[i], record));
	}
	for (size_t i = 0; i < spec->count; i++)
		if (spec->fields[i].required && !record_has(&spec->fields[i], record))
			return FAIL_SYNTAX;
	return OK;
}
