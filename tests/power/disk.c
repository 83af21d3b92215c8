#include "disk_parts.h"

#include <stdio.h>
#include <string.h>

struct disk disk = { .ignored = SIZE_MAX };
const char *disk_flush_for, *disk_actor = "";

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

struct name *name_find(struct names *names, const char *path)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->at[i].path, path) == 0)
			return &names->at[i];
	return NULL;
}

void name_set(struct names *names, const char *path, size_t inode)
{
	struct name *name = name_find(names, path);

	if (!name) {
		assert(names->count < NAMES_MAX);
		name = &names->at[names->count++];
		snprintf(name->path, sizeof name->path, "%s", path);
	}
	name->inode = inode;
}

void name_drop(struct names *names, const char *path)
{
	struct name *name = name_find(names, path);

	if (name)
		*name = names->at[--names->count];
}

void op_apply(struct names *names, const struct name_op *op)
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

void folder_of(const char *path, char out[NAME_BYTES])
{
	snprintf(out, NAME_BYTES, "%s", path);
	char *slash = strrchr(out, '/');
	if (slash)
		*slash = 0;
}

size_t inode_new(bool is_folder)
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

void bytes_put(struct buf *to, uint64_t at, const char *bytes, size_t len)
{
	if (at + len > to->len)
		buf_room(to, (size_t)(at + len) - to->len);
	memcpy(to->at + at, bytes, len);
}

void cut_apply(struct buf *to, uint64_t len)
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

struct change *changes_of(const struct inode *inode, size_t *count_out)
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

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Segments are numbered, levels are one loop, keys are one a quarter: one place each. */
static void site_file(const char *path, char out[NAME_BYTES])
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dash = strchr(name, '-');
	char folder[NAME_BYTES];

	folder_of(path, folder);
	slash = strrchr(folder, '/');
	if (disk_flush_for)
		snprintf(out, NAME_BYTES, "%.200s", disk_flush_for);
	else if (strcmp(path, disk.root) == 0)
		snprintf(out, NAME_BYTES, "%sthe data directory", disk_actor);
	else if (is_digit(name[0]))
		snprintf(out, NAME_BYTES, "%sone of %.200s", disk_actor, slash ? slash + 1 : folder);
	else if (dash && is_digit(dash[1]))
		snprintf(out, NAME_BYTES, "%s%.*s-*", disk_actor, (int)(dash - name), name);
	else
		snprintf(out, NAME_BYTES, "%s%.200s", disk_actor, name);
}

static size_t site_of(const char *path)
{
	struct site site = { .caller = file_flush_caller };

	site_file(path, site.file);
	for (size_t i = 0; i < disk.site_count; i++)
		if (disk.sites[i].caller == site.caller && strcmp(disk.sites[i].file, site.file) == 0)
			return i;
	assert(disk.site_count < SITES_MAX);
	snprintf(site.path, sizeof site.path, "%s", path);
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

bool disk_site_is_in(size_t site, const char *folder)
{
	return strncmp(disk.sites[site].path, folder, strlen(folder)) == 0;
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
	if (is_flush(event) && site_of(path) == disk.ignored) {
		/* What was not flushed is lost only if the power goes before a later flush carries it. */
		if (disk.hunted && disk_dice(2)) {
			disk.fuse = disk_dice(disk_dice(2) ? 10 : 80);
			disk.flush_fuse = UINT64_MAX;
			disk.caught = true;
		}
		return OK;
	}
	event_apply(event, path, at, bytes);
	return OK;
}
