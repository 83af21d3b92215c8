/* Checks a log where it lies, natively and on all processors: every entry is hashed again and
 * compared with the tiles, every tile with the one above, the tree with its head and with the
 * published checkpoint. What outsiders
 * check of an exported copy is youju-verify's. */
#ifndef YOUJU_STORE_LOG_CHECK_H
#define YOUJU_STORE_LOG_CHECK_H

#include "journal/note.h"
#include "store/log_export.h"

struct log_check {
	uint64_t size;             /* entries that were hashed */
	uint64_t bytes;            /* of their text */
	uint64_t checkpoint_size;  /* of the latest published checkpoint; 0: none yet */
	int64_t spent_ms;
	unsigned threads;
	uint64_t damaged;          /* entries that cannot be read or hash to something else */
	uint64_t first_damaged;    /* the smallest number of one */
	uint64_t wrong_nodes;      /* hashes of higher tiles that do not follow from those below */
	const char *defect;        /* msgid; "" when all holds */
};

/* folder is DIR/log; key the one its checkpoints are signed with. Failures are of reading; what the
 * check itself finds stands in out->defect. threads 0: as many as there are processors. */
MUST_CHECK enum fail log_check(const char *folder, const struct note_key *key, unsigned threads,
                               struct progress progress, struct log_check *out);

#endif
