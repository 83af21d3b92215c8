#include "bench/bench_residence.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "source/local_parts.h"

enum { COUNTS = CONVENTION_COUNT + 2, ARENA_BYTES = 8 << 20 };

/* What both ways work on: every person's rows one after another. */
struct crowd {
	struct residence_row *rows;
	uint32_t *starts; /* person n has rows starts[n] … starts[n+1]-1 */
	size_t persons;
	struct date anchor;
	struct residence_rules rules;
	struct arena arena;
};

static double cpu_seconds(void)
{
	struct timespec now;
	int failed = clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);

	assert(!failed);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct crowd crowd_make(uint64_t seed, size_t persons)
{
	struct crowd crowd = { .persons = persons, .rules = residence_rules_default(),
		                   .arena = arena_open(ARENA_BYTES) };
	struct travels *travels = process_bytes(sizeof *travels);
	size_t count = 0, cap = 0;
	bool exists = date_from_ymd((struct ymd){ 2026, 11, 23 }, &crowd.anchor);

	assert(exists);
	crowd.starts = process_bytes((persons + 1) * sizeof *crowd.starts);
	for (size_t n = 0; n < persons; n++) {
		struct die die = die_of(seed, n);
		travels->count = 0;
		habits[habit_drawn(&die)].travel(&die, crowd.anchor, travels);
		if (count + travels->count > cap) {
			size_t bytes = sizeof *crowd.rows;
			crowd.rows = process_grow(crowd.rows, cap * bytes, (2 * cap + TRAVELS_MAX) * bytes);
			cap = 2 * cap + TRAVELS_MAX;
		}
		for (size_t i = 0; i < travels->count; i++)
			crowd.rows[count++] = (struct residence_row){ travels->at[i].date,
				                                          travels->at[i].direction };
		crowd.starts[n + 1] = (uint32_t)count;
	}
	process_free(travels);
	return crowd;
}

static void crowd_close(struct crowd *crowd)
{
	process_free(crowd->rows);
	process_free(crowd->starts);
	arena_close(&crowd->arena);
}

/* --- the residence test ------------------------------------------------------------------------------ */

static struct residence_answer person_decide(struct crowd *crowd, size_t n)
{
	struct residence_question ask = residence_question_empty();

	ask.rows = crowd->rows + crowd->starts[n];
	ask.row_count = crowd->starts[n + 1] - crowd->starts[n];
	ask.anchor = crowd->anchor;
	ask.coverage_all = true;
	ask.person = PERSON_REGISTERED;
	return residence_decide(&crowd->arena, &ask, &crowd->rules);
}

static double crowd_decide(struct crowd *crowd)
{
	double start = cpu_seconds();
	volatile unsigned verdicts = 0;

	for (size_t n = 0; n < crowd->persons; n++) {
		verdicts += person_decide(crowd, n).verdict;
		arena_empty(&crowd->arena);
	}
	(void)verdicts;
	return (double)crowd->persons / (cpu_seconds() - start);
}

/* --- the plain way -------------------------------------------------------------------------------------- */

/* Conventions A to D over the window both_ends, then B over the two others. */
static void days_walk(const struct crowd *crowd, size_t n, int32_t counts[COUNTS])
{
	static const enum residence_window_kind others[] = { WINDOW_END_INCLUSIVE, WINDOW_END_EXCLUSIVE };
	const struct residence_row *row = crowd->rows + crowd->starts[n];
	const struct residence_row *end = crowd->rows + crowd->starts[n + 1];
	struct residence_window window = residence_window_at(crowd->anchor, WINDOW_BOTH_ENDS, 0), other[2];
	bool s = row == end || row->direction == DIR_OUT;

	for (size_t k = 0; k < 2; k++)
		other[k] = residence_window_at(crowd->anchor, others[k], 0);
	memset(counts, 0, COUNTS * sizeof *counts);
	int32_t first = row < end && row->date.day < window.first.day ? row->date.day : window.first.day;
	for (int32_t day = first; day <= window.last.day; day++) {
		bool e = s, is_crossed = false;
		for (; row < end && row->date.day == day; row++) {
			is_crossed = true;
			e = row->direction == DIR_IN;
		}
		if (day >= window.first.day) {
			counts[CONVENTION_A] += e;
			counts[CONVENTION_B] += s;
			counts[CONVENTION_C] += s || e || is_crossed;
			counts[CONVENTION_D] += s && e && !is_crossed;
		}
		for (size_t k = 0; k < 2; k++)
			counts[CONVENTION_COUNT + k] +=
				s && day >= other[k].first.day && day <= other[k].last.day;
		s = e;
	}
}

