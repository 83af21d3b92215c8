#include <stdio.h>
#include <string.h>

#include "store/ledger_file.h"

enum { ZERO_BYTES_MIN = 1024 * 1024, ZERO_BYTES_MAX = 8 * 1024 * 1024, GROW_BYTES = 65536 };

uint64_t ledger_size(const struct ledger *ledger)
{
	return ledger->tree.size;
}

struct hash ledger_root(const struct ledger *ledger)
{
	return frontier_root(&ledger->tree);
}

bool ledger_is_broken(const struct ledger *ledger)
{
	return ledger->broken;
}

uint64_t ledger_staged(const struct ledger *ledger)
{
	return ledger->staging.entries;
}

uint64_t ledger_next(const struct ledger *ledger)
{
	return ledger->tree.size + ledger->staging.entries;
}

/* --- staging --- */

static void staging_empty(struct staging *staging)
{
	buf_empty(&staging->bytes);
	buf_empty(&staging->leaves);
	buf_empty(&staging->offsets);
	staging->entries = staging->part_count = 0;
}

static enum fail part_begin(struct staging *staging, uint32_t period)
{
	if (staging->part_count == PARTS_MAX)
		return FAIL_FULL;
	buf_room(&staging->bytes, sectors_up(staging->bytes.len) - staging->bytes.len);
	staging->parts[staging->part_count++] = (struct part){
		.start = staging->bytes.len, .first_entry = staging->entries, .period = period };
	buf_room(&staging->bytes, FRAME_HEAD_BYTES);
	return OK;
}

enum fail ledger_stage(struct ledger *ledger, struct str entry, int64_t at_ms, uint64_t *index_out)
{
	struct staging *staging = &ledger->staging;
	uint32_t period = period_of(at_ms);

	assert(ledger->mode == LEDGER_WRITE);
	if (ledger->broken)
		return FAIL_CLOSED;
	if (entry.len == 0 || entry.len > ENTRY_BYTES_MAX)
		return FAIL_TOO_LARGE;
	if (at_ms < staging->at_ms || period < ledger->segment.period)
		return FAIL_CLOCK;
	if (staging->bytes.len + entry.len + SECTOR_BYTES > GROUP_BYTES_MAX)
		return FAIL_FULL;
	if (staging->part_count == 0 || staging->parts[staging->part_count - 1].period != period)
		TRY(part_begin(staging, period));
	const struct part *part = &staging->parts[staging->part_count - 1];
	uint32_t offset = (uint32_t)(staging->bytes.len - part->start);
	struct hash leaf = merkle_leaf(entry);
	buf_bytes(&staging->offsets, &offset, sizeof offset);
	buf_bytes(&staging->leaves, leaf.at, HASH_BYTES);
	buf_u16be(&staging->bytes, (uint16_t)entry.len);
	buf_add(&staging->bytes, entry);
	staging->at_ms = at_ms;
	if (index_out)
		*index_out = ledger_next(ledger);
	staging->entries++;
	return OK;
}

struct ledger_mark ledger_mark(const struct ledger *ledger)
{
	const struct staging *staging = &ledger->staging;

	return (struct ledger_mark){ .entries = staging->entries, .bytes = staging->bytes.len,
		                     .parts = staging->part_count, .at_ms = staging->at_ms };
}

void ledger_rollback(struct ledger *ledger, struct ledger_mark mark)
{
	struct staging *staging = &ledger->staging;

	assert(mark.entries <= staging->entries && mark.bytes <= staging->bytes.len &&
	       mark.parts <= staging->part_count);
	staging->entries = mark.entries;
	staging->bytes.len = mark.bytes;
	staging->part_count = mark.parts;
	staging->leaves.len = mark.entries * HASH_BYTES;
	staging->offsets.len = mark.entries * sizeof(uint32_t);
	staging->at_ms = mark.at_ms;
}

/* --- committing --- */

void segment_close(struct segment *segment)
{
	file_close(&segment->file);
	file_close(&segment->direct);
}

/* Overwriting zeros costs a flush no change of the file's size: 40 % less. They are not flushed by
 * themselves; the flush of the group that needs them carries them. A large group makes the file grow
 * instead: writing all its bytes twice would cost more than the change of size. */
static enum fail zeros_ahead(struct segment *segment, uint64_t need)
{
	uint64_t len = segment->zeroed < ZERO_BYTES_MIN ? ZERO_BYTES_MIN : segment->zeroed;

	if (segment->end + need <= segment->zeroed)
		return OK;
	if (need >= GROW_BYTES) {
		segment->zeroed = segment->end + need;
		return OK;
	}
	if (len > ZERO_BYTES_MAX)
		len = ZERO_BYTES_MAX;
	if (segment->end + need > segment->zeroed + len)
		len = segment->end + need - segment->zeroed;
	if (segment->zeroed + len > SEGMENT_BYTES_MAX)
		len = SEGMENT_BYTES_MAX - segment->zeroed;
	void *zeros = process_bytes((size_t)len);
	enum fail fail = file_write_at(segment->file, segment->zeroed, zeros, (size_t)len);
	process_free(zeros);
	TRY(fail);
	segment->zeroed += len;
	return OK;
}

