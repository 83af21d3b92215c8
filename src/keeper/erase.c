/* Destroying sealed documents: ordered in the log, done in the vault, confirmed in the log. */
#include "keeper/parts.h"

static enum fail erasure_confirm(struct keeper *keeper, uint64_t order)
{
	struct act act = act_of(keeper, 0, 0, NULL);
	bool step_found;

	act.facts.now_ms = clock_read(keeper, &step_found);
	act.events = events_on(act.arena);
	events_add(&act.events, EVENT_document_erasure_confirmed)->document_erasure_confirmed.erased.n = order;
	return events_stage(&act);
}

/* The order is durable; the key goes, then what held it on disk, then it is confirmed. */
enum fail erasures_do(struct keeper *keeper)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	uint64_t orders[256], documents[256];
	size_t count = 0;

	TRY(store_ask(keeper->tables, TABLES_erasures_open, NO_VALUES, &rows));
	while (count < ARRAY_LEN(orders) && rows_next(&rows)) {
		if ((uint64_t)rows_i64(&rows, 0) >= ledger_size(keeper->ledger))
			break;
		orders[count] = (uint64_t)rows_i64(&rows, 0);
		documents[count++] = (uint64_t)rows_i64(&rows, 1);
	}
	TRY(rows_fail(&rows));
	rows_end(&rows);
	for (size_t i = 0; i < count; i++)
		TRY(vault_erase(keeper->vault, (struct document_id){ documents[i] }));
	enum fail fail = count ? vault_scrub(keeper->vault) : OK;
	if (count == 0 || fail == FAIL_BUSY)
		return OK; /* a reader still looks at what was: the next tick tries again */
	TRY(fail);
	for (size_t i = 0; i < count; i++)
		TRY(erasure_confirm(keeper, orders[i]));
	return OK;
}

/* A day table serves a decision and its appeal; then it goes (result.review_keep_days). */
static enum fail day_table_order(struct keeper *keeper, uint64_t document, struct str digest)
{
	struct act act = act_of(keeper, 0, 0, NULL);
	struct event_document_erased *order;
	bool step_found;

	act.facts.now_ms = clock_read(keeper, &step_found);
	act.events = events_on(act.arena);
	order = &events_add(&act.events, EVENT_document_erased)->document_erased;
	order->document = (struct document){ document, digest, STR("") };
	order->cause = STR("review_keep_days");
	return events_stage(&act);
}

static enum fail day_tables_find(struct keeper *keeper, struct date first, struct date last, size_t *count)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	uint64_t documents[64];
	struct str digests[64];

	*count = 0;
	TRY(store_ask(keeper->tables, TABLES_keeper_day_tables,
	              VALUES(VALUE_INT("first", first.day), VALUE_INT("last", last.day)), &rows));
	while (*count < ARRAY_LEN(documents) && rows_next(&rows)) {
		documents[*count] = (uint64_t)rows_i64(&rows, 0);
		digests[(*count)++] = rows_copy(&rows, 1, &keeper->group);
	}
	TRY(rows_fail(&rows));
	rows_end(&rows);
	for (size_t i = 0; i < *count; i++)
		TRY(day_table_order(keeper, documents[i], digests[i]));
	return OK;
}

/* After a start everything is looked at, later only what became due since the day before. */
enum fail day_tables_order(struct keeper *keeper)
{
	struct date today = time_local_date(keeper_wall_ms(keeper));
	struct date last = date_add(today, -(int32_t)keeper->limits.table_days);
	struct date first = date_is_none(keeper->tables_swept) ? (struct date){ 0 } : date_add(last, -7);
	size_t count;

	if (!date_is_none(keeper->tables_swept) && keeper->tables_swept.day == today.day)
		return OK;
	TRY(day_tables_find(keeper, first, last, &count));
	if (count == 0)
		keeper->tables_swept = today; /* otherwise the next tick looks for more */
	return OK;
}
