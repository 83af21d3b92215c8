#include "law/details.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct str text = str_bytes(bytes, len);
	struct details details;

	if (details_read(&arena, text, &details) == OK)
		assert(str_eq(details_write(&arena, &details), text));
	arena_close(&arena);
	return 0;
}
