/* What ends without a human (C03, G3.6): once a day, at the first tick of a new day. A block that was
 * entered ahead begins with its day; accounts that nobody used are suspended, later terminated. */
#include "keeper/parts.h"

enum { AT_ONCE = 256, SUSPENDED_AT_ONCE = 64 };

static enum fail entries_find(struct keeper *keeper, int statement, struct store_values values,
                              uint64_t out[AT_ONCE], size_t *count_out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	*count_out = 0;
	TRY(store_ask(keeper->tables, statement, values, &rows));
	while (*count_out < AT_ONCE && rows_next(&rows))
		out[(*count_out)++] = (uint64_t)rows_i64(&rows, 0);
	return rows_fail(&rows);
}

/* Each returns whether there may be more than could be done at once. */
static enum fail sessions_blocked_end(struct keeper *keeper, struct date today, bool *more)
{
	struct command end = command_new(COMMAND_end_session);
	uint64_t sessions[AT_ONCE];
	size_t count;

	TRY(entries_find(keeper, TABLES_sessions_blocked, VALUES(VALUE_INT("today", today.day)), sessions, &count));
	end.end_session.cause = OUT_BLOCKED;
	for (size_t i = 0; i < count; i++) {
		end.end_session.ended_session.n = sessions[i];
		TRY(corridor_internal(keeper, &end, end.end_session.ended_session));
	}
	*more |= count == AT_ONCE;
	return OK;
}

static enum fail idle_suspend(struct keeper *keeper, struct date today, int64_t days, bool *more)
{
	struct date before = date_add(today, 1 - (int32_t)days);
	struct command suspend[SUSPENDED_AT_ONCE];
	size_t count = 0;
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(keeper->tables, TABLES_accounts_idle,
	              VALUES(VALUE_INT("used_before", date_local_start_ms(before))), &rows));
	while (count < ARRAY_LEN(suspend) && rows_next(&rows)) {
		suspend[count] = command_new(COMMAND_suspend_idle);
		suspend[count].suspend_idle.person.n = (uint64_t)rows_i64(&rows, 0);
		suspend[count++].suspend_idle.office = rows_copy(&rows, 1, &keeper->group);
	}
	TRY(rows_fail(&rows));
	rows_end(&rows);
	for (size_t i = 0; i < count; i++)
		TRY(corridor_internal(keeper, &suspend[i], (struct session_id){ 0 }));
	*more |= count == ARRAY_LEN(suspend);
	return OK;
}

static enum fail idle_terminate(struct keeper *keeper, struct date today, int64_t days, bool *more)
{
	struct date before = date_add(today, -(int32_t)days);
	struct command terminate = command_new(COMMAND_terminate_idle);
	uint64_t blocks[AT_ONCE];
	size_t count;

	TRY(entries_find(keeper, TABLES_blocks_idle_over, VALUES(VALUE_INT("used_before", before.day)), blocks, &count));
	for (size_t i = 0; i < count; i++) {
		terminate.terminate_idle.block.n = blocks[i];
		TRY(corridor_internal(keeper, &terminate, (struct session_id){ 0 }));
	}
	*more |= count == AT_ONCE;
	return OK;
}

enum fail endings_tick(struct keeper *keeper)
{
	struct date today = time_local_date(keeper_wall_ms(keeper));
	struct facts_context context = { &keeper->group, keeper->tables, keeper->vault, keeper->cache,
		                         keeper_wall_ms(keeper) };
	struct parameters parameters;
	bool more = false;

	if (keeper->endings_swept.day == today.day || keeper->clock.stepped)
		return OK;
	TRY(facts_parameters(&context, today, &parameters));
	TRY(sessions_blocked_end(keeper, today, &more));
	TRY(idle_suspend(keeper, today, parameter_int(&parameters, PARAMETER_ACCOUNT_IDLE_SUSPEND_DAYS), &more));
	TRY(idle_terminate(keeper, today, parameter_int(&parameters, PARAMETER_ACCOUNT_IDLE_TERMINATE_DAYS), &more));
	if (!more)
		keeper->endings_swept = today; /* otherwise the next tick goes on */
	return OK;
}
