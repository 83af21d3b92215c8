/* Reading JSON: strict, and only what we write ourselves (no fractions, little depth). A question is read
 * several times between browser and log, and a general library took 15 us for each kilobyte. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

enum { DEPTH_MAX = 32, FEW_KEYS = 16 };

struct member {
	struct str key; /* empty in an array */
	struct json value;
};

struct reader {
	struct arena *arena;
	const char *at, *end;
	struct buf open; /* members of what is not closed yet, innermost last */
	bool not_ours;   /* JSON, but of a kind that we never write */
};

static enum fail value_read(struct reader *reader, unsigned depth, struct json *out);

static bool next_is(struct reader *reader, char c)
{
	if (reader->at == reader->end || *reader->at != c)
		return false;
	reader->at++;
	return true;
}

static void space_skip(struct reader *reader)
{
	while (reader->at < reader->end &&
	       (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t'))
		reader->at++;
}

/* --- strings --- */

static bool hex4_read(struct reader *reader, uint32_t *out)
{
	uint32_t n = 0;

	if (reader->end - reader->at < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		char c = *reader->at++;
		if (c >= '0' && c <= '9')
			n = n << 4 | (uint32_t)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			n = n << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
		else
			return false;
	}
	*out = n;
	return true;
}

static char *utf8_put(char *to, uint32_t n)
{
	unsigned more = n < 0x80 ? 0 : n < 0x800 ? 1 : n < 0x10000 ? 2 : 3;
	static const uint8_t leads[] = { 0, 0xc0, 0xe0, 0xf0 };

	*to++ = (char)(uint8_t)(leads[more] | n >> 6 * more);
	while (more-- > 0)
		*to++ = (char)(uint8_t)(0x80 | (n >> 6 * more & 0x3f));
	return to;
}

/* RFC 8259 section 7: characters beyond U+FFFF are two surrogates; one alone is no character. */
static bool unicode_read(struct reader *reader, char **to)
{
	uint32_t n, low;

	if (!hex4_read(reader, &n) || n == 0 || (n >= 0xdc00 && n <= 0xdfff))
		return false;
	if (n >= 0xd800 && n <= 0xdbff) {
		if (!next_is(reader, '\\') || !next_is(reader, 'u') || !hex4_read(reader, &low) ||
		    low < 0xdc00 || low > 0xdfff)
			return false;
		n = 0x10000 + ((n - 0xd800) << 10) + (low - 0xdc00);
	}
	*to = utf8_put(*to, n);
	return true;
}

static bool escape_read(struct reader *reader, char **to)
{
	static const char names[] = "\"\"\\\\//b\bf\fn\nr\rt\t";

	if (reader->at == reader->end)
		return false;
	char c = *reader->at++;
	if (c == 'u')
		return unicode_read(reader, to);
	for (size_t i = 0; i + 1 < sizeof names; i += 2) {
		if (names[i] != c)
			continue;
		*(*to)++ = names[i + 1];
		return true;
	}
	return false;
}

static const char *plain_end(const struct reader *reader)
{
	const char *at = reader->at;

	while (at < reader->end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
		at++;
	return at;
}

/* Behind the opening quote. What is decoded is never longer than what is written. */
static enum fail string_read(struct reader *reader, struct str *out)
{
	const char *stop = plain_end(reader);
	char *begin, *to;

	if (stop < reader->end && *stop == '"') {
		*out = str_copy(reader->arena, str_bytes(reader->at, (size_t)(stop - reader->at)));
		reader->at = stop + 1;
		return OK;
	}
	const char *close = stop;
	while (close < reader->end && *close != '"')
		close += *close == '\\' && close + 1 < reader->end ? 2 : 1;
	begin = to = arena_bytes(reader->arena, (size_t)(close - reader->at) + 1);
	while (!next_is(reader, '"')) {
		stop = plain_end(reader);
		memcpy(to, reader->at, (size_t)(stop - reader->at));
		to += stop - reader->at;
		reader->at = stop;
		if (next_is(reader, '\\') ? !escape_read(reader, &to) : stop == reader->end || *stop != '"')
			return FAIL_SYNTAX;
	}
	*out = str_bytes(begin, (size_t)(to - begin));
	return OK;
}

/* --- numbers and words --- */

static enum fail number_read(struct reader *reader, struct json *out)
{
	bool minus = next_is(reader, '-');
	const char *begin = reader->at;
	uint64_t n = 0, most = (uint64_t)INT64_MAX + minus;

	for (; reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9'; reader->at++) {
		uint64_t digit = (uint64_t)(*reader->at - '0');
		if (n > (most - digit) / 10)
			return FAIL_SYNTAX;
		n = n * 10 + digit;
	}
	if (reader->at == begin || (*begin == '0' && reader->at - begin > 1))
		return FAIL_SYNTAX;
	reader->not_ours = reader->at < reader->end && strchr(".eE", *reader->at) && *reader->at;
	out->kind = JSON_IS_INT;
	out->n = minus ? (int64_t)(0 - n) : (int64_t)n;
	return reader->not_ours ? FAIL_SYNTAX : OK;
}

static enum fail word_read(struct reader *reader, struct str word)
{
	if (!str_starts(str_bytes(reader->at, (size_t)(reader->end - reader->at)), word))
		return FAIL_SYNTAX;
	reader->at += word.len;
	return OK;
}

/* --- arrays and objects --- */

static int key_order(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static bool has_twice(struct reader *reader, const struct str *keys, size_t count)
{
	if (count <= FEW_KEYS) {
		for (size_t i = 1; i < count; i++)
			for (size_t k = 0; k < i; k++)
				if (str_eq(keys[i], keys[k]))
					return true;
		return false;
	}
	struct str *sorted = arena_array(reader->arena, struct str, count);
	memcpy(sorted, keys, count * sizeof *keys);
	qsort(sorted, count, sizeof *sorted, key_order);
	for (size_t i = 1; i < count; i++)
		if (str_eq(sorted[i - 1], sorted[i]))
			return true;
	return false;
}

/* Takes the members from `first` on into a value of their own. */
static enum fail members_close(struct reader *reader, size_t first, bool object, struct json *out)
{
	const struct member *members = (const void *)(reader->open.at + first);

	out->kind = object ? JSON_IS_OBJECT : JSON_IS_ARRAY;
	out->count = (reader->open.len - first) / sizeof *members;
	out->items = arena_array(reader->arena, struct json, out->count);
	if (object)
		out->keys = arena_array(reader->arena, struct str, out->count);
	for (size_t i = 0; i < out->count; i++) {
		out->items[i] = members[i].value;
		if (object)
			out->keys[i] = members[i].key;
	}
	reader->open.len = first;
	return object && has_twice(reader, out->keys, out->count) ? FAIL_SYNTAX : OK;
}

static enum fail member_read(struct reader *reader, unsigned depth, bool object)
{
	struct member member = { .key = STR("") };

	space_skip(reader);
	if (object) {
		if (!next_is(reader, '"'))
			return FAIL_SYNTAX;
		TRY(string_read(reader, &member.key));
		space_skip(reader);
		if (!next_is(reader, ':'))
			return FAIL_SYNTAX;
	}
	TRY(value_read(reader, depth + 1, &member.value));
	buf_bytes(&reader->open, &member, sizeof member);
	space_skip(reader);
	return OK;
}

static enum fail members_read(struct reader *reader, unsigned depth, bool object, struct json *out)
{
	char close = object ? '}' : ']';
	size_t first = reader->open.len;

	space_skip(reader);
	if (next_is(reader, close))
		return members_close(reader, first, object, out);
	do
		TRY(member_read(reader, depth, object));
	while (next_is(reader, ','));
	return next_is(reader, close) ? members_close(reader, first, object, out) : FAIL_SYNTAX;
}

static enum fail value_read(struct reader *reader, unsigned depth, struct json *out)
{
	*out = (struct json){ .text = STR("") };
	reader->not_ours = depth > DEPTH_MAX;
	if (reader->not_ours)
		return FAIL_TOO_LARGE;
	space_skip(reader);
	if (next_is(reader, '{'))
		return members_read(reader, depth, true, out);
	if (next_is(reader, '['))
		return members_read(reader, depth, false, out);
	if (next_is(reader, '"')) {
		out->kind = JSON_IS_STR;
		return string_read(reader, &out->text);
	}
	if (reader->at == reader->end)
		return FAIL_SYNTAX;
	if (*reader->at == 'n')
		return word_read(reader, STR("null"));
	out->kind = JSON_IS_BOOL;
	out->boolean = *reader->at == 't';
	if (*reader->at == 't' || *reader->at == 'f')
		return word_read(reader, out->boolean ? STR("true") : STR("false"));
	return number_read(reader, out);
}

enum fail json_read_where(struct arena *arena, struct str text, struct json *out, size_t *byte_out)
{
	struct reader reader = { .arena = arena, .at = text.at, .end = text.at + text.len, .open = buf_open() };
	struct json found = { .text = STR("") };
	enum fail fail = str_is_utf8(text) ? value_read(&reader, 0, &found) : FAIL_SYNTAX;

	space_skip(&reader);
	if (fail == OK && reader.at < reader.end)
		fail = FAIL_SYNTAX;
	if (reader.open.cap)
		explicit_bzero(reader.open.at, reader.open.cap);
	buf_close(&reader.open);
	*byte_out = fail == OK || reader.not_ours ? 0 : (size_t)(reader.at - text.at);
	if (fail == OK)
		*out = found;
	return fail;
}

enum fail json_read(struct arena *arena, struct str text, struct json *out)
{
	size_t byte;

	return json_read_where(arena, text, out, &byte);
}
