/* What a session may look at again but nobody keeps: answers with their rows, and day tables that
 * can still be released. They go with the session, or when newer ones need the room. */
#ifndef YOUJU_KEEPER_SHOWN_H
#define YOUJU_KEEPER_SHOWN_H

#include "law/record.h"

enum { SHOWN_MAX = 4096 };

struct shown {
	struct query_id query; /* 0: free */
	struct session_id session;
	struct str answer, later_table; /* process memory */
};

struct shown_list {
	struct shown at[SHOWN_MAX];
};

void shown_add(struct shown_list *list, struct query_id query, struct session_id session,
               struct str answer, struct str later_table);
const struct shown *shown_find(const struct shown_list *list, struct query_id query,
                               struct session_id session); /* NULL: nothing */
void shown_drop(struct shown_list *list, struct session_id session); /* id 0: everything */

#endif
