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

/* root exists and is empty; it is the only thing durable. Sets file_hooks. */
void disk_begin(const char *root, uint64_t seed);
/* Takes what stands in the root folder now as durable. */
void disk_adopt(void);
void disk_end(void);

/* The operation after `operations` more fails, and so does everything after it. */
void disk_fuse(uint64_t operations);
void disk_fuse_flushes(uint64_t flushes); /* the same, counting only flushes of files and folders */
bool disk_is_dead(void);
uint64_t disk_operations(void); /* done since disk_begin */

/* What the world looks like afterwards; the disk works again. Files must be closed. */
void disk_cut_power(void);
void disk_kill_process(void); /* the page cache survives, and is still not flushed */

/* Flush sites seen so far in this process, numbered from 0. */
size_t disk_sites(void);
const char *disk_site_name(size_t site);
void disk_ignore(size_t site); /* SIZE_MAX: none */

/* For the SQLite shim; the hooks call it too. */
enum fail disk_did(enum file_event event, const char *path, uint64_t at, struct str bytes);

uint64_t disk_dice(uint64_t below); /* the harness's only randomness */

#endif
