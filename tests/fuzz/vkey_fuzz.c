#include "journal/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct buf again = buf_on(&arena);
	struct note_key key;

	if (note_key_parse(&arena, str_bytes(bytes, len), &key) == OK) {
		note_key_add(&again, &key);
		assert(str_eq(buf_str(&again), str_bytes(bytes, len)));
	}
	arena_close(&arena);
	return 0;
}
