#include <stdio.h>
#include <string.h>

#include "store/ledger_file.h"

enum {
	/* size, segment, end, root, published at, published end */
	HEAD_BODY_BYTES = 8 + 8 + 8 + HASH_BYTES + 8 + 8 + 8,
	HEAD_BYTES = HEAD_BODY_BYTES + CHECK_BYTES,
	HEAD_READS = 1000 /* a reader may meet the writer in the middle of 80 bytes */
};

enum fail derived_open(struct ledger *ledger)
{
	enum file_mode mode = ledger->mode == LEDGER_WRITE ? FILE_OPEN_OR_CREATE : FILE_READ;
	const struct { const char *name; struct file *file; } rows[] = {
		{ "index", &ledger->index },
		{ "head", &ledger->head },
		{ "settled", &ledger->settle },
		{ "checkpoints", &ledger->checkpoints },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		TRY(file_open(ledger_path(ledger, rows[i].name).text, mode, rows[i].file));
	for (unsigned level = 0; level < TILE_LEVELS; level++) {
		char name[16];
		snprintf(name, sizeof name, "level-%u", level);
		TRY(file_open(ledger_path(ledger, name).text, mode, &ledger->levels[level]));
	}
	return OK;
}

void derived_close(struct ledger *ledger)
{
	file_close(&ledger->index);
	file_close(&ledger->head);
	file_close(&ledger->settle);
	file_close(&ledger->checkpoints);
	for (unsigned level = 0; level < TILE_LEVELS; level++) {
		file_close(&ledger->levels[level]);
		buf_close(&ledger->upper[level]);
	}
}

void leaves_fold(struct ledger *ledger, struct frontier *tree, const struct hash *leaves, size_t count)
{
	struct hash upper[TILE_LEVELS];

	for (unsigned level = 0; level < TILE_LEVELS; level++)
		buf_empty(&ledger->upper[level]);
	for (size_t i = 0; i < count; i++) {
		unsigned levels = frontier_add(tree, &leaves[i], upper);
		for (unsigned k = 0; k < levels; k++)
			buf_bytes(&ledger->upper[k + 1], upper[k].at, HASH_BYTES);
	}
}

static enum fail level_put(struct ledger *ledger, unsigned level, uint64_t first, const void *hashes,
                           size_t len)
{
	if (len == 0)
		return OK;
	ledger->dirty[level] = true;
	return file_write_at(ledger->levels[level], first * HASH_BYTES, hashes, len);
}

enum fail derived_put(struct ledger *ledger, uint64_t first, size_t count, const struct hash *leaves,
                      const uint64_t *places)
{
	struct buf index = buf_open();

	TRY(level_put(ledger, 0, first, leaves, count * HASH_BYTES));
	for (unsigned level = 1; level < TILE_LEVELS; level++)
		TRY(level_put(ledger, level, first >> (TILE_HEIGHT * level), ledger->upper[level].at,
		              ledger->upper[level].len));
	for (size_t i = 0; i < count; i++)
		buf_u64be(&index, places[i]);
	enum fail fail = file_write_at(ledger->index, first * 8, index.at, index.len);
	buf_close(&index);
	return fail;
}

/* One layout for head and settled; the latter leaves the published record at 0. */
static void mark_put(struct buf *out, const struct settled *mark, const struct published *published)
{
	uint8_t check[CHECK_BYTES];

	buf_u64be(out, mark->size);
	buf_u64be(out, mark->segment);
	buf_u64be(out, mark->end);
	buf_bytes(out, mark->root.at, HASH_BYTES);
	buf_u64be(out, published->size);
	buf_u64be(out, published->at);
	buf_u64be(out, published->end);
	check_put((const uint8_t *)out->at, out->len, check);
	buf_bytes(out, check, sizeof check);
}

static enum fail mark_read(struct file file, uint64_t at, struct settled *out,
                           struct published *published)
{
	uint8_t bytes[HEAD_BYTES] = { 0 };
	struct str rest = str_bytes(bytes, sizeof bytes), root;

	TRY(file_read_at(file, at, bytes, sizeof bytes));
	if (!check_holds(bytes, HEAD_BODY_BYTES, bytes + HEAD_BODY_BYTES))
		return FAIL_CORRUPT;
	TRY(take_u64be(&rest, &out->size));
	TRY(take_u64be(&rest, &out->segment));
	TRY(take_u64be(&rest, &out->end));
	TRY(take_bytes(&rest, HASH_BYTES, &root));
	TRY(take_u64be(&rest, &published->size));
	TRY(take_u64be(&rest, &published->at));
	TRY(take_u64be(&rest, &published->end));
	memcpy(out->root.at, root.at, HASH_BYTES);
	return out->size >> TREE_LEVELS ? FAIL_CORRUPT : OK;
}

static enum fail mark_write(struct file file, uint64_t at, const struct settled *mark,
                            const struct published *published)
{
	struct buf bytes = buf_open();

	mark_put(&bytes, mark, published);
	enum fail fail = file_write_at(file, at, bytes.at, bytes.len);
	buf_close(&bytes);
	return fail;
}

static struct settled mark_now(const struct ledger *ledger)
{
	return (struct settled){ .size = ledger->tree.size, .segment = ledger->segment.number,
		                 .end = ledger->segment.end, .root = frontier_root(&ledger->tree) };
}

enum fail head_put(struct ledger *ledger)
{
	struct settled mark = mark_now(ledger);

	return mark_write(ledger->head, 0, &mark, &ledger->published);
}

enum fail head_read(struct ledger *ledger, struct settled *out, struct published *published)
{
	enum fail fail = FAIL_CORRUPT;

	for (unsigned i = 0; i < HEAD_READS && fail != OK; i++)
		fail = mark_read(ledger->head, 0, out, published);
	return fail;
}

/* Level files and index are flushed first, the mark is only written: two slots take turns, so a
 * mark that was lost or torn leaves the one before, which is just as true. */
enum fail settle(struct ledger *ledger)
{
	struct settled mark = mark_now(ledger);
	struct published none = { 0 };

	if (mark.size == ledger->settled.size)
		return OK;
	for (unsigned level = 0; level < TILE_LEVELS; level++) {
		if (ledger->dirty[level])
			TRY(file_flush(ledger->levels[level]));
		ledger->dirty[level] = false;
	}
	TRY(file_flush(ledger->index));
	TRY(mark_write(ledger->settle, ledger->settle_slot * SECTOR_BYTES, &mark, &none));
	ledger->settle_slot = !ledger->settle_slot;
	ledger->settled = mark;
	return OK;
}

enum fail settled_read(struct ledger *ledger, struct settled *out)
{
	struct settled best = { 0 }, mark;
	struct published none;

	for (unsigned slot = 0; slot < 2; slot++) {
		if (mark_read(ledger->settle, slot * SECTOR_BYTES, &mark, &none) != OK ||
		    mark.size <= best.size)
			continue;
		best = mark;
		ledger->settle_slot = !slot;
	}
	*out = best;
	return best.size ? OK : FAIL_NOT_FOUND;
}

enum fail hashes_read(void *context, unsigned level, uint64_t first, size_t count, struct hash *out)
{
	struct ledger *ledger = context;

	assert(level < TILE_LEVELS);
	return file_read_at(ledger->levels[level], first * HASH_BYTES, out, count * HASH_BYTES);
}
