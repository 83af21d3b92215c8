/* Lists of law/sheets.def, read from the tables by the statement sheet_<name>. Whether somebody may
 * read a list, and in which scope, the law has decided before. */
#ifndef YOUJU_KEEPER_SHEETS_H
#define YOUJU_KEEPER_SHEETS_H

#include "base/sheet.h"
#include "keeper/facts.h"
#include "law/sheets.h"

enum { SHEET_PAGE_ROWS = 200 }; /* when no limit is asked for, and the most that is given */

struct sheet_asked {
	const struct sheet_spec *spec;
	struct person_id me;     /* SCOPE_ME */
	struct str office;       /* SCOPE_OFFICE: the reader's; "" for duties of the bureau, who see all */
	int64_t after;           /* key of the last row of the page before; 0 at first */
	int64_t limit_rows;      /* 0: SHEET_PAGE_ROWS */
	struct date today;
	int64_t now_ms;
	const struct pair *filters; /* by name; those not declared are ignored, missing ones are "" */
	size_t filter_count;
};

/* Cells as column kinds say (law/sheets.h). In personal lists persons are "hex name", the name opened
 * from the vault, the number alone when it was destroyed. next_out is the key for the next page, 0
 * when this was the last. The sheet lives in context->arena. */
MUST_CHECK enum fail sheet_load(struct facts_context *context, const struct sheet_asked *asked,
                                struct sheet *out, int64_t *next_out);

/* How long the task list of a person is today, and how much of it is overdue. */
struct task_count { int64_t tasks, overdue; };
MUST_CHECK enum fail tasks_count(struct facts_context *context, struct person_id person, int64_t now_ms,
                                 struct task_count *out);

#endif
