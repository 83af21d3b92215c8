#include "disk.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512, NAMES_MAX = 256, OPS_MAX = 4096, INODES_MAX = 1024, SITES_MAX = 64,
       NAME_BYTES = 256 };

/* A write (or a cut) that was not flushed; its bytes are in the inode's pending buffer. */
struct change { uint64_t at; size_t from, len; bool is_cut; };

struct inode {
	bool is_folder;
	struct buf durable, pending;
	struct buf changes; /* of struct change */
};

struct name { char path[NAME_BYTES]; size_t inode; };
struct names { size_t count; struct name at[NAMES_MAX]; };

/* A name made, moved or removed in a folder that was not flushed since. */
struct name_op { enum file_event event; char path[NAME_BYTES], to[NAME_BYTES]; size_t inode; };

struct site { const void *caller; char file[NAME_BYTES]; };

static struct {
	char root[NAME_BYTES];
	uint64_t dice, done, fuse, flush_fuse;
	bool dead;
	struct inode *halfway; /* its last change was stopped by the fuse */
	struct names live, durable;
	size_t op_count, inode_count;
	struct name_op ops[OPS_MAX];
	struct inode inodes[INODES_MAX];
	/* Sites outlive a disk: they are places in the program. */
	size_t site_count, ignored;
	struct site sites[SITES_MAX];
	char said[2 * NAME_BYTES];
} disk = { .ignored = SIZE_MAX };

uint64_t disk_dice(uint64_t below)
{
	/* splitmix64, public domain (Vigna) */
	uint64_t z = disk.dice += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return below ? z % below : 0;
}

/* --- names --- */

static struct name *name_find(struct names *names, const char *path)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->at[i].path, path) == 0)
			return &names->at[i];
	return NULL;
}

static void name_set(struct names *names, const char *path, size_t inode)
{
	struct name *name = name_find(names, path);

	if (!name) {
		assert(names->count < NAMES_MAX);
		name = &names->at[names->count++];
		snprintf(name->path, sizeof name->path, "%s", path);
	}
	name->inode = inode;
}

static void name_drop(struct names *names, const char *path)
{
	struct name *name = name_find(names, path);

	if (name)
		*name = names->at[--names->count];
}

static void op_apply(struct names *names, const struct name_op *op)
{
	if (op->event == FILE_DID_REMOVE) {
		name_drop(names, op->path);
		return;
	}
	if (op->event != FILE_DID_RENAME) {
		name_set(names, op->path, op->inode);
		return;
	}
	struct name *from = name_find(names, op->path);
	if (from)
		name_drop(names, op->path);
	name_set(names, op->to, op->inode);
}

static void op_add(enum file_event event, const char *path, const char *to, size_t inode)
{
	assert(disk.op_count < OPS_MAX);
	struct name_op *op = &disk.ops[disk.op_count++];
	op->event = event;
	op->inode = inode;
	snprintf(op->path, sizeof op->path, "%s", path);
	snprintf(op->to, sizeof op->to, "%s", to);
	op_apply(&disk.live, op);
}

static void folder_of(const char *path, char out[NAME_BYTES])
{
	snprintf(out, NAME_BYTES, "%s", path);
	char *slash = strrchr(out, '/');
	if (slash)
		*slash = 0;
}

static size_t inode_new(bool is_folder)
{
	assert(disk.inode_count < INODES_MAX);
	struct inode *inode = &disk.inodes[disk.inode_count];
	buf_empty(&inode->durable);
	buf_empty(&inode->pending);
	buf_empty(&inode->changes);
	inode->is_folder = is_folder;
	return disk.inode_count++;
}

/* --- bytes --- */

static void bytes_put(struct buf *to, uint64_t at, const char *bytes, size_t len)
{
	if (at + len > to->len)
		buf_room(to, (size_t)(at + len) - to->len);
	memcpy(to->at + at, bytes, len);
}

static void cut_apply(struct buf *to, uint64_t len)
{
	if (len > to->len)
		buf_room(to, (size_t)len - to->len);
	to->len = (size_t)len;
}

static void change_add(const char *path, uint64_t at, struct str bytes, bool is_cut)
{
	struct name *name = name_find(&disk.live, path);

	assert(name);
	struct inode *inode = &disk.inodes[name->inode];
	struct change change = { .at = at, .from = inode->pending.len, .len = bytes.len,
		                 .is_cut = is_cut };
	buf_add(&inode->pending, bytes);
	buf_bytes(&inode->changes, &change, sizeof change);
}

static struct change *changes_of(const struct inode *inode, size_t *count_out)
{
	*count_out = inode->changes.len / sizeof(struct change);
	return (struct change *)(void *)inode->changes.at;
}

