#include "journal/verify.h"

#include <string.h>

#include "base/time.h"

const struct defect_spec defect_specs[DEFECT_COUNT] = {
	[DEFECT_NONE] = { "sound", 0, "everything holds" },
	[DEFECT_NO_CHECKPOINT] = { "no_checkpoint", 10, "there is no checkpoint file" },
	[DEFECT_BAD_NOTE] = { "bad_note", 11, "the checkpoint is not a signed note of a tree" },
	[DEFECT_NO_SIGNATURE] = { "no_signature", 12, "the given key did not sign the checkpoint" },
	[DEFECT_WRONG_KEY] = { "wrong_key", 13, "another key of that name signed the checkpoint" },
	[DEFECT_BAD_SIGNATURE] = { "bad_signature", 14, "a signature of a given key does not verify" },
	[DEFECT_FOREIGN_ORIGIN] = { "foreign_origin", 15, "the checkpoint is of a log of another name" },
	[DEFECT_EMPTY_LOG] = { "empty_log", 16, "the log has no entry" },
	[DEFECT_POLICY] = { "policy", 17, "the policy file cannot be read" },
	[DEFECT_QUORUM] = { "quorum", 18, "too few witnesses cosigned the checkpoint" },
	[DEFECT_AGAINST] = { "against", 19, "the older checkpoint is not a signed one of this log" },
	[DEFECT_ROLLED_BACK] = { "rolled_back", 20, "the log is shorter than the older checkpoint" },
	[DEFECT_FORK] = { "fork", 21, "the log did not grow from the older checkpoint" },
	[DEFECT_TILE_MISSING] = { "tile_missing", 22, "a hash tile is missing" },
	[DEFECT_TILE_LENGTH] = { "tile_length", 23, "a hash tile is cut short or too long" },
	[DEFECT_BUNDLE_MISSING] = { "bundle_missing", 24, "an entry bundle is missing" },
	[DEFECT_ENTRY_SWAPPED] = { "entry_swapped", 25, "an entry stands in the place of another" },
	[DEFECT_ENTRY_CUT] = { "entry_cut", 26, "entries were cut out" },
	[DEFECT_ENTRY_INSERTED] = { "entry_inserted", 27, "entries were inserted" },
	[DEFECT_BUNDLE_SHORT] = { "bundle_short", 28, "an entry bundle ends too early" },
	[DEFECT_BUNDLE_BYTES] = { "bundle_bytes", 29, "an entry bundle does not divide into entries" },
	[DEFECT_FOREIGN_TAIL] = { "foreign_tail", 30, "entries follow beyond the checkpoint" },
	[DEFECT_ROOT] = { "root", 31, "neither entries nor tiles lead to the signed root" },
	[DEFECT_ENTRY_CHANGED] = { "entry_changed", 32, "an entry was changed" },
	[DEFECT_TILE_CHANGED] = { "tile_changed", 33, "a hash tile was changed" },
	[DEFECT_TIME_DECREASES] = { "time_decreases", 34, "an entry is older than the one before" },
	[DEFECT_ENTRY_TIME] = { "entry_time", 35, "an entry does not state its time as ours do" },
	[DEFECT_EXTRA_FILE] = { "extra_file", 36, "a file is there that the checkpoint does not imply" },
	[DEFECT_RECEIPT] = { "receipt", 40, "the receipt cannot be read" },
	[DEFECT_RECEIPT_PROOF] = { "receipt_proof", 41, "the receipt does not prove this entry" },
	[DEFECT_UNREADABLE] = { "unreadable", 3, "a file cannot be read" },
};

void finding_add(struct findings *findings, enum defect defect, uint64_t where)
{
	if (findings->count[defect]++ == 0)
		findings->first[defect] = where;
}

enum defect findings_worst(const struct findings *findings)
{
	for (enum defect defect = DEFECT_NONE + 1; defect < DEFECT_COUNT; defect++)
		if (findings->count[defect])
			return defect;
	return DEFECT_NONE;
}

enum fail entry_time(struct str entry, int64_t *out)
{
	struct str head, number;
	size_t at;