static double crowd_walk(const struct crowd *crowd)
{
	double start = cpu_seconds();
	volatile int32_t sum = 0;
	int32_t counts[COUNTS];

	for (size_t n = 0; n < crowd->persons; n++) {
		days_walk(crowd, n, counts);
		sum += counts[CONVENTION_B];
	}
	(void)sum;
	return (double)crowd->persons / (cpu_seconds() - start);
}

/* Conflicting rows have no one count that a walk could find. */
static size_t disagreements(struct crowd *crowd)
{
	size_t count = 0;

	for (size_t n = 0; n < crowd->persons; n++) {
		int32_t counts[COUNTS];
		struct residence_answer answer = person_decide(crowd, n);
		days_walk(crowd, n, counts);
		bool is_conflict = answer.reasons & REVIEW_BIT(REVIEW_RECORD_CONFLICT);
		for (size_t c = 0; c < CONVENTION_COUNT && !is_conflict; c++)
			count += answer.years[0].days[c].min != counts[c];
		arena_empty(&crowd->arena);
	}
	return count;
}

/* --- figures ---------------------------------------------------------------------------------------------- */

static int double_compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return left < right ? -1 : left > right;
}

static struct bench_speed speed_of(double *speeds, size_t runs)
{
	qsort(speeds, runs, sizeof *speeds, double_compare);
	return (struct bench_speed){ speeds[runs / 2], speeds[0], speeds[runs - 1] };
}

struct bench_residence bench_residence_run(uint64_t seed, size_t persons, size_t runs)
{
	struct crowd crowd = crowd_make(seed, persons);
	struct bench_residence result = { .persons = persons, .runs = runs,
		                              .rows = crowd.starts[persons] };
	double decided[BENCH_RUNS_MAX], walked[BENCH_RUNS_MAX];

	assert(runs % 2 && runs <= BENCH_RUNS_MAX);
	result.disagreements = disagreements(&crowd); /* warms up as well */
	for (size_t i = 0; i < runs; i++) {           /* in turns, so that noise meets both */
		decided[i] = crowd_decide(&crowd);
		walked[i] = crowd_walk(&crowd);
	}
	result.decided = speed_of(decided, runs);
	result.enumerated = speed_of(walked, runs);
	crowd_close(&crowd);
	return result;
}

static void speed_print(const char *what, struct bench_speed speed, struct buf *out)
{
	buf_printf(out, "  %-34s %10.0f persons/s (%.0f to %.0f)\n", what, speed.median, speed.least,
	           speed.most);
}

void bench_residence_print(const struct bench_residence *result, struct buf *out)
{
	buf_printf(out, "residence: %zu persons, %zu rows, median of %zu runs, one core's CPU time\n",
	           result->persons, result->rows, result->runs);
	speed_print("whole answer", result->decided, out);
	speed_print("yardstick: day by day", result->enumerated, out);
	buf_printf(out, "  %.2f times the yardstick; %zu counts differ\n",
	           result->decided.median / result->enumerated.median, result->disagreements);
}

static void speed_json(struct json_out *json, struct str name, struct bench_speed speed)
{
	json_put_key(json, name);
	json_put_array(json);
	json_put_i64(json, (int64_t)speed.least);
	json_put_i64(json, (int64_t)speed.median);
	json_put_i64(json, (int64_t)speed.most);
	json_put_array_end(json);
}

void bench_residence_json(const struct bench_residence *result, struct buf *out)
{
	struct json_out json = json_to(out);

	json_put_object(&json);
	json_put_key(&json, STR("bench"));
	json_put_str(&json, STR("residence"));
	json_put_key(&json, STR("persons"));
	json_put_u64(&json, result->persons);
	json_put_key(&json, STR("rows"));
	json_put_u64(&json, result->rows);
	json_put_key(&json, STR("runs"));
	json_put_u64(&json, result->runs);
	speed_json(&json, STR("decided_per_second"), result->decided);
	speed_json(&json, STR("enumerated_per_second"), result->enumerated);
	json_put_key(&json, STR("disagreements"));
	json_put_u64(&json, result->disagreements);
	json_put_object_end(&json);
}
