/* What the files of the simulated disk share; nobody else includes it. */
#ifndef YOUJU_TESTS_POWER_DISK_PARTS_H
#define YOUJU_TESTS_POWER_DISK_PARTS_H

#include "disk.h"

enum { SECTOR = 512, NAMES_MAX = 256, OPS_MAX = 4096, INODES_MAX = 4096, SITES_MAX = 64, NAME_BYTES = 256 };

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

/* A place in the program that asks for flushes, and the file it asks for. */
struct site { const void *caller; char file[NAME_BYTES], path[NAME_BYTES]; };

struct disk {
	char root[NAME_BYTES];
	uint64_t dice, done, fuse, flush_fuse;
	bool dead, hunted;
	bool caught; /* the fuse was set by the hunt */
	struct inode *halfway; /* its last change was stopped by the fuse */
	struct names live, durable;
	size_t op_count, inode_count;
	struct name_op ops[OPS_MAX];
	struct inode inodes[INODES_MAX];
	/* Sites outlive a disk: they are places in the program. */
	size_t site_count, ignored;
	struct site sites[SITES_MAX];
};
extern struct disk disk;

struct name *name_find(struct names *names, const char *path);
void name_set(struct names *names, const char *path, size_t inode);
void name_drop(struct names *names, const char *path);
void op_apply(struct names *names, const struct name_op *op);
void folder_of(const char *path, char out[NAME_BYTES]);
size_t inode_new(bool is_folder);

void bytes_put(struct buf *to, uint64_t at, const char *bytes, size_t len);
void cut_apply(struct buf *to, uint64_t len);
struct change *changes_of(const struct inode *inode, size_t *count_out);

#endif
