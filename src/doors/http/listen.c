#include "doors/http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static MUST_CHECK enum fail listen_on(const struct addrinfo *at, int *out)
{
	const int on = 1, off = 0;
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return FAIL_IO;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
	    (at->ai_family != AF_INET6 ||
	     setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) == 0) &&
	    bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) {
		*out = fd;
		return OK;
	}
	enum fail why = errno == EADDRINUSE ? FAIL_BUSY : FAIL_IO;
	close(fd);
	return why;
}

enum fail listen_open(const char *address, uint16_t port, int *out)
{
	const struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV,
	                                .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
	enum fail fail = FAIL_NOT_FOUND;
	struct addrinfo *found;
	char service[8];

	snprintf(service, sizeof service, "%u", port);
	if (getaddrinfo(address, service, &hints, &found) != 0)
		return FAIL_NOT_FOUND;
	/* "localhost" may name ::1 first on a machine without IPv6: take the first that works. */
	for (const struct addrinfo *at = found; at && fail != OK && fail != FAIL_BUSY; at = at->ai_next)
		fail = listen_on(at, out);
	freeaddrinfo(found);
	return fail;
}
