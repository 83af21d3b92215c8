/* What an exchange asks the keeper, and what came back. Questions of one round are sent together;
 * the handler runs again when all of them are answered. */
#ifndef YOUJU_DOORS_HTTP_TALK_H
#define YOUJU_DOORS_HTTP_TALK_H

#include "counter/message.h"

struct exchange;

enum { QUESTIONS_MAX = 40 }; /* a list decided together is one question a step */

struct question {
	struct message asked, reply;
	bool sent, answered;
	uint32_t slot; /* of the link's table while it is open */
};

struct talk {
	struct question at[QUESTIONS_MAX];
	size_t count, open;
	bool gave_up;      /* the keeper was silent for too long */
	int64_t sent_ms;   /* monotonic */
};

/* Adds a question; the head carries who asks (session, channel, address, lang). What is put into it
 * must live in the exchange's arena or be static. */
struct message *talk_ask(struct exchange *exchange, enum message_kind kind);
struct message *talk_ask_sheet(struct exchange *exchange, const char *sheet);
struct message *talk_ask_command(struct exchange *exchange, struct str command, struct str request);

bool talk_begun(const struct exchange *exchange); /* something was asked in this request */
const struct message *talk_reply(const struct exchange *exchange, size_t question);
/* The reply's sheet of that name; an empty one when the keeper sent none. */
const struct sheet *talk_sheet(const struct exchange *exchange, size_t question, const char *name);

/* 128 random bits as text: the number of a request. */
struct str request_number(struct arena *arena);

#endif
