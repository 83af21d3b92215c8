/* The people about whom is asked, and what the simulated agency knows of them. */
#ifndef YOUJU_TESTS_STORIES_TRAVELLERS_H
#define YOUJU_TESTS_STORIES_TRAVELLERS_H

#include "base/time.h"

/* The list of cases: 113-0041 to 113-0051 by hand, and 113-0045 with one party for each habit of
 * travellers and each fault of the agency. */
struct str travellers_cases(struct arena *arena);

/* Writes DIR/source.db, around the year before the anchor. */
MUST_CHECK enum fail travellers_source(struct arena *arena, const char *dir, struct date anchor);

#endif
