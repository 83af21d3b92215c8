#include "doors/http/link.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "base/local.h"
#include "base/time.h"
#include "doors/http/carrier.h"

enum { READ_BYTES = 32 * 1024, FRAME_HEAD_BYTES = 14, OUT_BYTES_MAX = 64 * 1024 * 1024 };

static const uint64_t PING_ID = UINT64_MAX;

struct link link_open(const char *folder, int epoll_fd)
{
	return (struct link){ .folder = folder, .fd = -1, .epoll_fd = epoll_fd,
	                      .out = buf_open(), .in = buf_open(), .tried_ms = -CONNECT_AGAIN_MS,
	                      .slots = process_bytes(sizeof(struct link_slot) * LINK_OPEN_MAX) };
}

static void wait_enter(struct link *link, struct exchange *exchange)
{
	exchange->before = link->last;
	exchange->next = NULL;
	if (link->last)
		link->last->next = exchange;
	else
		link->first = exchange;
	link->last = exchange;
}

static void wait_leave(struct link *link, struct exchange *exchange)
{
	if (exchange->before)
		exchange->before->next = exchange->next;
	else
		link->first = exchange->next;
	if (exchange->next)
		exchange->next->before = exchange->before;
	else
		link->last = exchange->before;
	exchange->next = exchange->before = NULL;
}

static bool waits(const struct link *link, const struct exchange *exchange)
{
	return exchange->before || exchange->next || link->first == exchange;
}

static void slot_free(struct link *link, struct link_slot *slot)
{
	slot->exchange = NULL;
	link->open--;
}

void link_forget(struct link *link, struct exchange *exchange)
{
	if (!waits(link, exchange))
		return;
	for (size_t i = 0; i < exchange->talk.count; i++) {
		struct question *question = &exchange->talk.at[i];
		if (question->sent && !question->answered)
			slot_free(link, &link->slots[question->slot]);
	}
	wait_leave(link, exchange);
}

static void give_up(struct link *link, struct exchange *exchange)
{
	link_forget(link, exchange);
	exchange->talk.gave_up = true;
	exchange->talk.open = 0;
	carrier_resume(exchange);
}

static void out_wipe(struct link *link)
{
	if (link->out.len)
		wipe(link->out.at, link->out.len); /* identity numbers pass here */
	buf_empty(&link->out);
	link->out_sent = 0;
}

static void link_drop(struct link *link)
{
	local_close(&link->fd);
	out_wipe(link);
	buf_empty(&link->in);
	while (link->first)
		give_up(link, link->first);
}

void link_close(struct link *link)
{
	if (!link->slots)
		return;
	link_drop(link);
	buf_close(&link->out);
	buf_close(&link->in);
	process_free(link->slots);
	link->slots = NULL;
}

static struct link_slot *slot_take(struct link *link)
{
	while (link->slots[link->next_slot].exchange)
		link->next_slot = (link->next_slot + 1) % LINK_OPEN_MAX;
	link->open++;
	return &link->slots[link->next_slot];
}

static void question_send(struct link *link, struct exchange *exchange, size_t number)
{
	struct question *question = &exchange->talk.at[number];
	struct link_slot *slot = slot_take(link);

	question->slot = (uint32_t)(slot - link->slots);
	question->sent = true;
	question->asked.id = ++link->next_serial * LINK_OPEN_MAX + question->slot;
	*slot = (struct link_slot){ exchange, number, question->asked.id };
	message_pack(&link->out, &question->asked);
}

void link_send(struct link *link, struct exchange *exchange)
{
	wait_enter(link, exchange);
	exchange->talk.sent_ms = clock_monotonic_ms();
	if (link->fd < 0 || link->open + QUESTIONS_MAX > LINK_OPEN_MAX || link->out.len > OUT_BYTES_MAX) {
		give_up(link, exchange);
		return;
	}
	for (size_t i = 0; i < exchange->talk.count; i++)
		if (!exchange->talk.at[i].sent)
			question_send(link, exchange, i);
}

static struct link_slot *slot_of(struct link *link, uint64_t id)
{
	struct link_slot *slot = &link->slots[id % LINK_OPEN_MAX];

	return slot->exchange && slot->id == id ? slot : NULL;
}

/* The frame is copied into the exchange's arena: the texts of a reply are views of its bytes. */
static MUST_CHECK enum fail frame_take(struct link *link, struct str frame)
{
	struct str head = str_slice(frame, 6, 8), bytes;
	struct exchange *exchange;
	struct link_slot *slot;
	size_t used;
	uint64_t id;

	TRY(take_u64be(&head, &id));
	slot = slot_of(link, id);
	if (!slot) /* given up meanwhile, or the answer to a ping */
		return OK;
	exchange = slot->exchange;
	bytes = str_copy(&exchange->arena, frame);
	TRY(message_unpack(&exchange->arena, bytes, &used, &exchange->talk.at[slot->question].reply));
	exchange->talk.at[slot->question].answered = true;
	slot_free(link, slot);
	if (--exchange->talk.open == 0) {
		wait_leave(link, exchange);
		carrier_resume(exchange);
	}
	return OK;
}

