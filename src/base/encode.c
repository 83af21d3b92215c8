/* Base64 and hexadecimal, declared in base/crypto.h. Decoding accepts exactly what encoding
 * writes: two spellings of one value would let a log entry or a signature be varied unnoticed. */
#include <string.h>

#include "base/crypto.h"

static const char STANDARD[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char URL_SAFE[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void encode(struct buf *out, const uint8_t *at, size_t len, const char *digits, bool pad)
{
	for (size_t i = 0; i < len; i += 3) {
		size_t have = len - i < 3 ? len - i : 3;
		uint32_t group = (uint32_t)at[i] << 16;
		if (have > 1)
			group |= (uint32_t)at[i + 1] << 8;
		if (have > 2)
			group |= at[i + 2];
		for (size_t k = 0; k < 4; k++) {
			if (k <= have)
				buf_byte(out, (uint8_t)digits[group >> (18 - 6 * k) & 63]);
			else if (pad)
				buf_byte(out, '=');
		}
	}
}

static int digit_value(const char *digits, char c)
{
	const char *found = c ? memchr(digits, c, 64) : NULL;

	return found ? (int)(found - digits) : -1;
}

static enum fail decode(struct arena *arena, struct str text, const char *digits, struct str *out)
{
	size_t tail = text.len % 4;
	uint8_t *at = arena_bytes(arena, text.len / 4 * 3 + 3);
	size_t len = 0;
	uint32_t group = 0;

	if (tail == 1)
		return FAIL_SYNTAX;
	for (size_t i = 0; i < text.len; i++) {
		int value = digit_value(digits, text.at[i]);
		if (value < 0)
			return FAIL_SYNTAX;
		group = group << 6 | (uint32_t)value;
		if (i % 4 == 3) {
			at[len++] = (uint8_t)(group >> 16);
			at[len++] = (uint8_t)(group >> 8);
			at[len++] = (uint8_t)group;
			group = 0;
		}
	}
	if ((tail == 2 && group & 0x0f) || (tail == 3 && group & 0x03))
		return FAIL_SYNTAX;
	if (tail == 2)
		at[len++] = (uint8_t)(group >> 4);
	if (tail == 3) {
		at[len++] = (uint8_t)(group >> 10);
		at[len++] = (uint8_t)(group >> 2);
	}
	*out = str_bytes(at, len);
	return OK;
}

void base64_add(struct buf *out, const void *at, size_t len)
{
	encode(out, at, len, STANDARD, true);
}

struct str base64_text(struct arena *arena, const void *at, size_t len)
{
	struct buf out = buf_on(arena);

	base64_add(&out, at, len);
	return buf_str(&out);
}

enum fail base64_read(struct arena *arena, struct str text, struct str *out)
{
	if (text.len % 4)
		return FAIL_SYNTAX;
	for (int i = 0; i < 2 && text.len && text.at[text.len - 1] == '='; i++)
		text.len--;
	return decode(arena, text, STANDARD, out);
}

void base64url_add(struct buf *out, const void *at, size_t len)
{
	encode(out, at, len, URL_SAFE, false);
}

struct str base64url_text(struct arena *arena, const void *at, size_t len)
{
	struct buf out = buf_on(arena);

	base64url_add(&out, at, len);
	return buf_str(&out);
}

enum fail base64url_read(struct arena *arena, struct str text, struct str *out)
{
	return decode(arena, text, URL_SAFE, out);
}

static const char HEX[] = "0123456789abcdef";

void hex_add(struct buf *out, const void *at, size_t len)
{
	const uint8_t *bytes = at;

	for (size_t i = 0; i < len; i++) {
		buf_byte(out, (uint8_t)HEX[bytes[i] >> 4]);
		buf_byte(out, (uint8_t)HEX[bytes[i] & 15]);
	}
}

struct str hex_text(struct arena *arena, const void *at, size_t len)
{
	struct buf out = buf_on(arena);

	hex_add(&out, at, len);
	return buf_str(&out);
}

enum fail hex_read(struct arena *arena, struct str text, struct str *out)
{
	uint8_t *at = arena_bytes(arena, text.len / 2 + 1);

	if (text.len % 2)
		return FAIL_SYNTAX;
	for (size_t i = 0; i < text.len; i++) {
		const char *found = text.at[i] ? memchr(HEX, text.at[i], 16) : NULL;
		if (!found)
			return FAIL_SYNTAX;
		at[i / 2] = (uint8_t)(at[i / 2] << 4 | (found - HEX));
	}
	*out = str_bytes(at, text.len / 2);
	return OK;
}
