/* DER (X.690): reading certificates, CRLs and attributes strictly, and writing our own.
 *
 * Reading takes elements off the front of a view and copies nothing. Only what DER allows passes:
 * definite, minimal lengths, one-byte tags, at most 4 length octets. FAIL_SYNTAX otherwise. */
#ifndef YOUJU_BASE_DER_H
#define YOUJU_BASE_DER_H

#include "base/buf.h"

enum der_tag {
	DER_BOOLEAN = 0x01, DER_INTEGER = 0x02, DER_BIT_STRING = 0x03, DER_OCTET_STRING = 0x04,
	DER_NULL = 0x05, DER_OID = 0x06, DER_ENUMERATED = 0x0a, DER_UTF8 = 0x0c,
	DER_PRINTABLE = 0x13, DER_IA5 = 0x16, DER_UTC_TIME = 0x17, DER_GENERAL_TIME = 0x18,
	DER_SEQUENCE = 0x30, DER_SET = 0x31,
	DER_CONTEXT = 0x80, DER_CONTEXT_CONSTRUCTED = 0xa0 /* plus the number */
};

struct der {
	uint8_t tag;
	struct str body, whole; /* without and with tag and length */
};

MUST_CHECK enum fail der_take(struct str *rest, struct der *out);
MUST_CHECK enum fail der_take_tag(struct str *rest, uint8_t tag, struct der *out);
bool der_next_is(struct str rest, uint8_t tag);

/* A non-negative INTEGER's bytes, big-endian, without the sign byte; zero is one zero byte. */
MUST_CHECK enum fail der_unsigned(const struct der *integer, struct str *out);
/* UTCTime (1950–2049) and GeneralizedTime, both ending in seconds and Z, as RFC 5280 4.1.2.5 demands. */
MUST_CHECK enum fail der_time(const struct der *time, int64_t *out_ms);
/* "2.16.886.1.100.2.51"; "" when the bytes are no object identifier of at most 32 arcs. */
struct str der_oid_text(struct arena *arena, struct str body);

/* Writing: open an element, write its body, close it; the length is filled in then. */
struct der_mark { size_t body_at; };
struct der_mark der_open(struct buf *buf, uint8_t tag);
void der_close(struct buf *buf, struct der_mark mark);
void der_put(struct buf *buf, uint8_t tag, struct str body);
void der_put_oid(struct buf *buf, const char *dotted); /* of ours: a malformed one is a bug */
void der_put_unsigned(struct buf *buf, struct str bytes); /* big-endian, any leading zeros */
void der_put_small(struct buf *buf, uint8_t n);           /* INTEGER 0..127 */
void der_put_time(struct buf *buf, int64_t at_ms);        /* UTCTime until 2049, then GeneralizedTime */

/* PEM (RFC 7468): takes the next block off rest, whatever stands between blocks. FAIL_NOT_FOUND
 * when there is none, FAIL_SYNTAX when it is broken. The label is a view, the bytes are on the arena. */
MUST_CHECK enum fail pem_take(struct arena *arena, struct str *rest, struct str *label, struct str *out);
void pem_put(struct buf *buf, const char *label, struct str bytes);

#endif
