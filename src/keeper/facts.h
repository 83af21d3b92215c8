/* What the law needs to know, read from the tables and, where a rule needs them, from sealed
 * documents: one load a command, only what that command needs. */
#ifndef YOUJU_KEEPER_FACTS_H
#define YOUJU_KEEPER_FACTS_H

#include "law/facts.h"
#include "store/store.h"
#include "vault/vault.h"

/* Offices, bases, parameters and calendar: small, asked for by nearly every command, changed rarely.
 * Good as long as log_state.rules_entry and the day stand still, so nobody has to invalidate it. */
struct facts_cache;
struct facts_cache *facts_cache_open(void);
void facts_cache_close(struct facts_cache **cache); /* NULL is fine */

struct facts_context {
	struct arena *arena; /* of the request; facts live there, opened documents too: use a secret one */
	struct store *tables;
	struct vault *vault;
	struct facts_cache *cache;
	int64_t wall_ms; /* the clock as it stands, which may be before facts->now_ms; 0: now_ms */
};

/* The caller has set now_ms, today, next_entry, and where there are: session (its id is enough, then
 * person and liveness are read; with a person it is believed) and me, card and second_card (but for
 * bound_to and matches), new_token, new_code, delivery. Everything else is filled in here, whatever it was
 * before. For deliver the session is that of the question. Texts of offices, bases and parameters
 * are good until the second next call, all else as long as the arena.
 * FAIL_UNTRUSTED or FAIL_CORRUPT when a document or a row is not what it must be; and the failures
 * of store and vault. */
MUST_CHECK enum fail facts_load(struct facts_context *context, const struct command *command,
                                struct facts *facts);

/* To whom a card is bound, and whether it still is. */
MUST_CHECK enum fail load_holder(struct facts_context *context, struct fact_card *card);

/* Nth working day after a day, by the calendar as cached: Monday to Friday but holidays, and make-up
 * workdays. For tests and due dates made by the keeper. */
MUST_CHECK enum fail facts_workday_after(struct facts_context *context, struct date day, int64_t count,
                                         struct date *out);
/* The parameters in force on a day, and their version. */
MUST_CHECK enum fail facts_parameters(struct facts_context *context, struct date today,
                                      struct parameters *out);
/* Whether people work on a day, by the calendar as facts_parameters found it last. */
bool facts_is_workday(const struct facts_context *context, struct date day);

#endif
