/* One print, in a process of its own: what crashes or hangs there is one print and no more. */
#ifndef YOUJU_ROLES_SCRIBE_CHILD_H
#define YOUJU_ROLES_SCRIBE_CHILD_H

#include "base/buf.h"

enum { PRINTED_BYTES_MAX = 12 * 1024 * 1024, PRINT_MS = 8000 };

struct printed {
	enum fail fail;   /* FAIL_TIMEOUT, FAIL_CLOSED (it crashed), or what the press said */
	uint32_t missing; /* the character that no font has; 0 none */
	struct str bytes;
};

/* Runs in the child, which is shut in further before. *missing_out is 0 as it comes in. */
struct child_work {
	enum fail (*press)(struct arena *arena, struct str paper, struct buf *out, uint32_t *missing_out);
	int64_t patience_ms;
};

struct printed child_print(struct arena *arena, const struct child_work *work, struct str paper);

/* The fonts and their index, which is all that a press may read. */
MUST_CHECK enum fail fonts_shut_in(const char *run_folder, unsigned promises); /* run_folder: NULL none */

#endif
