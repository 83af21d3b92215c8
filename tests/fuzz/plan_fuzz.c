#include "source/source.h"

/* What was read is written the same way again. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(1 << 20);
	struct buf again = buf_on(&arena);
	struct source_plan plan;

	if (source_plan_unpack(str_bytes(bytes, len), &plan) == OK) {
		source_plan_pack(&again, &plan);
		assert(str_eq(buf_str(&again), str_bytes(bytes, len)));
	}
	arena_close(&arena);
	return 0;
}
