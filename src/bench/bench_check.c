#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "bench/bench.h"
#include "bench/bench_hash.h"
#include "store/log_check.h"
#include "store/seal.h"

enum { CHECK_THREADS_MAX = 64, GROUP = 4096, BENCH_PATH = 512 };

#define AT_MS INT64_C(1795422600000)
#define ORIGIN STR("demo.bench.example/log")

struct bench_path { char text[BENCH_PATH]; };

static struct bench_path in(const char *folder, const char *name)
{
	struct bench_path path;

	snprintf(path.text, sizeof path.text, "%s/%s", folder, name);
	return path;
}

static enum fail entries_append(struct ledger *ledger, uint64_t entries, uint64_t *bytes)
{
	char room[1024];

	for (uint64_t i = 0; i < entries; i++) {
		struct str entry = bench_entry(i, room);
		TRY(ledger_stage(ledger, entry, AT_MS, NULL));
		*bytes += entry.len;
		if (i % GROUP == 0)
			TRY(ledger_commit(ledger));
	}
	return ledger_commit(ledger);
}

static enum fail head_publish(const char *folder, struct ledger *ledger, struct note_key *key_out,
                              char name[SEAL_NAME_BYTES])
{
	AUTO(buf_close) struct buf note = buf_open();
	struct bench_path key = in(folder, "log.key"), state = in(folder, "sealed");
	struct hash root = ledger_root(ledger);
	struct proof none = { .count = 0 };
	struct seal seal;

	TRY(seal_create(key.text, state.text, ORIGIN));
	TRY(seal_open(key.text, state.text, ORIGIN, &seal));
	*key_out = seal_key(&seal);
	memcpy(name, seal.origin, SEAL_NAME_BYTES);
	key_out->name = str_from(name);
	enum fail fail = seal_sign(&seal, ledger_size(ledger), &root, &none, &note);
	seal_close(&seal);
	TRY(fail);
	return ledger_publish(ledger, buf_str(&note));
}

static enum fail log_make(const char *folder, uint64_t entries, struct note_key *key_out,
                          char name[SEAL_NAME_BYTES], uint64_t *bytes)
{
	struct ledger *ledger;

	TRY(ledger_open(in(folder, "log").text, LEDGER_WRITE, &ledger));
	enum fail fail = entries_append(ledger, entries, bytes);
	if (fail == OK)
		fail = head_publish(folder, ledger, key_out, name);
	ledger_close(ledger);
	return fail;
}

/* One thread's share of the yardstick: the same entries, made and kept in memory beforehand. */
struct share {
	struct buf bytes; /* entries behind their lengths */
	uint64_t from, to;
	bool nodes;
	struct hash last;
};

static void share_fill(struct share *share)
{
	char room[1024];

	for (uint64_t i = share->from; i < share->to; i++) {
		struct str entry = bench_entry(i, room);
		buf_u16be(&share->bytes, (uint16_t)entry.len);
		buf_byte(&share->bytes, 0); /* the leaf's prefix: one pass over contiguous bytes */
		buf_add(&share->bytes, entry);
	}
}

static void *share_hash(void *argument)
{
	struct share *share = argument;
	const char *at = share->bytes.at;
	AUTO(library_hasher_close) struct library_hasher hasher = library_hasher_open();
	uint8_t node[1 + 2 * HASH_BYTES] = { 1 };

	for (uint64_t i = share->from; i < share->to; i++) {
		size_t len = (size_t)(uint8_t)at[0] << 8 | (uint8_t)at[1];
		share->last = library_hash(&hasher, at + 2, len + 1);
		at += len + 3;
		if (!share->nodes)
			continue;
		share->last = library_hash(&hasher, node, sizeof node);
	}
	return NULL;
}

static enum fail yardstick(struct share *shares, size_t threads, uint64_t entries, bool nodes,
                           struct bench_series *series)
{
	pthread_t running[CHECK_THREADS_MAX];
	size_t started = 0;
	double start_us = bench_now_us();

