/* Between city*.c only. */
#ifndef YOUJU_DEMO_CITY_LIB_H
#define YOUJU_DEMO_CITY_LIB_H

#include "demo/city.h"

/* A lot of its own for each use, so that changing one part of the city leaves the others alone. */
struct lot { uint64_t state; };
struct lot lot_of(uint64_t seed, uint64_t use, uint64_t n);
size_t lot_draw(struct lot *lot, size_t below);
int32_t lot_between(struct lot *lot, int32_t least, int32_t most); /* both included */

/* n must be different for everybody; woman 0 or 1. */
struct str made_number(struct arena *arena, struct lot *lot, enum person_kind kind, size_t woman, uint64_t n);
struct str made_name(struct arena *arena, struct lot *lot, enum person_kind kind, size_t woman, struct str surname);
struct str made_surname(struct lot *lot);

extern const char *const city_holidays[]; /* ISO dates, NULL at the end */

void city_places(struct city *city);
void city_people(struct arena *arena, struct city *city);
void city_fill_cases(struct arena *arena, struct city *city);

enum { CITY_DISTRICTS = 38, SANMIN = 5 /* index among the districts */ };

#endif
