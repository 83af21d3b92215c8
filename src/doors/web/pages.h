/* Every page as a handler. A handler first asks the keeper, then writes what came back; it decides
 * nothing. */
#ifndef YOUJU_DOORS_WEB_PAGES_H
#define YOUJU_DOORS_WEB_PAGES_H

#include "doors/http/exchange.h"

void page_sign_in(struct exchange *exchange);      /* page_session.c */
void page_sign_in_card(struct exchange *exchange);
void page_sign_in_challenge(struct exchange *exchange);
void page_sign_out(struct exchange *exchange);
void page_signed_out(struct exchange *exchange);
void page_language(struct exchange *exchange);

void page_home(struct exchange *exchange);         /* page_home.c */
void page_case(struct exchange *exchange);
void page_queries(struct exchange *exchange);

void page_ask(struct exchange *exchange);          /* page_ask.c */
void page_ask_post(struct exchange *exchange);
void page_query(struct exchange *exchange);        /* page_query.c */
void page_release(struct exchange *exchange);
void page_paste(struct exchange *exchange);        /* page_paste.c */
void page_paste_post(struct exchange *exchange);

void page_list(struct exchange *exchange);         /* page_list.c */
void page_list_post(struct exchange *exchange);
void page_command(struct exchange *exchange);      /* page_command.c */
void page_command_post(struct exchange *exchange);

/* page_step.c: a step that is signed. Not ready: ask what to sign and show it. */
struct out;
struct step_shown {
	const char *path; /* where the signed form goes */
	const struct command_spec *spec;
	void (*tell)(struct out *page, void *context);  /* what is decided, as people read it */
	void (*typed)(struct out *page, void *context); /* the fields that travel along, hidden */
	void *context;
};
void step_show(struct exchange *exchange, const struct message *reply, const struct step_shown *shown);
bool step_is_ready(const struct exchange *exchange, const struct command_spec *spec);
void step_ask(struct exchange *exchange, const struct command_spec *spec);
void step_page(struct exchange *exchange, const struct command_spec *spec);
void step_send(struct exchange *exchange, struct message *command); /* the signature that came back */
void page_signature(struct exchange *exchange);
void page_signature_post(struct exchange *exchange);

void page_together(struct exchange *exchange);     /* page_together.c */
void page_together_post(struct exchange *exchange);

void page_card_help(struct exchange *exchange);    /* card_form.c */

void page_account(struct exchange *exchange);      /* page_account.c */

void page_import(struct exchange *exchange);       /* page_import.c */
void page_import_post(struct exchange *exchange);
void page_import_template(struct exchange *exchange);

void page_application(struct exchange *exchange);       /* page_application.c */
void page_application_form(struct exchange *exchange);  /* page_application_form.c */
void page_scan(struct exchange *exchange);
void page_scan_post(struct exchange *exchange);
void page_transmit(struct exchange *exchange);          /* page_transmission.c */
void page_transmission(struct exchange *exchange);
void page_transmission_post(struct exchange *exchange);

void page_log(struct exchange *exchange);          /* page_log.c */
void page_log_post(struct exchange *exchange);
void page_receipt(struct exchange *exchange);

void page_about(struct exchange *exchange);        /* page_about.c */
void page_asset(struct exchange *exchange);

#endif
