/* The sealer: signs the heads of one log, and never two that cannot both be true.
 *
 * The last head it signed stands in a state file (log/sealed/head, the text of a checkpoint). A new head
 * is signed only with a proof that the log grew from that one, and only after the new state is
 * durable. A log restored from an older copy therefore can never be sealed again under its origin. */
#ifndef YOUJU_STORE_SEAL_H
#define YOUJU_STORE_SEAL_H

#include "journal/checkpoint.h"

enum { SEAL_NAME_BYTES = 256, SEAL_PATH_BYTES = 512 };

struct seal {
	char origin[SEAL_NAME_BYTES], state_path[SEAL_PATH_BYTES];
	uint8_t secret[32];
	uint64_t size; /* 0: nothing signed yet */
	struct hash root;
};

/* A key is a raw Ed25519 seed of 32 bytes, readable by its owner only (keys/log.key). Making one
 * also writes the state of a log that was never sealed. FAIL_CONFLICT when key or state exists;
 * FAIL_SYNTAX when the origin cannot be a key's name. */
MUST_CHECK enum fail seal_create(const char *key_path, const char *state_path, struct str origin);

/* The state alone, of a log that was never sealed; FAIL_CONFLICT when there is one. */
MUST_CHECK enum fail seal_begin(const char *state_path, struct str origin);

/* FAIL_NOT_FOUND without key or state, FAIL_CORRUPT when one is damaged, FAIL_CONFLICT when the
 * state is of another origin. */
MUST_CHECK enum fail seal_open(const char *key_path, const char *state_path, struct str origin,
                               struct seal *out);
void seal_close(struct seal *seal); /* wipes the key */

struct note_key seal_key(const struct seal *seal); /* its name is a view into *seal */

/* Appends a signed checkpoint of a durable head. FAIL_UNTRUSTED when the proof does not lead from the
 * last signed head to this one (a fork, or an older log), FAIL_CONFLICT for an empty log. Once OK is
 * returned the state is durable. After FAIL_IO or FAIL_FULL open it again. */
MUST_CHECK enum fail seal_sign(struct seal *seal, uint64_t size, const struct hash *root,
                               const struct proof *proof, struct buf *out);

#endif
