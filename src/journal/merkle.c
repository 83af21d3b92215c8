#include "journal/merkle.h"

/* RFC 9162 2.1.1: leaves and nodes are hashed with different first bytes, so that nobody can pass
 * an inner node off as an entry. */
static const uint8_t LEAF_PREFIX = 0x00, NODE_PREFIX = 0x01;

struct hash merkle_empty(void)
{
	return hash_bytes(STR(""));
}

struct hash merkle_leaf(struct str entry)
{
	return hash_two(LEAF_PREFIX, "", 0, entry.at, entry.len);
}

struct hash merkle_leaf_in_place(char *entry, size_t len)
{
	entry[-1] = (char)LEAF_PREFIX;
	return hash_bytes(str_bytes(entry - 1, len + 1));
}

struct hash merkle_node(const struct hash *left, const struct hash *right)
{
	return hash_two(NODE_PREFIX, left->at, HASH_BYTES, right->at, HASH_BYTES);
}

unsigned frontier_add(struct frontier *frontier, const struct hash *leaf,
                      struct hash tiles[TILE_LEVELS])
{
	struct hash node = *leaf;
	unsigned level = 0, count = 0;

	assert(frontier->size < (UINT64_C(1) << TREE_LEVELS) - 1);
	for (; frontier->size >> level & 1; level++) {
		node = merkle_node(&frontier->node[level], &node);
		if (tiles && (level + 1) % TILE_HEIGHT == 0)
			tiles[count++] = node;
	}
	frontier->node[level] = node;
	frontier->size++;
	return count;
}

struct hash frontier_root(const struct frontier *frontier)
{
	struct hash root;
	bool begun = false;

	for (unsigned level = 0; level < TREE_LEVELS; level++) {
		if (!(frontier->size >> level & 1))
			continue;
		root = begun ? merkle_node(&frontier->node[level], &root) : frontier->node[level];
		begun = true;
	}
	return begun ? root : merkle_empty();
}

static unsigned level_of(uint64_t leaves)
{
	assert(leaves > 0);
	return 63 - (unsigned)__builtin_clzll(leaves);
}

enum fail frontier_read(const struct node_source *source, uint64_t size, struct frontier *out)
{
	uint64_t from = 0;

	if (size >> TREE_LEVELS)
		return FAIL_TOO_LARGE;
	while (from < size) {
		unsigned level = level_of(size - from);
		TRY(source->read(source->context, level, from >> level, &out->node[level]));
		from += UINT64_C(1) << level;
	}
	out->size = size;
	return OK;
}

enum fail merkle_root(const struct node_source *source, uint64_t size, struct hash *out)
{
	struct frontier frontier;

	TRY(frontier_read(source, size, &frontier));
	*out = frontier_root(&frontier);
	return OK;
}

/* Leaves from … to-1 as one subtree of RFC 9162; from is a multiple of the power of two that
 * covers the range, so every piece is a perfect node. */
static enum fail range_root(const struct node_source *source, uint64_t from, uint64_t to,
                            struct hash *out)
{
	struct hash piece[TREE_LEVELS], root;
	size_t count = 0;

	assert(from < to);
	while (from < to) {
		unsigned level = level_of(to - from);
		TRY(source->read(source->context, level, from >> level, &piece[count++]));
		from += UINT64_C(1) << level;
	}
	root = piece[--count];
	while (count > 0)
		root = merkle_node(&piece[--count], &root);
	*out = root;
	return OK;
}

/* The largest power of two strictly less than n. */
static uint64_t split_of(uint64_t n)
{
	assert(n > 1);
	return UINT64_C(1) << level_of(n - 1);
}

static void proof_reverse(struct proof *proof)
{
	for (size_t i = 0; i + 1 < proof->count - i; i++) {
		struct hash kept = proof->at[i];
		proof->at[i] = proof->at[proof->count - 1 - i];
		proof->at[proof->count - 1 - i] = kept;
	}
}

enum fail inclusion_prove(const struct node_source *source, uint64_t index, uint64_t size,
                          struct proof *out)
{
	uint64_t from = 0, to = size;

	if (index >= size || size >> TREE_LEVELS)
		return FAIL_NOT_FOUND;
	out->count = 0;
	while (to - from > 1) {
		uint64_t middle = from + split_of(to - from);
		bool left = index < middle;
		TRY(range_root(source, left ? middle : from, left ? to : middle,
		               &out->at[out->count++]));
		*(left ? &to : &from) = middle;
	}
	proof_reverse(out);
	return OK;
}

enum fail consistency_prove(const struct node_source *source, uint64_t old, uint64_t size,
                            struct proof *out)
{
	uint64_t from = 0, to = size;

	if (old > size || size >> TREE_LEVELS)
		return FAIL_NOT_FOUND;
	out->count = 0;
	if (old == 0)
		return OK;
	while (old != to) {
		uint64_t middle = from + split_of(to - from);
		bool left = old <= middle;
		TRY(range_root(source, left ? middle : from, left ? to : middle,
		               &out->at[out->count++]));
		*(left ? &to : &from) = middle;
	}
	if (from > 0)
		TRY(range_root(source, from, to, &out->at[out->count++]));
	if (out->count)
		proof_reverse(out);
	return OK;
}

enum fail inclusion_verify(const struct hash *leaf, uint64_t index, uint64_t size,
                           const struct hash *root, const struct proof *proof)
{
	struct hash r = *leaf;

	if (index >= size)
		return FAIL_UNTRUSTED;
	uint64_t fn = index, sn = size - 1;
	for (size_t i = 0; i < proof->count; i++) {
		if (sn == 0)
			return FAIL_UNTRUSTED;
		if (fn & 1 || fn == sn) {
			r = merkle_node(&proof->at[i], &r);
			for (; !(fn & 1) && fn; sn >>= 1)
				fn >>= 1;
		} else {
			r = merkle_node(&r, &proof->at[i]);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && hash_eq(&r, root) ? OK : FAIL_UNTRUSTED;
}

static enum fail consistency_trivial(uint64_t old, const struct hash *old_root, uint64_t size,
                                     const struct hash *root, const struct proof *proof)
{
	struct hash empty = merkle_empty();

	if (proof->count || old > size)
		return FAIL_UNTRUSTED;
	if (old == 0)
		return hash_eq(old_root, &empty) ? OK : FAIL_UNTRUSTED;
	return hash_eq(old_root, root) ? OK : FAIL_UNTRUSTED;
}

enum fail consistency_verify(uint64_t old, const struct hash *old_root, uint64_t size,
                             const struct hash *root, const struct proof *proof)
{
	bool power = old && (old & (old - 1)) == 0;
	size_t next = 0;

	if (old == 0 || old >= size)
		return consistency_trivial(old, old_root, size, root, proof);
	if (proof->count == 0)
		return FAIL_UNTRUSTED;
	uint64_t fn = old - 1, sn = size - 1;
	for (; fn & 1; sn >>= 1)
		fn >>= 1;
	struct hash fr = power ? *old_root : proof->at[next++], sr = fr;
	for (; next < proof->count; next++) {
		const struct hash *c = &proof->at[next];
		if (sn == 0)
			return FAIL_UNTRUSTED;
		if (fn & 1 || fn == sn) {
			fr = merkle_node(c, &fr);
			sr = merkle_node(c, &sr);
			for (; !(fn & 1) && fn; sn >>= 1)
				fn >>= 1;
		} else {
			sr = merkle_node(&sr, c);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && hash_eq(&fr, old_root) && hash_eq(&sr, root) ? OK : FAIL_UNTRUSTED;
}
