#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "store/ledger_file.h"

/* F7 never occurs in UTF-8, so no entry can hold a frame's first bytes. */
static const uint8_t FRAME_MAGIC[8] = { 0xf7, 'y', 'j', 'g', 'r', 'p', '1', '\n' };
static const uint8_t SEGMENT_MAGIC[16] = "youju segment 1\n";

void check_put(const uint8_t *bytes, size_t len, uint8_t out[CHECK_BYTES])
{
	struct hash hash = hash_bytes(str_bytes(bytes, len));

	memcpy(out, hash.at, CHECK_BYTES);
}

bool check_holds(const uint8_t *bytes, size_t len, const uint8_t check[CHECK_BYTES])
{
	uint8_t again[CHECK_BYTES];

	check_put(bytes, len, again);
	return memcmp(again, check, CHECK_BYTES) == 0;
}

static uint8_t *be_put(uint8_t *at, uint64_t n, unsigned bytes)
{
	for (unsigned i = bytes; i-- > 0; n >>= 8)
		at[i] = (uint8_t)n;
	return at + bytes;
}

void frame_head_put(uint8_t out[FRAME_HEAD_BYTES], const struct frame *frame)
{
	uint8_t *at = out;

	memcpy(at, FRAME_MAGIC, sizeof FRAME_MAGIC);
	at = be_put(at + sizeof FRAME_MAGIC, frame->first, 8);
	at = be_put(at, frame->count, 4);
	at = be_put(at, frame->len, 4);
	memcpy(at, frame->root.at, HASH_BYTES);
	at += HASH_BYTES;
	check_put(out, (size_t)(at - out), at);
}

bool frame_head_read(const uint8_t bytes[FRAME_HEAD_BYTES], struct frame *out)
{
	struct str rest = str_bytes(bytes + sizeof FRAME_MAGIC, FRAME_HEAD_BYTES - sizeof FRAME_MAGIC);
	struct str root;

	if (memcmp(bytes, FRAME_MAGIC, sizeof FRAME_MAGIC) != 0 ||
	    !check_holds(bytes, FRAME_HEAD_BYTES - CHECK_BYTES, bytes + FRAME_HEAD_BYTES - CHECK_BYTES))
		return false;
	if (take_u64be(&rest, &out->first) != OK || take_u32be(&rest, &out->count) != OK ||
	    take_u32be(&rest, &out->len) != OK || take_bytes(&rest, HASH_BYTES, &root) != OK)
		return false;
	memcpy(out->root.at, root.at, HASH_BYTES);
	return out->count > 0 && out->len <= GROUP_BYTES_MAX;
}

void segment_head_put(uint8_t out[SECTOR_BYTES], const struct segment_head *head)
{
	uint8_t *at = out;

	memset(out, 0, SECTOR_BYTES);
	memcpy(at, SEGMENT_MAGIC, sizeof SEGMENT_MAGIC);
	at = be_put(at + sizeof SEGMENT_MAGIC, head->number, 8);
	at = be_put(at, head->period, 4);
	at = be_put(at, head->first, 8);
	memcpy(at, head->root.at, HASH_BYTES);
	check_put(out, SECTOR_BYTES - CHECK_BYTES, out + SECTOR_BYTES - CHECK_BYTES);
}

bool segment_head_read(const uint8_t bytes[SECTOR_BYTES], struct segment_head *out)
{
	struct str rest = str_bytes(bytes + sizeof SEGMENT_MAGIC, SECTOR_BYTES - sizeof SEGMENT_MAGIC);
	struct str root;

	if (memcmp(bytes, SEGMENT_MAGIC, sizeof SEGMENT_MAGIC) != 0 ||
	    !check_holds(bytes, SECTOR_BYTES - CHECK_BYTES, bytes + SECTOR_BYTES - CHECK_BYTES))
		return false;
	if (take_u64be(&rest, &out->number) != OK || take_u32be(&rest, &out->period) != OK ||
	    take_u64be(&rest, &out->first) != OK || take_bytes(&rest, HASH_BYTES, &root) != OK)
		return false;
	memcpy(out->root.at, root.at, HASH_BYTES);
	return true;
}

uint64_t sectors_up(uint64_t bytes)
{
	return (bytes + SECTOR_BYTES - 1) & ~(uint64_t)(SECTOR_BYTES - 1);
}

uint32_t period_of(int64_t at_ms)
{
	struct ymd ymd = date_to_ymd(time_local_date(at_ms));

	assert(ymd.year > 0);
	return (uint32_t)(ymd.year * 10 + (ymd.month + 2) / 3);
}

struct path ledger_path(const struct ledger *ledger, const char *name)
{
	struct path path;

	snprintf(path.text, sizeof path.text, "%s/%s", ledger->folder, name);
	return path;
}

struct path segment_path(const struct ledger *ledger, uint64_t number)
{
	struct path path;

	snprintf(path.text, sizeof path.text, "%s/segments/%08llu", ledger->folder,
	         (unsigned long long)number);
	return path;
}
