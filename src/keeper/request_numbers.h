/* Which entry a request number stands in, kept in memory: a look-up in a table would touch a page of its
 * own for each number, and the longer the log the more of them.
 *
 * Numbers are remembered for the next REQUEST_ENTRIES entries at least. What is found is a hint: the
 * row of that entry says whether it is so, as a group that was dropped leaves its numbers here. */
#ifndef YOUJU_KEEPER_REQUEST_NUMBERS_H
#define YOUJU_KEEPER_REQUEST_NUMBERS_H

#include "base/str.h"
#include "law/law.h"
#include "store/store.h"

enum { REQUEST_ENTRIES = 262144 };

struct request_block {
	uint64_t number; /* entry / REQUEST_ENTRIES */
	size_t count, slot_count;
	struct request_slot { uint64_t hash, entry; } *slots; /* hash 0: free */
};

struct request_numbers {
	uint64_t seed;
	struct request_block blocks[2]; /* an even and an odd one */
};

struct request_numbers request_numbers_open(void);
void request_numbers_close(struct request_numbers *numbers);
uint64_t request_numbers_find(const struct request_numbers *numbers, struct person_id person,
                              struct str request); /* 0: none */
void request_numbers_add(struct request_numbers *numbers, struct person_id person, struct str request,
                         uint64_t entry);
/* Those of the newest entries; size is how many the log has. */
MUST_CHECK enum fail request_numbers_load(struct request_numbers *numbers, struct store *tables, uint64_t size);

#endif
