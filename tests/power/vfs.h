/* An SQLite VFS over the disk of disk.h, as the default one: code that opens databases runs over it
 * unchanged. Shared memory (the -shm file) is no promise and passes by. */
#ifndef YOUJU_TESTS_POWER_VFS_H
#define YOUJU_TESTS_POWER_VFS_H

void vfs_register(void); /* once a process, before the first database is opened */

/* Databases opened from now on move their write-ahead log into the file when it has so many pages: the
 * program's own numbers are too large for a round of a few questions. */
void vfs_checkpoint_pages(int pages);

#endif
