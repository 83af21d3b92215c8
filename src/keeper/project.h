/* Entries into tables: every event is applied by the statements named after its kind
 * (store/sql/tables/project_*.sql), so that tables are a function of the log alone. */
#ifndef YOUJU_KEEPER_PROJECT_H
#define YOUJU_KEEPER_PROJECT_H

#include "law/events.h"
#include "store/store.h"

/* Runs project_<kind>, project_<kind>_2 … and, when the event carries a request, project_request.
 * Needs an open transaction; `applied` is the caller's, once a group (project_applied).
 * FAIL_CONFLICT when the entry contradicts what the tables hold, and the store's failures. */
MUST_CHECK enum fail project_event(struct store *tables, const struct event *event, uint64_t entry);

/* The number of entries that the tables hold. */
MUST_CHECK enum fail project_applied(struct store *tables, uint64_t size);
MUST_CHECK enum fail project_position(struct store *tables, uint64_t *size_out);

/* Kinds that change no table: the entry itself is all that is kept of them. */
bool project_is_none(enum event_kind kind);

#endif
