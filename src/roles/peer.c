#include "roles/peer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "base/local.h"

enum { AGAIN_MS = 100, READ_BYTES = 65536, LATE_MAX = 4096 };

/* A reply that is ready but may not leave yet: a slow source serves others meanwhile. */
struct late { int64_t at_ms; struct buf frame; };

struct line {
	const struct peer_work *work;
	int fd;
	struct buf in, out;
	struct late late[LATE_MAX];
	size_t late_count;
};

static volatile sig_atomic_t stop;

static void on_stop(int signal_number)
{
	(void)signal_number;
	stop = 1;
}

static void buf_drop(struct buf *buf)
{
	if (buf->cap)
		wipe(buf->at, buf->cap);
	buf_empty(buf);
}

static void line_close(struct line *line)
{
	local_close(&line->fd);
	buf_drop(&line->in);
	buf_drop(&line->out);
	for (size_t i = 0; i < line->late_count; i++) {
		buf_drop(&line->late[i].frame);
		buf_close(&line->late[i].frame);
	}
	line->late_count = 0;
}

static void reply_put(struct line *line, const struct message *reply, int64_t wait_ms)
{
	if (wait_ms <= 0 || line->late_count == LATE_MAX) {
		message_pack(&line->out, reply);
		return;
	}
	struct late *late = &line->late[line->late_count++];
	*late = (struct late){ clock_monotonic_ms() + wait_ms, buf_open() };
	message_pack(&late->frame, reply);
}

/* Moves what is due to the way out; the milliseconds until the next is. */
static int late_due(struct line *line)
{
	int64_t now_ms = clock_monotonic_ms(), next_ms = 1000;

	for (size_t i = 0; i < line->late_count;) {
		struct late *late = &line->late[i];
		if (late->at_ms > now_ms) {
			next_ms = late->at_ms - now_ms < next_ms ? late->at_ms - now_ms : next_ms;
			i++;
			continue;
		}
		buf_add(&line->out, buf_str(&late->frame));
		buf_drop(&late->frame);
		buf_close(&late->frame);
		*late = line->late[--line->late_count];
	}
	return (int)next_ms;
}

static bool is_taken(const struct peer_work *work, enum message_kind kind)
{
	for (size_t i = 0; i < PEER_TAKES_MAX; i++)
		if (work->takes[i] == kind && kind != MESSAGE_NONE)
			return true;
	return false;
}

/* FAIL_NOT_FOUND: all that came whole is answered. */
static enum fail frames_each(struct line *line, size_t *taken_out)
{
	AUTO(arena_close) struct arena arena = arena_open_secret(256 << 20);
	struct message asked;
	size_t used;

	for (;;) {
		TRY(message_unpack(&arena, str_slice(buf_str(&line->in), *taken_out, line->in.len), &used, &asked));
		struct message reply = message_new(&arena, MESSAGE_NONE, asked.id);
		int64_t wait_ms = 0;
		if (is_taken(line->work, asked.kind) &&
		    line->work->answer(line->work->context, &arena, &asked, &reply, &wait_ms))
			reply_put(line, &reply, wait_ms);
		arena_empty(&arena);
		*taken_out += used;
	}
}

static enum fail frames_answer(struct line *line)
{
	size_t taken = 0;
	enum fail fail = frames_each(line, &taken);

	if (taken && line->work->settle)
		line->work->settle(line->work->context);
	if (fail != FAIL_NOT_FOUND)
		return fail;
	size_t left = line->in.len - taken;
	if (taken) {
		memmove(line->in.at, line->in.at + taken, left);
		wipe(line->in.at + left, taken);
		line->in.len = left;
	}
	return OK;
}

static enum fail line_read(struct line *line)
{
	size_t before = line->in.len;
	ssize_t got = recv(line->fd, buf_room(&line->in, READ_BYTES), READ_BYTES, 0);

	line->in.len = before + (got > 0 ? (size_t)got : 0);
	if (got < 0)
		return errno == EINTR || errno == EAGAIN ? OK : FAIL_CLOSED;
	return got == 0 ? FAIL_CLOSED : frames_answer(line);
}

static enum fail line_write(struct line *line)
{
	if (line->out.len == 0)
		return OK;
	ssize_t put = send(line->fd, line->out.at, line->out.len, MSG_NOSIGNAL);
	if (put < 0)
		return errno == EINTR || errno == EAGAIN ? OK : FAIL_CLOSED;
	size_t left = line->out.len - (size_t)put;
	memmove(line->out.at, line->out.at + put, left);
	line->out.len = left;
	return OK;
}

/* Stop signals are let in only while waiting, so that none falls between looking and waiting. */
static int line_wait(struct pollfd *polled, int wait_ms)
{
	struct timespec wait = { wait_ms / 1000, wait_ms % 1000 * 1000000 };
	sigset_t none;

	sigemptyset(&none);
	return ppoll(polled, polled ? 1 : 0, &wait, &none);
}

static enum fail line_serve(struct line *line)
{
	while (!stop) {
		int wait_ms = late_due(line);
		TRY(line_write(line));
		short events = line->out.len ? POLLIN | POLLOUT : POLLIN;
		struct pollfd polled = { .fd = line->fd, .events = events };
		int ready = line_wait(&polled, wait_ms);
		if (ready < 0 && errno != EINTR)
			return FAIL_IO;
		if (ready > 0 && polled.revents & (POLLIN | POLLHUP | POLLERR))
			TRY(line_read(line));
	}
	return OK;
}

int peer_run(const struct peer_work *work)
{
	const struct sigaction action = { .sa_handler = on_stop };
	struct line *line = process_bytes(sizeof *line);
	char run[512];
	sigset_t stops;

	sigemptyset(&stops);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGINT);
	sigprocmask(SIG_BLOCK, &stops, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	snprintf(run, sizeof run, "%s/run", work->dir);
	*line = (struct line){ .work = work, .fd = -1, .in = buf_open(), .out = buf_open() };
	while (!stop) {
		if (local_connect(run, work->socket_name, &line->fd) == OK) {
			fcntl(line->fd, F_SETFL, O_NONBLOCK);
			enum fail fail = line_serve(line);
			if (fail != OK && fail != FAIL_CLOSED)
				diag_error("the line to the keeper broke: %s", fail_name(fail));
			line_close(line);
		}
		if (!stop)
			line_wait(NULL, AGAIN_MS);
	}
	process_free(line);
	return 0;
}
