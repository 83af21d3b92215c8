#define OPENSSL_SUPPRESS_DEPRECATED /* see context_of */
#include "base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static EVP_CIPHER *aes_gcm, *aes_block;

static void stop_unless(bool ok)
{
	if (ok)
		return;
	fprintf(stderr, "youju: the crypto library failed; stopping\n");
	abort();
}

void crypto_open(void)
{
	if (aes_gcm)
		return;
	aes_gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	aes_block = EVP_CIPHER_fetch(NULL, "AES-256-ECB", NULL);
	stop_unless(aes_gcm && aes_block);
}

/* The provider's object for SHA-256 costs 50 ns a digest to set up, as much as the tree node that it digests; the
 * library's own functions beneath it are the same code without that. */
_Static_assert(sizeof(SHA256_CTX) <= sizeof((struct hasher){ 0 }.context), "a hasher holds the library's");

static SHA256_CTX *context_of(struct hasher *hasher)
{
	return (SHA256_CTX *)(void *)hasher->context;
}

struct hasher hasher_begin(void)
{
	struct hasher hasher;

	stop_unless(SHA256_Init(context_of(&hasher)));
	return hasher;
}

void hasher_add(struct hasher *hasher, const void *at, size_t len)
{
	stop_unless(SHA256_Update(context_of(hasher), at, len));
}

struct hash hasher_end(struct hasher *hasher)
{
	struct hash out;

	stop_unless(SHA256_Final(out.at, context_of(hasher))); /* which wipes what it holds */
	return out;
}

struct hash hash_bytes(struct str bytes)
{
	struct hasher hasher = hasher_begin();

	hasher_add(&hasher, bytes.at, bytes.len);
	return hasher_end(&hasher);
}

struct hash hash_two(uint8_t prefix, const void *a, size_t a_len, const void *b, size_t b_len)
{
	struct hasher hasher = hasher_begin();
	uint8_t joined[1 + 2 * HASH_BYTES];

	joined[0] = prefix;
	if (a_len + b_len < sizeof joined) { /* a call costs more than copying a tree node */
		if (a_len)
			memcpy(joined + 1, a, a_len);
		if (b_len)
			memcpy(joined + 1 + a_len, b, b_len);
		hasher_add(&hasher, joined, 1 + a_len + b_len);
		return hasher_end(&hasher);
	}
	hasher_add(&hasher, &prefix, 1);
	hasher_add(&hasher, a, a_len);
	hasher_add(&hasher, b, b_len);
	return hasher_end(&hasher);
}

/* RFC 2104: the library's own object costs ten times more to set up than the digest itself. */
struct hash hmac_sha256(struct str key, struct str bytes)
{
	enum { BLOCK_BYTES = 64 };
	uint8_t inner[BLOCK_BYTES] = { 0 }, outer[BLOCK_BYTES];
	struct hash hashed;

	if (key.len > BLOCK_BYTES) {
		hashed = hash_bytes(key);
		memcpy(inner, hashed.at, HASH_BYTES);
	} else {
		memcpy(inner, key.at, key.len);
	}
	for (size_t i = 0; i < BLOCK_BYTES; i++) {
		outer[i] = inner[i] ^ 0x5c;
		inner[i] ^= 0x36;
	}
	struct hasher hasher = hasher_begin();
	hasher_add(&hasher, inner, sizeof inner);
	hasher_add(&hasher, bytes.at, bytes.len);
	hashed = hasher_end(&hasher);
	hasher = hasher_begin();
	hasher_add(&hasher, outer, sizeof outer);
	hasher_add(&hasher, hashed.at, HASH_BYTES);
	hashed = hasher_end(&hasher);
	wipe(inner, sizeof inner);
	wipe(outer, sizeof outer);
	return hashed;
}

bool hash_eq(const struct hash *a, const struct hash *b)
{
	return bytes_eq(a->at, b->at, HASH_BYTES);
}

enum fail ed25519_public(const uint8_t secret[32], uint8_t out[32])
{
	size_t len = 32;
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key_ex(NULL, "ED25519", NULL, secret, 32);
	bool ok = key && EVP_PKEY_get_raw_public_key(key, out, &len) == 1;

