#include "base/local.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { WAITING_MAX = 64 };

void local_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static enum fail from_errno(void)
{
	switch (errno) {
	case ENOENT:
		return FAIL_NOT_FOUND;
	case ECONNREFUSED:
		return FAIL_CLOSED;
	case EAGAIN:
		return FAIL_BUSY;
	default:
		return FAIL_IO;
	}
}

/* The folder as an open descriptor, so that the address stays short however deep it lies. */
static enum fail address_of(int folder, const char *name, struct sockaddr_un *out)
{
	*out = (struct sockaddr_un){ .sun_family = AF_UNIX };
	int len = snprintf(out->sun_path, sizeof out->sun_path, "/proc/self/fd/%d/%s", folder, name);

	return len > 0 && (size_t)len < sizeof out->sun_path ? OK : FAIL_TOO_LARGE;
}

static enum fail socket_in(const char *folder_path, const char *name, int *folder, int *fd,
                           struct sockaddr_un *address)
{
	*folder = open(folder_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (*folder < 0)
		return from_errno();
	TRY(address_of(*folder, name, address));
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return *fd >= 0 ? OK : from_errno();
}

enum fail local_listen(const char *folder_path, const char *name, int *out)
{
	AUTO(local_close) int folder = -1;
	AUTO(local_close) int fd = -1;
	struct sockaddr_un address;

	TRY(socket_in(folder_path, name, &folder, &fd, &address));
	if (unlinkat(folder, name, 0) != 0 && errno != ENOENT)
		return from_errno();
	fchmod(fd, 0600); /* takes effect on the name that bind makes */
	if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
	    fchmodat(folder, name, 0600, 0) != 0 || listen(fd, WAITING_MAX) != 0 ||
	    fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
		return from_errno();
	*out = fd;
	fd = -1;
	return OK;
}

enum fail local_connect(const char *folder_path, const char *name, int *out)
{
	AUTO(local_close) int folder = -1;
	AUTO(local_close) int fd = -1;
	struct sockaddr_un address;

	TRY(socket_in(folder_path, name, &folder, &fd, &address));
	if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
		return from_errno();
	*out = fd;
	fd = -1;
	return OK;
}

enum fail local_accept(int listening, int *out)
{
	int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return from_errno();
	*out = fd;
	return OK;
}