static MUST_CHECK enum fail frames_take(struct link *link)
{
	struct str rest = buf_str(&link->in);

	while (rest.len >= FRAME_HEAD_BYTES) {
		struct str head = rest;
		uint32_t len;
		TRY(take_u32be(&head, &len));
		if (len > MESSAGE_MAX_BYTES || len < FRAME_HEAD_BYTES - 4)
			return FAIL_SYNTAX;
		if (rest.len - 4 < len)
			break;
		TRY(frame_take(link, str_slice(rest, 0, 4 + (size_t)len)));
		rest = str_slice(rest, 4 + (size_t)len, rest.len);
	}
	memmove(link->in.at, rest.at, rest.len);
	link->in.len = rest.len;
	return OK;
}

static MUST_CHECK enum fail link_read(struct link *link, int64_t now_ms)
{
	for (;;) {
		size_t before = link->in.len;
		char *room = buf_room(&link->in, READ_BYTES);
		ssize_t got = recv(link->fd, room, READ_BYTES, MSG_DONTWAIT);
		link->in.len = before + (got > 0 ? (size_t)got : 0);
		if (got == 0)
			return FAIL_CLOSED;
		if (got < 0)
			return errno == EAGAIN || errno == EINTR ? OK : FAIL_CLOSED;
		link->heard_ms = now_ms;
		TRY(frames_take(link));
		if (got < READ_BYTES)
			return OK;
	}
}

static void ping(struct link *link, int64_t now_ms)
{
	struct arena arena = arena_open(64 * 1024);
	struct message message = message_new(&arena, MESSAGE_HEALTH, PING_ID);

	message_pack(&link->out, &message);
	arena_close(&arena);
	link->asked_ms = now_ms;
}

static void link_watch(struct link *link, int64_t now_ms, struct meter *meter)
{
	if (!link->first)
		return;
	int64_t waited_ms = now_ms - link->first->talk.sent_ms;
	if (waited_ms > SILENCE_MS && now_ms - link->heard_ms > SILENCE_MS) {
		meter->keeper_silences++;
		while (link->first)
			give_up(link, link->first);
		return;
	}
	if (waited_ms > PING_MS && now_ms - link->heard_ms > PING_MS && now_ms - link->asked_ms > PING_MS)
		ping(link, now_ms);
	while (link->first && now_ms - link->first->talk.sent_ms > GIVE_UP_MS)
		give_up(link, link->first);
}

static void link_connect(struct link *link, int64_t now_ms)
{
	struct epoll_event event = { .events = EPOLLIN };

	if (now_ms - link->tried_ms < CONNECT_AGAIN_MS)
		return;
	link->tried_ms = now_ms;
	if (local_connect(link->folder, "front.sock", &link->fd) != OK) {
		link->fd = -1;
		return;
	}
	link->room_watched = false;
	link->heard_ms = now_ms;
	event.data.fd = link->fd;
	if (epoll_ctl(link->epoll_fd, EPOLL_CTL_ADD, link->fd, &event) != 0)
		link_drop(link);
}

void link_work(struct link *link, int64_t now_ms, struct meter *meter)
{
	if (link->fd < 0)
		link_connect(link, now_ms);
	if (link->fd >= 0 && link_read(link, now_ms) != OK) {
		diag_error("the keeper's connection ended");
		link_drop(link);
	}
	link_watch(link, now_ms, meter);
}

static MUST_CHECK enum fail link_write(struct link *link)
{
	while (link->out_sent < link->out.len) {
		ssize_t sent = send(link->fd, link->out.at + link->out_sent, link->out.len - link->out_sent,
		                    MSG_DONTWAIT | MSG_NOSIGNAL);
		if (sent < 0)
			return errno == EAGAIN || errno == EINTR ? FAIL_BUSY : FAIL_CLOSED;
		link->out_sent += (size_t)sent;
	}
	return OK;
}

/* A frame longer than the socket's room goes on as soon as the keeper has taken some of it. */
static void room_watch(struct link *link, bool wanted)
{
	struct epoll_event event = { .events = wanted ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.fd = link->fd };

	if (wanted != link->room_watched && epoll_ctl(link->epoll_fd, EPOLL_CTL_MOD, link->fd, &event) == 0)
		link->room_watched = wanted;
}

void link_flush(struct link *link)
{
	if (link->fd < 0 || !link->out.len)
		return;
	enum fail fail = link_write(link);
	if (fail == OK)
		out_wipe(link);
	if (fail == OK || fail == FAIL_BUSY)
		room_watch(link, fail == FAIL_BUSY);
	else
		link_drop(link);
}