	EVP_PKEY_free(key);
	return ok ? OK : FAIL_CRYPTO;
}

enum fail ed25519_sign(const uint8_t secret[32], struct str text, uint8_t out[64])
{
	size_t len = 64;
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key_ex(NULL, "ED25519", NULL, secret, 32);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool ok = key && context &&
	          EVP_DigestSignInit_ex(context, NULL, NULL, NULL, NULL, key, NULL) == 1 &&
	          EVP_DigestSign(context, out, &len, (const unsigned char *)text.at, text.len) == 1;

	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	return ok ? OK : FAIL_CRYPTO;
}

enum fail ed25519_verify(const uint8_t public_key[32], struct str text, const uint8_t signature[64])
{
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, public_key, 32);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool ok = key && context &&
	          EVP_DigestVerifyInit_ex(context, NULL, NULL, NULL, NULL, key, NULL) == 1 &&
	          EVP_DigestVerify(context, signature, 64, (const unsigned char *)text.at, text.len) == 1;

	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	ERR_clear_error();
	return ok ? OK : FAIL_UNTRUSTED;
}

enum fail gcm_seal(const uint8_t key[32], const uint8_t nonce[12], struct str aad, struct str plain,
                   struct buf *out)
{
	int len = 0, tail = 0;

	if (plain.len > INT32_MAX || aad.len > INT32_MAX)
		return FAIL_TOO_LARGE;
	crypto_open();
	size_t start = out->len;
	unsigned char *at = (unsigned char *)buf_room(out, plain.len + GCM_TAG_BYTES);
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	bool ok = context && EVP_EncryptInit_ex2(context, aes_gcm, key, nonce, NULL) &&
	          EVP_EncryptUpdate(context, NULL, &len, (const unsigned char *)aad.at, (int)aad.len) &&
	          EVP_EncryptUpdate(context, at, &len, (const unsigned char *)plain.at, (int)plain.len) &&
	          EVP_EncryptFinal_ex(context, at + len, &tail) &&
	          EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, GCM_TAG_BYTES, at + plain.len) == 1;
	EVP_CIPHER_CTX_free(context);
	if (!ok)
		out->len = start;
	return ok ? OK : FAIL_CRYPTO;
}

enum fail gcm_open(const uint8_t key[32], const uint8_t nonce[12], struct str aad, struct str sealed,
                   struct buf *out)
{
	int len = 0, tail = 0;
	unsigned char tag[GCM_TAG_BYTES];

	if (sealed.len < GCM_TAG_BYTES || sealed.len > INT32_MAX || aad.len > INT32_MAX)
		return FAIL_UNTRUSTED;
	crypto_open();
	size_t start = out->len, plain_len = sealed.len - GCM_TAG_BYTES;
	memcpy(tag, sealed.at + plain_len, sizeof tag);
	unsigned char *at = (unsigned char *)buf_room(out, plain_len + 1);
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	bool ok = context && EVP_DecryptInit_ex2(context, aes_gcm, key, nonce, NULL) &&
	          EVP_DecryptUpdate(context, NULL, &len, (const unsigned char *)aad.at, (int)aad.len) &&
	          EVP_DecryptUpdate(context, at, &len, (const unsigned char *)sealed.at, (int)plain_len) &&
	          EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, GCM_TAG_BYTES, tag) == 1 &&
	          EVP_DecryptFinal_ex(context, at + len, &tail) == 1;
	EVP_CIPHER_CTX_free(context);
	if (!ok)
		wipe(at, plain_len);
	out->len = ok ? start + plain_len : start;
	return ok ? OK : FAIL_UNTRUSTED;
}

/* RFC 3394, block by block over AES-256-ECB: the library's own key wrap does without the processor's
 * AES instructions and costs twenty times as much. */
enum { WRAP_BLOCKS = AES_KEY_BYTES / 8, WRAP_ROUNDS = 6 };
static const uint8_t wrap_mark[8] = { 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6 };

