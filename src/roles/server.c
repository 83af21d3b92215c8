#include "roles/server.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "base/local.h"
#include "roles/supervise.h"

/* A group takes few of the messages that wait: while the front works on its answers the next is worked on here,
 * where one great group would have both wait for each other in turn. */
enum { GROUP_MESSAGES = 32, CONNECTIONS_MAX = 256, READ_BYTES = 256 * 1024, OUT_BYTES_MAX = 256 << 20 };

struct connection {
	int fd; /* -1: free */
	enum peer peer;
	uint64_t number;
	struct buf in, out;
	size_t taken, sent; /* how much of in was run, of out was sent */
	bool broken;
};

struct server {
	int listening[SOCKET_COUNT];
	struct connection connections[CONNECTIONS_MAX];
	struct pollfd polled[SOCKET_COUNT + CONNECTIONS_MAX];
	uint64_t next_number;
	struct arena frames; /* of the group at hand */
	struct keeper *keeper;
	size_t turn; /* the connection that is read first */
};

struct server *server_open(const int *listening)
{
	struct server *server = process_bytes(sizeof *server);

	memcpy(server->listening, listening, sizeof server->listening);
	for (size_t i = 0; i < CONNECTIONS_MAX; i++)
		server->connections[i] = (struct connection){ .fd = -1, .in = buf_open(), .out = buf_open() };
	server->frames = arena_open_secret(1 << 30);
	server->next_number = 1;
	return server;
}

static void buf_wipe(struct buf *buf)
{
	if (buf->cap)
		wipe(buf->at, buf->cap);
	buf_empty(buf);
}

static void connection_close(struct server *server, struct connection *connection)
{
	if (connection->fd < 0)
		return;
	if (server->keeper)
		keeper_left(server->keeper, connection->number);
	local_close(&connection->fd);
	buf_wipe(&connection->in);
	buf_wipe(&connection->out);
	connection->taken = connection->sent = 0;
	connection->broken = false;
}

void server_close(struct server **handle)
{
	struct server *server = *handle;

	if (!server)
		return;
	server->keeper = NULL;
	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		connection_close(server, &server->connections[i]);
		buf_close(&server->connections[i].in);
		buf_close(&server->connections[i].out);
	}
	for (size_t i = 0; i < SOCKET_COUNT; i++)
		local_close(&server->listening[i]);
	arena_close(&server->frames);
	process_free(server);
	*handle = NULL;
}

/* --- out --- */

static void connection_send(void *context, uint64_t number, const struct message *message)
{
	struct server *server = context;

	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		struct connection *connection = &server->connections[i];
		if (connection->fd < 0 || connection->number != number)
			continue;
		if (connection->out.len > OUT_BYTES_MAX)
			connection->broken = true; /* a peer that does not read */
		else
			message_pack(&connection->out, message);
	}
}

struct keeper_out server_out(struct server *server)
{
	return (struct keeper_out){ connection_send, server };
}

static void connection_flush(struct connection *connection)
{
	struct buf *out = &connection->out;

	while (connection->sent < out->len) {
		ssize_t put = send(connection->fd, out->at + connection->sent, out->len - connection->sent,
		                   MSG_NOSIGNAL);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0) {
			connection->broken |= errno != EAGAIN;
			return;
		}
		connection->sent += (size_t)put;
	}
	if (out->len) {
		wipe(out->at, out->len);
		buf_empty(out);
		connection->sent = 0;
	}
}

/* --- in --- */

static void connection_accept(struct server *server, size_t which)
{
	int fd;

	while (local_accept(server->listening[which], &fd) == OK) {
		struct connection *connection = NULL;
		for (size_t i = 0; i < CONNECTIONS_MAX && !connection; i++)
			if (server->connections[i].fd < 0)
				connection = &server->connections[i];
		if (!connection) {
			local_close(&fd);
			return;
		}
		connection->fd = fd;
		connection->peer = (enum peer)(1 << which);
		connection->number = server->next_number++;
		keeper_joined(server->keeper, connection->peer, connection->number);
	}
}

