#include "journal/tile.h"

enum { GROUP = 1000 };

static void path_number_add(struct buf *out, uint64_t n)
{
	unsigned group[8];
	size_t count = 0;

	do {
		group[count++] = (unsigned)(n % GROUP);
		n /= GROUP;
	} while (n);
	while (count > 1)
		buf_printf(out, "x%03u/", group[--count]);
	buf_printf(out, "%03u", group[0]);
}

void tile_path_add(struct buf *out, struct tile tile)
{
	assert(tile.width >= 1 && tile.width <= TILE_HASHES && tile.level < TILE_LEVELS);
	buf_add(out, STR("tile/"));
	if (tile.entries)
		buf_add(out, STR("entries/"));
	else
		buf_printf(out, "%u/", tile.level);
	path_number_add(out, tile.n);
	if (tile.width < TILE_HASHES)
		buf_printf(out, ".p/%u", tile.width);
}

static enum fail group_read(struct str part, uint64_t *n)
{
	uint64_t value = 0;

	if (part.len != 3)
		return FAIL_SYNTAX;
	for (size_t i = 0; i < 3; i++) {
		if (part.at[i] < '0' || part.at[i] > '9')
			return FAIL_SYNTAX;
		value = value * 10 + (uint64_t)(part.at[i] - '0');
	}
	if (*n > (UINT64_MAX - value) / GROUP)
		return FAIL_SYNTAX;
	*n = *n * GROUP + value;
	return OK;
}

/* "x001/234": groups of three digits, all but the last marked, no group of zeros in front. */
static enum fail path_number_read(struct str text, uint64_t *out)
{
	struct str part;
	uint64_t n = 0;

	for (bool first = true; str_starts(text, STR("x")); first = false) {
		if (!str_cut(&text, '/', &part) || text.len == 0)
			return FAIL_SYNTAX;
		TRY(group_read(str_slice(part, 1, part.len), &n));
		if (first && n == 0)
			return FAIL_SYNTAX;
	}
	TRY(group_read(text, &n));
	*out = n;
	return OK;
}

static enum fail level_read(struct str *path, struct tile *tile)
{
	struct str part;
	uint64_t level;

	if (!str_cut(path, '/', &part))
		return FAIL_SYNTAX;
	if (path->len == 0)
		return FAIL_SYNTAX;
	tile->entries = str_is(part, "entries");
	if (tile->entries)
		return OK;
	TRY(str_to_u64(part, &level));
	if (level >= TILE_LEVELS)
		return FAIL_SYNTAX;
	tile->level = (unsigned)level;
	return OK;
}

enum fail tile_parse(struct str path, struct tile *out)
{
	struct tile tile = { .width = TILE_HASHES };
	uint64_t width;
	size_t at;

	if (!str_starts(path, STR("tile/")))
		return FAIL_SYNTAX;
	path = str_slice(path, 5, path.len);
	TRY(level_read(&path, &tile));
	if (str_find(path, STR(".p/"), &at)) {
		TRY(str_to_u64(str_slice(path, at + 3, path.len), &width));
		if (width < 1 || width >= TILE_HASHES)
			return FAIL_SYNTAX;
		tile.width = (unsigned)width;
		path = str_slice(path, 0, at);
	}
	TRY(path_number_read(path, &tile.n));
	*out = tile;
	return OK;
}

static uint64_t level_hashes(uint64_t size, unsigned level)
{
	assert(level < TILE_LEVELS);
	return size >> (TILE_HEIGHT * level);
}

unsigned tile_width(uint64_t size, unsigned level, uint64_t n)
{
	uint64_t hashes = level_hashes(size, level), full = hashes / TILE_HASHES;

	if (n < full)
		return TILE_HASHES;
	return n == full ? (unsigned)(hashes % TILE_HASHES) : 0;
}

uint64_t tile_count(uint64_t size, unsigned level)
{
	return level_hashes(size, level) / TILE_HASHES + (level_hashes(size, level) % TILE_HASHES != 0);
}

static enum fail node_read(void *context, unsigned level, uint64_t index, struct hash *out)
{
	const struct tile_source *source = context;
	struct hash row[TILE_HASHES / 2];
	unsigned above = level % TILE_HEIGHT;
	size_t count = (size_t)1 << above;

	TRY(source->read(source->context, level / TILE_HEIGHT, index << above, count, row));
	for (; count > 1; count /= 2)
		for (size_t i = 0; i < count / 2; i++)
			row[i] = merkle_node(&row[2 * i], &row[2 * i + 1]);
	*out = row[0];
	return OK;
}

struct node_source tile_nodes(const struct tile_source *source)
{
	return (struct node_source){ node_read, (void *)(uintptr_t)source };
}

enum fail bundle_take(struct str *rest, struct str *out)
{
	uint16_t len;

	TRY(take_u16be(rest, &len));
	return take_bytes(rest, len, out);
}
