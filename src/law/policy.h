/* What may be asked of an item in a range, and what of it the officer sees (G3.1: only what is
 * necessary). A row that is not in the table cannot be asked. docs/decisions/0010-ranges-of-items.md. */
#ifndef YOUJU_LAW_POLICY_H
#define YOUJU_LAW_POLICY_H

#include "law/columns.h"

struct policy {
	enum item item;
	enum query_range range;
	uint32_t columns;     /* bit n: column n of columns_of(item) is asked for and released; for the range
	                       * residence it is asked for, and released only as the day table */
	bool needs_day_test;  /* only under a legal basis with the residence test */
	bool reason_needed;   /* a reason code is demanded */
	bool shows_rows;      /* the answer carries the rows; otherwise verdict and counts */
	bool whole_history;   /* rows from the first record on; otherwise of the window and the state before it */
};

const struct policy *policy_of(enum item item, enum query_range range); /* NULL: not allowed */

#endif
