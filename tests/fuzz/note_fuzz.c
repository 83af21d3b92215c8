#include "journal/checkpoint.h"

/* A note that parses is written again to the same bytes, line by line. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct note *note = arena_new(&arena, struct note);
	struct checkpoint checkpoint;
	struct buf again = buf_on(&arena);

	if (note_parse(&arena, str_bytes(bytes, len), note) == OK) {
		buf_add(&again, note->text);
		buf_byte(&again, '\n');
		for (size_t i = 0; i < note->count; i++)
			note_line_add(&again, note->signatures[i].name, note->signatures[i].id,
			              note->signatures[i].bytes);
		assert(str_eq(buf_str(&again), str_bytes(bytes, len)));
		if (checkpoint_parse(&arena, note->text, &checkpoint) == OK) {
			buf_empty(&again);
			checkpoint_add(&again, &checkpoint);
			assert(str_eq(buf_str(&again), note->text));
		}
	}
	arena_close(&arena);
	return 0;
}
