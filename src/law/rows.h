/* What a source answered: the envelope and the rows, as plain values, and their way into the
 * residence test. Rows live in the memory of the keeper for the session only; nothing here is
 * written to the log. */
#ifndef YOUJU_LAW_ROWS_H
#define YOUJU_LAW_ROWS_H

#include "law/columns.h"
#include "law/residence.h"

enum { ROWS_MAX = RESIDENCE_MAX_ROWS };

struct rows {
	enum item item;
	enum result_class result;
	struct str source_request;       /* the source's own number of the request, at most 60 bytes */
	int64_t asked_at_ms, answered_at_ms;
	struct date data_as_of;          /* DATE_NONE: not told */
	bool coverage_all;               /* answers from the first record on */
	struct date coverage_from;       /* else from here; DATE_NONE: not told */
	bool complete;                   /* no page is missing */
	enum identity_match identity;    /* compared by the source: names and birthdays stay there */
	bool second_document;            /* crossings on documents of more than one state */
	uint32_t columns;                /* bit n: column n of the item was delivered; others are "" */
	size_t row_count, unread_lines;  /* unread_lines: of a pasted answer, kept with it, never dropped */
	const struct str *cells;         /* row-major: cells[row * column_count + column] */
};

struct rows rows_empty(enum item item, enum result_class result);
struct str rows_cell(const struct rows *rows, size_t row, size_t column);

/* Trusts nobody: every cell keeps its column's form, no column comes that was not asked for, no
 * row without its required cells, a result without records has no rows. FAIL_SYNTAX or FAIL_TOO_LARGE: the answer is
 * RESULT_MALFORMED; *why_out is a msgid. */
MUST_CHECK enum fail rows_check(const struct rows *rows, uint32_t asked_columns, const char **why_out);

/* Did the source answer at all, so that something can be said (FOUND, NOT_FOUND, TRUNCATED)? */
bool rows_say_something(const struct rows *rows);

/* Fills in rows, coverage, data_as_of and doubts of a residence question whose other members
 * (anchor or window, person, born, seen_on, registration, doubts known from the case) stand. The
 * rows must be checked, of item 1 or 2, with their starred columns. */
void residence_take_rows(struct arena *arena, const struct rows *rows, struct residence_question *ask);

/* Names as registers write them, compared without what is invisible: blanks, width, letter case.
 * "■", "□", "?" or U+FFFD is an unknown character and matches nothing. An empty held name or an
 * absent birthday says nothing. */
enum identity_match identity_compare(struct str asked_name, struct date asked_born,
                                     struct str held_name, struct date held_born);

#endif
