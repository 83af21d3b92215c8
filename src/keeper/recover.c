/* After every start: tables follow the log, the vault holds no document without an entry, orders
 * that were not carried out are carried out. */
#include "keeper/parts.h"

#include <string.h>

#include "base/diag.h"
#include "keeper/rebuild.h"

static enum fail opened_read(struct keeper *keeper)
{
	struct event event;
	struct str bytes;

	TRY(ledger_read(keeper->ledger, 0, &keeper->group, &bytes));
	TRY(event_decode(&keeper->group, bytes, &event));
	if (event.kind != EVENT_log_opened)
		return FAIL_CORRUPT;
	keeper->demo = event.log_opened.demo;
	keeper->origin = str_copy(&keeper->kept, event.log_opened.origin);
	return OK;
}

static enum fail entry_read(struct keeper *keeper, struct arena *arena, uint64_t index, struct event *out)
{
	struct str bytes;

	TRY(ledger_read(keeper->ledger, index, arena, &bytes));
	return event_decode(arena, bytes, out);
}

/* While a clock that went back has not caught up, every entry bears the instant of the newest before the
 * step. Backwards through those: what two people accepted, or one has to accept yet, holds over a
 * restart. */
static enum fail step_recall(struct keeper *keeper, uint64_t last)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 20);
	struct clock *clock = &keeper->clock;
	bool accepted = false;

	for (uint64_t i = 0; i <= last; i++) {
		struct event event;
		arena_empty(&arena);
		TRY(entry_read(keeper, &arena, last - i, &event));
		if (event.at_ms < clock->last_at_ms)
			return OK;
		accepted = accepted || event.kind == EVENT_clock_accepted;
		if (event.kind != EVENT_clock_stepped)
			continue;
		clock->stepped = !accepted;
		if (accepted)
			clock->last_read_ms = event.clock_stepped.clock;
		return OK;
	}
	return OK;
}

static enum fail last_at_read(struct keeper *keeper)
{
	uint64_t last = ledger_size(keeper->ledger) - 1;
	struct event event;

	TRY(entry_read(keeper, &keeper->group, last, &event));
	keeper->clock.last_at_ms = keeper->clock.last_read_ms = event.at_ms;
	return keeper_wall_ms(keeper) < event.at_ms ? step_recall(keeper, last) : OK;
}

static enum fail documents_sweep(struct keeper *keeper)
{
	int64_t removed;

	TRY(vault_sweep(keeper->vault, ledger_size(keeper->ledger), &removed));
	if (removed)
		diag_info("removed %lld documents of entries that the log does not hold", (long long)removed);
	return OK;
}

enum fail sessions_load(struct keeper *keeper)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	AUTO(arena_close) struct arena arena = arena_open(1 << 26);
	int64_t now_ms = keeper_mono_ms(keeper);

	TRY(store_ask(keeper->tables, TABLES_keeper_sessions, NO_VALUES, &rows));
	while (rows_next(&rows)) {
		struct session session = { .id = { (uint64_t)rows_i64(&rows, 0) },
			                   .person = { (uint64_t)rows_i64(&rows, 1) },
			                   .since_ms = rows_i64(&rows, 2), .last_used_ms = now_ms,
			                   .name = STR("") };
		struct str digest;
		int channel, method;
		TRY(base64url_read(&arena, rows_text(&rows, 3), &digest));
		TRY(word_find(&channel_words, rows_text(&rows, 4), &channel));
		if (digest.len != HASH_BYTES)
			return FAIL_CORRUPT;
		memcpy(session.digest.at, digest.at, HASH_BYTES);
		session.channel = (enum channel)channel;
		TRY(word_find(&sign_in_method_words, rows_text(&rows, 5), &method));
		session.method = (enum sign_in_method)method;
		session.card = hash_bytes(rows_text(&rows, 6));
		sessions_add(&keeper->sessions, &session);
	}
	return rows_fail(&rows);
}

/* What the caches may have taken from entries that do not stand. */
enum fail caches_reload(struct keeper *keeper)
{
	uint64_t size = ledger_size(keeper->ledger) + ledger_staged(keeper->ledger);

	sessions_empty(&keeper->sessions);
	while (keeper->questions.count &&
	       keeper->questions.at[keeper->questions.count - 1]->id.n >= size)
		questions_remove(&keeper->questions, keeper->questions.at[keeper->questions.count - 1]->id);
	return sessions_load(keeper);
}

static enum fail unfinished_finish(struct keeper *keeper)
{
	struct mark mark;

	TRY(mark_set(keeper, &mark));
	TRY(questions_restarted(keeper));
	TRY(erasures_do(keeper));
	return keeper_settle(keeper);
}

enum fail keeper_recover(struct keeper *keeper)
{
	if (ledger_size(keeper->ledger) == 0)
		return FAIL_NOT_FOUND;
	TRY(opened_read(keeper));
	TRY(last_at_read(keeper));
	if (keeper->options.now_ms && !keeper->demo)
		return FAIL_CONFLICT;
	TRY(tables_follow(keeper->tables, keeper->ledger));
	TRY(documents_sweep(keeper));
	TRY(sessions_load(keeper));
	TRY(request_numbers_load(&keeper->request_numbers, keeper->tables, ledger_size(keeper->ledger)));
	arena_empty(&keeper->group);
	return unfinished_finish(keeper);
}
