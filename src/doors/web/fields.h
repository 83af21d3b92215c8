/* Forms looped from the declared fields of a record: commands, and whatever else has fields. */
#ifndef YOUJU_DOORS_WEB_FIELDS_H
#define YOUJU_DOORS_WEB_FIELDS_H

#include "doors/web/layout.h"
#include "law/record.h"

/* What stands in a form before somebody types, and what is offered. */
struct fields_view {
	const struct form *typed;      /* what was sent; NULL at first */
	const struct form *prefill;    /* from the address of the page */
	const struct sheet *problems;  /* field, why; may be NULL */
	const struct sheet *bases, *offices; /* to choose from; may be NULL */
	bool fresh;                    /* what was sent stands in the log: the form goes out under a new number */
	struct str prefix;             /* before the ids of controls, where a page has several forms; else zero */
};

void field_write(struct out *page, const struct fields_view *view, const struct field_spec *field);
/* What is wrong, as a list that leads to the fields. */
void problems_seen_write(struct out *page, const struct fields_view *view, const struct record_spec *spec);
/* What is wrong with something that the form does not show: its request number. */
void problems_unseen_write(struct out *page, const struct fields_view *view, const struct record_spec *spec);
void fields_write(struct out *page, const struct fields_view *view, const struct record_spec *spec);

/* The number of the request: the one sent before, else a new one. */
void request_write(struct out *page, const struct fields_view *view);

/* Does the form offer bases or offices to choose from? */
bool fields_need(const struct record_spec *spec, const char *what);

/* Makes one list of what was chosen one by one ("items:item_1"), as the record knows it. */
void fields_join(struct exchange *exchange, const struct record_spec *spec);

/* Puts what was typed into the command, only fields that the record declares; empty ones are left
 * out. */
void fields_send(struct exchange *exchange, const struct record_spec *spec, struct message *command);

#endif
