/* usage: ledger_power ROUNDS [SEED]
 * The log and its sealer, stopped at any operation by a power cut or a kill, and checked after every
 * restart. Then each flush in turn is made to do nothing: the same check must find the loss. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "disk.h"
#include "store/ledger.h"
#include "store/seal.h"

enum { ENTRIES_MAX = 8192, HEADS_MAX = 512, LIFE_ROUNDS = 20, GROUP_ENTRIES = 24, LARGE_GROUP_ENTRIES = 400,
       ROUNDS_TO_FIND = 6000, ENTRY_ROOM = 66000 };

#define ORIGIN STR("demo.power.example/log")
#define START_MS INT64_C(1795422600125)

/* What the world was promised. */
struct promise {
	size_t durable, staged; /* entries acknowledged, and those on their way after them */
	struct hash leaves[ENTRIES_MAX];
	size_t head_count;
	struct checkpoint heads[HEADS_MAX]; /* every signed one; the extension is not used */
	struct hash notes[HEADS_MAX];       /* of the published ones */
	bool published[HEADS_MAX];
	bool has_key;
	int64_t at_ms;
};

static char root[64], folder[96], keys[96], key_path[112], state_path[112];
static struct promise promise;
static struct arena arena;
static char entry_bytes[ENTRY_ROOM];
static struct { struct ledger *ledger; struct seal seal; bool has_seal; } now;

/* --- checking --- NULL when the promise was kept, else what was lost */

static const char *entries_kept(void)
{
	struct ledger_scan scan = ledger_scan(now.ledger, 0);
	struct frontier tree = { 0 };
	const char *lost = NULL;
	struct str entry;
	uint64_t index;
	enum fail fail;

	while ((fail = ledger_scan_next(&scan, &index, &entry)) == OK && !lost) {
		struct hash leaf = merkle_leaf(entry);
		frontier_add(&tree, &leaf, NULL);
		if (index >= promise.durable + promise.staged)
			lost = "an entry from nowhere";
		else if (!hash_eq(&leaf, &promise.leaves[index]))
			lost = "an entry has other bytes";
	}
	ledger_scan_close(&scan);
	if (lost)
		return lost;
	if (fail != FAIL_NOT_FOUND)
		return "an entry cannot be read";
	if (tree.size < promise.durable)
		return "an acknowledged entry is gone";
	struct hash computed = frontier_root(&tree), told = ledger_root(now.ledger);
	return hash_eq(&computed, &told) ? NULL : "the root is not that of the entries";
}

static const char *head_kept(size_t i)
{
	const struct checkpoint *head = &promise.heads[i];
	struct hash root_then;
	struct str note;

	if (ledger_root_at(now.ledger, head->size, &root_then) != OK ||
	    !hash_eq(&root_then, &head->root))
		return "the tree does not continue a signed head";
	if (!promise.published[i])
		return NULL;
	if (ledger_checkpoint_of(now.ledger, head->size - 1, &arena, &note) != OK)
		return "a published checkpoint is gone";
	struct hash hash = hash_bytes(note);
	return hash_eq(&hash, &promise.notes[i]) ? NULL : "a published checkpoint changed";
}

static const char *proofs_hold(void)
{
	struct hash tip = ledger_root(now.ledger);
	uint64_t size = ledger_size(now.ledger);
	struct proof proof;

	if (size == 0)
		return NULL;
	uint64_t index = disk_dice(size);
	if (ledger_inclusion(now.ledger, index, size, &proof) != OK ||
	    inclusion_verify(&promise.leaves[index], index, size, &tip, &proof) != OK)
		return "an entry cannot be proved";
	return NULL;
}

static const char *seal_kept(void)
{
	uint64_t largest = 0;

	if (!promise.has_key)
		return NULL;
	enum fail fail = seal_open(key_path, state_path, ORIGIN, &now.seal);
	if (fail != OK)
		return disk_is_dead() ? NULL : "the sealer's key or state is gone";
	now.has_seal = true;
	for (size_t i = 0; i < promise.head_count; i++)
		if (promise.heads[i].size > largest)
			largest = promise.heads[i].size;
	return now.seal.size < largest ? "the sealer forgot a head it signed" : NULL;
}

