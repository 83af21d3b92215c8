/* A large office for measurements: 2,000 officers with one case each, signed in, under lawful quotas. */
#ifndef YOUJU_BENCH_BENCH_OFFICE_H
#define YOUJU_BENCH_BENCH_OFFICE_H

#include "demo/inside.h"

enum { BENCH_OFFICERS = 2000, BENCH_GROUP = 64 };

struct bench_office {
	struct str case_no[BENCH_OFFICERS];
	struct str token[BENCH_OFFICERS]; /* sessions of the channel web; secret */
	struct str card[BENCH_OFFICERS];  /* certificates */
	struct date today;
};

/* Makes dir (it must not exist) as a demonstration log with the city's offices, then the officers. */
MUST_CHECK enum fail bench_office_make(struct arena *arena, const char *dir, struct bench_office *out);

/* Signs everybody in; tokens live in the arena. */
MUST_CHECK enum fail bench_office_sign_in(struct inside *inside, struct arena *arena, struct bench_office *office);

/* Officer n asks the residence question about party 1 of the own case. */
struct message bench_office_question(struct arena *arena, const struct bench_office *office, size_t n);

/* Moves the demonstration clock (INT_NONE: back to the machine's). */
MUST_CHECK enum fail bench_office_clock(struct inside *inside, struct arena *arena, int64_t at_ms);

#endif
