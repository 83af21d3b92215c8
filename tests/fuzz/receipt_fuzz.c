#include "journal/receipt.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct hash leaf = merkle_leaf(STR("a"));
	struct buf again = buf_on(&arena);
	struct receipt receipt;

	if (receipt_parse(&arena, str_bytes(bytes, len), &receipt) == OK) {
		struct receipt second;
		receipt_add(&again, &receipt);
		assert(receipt_parse(&arena, buf_str(&again), &second) == OK);
		assert(second.index == receipt.index && second.proof.count == receipt.proof.count);
		if (receipt_verify(&arena, &receipt, &leaf) == OK)
			assert(receipt.proof.count <= TREE_LEVELS);
	}
	arena_close(&arena);
	return 0;
}
