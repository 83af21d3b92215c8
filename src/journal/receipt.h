/* Receipts: c2sp.org/tlog-proof@v1. One file from which anybody can check offline that an entry is
 * in a log: its number, the proof from leaf to root, and the signed checkpoint. */
#ifndef YOUJU_JOURNAL_RECEIPT_H
#define YOUJU_JOURNAL_RECEIPT_H

#include "journal/checkpoint.h"

struct receipt {
	uint64_t index;
	struct proof proof;
	struct str extra;      /* not authenticated; "" when absent */
	struct str checkpoint; /* the note, verbatim */
};

void receipt_add(struct buf *out, const struct receipt *receipt);
MUST_CHECK enum fail receipt_parse(struct arena *arena, struct str text, struct receipt *out);

/* That the entry with this leaf hash stands at receipt->index of the checkpoint's tree. Signatures
 * are the caller's to verify, over the same note. */
MUST_CHECK enum fail receipt_verify(struct arena *arena, const struct receipt *receipt,
                                    const struct hash *leaf);

#endif
