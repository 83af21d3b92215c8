/* Published checkpoints, one record after the other, each beginning on a sector: a binary search
 * needs no index, and a torn record hurts none before it. */
#include <string.h>

#include "store/ledger_file.h"

enum { RECORD_HEAD_BYTES = 32 };

/* F7 never occurs in UTF-8: no sector within a note can pass for the first of a record. */
static const uint8_t RECORD_MAGIC[8] = { 0xf7, 'y', 'j', 'c', 'h', 'k', '1', '\n' };

struct record { uint64_t size, at, end; uint32_t len; uint8_t check[CHECK_BYTES]; };

static enum fail record_head(struct ledger *ledger, uint64_t at, struct record *out)
{
	uint8_t bytes[RECORD_HEAD_BYTES] = { 0 };
	struct str rest = str_bytes(bytes, sizeof bytes), magic, check;
	uint32_t zero;

	TRY(file_read_at(ledger->checkpoints, at, bytes, sizeof bytes));
	TRY(take_bytes(&rest, sizeof RECORD_MAGIC, &magic));
	TRY(take_u64be(&rest, &out->size));
	TRY(take_u32be(&rest, &out->len));
	TRY(take_u32be(&rest, &zero));
	TRY(take_bytes(&rest, CHECK_BYTES, &check));
	if (memcmp(magic.at, RECORD_MAGIC, sizeof RECORD_MAGIC) != 0 || out->len > NOTE_BYTES_MAX)
		return FAIL_CORRUPT;
	memcpy(out->check, check.at, CHECK_BYTES);
	out->at = at;
	out->end = at + sectors_up(RECORD_HEAD_BYTES + (uint64_t)out->len);
	return OK;
}

static enum fail record_note(struct ledger *ledger, const struct record *record,
                             struct arena *arena, struct str *out)
{
	char *note = arena_bytes(arena, record->len);

	TRY(file_read_at(ledger->checkpoints, record->at + RECORD_HEAD_BYTES, note, record->len));
	if (!check_holds((const uint8_t *)note, record->len, record->check))
		return FAIL_CORRUPT;
	*out = str_bytes(note, record->len);
	return OK;
}

/* The record that begins at the sector or at the nearest one before. */
static enum fail record_before(struct ledger *ledger, uint64_t at, struct record *out)
{
	for (;; at -= SECTOR_BYTES) {
		enum fail fail = record_head(ledger, at, out);
		if (fail != FAIL_CORRUPT || at == 0)
			return fail;
	}
}

/* A killed process may leave its last record in the page cache only; from now on others see it. */
static enum fail record_confirm(struct ledger *ledger)
{
	size_t len = (size_t)(ledger->published.end - ledger->published.at);
	void *bytes = process_bytes(len);
	enum fail fail = file_read_at(ledger->checkpoints, ledger->published.at, bytes, len);

	if (fail == OK)
		fail = file_write_at(ledger->checkpoints, ledger->published.at, bytes, len);
	process_free(bytes);
	TRY(fail);
	return file_flush(ledger->checkpoints);
}

/* Finds the last whole record of the file. */
enum fail checkpoints_recover(struct ledger *ledger)
{
	struct arena arena = arena_open(2 * NOTE_BYTES_MAX);
	struct record record;
	struct str note;
	uint64_t size;
	enum fail fail = file_size(ledger->checkpoints, &size);

	ledger->published = (struct published){ 0 };
	for (uint64_t at = sectors_up(size); fail == OK && at > 0; arena_empty(&arena)) {
		if (record_before(ledger, at - SECTOR_BYTES, &record) != OK)
			break;
		at = record.at;
		if (record.end > size || record_note(ledger, &record, &arena, &note) != OK)
			continue;
		ledger->published =
			(struct published){ .size = record.size, .at = record.at, .end = record.end };
		break;
	}
	arena_close(&arena);
	TRY(fail);
	if (ledger->published.size > ledger->tree.size)
		return FAIL_CORRUPT;
	return ledger->published.end ? record_confirm(ledger) : OK;
}

