#include "bench/bench_crl.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/cert_make.h"
#include "base/cert_trust.h"
#include "base/time.h"

enum { SERIAL_BYTES = 16, FINDS = 200000, DAY_MS = 86400000 };

struct scene {
	struct arena arena;
	struct str ca_der, list;
	struct str *serials; /* every second one stands on the list */
	size_t entries;
};

struct series { struct bench_series load, find, peak, library_load, library_find, library_peak; };

static void serials_make(struct scene *scene, struct crl_entry *entries, int64_t at_ms)
{
	for (size_t i = 0; i < 2 * scene->entries; i++) {
		struct hash hash = hash_two(0x62, "crl", 3, &i, sizeof i);
		char *serial = arena_bytes(&scene->arena, SERIAL_BYTES);
		memcpy(serial, hash.at, SERIAL_BYTES);
		serial[0] = (char)((serial[0] & 0x3f) | 0x20);
		scene->serials[i] = str_bytes(serial, SERIAL_BYTES);
		if (i % 2 == 0)
			entries[i / 2] = (struct crl_entry){ scene->serials[i], at_ms - (int64_t)(i % 1500) * DAY_MS };
	}
}

static enum fail scene_make(struct scene *scene)
{
	int64_t at_ms = clock_wall_ms();
	struct crl_entry *entries = arena_array(&scene->arena, struct crl_entry, scene->entries);
	struct crl_order list = { .number = 1, .this_update_ms = at_ms, .next_update_ms = at_ms + DAY_MS, .entries = entries,
		                  .count = scene->entries };
	struct buf der = buf_on(&scene->arena);
	struct key key;

	TRY(key_make(KEY_RSA_4096, &key));
	struct cert_order ca = { .serial = STR("\x01"), .not_before_ms = at_ms - DAY_MS, .not_after_ms = at_ms + DAY_MS,
		                 .subject_key = key, .issuer_key_id = key_id(&scene->arena, key),
		                 .usage = CERT_USE_CERTIFY | CERT_USE_CRL, .is_ca = true, .path_len = -1 };
	name_add(&ca.issuer, OID_UNIT, STR("內政部憑證管理中心"));
	ca.subject = list.issuer = ca.issuer;
	list.issuer_key_id = ca.issuer_key_id;
	scene->serials = arena_array(&scene->arena, struct str, 2 * scene->entries);
	serials_make(scene, entries, at_ms);
	enum fail fail = cert_make(&scene->arena, &ca, key, &scene->ca_der);
	if (fail == OK)
		fail = crl_make(&list, key, &der);
	key_close(&key);
	scene->list = buf_str(&der);
	return fail;
}

/* Processor time: what others do on the machine does not count. */
static double spent_us(void)
{
	struct timespec now;
	int failed = clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);

	assert(!failed);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* --- ours --- */

static enum fail table_load(const struct scene *scene, struct crl *out)
{
	struct cert_trust *trust = trust_new();
	struct arena arena = arena_open(1 << 20);
	struct crl_parts parts;
	enum fail fail = trust_add_ca(trust, scene->ca_der);

	if (fail == OK)
		fail = trust_add_crl(trust, scene->list);
	trust_close(&trust);
	if (fail == OK && out)
		fail = crl_read(&arena, scene->list, &parts);
	if (fail == OK && out)
		fail = crl_build(&parts, out);
	arena_close(&arena);
	return fail;
}

static double crl_finds(const struct scene *scene, const struct crl *crl, size_t *found)
{
	double start = spent_us();
	int64_t at_ms;

	for (size_t i = 0; i < FINDS; i++)
		*found += crl_find(crl, scene->serials[i * 7919 % (2 * scene->entries)], &at_ms);
	return (spent_us() - start) / FINDS;
}

static double library_finds(const struct scene *scene, struct library_crl *crl, size_t *found)
{
	double start = spent_us();

	for (size_t i = 0; i < FINDS; i++)
		*found += library_crl_find(crl, scene->serials[i * 7919 % (2 * scene->entries)]);
	return (spent_us() - start) / FINDS;
}

/* --- memory: what a process of its own grew by at most while loading --- */

static uint64_t status_kib(const char *name)
{
	char line[256];
	unsigned long long kib = 0;
	FILE *file = fopen("/proc/self/status", "re");

	while (file && fgets(line, sizeof line, file))
		if (strncmp(line, name, strlen(name)) == 0)
			sscanf(line + strlen(name), " %llu", &kib);
	if (file)
		fclose(file);
	return kib;
}

/* Lets the kernel count the most from here on. */
static void high_water_reset(void)
{
	FILE *file = fopen("/proc/self/clear_refs", "we");

	if (!file)
		return;
	fputs("5", file);
	fclose(file);
}

