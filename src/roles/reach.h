/* How the command line reaches the keeper of a data directory: the server that runs, or roles of its
 * own for the length of one command. */
#ifndef YOUJU_ROLES_REACH_H
#define YOUJU_ROLES_REACH_H

#include "base/fail.h"

/* open never asks a keeper anything; FAIL_NOT_FOUND when dir is no data directory. With no server
 * running it starts the roles (but the front) under DIR/lock; close stops them again. */
MUST_CHECK enum fail reach_open(const char *dir, void **host_out);
MUST_CHECK enum fail reach_connect(void *host, int *fd_out);
void reach_close(void *host);

#endif
