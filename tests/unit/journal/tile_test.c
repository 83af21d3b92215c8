#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "journal/tile.h"

#include <cmocka.h> /* last: it makes a macro of fail */


static const struct { struct tile tile; const char *path; } rows[] = {
	{ { false, 0, 0, 256 }, "tile/0/000" },
	{ { false, 0, 999, 256 }, "tile/0/999" },
	{ { false, 1, 1000, 256 }, "tile/1/x001/000" },
	{ { false, 7, 1234067, 255 }, "tile/7/x001/x234/067.p/255" },
	{ { true, 0, 390624, 1 }, "tile/entries/x390/624.p/1" },
	{ { true, 0, UINT64_MAX, 256 }, "tile/entries/x018/x446/x744/x073/x709/x551/615" },
};

static void paths_round_trip(void **state)
{
	struct arena arena = arena_open(65536);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf path = buf_on(&arena);
		struct tile tile;
		tile_path_add(&path, rows[i].tile);
		assert_true(str_is(buf_str(&path), rows[i].path));
		assert_int_equal(tile_parse(buf_str(&path), &tile), OK);
		assert_int_equal(tile.n, rows[i].tile.n);
		assert_int_equal(tile.width, rows[i].tile.width);
		assert_int_equal(tile.level, rows[i].tile.level);
		assert_int_equal(tile.entries, rows[i].tile.entries);
	}
	arena_close(&arena);
}

static void wrong_paths(void **state)
{
	static const char *const wrong[] = {
		"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/0000", "tile/0/x000/001", "tile/0/x001",
		"tile/0/x001/", "tile/0/001/002", "tile/00/001", "tile/8/001", "tile/64/001", "tile/0/001.p/0",
		"tile/0/001.p/256", "tile/0/001.p/01", "tile/0/001.p/", "tile/0/001.p", "tile/entries/",
		"tile/entry/000", "tile/0/x018/x446/x744/x073/x709/x551/616", "tile/0/../000", "/tile/0/000",
		"tile/0/000/", "tile/0/-01", "tile/0/x00a/001",
	};
	struct tile tile;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_int_equal(tile_parse(str_from(wrong[i]), &tile), FAIL_SYNTAX);
}

/* The examples of c2sp.org/tlog-tiles. */
static void widths_of_seventy_thousand(void **state)
{
	(void)state;
	assert_int_equal(tile_count(70000, 0), 274);
	assert_int_equal(tile_width(70000, 0, 272), 256);
	assert_int_equal(tile_width(70000, 0, 273), 112);
	assert_int_equal(tile_width(70000, 0, 274), 0);
	assert_int_equal(tile_width(70000, 1, 0), 256);
	assert_int_equal(tile_width(70000, 1, 1), 17);
	assert_int_equal(tile_width(70000, 2, 0), 1);
	assert_int_equal(tile_count(70000, 2), 1);
	assert_int_equal(tile_count(70000, 3), 0);
	assert_int_equal(tile_count(256, 0), 1);
	assert_int_equal(tile_width(256, 1, 0), 1);
}

static void bundles_end_where_they_say(void **state)
{
	struct str rest = STR("\0\1a\0\2bc"), entry, cut = STR("\0\2b");

	(void)state;
	assert_int_equal(bundle_take(&rest, &entry), OK);
	assert_true(str_is(entry, "a"));
	assert_int_equal(bundle_take(&rest, &entry), OK);
	assert_true(str_is(entry, "bc"));
	assert_int_equal(rest.len, 0);
	assert_int_equal(bundle_take(&cut, &entry), FAIL_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_round_trip),
		cmocka_unit_test(wrong_paths),
		cmocka_unit_test(widths_of_seventy_thousand),
		cmocka_unit_test(bundles_end_where_they_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
