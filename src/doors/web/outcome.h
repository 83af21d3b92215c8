/* What the keeper said when it was not simply the answer: refused, not understood, failed. */
#ifndef YOUJU_DOORS_WEB_OUTCOME_H
#define YOUJU_DOORS_WEB_OUTCOME_H

#include "doors/web/layout.h"

enum outcome { OUTCOME_GRANTED, OUTCOME_REFUSED, OUTCOME_INVALID, OUTCOME_FAILED, OUTCOME_WAITING };

enum outcome outcome_of(const struct message *reply);

enum box { BOX_YES, BOX_NO, BOX_ASK, BOX_REFUSED, BOX_NOTE };

/* A box whose sign, border and heading say the same thing. Closed by box_end. */
void box_begin(struct out *page, enum box box, const char *heading);
void box_end(struct out *page);

/* The refusal with its rule, the next step and the entry that records it. */
void refusal_write(struct out *page, const struct message *reply);
/* "Recorded as entry 123", with the way to its receipt. */
void entry_write(struct out *page, const struct message *reply);

/* The lines of what was sent that could not be taken, with their reasons; nothing when there are none. */
void problems_table_write(struct out *page, const struct message *reply);

/* Looks at the replies of this round in order. The first that is neither granted nor waiting
 * becomes the page: true, and the reply is written. */
bool outcome_page(struct exchange *exchange, const char *title);

/* A page for a status of HTTP: what happened and what to do next. */
void status_page(struct exchange *exchange, unsigned status);

#endif
