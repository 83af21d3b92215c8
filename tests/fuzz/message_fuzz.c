#include "counter/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct message message;
	size_t used;

	if (message_unpack(&arena, str_bytes(bytes, len), &used, &message) == OK) {
		struct buf again = buf_on(&arena);
		message_pack(&again, &message);
		assert(str_eq(buf_str(&again), str_bytes(bytes, used)));
	}
	arena_close(&arena);
	return 0;
}
