/* A request that comes again: people press twice, networks repeat. The first outcome is the outcome. */
#include "keeper/parts.h"

/* A keyed digest, because contents can be guessed: under the tag key of the period when the request
 * came first, which its own text names. */
enum fail request_content(struct act *act, struct str canonical, struct str *out)
{
	struct time_text period = time_quarter(keeper_wall_ms(act->keeper));
	struct tag tag;

	TRY(vault_tag(act->keeper->vault, str_from(period.text), canonical, &tag));
	*out = str_copy(act->arena, str_from(tag.text));
	return OK;
}

static enum fail same_content(struct act *act, struct str before, bool *out)
{
	struct str canonical = command_canonical(act->arena, &act->command);
	struct str period = str_slice(before, 0, VAULT_PERIOD_CHARS);
	struct tag tag;

	if (str_eq(before, act->command.content)) {
		*out = true;
		return OK;
	}
	*out = false;
	if (before.len != TAG_CHARS || str_starts(act->command.content, period))
		return OK;
	TRY(vault_tag(act->keeper->vault, period, canonical, &tag));
	*out = str_is(before, tag.text);
	return OK;
}

enum fail request_seen(struct act *act, struct seen *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	*out = (struct seen){ 0 };
	if (act->facts.me.n == 0)
		return OK;
	uint64_t entry = request_numbers_find(&act->keeper->request_numbers, act->facts.me, act->command.request);
	if (!entry)
		return OK;
	TRY(store_ask(act->keeper->tables, TABLES_request_of,
	              VALUES(VALUE_INT("entry", entry), VALUE_INT("person", act->facts.me.n),
	                     VALUE_TEXT("request", act->command.request)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	out->found = true;
	out->entry = entry;
	return same_content(act, rows_text(&rows, 0), &out->same);
}

static enum fail refused_before(struct act *act, struct str rule)
{
	act->verdict = (struct verdict){ .refusal = refusal_find(rule) };
	assert(act->verdict.refusal != REFUSED_NOT);
	return OK;
}

/* The question whose state was the answer to a command that caused this entry; 0: none was. */
static uint64_t question_behind(const struct event *event, uint64_t entry)
{
	if (event->kind == EVENT_query_asked)
		return entry;
	if (event->kind == EVENT_query_answered)
		return event->query_answered.asked.n;
	if (event->kind == EVENT_query_failed)
		return event->query_failed.asked.n;
	return event->kind == EVENT_day_table_released ? event->day_table_released.asked.n : 0;
}

/* An entry of this very group is not in the ledger yet: whoever repeats that fast asks again. */
enum fail request_answer(struct act *act, uint64_t entry)
{
	struct message reply = reply_to(act, MESSAGE_ANSWER);
	struct event event;
	struct str bytes;

	if (entry >= ledger_size(act->keeper->ledger))
		return FAIL_BUSY;
	TRY(ledger_read(act->keeper->ledger, entry, act->arena, &bytes));
	TRY(event_decode(act->arena, bytes, &event));
	act->first_entry = act->last_entry = entry;
	if (event.kind == EVENT_query_refused)
		TRY(refused_before(act, event.query_refused.rule));
	else if (event.kind == EVENT_command_refused)
		TRY(refused_before(act, event.command_refused.rule));
	uint64_t asked = question_behind(&event, entry);
	if (asked)
		return question_wait(act, asked) ? OK : question_reply(act, asked);
	reply_verdict(act, &reply);
	reply_session(act, &reply);
	reply_send(act, &reply);
	return OK;
}
