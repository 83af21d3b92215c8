#include "law/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct str text = str_bytes(bytes, len);
	struct answer_document answer;
	struct residence_table table;

	if (answer_document_read(&arena, text, &answer) == OK)
		assert(str_eq(answer_document_write(&arena, &answer, NULL), text));
	if (day_table_document_read(&arena, text, &table) == OK)
		assert(str_eq(day_table_document_write(&arena, &table, NULL), text));
	arena_close(&arena);
	return 0;
}
