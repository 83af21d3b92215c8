#include "bench/bench_ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "demo/testca.h"

enum { RUNS_MAX = 31, FLUSHES = 200, DAY_QUESTIONS = 150000, DAY_MS = 86400000, HEADS_BYTES = 512 << 20 };

static double cpu_s(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double wall_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void spread(double *values, size_t count, double out[3])
{
	qsort(values, count, sizeof *values, order);
	out[0] = values[count / 2];
	out[1] = values[0];
	out[2] = values[count - 1];
}

/* The place of work: an office, its keeper, and which officer asks next. */
struct place {
	char dir[256];
	struct arena arena;
	struct bench_office office;
	struct inside *inside;
	size_t turn;
	uint64_t asked_today;
	int64_t day_ms;
};

static enum fail ask_group(struct place *place)
{
	AUTO(arena_close) struct arena arena = arena_open(HEADS_BYTES);
	struct message *asks = arena_array(&arena, struct message, BENCH_GROUP);
	struct message *replies = arena_array(&arena, struct message, BENCH_GROUP);

	for (size_t i = 0; i < BENCH_GROUP; i++, place->turn = (place->turn + 1) % BENCH_OFFICERS)
		asks[i] = bench_office_question(&arena, &place->office, place->turn);
	TRY(inside_call(place->inside, &arena, PEER_FRONT, asks, BENCH_GROUP, replies));
	for (size_t i = 0; i < BENCH_GROUP; i++)
		if (!str_is(message_get(&replies[i], "outcome"), "granted")) {
			diag_error("bench: a question was %.*s: %.*s", STR_FMT(message_get(&replies[i], "outcome")),
			           STR_FMT(message_get(&replies[i], "refusal")));
			return FAIL_CONFLICT;
		}
	place->asked_today += BENCH_GROUP;
	return OK;
}

/* Quotas are lawful ones: when they are used up, a simulated day passes. */
static enum fail day_begin(struct place *place)
{
	AUTO(arena_close) struct arena step = arena_open(HEADS_BYTES);
	struct testca *testca;

	place->day_ms += DAY_MS;
	TRY(testca_open(place->dir, &testca));
	enum fail fail = testca_reissue_crls(testca, place->day_ms, 0);
	testca_close(&testca);
	TRY(fail);
	inside_close(&place->inside);
	TRY(inside_open(place->dir, &place->inside));
	TRY(bench_office_clock(place->inside, &step, place->day_ms));
	place->asked_today = 0;
	return bench_office_sign_in(place->inside, &place->arena, &place->office);
}

static enum fail questions_ask(struct place *place, uint64_t count)
{
	for (uint64_t i = 0; i < count; i += BENCH_GROUP) {
		if (place->asked_today + BENCH_GROUP > DAY_QUESTIONS)
			TRY(day_begin(place));
		TRY(ask_group(place));
	}
	return OK;
}

static enum fail entries_count(struct place *place, uint64_t *out)
{
	AUTO(arena_close) struct arena arena = arena_open(HEADS_BYTES);
	struct message *ask = arena_new(&arena, struct message), reply;

	*ask = message_new(&arena, MESSAGE_HEALTH, 0);
	TRY(inside_call(place->inside, &arena, PEER_COUNTER, ask, 1, &reply));
	*out = message_get_u64(&reply, "size");
	return OK;
}

static enum fail row_measure(struct place *place, uint64_t questions, size_t runs, struct bench_ask_row *out)
{
	double cpu[RUNS_MAX], rate[RUNS_MAX];

	TRY(day_begin(place));
	TRY(entries_count(place, &out->entries));
	TRY(questions_ask(place, BENCH_GROUP * 8)); /* caches as in service */
	for (size_t i = 0; i < runs; i++) {
		if (place->asked_today + questions > DAY_QUESTIONS)
			TRY(day_begin(place));
		double cpu_before = cpu_s(), wall_before = wall_s();
		TRY(questions_ask(place, questions));
		cpu[i] = (cpu_s() - cpu_before) * 1e6 / (double)questions;
		rate[i] = (double)questions / (wall_s() - wall_before);
	}
	spread(cpu, runs, out->cpu_us);
	spread(rate, runs, out->per_s);
	return OK;
}

static enum fail flushes_measure(struct place *place, double *out)
{
	AUTO(file_close) struct file file = FILE_NONE;
	char path[300];
	static const char block[4096];
	double took[FLUSHES], result[3];

	snprintf(path, sizeof path, "%s/flush", place->dir);
	TRY(file_open(path, FILE_CREATE, &file));
	for (uint64_t i = 0; i < FLUSHES; i++)
		TRY(file_write_at(file, i * sizeof block, block, sizeof block));
	TRY(file_flush(file));
	for (uint64_t i = 0; i < FLUSHES; i++) {
		double before = wall_s();
		TRY(file_write_at(file, i * sizeof block, block, sizeof block));
		TRY(file_flush(file));
		took[i] = wall_s() - before;
	}
	spread(took, FLUSHES, result);
	*out = 1 / result[0];
	return OK;
}

static enum fail place_run(struct place *place, uint64_t questions, size_t runs, uint64_t grow_to,
                           struct bench_ask *out)
{
	uint64_t entries;

	TRY(bench_office_make(&place->arena, place->dir, &place->office));
	TRY(inside_open(place->dir, &place->inside));
	place->day_ms = clock_wall_ms();
	TRY(flushes_measure(place, &out->flushes_per_s));
	TRY(row_measure(place, questions, runs, &out->small));
	TRY(entries_count(place, &entries));
	if (grow_to <= entries)
		return OK;
	TRY(questions_ask(place, (grow_to - entries) / 2));
	return row_measure(place, questions, runs, &out->large);
}

static void place_remove(struct place *place)
{
	char command[400];

	inside_close(&place->inside);
	arena_close(&place->arena);
	snprintf(command, sizeof command, "rm -rf '%s'", place->dir);
	if (system(command) != 0)
		diag_error("bench: %s stays behind", place->dir);
}

enum fail bench_ask_run(uint64_t questions, size_t runs, uint64_t grow_to, struct bench_ask *out)
{
	const char *folder = getenv("TMPDIR");
	struct place *place = process_bytes(sizeof *place);

	assert(runs > 0 && runs <= RUNS_MAX);
	*out = (struct bench_ask){ .questions = questions };
	place->arena = arena_open((size_t)8 << 30);
	snprintf(place->dir, sizeof place->dir, "%s/youju-bench-%d", folder ? folder : "/tmp", (int)getpid());
	enum fail fail = place_run(place, questions, runs, grow_to, out);
	place_remove(place);
	process_free(place);
	return fail;
}

static void row_print(const struct bench_ask_row *row, struct buf *out)
{
	buf_printf(out, "%10llu entries: %7.1f us CPU a question (%.1f-%.1f), %8.0f questions/s (%.0f-%.0f)\n",
	           (unsigned long long)row->entries, row->cpu_us[0], row->cpu_us[1], row->cpu_us[2],
	           row->per_s[0], row->per_s[1], row->per_s[2]);
}

void bench_ask_print(const struct bench_ask *result, struct buf *out)
{
	buf_printf(out, "keeper and source alone, groups of %d, two durable entries a question, %llu questions a run\n",
	           BENCH_GROUP, (unsigned long long)result->questions);
	row_print(&result->small, out);
	if (result->large.entries) {
		row_print(&result->large, out);
		buf_printf(out, "CPU a question, large over small: %.2f\n",
		           result->large.cpu_us[0] / result->small.cpu_us[0]);
	}
	buf_printf(out, "yardstick: %.0f bare flushes of 4 KiB a second\n", result->flushes_per_s);
}

static void row_json(struct json_out *out, const char *name, const struct bench_ask_row *row)
{
	static const char *const names[] = { "median", "least", "most" };

	json_put_key(out, str_from(name));
	json_put_object(out);
	json_put_key(out, STR("entries"));
	json_put_u64(out, row->entries);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char key[32];
		snprintf(key, sizeof key, "cpu_ns_%s", names[i]);
		json_put_key(out, str_from(key));
		json_put_i64(out, (int64_t)(row->cpu_us[i] * 1000));
		snprintf(key, sizeof key, "per_s_%s", names[i]);
		json_put_key(out, str_from(key));
		json_put_i64(out, (int64_t)row->per_s[i]);
	}
	json_put_object_end(out);
}

