#include "disk_parts.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder as it is copied into each new world: paths are relative to it. */
static struct { struct names names; struct inode inodes[NAMES_MAX]; } image;

/* --- power --- */

enum luck { ALL, NOTHING, SOME, LUCKS, EARLIER = LUCKS, LATER, INODE_LUCKS };

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

/* A whole write is kept, dropped, or torn by sectors; at times all before one arrived, or all after. */
static enum luck change_luck(enum luck luck, size_t i, size_t middle)
{
	switch (luck) {
	case EARLIER:
		return i < middle ? ALL : NOTHING;
	case LATER:
		return i < middle ? NOTHING : ALL;
	case SOME:
		return (enum luck)disk_dice(LUCKS);
	case ALL:
	case NOTHING:
	case INODE_LUCKS:
		break;
	}
	return luck;
}

static void inode_survive(struct inode *inode)
{
	static const enum luck cruel[] = { NOTHING, SOME, LATER };
	enum luck luck = disk.caught ? cruel[disk_dice(ARRAY_LEN(cruel))] : (enum luck)disk_dice(INODE_LUCKS);
	size_t count;
	const struct change *changes = changes_of(inode, &count);
	size_t middle = disk_dice(count + 1);

	for (size_t i = 0; i < count; i++) {
		enum luck own = change_luck(luck, i, middle);
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
	disk.dead = disk.hunted = disk.caught = false;
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

void disk_stop(void)
{
	disk.dead = true;
}

void disk_fuse(uint64_t operations)
{
	disk.fuse = operations;
}

void disk_hunt(void)
{
	disk.hunted = true;
}

void disk_fuse_flushes(uint64_t flushes)
{
	disk.flush_fuse = flushes;
}

bool disk_is_caught(void)
{
	return disk.caught;
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

/* --- a folder copied into every world --- */

static size_t image_folder_len;

static int image_add(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
	struct arena arena = arena_open((size_t)1 << 30);
	struct inode *inode = &image.inodes[image.names.count];
	struct str bytes;

	if (ftw->level == 0)
		return 0;
	inode->is_folder = kind == FTW_D;
	if (kind == FTW_F) {
		must(file_load(&arena, path, (size_t)stat->st_size, &bytes) == OK, path);
		buf_add(&inode->durable, bytes);
	}
	name_set(&image.names, path + image_folder_len, image.names.count);
	arena_close(&arena);
	return 0;
}

void disk_image_take(const char *folder)
{
	image_folder_len = strlen(folder);
	must(nftw(folder, image_add, 16, FTW_PHYS) == 0, folder);
}

void disk_image_put(void)
{
	char path[2 * NAME_BYTES];

	for (size_t i = 0; i < image.names.count; i++) {
		const struct name *name = &image.names.at[i];
		const struct inode *from = &image.inodes[name->inode];
		size_t inode = inode_new(from->is_folder);
		buf_add(&disk.inodes[inode].durable, buf_str(&from->durable));
		snprintf(path, sizeof path, "%s%s", disk.root, name->path);
		name_set(&disk.durable, path, inode);
	}
	world_make();
}

void disk_forget(const char *path)
{
	name_drop(&disk.durable, path);
	name_drop(&disk.live, path);
	must(remove(path) == 0, path);
}

void disk_rewrite(const char *path, struct str bytes)
{
	struct inode *inode = &disk.inodes[name_find(&disk.durable, path)->inode];

	buf_empty(&inode->durable);
	buf_add(&inode->durable, bytes);
	file_make(path, inode);
}

bool disk_holds(struct str bytes)
{
	for (size_t i = 0; i < disk.durable.count; i++) {
		const struct buf *file = &disk.inodes[disk.durable.at[i].inode].durable;
		if (file->len >= bytes.len && memmem(file->at, file->len, bytes.at, bytes.len))
			return true;
	}
	return false;
}

void disk_end(void)
{
	file_hooks = NULL;
	for (size_t i = 0; i < INODES_MAX; i++) {
		buf_close(&disk.inodes[i].durable);
		buf_close(&disk.inodes[i].pending);
		buf_close(&disk.inodes[i].changes);
	}
	for (size_t i = 0; i < NAMES_MAX; i++)
		buf_close(&image.inodes[i].durable);
}
