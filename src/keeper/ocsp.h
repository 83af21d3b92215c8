/* What authorities said about single cards. Asking never holds anybody up: the revocation list decides until an
 * answer is there, and an answer that revokes counts from then on. Decision 0092. */
#ifndef YOUJU_KEEPER_OCSP_H
#define YOUJU_KEEPER_OCSP_H

#include "base/cert_ocsp.h"

enum { OCSP_KNOWN = 1024, OCSP_WAITING = 16 };

struct ocsp_known {
	struct hash card;  /* of the certificate */
	int64_t until_ms;  /* wall clock: the answer is good until then; 0: none */
	int64_t again_ms;  /* monotonic: not asked before */
	bool revoked;
};

/* One question on its way. */
struct ocsp_waiting {
	uint64_t id; /* 0: free */
	struct hash serial; /* as sessions name their card */
	uint8_t nonce[OCSP_NONCE_BYTES];
	size_t der_len;
	char der[CERT_MAX_BYTES];
};

struct ocsp {
	struct ocsp_known known[OCSP_KNOWN];
	struct ocsp_waiting waiting[OCSP_WAITING];
	uint64_t last_id;
};

#endif
