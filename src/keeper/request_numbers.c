#include "keeper/request_numbers.h"

#include <string.h>

#include "base/crypto.h"
#include "store/sql_tables.h"

enum { SLOTS_FIRST = 1024 };

struct request_numbers request_numbers_open(void)
{
	return (struct request_numbers){ .seed = random_u64() };
}

void request_numbers_close(struct request_numbers *numbers)
{
	process_free(numbers->blocks[0].slots);
	process_free(numbers->blocks[1].slots);
	*numbers = (struct request_numbers){ 0 };
}

/* Numbers are chosen by whoever asks: the seed keeps anybody from choosing ones that collide. */
static uint64_t hash_of(const struct request_numbers *numbers, struct person_id person, struct str request)
{
	const uint64_t lead[] = { numbers->seed, person.n };
	struct hash digest = hash_two(0, lead, sizeof lead, request.at, request.len);
	uint64_t hash;

	memcpy(&hash, digest.at, sizeof hash);
	return hash ? hash : 1;
}

static struct request_slot *slot_of(const struct request_block *block, uint64_t hash)
{
	size_t at = (size_t)hash & (block->slot_count - 1);

	while (block->slots[at].hash && block->slots[at].hash != hash)
		at = (at + 1) & (block->slot_count - 1);
	return &block->slots[at];
}

static void block_begin(struct request_block *block, uint64_t number)
{
	process_free(block->slots);
	*block = (struct request_block){ .number = number, .slot_count = SLOTS_FIRST };
	block->slots = process_bytes(SLOTS_FIRST * sizeof *block->slots);
}

static void block_grow(struct request_block *block)
{
	struct request_block old = *block;

	block->slot_count *= 2;
	block->slots = process_bytes(block->slot_count * sizeof *block->slots);
	for (size_t i = 0; i < old.slot_count; i++)
		if (old.slots[i].hash)
			*slot_of(block, old.slots[i].hash) = old.slots[i];
	process_free(old.slots);
}

static uint64_t found_in(const struct request_block *block, uint64_t hash)
{
	return block->slots ? slot_of(block, hash)->entry : 0;
}

static uint64_t find(const struct request_numbers *numbers, uint64_t hash)
{
	uint64_t entry = found_in(&numbers->blocks[0], hash);

	return entry ? entry : found_in(&numbers->blocks[1], hash);
}

uint64_t request_numbers_find(const struct request_numbers *numbers, struct person_id person, struct str request)
{
	return find(numbers, hash_of(numbers, person, request));
}

static void add(struct request_numbers *numbers, uint64_t hash, uint64_t entry)
{
	uint64_t number = entry / REQUEST_ENTRIES;
	struct request_block *block = &numbers->blocks[number % 2];

	if (!block->slots || block->number != number)
		block_begin(block, number);
	if (block->count * 2 >= block->slot_count)
		block_grow(block);
	struct request_slot *slot = slot_of(block, hash);
	block->count += slot->hash == 0;
	*slot = (struct request_slot){ hash, entry };
}

void request_numbers_add(struct request_numbers *numbers, struct person_id person, struct str request,
                         uint64_t entry)
{
	add(numbers, hash_of(numbers, person, request), entry);
}

enum fail request_numbers_load(struct request_numbers *numbers, struct store *tables, uint64_t size)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	uint64_t number = size / REQUEST_ENTRIES, from = number ? (number - 1) * REQUEST_ENTRIES : 0;

	TRY(store_ask(tables, TABLES_requests_since, VALUES(VALUE_INT("from", from)), &rows));
	while (rows_next(&rows)) {
		uint64_t hash = hash_of(numbers, (struct person_id){ (uint64_t)rows_i64(&rows, 1) },
		                        rows_text(&rows, 2));
		if (!find(numbers, hash)) /* the first outcome is the outcome */
			add(numbers, hash, (uint64_t)rows_i64(&rows, 0));
	}
	return rows_fail(&rows);
}
