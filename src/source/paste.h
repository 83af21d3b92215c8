/* The answer that a person carries over from the agency's own page.
 *
 * Crossings (items 1 and 2) come as lines: "1 出境 20250310 …", tokens separated by blanks; the
 * running number may be missing, what follows the date is ignored. Every other item, and crossings
 * with more columns, come as a table: its first line names columns (stable name or Chinese label)
 * separated by tabs, each further line is a row; entry forms write this form.
 *
 * Nothing is dropped silently: every line that could not be read is named. Lines that another identity
 * number stands in make the whole paste refused. */
#ifndef YOUJU_SOURCE_PASTE_H
#define YOUJU_SOURCE_PASTE_H

#include "base/crypto.h"
#include "source/source.h"

enum { PASTE_MAX_BYTES = 262144, PASTE_PROBLEMS_MAX = 200 };

struct paste_problem {
	size_t line;     /* from 1 */
	struct str column; /* "" when the whole line is meant */
	const char *why; /* msgid */
};

struct paste {
	struct rows rows;      /* crossings in the order of time; unread_lines is set */
	struct hash digest;    /* SHA-256 of the text as it was pasted: salt before keeping */
	size_t line_count;     /* without blank lines and the names of columns */
	size_t repeated_count; /* lines that repeat an earlier one in every character: taken once */
	size_t problem_count;  /* all of them; the first PASTE_PROBLEMS_MAX are listed */
	const struct paste_problem *problems;
};

struct paste_ask {
	enum item item;
	enum result_class outcome; /* what the person says: RESULT_FOUND, _NOT_FOUND, _NOT_ASKED; no other */
	uint32_t columns;          /* what was granted; others are read over */
	const struct source_number *numbers;
	size_t number_count;
	struct date first, last;   /* the days that the person was told to look up */
	bool is_history;           /* all records were looked up */
	int64_t pasted_at_ms;
};

/* FAIL_TOO_LARGE; FAIL_SYNTAX for another outcome, when the text is no UTF-8, when nothing of it could be read although the
 * person says found, or when lines come with another outcome; FAIL_CONFLICT when it holds records of
 * somebody else. *why_out is a msgid. On FAIL_SYNTAX and FAIL_CONFLICT the problems are filled in. */
MUST_CHECK enum fail paste_read(struct arena *arena, struct str text, const struct paste_ask *ask,
                                struct paste *out, const char **why_out);

#endif
