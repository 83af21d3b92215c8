/* The answer to one question, as the keeper's reply carries it: in words, with reasons, counts, the
 * day calendar when it was released, and the sentence for the letter. */
#ifndef YOUJU_DOORS_WEB_ANSWER_H
#define YOUJU_DOORS_WEB_ANSWER_H

#include "base/json.h"
#include "doors/web/layout.h"

/* The whole page for a reply to ask, paste_answer or release_day_table, whatever its outcome. */
void answer_page(struct exchange *exchange, const struct message *reply);

/* Parts, for the page of an older question. */
void answer_write(struct out *page, const struct json *answer, struct str asked_entry);
void rows_write(struct out *page, const struct json *answer); /* released.c; nothing when none are shown */
void day_table_write(struct out *page, const struct json *table);

/* What is wrong with reading a document of ours is a fault of the service: FAIL_SYNTAX. */
MUST_CHECK enum fail answer_read(struct arena *arena, const struct message *reply, const char *name,
                                 struct json *out);

/* calendar.c: a row a month, a square a day. days: one letter a day from the first day on. */
void calendar_write(struct out *page, struct str first_iso, struct str days, struct str crossings);

#endif
