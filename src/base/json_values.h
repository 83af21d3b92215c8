/* A JSON value as bytes, for processes of ours: what the writer of base/json.h said, without quotes, escapes and
 * commas to be looked for. Big-endian: u8 kind (enum json_kind), then of a boolean u8, of an integer u64, of a
 * string u32 length and bytes, of an array u32 count and values, of an object u32 count and for each member
 * u32 length, name and value; of null nothing. */
#ifndef YOUJU_BASE_JSON_VALUES_H
#define YOUJU_BASE_JSON_VALUES_H

#include "base/json.h"

enum { JSON_VALUES_DEPTH_MAX = 8 }; /* what a writer of ours nests; readers take as much as of text */

/* Where json_to_both writes; the lists that are open get their counts when they end. */
struct json_values {
	struct buf *buf;
	struct { size_t at; uint32_t count; bool is_object; } open[JSON_VALUES_DEPTH_MAX];
	size_t depth;
};

/* Text and values of the same calls. No json_put_raw. */
struct json_out json_to_both(struct buf *text, struct json_values *values);

/* The writer's side; a NULL takes nothing. */
void values_open(struct json_values *values, enum json_kind kind);
void values_end(struct json_values *values);
void values_key(struct json_values *values, struct str key);
void values_str(struct json_values *values, struct str text);
void values_int(struct json_values *values, int64_t n);
void values_bool(struct json_values *values, bool value);
void values_null(struct json_values *values);

/* Texts are views of bytes. FAIL_SYNTAX for anything but one whole value; names may come twice, because only we write. */
MUST_CHECK enum fail json_values_read(struct arena *arena, struct str bytes, struct json *out);

#endif