	for (; started < threads; started++) {
		shares[started].nodes = nodes;
		if (pthread_create(&running[started], NULL, share_hash, &shares[started]) != 0)
			break;
	}
	for (size_t i = 0; i < started; i++)
		pthread_join(running[i], NULL);
	bench_note(series, (double)entries * 1e6 / (bench_now_us() - start_us));
	return started == threads ? OK : FAIL_BUSY;
}

static enum fail check_measure(const char *folder, const struct note_key *key,
                               struct bench_series *series)
{
	struct log_check found;
	double start_us = bench_now_us();

	TRY(log_check(in(folder, "log").text, key, 0, (struct progress){ 0 }, &found));
	bench_note(series, (double)found.size * 1e6 / (bench_now_us() - start_us));
	return *found.defect ? FAIL_CORRUPT : OK;
}

static enum fail rounds_measure(const char *folder, const struct note_key *key, struct share *shares,
                                struct bench_check *out)
{
	struct bench_series checked = { 0 }, leaves = { 0 }, leaves_nodes = { 0 };

	for (size_t round = 0; round < out->rounds; round++) {
		TRY(check_measure(folder, key, &checked));
		TRY(yardstick(shares, out->threads, out->entries, false, &leaves));
		TRY(yardstick(shares, out->threads, out->entries, true, &leaves_nodes));
	}
	out->checked = bench_figure_of(&checked);
	out->leaves = bench_figure_of(&leaves);
	out->leaves_nodes = bench_figure_of(&leaves_nodes);
	return OK;
}

static enum fail shares_measure(const char *folder, const struct note_key *key,
                                struct bench_check *out)
{
	struct share *shares = process_bytes(out->threads * sizeof *shares);

	for (size_t i = 0; i < out->threads; i++) {
		shares[i].from = out->entries * i / out->threads;
		shares[i].to = out->entries * (i + 1) / out->threads;
		share_fill(&shares[i]);
	}
	enum fail fail = rounds_measure(folder, key, shares, out);
	for (size_t i = 0; i < out->threads; i++)
		buf_close(&shares[i].bytes);
	process_free(shares);
	return fail;
}

enum fail bench_check_run(const char *folder, uint64_t entries, size_t rounds,
                          struct bench_check *out)
{
	struct bench_check result = { .rounds = rounds, .entries = entries };
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	char name[SEAL_NAME_BYTES];
	struct note_key key;

	assert(rounds >= 1 && rounds <= BENCH_ROUNDS_MAX && entries > 0);
	result.threads = cores < 1 ? 1 : cores > CHECK_THREADS_MAX ? CHECK_THREADS_MAX : (size_t)cores;
	crypto_open();
	TRY(bench_folder_make(folder));
	enum fail fail = log_make(folder, entries, &key, name, &result.bytes);
	if (fail == OK)
		fail = shares_measure(folder, &key, &result);
	bench_folder_remove(folder);
	TRY(fail);
	*out = result;
	return OK;
}

void bench_check_print(const struct bench_check *result, struct buf *out)
{
	buf_printf(out, "check: %llu entries, %llu bytes, %zu threads, medians of %zu rounds\n",
	           (unsigned long long)result->entries, (unsigned long long)result->bytes,
	           result->threads, result->rounds);
	bench_line(out, "log check, page cache warm", result->checked, "entries/s");
	bench_line(out, "yardstick: SHA-256 of the entries", result->leaves, "entries/s");
	bench_line(out, "yardstick: of the entries and inner nodes", result->leaves_nodes, "entries/s");
	buf_printf(out, "  %.2f times the entries alone, %.2f times all that a tree needs\n",
	           result->checked.median / result->leaves.median,
	           result->checked.median / result->leaves_nodes.median);
}

void bench_check_json(const struct bench_check *result, struct buf *out)
{
	buf_printf(out, "{\"bench\":\"check\",\"rounds\":%zu,\"entries\":%llu,\"bytes\":%llu,\"threads\":%zu,",
	           result->rounds, (unsigned long long)result->entries,
	           (unsigned long long)result->bytes, result->threads);
	bench_member(out, "checked_per_second", result->checked);
	buf_byte(out, ',');
	bench_member(out, "entries_hashed_per_second", result->leaves);
	buf_byte(out, ',');
	bench_member(out, "tree_hashed_per_second", result->leaves_nodes);
	buf_byte(out, '}');
}
