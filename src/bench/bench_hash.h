/* The yardstick of `bench check`: OpenSSL's SHA-256 as its manual has it used, the algorithm fetched once
 * and a context kept (EVP_DigestInit_ex2). A hasher is one thread's. */
#ifndef YOUJU_BENCH_HASH_H
#define YOUJU_BENCH_HASH_H

#include "base/crypto.h"

struct library_hasher { void *algorithm, *context; };
struct library_hasher library_hasher_open(void);
void library_hasher_close(struct library_hasher *hasher);
struct hash library_hash(struct library_hasher *hasher, const void *at, size_t len);

#endif
