#include "store/log_check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "journal/checkpoint.h"

enum { THREADS_MAX = 64, TILES_A_TURN = 16 };

/* Shared by the threads; each takes the next few tiles. */
struct work {
	const char *folder;
	uint64_t size, tiles;
	atomic_uint_fast64_t next, done;
	struct progress progress;
	pthread_mutex_t joining;
	struct log_check report;
	enum fail fail;
};

/* Entries are read on after a damaged one, so that all are counted. */
static enum fail entries_check(struct ledger *ledger, uint64_t first, unsigned width,
                               struct log_check *report)
{
	uint64_t bytes;
	size_t sound;

	for (unsigned i = 0; i < width; i++) {
		TRY(ledger_hash(ledger, first + i, width - i, &bytes, &sound));
		report->bytes += bytes;
		i += (unsigned)sound;
		if (i < width && report->damaged++ == 0)
			report->first_damaged = first + i;
	}
	report->size += width;
	return OK;
}

static struct hash tile_root(struct hash *row)
{
	for (size_t count = TILE_HASHES; count > 1; count /= 2)
		for (size_t i = 0; i < count / 2; i++)
			row[i] = merkle_node(&row[2 * i], &row[2 * i + 1]);
	return row[0];
}

/* A full tile leads to one hash of the level above. */
static enum fail node_check(struct ledger *ledger, unsigned level, uint64_t n,
                            struct log_check *report)
{
	struct hash row[TILE_HASHES], above;

	TRY(ledger_hashes(ledger, level, n * TILE_HASHES, TILE_HASHES, row));
	TRY(ledger_hashes(ledger, level + 1, n, 1, &above));
	struct hash root = tile_root(row);
	report->wrong_nodes += !hash_eq(&root, &above);
	return OK;
}

static enum fail tile_check(struct ledger *ledger, const struct work *work, uint64_t n,
                            struct log_check *report)
{
	unsigned width = tile_width(work->size, 0, n);

	TRY(entries_check(ledger, n * TILE_HASHES, width, report));
	return width == TILE_HASHES ? node_check(ledger, 0, n, report) : OK;
}

static enum fail turns_take(struct work *work, struct ledger *ledger, struct log_check *report)
{
	for (;;) {
		uint64_t from = atomic_fetch_add(&work->next, TILES_A_TURN);
		if (from >= work->tiles)
			return OK;
		uint64_t to = from + TILES_A_TURN < work->tiles ? from + TILES_A_TURN : work->tiles;
		for (uint64_t n = from; n < to; n++)
			TRY(tile_check(ledger, work, n, report));
		atomic_fetch_add(&work->done, to - from);
	}
}

static void report_join(struct work *work, const struct log_check *part, enum fail fail)
{
	struct log_check *all = &work->report;

	pthread_mutex_lock(&work->joining);
	if (part->damaged && (!all->damaged || part->first_damaged < all->first_damaged))
		all->first_damaged = part->first_damaged;
	all->damaged += part->damaged;
	all->wrong_nodes += part->wrong_nodes;
	all->size += part->size;
	all->bytes += part->bytes;
	if (work->fail == OK)
		work->fail = fail;
	pthread_mutex_unlock(&work->joining);
}

static void *thread_run(void *argument)
{
	struct work *work = argument;
	struct log_check part = { .size = 0 };
	struct ledger *ledger;
	enum fail fail = ledger_open(work->folder, LEDGER_READ, &ledger);

	if (fail == OK) {
		fail = turns_take(work, ledger, &part);
		ledger_close(ledger);
	}
	report_join(work, &part, fail);
	return NULL;
}

static void say(const struct work *work)
{
	if (work->progress.say)
		work->progress.say(work->progress.context, atomic_load(&work->done) * TILE_HASHES,
		                   work->tiles * TILE_HASHES);
}

static enum fail threads_run(struct work *work, unsigned threads)
{
	pthread_t running[THREADS_MAX];
	unsigned count = 0;

	while (count < threads && pthread_create(&running[count], NULL, thread_run, work) == 0)
		count++;
	while (count && work->progress.say && atomic_load(&work->done) < work->tiles &&
	       atomic_load(&work->next) < work->tiles) {
		usleep(100 * 1000);
		say(work);
	}
	for (unsigned i = 0; i < count; i++)
		pthread_join(running[i], NULL);
	say(work);
	return count ? work->fail : FAIL_BUSY;
}

static enum fail uppers_check(struct ledger *ledger, struct log_check *report)
{
	for (unsigned level = 1; level + 1 < TILE_LEVELS; level++)
		for (uint64_t n = 0; n < report->size >> (TILE_HEIGHT * (level + 1)); n++)
			TRY(node_check(ledger, level, n, report));
	return OK;
}

/* The published checkpoint: signed by our key, and a head that this very tree once had. */
static enum fail checkpoint_check(struct ledger *ledger, const struct note_key *key,
                                  struct log_check *out)
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

static enum fail root_check(struct ledger *ledger, struct log_check *report)
{
	struct hash root, head = ledger_root(ledger);

	TRY(ledger_root_at(ledger, ledger_size(ledger), &root));
	if (report->damaged)
		report->defect = "An entry is damaged.";
	else if (report->wrong_nodes || !hash_eq(&root, &head))
		report->defect = "The entries do not lead to the stored root.";
	return OK;
}

static enum fail all_check(struct work *work, struct ledger *ledger, const struct note_key *key)
{
	TRY(threads_run(work, work->report.threads));
	TRY(uppers_check(ledger, &work->report));
	TRY(root_check(ledger, &work->report));
	return *work->report.defect ? OK : checkpoint_check(ledger, key, &work->report);
}

enum fail log_check(const char *folder, const struct note_key *key, unsigned threads,
                    struct progress progress, struct log_check *out)
{
	struct work work = { .folder = folder, .progress = progress, .report = { .defect = "" } };
	int64_t started_ms = clock_monotonic_ms();
	struct ledger *ledger;

	if (threads == 0)
		threads = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
	work.report.threads = threads < THREADS_MAX ? threads : THREADS_MAX;
	crypto_open();
	TRY(ledger_open(folder, LEDGER_READ, &ledger));
	work.size = ledger_size(ledger);
	work.tiles = tile_count(work.size, 0);
	pthread_mutex_init(&work.joining, NULL);
	enum fail fail = all_check(&work, ledger, key);
	pthread_mutex_destroy(&work.joining);
	ledger_close(ledger);
	TRY(fail);
	work.report.spent_ms = clock_monotonic_ms() - started_ms;
	*out = work.report;
	return OK;
}
