#include <string.h>

#include "store/ledger_file.h"

enum { RUN_BYTES_MAX = 256 * 1024, RUN_ENTRIES_MAX = TILE_HASHES };

/* What was read and found sound; bytes (in the form of a bundle) may be NULL. */
struct gathered { size_t entries; uint64_t len; struct buf *bytes; };

/* Up to 256 neighbouring entries: where they begin and what they must hash to. */
struct run {
	size_t count;
	uint64_t places[RUN_ENTRIES_MAX];
	struct hash leaves[RUN_ENTRIES_MAX];
};

static enum fail places_read(struct ledger *ledger, uint64_t first, struct run *run)
{
	uint8_t bytes[8 * RUN_ENTRIES_MAX] = { 0 };
	struct str rest = str_bytes(bytes, 8 * run->count);

	TRY(file_read_at(ledger->index, first * 8, bytes, 8 * run->count));
	for (size_t i = 0; i < run->count; i++)
		TRY(take_u64be(&rest, &run->places[i]));
	return hashes_read(ledger, 0, first, run->count, run->leaves);
}

static enum fail segment_reach(struct ledger *ledger, uint64_t number)
{
	struct segment_head head;
	struct file file;

	if (ledger->read_segment == number)
		return OK;
	TRY(segment_head_load(ledger, number, FILE_READ, &file, &head));
	file_close(&ledger->read_file);
	ledger->read_file = file;
	ledger->read_segment = number;
	return OK;
}

static uint64_t offset_of(uint64_t place)
{
	return place & (SEGMENT_BYTES_MAX - 1);
}

/* How many entries from `from` on one read can fetch: the same segment, not too far apart. */
static size_t stretch(const struct run *run, size_t from)
{
	size_t to = from + 1;

	while (to < run->count && run->places[to] > run->places[from] &&
	       run->places[to] >> OFFSET_BITS == run->places[from] >> OFFSET_BITS &&
	       run->places[to] - run->places[from] <= RUN_BYTES_MAX)
		to++;
	return to - from;
}

/* Room for bytes about to be read: unlike buf_room it does not zero what it has already. */
static char *scratch_room(struct buf *scratch, size_t len)
{
	size_t from = scratch->len;

	if (scratch->cap - from < len)
		buf_room(scratch, len);
	scratch->len = from + len;
	return scratch->at + from;
}

/* Reads from the first entry's length to the end of the last entry. */
static enum fail stretch_read(struct ledger *ledger, const struct run *run, size_t from,
                              size_t count, struct buf *bytes)
{
	uint64_t start = offset_of(run->places[from]);
	size_t span = (size_t)(run->places[from + count - 1] - run->places[from]) + 2;

	buf_empty(bytes);
	TRY(segment_reach(ledger, run->places[from] >> OFFSET_BITS));
	char *at = scratch_room(bytes, span);
	TRY(file_read_at(ledger->read_file, start, at, span));
	size_t last = (size_t)(uint8_t)at[span - 2] << 8 | (uint8_t)at[span - 1];
	return file_read_at(ledger->read_file, start + span, scratch_room(bytes, last), last);
}

static enum fail stretch_add(struct ledger *ledger, const struct run *run, size_t from, size_t count,
                             struct buf *scratch, struct gathered *out)
{
	struct str entry;

	TRY(stretch_read(ledger, run, from, count, scratch));
	for (size_t i = from; i < from + count; i++) {
		size_t at = (size_t)(run->places[i] - run->places[from]);
		struct str rest = str_slice(buf_str(scratch), at, scratch->len);
		if (bundle_take(&rest, &entry) != OK)
			return FAIL_CORRUPT;
		struct hash leaf = merkle_leaf_in_place(scratch->at + at + 2, entry.len);
		if (!hash_eq(&leaf, &run->leaves[i]))
			return FAIL_CORRUPT;
		out->entries++;
		out->len += entry.len;
		if (!out->bytes)
			continue;
		buf_u16be(out->bytes, (uint16_t)entry.len);
		buf_add(out->bytes, entry);
	}
	return OK;
}

static enum fail entries_gather(struct ledger *ledger, uint64_t first, size_t count,
                                struct gathered *out)
{
	struct run run = { .count = count };
	struct buf *scratch = &ledger->scratch;
	enum fail fail;

	assert(count <= RUN_ENTRIES_MAX);
	if (first >= ledger->tree.size || count > ledger->tree.size - first)
		return FAIL_NOT_FOUND;
	fail = places_read(ledger, first, &run);
	for (size_t i = 0, len; i < count && fail == OK; i += len) {
		len = stretch(&run, i);
		fail = stretch_add(ledger, &run, i, len, scratch, out);
	}
	return fail;
}

