/* A keeper without processes around it: the demonstration office, the benchmarks and tests give it
 * messages directly and play courier themselves. */
#ifndef YOUJU_DEMO_INSIDE_H
#define YOUJU_DEMO_INSIDE_H

#include "keeper/keeper.h"

struct inside; /* end with inside_close */

/* Opens the stores of dir. Questions to the source are answered from DIR/source.db when it is there. */
MUST_CHECK enum fail inside_open(const char *dir, struct inside **out);
void inside_close(struct inside **inside); /* NULL is fine */

/* Runs the messages as one group and what follows from them, until each has its reply.
 * replies[i] answers messages[i]; their texts live in the arena. At most GROUP_MAX messages. Each is
 * given a fresh id. FAIL_TIMEOUT when a reply never came. */
MUST_CHECK enum fail inside_call(struct inside *inside, struct arena *arena, enum peer peer,
                                 struct message *messages, size_t count, struct message *replies);

/* What the keeper does by itself when time has passed: once is enough after each move of the clock. */
MUST_CHECK enum fail inside_tick(struct inside *inside);

#endif
