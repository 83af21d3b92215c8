/* What a role gives up after its start. */
#ifndef YOUJU_ROLES_SANDBOX_H
#define YOUJU_ROLES_SANDBOX_H

#include "base/str.h"

/* What a role keeps. Nothing listed is kept unasked. */
enum promise {
	KEEP_NETWORK = 1,  /* sockets of the internet families */
	KEEP_LOCAL = 2,    /* new Unix sockets */
	KEEP_PROGRAMS = 4  /* starting other programs */
};

enum reach { REACH_READ, REACH_WRITE /* read, write, make and remove below it */ };

struct reachable {
	const char *path; /* a missing path is left out */
	enum reach reach;
};

/* Set in the environment of a role whose files its group may read (users.h). */
#define SHARES_STORES "YOUJU_SHARES_STORES"

/* First thing in every role: no core dumps, nobody may trace, broken pipes are errors. */
void sandbox_start(void);

/* From here on only the given paths (Landlock, where the kernel has it) and kinds of calls
 * (seccomp) work. What the kernel cannot do is said once to the operator and left out; a filter
 * that should work and does not is FAIL_IO. */
MUST_CHECK enum fail sandbox_enter(const struct reachable *paths, size_t count, unsigned promises);

#endif