void bench_ask_json(const struct bench_ask *result, struct buf *out)
{
	struct json_out json = json_to(out);

	json_put_object(&json);
	row_json(&json, "small", &result->small);
	if (result->large.entries)
		row_json(&json, "large", &result->large);
	json_put_key(&json, STR("flushes_per_s"));
	json_put_i64(&json, (int64_t)result->flushes_per_s);
	json_put_object_end(&json);
}

enum fail bench_office_prepare(const char *dir)
{
	struct place *place = process_bytes(sizeof *place);
	AUTO(buf_close) struct buf lines = buf_open();
	char path[300];

	place->arena = arena_open((size_t)8 << 30);
	enum fail fail = bench_office_make(&place->arena, dir, &place->office);
	if (fail == OK)
		fail = inside_open(dir, &place->inside);
	if (fail == OK)
		fail = bench_office_sign_in(place->inside, &place->arena, &place->office);
	for (size_t i = 0; fail == OK && i < BENCH_OFFICERS; i++)
		buf_printf(&lines, "%.*s\t%.*s\n", STR_FMT(place->office.token[i]), STR_FMT(place->office.case_no[i]));
	snprintf(path, sizeof path, "%s/office.tsv", dir);
	if (fail == OK)
		fail = file_save(path, buf_str(&lines));
	inside_close(&place->inside);
	arena_close(&place->arena);
	process_free(place);
	return fail;
}
