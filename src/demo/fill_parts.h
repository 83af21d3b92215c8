/* What the files of filling the demonstration office share; nobody else includes it. */
#ifndef YOUJU_DEMO_FILL_PARTS_H
#define YOUJU_DEMO_FILL_PARTS_H

#include "base/cert_cms.h"
#include "demo/fill.h"

enum { CARDS_OPEN_MAX = CITY_CARDS + 16 };

struct fill {
	struct arena *arena; /* cards, what went wrong */
	struct arena step;   /* one message and its reply */
	const struct city *city;
	const char *dir;
	const struct fill_wire *wire;
	uint64_t next_id;
	int64_t now_ms;      /* the keeper's clock as we set it */
	struct { const char *stem; struct card card; } cards[CARDS_OPEN_MAX]; /* those that have signed */
	size_t card_count;
	struct str ended_block; /* of the account that ended at the agency as well */
	struct fill_counts counts;
	struct str why;
};

struct pair_text { const char *name; struct str text; };

#define FIELDS(...) (const struct pair_text[]){ __VA_ARGS__ }, \
	ARRAY_LEN(((const struct pair_text[]){ __VA_ARGS__ }))

MUST_CHECK enum fail fill_clock(struct fill *fill, int64_t at_ms, bool real);
/* A command without which the city would not be what it is, signed by who gives it (and by a second card where two
 * are needed: the name of its file, else NULL). FAIL_CONFLICT, and why, when it was not granted. */
MUST_CHECK enum fail command_must(struct fill *fill, const struct city_staff *staff, const char *second,
                                  const char *name, const struct pair_text *fields, size_t count,
                                  struct message *reply);
/* One list with one filter (NULL: none), read by that person. */
MUST_CHECK enum fail sheet_read(struct fill *fill, const struct city_staff *staff, const char *sheet,
                                const char *filter, struct str value, struct message *reply);
MUST_CHECK enum fail list_import(struct fill *fill, enum import_kind kind, const struct sheet *sheet);
/* Somebody holds a card to the reader; whether it is let in is not asked. */
MUST_CHECK enum fail card_present(struct fill *fill, const char *stem);
const struct city_staff *staff_named(const struct fill *fill, const char *stem);

/* fill_applications.c: applications in every state of their way, two of them granted. */
MUST_CHECK enum fail applications_fill(struct fill *fill);

/* fill_endings.c: what happened to accounts on the days after since up to day, before anybody asks on day. */
MUST_CHECK enum fail endings_live(struct fill *fill, struct date since, struct date day);
/* Accounts opened there are in the grants already, or ended: not to be opened by the list of all. */
bool endings_has(const struct city *city, struct str id_no);
/* What waits for somebody in the evening of the last day. */
MUST_CHECK enum fail evening_fill(struct fill *fill);

#endif