static enum fail fits(struct ledger *ledger, struct arena *arena, struct str note,
                      struct checkpoint *out)
{
	struct hash root;

	TRY(checkpoint_peek(arena, note, out));
	if (out->size < ledger->published.size || out->size > ledger->tree.size)
		return FAIL_CONFLICT;
	TRY(ledger_root_at(ledger, out->size, &root));
	return hash_eq(&root, &out->root) ? OK : FAIL_CONFLICT;
}

static enum fail record_append(struct ledger *ledger, struct str note, uint64_t size)
{
	struct buf bytes = buf_open();
	uint8_t check[CHECK_BYTES];
	struct published next = { .size = size, .at = ledger->published.end };

	check_put((const uint8_t *)note.at, note.len, check);
	buf_bytes(&bytes, RECORD_MAGIC, sizeof RECORD_MAGIC);
	buf_u64be(&bytes, size);
	buf_u32be(&bytes, (uint32_t)note.len);
	buf_u32be(&bytes, 0);
	buf_bytes(&bytes, check, sizeof check);
	buf_add(&bytes, note);
	buf_room(&bytes, sectors_up(bytes.len) - bytes.len);
	next.end = next.at + bytes.len;
	enum fail fail = file_write_at(ledger->checkpoints, next.at, bytes.at, bytes.len);
	buf_close(&bytes);
	TRY(fail);
	TRY(file_flush(ledger->checkpoints));
	ledger->published = next;
	return head_put(ledger);
}

enum fail ledger_publish(struct ledger *ledger, struct str note)
{
	struct arena arena = arena_open(4 * NOTE_BYTES_MAX);
	struct checkpoint checkpoint;
	enum fail fail = ledger->broken ? FAIL_CLOSED : fits(ledger, &arena, note, &checkpoint);

	assert(ledger->mode == LEDGER_WRITE);
	if (fail == OK) {
		fail = record_append(ledger, note, checkpoint.size);
		ledger->broken = fail != OK;
	}
	arena_close(&arena);
	return fail;
}

uint64_t ledger_published(const struct ledger *ledger)
{
	return ledger->published.size;
}

enum fail ledger_checkpoint(struct ledger *ledger, struct arena *arena, struct str *out)
{
	struct record record;

	if (ledger->published.end == 0)
		return FAIL_NOT_FOUND;
	TRY(record_head(ledger, ledger->published.at, &record));
	return record_note(ledger, &record, arena, out);
}

/* The first record that begins in sectors [0, end) and has size > index. */
static enum fail record_search(struct ledger *ledger, uint64_t index, struct record *out)
{
	uint64_t low = 0, high = ledger->published.end / SECTOR_BYTES;
	struct record record;

	while (low < high) {
		uint64_t middle = low + (high - low) / 2;
		TRY(record_before(ledger, middle * SECTOR_BYTES, &record));
		if (record.size > index)
			high = record.at / SECTOR_BYTES;
		else
			low = record.end / SECTOR_BYTES;
	}
	return record_head(ledger, low * SECTOR_BYTES, out);
}

enum fail ledger_checkpoint_of(struct ledger *ledger, uint64_t index, struct arena *arena,
                               struct str *out)
{
	struct record record, next;

	if (ledger->published.size <= index)
		return FAIL_NOT_FOUND;
	TRY(record_search(ledger, index, &record));
	while (record.end < ledger->published.end) {
		TRY(record_head(ledger, record.end, &next));
		if (next.size != record.size)
			break;
		record = next;
	}
	return record_note(ledger, &record, arena, out);
}

enum fail ledger_receipt(struct ledger *ledger, uint64_t index, struct arena *arena, struct str *out)
{
	struct receipt receipt = { .index = index, .extra = STR("") };
	struct buf text = buf_on(arena);

	if (ledger->published.size <= index)
		return FAIL_NOT_FOUND;
	TRY(ledger_checkpoint(ledger, arena, &receipt.checkpoint));
	TRY(ledger_inclusion(ledger, index, ledger->published.size, &receipt.proof));
	receipt_add(&text, &receipt);
	*out = buf_str(&text);
	return OK;
}
