/* What waits for somebody, each row with the way to the page where it is done. */
#ifndef YOUJU_DOORS_WEB_TASKS_H
#define YOUJU_DOORS_WEB_TASKS_H

#include "doors/web/layout.h"
#include "law/sheets.h"

/* Where a task is done: its object is put behind; NULL when the word is none of ours. */
const char *task_path(struct str task);

/* tasks: the rows of my_tasks, in the order in which they are due. */
void tasks_write(struct out *page, const struct sheet *tasks);

#endif
