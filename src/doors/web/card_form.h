/* Signing with the card through the local signing service of its reader: the form, its script, and what to do
 * when it does not work. Decision 0091. */
#ifndef YOUJU_DOORS_WEB_CARD_FORM_H
#define YOUJU_DOORS_WEB_CARD_FORM_H

#include "doors/web/layout.h"
#include "law/refusals.h"

/* What is signed, and where the signature goes. */
struct card_form {
	const char *path;       /* the form's action */
	struct str text, nonce, seconds; /* signed; text travels back under text_name; how long it is good */
	const char *text_name, *signature_name; /* text_name NULL: the nonce says it all */
	const char *agency_name; /* where the agency certificate's signature over the same text goes; NULL: none signs */
	const char *label;      /* of the button: msgid */
};

/* Before page_begin: the page may run our script and open the service's window, and nothing else. */
void card_form_allow(struct exchange *exchange);
/* Hidden until the script shows it. more, when not NULL, writes further fields of the form. */
void card_form_write(struct out *page, const struct card_form *form, void (*more)(struct out *page, void *context),
                     void *context);

/* The refusal is about a card or what it signed: signing again is what helps. */
bool card_form_is_about(enum refusal refusal);

/* Everything that can go wrong with a card, and the next step: a page of its own. */
void page_card_help(struct exchange *exchange);

#endif
