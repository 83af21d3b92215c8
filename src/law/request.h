/* The number of a request: 128 bits that whoever asks draws and keeps over retries, so that what is
 * sent twice happens once. */
#ifndef YOUJU_LAW_REQUEST_H
#define YOUJU_LAW_REQUEST_H

#include "base/str.h"

enum { REQUEST_CHARS = 22, REQUEST_TYPED_MAX = 36 };

/* typed: 22 characters of base64url, 32 hexadecimal digits or a UUID. *out is the one spelling under
 * which it is kept: base64url. FAIL_SYNTAX for everything else. */
MUST_CHECK enum fail request_read(struct arena *arena, struct str typed, struct str *out);

/* msgid: what is wrong with what request_read did not take. */
extern const char REQUEST_WRONG[];

#endif
