/* Bytes that grow: on a request's arena, or in a buffer of the process. */
#ifndef YOUJU_BASE_BUF_H
#define YOUJU_BASE_BUF_H

#include "base/str.h"

struct buf {
	struct arena *arena; /* NULL: belongs to the process, end with buf_close */
	char *at;
	size_t len, cap;
};

struct buf buf_on(struct arena *arena);
struct buf buf_open(void); /* process lifetime; keeps its capacity over buf_empty */
void buf_close(struct buf *buf);
void buf_empty(struct buf *buf);

void buf_add(struct buf *buf, struct str text);
void buf_bytes(struct buf *buf, const void *at, size_t len);
void buf_byte(struct buf *buf, uint8_t byte);
void buf_u16be(struct buf *buf, uint16_t n);
void buf_u32be(struct buf *buf, uint32_t n);
void buf_u64be(struct buf *buf, uint64_t n);
void buf_u64(struct buf *buf, uint64_t n); /* decimal */
void buf_i64(struct buf *buf, int64_t n);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
char *buf_room(struct buf *buf, size_t len); /* reserves and counts len zeroed bytes; returns their start */
struct str buf_str(const struct buf *buf); /* a view; valid until the next change */

/* Reading outside bytes: each takes from the front of rest, FAIL_SYNTAX when it is too short. */
MUST_CHECK enum fail take_u8(struct str *rest, uint8_t *out);
MUST_CHECK enum fail take_u16be(struct str *rest, uint16_t *out);
MUST_CHECK enum fail take_u32be(struct str *rest, uint32_t *out);
MUST_CHECK enum fail take_u64be(struct str *rest, uint64_t *out);
MUST_CHECK enum fail take_bytes(struct str *rest, size_t len, struct str *out);

#endif
