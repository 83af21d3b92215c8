/* Challenges that a card signs: each is good once, for a short while. */
#ifndef YOUJU_KEEPER_NONCES_H
#define YOUJU_KEEPER_NONCES_H

#include "base/crypto.h"

enum { NONCE_CHARS = 43, NONCES_MAX = 4096 };

struct nonces {
	struct { char text[NONCE_CHARS + 1]; int64_t until_ms; bool bound; struct hash text_hash; } at[NONCES_MAX];
	size_t next; /* the oldest is overwritten */
};

struct str nonce_make(struct nonces *nonces, int64_t until_ms); /* a view until it is used or overwritten */
bool nonce_use(struct nonces *nonces, struct str nonce, int64_t now_ms);
/* For one text: it may be used again until it is too old, for the same text only (a list of steps under
 * one signature). */
bool nonce_use_for(struct nonces *nonces, struct str nonce, const struct hash *text_hash, int64_t now_ms);

#endif