static enum fail segment_begin(struct ledger *ledger, uint32_t period)
{
	struct segment_head head = { .number = ledger->segment.number + 1, .period = period,
		                     .first = ledger->tree.size,
		                     .root = frontier_root(&ledger->tree) };
	struct segment next = { .number = head.number, .period = period, .end = SECTOR_BYTES };
	uint8_t bytes[SECTOR_BYTES];

	next.direct = FILE_NONE;
	TRY(file_open(segment_path(ledger, head.number).text, FILE_OPEN_OR_CREATE, &next.file));
	segment_close(&ledger->segment);
	ledger->segment = next;
	TRY(file_cut(next.file, 0)); /* an earlier start may have left a torn one */
	TRY(zeros_ahead(&ledger->segment, 0));
	segment_head_put(bytes, &head);
	return file_write_at(next.file, 0, bytes, sizeof bytes);
}

static enum fail segment_prepare(struct ledger *ledger, uint32_t period, uint64_t need, bool *is_new)
{
	struct segment *segment = &ledger->segment;

	*is_new = segment->number == 0 || segment->period != period ||
	          segment->end + need > SEGMENT_BYTES_MAX;
	if (*is_new)
		TRY(segment_begin(ledger, period));
	return zeros_ahead(segment, need);
}

static enum fail places_put(struct ledger *ledger, const struct part *part, size_t count,
                            uint64_t frame_at)
{
	const uint32_t *offsets = (const uint32_t *)(const void *)ledger->staging.offsets.at;
	const struct hash *leaves = (const struct hash *)(const void *)ledger->staging.leaves.at;
	uint64_t *places = process_bytes(count * sizeof *places);

	for (size_t i = 0; i < count; i++)
		places[i] = ledger->segment.number << OFFSET_BITS |
		            (frame_at + offsets[part->first_entry + i]);
	enum fail fail = derived_put(ledger, ledger->tree.size - count, count,
	                             leaves + part->first_entry, places);
	process_free(places);
	return fail;
}

static bool can_go_direct(struct ledger *ledger, size_t len)
{
	struct segment *segment = &ledger->segment;
	struct path path = segment_path(ledger, segment->number);

	if (len > DIRECT_BYTES_MAX || segment->never_direct)
		return false;
	if (segment->direct.fd < 0)
		segment->never_direct = file_open(path.text, FILE_DIRECT, &segment->direct) != OK;
	return !segment->never_direct;
}

/* Nobody reads a group soon: past the page cache it costs less, and its flush finds nothing else to do. */
static enum fail group_write(struct ledger *ledger, const uint8_t *bytes, size_t len)
{
	struct segment *segment = &ledger->segment;

	if (!can_go_direct(ledger, len))
		return file_write_at(segment->file, segment->end, bytes, len);
	if (!ledger->aligned)
		ledger->aligned = process_aligned(DIRECT_BYTES_MAX, DIRECT_ALIGN_BYTES);
	memcpy(ledger->aligned, bytes, len);
	return file_write_at(segment->direct, segment->end, ledger->aligned, len);
}

/* One frame: one write, one flush. `end` and `entries` are where the next part begins. */
static enum fail part_commit(struct ledger *ledger, const struct part *part, size_t end,
                             size_t entries)
{
	struct staging *staging = &ledger->staging;
	const struct hash *leaves = (const struct hash *)(const void *)staging->leaves.at;
	struct frontier next = ledger->tree;
	size_t count = entries - part->first_entry, len = sectors_up(end - part->start);
	bool is_new;

	leaves_fold(ledger, &next, leaves + part->first_entry, count);
	struct frame frame = { .first = ledger->tree.size, .count = (uint32_t)count,
		               .len = (uint32_t)(end - part->start - FRAME_HEAD_BYTES),
		               .root = frontier_root(&next) };
	uint8_t *bytes = (uint8_t *)staging->bytes.at + part->start;
	frame_head_put(bytes, &frame);
	TRY(segment_prepare(ledger, part->period, len, &is_new));
	uint64_t at = ledger->segment.end;
	TRY(group_write(ledger, bytes, len));
	TRY(file_flush(ledger->segment.file));
	if (is_new)
		TRY(dir_flush(ledger_path(ledger, "segments").text));
	ledger->segment.end += len;
	ledger->tree = next;
	return places_put(ledger, part, count, at);
}

/* A part ends where its entries end; the next begins on the following sector. */
static size_t part_end(const struct staging *staging, size_t k)
{
	const struct part *part = &staging->parts[k];
	size_t last = k + 1 < staging->part_count ? staging->parts[k + 1].first_entry : staging->entries;
	const uint32_t *offsets = (const uint32_t *)(const void *)staging->offsets.at;
	const uint8_t *entry = (const uint8_t *)staging->bytes.at + part->start + offsets[last - 1];

	return part->start + offsets[last - 1] + 2 + ((size_t)entry[0] << 8 | entry[1]);
}

