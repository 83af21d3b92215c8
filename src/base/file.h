/* Files whose writes survive, or are known not to.
 *
 * Every write and flush of the stores passes through here (and through a VFS shim for SQLite), so
 * that the power-cut harness can record what was written since the last flush. */
#ifndef YOUJU_BASE_FILE_H
#define YOUJU_BASE_FILE_H

#include "base/buf.h"

struct file { int fd; };
#define FILE_NONE ((struct file){ -1 })

enum file_mode {
	FILE_READ, FILE_WRITE, FILE_CREATE /* fails when it exists */, FILE_OPEN_OR_CREATE,
	FILE_DIRECT /* to write whole sectors of 512 bytes past the page cache, from memory aligned to 4,096;
	               FAIL_IO where the file system cannot */
};

MUST_CHECK enum fail file_open(const char *path, enum file_mode mode, struct file *out); /* 0600, close-on-exec */
void file_close(struct file *file);
MUST_CHECK enum fail file_size(struct file file, uint64_t *out);
MUST_CHECK enum fail file_read_at(struct file file, uint64_t at, void *out, size_t len); /* all or FAIL_CORRUPT at end of file */
MUST_CHECK enum fail file_write_at(struct file file, uint64_t at, const void *bytes, size_t len);
MUST_CHECK enum fail file_cut(struct file file, uint64_t len); /* ftruncate */
MUST_CHECK enum fail file_flush(struct file file);             /* fdatasync */
/* Exclusive until closed; FAIL_BUSY when another process (or another open file) holds it. */
MUST_CHECK enum fail file_lock(struct file file);
MUST_CHECK enum fail file_share(const char *path); /* lets the group read, as far as the umask lets it */
MUST_CHECK enum fail dir_make(const char *path);               /* 0700; fine when it exists */
MUST_CHECK enum fail dir_flush(const char *path);
MUST_CHECK enum fail name_flush(const char *path);             /* the folder in which path stands */
MUST_CHECK enum fail file_remove(const char *path);
MUST_CHECK enum fail file_rename(const char *from, const char *to);
bool file_exists(const char *path);

/* Whole small files. Writing is atomic and durable: temporary file, flush, rename, flush of the folder. */
MUST_CHECK enum fail file_load(struct arena *arena, const char *path, size_t max_bytes, struct str *out);
MUST_CHECK enum fail file_save(const char *path, struct str bytes);

/* What the harness sees. NULL (the default) costs one test a call. A hook that returns anything but
 * OK makes the operation fail without being done. */
enum file_event { FILE_DID_OPEN, FILE_DID_WRITE, FILE_DID_CUT, FILE_DID_FLUSH, FILE_DID_RENAME, FILE_DID_REMOVE, FILE_DID_DIR_FLUSH, FILE_DID_DIR_MAKE };
struct file_hooks {
	enum fail (*before)(enum file_event event, const char *path, uint64_t at, struct str bytes);
};
extern const struct file_hooks *file_hooks;
extern const void *file_flush_caller; /* while hooks are set: the place that asked for the flush */
const char *file_path(struct file file); /* the path it was opened with, for the hooks; "" beyond fd 1023 */

#endif
