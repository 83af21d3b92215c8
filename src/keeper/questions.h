/* Questions that wait for the source: what was sent, who waits for the answer, until when. */
#ifndef YOUJU_KEEPER_QUESTIONS_H
#define YOUJU_KEEPER_QUESTIONS_H

#include "base/buf.h"
#include "law/record.h"

enum { WAITERS_MAX = 4 };

struct waiter {
	uint64_t connection, message;
	char token[44]; /* of the session, for the head of the page; "" without */
};

struct question {
	struct query_id id;
	struct session_id session;
	struct person_id asker;
	enum person_kind subject_kind; /* what reducing the answer needs besides the records */
	struct date subject_born;
	int64_t until_ms;    /* monotonic */
	uint64_t courier;    /* connection that has it; 0: none yet */
	struct buf plan;     /* process memory, wiped at the end: it holds identity numbers */
	struct waiter waiters[WAITERS_MAX];
	size_t waiter_count;
};

struct questions {
	struct question **at; /* pointers, so that taking one out moves little */
	size_t count, cap;
};

/* A question stays where it is until it is removed. */
struct question *questions_add(struct questions *questions, struct query_id id);
struct question *questions_find(struct questions *questions, struct query_id id);
void questions_remove(struct questions *questions, struct query_id id);
void questions_close(struct questions *questions);

#endif