static void connection_read(struct connection *connection)
{
	struct buf *in = &connection->in;

	while (in->len - connection->taken < (size_t)MESSAGE_MAX_BYTES + READ_BYTES) {
		size_t before = in->len;
		char *room = buf_room(in, READ_BYTES);
		ssize_t got = recv(connection->fd, room, READ_BYTES, 0);
		in->len = before + (got > 0 ? (size_t)got : 0);
		if (got < 0 && errno == EINTR)
			continue;
		connection->broken |= got == 0 || (got < 0 && errno != EAGAIN);
		if (got < READ_BYTES)
			return;
	}
}

/* What was run is wiped: identity numbers pass here. */
static void connection_forget(struct connection *connection)
{
	struct buf *in = &connection->in;
	size_t left = in->len - connection->taken;

	if (connection->taken == 0)
		return;
	memmove(in->at, in->at + connection->taken, left);
	wipe(in->at + left, connection->taken);
	in->len = left;
	connection->taken = 0;
}

static enum fail connection_run(struct server *server, struct connection *connection, size_t *count)
{
	while (*count < GROUP_MESSAGES && !connection->broken) {
		struct str rest = str_slice(buf_str(&connection->in), connection->taken, connection->in.len);
		struct message message;
		size_t used;
		enum fail fail = message_unpack(&server->frames, rest, &used, &message);
		if (fail == FAIL_NOT_FOUND)
			return OK;
		if (fail != OK || !message_may_pass(message.kind, connection->peer)) {
			diag_error("a peer broke the rules of its socket; its connection is closed");
			connection->broken = true;
			return OK;
		}
		connection->taken += used;
		*count += 1;
		TRY(keeper_run(server->keeper, connection->peer, connection->number, &message));
	}
	return OK;
}

/* Every connection gets its turn first once, so that a busy one starves nobody. */
static enum fail group_run(struct server *server, size_t *count_out)
{
	size_t count = 0;

	server->turn = (server->turn + 1) % CONNECTIONS_MAX;
	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		struct connection *connection = &server->connections[(server->turn + i) % CONNECTIONS_MAX];
		if (connection->fd >= 0)
			TRY(connection_run(server, connection, &count));
	}
	TRY(keeper_settle(server->keeper));
	arena_empty(&server->frames);
	*count_out = count;
	return OK;
}

static void connections_tidy(struct server *server)
{
	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		struct connection *connection = &server->connections[i];
		if (connection->fd < 0)
			continue;
		connection_forget(connection);
		connection_flush(connection);
		if (connection->broken)
			connection_close(server, connection);
	}
}

/* --- the loop --- */

static nfds_t polled_fill(struct server *server)
{
	nfds_t count = 0;

	for (size_t i = 0; i < SOCKET_COUNT; i++)
		server->polled[count++] = (struct pollfd){ .fd = server->listening[i], .events = POLLIN };
	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		struct connection *connection = &server->connections[i];
		if (connection->fd < 0)
			continue;
		short events = connection->out.len ? POLLIN | POLLOUT : POLLIN;
		server->polled[count++] = (struct pollfd){ .fd = connection->fd, .events = events };
	}
	return count;
}

static void polled_serve(struct server *server, nfds_t count)
{
	for (size_t i = 0; i < SOCKET_COUNT; i++)
		if (server->polled[i].revents)
			connection_accept(server, i);
	for (nfds_t at = SOCKET_COUNT; at < count; at++) {
		if (!(server->polled[at].revents & (POLLIN | POLLHUP | POLLERR)))
			continue;
		for (size_t i = 0; i < CONNECTIONS_MAX; i++)
			if (server->connections[i].fd == server->polled[at].fd)
				connection_read(&server->connections[i]);
	}
}

enum fail server_run(struct server *server, struct keeper *keeper, const volatile sig_atomic_t *stop)
{
	int64_t wait_ms = 0;
	size_t count = 0;

	server->keeper = keeper;
	while (!*stop) {
		nfds_t polled = polled_fill(server);
		int ready = poll(server->polled, polled, count ? 0 : (int)wait_ms);
		if (ready < 0 && errno != EINTR)
			return FAIL_IO;
		if (ready > 0)
			polled_serve(server, polled);
		TRY(keeper_tick(keeper, &wait_ms));
		TRY(group_run(server, &count));
		connections_tidy(server);
	}
	return OK;
}
