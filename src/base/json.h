/* JSON: a canonical writer of our own (the log needs it) and a strict reader over jansson. */
#ifndef YOUJU_BASE_JSON_H
#define YOUJU_BASE_JSON_H

#include "base/buf.h"

/* Writer. Members come in the order of the calls, no spaces, integers only. Strings escape only
 * what RFC 8259 demands: quote, backslash and control characters below U+0020, as \" \\ \b \f \n
 * \r \t or \u00xx (lower case). */
struct json_out {
	struct buf *buf;
	bool comma;
	struct json_values *values; /* NULL, or where the same is said as bytes (base/json_values.h) */
};

struct json_out json_to(struct buf *buf);
void json_put_object(struct json_out *out);
void json_put_object_end(struct json_out *out);
void json_put_array(struct json_out *out);
void json_put_array_end(struct json_out *out);
void json_put_key(struct json_out *out, struct str key);
void json_put_str(struct json_out *out, struct str text);
void json_put_i64(struct json_out *out, int64_t n);
void json_put_u64(struct json_out *out, uint64_t n);
void json_put_bool(struct json_out *out, bool value);
void json_put_null(struct json_out *out);
void json_put_raw(struct json_out *out, struct str value); /* a value that is JSON already */

/* Reader. Refuses duplicate keys, reals, NUL, bad UTF-8, trailing bytes and depth over 32. */
enum json_kind {
	JSON_IS_NULL,
	JSON_IS_BOOL,
	JSON_IS_INT,
	JSON_IS_STR,
	JSON_IS_ARRAY,
	JSON_IS_OBJECT
};

struct json {
	enum json_kind kind;
	bool boolean;
	int64_t n;
	struct str text;
	size_t count;        /* elements or members */
	struct json *items;  /* elements, or the members' values */
	struct str *keys;    /* the members' names, in the order read */
};

MUST_CHECK enum fail json_read(struct arena *arena, struct str text, struct json *out);
/* byte_out: where reading stopped when the text is no JSON; 0 when it is none of ours (fractions, depth). */
MUST_CHECK enum fail json_read_where(struct arena *arena, struct str text, struct json *out, size_t *byte_out);
const struct json *json_member(const struct json *object, struct str key); /* NULL when absent */
struct str json_text(const struct json *object, struct str key);           /* "" when absent or no string */

#endif