static bool block_run(EVP_CIPHER_CTX *context, uint8_t block[16])
{
	int len = 0;

	return EVP_CipherUpdate(context, block, &len, block, 16) == 1 && len == 16;
}

/* The step's number goes into the last bytes of A; it is below 256 for our four blocks. */
static bool wrap_step(EVP_CIPHER_CTX *context, uint8_t room[WRAPPED_KEY_BYTES], int step, bool encrypt)
{
	uint8_t *part = room + 8 + (step - 1) % WRAP_BLOCKS * 8;
	uint8_t block[16];

	memcpy(block, room, 8);
	memcpy(block + 8, part, 8);
	if (!encrypt)
		block[7] ^= (uint8_t)step;
	bool ok = block_run(context, block);
	if (encrypt)
		block[7] ^= (uint8_t)step;
	memcpy(room, block, 8);
	memcpy(part, block + 8, 8);
	wipe(block, sizeof block);
	return ok;
}

static enum fail wrap_run(const uint8_t kek[32], uint8_t room[WRAPPED_KEY_BYTES], bool encrypt)
{
	crypto_open();
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	bool ok = context && EVP_CipherInit_ex2(context, aes_block, kek, NULL, encrypt, NULL) &&
	          EVP_CIPHER_CTX_set_padding(context, 0);

	for (int i = 1; ok && i <= WRAP_ROUNDS * WRAP_BLOCKS; i++)
		ok = wrap_step(context, room, encrypt ? i : WRAP_ROUNDS * WRAP_BLOCKS + 1 - i, encrypt);
	EVP_CIPHER_CTX_free(context);
	return ok ? OK : FAIL_CRYPTO;
}

enum fail key_wrap(const uint8_t kek[32], const uint8_t key[32], uint8_t out[40])
{
	uint8_t room[WRAPPED_KEY_BYTES];

	memcpy(room, wrap_mark, sizeof wrap_mark);
	memcpy(room + 8, key, AES_KEY_BYTES);
	enum fail fail = wrap_run(kek, room, true);
	memcpy(out, room, sizeof room);
	wipe(room, sizeof room);
	return fail;
}

enum fail key_unwrap(const uint8_t kek[32], const uint8_t wrapped[40], uint8_t out[32])
{
	uint8_t room[WRAPPED_KEY_BYTES];

	memcpy(room, wrapped, sizeof room);
	enum fail fail = wrap_run(kek, room, false);
	if (fail == OK && !bytes_eq(room, wrap_mark, sizeof wrap_mark))
		fail = FAIL_UNTRUSTED;
	if (fail == OK)
		memcpy(out, room + 8, AES_KEY_BYTES);
	wipe(room, sizeof room);
	return fail;
}

/* Many small draws from few large ones. What was given out is wiped at once; a child process draws
 * anew, so that no two processes ever get the same bytes. */
enum { POOL_BYTES = 2048 };
static _Thread_local struct { size_t left; uint8_t at[POOL_BYTES]; } pool;

static void pool_forget(void)
{
	wipe(&pool, sizeof pool);
}

static void pool_watch_forks(void)
{
	stop_unless(pthread_atfork(NULL, NULL, pool_forget) == 0);
}

static void pool_fill(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, pool_watch_forks);
	stop_unless(RAND_bytes_ex(NULL, pool.at, sizeof pool.at, 0) == 1);
	pool.left = sizeof pool.at;
}

void random_bytes(void *at, size_t len)
{
	if (len > POOL_BYTES / 4) {
		stop_unless(RAND_bytes_ex(NULL, at, len, 0) == 1);
		return;
	}
	if (pool.left < len)
		pool_fill();
	uint8_t *from = pool.at + POOL_BYTES - pool.left;
	memcpy(at, from, len);
	wipe(from, len);
	pool.left -= len;
}

uint64_t random_u64(void)
{
	uint64_t n;

	random_bytes(&n, sizeof n);
	return n;
}

void wipe(void *at, size_t len)
{
	OPENSSL_cleanse(at, len);
}

bool bytes_eq(const void *a, const void *b, size_t len)
{
	return CRYPTO_memcmp(a, b, len) == 0;
}
