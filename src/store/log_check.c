#include "store/log_check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/time.h"
#include "journal/checkpoint.h"
#include "store/ledger.h"

/* Work is given out in perfect subtrees of 2^CHUNK_LEVEL entries; the last may be smaller. */
enum { CHUNK_LEVEL = 12, CHUNK = 1 << CHUNK_LEVEL, THREADS_MAX = 64 };

struct work {
	const char *folder;
	uint64_t size, chunk_count;
	struct hash *roots;        /* of the full chunks */
	struct frontier last;      /* of the one that is not full */
	atomic_uint_fast64_t next, done, bytes;
	atomic_int fail;
};

static enum fail chunk_hash(struct work *work, struct ledger *ledger, uint64_t chunk)
{
	struct ledger_scan scan = ledger_scan(ledger, chunk * CHUNK);
	struct frontier frontier = { .size = 0 };
	uint64_t left = work->size - chunk * CHUNK, index, bytes = 0;
	enum fail fail = OK;
	struct str entry;

	if (left > CHUNK)
		left = CHUNK;
	for (uint64_t i = 0; i < left && fail == OK; i++) {
		fail = ledger_scan_next(&scan, &index, &entry);
		if (fail != OK)
			break;
		struct hash leaf = merkle_leaf(entry);
		frontier_add(&frontier, &leaf, NULL);
		bytes += entry.len;
	}
	ledger_scan_close(&scan);
	if (left == CHUNK)
		work->roots[chunk] = frontier.node[CHUNK_LEVEL];
	else
		work->last = frontier;
	atomic_fetch_add(&work->bytes, bytes);
	atomic_fetch_add(&work->done, left);
	return fail;
}

static void *worker(void *context)
{
	struct work *work = context;
	struct ledger *ledger = NULL;
	enum fail fail = ledger_open(work->folder, LEDGER_READ, &ledger);

	while (fail == OK && atomic_load(&work->fail) == OK) {
		uint64_t chunk = atomic_fetch_add(&work->next, 1);
		if (chunk >= work->chunk_count)
			break;
		fail = chunk_hash(work, ledger, chunk);
	}
	if (fail != OK)
		atomic_store(&work->fail, fail);
	ledger_close(ledger);
	return NULL;
}

/* The root of all: chunk roots are the leaves of the upper tree, the last chunk its right border. */
static struct hash root_of(const struct work *work)
{
	struct frontier upper = { .size = 0 }, whole = { .size = work->size };
	uint64_t full = work->size / CHUNK;

	for (uint64_t i = 0; i < full; i++)
		frontier_add(&upper, &work->roots[i], NULL);
	for (unsigned level = 0; level + CHUNK_LEVEL < TREE_LEVELS; level++)
		whole.node[level + CHUNK_LEVEL] = upper.node[level];
	if (work->size % CHUNK)
		for (unsigned level = 0; level < CHUNK_LEVEL; level++)
			whole.node[level] = work->last.node[level];
	return frontier_root(&whole);
}

static enum fail hash_all(struct work *work, unsigned threads, struct progress progress)
{
	pthread_t at[THREADS_MAX];
	unsigned started = 0;

	while (started < threads && pthread_create(&at[started], NULL, worker, work) == 0)
		started++;
	if (!started)
		return FAIL_IO;
	while (progress.say && atomic_load(&work->fail) == OK && atomic_load(&work->done) < work->size) {
		progress.say(progress.context, atomic_load(&work->done), work->size);
		usleep(50000);
	}
	for (unsigned i = 0; i < started; i++)
		pthread_join(at[i], NULL);
	return (enum fail)atomic_load(&work->fail);
}

/* The published checkpoint: signed by our key, and a head that this very tree once had. */
static enum fail checkpoint_check(struct ledger *ledger, const struct note_key *key, struct log_check *out)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 24);
	struct note_coverage *coverage = arena_new(&arena, struct note_coverage);
	struct note *note = arena_new(&arena, struct note);
	struct checkpoint checkpoint;
	struct str bytes;
	struct hash root;

	enum fail fail = ledger_checkpoint(ledger, &arena, &bytes);
	if (fail == FAIL_NOT_FOUND)
		return OK;
	TRY(fail);
	if (note_parse(&arena, bytes, note) != OK || note_verify(&arena, note, key, 1, coverage) != OK) {
		out->defect = "The published checkpoint is not signed by this log's key.";
		return OK;
	}
	TRY(checkpoint_parse(&arena, note->text, &checkpoint));
	out->checkpoint_size = checkpoint.size;
	if (checkpoint.size > ledger_size(ledger)) {
		out->defect = "The log is shorter than its published checkpoint says.";
		return OK;
	}
	TRY(ledger_root_at(ledger, checkpoint.size, &root));
	if (!hash_eq(&root, &checkpoint.root))
		out->defect = "The published checkpoint is of another tree.";
	return OK;
}

enum fail log_check(const char *folder, const struct note_key *key, unsigned threads,
                    struct progress progress, struct log_check *out)
{
	struct log_check check = { .defect = "", .threads = threads };
	int64_t started_ms = clock_monotonic_ms();
	struct ledger *ledger;

	if (!threads)
		check.threads = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
	if (check.threads > THREADS_MAX)
		check.threads = THREADS_MAX;
	TRY(ledger_open(folder, LEDGER_READ, &ledger));
	struct work work = { .folder = folder, .size = ledger_size(ledger) };
	work.chunk_count = (work.size + CHUNK - 1) / CHUNK;
	work.roots = process_bytes((work.chunk_count + 1) * sizeof *work.roots);
	enum fail fail = hash_all(&work, check.threads, progress);
	struct hash stored = ledger_root(ledger), computed = root_of(&work);
	process_free(work.roots);
	check.size = work.size;
	check.bytes = atomic_load(&work.bytes);
	if (fail == FAIL_CORRUPT) {
		check.defect = "An entry is damaged.";
		fail = OK;
	} else if (fail == OK && !hash_eq(&stored, &computed)) {
		check.defect = "The entries do not lead to the stored root.";
	} else if (fail == OK) {
		fail = checkpoint_check(ledger, key, &check);
	}
	ledger_close(ledger);
	TRY(fail);
	check.spent_ms = clock_monotonic_ms() - started_ms;
	*out = check;
	return OK;
}
