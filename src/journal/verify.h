/* What can be wrong with a published log, and how it is found: pure on the bytes of its files.
 *
 * Entries and hash tiles are compared with each other and both with the root that was signed. When
 * the entries lead to that root, a tile that differs was changed; when the tiles do, the entries
 * were; when neither does, the checkpoint is of another log. */
#ifndef YOUJU_JOURNAL_VERIFY_H
#define YOUJU_JOURNAL_VERIFY_H

#include "journal/tile.h"

/* In the order in which they decide the exit code of youju-verify; the numbers are its interface. */
enum defect {
	DEFECT_NONE,
	DEFECT_NO_CHECKPOINT,
	DEFECT_BAD_NOTE,
	DEFECT_NO_SIGNATURE,
	DEFECT_WRONG_KEY,
	DEFECT_BAD_SIGNATURE,
	DEFECT_FOREIGN_ORIGIN,
	DEFECT_EMPTY_LOG,
	DEFECT_POLICY,
	DEFECT_QUORUM,
	DEFECT_AGAINST,
	DEFECT_ROLLED_BACK,
	DEFECT_FORK,
	DEFECT_TILE_MISSING,
	DEFECT_TILE_LENGTH,
	DEFECT_BUNDLE_MISSING,
	DEFECT_ENTRY_SWAPPED,
	DEFECT_ENTRY_CUT,
	DEFECT_ENTRY_INSERTED,
	DEFECT_BUNDLE_SHORT,
	DEFECT_BUNDLE_BYTES,
	DEFECT_FOREIGN_TAIL,
	DEFECT_ROOT,
	DEFECT_ENTRY_CHANGED,
	DEFECT_TILE_CHANGED,
	DEFECT_TIME_DECREASES,
	DEFECT_ENTRY_TIME,
	DEFECT_EXTRA_FILE,
	DEFECT_RECEIPT,
	DEFECT_RECEIPT_PROOF,
	DEFECT_UNREADABLE,
	DEFECT_COUNT
};

struct defect_spec { const char *name; int exit_code; const char *means; };
extern const struct defect_spec defect_specs[DEFECT_COUNT];

struct findings { uint64_t count[DEFECT_COUNT], first[DEFECT_COUNT]; /* where: entry or tile number */ };

void finding_add(struct findings *findings, enum defect defect, uint64_t where);
enum defect findings_worst(const struct findings *findings); /* first in the order above */

/* One pass over the tiles and bundles of a log, in order. Keeps 0.13 bytes an entry. */
struct audit {
	uint64_t size, at; /* at: leaves seen */
	struct findings findings;
	struct frontier stored, entries; /* by tiles; by entries once they differ */
	struct buf leaves, upper[TILE_LEVELS]; /* of one bundle; what higher tiles must hold */
	bool differs, tiles_whole, entries_whole;
	enum defect suspect; /* the first difference; who is to blame shows at the end */
	uint64_t suspect_at;
	struct hash stray; /* the leaf found there */
	int64_t last_at_ms;
	uint64_t against_size; /* 0: none */
	struct hash against_root;
	bool against_holds; /* by tiles or by entries */
};

struct audit audit_open(uint64_t size);
void audit_close(struct audit *audit);
/* A head known from elsewhere that this log must have grown from. */
void audit_against(struct audit *audit, uint64_t size, const struct hash *root);
/* Tile n of level 0 and bundle n, n ascending from 0; NULL: missing. */
void audit_tile(struct audit *audit, const struct str *tile, const struct str *bundle);
/* Tile n of level 1 … 7, after all of level 0. */
void audit_upper(struct audit *audit, unsigned level, uint64_t n, const struct str *tile);
/* Does a leaf hash of another place stand at audit->suspect_at? Feed level-0 tiles while true. */
bool audit_wants_stray(const struct audit *audit);
void audit_stray(struct audit *audit, uint64_t n, struct str tile);
void audit_end(struct audit *audit, const struct hash *root);

/* {"v":1,"at":"2026-11-23T08:30:00.125Z",… FAIL_SYNTAX for anything else. */
MUST_CHECK enum fail entry_time(struct str entry, int64_t *out);

#endif
