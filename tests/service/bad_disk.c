#undef _FILE_OFFSET_BITS /* both names of each call are ours */
/* LD_PRELOADed into every process of the service: a disk that goes bad at the word of a test. The word
 * is one byte of the file that BAD_DISK names, shared by all of them: '0' the disk is well, 'f' it is
 * full, 'r' it was remounted read-only, 's' no flush succeeds. Files under BAD_DISK_UNDER are on it. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

static volatile const char *word = "0";
static char under[512];

int fdatasync(int fd);
int fsync(int fd);

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("BAD_DISK"), *folder = getenv("BAD_DISK_UNDER");
	int fd = path && folder ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd < 0)
		return;
	snprintf(under, sizeof under, "%s/", folder);
	void *at = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (at != MAP_FAILED)
		word = at;
}

static void *next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

static int failing(void)
{
	if (*word == 'f')
		return ENOSPC;
	return *word == 'r' ? EROFS : 0;
}

/* Only files of ours are written at a place; sockets and pipes are not. */
#define WRITES(name, offset)                                                                               \
	ssize_t name(int fd, const void *bytes, size_t len, offset at);                                    \
	ssize_t name(int fd, const void *bytes, size_t len, offset at)                                     \
	{                                                                                                  \
		static ssize_t (*real)(int, const void *, size_t, offset);                                 \
		if (!real)                                                                                 \
			*(void **)&real = next(#name);                                                     \
		errno = failing();                                                                         \
		return errno ? -1 : real(fd, bytes, len, at);                                              \
	}
WRITES(pwrite, off_t)
WRITES(pwrite64, off64_t)

#define FLUSHES(name)                                                                                      \
	int name(int fd)                                                                                   \
	{                                                                                                  \
		static int (*real)(int);                                                                   \
		if (!real)                                                                                 \
			*(void **)&real = next(#name);                                                     \
		errno = *word == 's' ? EIO : 0;                                                            \
		return errno ? -1 : real(fd);                                                              \
	}
FLUSHES(fdatasync)
FLUSHES(fsync)

/* On a read-only file system nothing opens for writing, on a full one nothing is made. */
static int refused(const char *path, int flags)
{
	if (!*under || strncmp(path, under, strlen(under)) != 0)
		return 0;
	if (*word == 'r' && (flags & (O_WRONLY | O_RDWR | O_CREAT)))
		return EROFS;
	return *word == 'f' && (flags & O_CREAT) && access(path, F_OK) != 0 ? ENOSPC : 0;
}

#define OPENS(name)                                                                                        \
	int name(const char *path, int flags, ...);                                                        \
	int name(const char *path, int flags, ...)                                                         \
	{                                                                                                  \
		static int (*real)(const char *, int, ...);                                                \
		va_list list;                                                                              \
		va_start(list, flags);                                                                     \
		mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;                                  \
		va_end(list);                                                                              \
		if (!real)                                                                                 \
			*(void **)&real = next(#name);                                                     \
		errno = refused(path, flags);                                                              \
		return errno ? -1 : real(path, flags, mode);                                               \
	}
OPENS(open)
OPENS(open64)
