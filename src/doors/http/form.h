/* Names and values out of a query string or a form body (application/x-www-form-urlencoded), and
 * cookies. Rejects, never repairs: bad escapes, bad UTF-8, NUL, control characters in names, and a
 * name said twice are FAIL_SYNTAX; more than FORM_FIELDS_MAX fields is FAIL_TOO_LARGE. */
#ifndef YOUJU_DOORS_HTTP_FORM_H
#define YOUJU_DOORS_HTTP_FORM_H

#include "base/str.h"

enum { FORM_FIELDS_MAX = 512 };

struct form_field {
	struct str name, value;
	struct str file; /* the file name a browser claims for an upload; "" otherwise */
};

struct form {
	struct form_field *at;
	size_t count;
};

/* Values live in the arena. "" gives no fields. */
MUST_CHECK enum fail form_read(struct arena *arena, struct str text, struct form *out);

/* multipart/form-data (RFC 7578) with the boundary of the Content-Type header. Values are views of
 * body. Only Content-Disposition is read from a part's header. */
MUST_CHECK enum fail form_read_parts(struct arena *arena, struct str content_type, struct str body,
                                     struct form *out);

struct str form_value(const struct form *form, const char *name); /* "" when absent */
bool form_has(const struct form *form, const char *name);

/* The value of a cookie in a Cookie header; false when absent or said twice. */
bool cookie_value(struct str header, const char *name, struct str *out);

#endif
