/* Talking to the keeper over its counter: connect, ask, sign with a card, ask again with the same
 * request when the line broke. */
#ifndef YOUJU_DOORS_CLI_TALK_H
#define YOUJU_DOORS_CLI_TALK_H

#include "counter/message.h"

enum { TALK_TRIES = 5, TALK_TIMEOUT_MS = 180000, SIGNERS_MAX = 2 };

/* Who signs: a card in its reader, or a key of a test. */
struct signer {
	struct str chain; /* DER certificates, leaf first */
	/* A detached CMS in DER over the text, with the nonce as attribute. */
	enum fail (*sign)(void *card, struct arena *arena, struct str text, struct str nonce,
	                  struct str *signature_out);
	void *card;
};

/* How the counter is reached; called again after the line broke. */
struct line {
	enum fail (*reach)(void *host, int *fd_out);
	void *host;
	int fd; /* -1: not connected */
	struct buf pending;
	uint64_t last_id;
};

struct line line_to(enum fail (*reach)(void *host, int *fd_out), void *host);
void line_close(struct line *line);

/* Sends and waits for the reply, which lives on the arena. A broken line is reached again up to
 * TALK_TRIES times, with growing waits; ask must therefore be safe to repeat: every command carries
 * its request. */
MUST_CHECK enum fail line_ask(struct line *line, struct arena *arena, struct message *ask, struct message *out);

/* The same, signed by the cards: each try gets its own nonce. */
MUST_CHECK enum fail line_ask_signed(struct line *line, struct arena *arena, const struct message *ask,
                                     const struct signer *signers, size_t count, struct message *out);

struct str request_new(struct arena *arena); /* 128 random bits, 22 characters of base64url */

#endif
