/* usage: keeper_power ROUNDS [SEED]       rounds only
 *        keeper_power --flushes [SEED]    each flush in turn is made to do nothing: rounds must find it
 *
 * A whole keeper with its sealer, over log, vault and tables, is stopped at any operation of the disk
 * or right after any message, by a power cut or a kill; recovery itself may be stopped again. Then it
 * is started on a disk that works and everything is checked: this check is never left out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "disk.h"
#include "keeper/init.h"
#include "life.h"
#include "people.h"
#include "promise.h"
#include "watch.h"

enum { LIFE_ROUNDS = 12, ROUNDS_TO_SEE = 60, ROUNDS_TO_FIND = 1500, INITS = 200 };

static struct { size_t rounds, recoveries, deaths, documents, destroyed; } counted;

/* --- stopping --- */

/* A fifth ends well, a fifth stops anywhere, a fifth after a message, the rest at a flush. */
static void fuse_set(void)
{
	uint64_t dice = disk_dice(5);

	disk_hunt();
	life.messages_left = dice == 1 ? disk_dice(16) : UINT64_MAX;
	if (dice == 2)
		disk_fuse(disk_dice(250));
	if (dice > 2)
		disk_fuse_flushes(disk_dice(40));
}

static void stop(void)
{
	counted.deaths += disk_is_dead();
	if (!disk_is_dead() && disk_dice(2))
		disk_stop(); /* killed without warning: nothing is tidied up */
	life_stop();
	if (disk_is_caught() || disk_dice(3))
		disk_cut_power();
	else
		disk_kill_process();
	watch_erased();
}

/* --- a round --- */

static void clock_go(void)
{
	static const int64_t minutes[] = { 0, 0, 1, 1, 2, 11 }; /* eleven end a session */

	life.now_ms += minutes[disk_dice(ARRAY_LEN(minutes))] * 60000;
}

static void work(void)
{
	for (uint64_t i = 1 + disk_dice(6); i > 0 && life.keeper && !disk_is_dead() && !life.lost; i--) {
		life.courier_away = disk_dice(6) == 0;
		people_ask();
		if (life.keeper && !disk_is_dead() && disk_dice(3) == 0)
			life_tick();
	}
}

static void recoveries(void)
{
	for (uint64_t i = disk_dice(3) ? 0 : 1 + disk_dice(3); i > 0 && !life.lost; i--) {
		disk_hunt();
		disk_fuse(disk_dice(80));
		life_start();
		if (life.keeper && !disk_is_dead() && disk_dice(2))
			people_ask();
		stop();
		counted.recoveries++;
	}
}

static void check(void)
{
	life_start();
	if (!life.lost)
		promise_heads();
	if (!life.lost)
		people_ask_again();
	if (!life.lost && life_tick())
		life_tick();
	if (!life.lost)
		watch_documents();
	keeper_close(&life.keeper); /* which writes the tables */
	if (!life.lost)
		watch_tables();
	stop();
}

static void round_run(void)
{
	bool early = disk_dice(2);

	if (early)
		fuse_set();
	life_start();
	if (!early)
		fuse_set();
	work();
	stop();
	if (!life.lost)
		recoveries();
	if (!life.lost)
		check();
	clock_go();
	counted.rounds++;
}

/* --- beginning a data directory --- */

static void nobody_hears(void *context, uint64_t connection, const struct message *message)
{
	(void)context;
	(void)connection;
	(void)message;
}

static bool is_whole(const char *dir)
{
	static const char *const names[] = { "keys/log.key", "keys/log.vkey", "tls/server.pem", "tls/server.key",
		                             "youju.conf" };
	AUTO(arena_close) struct arena arena = arena_open(1 << 20);
	struct keeper *keeper = NULL;
	struct sealer sealer;
	struct str bytes;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (file_load(&arena, str_printf(&arena, "%s/%s", dir, names[i]).at, 65536, &bytes) != OK || bytes.len == 0)
			return false;
	bool whole = sealer_open(dir, &arena, &sealer) == OK &&
	             keeper_open(dir, (struct keeper_out){ nobody_hears, NULL }, NULL, &keeper) == OK;
	keeper_close(&keeper);
	return whole;
}

/* Told that it is made, it is there; cut off, it can be begun again in the same place. */
static const char *init_round(uint64_t seed)
{
	const struct init_options options = { STR("power.youju.test/init"), false, clock_wall_ms(), STR("localhost") };
	const char *dir = life_path("begun");

	disk_begin(life.root, seed);
	if (disk_dice(2))
		disk_fuse(disk_dice(60));
	else
		disk_fuse_flushes(disk_dice(24));
	bool told = keeper_init(dir, &options) == OK;
	if (disk_dice(3))
		disk_cut_power();
	else
		disk_kill_process();
	enum fail again = told ? OK : keeper_init(dir, &options);
	if (again != OK && again != FAIL_CONFLICT)
		return "a directory cannot be begun again";
	return is_whole(dir) ? NULL : "a directory that was made is not whole";
}

