/* One walk over the rows of an import: first what is wrong, then what changes. Deciding shows the
 * changes, accounting writes them; both take the same steps, so that a preview cannot lie. */
#ifndef YOUJU_LAW_IMPORT_WALK_H
#define YOUJU_LAW_IMPORT_WALK_H

#include "law/decide.h"

enum { IMPORT_PROBLEMS_MAX = 500 };

/* Keys met so far in this list, with a number each. */
struct seen {
	struct seen_key *at;
	size_t cap;
};

struct import_walk {
	struct arena *arena;
	const struct facts *facts;
	enum import_kind kind;
	struct events *out;   /* NULL while deciding */
	struct event scratch; /* what a change fills in while deciding */
	struct entry_id import_entry;
	struct seen seen;
	struct row_problem *problems;
	struct row_change *changes;
	size_t problem_count, change_count, change_cap;
};

struct import_walk import_walk_begin(struct arena *arena, const struct facts *facts,
                                     enum import_kind kind, struct events *out);
void import_check(struct import_walk *walk);  /* fills problems */
void import_change(struct import_walk *walk); /* fills changes, or writes events */

/* The number kept beside a key: 0 at first. */
/* Does the row give a duty, or a further term of one? */
bool staff_row_appoints(const struct fact_row *row);
uint64_t *seen_number(struct import_walk *walk, const char *format, ...) PRINTF_LIKE(2, 3);
void row_problem_add(struct import_walk *walk, const struct fact_row *row, struct str field, const char *why);
/* The event to fill in; about is what the preview shows: never a name or an identity number. */
struct event *row_change_add(struct import_walk *walk, const struct fact_row *row, enum event_kind kind,
                             struct str about);
struct person_id row_person(const struct fact_row *row); /* the known one, or the one to be registered */

/* decide_import_rows.c and account_import.c: one function a list. */
#define IMPORT(name, label)                                                                        \
	void check_##name(struct import_walk *walk, const struct fact_row *row);                   \
	void change_##name(struct import_walk *walk, const struct fact_row *row);
#define IMPORT_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/fields.inc"
#include "law/imports.def"
#undef IMPORT
#undef IMPORT_END
#undef FIELD
/* "18:30" or "1830" as minutes of the day, 0 to 1440; -1 when it is no time. */
int64_t minute_read(struct str text);
void change_cases_closing(struct import_walk *walk, const struct fact_row *row);

#endif
