/* The life of a role that works for the keeper: connect, answer what it asks, connect again. */
#ifndef YOUJU_ROLES_PEER_H
#define YOUJU_ROLES_PEER_H

#include "counter/message.h"

enum { PEER_TAKES_MAX = 2 };

/* Fills in the reply, which already has the id of what was asked. *wait_ms_out (0 as it comes in):
 * the reply shall leave no sooner. false: there is no reply. Texts live on the arena. */
struct peer_work {
	const char *dir, *socket_name;
	enum message_kind takes[PEER_TAKES_MAX]; /* the rest is MESSAGE_NONE */
	bool (*answer)(void *context, struct arena *arena, const struct message *asked,
	               struct message *reply, int64_t *wait_ms_out);
	void *context;
	void (*settle)(void *context); /* NULL, or called when all that came at once is answered */
};

/* Runs until SIGTERM. Returns the exit status. */
int peer_run(const struct peer_work *work);

#endif
