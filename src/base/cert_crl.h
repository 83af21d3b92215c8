/* A revocation list as a sorted table of serials.
 *
 * A real list has 412,000 entries in 20 MB of DER (DOMAIN 6); held as the crypto library's objects
 * it would take ten times that. Here it is read once, its signature verified once over the bytes,
 * and only serials and dates stay: width + 4 bytes an entry, placed by their first two bytes. */
#ifndef YOUJU_BASE_CERT_CRL_H
#define YOUJU_BASE_CERT_CRL_H

#include "base/cert.h"

enum { CRL_MAX_BYTES = 256 << 20, CRL_PREFIXES = 65536 };

/* The parts of a list, views into its DER. Nothing is verified yet. */
struct crl_parts {
	struct str body;       /* what the signature covers */
	struct str algorithm;  /* body of the OID */
	struct str signature;
	struct str issuer;     /* DER of the name */
	struct str issuer_key_id; /* raw bytes; "" when absent */
	struct str number;     /* crlNumber, raw bytes; "" when absent */
	int64_t this_update_ms, next_update_ms; /* next: INT64_MAX when absent */
	struct str entries;
};

/* FAIL_SYNTAX: not one CertificateList v2 in DER, or a serial that is not positive or over 20 bytes;
 * FAIL_UNTRUSTED: a list that does not claim to be complete (delta, indirect, by reason, for a
 * distribution point) or has an unknown critical extension. Taking such a list for the whole would
 * let revoked cards pass. */
MUST_CHECK enum fail crl_read(struct arena *arena, struct str der, struct crl_parts *out);

/* Process lifetime; end with crl_close. */
struct crl {
	uint8_t *rows;   /* count rows, sorted: serial left-padded to width, then seconds since 1970 (u32be) */
	uint32_t *starts; /* where rows with these first two bytes begin; one more at the end */
	size_t count, width;
	int64_t this_update_ms, next_update_ms;
	struct hash fingerprint; /* of the DER */
};

MUST_CHECK enum fail crl_build(const struct crl_parts *parts, struct crl *out);
void crl_close(struct crl *crl);
size_t crl_bytes(const struct crl *crl); /* memory it takes */

/* serial: raw bytes, leading zeros ignored. When found, *revoked_at_ms is set. */
bool crl_find(const struct crl *crl, struct str serial, int64_t *revoked_at_ms);

#endif
