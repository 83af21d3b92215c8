/* Unix sockets between the processes of one machine. A socket is named by its folder and a short
 * name, so that a deep data directory does not meet the 108-byte limit of socket addresses. */
#ifndef YOUJU_BASE_LOCAL_H
#define YOUJU_BASE_LOCAL_H

#include "base/fail.h"

/* Both give a descriptor that closes on exec. A listening socket replaces a stale one of that name,
 * is 0600 and does not block. */
MUST_CHECK enum fail local_listen(const char *folder, const char *name, int *out);
MUST_CHECK enum fail local_connect(const char *folder, const char *name, int *out); /* FAIL_NOT_FOUND, FAIL_CLOSED when nobody listens */
MUST_CHECK enum fail local_accept(int listening, int *out); /* FAIL_BUSY when nobody waits; does not block afterwards */
void local_close(int *fd);

#endif