	if (!str_starts(entry, STR("{\"v\":")) || !str_find(entry, STR(",\"at\":\""), &at))
		return FAIL_SYNTAX;
	number = str_slice(entry, 5, at - 5);
	uint64_t version;
	TRY(str_to_u64(number, &version));
	head = str_slice(entry, at + 7, 25);
	if (head.len != 25 || head.at[24] != '"')
		return FAIL_SYNTAX;
	return time_parse_utc(str_slice(head, 0, 24), out);
}

struct audit audit_open(uint64_t size)
{
	return (struct audit){ .size = size, .tiles_whole = true, .entries_whole = true,
		               .last_at_ms = INT64_MIN };
}

void audit_close(struct audit *audit)
{
	buf_close(&audit->leaves);
	for (unsigned level = 0; level < TILE_LEVELS; level++)
		buf_close(&audit->upper[level]);
}

void audit_against(struct audit *audit, uint64_t size, const struct hash *root)
{
	audit->against_size = size;
	audit->against_root = *root;
}

static void entry_audit(struct audit *audit, struct str entry, uint64_t index)
{
	struct hash leaf = merkle_leaf(entry);
	int64_t at_ms;

	buf_bytes(&audit->leaves, leaf.at, HASH_BYTES);
	if (entry_time(entry, &at_ms) != OK) {
		finding_add(&audit->findings, DEFECT_ENTRY_TIME, index);
		return;
	}
	if (at_ms < audit->last_at_ms)
		finding_add(&audit->findings, DEFECT_TIME_DECREASES, index);
	audit->last_at_ms = at_ms;
}

/* Fills audit->leaves; false when the bytes do not end with an entry. */
static bool bundle_split(struct audit *audit, struct str bundle)
{
	struct str entry;

	buf_empty(&audit->leaves);
	for (uint64_t index = audit->at; bundle.len; index++) {
		if (bundle_take(&bundle, &entry) != OK)
			return false;
		entry_audit(audit, entry, index);
	}
	return true;
}

static bool leaf_eq(const struct hash *a, size_t a_count, size_t i, const struct hash *b,
                    size_t b_count, size_t j)
{
	return i < a_count && j < b_count && memcmp(a[i].at, b[j].at, HASH_BYTES) == 0;
}

/* Names the difference between the leaves found and those stored, seen from its first place. */
static enum defect difference(const struct hash *found, size_t count, const struct hash *stored,
                              size_t width, size_t first)
{
	if (first == count)
		return DEFECT_BUNDLE_SHORT;
	if (first == width)
		return DEFECT_FOREIGN_TAIL;
	for (size_t j = first + 1; j < width; j++)
		if (leaf_eq(found, count, first, stored, width, j) &&
		    leaf_eq(found, count, j, stored, width, first))
			return DEFECT_ENTRY_SWAPPED;
	for (size_t d = 1; first + d < width || first + d < count; d++) {
		if (leaf_eq(found, count, first, stored, width, first + d))
			return DEFECT_ENTRY_CUT;
		if (leaf_eq(found, count, first + d, stored, width, first))
			return DEFECT_ENTRY_INSERTED;
	}
	return count < width ? DEFECT_ENTRY_CUT
	       : count > width ? DEFECT_ENTRY_INSERTED : DEFECT_ENTRY_CHANGED;
}

static void suspect_note(struct audit *audit, const struct hash *stored, unsigned width)
{
	const struct hash *found = (const struct hash *)(const void *)audit->leaves.at;
	size_t count = audit->leaves.len / HASH_BYTES, first = 0;

	while (leaf_eq(found, count, first, stored, width, first))
		first++;
	if (first == count && first == width)
		return;
	if (!audit->differs) {
		audit->entries = audit->stored;
		audit->suspect = difference(found, count, stored, width, first);
		audit->suspect_at = audit->at + first;
		if (first < count)
			audit->stray = found[first];
	}
	audit->differs = true;
}

static void against_look(struct audit *audit, const struct frontier *tree)
{
	if (audit->against_size == 0 || tree->size != audit->against_size)
		return;
	struct hash root = frontier_root(tree);
	audit->against_holds |= hash_eq(&root, &audit->against_root);
}

