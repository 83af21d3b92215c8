#include "bench/bench_hash.h"

#include <openssl/evp.h>

struct library_hasher library_hasher_open(void)
{
	struct library_hasher hasher = { EVP_MD_fetch(NULL, "SHA256", NULL), EVP_MD_CTX_new() };
	int ok = hasher.algorithm && hasher.context && EVP_DigestInit_ex2(hasher.context, hasher.algorithm, NULL);

	assert(ok);
	return hasher;
}

void library_hasher_close(struct library_hasher *hasher)
{
	EVP_MD_CTX_free(hasher->context);
	EVP_MD_free(hasher->algorithm);
}

struct hash library_hash(struct library_hasher *hasher, const void *at, size_t len)
{
	struct hash out;
	int ok = EVP_DigestInit_ex2(hasher->context, NULL, NULL) &&
	         EVP_DigestUpdate(hasher->context, at, len) &&
	         EVP_DigestFinal_ex(hasher->context, out.at, NULL);

	assert(ok);
	return out;
}
