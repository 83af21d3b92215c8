/* Which rows of which list the same signature may decide (decision 0094). */
#ifndef YOUJU_DOORS_WEB_TOGETHER_H
#define YOUJU_DOORS_WEB_TOGETHER_H

#include "doors/web/layout.h"
#include "law/sheets.h"

/* A link below a list of tasks, and above the list itself, where at least two wait; nothing otherwise. */
void together_of_tasks_write(struct out *page, const struct sheet *tasks);
void together_of_list_write(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet);

#endif
