/* What left the keeper and the sealer, checked in the moment it leaves and held against them for the
 * rest of the life: a plan only with its durable question, an answer only with its durable entries
 * (people.h), a signed head never beside another one. */
#ifndef YOUJU_TESTS_POWER_PROMISE_H
#define YOUJU_TESTS_POWER_PROMISE_H

#include "counter/message.h"

void promise_begin(void);
void promise_hear(uint64_t connection, const struct message *message);
void promise_signed(struct str note);    /* left the sealer; "" when nothing was signed */
void promise_published(struct str note); /* the keeper was given it: what it took in may be shown to anybody */

/* After a restart: signed heads agree with the log, published ones are kept, the sealer remembers. */
void promise_heads(void);

struct promise_count { size_t plans, heads; };
struct promise_count promise_count(void); /* since the process began */

#endif
