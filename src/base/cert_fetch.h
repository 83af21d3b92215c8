/* Fetching what authorities publish, over plain HTTP: revocation lists and OCSP answers are signed, so the line need
 * not be. Operator verbs and the messenger fetch; the keeper has no network. */
#ifndef YOUJU_BASE_CERT_FETCH_H
#define YOUJU_BASE_CERT_FETCH_H

#include "base/buf.h"

/* GET of an http:// address, at most max_bytes, within timeout_s seconds. FAIL_SYNTAX: another kind of address;
 * FAIL_TOO_LARGE; FAIL_IO: no answer, or another status than 200. */
MUST_CHECK enum fail http_fetch(const char *url, size_t max_bytes, int timeout_s, struct buf *out);

/* An OCSP question to a responder; the answer is not judged. At most 64 KiB. */
MUST_CHECK enum fail ocsp_carry(const char *url, struct str question, int timeout_s, struct buf *out);

#endif
