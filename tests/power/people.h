/* The people of the office: what they ask, and what they were told. A request keeps its first outcome
 * for ever; one that nobody answered is asked again after the next start. */
#ifndef YOUJU_TESTS_POWER_PEOPLE_H
#define YOUJU_TESTS_POWER_PEOPLE_H

#include "counter/message.h"

void people_begin(void);
void people_ask(void);       /* one group of up to three orders, drawn by the dice */
void people_ask_again(void); /* everything unanswered, and some of what was answered */
void people_hear(const struct message *answer);

struct people_count { size_t granted, refused, waiting, failed, again; };
struct people_count people_count(void); /* since the process began */

#endif
