#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATHS_MAX = 1024, PATH_BYTES = 512 };

const struct file_hooks *file_hooks;
const void *file_flush_caller;
static char *paths[PATHS_MAX]; /* filled only while hooks are set */

static enum fail from_errno(void)
{
	switch (errno) {
	case ENOENT:
		return FAIL_NOT_FOUND;
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return FAIL_FULL;
	case EEXIST:
		return FAIL_CONFLICT;
	default:
		return FAIL_IO;
	}
}

static enum fail hooked(enum file_event event, const char *path, uint64_t at, struct str bytes)
{
	return file_hooks ? file_hooks->before(event, path, at, bytes) : OK;
}

const char *file_path(struct file file)
{
	return file.fd >= 0 && file.fd < PATHS_MAX && paths[file.fd] ? paths[file.fd] : "";
}

static void path_remember(int fd, const char *path)
{
	if (!file_hooks || fd >= PATHS_MAX)
		return;
	if (!paths[fd])
		paths[fd] = process_bytes(PATH_BYTES);
	snprintf(paths[fd], PATH_BYTES, "%s", path);
}

/* Some disks have sectors of 4,096 bytes: reading a small one says so. */
static bool direct_works(int fd)
{
	_Alignas(4096) char sector[512];

	return pread(fd, sector, sizeof sector, 0) >= 0;
}

enum fail file_open(const char *path, enum file_mode mode, struct file *out)
{
	static const int flags[] = {
		[FILE_READ] = O_RDONLY,
		[FILE_WRITE] = O_RDWR,
		[FILE_CREATE] = O_RDWR | O_CREAT | O_EXCL,
		[FILE_OPEN_OR_CREATE] = O_RDWR | O_CREAT,
		[FILE_DIRECT] = O_RDWR | O_DIRECT,
	};

	if (mode != FILE_READ)
		TRY(hooked(FILE_DID_OPEN, path, (uint64_t)mode, STR("")));
	int fd = open(path, flags[mode] | O_CLOEXEC, 0600);
	if (fd < 0)
		return from_errno();
	if (mode == FILE_DIRECT && !direct_works(fd)) {
		close(fd);
		return FAIL_IO;
	}
	path_remember(fd, path);
	*out = (struct file){ fd };
	return OK;
}

void file_close(struct file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	file->fd = -1;
}

enum fail file_size(struct file file, uint64_t *out)
{
	struct stat stat;

	if (fstat(file.fd, &stat) != 0)
		return from_errno();
	*out = (uint64_t)stat.st_size;
	return OK;
}

enum fail file_read_at(struct file file, uint64_t at, void *out, size_t len)
{
	char *into = out;

	while (len) {
		ssize_t got = pread(file.fd, into, len, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return from_errno();
		if (got == 0)
			return FAIL_CORRUPT;
		into += got;
		at += (uint64_t)got;
		len -= (size_t)got;
	}
	return OK;
}

enum fail file_write_at(struct file file, uint64_t at, const void *bytes, size_t len)
{
	const char *from = bytes;

	TRY(hooked(FILE_DID_WRITE, file_path(file), at, str_bytes(bytes, len)));
	while (len) {
		ssize_t put = pwrite(file.fd, from, len, (off_t)at);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return from_errno();
		from += put;
		at += (uint64_t)put;
		len -= (size_t)put;
	}
	return OK;
}

enum fail file_cut(struct file file, uint64_t len)
{
	TRY(hooked(FILE_DID_CUT, file_path(file), len, STR("")));
	return ftruncate(file.fd, (off_t)len) == 0 ? OK : from_errno();
}

static enum fail flush_for(const void *caller, struct file file)
{
	file_flush_caller = caller;
	TRY(hooked(FILE_DID_FLUSH, file_path(file), 0, STR("")));
	return fdatasync(file.fd) == 0 ? OK : from_errno();
}

enum fail file_flush(struct file file)
{
	return flush_for(__builtin_return_address(0), file);
}

enum fail file_lock(struct file file)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	if (fcntl(file.fd, F_OFD_SETLK, &lock) == 0)
		return OK;
	return errno == EAGAIN || errno == EACCES ? FAIL_BUSY : from_errno();
}

enum fail file_share(const char *path)
{
	mode_t mask = umask(077);

	umask(mask);
	return chmod(path, 0640 & ~mask) == 0 ? OK : from_errno();
}

enum fail dir_make(const char *path)
{
	if (access(path, F_OK) == 0)
		return OK;
	TRY(hooked(FILE_DID_DIR_MAKE, path, 0, STR("")));
	return mkdir(path, 0700) == 0 || errno == EEXIST ? OK : from_errno();
}

static enum fail dir_flush_for(const void *caller, const char *path)
{
	file_flush_caller = caller;
	TRY(hooked(FILE_DID_DIR_FLUSH, path, 0, STR("")));
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return from_errno();
	enum fail fail = fsync(fd) == 0 ? OK : from_errno();
	close(fd);
	return fail;
}

enum fail dir_flush(const char *path)
{
	return dir_flush_for(__builtin_return_address(0), path);
}

enum fail file_remove(const char *path)
{
	TRY(hooked(FILE_DID_REMOVE, path, 0, STR("")));
	return unlink(path) == 0 ? OK : from_errno();
}

enum fail file_rename(const char *from, const char *to)
{
	TRY(hooked(FILE_DID_RENAME, from, 0, str_from(to)));
	return rename(from, to) == 0 ? OK : from_errno();
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

enum fail file_load(struct arena *arena, const char *path, size_t max_bytes, struct str *out)
{
	AUTO(file_close) struct file file = FILE_NONE;
	uint64_t len;

	TRY(file_open(path, FILE_READ, &file));
	TRY(file_size(file, &len));
	if (len > max_bytes)
		return FAIL_TOO_LARGE;
	char *at = arena_bytes(arena, (size_t)len + 1);
	TRY(file_read_at(file, 0, at, (size_t)len));
	*out = (struct str){ at, (size_t)len };
	return OK;
}

static enum fail folder_flush_for(const void *caller, const char *path)
{
	char folder[PATH_BYTES];
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	while (len > 0 && path[len - 1] != '/')
		len--;
	if (len == 0)
		return dir_flush_for(caller, ".");
	while (len > 1 && path[len - 1] == '/')
		len--;
	if (len >= sizeof folder)
		return FAIL_TOO_LARGE;
	memcpy(folder, path, len);
	folder[len] = 0;
	return dir_flush_for(caller, folder);
}

enum fail name_flush(const char *path)
{
	return folder_flush_for(__builtin_return_address(0), path);
}

enum fail file_save(const char *path, struct str bytes)
{
	char temporary[PATH_BYTES];
	int len = snprintf(temporary, sizeof temporary, "%s.new", path);
	AUTO(file_close) struct file file = FILE_NONE;
	const void *caller = __builtin_return_address(0);

	if (len < 0 || (size_t)len >= sizeof temporary)
		return FAIL_TOO_LARGE;
	TRY(file_open(temporary, FILE_OPEN_OR_CREATE, &file));
	TRY(file_cut(file, 0));
	TRY(file_write_at(file, 0, bytes.at, bytes.len));
	TRY(flush_for(caller, file));
	TRY(file_rename(temporary, path));
	return folder_flush_for(caller, path);
}