static void stored_fold(struct audit *audit, const struct hash *stored, unsigned width)
{
	struct hash upper[TILE_LEVELS];

	for (unsigned i = 0; i < width; i++) {
		unsigned levels = frontier_add(&audit->stored, &stored[i], upper);
		for (unsigned k = 0; k < levels; k++)
			buf_bytes(&audit->upper[k + 1], upper[k].at, HASH_BYTES);
		against_look(audit, &audit->stored);
	}
}

static void entries_fold(struct audit *audit)
{
	const struct hash *found = (const struct hash *)(const void *)audit->leaves.at;

	for (size_t i = 0; audit->differs && i < audit->leaves.len / HASH_BYTES; i++) {
		frontier_add(&audit->entries, &found[i], NULL);
		against_look(audit, &audit->entries);
	}
}

static bool tile_is_whole(struct audit *audit, const struct str *tile, uint64_t n, unsigned width)
{
	if (tile && tile->len == (size_t)width * HASH_BYTES)
		return true;
	finding_add(&audit->findings, tile ? DEFECT_TILE_LENGTH : DEFECT_TILE_MISSING, n);
	audit->tiles_whole = false;
	return false;
}

void audit_tile(struct audit *audit, const struct str *tile, const struct str *bundle)
{
	uint64_t n = audit->at / TILE_HASHES;
	unsigned width = tile_width(audit->size, 0, n);
	bool has_tile = tile_is_whole(audit, tile, n, width), has_leaves = false;
	struct hash stored[TILE_HASHES] = { 0 };

	if (!bundle)
		finding_add(&audit->findings, DEFECT_BUNDLE_MISSING, n);
	else if (!(has_leaves = bundle_split(audit, *bundle)))
		finding_add(&audit->findings, DEFECT_BUNDLE_BYTES, n);
	audit->entries_whole &= has_leaves;
	if (has_tile)
		memcpy(stored, tile->at, tile->len);
	else if (has_leaves && audit->leaves.len >= (size_t)width * HASH_BYTES)
		memcpy(stored, audit->leaves.at, (size_t)width * HASH_BYTES);
	if (has_leaves)
		suspect_note(audit, stored, width);
	stored_fold(audit, stored, width);
	entries_fold(audit);
	audit->at += width;
}

void audit_upper(struct audit *audit, unsigned level, uint64_t n, const struct str *tile)
{
	unsigned width = tile_width(audit->size, level, n);
	size_t from = (size_t)n * TILE_BYTES, len = (size_t)width * HASH_BYTES;

	if (!tile_is_whole(audit, tile, n, width))
		return;
	assert(from + len <= audit->upper[level].len);
	if (memcmp(tile->at, audit->upper[level].at + from, len) != 0)
		finding_add(&audit->findings, DEFECT_TILE_CHANGED, n);
}

bool audit_wants_stray(const struct audit *audit)
{
	return audit->differs && audit->suspect == DEFECT_ENTRY_CHANGED;
}

void audit_stray(struct audit *audit, uint64_t n, struct str tile)
{
	for (size_t i = 0; i + HASH_BYTES <= tile.len; i += HASH_BYTES)
		if (memcmp(tile.at + i, audit->stray.at, HASH_BYTES) == 0 &&
		    n * TILE_HASHES + i / HASH_BYTES != audit->suspect_at)
			audit->suspect = DEFECT_ENTRY_SWAPPED;
}

void audit_end(struct audit *audit, const struct hash *root)
{
	struct hash by_tiles = frontier_root(&audit->stored);
	struct hash by_entries = audit->differs ? frontier_root(&audit->entries) : by_tiles;
	uint64_t entries = audit->differs ? audit->entries.size : audit->stored.size;
	bool tiles_hold = hash_eq(&by_tiles, root);
	bool entries_hold = entries == audit->size && hash_eq(&by_entries, root);

	if (audit->differs && entries_hold)
		finding_add(&audit->findings, DEFECT_TILE_CHANGED, audit->suspect_at / TILE_HASHES);
	else if (audit->differs)
		finding_add(&audit->findings, audit->suspect, audit->suspect_at);
	if (!tiles_hold && !entries_hold)
		finding_add(&audit->findings, DEFECT_ROOT, audit->size);
	if (audit->against_size && !audit->against_holds)
		finding_add(&audit->findings, DEFECT_FORK, audit->against_size);
}