static unsigned inits_report(uint64_t seed)
{
	const char *found = NULL;
	uint64_t i;

	for (i = 0; i < INITS && !found; i++)
		found = init_round(seed + i);
	printf("%s 2 - %llu beginnings of a data directory leave none half made (%s, last seed %llu)\n",
	       found ? "not ok" : "ok", (unsigned long long)i, found ? found : "kept", (unsigned long long)(seed + i - 1));
	return found != NULL;
}

/* --- rounds --- */

/* Rounds until something is lost; a life's seed repeats it with its first LIFE_ROUNDS. */
static const char *rounds_run(uint64_t seed, unsigned most, unsigned *rounds, uint64_t *life_seed)
{
	for (*rounds = 0; *rounds < most; ++*rounds) {
		if (*rounds % LIFE_ROUNDS == 0) {
			counted.documents += watch_documents_seen();
			counted.destroyed += watch_documents_destroyed();
			*life_seed = seed + *rounds;
			life_begin(*life_seed);
		}
		round_run();
		if (life.lost)
			return life.lost;
	}
	return NULL;
}

static unsigned rounds_report(uint64_t seed, unsigned most)
{
	int64_t start_ms = clock_monotonic_ms();
	uint64_t life_seed = seed;
	unsigned rounds;
	const char *lost = rounds_run(seed, most, &rounds, &life_seed);
	struct people_count people = people_count();

	printf("%s 1 - %u rounds over keeper, sealer, log, vault and tables lose nothing (%s; %lld ms, seed %llu)\n",
	       lost ? "not ok" : "ok", rounds, lost ? lost : "kept",
	       (long long)(clock_monotonic_ms() - start_ms), (unsigned long long)seed);
	if (lost)
		printf("# repeat this life: keeper_power %d %llu\n", LIFE_ROUNDS, (unsigned long long)life_seed);
	printf("# %zu stops by the disk, %zu recoveries stopped again; %zu granted, %zu refused, %zu waiting, %zu failed,"
	       " %zu asked again; %zu plans, %zu heads; %zu documents, %zu destroyed\n",
	       counted.deaths, counted.recoveries, people.granted, people.refused, people.waiting, people.failed,
	       people.again, promise_count().plans, promise_count().heads, counted.documents, counted.destroyed);
	return lost != NULL;
}

/* --- without one flush --- */

/* ledger_power takes the ledger's away, store_power those within SQLite; the version stamp of the tables
 * is no promise: without it they are made again. */
static bool is_tried(size_t site)
{
	static const char *const elsewhere[] = { "vault.db", "youju.db", "the data directory" };
	const char *name = disk_site_name(site);

	for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++)
		if (strstr(name, elsewhere[i]))
			return false;
	return strstr(name, "sealer") || !disk_site_is_in(site, life_path("log"));
}

static unsigned site_try(size_t site, size_t number, uint64_t seed)
{
	uint64_t life_seed;
	unsigned rounds;

	disk_ignore(site);
	const char *lost = rounds_run(seed, ROUNDS_TO_FIND, &rounds, &life_seed);
	printf("%s %zu - without flush %zu of %s: %s (round %u)\n", lost ? "ok" : "not ok", number, site,
	       disk_site_name(site), lost ? lost : "nothing is lost", rounds);
	fflush(stdout);
	return lost == NULL;
}

static unsigned flushes_report(uint64_t seed, const char *only)
{
	uint64_t life_seed;
	unsigned rounds, failed = 0;

	if (rounds_run(seed, ROUNDS_TO_SEE, &rounds, &life_seed))
		return 1;
	size_t sites = disk_sites(), tried = 0;
	for (size_t site = 0; site < sites; site++)
		if (is_tried(site) && strstr(disk_site_name(site), only))
			failed += site_try(site, ++tried, seed);
	disk_ignore(SIZE_MAX);
	printf("1..%zu\n", tried);
	return failed;
}

int main(int argc, char **argv)
{
	bool flushes = argc > 1 && strcmp(argv[1], "--flushes") == 0;
	unsigned most = argc > 1 && !flushes ? (unsigned)strtoul(argv[1], NULL, 10) : 1000;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;

	life_open();
	unsigned failed = flushes ? flushes_report(seed, argc > 3 ? argv[3] : "") : rounds_report(seed, most) + inits_report(seed);
	if (!flushes)
		printf("1..2\n");
	life_close();
	return failed != 0;
}
