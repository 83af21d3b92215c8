/* The frame around every page: banner, head with the guideline's number, tasks, foot. */
#ifndef YOUJU_DOORS_WEB_LAYOUT_H
#define YOUJU_DOORS_WEB_LAYOUT_H

#include "doors/http/exchange.h"
#include "doors/web/html.h"

/* Who looks at the page, as the keeper's replies of this request say. */
struct viewer {
	struct str person, name, office, duties; /* duties: codes, commas between; "" when nobody is signed in */
	uint32_t duty_bits;
};

struct viewer viewer_of(const struct exchange *exchange);
bool viewer_may(const struct viewer *viewer, uint32_t duties); /* 0: any signed-in person */

/* Begins the reply with that status; title is a msgid. */
struct out page_begin(struct exchange *exchange, unsigned status, const char *title);
void page_end(struct out *page);

void csrf_write(struct out *page); /* a form's token, where somebody is signed in */

/* <form method=post> with the session's token inside; closed by the caller. encoding NULL: fields. */
void form_begin(struct out *page, const char *path, const char *encoding);

#endif
