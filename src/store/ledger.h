/* The log: entries that are never lost and never change, and the tree over them.
 *
 * One process opens it for writing and runs recovery; others open it for reading and follow its
 * growth. An entry is durable once ledger_commit has returned OK, and not before. All bytes pass
 * through base/file.h. The files are described in docs/journal-format.md:
 *
 *   log/segments/00000001 …  entries in group frames; everything else but checkpoints follows from them
 *   log/checkpoints          every published checkpoint
 *   log/level-0 … level-7    hash tiles; tile n at byte 8192 n
 *   log/index                where each entry begins
 *   log/head, log/settled    size and root; up to where the derived files are flushed
 *
 * A ledger is one thread's. Views returned on an arena live as long as the arena. */
#ifndef YOUJU_STORE_LEDGER_H
#define YOUJU_STORE_LEDGER_H

#include "journal/receipt.h"
#include "journal/tile.h"

enum {
	GROUP_BYTES_MAX = 32 * 1024 * 1024,    /* of staged entries; then FAIL_FULL */
	SEGMENT_BYTES_MAX = 256 * 1024 * 1024,
	SETTLE_ENTRIES = 65536                 /* recovery reads at most about this many again */
};

struct ledger;

enum ledger_mode { LEDGER_READ, LEDGER_WRITE };

/* `folder` is DIR/log. Writing makes it when absent and recovers: an unfinished group is dropped,
 * derived files are mended. FAIL_CORRUPT when durable entries are damaged or missing, FAIL_NOT_FOUND
 * when reading what does not exist. *out ends with ledger_close. */
MUST_CHECK enum fail ledger_open(const char *folder, enum ledger_mode mode, struct ledger **out);
void ledger_close(struct ledger *ledger); /* staged entries are dropped; NULL is fine */

/* Of the durable tree; of a reader: as last followed. */
uint64_t ledger_size(const struct ledger *ledger);
struct hash ledger_root(const struct ledger *ledger);
/* A reader: takes in what the writer has made durable since. Cheap when nothing has. */
MUST_CHECK enum fail ledger_follow(struct ledger *ledger);

/* --- writing ---
 * Stage, then commit all staged entries with one write and one flush. at_ms chooses the period
 * (calendar quarter, UTC+8) and must not decrease. The entry is copied. *index_out (may be NULL) is
 * the entry's number once committed. FAIL_TOO_LARGE beyond 65,535 bytes or for an empty entry,
 * FAIL_FULL beyond GROUP_BYTES_MAX: nothing is staged then. */
MUST_CHECK enum fail ledger_stage(struct ledger *ledger, struct str entry, int64_t at_ms,
                                  uint64_t *index_out);
uint64_t ledger_staged(const struct ledger *ledger); /* how many */
uint64_t ledger_next(const struct ledger *ledger);   /* the number the next staged entry gets */

/* A command that fails returns to its mark. A mark is void after a commit or an earlier rollback. */
struct ledger_mark { size_t entries, bytes, parts; int64_t at_ms; };
struct ledger_mark ledger_mark(const struct ledger *ledger);
void ledger_rollback(struct ledger *ledger, struct ledger_mark mark);

/* A group that crosses a period is two writes and two flushes, the first durable before the second
 * begins. After any failure the ledger is broken: the group may or may not be durable, every further
 * call that writes returns FAIL_CLOSED, nothing is retried; stop the process, recovery decides. */
MUST_CHECK enum fail ledger_commit(struct ledger *ledger);
bool ledger_is_broken(const struct ledger *ledger);

/* --- reading --- durable entries only; FAIL_NOT_FOUND from size on. Bytes are checked against the
 * tree: FAIL_CORRUPT when they are not what was committed. */
MUST_CHECK enum fail ledger_read(struct ledger *ledger, uint64_t index, struct arena *arena,
                                 struct str *out);

/* From `next` on, one after the other, for rebuilding. The view lives until the next call. Reading
 * stops with FAIL_NOT_FOUND at the size the ledger has then; after more commits it goes on. */
struct ledger_scan { struct ledger *ledger; uint64_t next; struct buf bytes; size_t at; };
struct ledger_scan ledger_scan(struct ledger *ledger, uint64_t from);
MUST_CHECK enum fail ledger_scan_next(struct ledger_scan *scan, uint64_t *index_out,
                                      struct str *entry_out);
void ledger_scan_close(struct ledger_scan *scan);

/* Hashes up to 256 entries again and compares them with the tree: how many bytes they have and which
 * is the first that differs or cannot be read (count when none). */
MUST_CHECK enum fail ledger_hash(struct ledger *ledger, uint64_t first, size_t count,
                                 uint64_t *bytes_out, size_t *sound_out);
/* Neighbouring hashes of tree level 8 * level, as they stand in the tiles. */
MUST_CHECK enum fail ledger_hashes(struct ledger *ledger, unsigned level, uint64_t first, size_t count,
                                   struct hash *out);

/* --- the tree --- */
/* The bytes of a tile path (tile_parse) at the current size; FAIL_NOT_FOUND when the tree does not
 * have that many items there. Partial ones are prefixes. Appended to out. */
MUST_CHECK enum fail ledger_tile(struct ledger *ledger, struct tile tile, struct buf *out);
MUST_CHECK enum fail ledger_root_at(struct ledger *ledger, uint64_t size, struct hash *out);
MUST_CHECK enum fail ledger_inclusion(struct ledger *ledger, uint64_t index, uint64_t size,
                                      struct proof *out);
MUST_CHECK enum fail ledger_consistency(struct ledger *ledger, uint64_t old, uint64_t size,
                                        struct proof *out);

/* --- checkpoints --- */
/* Keeps a signed checkpoint for ever; durable when OK is returned, and only then may it be shown to
 * anybody. FAIL_CONFLICT when it does not fit the tree or is older than the latest. A second one of
 * the same size (with cosignatures) becomes the latest. */
MUST_CHECK enum fail ledger_publish(struct ledger *ledger, struct str note);
/* The published one with the largest size; FAIL_NOT_FOUND when there is none. */
MUST_CHECK enum fail ledger_checkpoint(struct ledger *ledger, struct arena *arena, struct str *out);
/* The newest one of the smallest size > index: the first that vouches for the entry. */
MUST_CHECK enum fail ledger_checkpoint_of(struct ledger *ledger, uint64_t index,
                                          struct arena *arena, struct str *out);
uint64_t ledger_published(const struct ledger *ledger); /* size of the latest; 0 when none */

/* The C2SP tlog-proof of an entry under the latest checkpoint; FAIL_NOT_FOUND while pending. */
MUST_CHECK enum fail ledger_receipt(struct ledger *ledger, uint64_t index, struct arena *arena,
                                    struct str *out);

#endif
