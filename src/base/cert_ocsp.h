/* Asking an authority about one certificate (RFC 6960): the question as bytes, and the judgement on the answer. Who
 * carries them is somebody else's business: nothing here talks to a network. */
#ifndef YOUJU_BASE_CERT_OCSP_H
#define YOUJU_BASE_CERT_OCSP_H

#include "base/cert_trust.h"

enum { OCSP_ANSWER_BYTES_MAX = 65536, OCSP_NONCE_BYTES = 16 };

struct ocsp_answer {
	bool revoked;
	int64_t this_update_ms, next_update_ms; /* next: a day after this update when the answer does not say */
};

/* The question about a certificate whose issuer is in the trust store; nonce: 16 random bytes. FAIL_NOT_FOUND: no
 * such issuer. */
MUST_CHECK enum fail ocsp_query_make(struct arena *arena, const struct cert_trust *trust, struct str cert_der,
                                     struct str nonce, struct str *out);

/* Signed by the issuer itself, or by a responder that it certified for just this and whose certificate is inside;
 * about this certificate; of this time (five minutes of clocks that differ). A nonce that is there must be
 * ours; many responders leave it out, and then the times alone say that it is fresh.
 * FAIL_SYNTAX: no answer of that form; FAIL_BUSY: the responder says to ask later or will not say; FAIL_UNTRUSTED:
 * another's signature, certificate or nonce, a weak algorithm, or it does not know the certificate; FAIL_CONFLICT:
 * not of this time. */
MUST_CHECK enum fail ocsp_answer_read(struct arena *arena, const struct cert_trust *trust, struct str cert_der,
                                      struct str nonce, struct str bytes, int64_t at_ms, bool allow_curves,
                                      struct ocsp_answer *out);

#endif
