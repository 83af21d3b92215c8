/* What the files of filling the demonstration office share; nobody else includes it. */
#ifndef YOUJU_DEMO_FILL_PARTS_H
#define YOUJU_DEMO_FILL_PARTS_H

#include "base/cert_cms.h"
#include "demo/fill.h"

struct fill {
	struct arena *arena; /* cards, what went wrong */
	struct arena step;   /* one message and its reply */
	const struct city *city;
	const char *dir;
	const struct fill_wire *wire;
	uint64_t next_id;
	int64_t now_ms;      /* the keeper's clock as we set it */
	struct card cards[CITY_STAFF];
	struct fill_counts counts;
	struct str why;
};

struct pair_text { const char *name; struct str text; };

#define FIELDS(...) (const struct pair_text[]){ __VA_ARGS__ }, \
	ARRAY_LEN(((const struct pair_text[]){ __VA_ARGS__ }))

MUST_CHECK enum fail fill_clock(struct fill *fill, int64_t at_ms, bool real);
/* A command without which the city would not be what it is, signed by who gives it (and by a second
 * person where two are needed). FAIL_CONFLICT, and why, when it was not granted. */
MUST_CHECK enum fail command_must(struct fill *fill, const struct city_staff *staff, const struct city_staff *second,
                                  const char *name, const struct pair_text *fields, size_t count,
                                  struct message *reply);
/* One list with one filter (NULL: none), read by that person. */
MUST_CHECK enum fail sheet_read(struct fill *fill, const struct city_staff *staff, const char *sheet,
                                const char *filter, struct str value, struct message *reply);
const struct city_staff *staff_named(const struct fill *fill, const char *stem);

/* fill_applications.c: applications in every state of their way, two of them granted. */
MUST_CHECK enum fail applications_fill(struct fill *fill);

#endif
