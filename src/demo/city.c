#include "demo/city_lib.h"

struct city *city_make(struct arena *arena, uint64_t seed, struct date today)
{
	struct city *city = arena_new(arena, struct city);

	city->seed = seed;
	city->today = today;
	city_places(city);
	city_people(arena, city);
	city_fill_cases(arena, city);
	return city;
}
