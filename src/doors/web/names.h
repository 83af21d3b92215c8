/* Names of offices and legal bases, and whether this is a demonstration: nothing personal, so the
 * front may remember it from reply to reply instead of asking for every page. */
#ifndef YOUJU_DOORS_WEB_NAMES_H
#define YOUJU_DOORS_WEB_NAMES_H

#include "doors/http/exchange.h"

/* Takes what the replies of this exchange say. */
void names_learn(const struct exchange *exchange);

/* The code itself while its name is not known. */
struct str name_of_office(struct str code);
struct str name_of_basis(struct str code);

bool names_is_demo(void);
bool names_knows_demo(void); /* has any reply told yet? */

#endif
