/* After any stop, a kill, a power cut or a failed flush: which entries stand, and where the next
 * group goes.
 *
 * Frames are read from the last settled mark on. Each names the root of the tree that ends with it,
 * so a frame is whole and in its place exactly when the entries read lead from the tree before to
 * that root. At most one group was ever on its way (the next is written only after a flush), so a
 * broken frame is the end, and anything that looks like a later frame means lost evidence: the
 * ledger then refuses to open rather than to overwrite it. */
#include <string.h>

#include "store/ledger_file.h"

enum { SWEEP_BYTES = 1024 * 1024 };

struct tail {
	struct ledger *ledger;
	struct buf bytes, leaves, places;
	uint64_t last_at, last_len; /* the last frame taken in; len 0: none */
};

enum fail segment_head_load(const struct ledger *ledger, uint64_t number, enum file_mode mode,
                            struct file *file_out, struct segment_head *out)
{
	uint8_t bytes[SECTOR_BYTES];
	AUTO(file_close) struct file file = FILE_NONE;

	TRY(file_open(segment_path(ledger, number).text, mode, &file));
	TRY(file_read_at(file, 0, bytes, sizeof bytes));
	if (!segment_head_read(bytes, out) || out->number != number)
		return FAIL_CORRUPT;
	*file_out = file;
	file = FILE_NONE;
	return OK;
}

/* Splits a group into leaves and places; FAIL_CORRUPT when it does not hold `count` entries. */
static enum fail group_split(struct tail *tail, const struct frame *frame, uint64_t at)
{
	struct str rest = buf_str(&tail->bytes), entry;

	buf_empty(&tail->leaves);
	buf_empty(&tail->places);
	for (uint32_t i = 0; i < frame->count; i++) {
		uint64_t place = at + FRAME_HEAD_BYTES + (frame->len - rest.len);
		if (bundle_take(&rest, &entry) != OK || entry.len == 0)
			return FAIL_CORRUPT;
		struct hash leaf = merkle_leaf(entry);
		place |= tail->ledger->segment.number << OFFSET_BITS;
		buf_bytes(&tail->leaves, leaf.at, HASH_BYTES);
		buf_bytes(&tail->places, &place, sizeof place);
	}
	return rest.len ? FAIL_CORRUPT : OK;
}

/* The frame at the end of the segment, if it is whole; FAIL_NOT_FOUND when it is not. */
static enum fail frame_take(struct tail *tail)
{
	struct ledger *ledger = tail->ledger;
	struct segment *segment = &ledger->segment;
	struct frontier next = ledger->tree;
	uint8_t head[FRAME_HEAD_BYTES];
	struct frame frame;

	if (segment->end + SECTOR_BYTES > segment->zeroed)
		return FAIL_NOT_FOUND;
	TRY(file_read_at(segment->file, segment->end, head, sizeof head));
	if (!frame_head_read(head, &frame) || frame.first != next.size)
		return FAIL_NOT_FOUND;
	uint64_t len = sectors_up(FRAME_HEAD_BYTES + (uint64_t)frame.len);
	if (segment->end + len > segment->zeroed)
		return FAIL_NOT_FOUND;
	buf_empty(&tail->bytes);
	TRY(file_read_at(segment->file, segment->end + FRAME_HEAD_BYTES,
	                 buf_room(&tail->bytes, frame.len), frame.len));
	if (group_split(tail, &frame, segment->end) != OK)
		return FAIL_NOT_FOUND;
	const struct hash *leaves = (const struct hash *)tail->leaves.at;
	leaves_fold(ledger, &next, leaves, frame.count);
	struct hash root = frontier_root(&next);
	if (!hash_eq(&root, &frame.root))
		return FAIL_NOT_FOUND;
	TRY(derived_put(ledger, frame.first, frame.count, leaves, (const uint64_t *)tail->places.at));
	ledger->tree = next;
	tail->last_at = segment->end;
	tail->last_len = len;
	segment->end += len;
	return OK;
}

static enum fail segment_take(struct ledger *ledger, uint64_t number, uint64_t end,
                              struct segment_head *head)
{
	struct file file;

	TRY(segment_head_load(ledger, number, FILE_WRITE, &file, head));
	segment_close(&ledger->segment);
	ledger->segment = (struct segment){ .number = number, .period = head->period, .file = file,
		                            .direct = FILE_NONE, .end = end };
	return file_size(file, &ledger->segment.zeroed);
}

/* Moves on to the following segment when it continues this tree. One that was begun but never
 * flushed has no valid head or no frame; it is written afresh when its turn comes. */
static enum fail segment_next(struct tail *tail)
{
	struct ledger *ledger = tail->ledger;
	struct hash root = frontier_root(&ledger->tree);
	struct segment_head head;
	struct file file;
	enum fail fail = segment_head_load(ledger, ledger->segment.number + 1, FILE_READ,
	                                   &file, &head);

	if (fail == FAIL_NOT_FOUND || fail == FAIL_CORRUPT)
		return FAIL_NOT_FOUND;
	TRY(fail);
	file_close(&file);
	if (head.first != ledger->tree.size || !hash_eq(&head.root, &root))
		return head.first > ledger->tree.size ? FAIL_CORRUPT : FAIL_NOT_FOUND;
	tail->last_len = 0;
	return segment_take(ledger, ledger->segment.number + 1, SECTOR_BYTES, &head);
}

