#include "source/source.h"

/* Rows that pass both checks can be judged, whatever they say. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(256u << 20);
	struct residence_question ask = residence_question_empty();
	struct residence_rules rules = residence_rules_default();
	struct buf again = buf_on(&arena);
	const char *why;
	struct rows rows;

	if (rows_unpack(&arena, str_bytes(bytes, len), &rows) == OK) {
		rows_pack(&again, &rows);
		assert(str_eq(buf_str(&again), str_bytes(bytes, len)));
		uint32_t stars = columns_starred(columns_of(rows.item));
		if (rows_check(&rows, stars, &why) == OK && rows_say_something(&rows) &&
		    rows.item <= ITEM_2 && (rows.row_count == 0 || rows.columns == stars)) {
			ask.anchor = (struct date){ 20000 };
			residence_take_rows(&arena, &rows, &ask);
			assert(residence_decide(&arena, &ask, &rules).verdict != VERDICT_NONE);
		}
	}
	arena_close(&arena);
	return 0;
}
