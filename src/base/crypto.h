/* The only file (beside cert) that knows the crypto library. Every algorithm object is fetched once
 * by crypto_open: one-shot calls of OpenSSL 3 are several times slower and do not scale. */
#ifndef YOUJU_BASE_CRYPTO_H
#define YOUJU_BASE_CRYPTO_H

#include "base/buf.h"

enum { HASH_BYTES = 32, ED25519_KEY_BYTES = 32, ED25519_SIGNATURE_BYTES = 64, AES_KEY_BYTES = 32,
       GCM_NONCE_BYTES = 12, GCM_TAG_BYTES = 16, WRAPPED_KEY_BYTES = 40 };

struct hash { uint8_t at[HASH_BYTES]; };

/* Once per process, before threads. Stops the process when the library is unusable. */
void crypto_open(void);

/* SHA-256 (FIPS 180-4), in pieces or at once. */
struct hasher { _Alignas(8) uint8_t context[112]; };
struct hasher hasher_begin(void);
void hasher_add(struct hasher *hasher, const void *at, size_t len);
struct hash hasher_end(struct hasher *hasher);
struct hash hash_bytes(struct str bytes);
struct hash hash_two(uint8_t prefix, const void *a, size_t a_len, const void *b, size_t b_len);
struct hash hmac_sha256(struct str key, struct str bytes);
bool hash_eq(const struct hash *a, const struct hash *b); /* constant time */

/* Ed25519 (RFC 8032): keys as raw 32 bytes. */
MUST_CHECK enum fail ed25519_public(const uint8_t secret[32], uint8_t out[32]);
MUST_CHECK enum fail ed25519_sign(const uint8_t secret[32], struct str text, uint8_t out[64]);
MUST_CHECK enum fail ed25519_verify(const uint8_t public_key[32], struct str text,
                                    const uint8_t signature[64]); /* FAIL_UNTRUSTED */

/* AES-256-GCM; out gets cipher text followed by the 16-byte tag. */
MUST_CHECK enum fail gcm_seal(const uint8_t key[32], const uint8_t nonce[12], struct str aad,
                              struct str plain, struct buf *out);
MUST_CHECK enum fail gcm_open(const uint8_t key[32], const uint8_t nonce[12], struct str aad,
                              struct str sealed, struct buf *out); /* FAIL_UNTRUSTED */
/* AES-256 key wrap, RFC 3394. */
MUST_CHECK enum fail key_wrap(const uint8_t kek[32], const uint8_t key[32], uint8_t out[40]);
MUST_CHECK enum fail key_unwrap(const uint8_t kek[32], const uint8_t wrapped[40], uint8_t out[32]);

void random_bytes(void *at, size_t len);
uint64_t random_u64(void);
void wipe(void *at, size_t len);
bool bytes_eq(const void *a, const void *b, size_t len); /* constant time */

/* Encodings. Decoding is strict: canonical padding, no blanks, no stray bits. */
void base64_add(struct buf *out, const void *at, size_t len);
struct str base64_text(struct arena *arena, const void *at, size_t len);
MUST_CHECK enum fail base64_read(struct arena *arena, struct str text, struct str *out);
void base64url_add(struct buf *out, const void *at, size_t len); /* without padding */
struct str base64url_text(struct arena *arena, const void *at, size_t len);
MUST_CHECK enum fail base64url_read(struct arena *arena, struct str text, struct str *out);
void hex_add(struct buf *out, const void *at, size_t len); /* lower case */
struct str hex_text(struct arena *arena, const void *at, size_t len);
MUST_CHECK enum fail hex_read(struct arena *arena, struct str text, struct str *out);

#endif
