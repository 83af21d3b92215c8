#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "bench/bench.h"
#include "store/ledger.h"

enum { ONE_OPS = 1000, FLUSH_BYTES = 4096, GROUPS = 400, GROUP = 256, CHAIN_ONE_COMMITS = 500,
       CHAIN_MANY_COMMITS = 100, CROWD = 10007, CHAIN_MANY_ROWS = 1000, BENCH_PATH = 512 };

#define AT_MS INT64_C(1795422600000)

struct series {
	struct bench_series flush_p50, flush_p99, one_p50, one_p99, group, chain_one, chain_many,
		chain_subject;
};

struct bench_path { char text[BENCH_PATH]; };

static struct bench_path in(const char *folder, const char *name, size_t round)
{
	struct bench_path path;

	snprintf(path.text, sizeof path.text, "%s/%s-%zu", folder, name, round);
	return path;
}

/* The two take turns, operation by operation, so that both meet the same disk. */
static enum fail one_by_one(struct file bare, struct ledger *ledger, const struct bench_crowd *crowd,
                            double *flush_us, double *one_us)
{
	char block[FLUSH_BYTES] = { 1 };

	for (size_t i = 0; i < ONE_OPS; i++) {
		double start = bench_now_us();
		TRY(file_write_at(bare, i * FLUSH_BYTES, block, sizeof block));
		TRY(file_flush(bare));
		double middle = bench_now_us();
		TRY(ledger_stage(ledger, crowd->entries[i % CROWD], AT_MS, NULL));
		TRY(ledger_commit(ledger));
		flush_us[i] = middle - start;
		one_us[i] = bench_now_us() - middle;
	}
	return OK;
}

static enum fail bare_make(const char *path, struct file *out)
{
	char block[FLUSH_BYTES] = { 0 };

	TRY(file_open(path, FILE_CREATE, out));
	for (size_t i = 0; i < ONE_OPS; i++)
		TRY(file_write_at(*out, i * FLUSH_BYTES, block, sizeof block));
	return file_flush(*out);
}

static enum fail one_measure(const char *folder, size_t round, struct ledger *ledger,
                             const struct bench_crowd *crowd, struct series *series)
{
	AUTO(file_close) struct file bare = FILE_NONE;
	double *us = process_bytes(2 * ONE_OPS * sizeof *us);
	enum fail fail = bare_make(in(folder, "bare", round).text, &bare);

	if (fail == OK)
		fail = one_by_one(bare, ledger, crowd, us, us + ONE_OPS);
	if (fail == OK) {
		bench_note(&series->flush_p50, bench_quantile(us, ONE_OPS, 0.5));
		bench_note(&series->flush_p99, bench_quantile(us, ONE_OPS, 0.99));
		bench_note(&series->one_p50, bench_quantile(us + ONE_OPS, ONE_OPS, 0.5));
		bench_note(&series->one_p99, bench_quantile(us + ONE_OPS, ONE_OPS, 0.99));
	}
	process_free(us);
	return fail;
}

/* What 256 waiting clients ask for arrives as one group. */
static enum fail group_measure(struct ledger *ledger, const struct bench_crowd *crowd,
                               struct series *series)
{
	double start_us = bench_now_us();

	for (size_t g = 0; g < GROUPS; g++) {
		for (size_t i = 0; i < GROUP; i++)
			TRY(ledger_stage(ledger, crowd->entries[(g * GROUP + i) % CROWD], AT_MS, NULL));
		TRY(ledger_commit(ledger));
	}
	bench_note(&series->group, GROUPS * GROUP * 1e6 / (bench_now_us() - start_us));
	return OK;
}

static enum fail chains_measure(const char *folder, size_t round, const struct bench_crowd *crowd,
                                struct series *series)
{
	double rows;

	TRY(bench_chain_rows(in(folder, "one.db", round).text, crowd, CHAIN_ONE_COMMITS, 1, false, &rows));
	bench_note(&series->chain_one, rows);
	TRY(bench_chain_rows(in(folder, "many.db", round).text, crowd, CHAIN_MANY_COMMITS,
	                     CHAIN_MANY_ROWS, false, &rows));
	bench_note(&series->chain_many, rows);
	TRY(bench_chain_rows(in(folder, "subject.db", round).text, crowd, CHAIN_MANY_COMMITS,
	                     CHAIN_MANY_ROWS, true, &rows));
	bench_note(&series->chain_subject, rows);
	return OK;
}

