/* The columns of the agency's seven items, from columns.def: adapters, entry forms of a pasted
 * answer, masking and the check of what comes back are loops over them. */
#ifndef YOUJU_LAW_COLUMNS_H
#define YOUJU_LAW_COLUMNS_H

#include "base/time.h"
#include "law/words.h"

enum { COLUMNS_MAX = 20 };

enum cell_kind {
	CELL_TEXT,
	CELL_NUMBER, /* decimal, no sign */
	CELL_DATE,   /* 2026-11-24 */
	CELL_TIME,   /* 08:30 */
	CELL_WORD    /* a code of the column's word list */
};

struct column {
	struct str name; /* stable */
	bool star;       /* released for the residence answer */
	bool required;   /* a row without it is malformed, when it was asked for */
	enum cell_kind kind;
	const struct word_list *words; /* CELL_WORD only */
	size_t max_bytes;
	const char *zh, *en; /* en is a msgid */
};

struct item_columns {
	enum item item;
	struct str kind; /* "border_crossing" …: what a row of the item is */
	const struct column *columns;
	size_t count; /* at most COLUMNS_MAX */
};

const struct item_columns *columns_of(enum item item); /* ITEM_1 … ITEM_7 */
uint32_t columns_all(const struct item_columns *item);     /* bit n: column n */
uint32_t columns_starred(const struct item_columns *item); /* those with a star */
size_t column_find(const struct item_columns *item, struct str name); /* item->count when there is none */

/* The stored form of a cell. "" is fine unless the column is required. FAIL_SYNTAX or
 * FAIL_TOO_LARGE; *why_out is a msgid that names the rule. */
MUST_CHECK enum fail cell_check(const struct column *column, struct str cell, const char **why_out);

/* What a person typed (dates of the Republic, 出境 for out) to the stored form, checked. */
MUST_CHECK enum fail cell_read(struct arena *arena, const struct column *column, struct str typed,
                               struct date today, struct str *out, const char **why_out);

#endif
