/* Papers with made-up content, for the tests that print and read back. */
#ifndef YOUJU_TESTS_PAPER_SAMPLES_H
#define YOUJU_TESTS_PAPER_SAMPLES_H

#include "paper/paper.h"

struct sample {
	const char *name;
	struct paper (*make)(struct arena *arena);
};

extern const struct sample samples[];
extern const size_t samples_count;

#endif
