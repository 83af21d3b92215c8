#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "journal/receipt.h"

#include <cmocka.h> /* last: it makes a macro of fail */


static struct arena arena;

static struct str receipt_of_second_of_three(struct hash *leaf_out)
{
	struct hash leaves[3] = { merkle_leaf(STR("a")), merkle_leaf(STR("b")), merkle_leaf(STR("c")) };
	struct frontier frontier = { 0 };
	uint8_t secret[32] = { 1 };
	struct buf text = buf_on(&arena), note = buf_on(&arena), out = buf_on(&arena);
	struct receipt receipt = { .index = 1, .extra = STR(""),
		                   .proof = { .count = 2, .at = { leaves[0], leaves[2] } } };

	for (size_t i = 0; i < 3; i++)
		frontier_add(&frontier, &leaves[i], NULL);
	checkpoint_add(&text, &(struct checkpoint){ .origin = STR("o"), .size = 3,
		                                    .root = frontier_root(&frontier),
		                                    .extension = STR("") });
	assert_int_equal(note_sign(STR("o"), secret, buf_str(&text), &note), OK);
	receipt.checkpoint = buf_str(&note);
	receipt_add(&out, &receipt);
	*leaf_out = leaves[1];
	return buf_str(&out);
}

static void a_receipt_round_trips_and_verifies(void **state)
{
	struct receipt receipt;
	struct hash leaf, other = merkle_leaf(STR("x"));
	struct str text = receipt_of_second_of_three(&leaf);
	struct buf again = buf_on(&arena);

	(void)state;
	assert_int_equal(receipt_parse(&arena, text, &receipt), OK);
	assert_int_equal(receipt.index, 1);
	assert_int_equal(receipt_verify(&arena, &receipt, &leaf), OK);
	assert_int_equal(receipt_verify(&arena, &receipt, &other), FAIL_UNTRUSTED);
	receipt.extra = STR("hello");
	receipt_add(&again, &receipt);
	assert_int_equal(receipt_parse(&arena, buf_str(&again), &receipt), OK);
	assert_true(str_is(receipt.extra, "hello"));
}

static void wrong_receipts(void **state)
{
	static const char *const wrong[] = {
		"", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\nindex 0\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 00\n\nx", "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 0\n\n", "c2sp.org/tlog-proof@v1\nextra\nindex 0\n\nx",
		"c2sp.org/tlog-proof@v1\nextra AAAA\n",
	};
	struct receipt receipt;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_int_equal(receipt_parse(&arena, str_from(wrong[i]), &receipt), FAIL_SYNTAX);
}

static void every_changed_byte_of_proof_or_text_is_found(void **state)
{
	struct receipt receipt;
	struct hash leaf;
	struct str text = receipt_of_second_of_three(&leaf);
	size_t end;

	(void)state;
	assert_true(str_find(text, STR("\n\xe2\x80\x94"), &end));
	for (size_t i = 0; i < end; i++) {
		char *bytes = str_c(&arena, text);
		bytes[i] ^= 1;
		if (receipt_parse(&arena, str_bytes(bytes, text.len), &receipt) != OK)
			continue;
		/* The origin and an unauthenticated line are the signature's to guard. */
		bool origin = str_is(receipt.checkpoint, "") || receipt.checkpoint.at[0] != 'o';
		assert_true(origin || receipt_verify(&arena, &receipt, &leaf) != OK);
	}
}

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(64 * 1024 * 1024);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_receipt_round_trips_and_verifies),
		cmocka_unit_test(wrong_receipts),
		cmocka_unit_test(every_changed_byte_of_proof_or_text_is_found),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
