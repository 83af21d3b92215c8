#include "base/str.h"

#include <endian.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct str str_from(const char *text)
{
	return text ? (struct str){ text, strlen(text) } : STR("");
}

struct str str_bytes(const void *at, size_t len)
{
	return len ? (struct str){ at, len } : STR("");
}

bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

bool str_is(struct str a, const char *text)
{
	return str_eq(a, str_from(text));
}

int str_compare(struct str a, struct str b)
{
	int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str text, struct str prefix)
{
	return text.len >= prefix.len && memcmp(text.at, prefix.at, prefix.len) == 0;
}

bool str_ends(struct str text, struct str suffix)
{
	return text.len >= suffix.len &&
	       memcmp(text.at + text.len - suffix.len, suffix.at, suffix.len) == 0;
}

bool str_find(struct str text, struct str part, size_t *at_out)
{
	const char *found = memmem(text.at, text.len, part.at, part.len);

	if (!found)
		return false;
	*at_out = (size_t)(found - text.at);
	return true;
}

struct str str_slice(struct str text, size_t from, size_t len)
{
	if (from > text.len)
		from = text.len;
	if (len > text.len - from)
		len = text.len - from;
	return str_bytes(text.at + from, len);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str text)
{
	while (text.len && is_blank(text.at[text.len - 1]))
		text.len--;
	while (text.len && is_blank(text.at[0])) {
		text.at++;
		text.len--;
	}
	return str_bytes(text.at, text.len);
}

bool str_cut(struct str *rest, char separator, struct str *out)
{
	if (!rest->at)
		return false;
	const char *found = rest->len ? memchr(rest->at, separator, rest->len) : NULL;
	if (!found) {
		*out = str_bytes(rest->at, rest->len);
		*rest = (struct str){ NULL, 0 };
		return true;
	}
	size_t len = (size_t)(found - rest->at);
	*out = str_bytes(rest->at, len);
	*rest = (struct str){ found + 1, rest->len - len - 1 };
	return true;
}

struct str str_copy(struct arena *arena, struct str text)
{
	return (struct str){ str_c(arena, text), text.len };
}

char *str_c(struct arena *arena, struct str text)
{
	char *copy = arena_bytes(arena, text.len + 1);

	memcpy(copy, text.at, text.len);
	return copy;
}

struct str str_printf(struct arena *arena, const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	assert(len >= 0);
	char *text = arena_bytes(arena, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return (struct str){ text, (size_t)len };
}

/* By hand, because most numbers of an entry and a reply pass here and formatting costs ten times as much. */
struct str decimal_digits(uint64_t n, bool negative, char room[DECIMAL_CHARS])
{
	size_t at = DECIMAL_CHARS;

	do {
		room[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	if (negative)
		room[--at] = '-';
	return str_bytes(room + at, DECIMAL_CHARS - at);
}

struct str str_u64(struct arena *arena, uint64_t n)
{
	char room[DECIMAL_CHARS];

	return str_copy(arena, decimal_digits(n, false, room));
}

struct str str_i64(struct arena *arena, int64_t n)
{
	char room[DECIMAL_CHARS];

	return str_copy(arena, decimal_digits(n < 0 ? 0 - (uint64_t)n : (uint64_t)n, n < 0, room));
}

struct str str_hex16(struct arena *arena, uint64_t n)
{
	char digits[16];

	for (size_t i = sizeof digits; i-- > 0; n >>= 4)
		digits[i] = "0123456789abcdef"[n & 15];
	return str_copy(arena, str_bytes(digits, sizeof digits));
}

/* Eight bytes at a time. tools/po_compile.py does the same with seed 0. */
uint64_t hash_quick(uint64_t seed, const void *bytes, size_t len)
{
	const char *at = bytes;
	uint64_t hash = seed + len, word;

	for (size_t i = 0; i < len; i += sizeof word) {
		word = 0;
		memcpy(&word, at + i, len - i < sizeof word ? len - i : sizeof word);
		hash = (hash ^ le64toh(word)) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	return hash;
}

struct str str_upper_ascii(struct arena *arena, struct str text)
{
	char *copy = str_c(arena, text);

	for (size_t i = 0; i < text.len; i++)
		if (copy[i] >= 'a' && copy[i] <= 'z')
			copy[i] = (char)(copy[i] - 'a' + 'A');
	return (struct str){ copy, text.len };
}

enum fail str_to_u64(struct str text, uint64_t *out)
{
	uint64_t n = 0;

	if (text.len == 0 || text.len > 20 || (text.len > 1 && text.at[0] == '0'))
		return FAIL_SYNTAX;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return FAIL_SYNTAX;
		uint64_t digit = (uint64_t)(text.at[i] - '0');
		if (n > (UINT64_MAX - digit) / 10)
			return FAIL_SYNTAX;
		n = n * 10 + digit;
	}
	*out = n;
	return OK;
}

enum fail str_to_i64(struct str text, int64_t *out)
{
	bool minus = text.len > 1 && text.at[0] == '-';
	uint64_t n;

	TRY(str_to_u64(minus ? str_slice(text, 1, text.len) : text, &n));
	if (n > (uint64_t)INT64_MAX)
		return FAIL_SYNTAX;
	*out = minus ? -(int64_t)n : (int64_t)n;
	return OK;
}

enum fail str_hex_to_u64(struct str text, uint64_t *out)
{
	uint64_t n = 0;

	if (text.len != 16)
		return FAIL_SYNTAX;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c >= '0' && c <= '9')
			n = n << 4 | (uint64_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			n = n << 4 | (uint64_t)(c - 'a' + 10);
		else
			return FAIL_SYNTAX;
	}
	*out = n;
	return OK;
}

/* RFC 3629: length of the sequence that starts here, 0 when it is malformed. */
static size_t utf8_len(const unsigned char *at, size_t left)
{
	unsigned char c = at[0];
	size_t len = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;

	if (c == 0 || len == 0 || len > left)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	if ((c == 0xe0 && at[1] < 0xa0) || (c == 0xed && at[1] > 0x9f) ||
	    (c == 0xf0 && at[1] < 0x90) || (c == 0xf4 && at[1] > 0x8f))
		return 0;
	return len;
}

bool str_is_utf8(struct str text)
{
	for (size_t i = 0; i < text.len;) {
		size_t len = utf8_len((const unsigned char *)text.at + i, text.len - i);
		if (len == 0)
			return false;
		i += len;
	}
	return true;
}

struct str str_utf8_head(struct str text, size_t max_bytes)
{
	size_t len = text.len < max_bytes ? text.len : max_bytes;

	while (len < text.len && len > 0 && ((unsigned char)text.at[len] & 0xc0) == 0x80)
		len--;
	return str_bytes(text.at, len);
}

size_t str_codepoints(struct str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
	return count;
}
