#include "paper/paper.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(512u << 20);
	struct paper paper;

	if (paper_unpack(&arena, str_bytes(bytes, len), &paper) == OK) {
		struct buf again = buf_on(&arena);
		assert(paper_pack(&again, &paper) == OK);
		assert(str_eq(buf_str(&again), str_bytes(bytes, len)));
	}
	arena_close(&arena);
	return 0;
}
