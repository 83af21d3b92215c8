/* Text and bytes as a view that owns nothing. An empty one points at "", never at NULL. */
#ifndef YOUJU_BASE_STR_H
#define YOUJU_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fail.h"

struct str {
	const char *at;
	size_t len;
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal) { "" literal, sizeof(literal) - 1 } /* for static tables */
#define N_(text) text /* marks a text for people: English here, translated in po/ */
#define STR_FMT(text) (int)(text).len, (text).at /* for %.*s */

struct str str_from(const char *text); /* NULL becomes "" */
struct str str_bytes(const void *at, size_t len);
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *text);
int str_compare(struct str a, struct str b); /* by bytes */
bool str_starts(struct str text, struct str prefix);
bool str_ends(struct str text, struct str suffix);
bool str_find(struct str text, struct str part, size_t *at_out);
struct str str_slice(struct str text, size_t from, size_t len); /* clamped */
struct str str_trim(struct str text);                           /* ASCII blanks at both ends */

/* Takes what stands before the separator (or everything) off rest; false when rest was empty and
 * spent. "a,,b" gives "a", "", "b". */
bool str_cut(struct str *rest, char separator, struct str *out);

struct str str_copy(struct arena *arena, struct str text);
char *str_c(struct arena *arena, struct str text); /* NUL-terminated copy */
struct str str_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
enum { DECIMAL_CHARS = 20 }; /* of the longest, also with its sign */
struct str decimal_digits(uint64_t n, bool negative, char room[DECIMAL_CHARS]); /* a view of room */
struct str str_u64(struct arena *arena, uint64_t n); /* decimal */
struct str str_i64(struct arena *arena, int64_t n);
struct str str_hex16(struct arena *arena, uint64_t n); /* 16 lower-case digits */
/* Whoever chooses keys can make them collide: for tables in memory that bound what this costs. */
uint64_t hash_quick(uint64_t seed, const void *bytes, size_t len);
struct str str_upper_ascii(struct arena *arena, struct str text);

/* Decimal, whole text, no sign for u64, no leading zeros except "0". FAIL_SYNTAX otherwise. */
MUST_CHECK enum fail str_to_u64(struct str text, uint64_t *out);
MUST_CHECK enum fail str_to_i64(struct str text, int64_t *out);
MUST_CHECK enum fail str_hex_to_u64(struct str text, uint64_t *out); /* exactly 16 lower-case digits */

/* Well-formed UTF-8 without surrogates, overlong forms or NUL. */
bool str_is_utf8(struct str text);
struct str str_utf8_head(struct str text, size_t max_bytes); /* whole characters only; of well-formed text */
size_t str_codepoints(struct str text); /* of well-formed text */

#endif
