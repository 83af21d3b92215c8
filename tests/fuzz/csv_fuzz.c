#include "base/csv.h"

/* What was read can be written, and reads the same again but for apostrophes against formulas. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct csv_limits limits = { 1000, SHEET_COLUMN_LIMIT, 4096 };
	struct arena arena = arena_open((size_t)256 << 20);
	struct buf text = buf_on(&arena);
	struct csv_fault fault;
	struct sheet sheet, again;

	csv_codes_open();
	if (csv_read(&arena, str_bytes(bytes, len), &limits, &sheet, &fault) == OK) {
		static const struct csv_limits wider = { 1000, SHEET_COLUMN_LIMIT, 4097 };
		csv_write(&text, &sheet);
		enum fail fail = csv_read(&arena, buf_str(&text), &wider, &again, &fault);
		assert(fail == OK || sheet.column_count == 1);
		assert(fail != OK || again.row_count == sheet.row_count);
	} else {
		assert(fault.row >= 1 && fault.why[0]);
	}
	arena_close(&arena);
	return 0;
}
