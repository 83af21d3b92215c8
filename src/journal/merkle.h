/* The tree over the log: RFC 9162 section 2.1 with SHA-256.
 *
 * Node (level, index) is the root of the 2^level leaves that begin at leaf index << level. Only
 * complete ("perfect") nodes have a number; the right border is folded from them when asked. */
#ifndef YOUJU_JOURNAL_MERKLE_H
#define YOUJU_JOURNAL_MERKLE_H

#include "base/crypto.h"

enum {
	TREE_LEVELS = 63,      /* a tree has fewer than 2^63 leaves */
	TILE_LEVELS = 8,       /* levels 0, 8, 16, … 56 are stored */
	TILE_HEIGHT = 8,
	TILE_HASHES = 256,
	TILE_BYTES = TILE_HASHES * HASH_BYTES,
	PROOF_HASHES_MAX = 2 * TREE_LEVELS
};

struct hash merkle_empty(void);
struct hash merkle_leaf(struct str entry);
/* The same in one pass; the byte before the entry is overwritten. */
struct hash merkle_leaf_in_place(char *entry, size_t len);
struct hash merkle_node(const struct hash *left, const struct hash *right);

/* The perfect nodes from which the root of the first `size` leaves is folded: node[l] counts only
 * while bit l of size is set. A plain value: a copy is a mark, and copying back returns to it. */
struct frontier {
	uint64_t size;
	struct hash node[TREE_LEVELS];
};

/* Appends one leaf. Nodes of levels 8, 16, … that became complete are written to
 * tiles[level / 8 - 1]; the result says how many. tiles may be NULL. */
unsigned frontier_add(struct frontier *frontier, const struct hash *leaf,
                      struct hash tiles[TILE_LEVELS]);
struct hash frontier_root(const struct frontier *frontier);

/* Where proofs and roots read perfect nodes. A reader fails with what its storage failed with. */
struct node_source {
	enum fail (*read)(void *context, unsigned level, uint64_t index, struct hash *out);
	void *context;
};

struct proof {
	size_t count;
	struct hash at[PROOF_HASHES_MAX]; /* from the leaf's sibling upward */
};

MUST_CHECK enum fail merkle_root(const struct node_source *source, uint64_t size, struct hash *out);
MUST_CHECK enum fail frontier_read(const struct node_source *source, uint64_t size,
                                   struct frontier *out);

/* RFC 9162 2.1.3.1 and 2.1.4.1. index < size; old <= size; an old of 0 or of size gives no hashes. */
MUST_CHECK enum fail inclusion_prove(const struct node_source *source, uint64_t index, uint64_t size,
                                     struct proof *out);
MUST_CHECK enum fail consistency_prove(const struct node_source *source, uint64_t old, uint64_t size,
                                       struct proof *out);

/* RFC 9162 2.1.3.2 and 2.1.4.2. Any input is allowed; FAIL_UNTRUSTED unless the proof holds. */
MUST_CHECK enum fail inclusion_verify(const struct hash *leaf, uint64_t index, uint64_t size,
                                      const struct hash *root, const struct proof *proof);
MUST_CHECK enum fail consistency_verify(uint64_t old, const struct hash *old_root, uint64_t size,
                                        const struct hash *root, const struct proof *proof);

#endif
