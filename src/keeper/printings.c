#include "keeper/printings.h"

struct printing *printings_add(struct printings *printings)
{
	for (size_t i = 0; i < PRINTINGS_MAX; i++) {
		if (printings->at[i].id)
			continue;
		printings->at[i] = (struct printing){ .id = ++printings->next_id };
		return &printings->at[i];
	}
	return NULL;
}

struct printing *printings_find(struct printings *printings, uint64_t id)
{
	for (size_t i = 0; id && i < PRINTINGS_MAX; i++)
		if (printings->at[i].id == id)
			return &printings->at[i];
	return NULL;
}
