#include "keeper/readings.h"

struct reading *readings_add(struct readings *readings)
{
	for (size_t i = 0; i < READINGS_MAX; i++) {
		if (readings->at[i].id)
			continue;
		readings->at[i] = (struct reading){ .id = ++readings->next_id };
		return &readings->at[i];
	}
	return NULL;
}

struct reading *readings_find(struct readings *readings, uint64_t id)
{
	for (size_t i = 0; id && i < READINGS_MAX; i++)
		if (readings->at[i].id == id)
			return &readings->at[i];
	return NULL;
}
