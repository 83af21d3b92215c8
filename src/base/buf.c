#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAP = 256 };

struct buf buf_on(struct arena *arena)
{
	return (struct buf){ .arena = arena };
}

struct buf buf_open(void)
{
	return (struct buf){ 0 };
}

void buf_close(struct buf *buf)
{
	if (!buf->arena)
		process_free(buf->at);
	*buf = (struct buf){ 0 };
}

void buf_empty(struct buf *buf)
{
	buf->len = 0;
}

static void buf_grow(struct buf *buf, size_t more)
{
	assert(more <= SIZE_MAX / 4 - buf->cap);
	size_t cap = buf->cap ? buf->cap * 2 : FIRST_CAP;
	while (cap < buf->len + more)
		cap *= 2;
	if (buf->arena) {
		char *at = arena_bytes(buf->arena, cap);
		if (buf->len)
			memcpy(at, buf->at, buf->len);
		buf->at = at;
	} else {
		buf->at = process_grow(buf->at, buf->cap, cap);
	}
	buf->cap = cap;
}

static inline void buf_reserve(struct buf *buf, size_t more)
{
	if (!buf->at || buf->cap - buf->len < more)
		buf_grow(buf, more);
}

char *buf_room(struct buf *buf, size_t len)
{
	buf_reserve(buf, len);
	char *room = buf->at + buf->len;
	if (len)
		memset(room, 0, len);
	buf->len += len;
	return room;
}

void buf_bytes(struct buf *buf, const void *at, size_t len)
{
	buf_reserve(buf, len);
	if (len)
		memcpy(buf->at + buf->len, at, len);
	buf->len += len;
}

void buf_add(struct buf *buf, struct str text)
{
	buf_bytes(buf, text.at, text.len);
}

void buf_byte(struct buf *buf, uint8_t byte)
{
	buf_reserve(buf, 1);
	buf->at[buf->len++] = (char)byte;
}

static void buf_be(struct buf *buf, uint64_t n, unsigned bytes)
{
	for (unsigned i = bytes; i-- > 0;)
		buf_byte(buf, (uint8_t)(n >> (8 * i)));
}

void buf_u16be(struct buf *buf, uint16_t n)
{
	buf_be(buf, n, 2);
}

void buf_u32be(struct buf *buf, uint32_t n)
{
	buf_be(buf, n, 4);
}

void buf_u64be(struct buf *buf, uint64_t n)
{
	buf_be(buf, n, 8);
}

void buf_u64(struct buf *buf, uint64_t n)
{
	char room[DECIMAL_CHARS];

	buf_add(buf, decimal_digits(n, false, room));
}

void buf_i64(struct buf *buf, int64_t n)
{
	char room[DECIMAL_CHARS];

	buf_add(buf, decimal_digits(n < 0 ? 0 - (uint64_t)n : (uint64_t)n, n < 0, room));
}

/* Most texts fit into what is left: then they are formatted once. */
void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args, again;

	buf_reserve(buf, 1);
	size_t left = buf->cap - buf->len;
	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(buf->at + buf->len, left, format, args);
	va_end(args);
	assert(len >= 0);
	if ((size_t)len >= left) {
		buf_reserve(buf, (size_t)len + 1);
		vsnprintf(buf->at + buf->len, (size_t)len + 1, format, again);
	}
	va_end(again);
	buf->len += (size_t)len;
}

struct str buf_str(const struct buf *buf)
{
	return str_bytes(buf->at, buf->len);
}

enum fail take_bytes(struct str *rest, size_t len, struct str *out)
{
	if (rest->len < len)
		return FAIL_SYNTAX;
	*out = str_bytes(rest->at, len);
	*rest = str_bytes(rest->at + len, rest->len - len);
	return OK;
}

static enum fail take_be(struct str *rest, size_t bytes, uint64_t *out)
{
	struct str taken;
	uint64_t n = 0;

	TRY(take_bytes(rest, bytes, &taken));
	for (size_t i = 0; i < bytes; i++)
		n = n << 8 | (unsigned char)taken.at[i];
	*out = n;
	return OK;
}

enum fail take_u8(struct str *rest, uint8_t *out)
{
	uint64_t n;

	TRY(take_be(rest, 1, &n));
	*out = (uint8_t)n;
	return OK;
}

enum fail take_u16be(struct str *rest, uint16_t *out)
{
	uint64_t n;

	TRY(take_be(rest, 2, &n));
	*out = (uint16_t)n;
	return OK;
}

enum fail take_u32be(struct str *rest, uint32_t *out)
{
	uint64_t n;

	TRY(take_be(rest, 4, &n));
	*out = (uint32_t)n;
	return OK;
}

enum fail take_u64be(struct str *rest, uint64_t *out)
{
	return take_be(rest, 8, out);
}
