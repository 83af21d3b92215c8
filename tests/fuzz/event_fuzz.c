#include "law/events.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct event event;

	if (event_decode(&arena, str_bytes(bytes, len), &event) == OK)
		assert(str_eq(event_encode(&arena, &event), str_bytes(bytes, len)));
	arena_close(&arena);
	return 0;
}