static enum fail group_commit(struct ledger *ledger)
{
	struct staging *staging = &ledger->staging;

	buf_room(&staging->bytes, sectors_up(staging->bytes.len) - staging->bytes.len);
	for (size_t k = 0; k < staging->part_count; k++) {
		size_t entries = k + 1 < staging->part_count ? staging->parts[k + 1].first_entry
		                                             : staging->entries;
		TRY(part_commit(ledger, &staging->parts[k], part_end(staging, k), entries));
	}
	TRY(head_put(ledger));
	return ledger->tree.size - ledger->settled.size >= SETTLE_ENTRIES ? settle(ledger) : OK;
}

enum fail ledger_commit(struct ledger *ledger)
{
	assert(ledger->mode == LEDGER_WRITE);
	if (ledger->broken)
		return FAIL_CLOSED;
	if (ledger->staging.entries == 0)
		return OK;
	enum fail fail = group_commit(ledger);
	ledger->broken = fail != OK;
	staging_empty(&ledger->staging);
	return fail;
}

/* --- opening --- */

static enum fail folder_make(const char *folder)
{
	char parent[FOLDER_BYTES];
	struct path segments;

	snprintf(parent, sizeof parent, "%s", folder);
	char *slash = strrchr(parent, '/');
	if (slash)
		*slash = 0;
	snprintf(segments.text, sizeof segments.text, "%s/segments", folder);
	TRY(dir_make(folder));
	TRY(dir_make(segments.text));
	return dir_flush(slash ? (parent[0] ? parent : "/") : ".");
}

static enum fail open_to_write(struct ledger *ledger)
{
	TRY(folder_make(ledger->folder));
	TRY(file_open(ledger_path(ledger, "lock").text, FILE_OPEN_OR_CREATE, &ledger->lock));
	TRY(file_lock(ledger->lock));
	TRY(derived_open(ledger));
	TRY(ledger_recover(ledger));
	TRY(checkpoints_recover(ledger));
	TRY(dir_flush(ledger->folder));
	TRY(head_put(ledger));
	return ledger->tree.size - ledger->settled.size >= SETTLE_ENTRIES ? settle(ledger) : OK;
}

static struct ledger *ledger_new(const char *folder, enum ledger_mode mode)
{
	struct ledger *ledger = process_bytes(sizeof *ledger);

	ledger->mode = mode;
	snprintf(ledger->folder, sizeof ledger->folder, "%s", folder);
	ledger->segment.file = ledger->segment.direct = ledger->read_file = ledger->lock = FILE_NONE;
	ledger->index = ledger->head = ledger->settle = ledger->checkpoints = FILE_NONE;
	for (unsigned level = 0; level < TILE_LEVELS; level++)
		ledger->levels[level] = FILE_NONE;
	ledger->staging.at_ms = INT64_MIN;
	return ledger;
}

static void ledger_end(struct ledger *ledger)
{
	segment_close(&ledger->segment);
	file_close(&ledger->read_file);
	file_close(&ledger->lock);
	derived_close(ledger);
	buf_close(&ledger->scratch);
	buf_close(&ledger->staging.bytes);
	buf_close(&ledger->staging.leaves);
	buf_close(&ledger->staging.offsets);
	process_free(ledger->aligned);
	process_free(ledger);
}

enum fail ledger_open(const char *folder, enum ledger_mode mode, struct ledger **out)
{
	if (strlen(folder) >= FOLDER_BYTES)
		return FAIL_TOO_LARGE;
	struct ledger *ledger = ledger_new(folder, mode);
	enum fail fail = mode == LEDGER_WRITE ? open_to_write(ledger) : derived_open(ledger);
	if (fail == OK && mode == LEDGER_READ)
		fail = ledger_follow(ledger);
	if (fail != OK) {
		ledger_end(ledger);
		return fail;
	}
	*out = ledger;
	return OK;
}

void ledger_close(struct ledger *ledger)
{
	if (!ledger)
		return;
	/* Settling only saves the next start some reading; recovery copes without it. */
	if (ledger->mode == LEDGER_WRITE && !ledger->broken && settle(ledger) != OK)
		ledger->broken = true;
	ledger_end(ledger);
}

enum fail ledger_follow(struct ledger *ledger)
{
	struct tile_source tiles = { hashes_read, ledger };
	struct node_source nodes = tile_nodes(&tiles);
	struct published published;
	struct frontier next;
	struct settled head;

	if (ledger->mode == LEDGER_WRITE)
		return OK;
	TRY(head_read(ledger, &head, &published));
	if (head.size < ledger->tree.size || published.size < ledger->published.size)
		return FAIL_CORRUPT;
	ledger->published = published;
	if (head.size == ledger->tree.size)
		return OK;
	TRY(frontier_read(&nodes, head.size, &next));
	struct hash root = frontier_root(&next);
	if (!hash_eq(&root, &head.root))
		return FAIL_CORRUPT;
	ledger->tree = next;
	return OK;
}