static const char *promise_kept(void)
{
	const char *lost = entries_kept();

	for (size_t i = 0; i < promise.head_count && !lost; i++)
		lost = head_kept(i);
	if (!lost)
		lost = proofs_hold();
	if (!lost)
		lost = seal_kept();
	arena_empty(&arena);
	return lost;
}

/* --- working --- */

static struct str entry_make(void)
{
	size_t len = disk_dice(40) ? 1 + disk_dice(700) : 1 + disk_dice(ENTRY_BYTES_MAX);

	for (size_t i = 0; i < len; i += 8) {
		uint64_t dice = disk_dice(0);
		memcpy(entry_bytes + i, &dice, 8);
	}
	return str_bytes(entry_bytes, len);
}

static void group_work(void)
{
	size_t count = 1 + disk_dice(disk_dice(8) ? GROUP_ENTRIES : LARGE_GROUP_ENTRIES);

	if (disk_dice(40) == 0) /* a quarter passes, at times within the group */
		promise.at_ms += INT64_C(92) * 86400000;
	for (size_t i = 0; i < count && promise.durable + promise.staged < ENTRIES_MAX; i++) {
		struct str entry = entry_make();
		promise.at_ms += disk_dice(500) ? 1 : INT64_C(92) * 86400000;
		struct ledger_mark mark = ledger_mark(now.ledger);
		if (ledger_stage(now.ledger, entry, promise.at_ms, NULL) != OK)
			return;
		if (disk_dice(5) == 0) {
			ledger_rollback(now.ledger, mark);
			continue;
		}
		promise.leaves[promise.durable + promise.staged++] = merkle_leaf(entry);
	}
	if (ledger_commit(now.ledger) != OK)
		return;
	promise.durable += promise.staged;
	promise.staged = 0;
}

static void seal_work(void)
{
	struct buf note = buf_on(&arena);
	struct checkpoint head = { .size = ledger_size(now.ledger), .root = ledger_root(now.ledger) };
	struct proof proof;

	if (promise.head_count == HEADS_MAX || head.size <= now.seal.size)
		return;
	enum fail fail = ledger_consistency(now.ledger, now.seal.size, head.size, &proof);
	if (fail == OK)
		fail = seal_sign(&now.seal, head.size, &head.root, &proof, &note);
	if (fail != OK)
		return;
	/* The signature may be with anybody from here on, published or not. */
	size_t i = promise.head_count++;
	promise.heads[i] = head;
	promise.notes[i] = hash_bytes(buf_str(&note));
	promise.published[i] = ledger_publish(now.ledger, buf_str(&note)) == OK;
	arena_empty(&arena);
}

static void key_work(void)
{
	enum fail fail = seal_create(key_path, state_path, ORIGIN);

	if (fail == FAIL_CONFLICT) { /* an unfinished making, begun again */
		if (file_exists(key_path) && file_remove(key_path) != OK)
			return;
		if (file_exists(state_path) && file_remove(state_path) != OK)
			return;
		fail = seal_create(key_path, state_path, ORIGIN);
	}
	promise.has_key = fail == OK;
	now.has_seal = fail == OK && seal_open(key_path, state_path, ORIGIN, &now.seal) == OK;
}

/* --- living --- */

/* What stands after recovery is shown to people: it is promised from now on. */
static void promise_renew(void)
{
	struct str note;

	promise.durable = (size_t)ledger_size(now.ledger);
	promise.staged = 0;
	for (size_t i = 0; i < promise.head_count; i++) {
		if (ledger_checkpoint_of(now.ledger, promise.heads[i].size - 1, &arena, &note) != OK)
			continue;
		struct hash hash = hash_bytes(note);
		promise.published[i] = hash_eq(&hash, &promise.notes[i]);
	}
	arena_empty(&arena);
}

