#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "journal/tile.h"

#include <cmocka.h> /* last: it makes a macro of fail */


static const unsigned MANY = 100000;

static const char *const roots[] = {
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static const struct str classic[] = {
	STR_INIT(""), STR_INIT("\x00"), STR_INIT("\x10"), STR_INIT("\x20\x21"), STR_INIT("\x30\x31"),
	STR_INIT("\x40\x41\x42\x43"), STR_INIT("\x50\x51\x52\x53\x54\x55\x56\x57"),
	STR_INIT("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"),
};

static void hash_is(struct hash hash, const char *hex)
{
	struct arena arena = arena_open(4096);

	assert_string_equal(str_c(&arena, hex_text(&arena, hash.at, HASH_BYTES)), hex);
	arena_close(&arena);
}

static void classic_leaves_give_classic_roots(void **state)
{
	struct frontier frontier = { 0 };

	(void)state;
	hash_is(frontier_root(&frontier), roots[0]);
	for (size_t i = 0; i < ARRAY_LEN(classic); i++) {
		struct hash leaf = merkle_leaf(classic[i]);
		frontier_add(&frontier, &leaf, NULL);
		hash_is(frontier_root(&frontier), roots[i + 1]);
	}
}

static void leaf_and_node_differ(void **state)
{
	struct str pair = STR("N123");

	(void)state;
	hash_is(merkle_leaf(STR("L123456")),
	        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
	hash_is(hash_two(0x01, pair.at, pair.len, "N456", 4),
	        "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
}

/* Stored rows of a tree of MANY leaves, as a log keeps them. */
static struct hash *rows[TILE_LEVELS];
static struct frontier many;

static enum fail rows_read(void *context, unsigned level, uint64_t first, size_t count,
                           struct hash *out)
{
	(void)context;
	assert_true(first + count <= MANY >> (8 * level));
	memcpy(out, rows[level] + first, count * sizeof *out);
	return OK;
}

static const struct tile_source tiles = { rows_read, NULL };

static int rows_make(void **state)
{
	struct hash upper[TILE_LEVELS];
	char entry[32];

	(void)state;
	for (unsigned level = 0; level < 3; level++)
		rows[level] = process_bytes(sizeof(struct hash) * ((MANY >> (8 * level)) + 1));
	for (unsigned i = 0; i < MANY; i++) {
		int len = snprintf(entry, sizeof entry, "entry %u", i);
		rows[0][i] = merkle_leaf(str_bytes(entry, (size_t)len));
		unsigned levels = frontier_add(&many, &rows[0][i], upper);
		for (unsigned k = 0; k < levels; k++)
			rows[k + 1][i >> (8 * (k + 1))] = upper[k];
	}
	return 0;
}

static int rows_free(void **state)
{
	(void)state;
	for (unsigned level = 0; level < 3; level++)
		process_free(rows[level]);
	return 0;
}

static void hundred_thousand_entries(void **state)
{
	struct arena arena = arena_open(4096);
	struct node_source nodes = tile_nodes(&tiles);
	struct hash root = frontier_root(&many), again;

	(void)state;
	assert_string_equal(str_c(&arena, base64_text(&arena, root.at, HASH_BYTES)),
	                    "6OR2a3KCUDHuTCPWt91M8I4eui4tu6jn4nPBb0hFpto=");
	assert_int_equal(merkle_root(&nodes, MANY, &again), OK);
	assert_memory_equal(&root, &again, sizeof root);
	arena_close(&arena);
}

static void copying_back_returns_to_the_mark(void **state)
{
	struct frontier frontier = many, mark = many;
	struct hash leaf = merkle_leaf(STR("one more")), before = frontier_root(&many);

	(void)state;
	for (int i = 0; i < 1000; i++)
		frontier_add(&frontier, &leaf, NULL);
	frontier = mark;
	struct hash after = frontier_root(&frontier);
	assert_memory_equal(&before, &after, sizeof before);
}

static void every_inclusion_of_small_trees_and_no_other(void **state)
{
	struct node_source nodes = tile_nodes(&tiles);
	struct proof proof;
	struct hash root;

	(void)state;
	for (uint64_t size = 1; size < 70; size++) {
		assert_int_equal(merkle_root(&nodes, size, &root), OK);
		for (uint64_t i = 0; i < size; i++) {
			assert_int_equal(inclusion_prove(&nodes, i, size, &proof), OK);
			assert_int_equal(inclusion_verify(&rows[0][i], i, size, &root, &proof), OK);
			assert_int_equal(inclusion_verify(&rows[0][i + 1], i, size, &root, &proof),
			                 FAIL_UNTRUSTED);
			assert_int_equal(inclusion_verify(&rows[0][i], i ^ 1, size, &root, &proof),
			                 size == 1 || proof.count ? FAIL_UNTRUSTED : OK);
			proof.count++;
			assert_int_equal(inclusion_verify(&rows[0][i], i, size, &root, &proof),
			                 FAIL_UNTRUSTED);
		}
	}
	assert_int_equal(inclusion_prove(&nodes, 5, 5, &proof), FAIL_NOT_FOUND);
}

static void every_consistency_of_small_trees_and_no_other(void **state)
{
	struct node_source nodes = tile_nodes(&tiles);
	struct hash root, old_root;
	struct proof proof;

	(void)state;
	for (uint64_t size = 0; size < 70; size++)
		for (uint64_t old = 0; old <= size; old++) {
			assert_int_equal(merkle_root(&nodes, size, &root), OK);
			assert_int_equal(merkle_root(&nodes, old, &old_root), OK);
			assert_int_equal(consistency_prove(&nodes, old, size, &proof), OK);
			assert_int_equal(consistency_verify(old, &old_root, size, &root, &proof), OK);
			if (old == 0 || old == size)
				assert_int_equal(proof.count, 0);
			for (size_t k = 0; k < proof.count; k++) {
				proof.at[k].at[7] ^= 1;
				assert_int_equal(consistency_verify(old, &old_root, size, &root, &proof),
				                 FAIL_UNTRUSTED);
				proof.at[k].at[7] ^= 1;
			}
			proof.count++;
			assert_int_equal(consistency_verify(old, &old_root, size, &root, &proof),
			                 FAIL_UNTRUSTED);
		}
}

static void proofs_of_the_large_tree(void **state)
{
	struct node_source nodes = tile_nodes(&tiles);
	struct hash root = frontier_root(&many), old_root;
	struct proof proof;

	(void)state;
	for (uint64_t i = 1; i < MANY; i = i * 3 + 1) {
		assert_int_equal(inclusion_prove(&nodes, i, MANY, &proof), OK);
		assert_int_equal(inclusion_verify(&rows[0][i], i, MANY, &root, &proof), OK);
		assert_int_equal(merkle_root(&nodes, i, &old_root), OK);
		assert_int_equal(consistency_prove(&nodes, i, MANY, &proof), OK);
		assert_int_equal(consistency_verify(i, &old_root, MANY, &root, &proof), OK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classic_leaves_give_classic_roots),
		cmocka_unit_test(leaf_and_node_differ),
		cmocka_unit_test(hundred_thousand_entries),
		cmocka_unit_test(copying_back_returns_to_the_mark),
		cmocka_unit_test(every_inclusion_of_small_trees_and_no_other),
		cmocka_unit_test(every_consistency_of_small_trees_and_no_other),
		cmocka_unit_test(proofs_of_the_large_tree),
	};

	return cmocka_run_group_tests(tests, rows_make, rows_free);
}
