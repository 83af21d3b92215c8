#include "keeper/import_read.h"

/* The first byte chooses the list. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open((size_t)256 << 20);
	struct str rest = str_bytes(bytes, len);
	uint8_t kind = 0;

	if (take_u8(&rest, &kind) == OK) {
		enum import_kind chosen = (enum import_kind)(1 + kind % (import_kind_end - 1));
		struct import_file file = import_read(&arena, chosen, rest, (struct date){ 20781 });
		assert(file.problem_count <= IMPORT_PROBLEMS_SHOWN && file.row_count <= IMPORT_ROWS_MAX);
		for (size_t i = 0; i < file.problem_count; i++)
			assert(file.problems[i].line >= 1 && file.problems[i].why[0]);
	}
	arena_close(&arena);
	return 0;
}
