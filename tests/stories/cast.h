/* Who plays in the stories: people with cards, duties and offices. */
#ifndef YOUJU_TESTS_STORIES_CAST_H
#define YOUJU_TESTS_STORIES_CAST_H

#include "base/buf.h"

enum { CAST_MAX = 32 };

struct player {
	const char *key;    /* the word in a story */
	const char *name, *id_no;
	const char *office; /* "" : nobody imported this person */
	const char *duty;   /* code of words.def */
	unsigned flaws;     /* testca_flaw bits of the card */
	bool foreign;       /* the card is of an authority that nobody recognises */
	bool late;          /* the card has expired */
	const char *agency; /* the organisation identifier of an agency certificate; NULL: a citizen card */
	bool deputy;        /* holds the duty as deputy */
	bool grants;        /* the items of the common bases are granted */
};

/* The first two start the office; they are custodian and supervisor of the bureau. */
extern const struct player cast[];
extern const size_t cast_count;

const struct player *player_find(struct str key); /* NULL when nobody is called so */

/* Makes the test authority and all cards below dir (DIR/tls, DIR/cards/KEY.pem) as of at_ms. The
 * serials, in the order of the cast, live on the arena. */
MUST_CHECK enum fail cast_issue(struct arena *arena, const char *dir, int64_t at_ms, struct str *serials_out);

#endif
