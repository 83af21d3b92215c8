#include "source/paste.h"

/* Every line is read, repeated or named as a problem; what was read keeps the contract. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct source_number asked = { NUMBER_NATIONAL, STR_INIT("A123456789") };
	struct arena arena = arena_open(256u << 20);
	enum item item = len ? (enum item)(1 + bytes[0] % 7) : ITEM_1;
	struct paste_ask ask = { .item = item, .outcome = RESULT_FOUND, .numbers = &asked,
		                     .number_count = 1, .columns = columns_all(columns_of(item)),
		                     .first = { 20000 }, .last = { 20365 }, .pasted_at_ms = 1761868800000 };
	const char *why;
	struct paste paste;

	crypto_open();
	if (paste_read(&arena, str_bytes(bytes, len), &ask, &paste, &why) == OK) {
		assert(rows_check(&paste.rows, ask.columns, &why) == OK);
		assert(paste.rows.row_count + paste.rows.unread_lines + paste.repeated_count ==
		       paste.line_count);
	}
	arena_close(&arena);
	return 0;
}
