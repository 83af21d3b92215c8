/* A revocation list as long as the real ones together: loading it, what it takes, and looking serials up, beside
 * the crypto library's own objects made of the same bytes in the same round. */
#ifndef YOUJU_BENCH_CRL_H
#define YOUJU_BENCH_CRL_H

#include "bench/bench.h"

enum { BENCH_CRL_ENTRIES = 515000 };

struct bench_crl {
	size_t rounds, entries, list_bytes, table_bytes;
	struct bench_figure load_ms, find_us, peak_mib;             /* ours: parsed, verified, sorted */
	struct bench_figure library_load_ms, library_find_us, library_peak_mib; /* parsed, verified, sorted */
};

MUST_CHECK enum fail bench_crl_run(size_t entries, size_t rounds, struct bench_crl *out);
void bench_crl_print(const struct bench_crl *result, struct buf *out);
void bench_crl_json(const struct bench_crl *result, struct buf *out);

/* The yardstick, bench_crl_library.c: the only file outside base that names the crypto library. */
struct library_crl; /* end with library_crl_close */
MUST_CHECK enum fail library_crl_load(struct str der, struct str issuer_der, struct library_crl **out);
bool library_crl_find(struct library_crl *crl, struct str serial);
void library_crl_close(struct library_crl *crl);

#endif
