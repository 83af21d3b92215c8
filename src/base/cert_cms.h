/* Signatures over a challenge: CMS / PKCS#7 SignedData (RFC 5652), detached or enveloping, as the
 * local service of a card reader produces it and as the command line does with a card file. */
#ifndef YOUJU_BASE_CERT_CMS_H
#define YOUJU_BASE_CERT_CMS_H

#include "base/cert_make.h"

/* What is signed may be a whole imported list; the signature itself is small, unless it envelops. */
enum { CMS_MAX_BYTES = 65536, CMS_CONTENT_MAX_BYTES = 16 << 20 };

/* One value per distinct reason, in the order in which they are looked for. */
enum cms_verdict {
	CMS_GOOD,
	CMS_MALFORMED,       /* no SignedData of plain data, too large, or bytes behind it */
	CMS_NOT_ONE_SIGNER,  /* none or several */
	CMS_NO_CERTIFICATE,  /* the signer's certificate is not inside */
	CMS_NO_ATTRIBUTES,   /* no signed attributes, or one twice: nothing would bind nonce and time */
	CMS_WEAK_ALGORITHM,  /* not RSA >= 2048, P-256 or P-384 with SHA-256 or better */
	CMS_OTHER_CONTENT,   /* it envelops something else than what was asked to be signed */
	CMS_WRONG_SIGNATURE, /* over other content, or not made with that certificate's key */
	CMS_OTHER_NONCE,     /* the nonce attribute is there and is not the one given out */
	CMS_VERDICT_COUNT
};

const char *cms_verdict_name(enum cms_verdict verdict); /* "wrong_signature"; stable */

struct cms_facts {
	struct str signer_der;  /* to be judged by cert_check: nothing about it is verified here */
	int64_t signed_at_ms;   /* the signer's own clock; 0 when absent */
	struct str nonce;       /* attribute 1.2.840.113549.1.9.25.3; "" when absent */
	struct str card_number; /* attribute 2.16.886.1.100.2.204; "" when absent */
};

/* Verifies a signature in DER over content. A nonce attribute, when there is one, must equal nonce;
 * the caller decides whether it has to be there. Facts live on the arena, filled only when good. */
enum cms_verdict cms_verify(struct arena *arena, struct str der, struct str content, struct str nonce,
                            struct cms_facts *out);

/* A card file opened for signing. */
struct card {
	struct key key;
	struct str cert_der;
	struct str card_number; /* "" when the file does not say */
};

/* PEM (certificate and PKCS#8 key, encrypted or not) or PKCS#12. Of several pairs the first whose
 * certificate may sign is taken. The pin is wiped in every case. FAIL_UNTRUSTED: wrong pin;
 * FAIL_SYNTAX: no key with its certificate; FAIL_NOT_FOUND: no such file. */
MUST_CHECK enum fail card_open(struct arena *arena, const char *path, char *pin, size_t pin_len,
                               struct card *out);
void card_close(struct card *card);

/* Signs with the attributes a real card service writes: signing time, nonce and card number (each
 * left out when empty). enveloping puts the content inside. */
MUST_CHECK enum fail cms_sign(struct arena *arena, const struct card *card, struct str content,
                              struct str nonce, int64_t at_ms, bool enveloping, struct str *der_out);

#endif
