/* Between cert*.c only: the crypto library's objects behind our certificate modules. */
#ifndef YOUJU_BASE_CERT_LIB_H
#define YOUJU_BASE_CERT_LIB_H

#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include "base/cert.h"

/* NULL unless the bytes are exactly one certificate in the very encoding the library would write:
 * otherwise one certificate would have many fingerprints. End with X509_free. */
X509 *cert_x509(struct str der);
MUST_CHECK enum fail cert_read_x509(struct arena *arena, X509 *x509, struct str der, struct cert_facts *out);

/* RSA of 2048 bits and more; P-256 and P-384 when curves are allowed; NULL is not. */
bool cert_key_is_strong(const EVP_PKEY *key, bool allow_curves);
/* SHA-256, -384 or -512 with RSA (PKCS#1 v1.5 or PSS) or, when allowed, ECDSA. */
bool cert_signature_is_strong(X509 *x509, bool allow_curves);

/* What the trust store has been loaded from: digests of names, inodes, sizes and times. */
enum { TRUST_FILES_MAX = 256 };
struct trust_files {
	struct hash cas, crls[TRUST_FILES_MAX];
	size_t crl_count;
};
struct cert_trust;
struct trust_files *trust_files(struct cert_trust *trust);
/* The CA that signed it, owned by the store; NULL when none there did. */
X509 *trust_issuer_of(const struct cert_trust *trust, struct arena *arena, X509 *x509);

/* A signature over bytes, algorithm by the dotted OID of its AlgorithmIdentifier.
 * FAIL_UNTRUSTED also for an algorithm that is not in the table. */
MUST_CHECK enum fail cert_bytes_verify(EVP_PKEY *key, struct str algorithm_oid, struct str bytes,
                                       struct str signature);
MUST_CHECK enum fail cert_bytes_sign(struct arena *arena, EVP_PKEY *key, struct str bytes, struct str *out);
const char *cert_algorithm_of(const EVP_PKEY *key); /* the OID cert_bytes_sign uses with this key */

#endif
