/* What anybody may think of doing: mostly plausible, sometimes absurd. Every deed is drawn from the model
 * and from dice of its own, so that a sequence can be told again, and shortened. */
#ifndef YOUJU_TESTS_SEQUENCES_DEEDS_H
#define YOUJU_TESTS_SEQUENCES_DEEDS_H

#include "model.h"

struct deed_done {
	const char *name;
	struct order order; /* name NULL: time passed, or the service was started anew */
	struct told told;
	int64_t passed_ms;
};

/* Draws the deed of that seed and does it. */
void deed_do(uint64_t seed, struct deed_done *out);

#endif
