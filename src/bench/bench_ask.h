/* What a question costs the keeper: CPU time and durable questions a second, in groups of 64, with
 * the log as long as wanted. Bare flushes of 4 KiB are the yardstick of the same run. */
#ifndef YOUJU_BENCH_BENCH_ASK_H
#define YOUJU_BENCH_BENCH_ASK_H

#include "bench/bench_office.h"

struct bench_ask_row {
	uint64_t entries;            /* in the log when measuring began */
	double cpu_us[3], per_s[3];  /* median, least, most over the runs; CPU of keeper and source */
};

struct bench_ask {
	struct bench_ask_row small, large; /* large.entries 0: not asked for */
	double flushes_per_s;              /* bare write and fdatasync of 4 KiB, preallocated; median */
	uint64_t questions;                /* of one run */
};

/* In a new folder below /tmp or $TMPDIR, removed at the end. grow_to: entries of the second row, 0 none. */
MUST_CHECK enum fail bench_ask_run(uint64_t questions, size_t runs, uint64_t grow_to, struct bench_ask *out);

void bench_ask_print(const struct bench_ask *result, struct buf *out);
void bench_ask_json(const struct bench_ask *result, struct buf *out);

/* An office in dir for measuring the whole service; office.tsv beside it has token and case of each
 * officer. */
MUST_CHECK enum fail bench_office_prepare(const char *dir);

#endif
