/* What the sealer does with its key: which heads it signs, and where it remembers the last.
 *
 * log/sealed/head is made when the log never published anything; without it a log that did publish is
 * never signed again. */
#ifndef YOUJU_ROLES_SEALING_H
#define YOUJU_ROLES_SEALING_H

#include "counter/message.h"
#include "store/seal.h"

struct sealer {
	struct seal seal;
	bool forgot; /* checkpoints were published, but which was the last is not known: sign nothing */
};

/* dir is the data directory. FAIL_CORRUPT when log.key is not the key that log.vkey names. */
MUST_CHECK enum fail sealer_open(const char *dir, struct arena *arena, struct sealer *out);

/* A SEALED for a SEAL: note, or fail; always the size signed last. FAIL_IO and the like are of the disk. */
enum fail sealer_answer(struct sealer *sealer, struct arena *arena, const struct message *asked,
                        struct message *reply);

#endif