static const char *open_and_check(void)
{
	now.ledger = NULL;
	now.has_seal = false;
	enum fail fail = dir_make(keys); /* the ledger flushes the folder that both stand in */
	if (fail == OK)
		fail = ledger_open(folder, LEDGER_WRITE, &now.ledger);
	if (fail != OK)
		return disk_is_dead() ? NULL : "the log does not open";
	const char *lost = promise_kept();
	if (lost)
		return lost;
	promise_renew();
	return NULL;
}

static void close_all(void)
{
	ledger_close(now.ledger);
	if (now.has_seal)
		seal_close(&now.seal);
	now.ledger = NULL;
	now.has_seal = false;
}

/* A quarter ends well, a quarter stops anywhere, half stops at a flush. */
static void fuse_set(void)
{
	uint64_t dice = disk_dice(4);

	if (dice == 1)
		disk_fuse(disk_dice(disk_dice(3) ? 60 : 200));
	if (dice > 1)
		disk_fuse_flushes(disk_dice(24));
}

static const char *round_run(void)
{
	fuse_set();
	const char *lost = open_and_check();
	for (unsigned work = 1 + (unsigned)disk_dice(12); now.ledger && !lost && work > 0; work--) {
		if (disk_is_dead() || ledger_is_broken(now.ledger))
			break;
		if (!now.has_seal && disk_dice(2))
			key_work();
		else if (now.has_seal && disk_dice(3) == 0)
			seal_work();
		else
			group_work();
	}
	close_all();
	if (disk_dice(3))
		disk_cut_power();
	else
		disk_kill_process();
	return lost;
}

static void life_begin(uint64_t seed)
{
	disk_begin(root, seed);
	memset(&promise, 0, sizeof promise);
	promise.at_ms = START_MS;
}

/* Runs rounds until something is lost; *rounds says how many it took. */
static const char *rounds_run(uint64_t seed, unsigned most, unsigned *rounds)
{
	const char *lost = NULL;

	for (*rounds = 0; *rounds < most && !lost; ++*rounds) {
		if (*rounds % LIFE_ROUNDS == 0)
			life_begin(seed + *rounds);
		lost = round_run();
	}
	if (!lost) {
		disk_fuse(UINT64_MAX);
		lost = open_and_check();
		close_all();
	}
	return lost;
}

static void folder_make(void)
{
	bool shm = access("/dev/shm", W_OK) == 0;

	snprintf(root, sizeof root, "%s/youju-power-XXXXXX", shm ? "/dev/shm" : "/tmp");
	if (!mkdtemp(root)) {
		perror(root);
		exit(1);
	}
	snprintf(folder, sizeof folder, "%s/log", root);
	snprintf(keys, sizeof keys, "%s/keys", root);
	snprintf(key_path, sizeof key_path, "%s/log.key", keys);
	snprintf(state_path, sizeof state_path, "%s/sealed", folder);
}

int main(int argc, char **argv)
{
	unsigned most = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 1000, rounds, failed = 0;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;

	arena = arena_open(64 * 1024 * 1024);
	folder_make();
	int64_t start_ms = clock_monotonic_ms();
	const char *lost = rounds_run(seed, most, &rounds);
	failed += lost != NULL;
	printf("%s 1 - %u rounds of power cuts and kills lose nothing (%s; %lld ms, seed %llu)\n",
	       lost ? "not ok" : "ok", rounds, lost ? lost : "kept",
	       (long long)(clock_monotonic_ms() - start_ms), (unsigned long long)seed);
	size_t sites = disk_sites();
	for (size_t site = 0; site < sites; site++) {
		disk_ignore(site);
		lost = rounds_run(seed, ROUNDS_TO_FIND, &rounds);
		failed += lost == NULL;
		printf("%s %zu - without flush %zu of %s: %s (round %u)\n", lost ? "ok" : "not ok", site + 2,
		       site, disk_site_name(site), lost ? lost : "nothing is lost", rounds);
	}
	disk_ignore(SIZE_MAX);
	disk_end();
	arena_close(&arena);
	printf("1..%zu\n", sites + 1);
	return rmdir(root) != 0 && failed == 0 ? 0 : failed != 0;
}
