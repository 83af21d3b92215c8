/* Where records come from: a plan goes in, an envelope with rows comes out.
 *
 * Nothing outside an adapter names a column of a source. The plan holds identity numbers, name and
 * birthday in clear: it lives in the memory of keeper and courier only. Names and birthdays are
 * compared by the adapter, so that the residence range carries two columns and no name.
 *
 * The courier is another process: plan and rows cross as bytes (source_plan_pack, rows_pack). Both
 * readers are bounded and trust nothing; the keeper calls rows_check (law/rows.h) besides. */
#ifndef YOUJU_SOURCE_SOURCE_H
#define YOUJU_SOURCE_SOURCE_H

#include "base/buf.h"
#include "law/rows.h"

enum {
	SOURCE_NUMBERS_MAX = 4,          /* old and new numbers, passports of one person */
	SOURCE_PLAN_MAX_BYTES = 2048,
	SOURCE_ROWS_MAX_BYTES = 8 << 20,
	SOURCE_CELL_MAX_BYTES = 300
};

struct source_number {
	enum number_kind kind;
	struct str number; /* normalised (law/idno.h) */
};

struct source_plan {
	enum item item;
	enum query_range range;
	struct source_number numbers[SOURCE_NUMBERS_MAX];
	size_t number_count;
	struct str name;   /* as the case knows it; "" : do not compare */
	struct date born;  /* DATE_NONE: do not compare */
	/* RANGE_RESIDENCE: rows of [first, last], and the last row before first, not older than look_back
	 * (residence_span_of). RANGE_ONE_YEAR: rows of [first, last]. RANGE_HISTORY, and every range of
	 * items 3 to 7, which know no year: all rows. */
	struct date look_back, first, last;
	uint32_t columns;     /* bit n: column n of the item; nothing else may come back */
	int64_t asked_at_ms;
	int64_t patience_ms;  /* how long the asker waits */
};

/* The wire forms. Packing never fails for what the law made. FAIL_SYNTAX or FAIL_TOO_LARGE for bytes
 * that are not exactly one plan, or one answer; texts of what is read are views into bytes. */
void source_plan_pack(struct buf *out, const struct source_plan *plan);
MUST_CHECK enum fail source_plan_unpack(struct str bytes, struct source_plan *out);
void rows_pack(struct buf *out, const struct rows *rows);
MUST_CHECK enum fail rows_unpack(struct arena *arena, struct str bytes, struct rows *out);

#endif
