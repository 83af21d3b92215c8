/* The front's one line to the keeper: frames out, frames in, and who waits for which.
 *
 * A keeper that says nothing for a second while somebody waits is silent: all who wait get 503.
 * While only a slow source is waited for, a health question shows that the keeper still lives. A
 * keeper that goes away is connected to again; meanwhile everybody gets 503. */
#ifndef YOUJU_DOORS_HTTP_LINK_H
#define YOUJU_DOORS_HTTP_LINK_H

#include "doors/http/exchange.h"
#include "doors/http/meter.h"

enum { LINK_OPEN_MAX = 4096, SILENCE_MS = 1000, PING_MS = 400, GIVE_UP_MS = 130 * 1000,
       CONNECT_AGAIN_MS = 200 };

struct link_slot {
	struct exchange *exchange;
	size_t question;
	uint64_t id;
};

struct link {
	const char *folder; /* where front.sock lies */
	int fd, epoll_fd;   /* fd -1: not connected */
	bool room_watched;  /* more is to be sent than the socket took */
	int64_t tried_ms;
	struct buf out, in;
	size_t out_sent;
	struct link_slot *slots; /* LINK_OPEN_MAX; a slot is free when its exchange is NULL */
	uint32_t next_slot;
	uint64_t next_serial;
	size_t open;
	struct exchange *first, *last; /* who waits, the longest first */
	int64_t heard_ms, asked_ms;
};

/* Connects on the first link_work. The folder's name must outlive the link. */
struct link link_open(const char *folder, int epoll_fd);
void link_close(struct link *link); /* those who wait are given up */

/* Takes the questions that are not yet sent. The exchange is resumed later, or at once given up
 * when too many wait already. */
void link_send(struct link *link, struct exchange *exchange);
void link_forget(struct link *link, struct exchange *exchange); /* its connection is gone */

/* Reads what came, resumes whom it concerns, gives up whom it must, and connects again. */
void link_work(struct link *link, int64_t now_ms, struct meter *meter);
void link_flush(struct link *link);

#endif