static enum fail round_measure(const char *folder, size_t round, const struct bench_crowd *crowd,
                               struct series *series)
{
	struct ledger *ledger;

	TRY(ledger_open(in(folder, "log", round).text, LEDGER_WRITE, &ledger));
	enum fail fail = one_measure(folder, round, ledger, crowd, series);
	if (fail == OK)
		fail = group_measure(ledger, crowd, series);
	ledger_close(ledger);
	TRY(fail);
	return chains_measure(folder, round, crowd, series);
}

enum fail bench_ledger_run(const char *folder, size_t rounds, struct bench_ledger *out)
{
	struct series series = { 0 };
	enum fail fail = OK;

	assert(rounds >= 1 && rounds <= BENCH_ROUNDS_MAX);
	crypto_open();
	TRY(bench_folder_make(folder));
	struct bench_crowd crowd = bench_crowd_make(CROWD);
	for (size_t round = 0; round < rounds && fail == OK; round++)
		fail = round_measure(folder, round, &crowd, &series);
	bench_crowd_close(&crowd);
	bench_folder_remove(folder);
	TRY(fail);
	*out = (struct bench_ledger){ .rounds = rounds,
		                      .flush_p50_us = bench_figure_of(&series.flush_p50),
		                      .flush_p99_us = bench_figure_of(&series.flush_p99),
		                      .one_p50_us = bench_figure_of(&series.one_p50),
		                      .one_p99_us = bench_figure_of(&series.one_p99),
		                      .group_entries = bench_figure_of(&series.group),
		                      .chain_one_rows = bench_figure_of(&series.chain_one),
		                      .chain_many_rows = bench_figure_of(&series.chain_many),
		                      .chain_subject_rows = bench_figure_of(&series.chain_subject) };
	return OK;
}

void bench_ledger_print(const struct bench_ledger *result, struct buf *out)
{
	buf_printf(out, "ledger: medians of %zu rounds (least to most)\n", result->rounds);
	bench_line(out, "one client, p50", result->one_p50_us, "us");
	bench_line(out, "one client, p99", result->one_p99_us, "us");
	bench_line(out, "yardstick: fdatasync of 4 KiB, p50", result->flush_p50_us, "us");
	bench_line(out, "yardstick: fdatasync of 4 KiB, p99", result->flush_p99_us, "us");
	bench_line(out, "256 in flight", result->group_entries, "entries/s");
	bench_line(out, "yardstick: SQLite hash chain, 1 a commit", result->chain_one_rows, "rows/s");
	bench_line(out, "yardstick: SQLite hash chain, 1,000 a commit", result->chain_many_rows,
	           "rows/s");
	bench_line(out, "the same with an index by subject", result->chain_subject_rows, "rows/s");
	buf_printf(out, "  one client p50 %.2f times the flush; 256 in flight %.2f times the bare table at 1,000 "
	           "a commit, %.2f times one that can be searched by subject\n",
	           result->one_p50_us.median / result->flush_p50_us.median,
	           result->group_entries.median / result->chain_many_rows.median,
	           result->group_entries.median / result->chain_subject_rows.median);
}

void bench_ledger_json(const struct bench_ledger *result, struct buf *out)
{
	const struct { const char *key; struct bench_figure figure; } rows[] = {
		{ "one_p50_us", result->one_p50_us },
		{ "one_p99_us", result->one_p99_us },
		{ "flush_p50_us", result->flush_p50_us },
		{ "flush_p99_us", result->flush_p99_us },
		{ "group_entries_per_second", result->group_entries },
		{ "chain_one_rows_per_second", result->chain_one_rows },
		{ "chain_many_rows_per_second", result->chain_many_rows },
		{ "chain_subject_rows_per_second", result->chain_subject_rows },
	};

	buf_printf(out, "{\"bench\":\"ledger\",\"rounds\":%zu", result->rounds);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_byte(out, ',');
		bench_member(out, rows[i].key, rows[i].figure);
	}
	buf_byte(out, '}');
}