static void inode_flush(struct inode *inode)
{
	size_t count;
	const struct change *changes = changes_of(inode, &count);

	for (size_t i = 0; i < count; i++) {
		if (changes[i].is_cut)
			cut_apply(&inode->durable, changes[i].at);
		else
			bytes_put(&inode->durable, changes[i].at, inode->pending.at + changes[i].from,
			          changes[i].len);
	}
	buf_empty(&inode->pending);
	buf_empty(&inode->changes);
}

/* --- sites --- */

static void site_file(const char *path, char out[NAME_BYTES])
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	char folder[NAME_BYTES];

	/* Segments are numbered, levels are one loop: one place in the program each. */
	folder_of(path, folder);
	slash = strrchr(folder, '/');
	if (name[0] >= '0' && name[0] <= '9')
		snprintf(out, NAME_BYTES, "one of %.240s", slash ? slash + 1 : folder);
	else
		snprintf(out, NAME_BYTES, "%s", strncmp(name, "level-", 6) == 0 ? "level-*" : name);
}

static size_t site_of(const char *path)
{
	struct site site = { .caller = file_flush_caller };

	site_file(path, site.file);
	for (size_t i = 0; i < disk.site_count; i++)
		if (disk.sites[i].caller == site.caller && strcmp(disk.sites[i].file, site.file) == 0)
			return i;
	assert(disk.site_count < SITES_MAX);
	disk.sites[disk.site_count] = site;
	return disk.site_count++;
}

size_t disk_sites(void)
{
	return disk.site_count;
}

const char *disk_site_name(size_t site)
{
	assert(site < disk.site_count);
	return disk.sites[site].file;
}

void disk_ignore(size_t site)
{
	disk.ignored = site;
}

/* --- what the program does --- */

static void did_open(const char *path)
{
	if (!name_find(&disk.live, path))
		op_add(FILE_DID_OPEN, path, "", inode_new(false));
}

static void did_dir_flush(const char *path)
{
	char folder[NAME_BYTES];
	size_t kept = 0;

	for (size_t i = 0; i < disk.op_count; i++) {
		folder_of(disk.ops[i].path, folder);
		if (strcmp(folder, path) == 0)
			op_apply(&disk.durable, &disk.ops[i]);
		else
			disk.ops[kept++] = disk.ops[i];
	}
	disk.op_count = kept;
}

static void event_apply(enum file_event event, const char *path, uint64_t at, struct str bytes)
{
	struct name *name = name_find(&disk.live, path);

	switch (event) {
	case FILE_DID_OPEN:
		if (at != FILE_WRITE)
			did_open(path);
		break;
	case FILE_DID_WRITE:
		change_add(path, at, bytes, false);
		break;
	case FILE_DID_CUT:
		change_add(path, at, STR(""), true);
		break;
	case FILE_DID_FLUSH:
		assert(name);
		inode_flush(&disk.inodes[name->inode]);
		break;
	case FILE_DID_RENAME:
		assert(name);
		op_add(event, path, bytes.at, name->inode);
		break;
	case FILE_DID_REMOVE:
		op_add(event, path, "", 0);
		break;
	case FILE_DID_DIR_FLUSH:
		did_dir_flush(path);
		break;
	case FILE_DID_DIR_MAKE:
		op_add(event, path, "", inode_new(true));
		break;
	}
}

static bool is_flush(enum file_event event)
{
	return event == FILE_DID_FLUSH || event == FILE_DID_DIR_FLUSH;
}

enum fail disk_did(enum file_event event, const char *path, uint64_t at, struct str bytes)
{
	if (!*disk.root || strncmp(path, disk.root, strlen(disk.root)) != 0)
		return OK;
	if (disk.dead)
		return FAIL_IO;
	disk.done++;
	if (disk.fuse-- == 0 || (is_flush(event) && disk.flush_fuse-- == 0)) {
		/* The last write was on its way: parts of it may arrive. A flush did not return. */
		if (event == FILE_DID_WRITE) {
			event_apply(event, path, at, bytes);
			disk.halfway = &disk.inodes[name_find(&disk.live, path)->inode];
		}
		disk.dead = true;
		return FAIL_IO;
	}
	if (is_flush(event) && site_of(path) == disk.ignored)
		return OK;
	event_apply(event, path, at, bytes);
	return OK;
}

/* --- power --- */

enum luck { ALL, NOTHING, SOME, LUCKS };

static bool survives(enum luck luck)
{
	return luck == ALL || (luck == SOME && disk_dice(2));
}

static void write_survive(struct inode *inode, const struct change *change, enum luck luck)
{
	const char *bytes = inode->pending.at + change->from;

	for (size_t i = 0; i < change->len;) {
		size_t piece = SECTOR - (size_t)((change->at + i) % SECTOR);
		if (piece > change->len - i)
			piece = change->len - i;
		if (survives(luck))
			bytes_put(&inode->durable, change->at + i, bytes + i, piece);
		i += piece;
	}
}