/* Appends `count` (at most 256) entries in the form of a bundle. */
static enum fail entries_add(struct ledger *ledger, uint64_t first, size_t count, struct buf *out)
{
	struct gathered gathered = { .bytes = out };

	return entries_gather(ledger, first, count, &gathered);
}

enum fail ledger_hash(struct ledger *ledger, uint64_t first, size_t count, uint64_t *bytes_out,
                      size_t *sound_out)
{
	struct gathered gathered = { .bytes = NULL };
	enum fail fail = entries_gather(ledger, first, count, &gathered);

	if (fail != OK && fail != FAIL_CORRUPT)
		return fail;
	*bytes_out = gathered.len;
	*sound_out = gathered.entries;
	return OK;
}

enum fail ledger_hashes(struct ledger *ledger, unsigned level, uint64_t first, size_t count,
                        struct hash *out)
{
	if (level >= TILE_LEVELS || first + count > ledger->tree.size >> (TILE_HEIGHT * level))
		return FAIL_NOT_FOUND;
	return hashes_read(ledger, level, first, count, out);
}

enum fail ledger_read(struct ledger *ledger, uint64_t index, struct arena *arena, struct str *out)
{
	struct buf bytes = buf_on(arena);
	struct str rest;

	TRY(entries_add(ledger, index, 1, &bytes));
	rest = buf_str(&bytes);
	return bundle_take(&rest, out);
}

struct ledger_scan ledger_scan(struct ledger *ledger, uint64_t from)
{
	return (struct ledger_scan){ .ledger = ledger, .next = from };
}

enum fail ledger_scan_next(struct ledger_scan *scan, uint64_t *index_out, struct str *entry_out)
{
	struct ledger *ledger = scan->ledger;

	if (scan->next >= ledger->tree.size)
		return FAIL_NOT_FOUND;
	if (scan->at == scan->bytes.len) {
		uint64_t left = ledger->tree.size - scan->next;
		buf_empty(&scan->bytes);
		scan->at = 0;
		TRY(entries_add(ledger, scan->next,
		                left < RUN_ENTRIES_MAX ? (size_t)left : RUN_ENTRIES_MAX, &scan->bytes));
	}
	struct str rest = str_slice(buf_str(&scan->bytes), scan->at, scan->bytes.len);
	TRY(bundle_take(&rest, entry_out));
	scan->at = scan->bytes.len - rest.len;
	*index_out = scan->next++;
	return OK;
}

void ledger_scan_close(struct ledger_scan *scan)
{
	buf_close(&scan->bytes);
}

enum fail ledger_tile(struct ledger *ledger, struct tile tile, struct buf *out)
{
	size_t start = out->len;
	enum fail fail;

	if (tile.width == 0 || tile_width(ledger->tree.size, tile.level, tile.n) < tile.width)
		return FAIL_NOT_FOUND;
	if (tile.entries) {
		fail = entries_add(ledger, tile.n * TILE_HASHES, tile.width, out);
	} else {
		struct hash *hashes = (struct hash *)(void *)buf_room(out, tile.width * HASH_BYTES);
		fail = hashes_read(ledger, tile.level, tile.n * TILE_HASHES, tile.width, hashes);
	}
	if (fail != OK)
		out->len = start;
	return fail;
}

static enum fail with_nodes(struct ledger *ledger, uint64_t size, struct tile_source *tiles,
                            struct node_source *out)
{
	if (size > ledger->tree.size)
		return FAIL_NOT_FOUND;
	*tiles = (struct tile_source){ hashes_read, ledger };
	*out = tile_nodes(tiles);
	return OK;
}

enum fail ledger_root_at(struct ledger *ledger, uint64_t size, struct hash *out)
{
	struct tile_source tiles;
	struct node_source nodes;

	TRY(with_nodes(ledger, size, &tiles, &nodes));
	return merkle_root(&nodes, size, out);
}

enum fail ledger_inclusion(struct ledger *ledger, uint64_t index, uint64_t size, struct proof *out)
{
	struct tile_source tiles;
	struct node_source nodes;

	TRY(with_nodes(ledger, size, &tiles, &nodes));
	return inclusion_prove(&nodes, index, size, out);
}

enum fail ledger_consistency(struct ledger *ledger, uint64_t old, uint64_t size, struct proof *out)
{
	struct tile_source tiles;
	struct node_source nodes;

	TRY(with_nodes(ledger, size, &tiles, &nodes));
	return consistency_prove(&nodes, old, size, out);
}
