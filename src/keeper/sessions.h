/* Who is signed in: the live sessions in memory, found by the digest of their token.
 *
 * The tables hold them too, so that a restart of the keeper signs nobody out; what is lost with the
 * process is only since when a session has been idle. */
#ifndef YOUJU_KEEPER_SESSIONS_H
#define YOUJU_KEEPER_SESSIONS_H

#include "base/crypto.h"
#include "law/record.h"

enum { TOKEN_BYTES = 32, TOKEN_CHARS = 43 };

struct session {
	struct hash digest; /* of the token */
	struct session_id id;
	struct person_id person;
	enum channel channel;
	enum sign_in_method method;
	struct hash card;     /* of the serial of the certificate with which it was opened */
	int64_t since_ms;     /* wall clock of signed_in */
	int64_t last_used_ms; /* monotonic */
	struct str name;      /* of the person, for page headings; process memory, "" until looked up */
};

struct sessions {
	struct session *at;
	size_t count, cap;
	uint32_t *slots; /* open addressing: position + 1 in at, 0 empty */
	size_t slot_count;
};

struct sessions sessions_open(void);
void sessions_close(struct sessions *sessions);
void sessions_empty(struct sessions *sessions);

void sessions_add(struct sessions *sessions, const struct session *session);
void sessions_remove(struct sessions *sessions, struct session_id id); /* fine when it is not there */
struct session *sessions_find(struct sessions *sessions, const struct hash *digest); /* NULL: none */
struct session *sessions_of_person(struct sessions *sessions, struct person_id person,
                                   enum channel channel); /* the newest; NULL: none */

/* A fresh token as text, and the digest that stands for it in log and tables. */
struct token { char text[TOKEN_CHARS + 1]; };
struct token token_new(struct hash *digest_out);
MUST_CHECK enum fail token_digest(struct str token, struct hash *out); /* FAIL_SYNTAX */

#endif
