/* A disk that can lose power at any moment.
 *
 * Everything under a root folder passes through here, by base/file's hooks and by the SQLite shim
 * (vfs.h). Files live in the real folder, as the page cache would show them; beside it stands what
 * would survive: bytes since a flush, names since a flush of their folder. When power is cut, any
 * subset of the unflushed sectors (512 bytes) and names may have reached the disk.
 *
 * A flush is known by the place in the program that asked for it and the file it was for, so that a
 * test can pretend that one of them did nothing. One disk a process. */
#ifndef YOUJU_TESTS_POWER_DISK_H
#define YOUJU_TESTS_POWER_DISK_H

#include "base/file.h"

/* root exists and is emptied; it is the only thing durable. Sets file_hooks. */
void disk_begin(const char *root, uint64_t seed);
void disk_end(void);

/* A folder, read once, stands durable in the root of every disk it is put on. */
void disk_image_take(const char *folder);
void disk_image_put(void);
/* Changes of the image, durable at once; the file is there. */
void disk_forget(const char *path);
void disk_rewrite(const char *path, struct str bytes);

/* The operation after `operations` more fails, and so does everything after it. */
void disk_fuse(uint64_t operations);
void disk_fuse_flushes(uint64_t flushes); /* the same, counting only flushes of files and folders */
void disk_stop(void);                     /* at once */
void disk_hunt(void);                     /* from now on at times soon after the ignored flush */
bool disk_is_caught(void);                /* that way; what is not flushed then hardly arrives whole */
bool disk_is_dead(void);
uint64_t disk_operations(void); /* done since disk_begin */

/* What the world looks like afterwards; the disk works again. Files must be closed. */
void disk_cut_power(void);
void disk_kill_process(void); /* the page cache survives, and is still not flushed */

bool disk_holds(struct str bytes); /* anywhere in a durable file */

/* Flush sites seen so far in this process, numbered from 0. */
size_t disk_sites(void);
const char *disk_site_name(size_t site);
bool disk_site_is_in(size_t site, const char *folder); /* the file it is for */
void disk_ignore(size_t site); /* SIZE_MAX: none */

/* For the SQLite shim; the hooks call it too. disk_flush_for: what a flush is for, where
 * the file's name does not tell; NULL otherwise. disk_actor: who is at work, in the names of flush sites. */
enum fail disk_did(enum file_event event, const char *path, uint64_t at, struct str bytes);
extern const char *disk_flush_for, *disk_actor;

uint64_t disk_dice(uint64_t below); /* the harness's only randomness; 0: all 64 bits */

#endif
