/* What measurements of the log share: medians and spread of several rounds, each measured figure
 * beside its yardstick of the same round. */
#ifndef YOUJU_BENCH_BENCH_H
#define YOUJU_BENCH_BENCH_H

#include "base/buf.h"

enum { BENCH_ROUNDS_MIN = 5, BENCH_ROUNDS_MAX = 31, BENCH_OPS_MAX = 10000 };

struct bench_figure { double median, least, most; }; /* over the rounds */
struct bench_series { size_t count; double at[BENCH_ROUNDS_MAX]; };

void bench_note(struct bench_series *series, double value);
struct bench_figure bench_figure_of(const struct bench_series *series);
/* The value below which `share` (0 … 1) of the values lie; sorts them. */
double bench_quantile(double *values, size_t count, double share);
double bench_now_us(void); /* monotonic */

/* "  one entry, p50                  123.4 us (120.1 to 140.9)" and the same as a JSON member. */
void bench_line(struct buf *out, const char *what, struct bench_figure figure, const char *unit);
void bench_member(struct buf *out, const char *key, struct bench_figure figure);

/* --- the log itself ---
 * `folder` is made, used and removed again; it must stand on the disk that is to be measured. */
struct bench_ledger {
	size_t rounds;
	struct bench_figure flush_p50_us, flush_p99_us;   /* fdatasync of 4 KiB, preallocated */
	struct bench_figure one_p50_us, one_p99_us;       /* one entry a commit */
	struct bench_figure group_entries;                /* entries a second, 256 in flight */
	/* SQLite WAL FULL with a hash chain: rows a second, 1 and 1,000 a commit; the last also has an
	 * index by subject. */
	struct bench_figure chain_one_rows, chain_many_rows, chain_subject_rows;
};
MUST_CHECK enum fail bench_ledger_run(const char *folder, size_t rounds, struct bench_ledger *out);
void bench_ledger_print(const struct bench_ledger *result, struct buf *out);
void bench_ledger_json(const struct bench_ledger *result, struct buf *out);

/* --- checking it on all cores --- */
struct bench_check {
	size_t rounds, threads;
	uint64_t entries, bytes;
	struct bench_figure checked;      /* entries a second: log_check, page cache warm */
	struct bench_figure leaves;       /* yardstick: SHA-256 of every entry, in memory, all cores */
	struct bench_figure leaves_nodes; /* the same and of every inner node: all that a tree needs */
};
MUST_CHECK enum fail bench_check_run(const char *folder, uint64_t entries, size_t rounds,
                                     struct bench_check *out);
void bench_check_print(const struct bench_check *result, struct buf *out);
void bench_check_json(const struct bench_check *result, struct buf *out);

/* Shared by both: entries of 200 to 600 bytes, 400 on average, as a log has them. The crowd is made
 * before anything is measured; entry i is entry i mod count. */
struct str bench_entry(uint64_t i, char room[1024]);
struct bench_crowd { struct buf bytes; size_t count; struct str *entries; };
struct bench_crowd bench_crowd_make(size_t count);
void bench_crowd_close(struct bench_crowd *crowd);
MUST_CHECK enum fail bench_folder_make(const char *folder); /* FAIL_CONFLICT when it exists */
void bench_folder_remove(const char *folder);

/* The yardstick of SQLite; bench_chain.c. with_subject: an index over a random key beside the chain, as
 * a table has that must answer who was looked up. */
MUST_CHECK enum fail bench_chain_rows(const char *path, const struct bench_crowd *crowd, size_t commits,
                                      size_t rows_a_commit, bool with_subject,
                                      double *rows_a_second_out);

#endif
