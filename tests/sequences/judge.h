/* What must hold whatever anybody does (issue "Accounts", Must hold): told of each entry before it is
 * taken into the model, and of the model after each command. Rules are written from the guideline and
 * docs/decisions, not from the law's code. */
#ifndef YOUJU_TESTS_SEQUENCES_JUDGE_H
#define YOUJU_TESTS_SEQUENCES_JUDGE_H

#include "model.h"

/* NULL: fine. Otherwise what is broken. events[at] is one of those that became durable together; the
 * model stands before the first of them. */
const char *judge_entry(const struct event *events, size_t count, size_t at);
const char *judge_application(const struct event *events, size_t count, size_t at);
const char *judge_second(const struct event *event);
const char *judge_state(int64_t now_ms);

uint64_t judge_actor(const struct event *event); /* by the session that the entry names; 0 none */
int judge_today(const struct event *event);

enum { CONCERNED_MAX = 8 };

struct matter {
	enum office office;
	size_t count;
	uint64_t concerned[CONCERNED_MAX]; /* who therefore does not decide on it */
	uint64_t said;                     /* whom the entry names as its actor; 0 nobody */
};
struct matter judge_matter(const struct event *event);

enum { LEADERS = DUTY_BIT(DUTY_CUSTODIAN) | DUTY_BIT(DUTY_SUPERVISOR) };

#endif
