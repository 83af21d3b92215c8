#include "doors/http/limits.h"

#include <sys/socket.h>

#include "base/fail.h"

static const int64_t allowed_ms[STAGE_COUNT] = {
	[STAGE_HANDSHAKE] = 60 * 1000, /* a card asks its holder for the PIN meanwhile */
	[STAGE_BODY] = 30 * 1000,
	[STAGE_WORK] = 150 * 1000, /* the link gives up before */
	[STAGE_REPLY] = 60 * 1000,
	[STAGE_IDLE] = 75 * 1000,
};

void connection_enter(struct connections *all, struct connection *one, int fd, int64_t now_ms)
{
	*one = (struct connection){ .fd = fd, .next = all->first };
	if (all->first)
		all->first->before = one;
	all->first = one;
	all->count++;
	connection_reach(one, STAGE_HANDSHAKE, now_ms);
}

void connection_leave(struct connections *all, struct connection *one)
{
	if (one->before)
		one->before->next = one->next;
	else
		all->first = one->next;
	if (one->next)
		one->next->before = one->before;
	assert(all->count > 0);
	all->count--;
}

void connection_reach(struct connection *one, enum stage stage, int64_t now_ms)
{
	one->stage = stage;
	one->deadline_ms = now_ms + allowed_ms[stage];
}

size_t connections_sweep(struct connections *all, int64_t now_ms)
{
	size_t shut = 0;

	for (struct connection *one = all->first; one; one = one->next)
		if (now_ms > one->deadline_ms) {
			shutdown(one->fd, SHUT_RDWR);
			shut++;
		}
	return shut;
}
