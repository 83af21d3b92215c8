/* The text of a signed step as a page sends it back: the first byte is the length of the log's name. */
#include "counter/step.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(1 << 22);
	struct str rest = str_bytes(bytes, len), origin, nonce;
	uint8_t origin_len;

	if (take_u8(&rest, &origin_len) == OK && take_bytes(&rest, origin_len, &origin) == OK &&
	    step_head_read(&arena, rest, origin, &nonce))
		assert(nonce.at);
	arena_close(&arena);
	return 0;
}