static void inode_survive(struct inode *inode)
{
	enum luck luck = (enum luck)disk_dice(LUCKS);
	size_t count;
	const struct change *changes = changes_of(inode, &count);

	for (size_t i = 0; i < count; i++) {
		/* A whole write is kept, dropped, or torn by sectors. */
		enum luck own = luck == SOME ? (enum luck)disk_dice(LUCKS) : luck;
		if (!changes[i].is_cut)
			write_survive(inode, &changes[i], own);
		else if (survives(own))
			cut_apply(&inode->durable, changes[i].at);
	}
	buf_empty(&inode->pending);
	buf_empty(&inode->changes);
}

static int path_remove(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
	(void)stat;
	(void)kind;
	return ftw->level ? remove(path) : 0;
}

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	abort();
}

static void file_make(const char *path, const struct inode *inode)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	must(fd >= 0, path);
	must(write(fd, inode->durable.len ? inode->durable.at : "", inode->durable.len) ==
	     (ssize_t)inode->durable.len, path);
	close(fd);
}

/* Folders before what is in them: a folder's path is shorter. */
static int by_length(const void *a, const void *b)
{
	size_t x = strlen(((const struct name *)a)->path), y = strlen(((const struct name *)b)->path);

	return x < y ? -1 : x > y;
}

/* Names whose folder did not survive are gone with it. */
static void world_make(void)
{
	struct names *names = &disk.durable;
	char folder[NAME_BYTES];
	size_t kept = 0;

	must(nftw(disk.root, path_remove, 16, FTW_DEPTH | FTW_PHYS) == 0, disk.root);
	qsort(names->at, names->count, sizeof names->at[0], by_length);
	for (size_t i = 0; i < names->count; i++) {
		struct name name = names->at[i];
		struct stat stat_;
		folder_of(name.path, folder);
		if (stat(folder, &stat_) != 0)
			continue;
		if (disk.inodes[name.inode].is_folder)
			must(mkdir(name.path, 0700) == 0, name.path);
		else
			file_make(name.path, &disk.inodes[name.inode]);
		names->at[kept++] = name;
	}
	names->count = kept;
	disk.live = *names;
}

static void revive(void)
{
	disk.dead = false;
	disk.halfway = NULL;
	disk.fuse = disk.flush_fuse = UINT64_MAX;
}

void disk_cut_power(void)
{
	enum luck luck = (enum luck)disk_dice(LUCKS);

	for (size_t i = 0; i < disk.op_count; i++)
		if (survives(luck))
			op_apply(&disk.durable, &disk.ops[i]);
	disk.op_count = 0;
	for (size_t i = 0; i < disk.inode_count; i++)
		inode_survive(&disk.inodes[i]);
	world_make();
	revive();
}

void disk_kill_process(void)
{
	/* A write that the fuse stopped was never made: the page cache does not have it either. */
	if (disk.halfway)
		disk.halfway->changes.len -= sizeof(struct change);
	revive();
}

void disk_fuse(uint64_t operations)
{
	disk.fuse = operations;
}

void disk_fuse_flushes(uint64_t flushes)
{
	disk.flush_fuse = flushes;
}

bool disk_is_dead(void)
{
	return disk.dead;
}

uint64_t disk_operations(void)
{
	return disk.done;
}

void disk_begin(const char *root, uint64_t seed)
{
	static const struct file_hooks hooks = { disk_did };

	snprintf(disk.root, sizeof disk.root, "%s", root);
	disk.dice = seed;
	disk.done = disk.op_count = disk.inode_count = 0;
	disk.live.count = disk.durable.count = 0;
	must(nftw(disk.root, path_remove, 16, FTW_DEPTH | FTW_PHYS) == 0, disk.root);
	revive();
	file_hooks = &hooks;
}

static int path_adopt(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
	struct arena arena = arena_open((size_t)1 << 30);
	struct str bytes;

	if (ftw->level == 0)
		return 0;
	size_t inode = inode_new(kind == FTW_D);
	if (kind == FTW_F) {
		must(file_load(&arena, path, (size_t)stat->st_size, &bytes) == OK, path);
		buf_add(&disk.inodes[inode].durable, bytes);
	}
	name_set(&disk.live, path, inode);
	arena_close(&arena);
	return 0;
}

void disk_adopt(void)
{
	must(nftw(disk.root, path_adopt, 16, FTW_PHYS) == 0, disk.root);
	disk.durable = disk.live;
}

void disk_end(void)
{
	file_hooks = NULL;
	for (size_t i = 0; i < INODES_MAX; i++) {
		buf_close(&disk.inodes[i].durable);
		buf_close(&disk.inodes[i].pending);
		buf_close(&disk.inodes[i].changes);
	}
}
