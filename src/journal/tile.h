/* Where a published log keeps its hashes and entries: c2sp.org/tlog-tiles.
 *
 * A hash tile holds 256 hashes of tree level 8 * level; an entry bundle holds 256 entries, each
 * behind its length (two bytes, big-endian). The last of a level may be partial: its first `width`
 * items, under a path of its own. */
#ifndef YOUJU_JOURNAL_TILE_H
#define YOUJU_JOURNAL_TILE_H

#include "journal/merkle.h"

enum { ENTRY_BYTES_MAX = 65535 };

struct tile {
	bool entries;   /* a bundle; level is 0 */
	unsigned level; /* 0 … 7, in steps of eight tree levels */
	uint64_t n;
	unsigned width; /* 1 … 256; 256 is a full tile */
};

/* "tile/1/x001/234" or "tile/entries/000.p/7". */
void tile_path_add(struct buf *out, struct tile tile);

/* Only paths that tile_path_add writes; FAIL_SYNTAX otherwise. Levels beyond 7 cannot exist. */
MUST_CHECK enum fail tile_parse(struct str path, struct tile *out);

/* How many items tile n of a level has in a tree of `size` leaves: 0 … 256. */
unsigned tile_width(uint64_t size, unsigned level, uint64_t n);
uint64_t tile_count(uint64_t size, unsigned level); /* the partial one included */

/* Reads `count` neighbouring hashes of tree level 8 * level. */
struct tile_source {
	enum fail (*read)(void *context, unsigned level, uint64_t first, size_t count,
	                  struct hash *out);
	void *context;
};

/* A node_source over a tile_source: levels between the stored ones are hashed from below, at most
 * 128 hashes a node. `source` must outlive the result. */
struct node_source tile_nodes(const struct tile_source *source);

/* Takes the next entry off a bundle. FAIL_SYNTAX when it is cut short. */
MUST_CHECK enum fail bundle_take(struct str *rest, struct str *out);

#endif
