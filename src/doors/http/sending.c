#include "doors/http/sending.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

enum { PIECES_MAX = 16, HELD_BYTES_MAX = 20 * 1024 };

static ssize_t pieces_send(int fd, struct iovec *pieces, size_t count)
{
	struct msghdr message = { .msg_iov = pieces, .msg_iovlen = count };

	return sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static bool record_hold(struct sending *sending, const giovec_t *pieces, int count, ssize_t *len_out)
{
	size_t len = 0;

	if (!sending->holds)
		return false;
	sending->holds = false;
	for (int i = 0; i < count; i++)
		len += pieces[i].iov_len;
	if (len + sending->held.len > HELD_BYTES_MAX)
		return false;
	for (int i = 0; i < count; i++)
		buf_bytes(&sending->held, pieces[i].iov_base, pieces[i].iov_len);
	*len_out = (ssize_t)len;
	return true;
}

static void held_drop(struct sending *sending, size_t len)
{
	struct buf *held = &sending->held;

	memmove(held->at, held->at + len, held->len - len);
	held->len -= len;
}

/* GnuTLS hears how much of its own was taken; as long as some of what waited is left, that is nothing. */
static ssize_t push(gnutls_transport_ptr_t context, const giovec_t *pieces, int count)
{
	struct sending *sending = context;
	struct iovec all[1 + PIECES_MAX] = { { sending->held.at, sending->held.len } };
	size_t held = sending->held.len, skip = held ? 0 : 1;
	ssize_t sent;

	if (record_hold(sending, pieces, count, &sent))
		return sent;
	if (count > PIECES_MAX)
		count = PIECES_MAX; /* the rest is pushed again */
	for (int i = 0; i < count; i++)
		all[1 + i] = (struct iovec){ pieces[i].iov_base, pieces[i].iov_len };
	sent = pieces_send(sending->fd, all + skip, (size_t)count + 1 - skip);
	if (sent < 0 || held == 0)
		return sent;
	held_drop(sending, (size_t)sent < held ? (size_t)sent : held);
	if ((size_t)sent > held)
		return sent - (ssize_t)held;
	errno = EAGAIN;
	return -1;
}

void sending_open(struct sending *sending, gnutls_session_t tls, int fd)
{
	*sending = (struct sending){ .fd = fd, .held = buf_open() };
	gnutls_transport_set_vec_push_function(tls, push);
}

void sending_hold(struct sending *sending)
{
	sending->holds = true;
}

void sending_end(struct sending *sending)
{
	struct iovec held = { sending->held.at, sending->held.len };

	sending->holds = false;
	if (held.iov_len == 0)
		return;
	/* Only a reply that was broken off comes here; its connection is closed next. */
	if (pieces_send(sending->fd, &held, 1) != (ssize_t)held.iov_len)
		shutdown(sending->fd, SHUT_RDWR);
	buf_empty(&sending->held);
}

void sending_close(struct sending *sending)
{
	buf_close(&sending->held);
}
