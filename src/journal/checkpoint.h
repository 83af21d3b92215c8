/* Checkpoints: c2sp.org/tlog-checkpoint. The text of a signed note that states a log's origin, its
 * size and the root of its tree. */
#ifndef YOUJU_JOURNAL_CHECKPOINT_H
#define YOUJU_JOURNAL_CHECKPOINT_H

#include "journal/merkle.h"
#include "journal/note.h"

struct checkpoint {
	struct str origin;
	uint64_t size;
	struct hash root;
	struct str extension; /* further lines, opaque; "" for ours */
};

void checkpoint_add(struct buf *out, const struct checkpoint *checkpoint);

/* The text of a note, not the note. Views into it; FAIL_SYNTAX. */
MUST_CHECK enum fail checkpoint_parse(struct arena *arena, struct str text, struct checkpoint *out);

/* Reads a note and its checkpoint without verifying a signature. */
MUST_CHECK enum fail checkpoint_peek(struct arena *arena, struct str note, struct checkpoint *out);

#endif