static void grow(const struct scene *scene, bool library, int to)
{
	/* What the parent freed is given back, and large pieces are taken afresh. */
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);
	malloc_trim(0);
	high_water_reset();
	uint64_t before = status_kib("VmRSS:");
	struct library_crl *crl = NULL;
	enum fail fail = library ? library_crl_load(scene->list, scene->ca_der, &crl) : table_load(scene, NULL);
	double mib = fail == OK ? (double)(status_kib("VmHWM:") - before) / 1024 : -1;

	_exit(write(to, &mib, sizeof mib) == sizeof mib ? 0 : 1);
}

static enum fail peak(const struct scene *scene, bool library, double *mib_out)
{
	int ends[2], status;
	pid_t child;

	if (pipe(ends) != 0 || (child = fork()) < 0)
		return FAIL_IO;
	if (child == 0)
		grow(scene, library, ends[1]);
	close(ends[1]);
	bool got = read(ends[0], mib_out, sizeof *mib_out) == sizeof *mib_out;
	close(ends[0]);
	return waitpid(child, &status, 0) == child && got && *mib_out >= 0 ? OK : FAIL_IO;
}

static enum fail ours(const struct scene *scene, struct series *series, size_t *found, size_t *bytes)
{
	double start = spent_us(), mib;
	struct crl crl;

	TRY(table_load(scene, NULL));
	bench_note(&series->load, (spent_us() - start) / 1000);
	TRY(table_load(scene, &crl));
	*bytes = crl_bytes(&crl);
	bench_note(&series->find, crl_finds(scene, &crl, found));
	crl_close(&crl);
	TRY(peak(scene, false, &mib));
	bench_note(&series->peak, mib);
	return OK;
}

static enum fail theirs(const struct scene *scene, struct series *series, size_t *found)
{
	double start = spent_us(), mib;
	struct library_crl *crl;

	TRY(library_crl_load(scene->list, scene->ca_der, &crl));
	bench_note(&series->library_load, (spent_us() - start) / 1000);
	bench_note(&series->library_find, library_finds(scene, crl, found));
	library_crl_close(crl);
	TRY(peak(scene, true, &mib));
	bench_note(&series->library_peak, mib);
	return OK;
}

enum fail bench_crl_run(size_t entries, size_t rounds, struct bench_crl *out)
{
	AUTO(arena_close) struct arena arena = arena_open((size_t)1 << 30);
	struct scene scene = { .arena = arena, .entries = entries };
	struct bench_crl result = { .rounds = rounds, .entries = entries };
	struct series series = { 0 };

	TRY(scene_make(&scene));
	result.list_bytes = scene.list.len;
	for (size_t round = 0; round < rounds; round++) {
		size_t found = 0, library_found = 0;
		TRY(ours(&scene, &series, &found, &result.table_bytes));
		TRY(theirs(&scene, &series, &library_found));
		if (found != library_found)
			return FAIL_CORRUPT;
	}
	result.load_ms = bench_figure_of(&series.load);
	result.find_us = bench_figure_of(&series.find);
	result.peak_mib = bench_figure_of(&series.peak);
	result.library_load_ms = bench_figure_of(&series.library_load);
	result.library_find_us = bench_figure_of(&series.library_find);
	result.library_peak_mib = bench_figure_of(&series.library_peak);
	*out = result;
	return OK;
}

static void precise_line(struct buf *out, const char *what, struct bench_figure figure, const char *unit)
{
	buf_printf(out, "  %-46s %12.3f %s (%.3f to %.3f)\n", what, figure.median, unit, figure.least, figure.most);
}

void bench_crl_print(const struct bench_crl *result, struct buf *out)
{
	buf_printf(out, "%zu serials, %zu rounds, processor time; the list has %.1f MiB, the table %.1f MiB\n", result->entries, result->rounds,
	           (double)result->list_bytes / 1048576, (double)result->table_bytes / 1048576);
	precise_line(out, "load: parse, verify, sort", result->load_ms, "ms");
	precise_line(out, "  the library's objects", result->library_load_ms, "ms");
	precise_line(out, "look one up", result->find_us, "us");
	precise_line(out, "  the library's objects", result->library_find_us, "us");
	precise_line(out, "grows by at most, beside the list", result->peak_mib, "MiB");
	precise_line(out, "  the library's objects", result->library_peak_mib, "MiB");
}

void bench_crl_json(const struct bench_crl *result, struct buf *out)
{
	const struct { const char *key; struct bench_figure figure; } members[] = {
		{ "load_ms", result->load_ms }, { "find_us", result->find_us }, { "peak_mib", result->peak_mib },
		{ "library_load_ms", result->library_load_ms }, { "library_find_us", result->library_find_us },
		{ "library_peak_mib", result->library_peak_mib },
	};

	buf_printf(out, "{\"entries\":%zu,\"rounds\":%zu,\"list_bytes\":%zu,\"table_bytes\":%zu", result->entries, result->rounds,
	           result->list_bytes, result->table_bytes);
	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		buf_printf(out, ",\"%s\":[%.3f,%.3f,%.3f]", members[i].key, members[i].figure.least, members[i].figure.median,
		           members[i].figure.most);
	buf_byte(out, '}');
}
