/* Searching a list by the filters that sheets.def declares for it. What is chosen from a list stands in the
 * address, so that the page can be kept and gone back to; what is typed comes by POST and stands in none:
 * it may be a name or an identity number. */
#ifndef YOUJU_DOORS_WEB_FILTERS_H
#define YOUJU_DOORS_WEB_FILTERS_H

#include "doors/web/layout.h"
#include "law/sheets.h"

/* True when the form that was sent holds nothing typed: the reply leads to the address that says the same. */
bool filters_redirect(struct exchange *exchange, const struct sheet_spec *spec);
/* Puts what is searched for into the question about the list. Asks for the offices to choose from, too. */
void filters_ask(struct exchange *exchange, const struct sheet_spec *spec, struct message *ask);

/* "?block=17" behind the path of a command that is given on the one row shown. */
void filters_key_write(struct out *page, const struct sheet_spec *spec, const struct record_spec *command);

bool filters_any(const struct exchange *exchange, const struct sheet_spec *spec);
/* scope: the one office that the reader sees; "" when all, who may then choose. */
void filters_write(struct out *page, const struct sheet_spec *spec, struct str scope);
/* The way to the next page of the same search. next "": there is none. */
void filters_more(struct out *page, const struct sheet_spec *spec, struct str next);

#endif
