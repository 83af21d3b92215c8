/* Lives the demonstration city's past year: the same signed messages that the command line sends, at
 * the times when people would have sent them, into a keeper of a demo log. */
#ifndef YOUJU_DEMO_FILL_H
#define YOUJU_DEMO_FILL_H

#include "counter/message.h"
#include "demo/city.h"

/* The way to the keeper, as PEER_COUNTER. Sends one message and waits for its reply, whose texts live
 * on the arena. */
struct fill_wire {
	enum fail (*ask)(void *context, struct arena *arena, const struct message *message,
	                 struct message *reply_out);
	void (*progress)(void *context, const char *what, size_t done, size_t total); /* NULL: nobody looks */
	void *context;
	enum fail (*tick)(void *context); /* a new day: the keeper does what it does by itself; NULL: at its own time */
};

struct fill_counts {
	size_t lists, answered, refused, failed;
};

enum { FILL_ALL = 100000 };

/* dir has the card files of city_cards; the log must be fresh and a demonstration's, opened no later
 * than a year before the day of the city. Runs: first start by bureau-custodian and bureau-supervisor,
 * legal bases (one proposes, the other approves), lists, then at most uses_max questions and, on their
 * days, new and closed cases; now and then somebody asks without right. At the end the keeper's clock
 * is the machine's again. FAIL_CONFLICT when a step that must be granted was not; *why_out (on the
 * arena) then names it. */
MUST_CHECK enum fail city_fill(struct arena *arena, const struct city *city, const char *dir,
                               const struct fill_wire *wire, size_t uses_max, struct fill_counts *out,
                               struct str *why_out);

/* When the log of a filled city begins: 09:00 local, a year and two days before its day. */
int64_t city_fill_start_ms(const struct city *city);

#endif