static bool is_zero(const uint8_t *at, size_t len)
{
	return len == 0 || (at[0] == 0 && memcmp(at, at + 1, len - 1) == 0);
}

/* Behind the end there may be the torn rest of one group; it is wiped. A later frame there would
 * mean that this one was durable once. */
static enum fail chunk_sweep(struct ledger *ledger, uint64_t at, uint8_t *bytes, size_t len)
{
	static const uint8_t zeros[SECTOR_BYTES];
	struct frame frame;

	for (size_t i = 0; i < len; i += SECTOR_BYTES) {
		size_t piece = len - i < SECTOR_BYTES ? len - i : SECTOR_BYTES;
		if (is_zero(bytes + i, piece))
			continue;
		if (piece == SECTOR_BYTES && frame_head_read(bytes + i, &frame) &&
		    frame.first > ledger->tree.size)
			return FAIL_CORRUPT;
		TRY(file_write_at(ledger->segment.file, at + i, zeros, piece));
	}
	return OK;
}

static enum fail segment_sweep(struct ledger *ledger)
{
	struct segment *segment = &ledger->segment;
	uint8_t *bytes = process_bytes(SWEEP_BYTES);
	enum fail fail = OK;

	for (uint64_t at = segment->end; at < segment->zeroed && fail == OK; at += SWEEP_BYTES) {
		uint64_t left = segment->zeroed - at;
		size_t len = left < SWEEP_BYTES ? (size_t)left : SWEEP_BYTES;
		fail = file_read_at(segment->file, at, bytes, len);
		if (fail == OK)
			fail = chunk_sweep(ledger, at, bytes, len);
	}
	process_free(bytes);
	return fail;
}

/* A killed process leaves its last group in the page cache, and after a failed flush Linux marks
 * such pages clean: the same bytes are written again, so that the flush really writes them. */
static enum fail tail_confirm(struct tail *tail)
{
	struct segment *segment = &tail->ledger->segment;
	uint8_t head[SECTOR_BYTES];

	if (segment->number == 0)
		return OK;
	TRY(file_read_at(segment->file, 0, head, sizeof head));
	TRY(file_write_at(segment->file, 0, head, sizeof head));
	if (tail->last_len) {
		buf_empty(&tail->bytes);
		char *bytes = buf_room(&tail->bytes, (size_t)tail->last_len);
		TRY(file_read_at(segment->file, tail->last_at, bytes, (size_t)tail->last_len));
		TRY(file_write_at(segment->file, tail->last_at, bytes, (size_t)tail->last_len));
	}
	return file_flush(segment->file);
}

/* Starts from the settled mark when the derived files agree with it, else from the first segment. */
static enum fail start_find(struct ledger *ledger)
{
	struct tile_source tiles = { hashes_read, ledger };
	struct node_source nodes = tile_nodes(&tiles);
	struct segment_head head;
	struct settled mark;

	if (settled_read(ledger, &mark) != OK)
		return FAIL_NOT_FOUND;
	if (frontier_read(&nodes, mark.size, &ledger->tree) != OK)
		return FAIL_NOT_FOUND;
	struct hash root = frontier_root(&ledger->tree);
	if (!hash_eq(&root, &mark.root))
		return FAIL_NOT_FOUND;
	ledger->settled = mark;
	return segment_take(ledger, mark.segment, mark.end, &head);
}

static enum fail start_afresh(struct ledger *ledger)
{
	struct segment_head head;

	ledger->tree = (struct frontier){ 0 };
	ledger->settled = (struct settled){ 0 };
	enum fail fail = segment_take(ledger, 1, SECTOR_BYTES, &head);
	if (fail == FAIL_NOT_FOUND || fail == FAIL_CORRUPT)
		return FAIL_NOT_FOUND; /* nothing was ever committed, or the head check below objects */
	TRY(fail);
	return head.first == 0 ? OK : FAIL_CORRUPT;
}

/* The head is written after the flush: what it says was durable. It may be stale, never early. */
static enum fail head_agrees(struct ledger *ledger)
{
	struct settled head;
	struct published published;

	if (head_read(ledger, &head, &published) != OK)
		return OK;
	return head.size > ledger->tree.size || published.size > ledger->tree.size ? FAIL_CORRUPT : OK;
}

static enum fail tail_read(struct tail *tail)
{
	struct ledger *ledger = tail->ledger;
	enum fail fail = start_find(ledger);

	if (fail != OK)
		fail = start_afresh(ledger);
	while (fail == OK) {
		fail = frame_take(tail);
		if (fail == FAIL_NOT_FOUND)
			fail = segment_next(tail);
	}
	if (fail != FAIL_NOT_FOUND)
		return fail;
	TRY(head_agrees(ledger));
	if (ledger->segment.number)
		TRY(segment_sweep(ledger));
	return tail_confirm(tail);
}

enum fail ledger_recover(struct ledger *ledger)
{
	struct tail tail = { .ledger = ledger };
	enum fail fail = tail_read(&tail);

	buf_close(&tail.bytes);
	buf_close(&tail.leaves);
	buf_close(&tail.places);
	TRY(fail);
	TRY(dir_flush(ledger_path(ledger, "segments").text));
	return OK;
}
