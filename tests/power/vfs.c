#include "vfs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "disk.h"

enum { VFS_PATH = 512, WAL_HEADER_BYTES = 32 };

/* What SQLite sees; the real file lies behind it in the same memory. */
struct vfs_file {
	sqlite3_file base;
	char path[VFS_PATH]; /* "" for temporary files */
	bool wrote_header, wrote_more; /* since its last sync */
	bool name_pending;   /* a journal: its first sync also flushes the folder (UNIXFILE_DIRSYNC of os_unix.c) */
	sqlite3_file *real;
};

static sqlite3_vfs *real_vfs;

static struct vfs_file *of(sqlite3_file *file)
{
	return (struct vfs_file *)(void *)file;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return of(file)->real;
}

static bool did(struct vfs_file *file, enum file_event event, uint64_t at, struct str bytes)
{
	return !*file->path || disk_did(event, file->path, at, bytes) == OK;
}

static bool folder_did(const char *path)
{
	char folder[VFS_PATH], label[VFS_PATH];

	snprintf(folder, sizeof folder, "%s", path);
	char *slash = strrchr(folder, '/');
	if (!slash)
		return true;
	*slash = 0;
	snprintf(label, sizeof label, "the folder, for %.200s", slash + 1);
	disk_flush_for = label;
	file_flush_caller = real_vfs;
	bool done = disk_did(FILE_DID_DIR_FLUSH, folder, 0, STR("")) == OK;
	disk_flush_for = NULL;
	return done;
}

static int vfs_close(sqlite3_file *file)
{
	return real_of(file)->pMethods ? real_of(file)->pMethods->xClose(real_of(file)) : SQLITE_OK;
}

static int vfs_read(sqlite3_file *file, void *out, int len, sqlite3_int64 at)
{
	return real_of(file)->pMethods->xRead(real_of(file), out, len, at);
}

static int vfs_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
	if (at == 0 && len == WAL_HEADER_BYTES)
		of(file)->wrote_header = true;
	else
		of(file)->wrote_more = true;
	if (!did(of(file), FILE_DID_WRITE, (uint64_t)at, str_bytes(bytes, (size_t)len)))
		return SQLITE_IOERR_WRITE;
	return real_of(file)->pMethods->xWrite(real_of(file), bytes, len, at);
}

static int vfs_truncate(sqlite3_file *file, sqlite3_int64 len)
{
	of(file)->wrote_more = true;
	if (!did(of(file), FILE_DID_CUT, (uint64_t)len, STR("")))
		return SQLITE_IOERR_TRUNCATE;
	return real_of(file)->pMethods->xTruncate(real_of(file), len);
}

/* Which of SQLite's flushes this is: there is one place for each in its text. */
static bool flush_did(struct vfs_file *own, const void *caller)
{
	char label[VFS_PATH], journal[VFS_PATH + 8];
	const char *slash = strrchr(own->path, '/');

	snprintf(journal, sizeof journal, "%s-journal", own->path);
	snprintf(label, sizeof label, "%.200s%s%s", slash ? slash + 1 : own->path,
	         own->wrote_header && !own->wrote_more ? ", its header" : "",
	         access(journal, F_OK) == 0 ? ", being made" : "");
	disk_flush_for = label;
	file_flush_caller = caller;
	bool done = did(own, FILE_DID_FLUSH, 0, STR(""));
	disk_flush_for = NULL;
	own->wrote_header = own->wrote_more = false;
	return done;
}

static int vfs_sync(sqlite3_file *file, int flags)
{
	struct vfs_file *own = of(file);

	if (!flush_did(own, __builtin_return_address(0)))
		return SQLITE_IOERR_FSYNC;
	if (own->name_pending && !folder_did(own->path))
		return SQLITE_IOERR_DIR_FSYNC;
	own->name_pending = false;
	return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int vfs_size(sqlite3_file *file, sqlite3_int64 *out)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), out);
}

static int vfs_lock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int vfs_unlock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int vfs_reserved(sqlite3_file *file, int *out)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int vfs_control(sqlite3_file *file, int op, void *argument)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), op, argument);
}

static int vfs_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

/* No promise about torn or reordered writes: the disk keeps none. */
static int vfs_traits(sqlite3_file *file)
{
	(void)file;
	return 0;
}

static int vfs_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int vfs_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void vfs_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int vfs_shm_unmap(sqlite3_file *file, int remove)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2, .xClose = vfs_close, .xRead = vfs_read, .xWrite = vfs_write,
	.xTruncate = vfs_truncate, .xSync = vfs_sync, .xFileSize = vfs_size, .xLock = vfs_lock,
	.xUnlock = vfs_unlock, .xCheckReservedLock = vfs_reserved, .xFileControl = vfs_control,
	.xSectorSize = vfs_sector, .xDeviceCharacteristics = vfs_traits, .xShmMap = vfs_shm_map,
	.xShmLock = vfs_shm_lock, .xShmBarrier = vfs_shm_barrier, .xShmUnmap = vfs_shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *flags_out)
{
	struct vfs_file *own = of(file);
	bool is_journal = flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL);

	(void)vfs;
	memset(own, 0, sizeof *own);
	own->real = (sqlite3_file *)(void *)(own + 1);
	if (path && !(flags & SQLITE_OPEN_DELETEONCLOSE) && !(flags & SQLITE_OPEN_READONLY))
		snprintf(own->path, sizeof own->path, "%s", path);
	if (*own->path && flags & SQLITE_OPEN_CREATE) {
		own->name_pending = is_journal;
		if (!did(own, FILE_DID_OPEN, FILE_OPEN_OR_CREATE, STR("")))
			return SQLITE_CANTOPEN;
	}
	int code = real_vfs->xOpen(real_vfs, path, own->real, flags, flags_out);
	own->base.pMethods = own->real->pMethods ? &methods : NULL;
	return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	(void)vfs;
	if (access(path, F_OK) == 0 && disk_did(FILE_DID_REMOVE, path, 0, STR("")) != OK)
		return SQLITE_IOERR_DELETE;
	int code = real_vfs->xDelete(real_vfs, path, 0);
	if (code == SQLITE_OK && sync_folder && !folder_did(path))
		return SQLITE_IOERR_DIR_FSYNC;
	return code;
}

/* --- checkpoints, which a short test would never reach --- */

static int checkpoint_pages = 16;

static int pragma_ignore(void *context, int action, const char *name, const char *value, const char *database,
                         const char *trigger)
{
	(void)context;
	(void)value;
	(void)database;
	(void)trigger;
	return action == SQLITE_PRAGMA && strcmp(name, "wal_autocheckpoint") == 0 ? SQLITE_IGNORE : SQLITE_OK;
}

static int checkpoint_often(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
	(void)message;
	(void)api;
	sqlite3_set_authorizer(db, pragma_ignore, NULL);
	return sqlite3_wal_autocheckpoint(db, checkpoint_pages);
}

void vfs_checkpoint_pages(int pages)
{
	checkpoint_pages = pages;
}

void vfs_register(void)
{
	static sqlite3_vfs vfs;

	real_vfs = sqlite3_vfs_find("unix");
	assert(real_vfs);
	vfs = *real_vfs;
	vfs.zName = "power";
	vfs.pNext = NULL;
	vfs.szOsFile = (int)sizeof(struct vfs_file) + real_vfs->szOsFile;
	vfs.xOpen = vfs_open;
	vfs.xDelete = vfs_delete;
	int code = sqlite3_vfs_register(&vfs, 1);
	assert(code == SQLITE_OK);
	code = sqlite3_auto_extension((void (*)(void))checkpoint_often);
	assert(code == SQLITE_OK);
}
