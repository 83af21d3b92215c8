#include "doors/http/receiving.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

static ssize_t kept_take(struct receiving *receiving, void *at, size_t len)
{
	size_t left = receiving->len - receiving->taken, took = left < len ? left : len;

	memcpy(at, receiving->bytes + receiving->taken, took);
	receiving->taken += took;
	return (ssize_t)took;
}

ssize_t receiving_pull(gnutls_transport_ptr_t context, void *at, size_t len)
{
	struct receiving *receiving = context;
	ssize_t got;

	if (receiving->taken < receiving->len)
		return kept_take(receiving, at, len);
	if (receiving->rests) {
		errno = EAGAIN;
		return -1;
	}
	if (len >= sizeof receiving->bytes)
		return recv(receiving->fd, at, len, MSG_DONTWAIT);
	got = recv(receiving->fd, receiving->bytes, sizeof receiving->bytes, MSG_DONTWAIT);
	if (got <= 0)
		return got;
	receiving->len = (size_t)got;
	receiving->taken = 0;
	return kept_take(receiving, at, len);
}

static int pull_timeout(gnutls_transport_ptr_t context, unsigned milliseconds)
{
	struct receiving *receiving = context;

	if (receiving->taken < receiving->len)
		return 1;
	return gnutls_system_recv_timeout((gnutls_transport_ptr_t)(intptr_t)receiving->fd, milliseconds);
}

void receiving_open(struct receiving *receiving, gnutls_session_t tls, int fd)
{
	receiving->fd = fd;
	receiving->rests = false;
	receiving->len = receiving->taken = 0;
	gnutls_transport_set_pull_function(tls, receiving_pull);
	gnutls_transport_set_pull_timeout_function(tls, pull_timeout);
}

void receiving_rest(struct receiving *receiving, bool rests)
{
	receiving->rests = rests;
}
