/* How many persons a second the residence test decides, beside the plain way in the same run: a walk
 * over every day. Both count the same histories, and must agree. */
#ifndef YOUJU_BENCH_BENCH_RESIDENCE_H
#define YOUJU_BENCH_BENCH_RESIDENCE_H

#include "base/buf.h"

enum { BENCH_RUNS_MAX = 31 };

struct bench_speed { double median, least, most; }; /* persons a second of one core's CPU time */

struct bench_residence {
	size_t persons, rows, runs;
	struct bench_speed decided;    /* the whole answer: four conventions, three windows, flip date */
	struct bench_speed enumerated; /* the same counts, day by day, without flip date */
	size_t disagreements;          /* 0, or one of the two is wrong */
};

/* runs: odd, at most BENCH_RUNS_MAX. The histories are those of the simulated agency for this seed. */
struct bench_residence bench_residence_run(uint64_t seed, size_t persons, size_t runs);

/* A few lines of text, and the same as one line of JSON. */
void bench_residence_print(const struct bench_residence *result, struct buf *out);
void bench_residence_json(const struct bench_residence *result, struct buf *out);

#endif
