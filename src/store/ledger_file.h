/* Shared by the parts of the file driver of store/ledger.h; nobody else includes it. */
#ifndef YOUJU_STORE_LEDGER_FILE_H
#define YOUJU_STORE_LEDGER_FILE_H

#include "base/file.h"
#include "store/ledger.h"

enum {
	SECTOR_BYTES = 512,
	FRAME_HEAD_BYTES = 64,
	CHECK_BYTES = 8,
	OFFSET_BITS = 28, /* SEGMENT_BYTES_MAX is 2^28 */
	FOLDER_BYTES = 384,
	PATH_BYTES = 448,
	PARTS_MAX = 8,
	DIRECT_BYTES_MAX = 256 * 1024, /* larger groups go through the page cache */
	DIRECT_ALIGN_BYTES = 4096
};
static_assert(SEGMENT_BYTES_MAX == 1 << OFFSET_BITS, "an offset fits its bits");
static_assert(GROUP_BYTES_MAX < SEGMENT_BYTES_MAX / 2, "a group fits a fresh segment");

struct path { char text[PATH_BYTES]; };

/* A group of entries as it stands in a segment; entries follow, each behind its length (u16be). */
struct frame {
	uint64_t first;
	uint32_t count, len; /* len: bytes of entries with their lengths */
	struct hash root;    /* of the tree that ends with this group: the group's checksum */
};

struct segment_head {
	uint64_t number; /* from 1 */
	uint32_t period; /* year * 10 + quarter */
	uint64_t first;
	struct hash root; /* of the tree before */
};

/* Where the next frame goes. */
struct segment {
	uint64_t number; /* 0: none yet */
	uint32_t period;
	struct file file;
	struct file direct; /* the same one, past the page cache; opened when first needed */
	bool never_direct;  /* the file system cannot */
	uint64_t end;    /* the next frame begins here */
	uint64_t zeroed; /* the file's size: zeros from end on */
};

struct part { size_t start, first_entry; uint32_t period; };

/* Entries waiting for a commit, laid out as the frames they will be: room for a head, then entries;
 * part after part, each beginning on a sector. */
struct staging {
	struct buf bytes, leaves, offsets; /* a hash and a u32 (from the part's start) an entry */
	size_t entries, part_count;
	struct part parts[PARTS_MAX];
	int64_t at_ms;
};

struct settled {
	uint64_t size;
	uint64_t segment, end; /* the frame after leaf size-1 begins here */
	struct hash root;
};

struct published { uint64_t size, at, end; }; /* the latest record's bytes; end 0: none */

struct ledger {
	enum ledger_mode mode;
	char folder[FOLDER_BYTES];
	bool broken;
	struct frontier tree; /* durable */
	struct segment segment;
	struct staging staging;
	struct buf upper[TILE_LEVELS]; /* hashes of levels 8, 16, … that a group completed */
	struct settled settled;
	unsigned settle_slot; /* where the next mark goes: 0 or 1 */
	struct published published;
	struct file lock, levels[TILE_LEVELS], index, head, settle, checkpoints;
	bool dirty[TILE_LEVELS]; /* written since the last settling */
	struct buf scratch; /* what was read last */
	struct file read_file;
	uint8_t *aligned; /* a group on its way past the page cache */
	uint64_t read_segment; /* the one that read_file is; 0 none */
};

/* --- ledger_file_frame.c: bytes of frames and segment heads --- */
void check_put(const uint8_t *bytes, size_t len, uint8_t out[CHECK_BYTES]);
bool check_holds(const uint8_t *bytes, size_t len, const uint8_t check[CHECK_BYTES]);
void frame_head_put(uint8_t out[FRAME_HEAD_BYTES], const struct frame *frame);
bool frame_head_read(const uint8_t bytes[FRAME_HEAD_BYTES], struct frame *out);
void segment_head_put(uint8_t out[SECTOR_BYTES], const struct segment_head *head);
bool segment_head_read(const uint8_t bytes[SECTOR_BYTES], struct segment_head *out);
uint64_t sectors_up(uint64_t bytes); /* rounded up to a sector */
uint32_t period_of(int64_t at_ms);
struct path ledger_path(const struct ledger *ledger, const char *name);
struct path segment_path(const struct ledger *ledger, uint64_t number);

/* --- ledger_file_derived.c: what can be made again from the segments --- */
MUST_CHECK enum fail derived_open(struct ledger *ledger);
void derived_close(struct ledger *ledger);
/* Appends leaves and upper hashes of entries first … and where they begin; nothing is flushed. */
MUST_CHECK enum fail derived_put(struct ledger *ledger, uint64_t first, size_t count,
                                 const struct hash *leaves, const uint64_t *places);
MUST_CHECK enum fail head_put(struct ledger *ledger);
MUST_CHECK enum fail head_read(struct ledger *ledger, struct settled *out, struct published *published);
MUST_CHECK enum fail settle(struct ledger *ledger); /* flushes the derived files, then says so */
MUST_CHECK enum fail settled_read(struct ledger *ledger, struct settled *out);
MUST_CHECK enum fail hashes_read(void *ledger, unsigned level, uint64_t first, size_t count,
                                 struct hash *out);
/* Folds leaves into tree and collects upper hashes for derived_put. */
void leaves_fold(struct ledger *ledger, struct frontier *tree, const struct hash *leaves, size_t count);

/* --- ledger_file.c --- */
void segment_close(struct segment *segment);

/* --- ledger_file_recover.c --- */
MUST_CHECK enum fail ledger_recover(struct ledger *ledger);
MUST_CHECK enum fail segment_head_load(const struct ledger *ledger, uint64_t number,
                                       enum file_mode mode, struct file *file_out,
                                       struct segment_head *out);

/* --- ledger_file_checkpoints.c --- */
MUST_CHECK enum fail checkpoints_recover(struct ledger *ledger);

#endif
