/* A question on its way: asked of the source, waited for, reduced to an answer, decided again. */
#include <stdio.h>
#include <string.h>

#include "keeper/people.h"
#include "keeper/plan.h"
#include "source/paste.h"

/* --- asking --- */

static void waiter_add(struct question *question, const struct act *act)
{
	struct waiter *waiter = &question->waiters[question->waiter_count];

	if (!act->message || question->waiter_count == WAITERS_MAX)
		return;
	*waiter = (struct waiter){ .connection = act->connection, .message = act->message->id };
	snprintf(waiter->token, sizeof waiter->token, "%.*s", STR_FMT(act->token));
	question->waiter_count++;
}

bool question_wait(struct act *act, uint64_t asked)
{
	struct question *question = questions_find(&act->keeper->questions, (struct query_id){ asked });

	if (question)
		waiter_add(question, act);
	return question != NULL;
}

static enum fail reply_waiting(struct act *act)
{
	struct message reply = reply_to(act, MESSAGE_ANSWER);

	reply_verdict(act, &reply);
	reply.head[0].text = STR("waiting");
	reply_put_u64(act, &reply, "asked_entry", act->first_entry);
	reply_session(act, &reply);
	reply_send(act, &reply);
	return OK;
}

static const struct event_query_asked *asked_event(const struct act *act)
{
	for (size_t i = 0; i < act->events.count; i++)
		if (act->events.at[i].kind == EVENT_query_asked)
			return &act->events.at[i].query_asked;
	return NULL;
}

/* The question has its entry; the plan leaves when the group is durable, and never before. */
enum fail question_open(struct act *act)
{
	const struct event_query_asked *asked = asked_event(act);
	int64_t patience_ms = parameter_int(&act->facts.parameters, PARAMETER_SOURCE_TIMEOUT_SECONDS) * 1000;
	enum person_kind kind;
	struct source_plan plan;

	assert(asked);
	if (asked->waits_for == WAITS_PERSON)
		return reply_waiting(act);
	TRY(plan_make(act, asked->item, asked->range, asked->anchor, asked->person, &plan, &kind));
	plan.patience_ms = patience_ms;
	struct question *question = questions_add(&act->keeper->questions,
	                                          (struct query_id){ act->last_entry });
	question->session = act->facts.session.id;
	question->asker = act->facts.me;
	question->subject_kind = kind;
	question->subject_born = plan.born;
	question->until_ms = keeper_mono_ms(act->keeper) + patience_ms;
	source_plan_pack(&question->plan, &plan);
	waiter_add(question, act);
	return questions_send(act->keeper);
}

/* Every question that no courier has goes to the next courier in turn. */
enum fail questions_send(struct keeper *keeper)
{
	struct questions *questions = &keeper->questions;
	uint64_t courier;

	for (size_t i = questions->count; i > 0 && questions->at[i - 1]->courier == 0; i--) {
		struct question *question = questions->at[i - 1];
		if (!peer_connection(keeper, PEER_COURIER, &courier))
			return OK;
		struct message order = { .kind = MESSAGE_PLAN, .id = question->id.n };
		order.head = arena_array(&keeper->group, struct pair, 2);
		message_put(&order, "plan", str_copy(&keeper->group, buf_str(&question->plan)));
		message_put(&order, "deadline_ms",
		            str_i64(&keeper->group, question->until_ms - keeper_mono_ms(keeper)));
		outgoing_add(keeper, courier, &order, false);
		question->courier = courier;
	}
	return OK;
}

/* --- reducing --- */

static struct answer_question question_of(const struct act *act, enum person_kind kind, struct date born)
{
	const struct fact_query *query = &act->facts.query;
	struct answer_question question = answer_question_empty();

	question.item = query->item;
	question.range = query->range;
	question.anchor = query->anchor;
	question.today = act->facts.today;
	question.rule = act->facts.rule;
	question.basis = query->basis;
	question.needs_municipality = act->facts.basis.municipality;
	question.rules = act->facts.answer_rules;
	question.person = kind;
	question.registration_is_live = kind == PERSON_REGISTERED;
	question.born = born;
	return question;
}

/* The digest of the rows is keyed, because rows can be guessed from a known trip. */
static enum fail delivery_take(struct act *act, const struct answer_question *question,
                               const struct rows *rows, struct answer_reduced *out)
{
	struct time_text period = time_quarter(act->facts.now_ms);
	struct tag tag;

	*out = answer_reduce(act->arena, question, rows);
	if (out->rows_text.len) {
		TRY(vault_tag(act->keeper->vault, str_from(period.text), out->rows_text, &tag));
		out->delivery.rows_digest =
			str_copy(act->arena, str_slice(str_from(tag.text), VAULT_PERIOD_CHARS + 1, 43));
	}
	act->facts.delivery = out->delivery;
	return OK;
}

static void shown_keep(struct act *act, const struct answer_reduced *reduced)
{
	if (act->verdict.refusal == REFUSED_NOT && (reduced->shown.len || reduced->later_table.len))
		shown_add(&act->keeper->shown, act->facts.query.id, act->facts.session.id, reduced->shown,
		          reduced->later_table);
}

/* --- telling --- */

struct told {
	struct str state, answer, table, result, rule;
	struct str answer_values, table_values; /* of what was made a moment ago; "" of what was opened */
	bool released;
	uint64_t ended_entry;
};

static enum fail told_find(struct act *act, uint64_t asked, struct told *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(act->keeper->tables, TABLES_keeper_question, VALUES(VALUE_INT("asked", asked)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows) ? rows_fail(&rows) : FAIL_NOT_FOUND;
	*out = (struct told){ .state = rows_copy(&rows, 0, act->arena), .answer = STR(""),
		              .table = STR(""), .result = rows_copy(&rows, 5, act->arena),
		              .answer_values = STR(""), .table_values = STR(""),
		              .ended_entry = (uint64_t)rows_i64(&rows, 6),
		              .released = !rows_is_null(&rows, 7),
		              .rule = rows_copy(&rows, 8, act->arena) };
	if (!rows_is_null(&rows, 1))
		TRY(document_open(act, rows_i64(&rows, 1), rows_text(&rows, 2), &out->answer));
	if (!rows_is_null(&rows, 3)) /* sealed only where the decision rests on it: shown at once */
		TRY(document_open(act, rows_i64(&rows, 3), rows_text(&rows, 4), &out->table));
	return OK;
}

/* The same from the events just written: what was sealed a moment ago need not be opened again. */
static struct told told_of(const struct act *act, const struct answer_reduced *reduced)
{
	struct told told = { .state = STR("failed"), .answer = STR(""), .table = STR(""), .result = STR(""),
		             .rule = STR(""), .ended_entry = act->last_entry,
		             .answer_values = STR(""), .table_values = STR("") };

	for (size_t i = 0; i < act->events.count; i++) {
		const struct event *event = &act->events.at[i];
		if (event->kind == EVENT_query_answered) {
			told.state = STR("answered");
			told.answer = event->query_answered.answer.content;
			told.table = event->query_answered.day_table.content;
			told.answer_values = reduced->answer_values;
			told.table_values = reduced->table_values;
		} else if (event->kind == EVENT_query_withheld) {
			told.state = STR("withheld");
			told.rule = event->query_withheld.rule;
		} else if (event->kind == EVENT_query_failed) {
			told.result = word_code(&result_class_words, (int)event->query_failed.result);
		}
	}
	return told;
}

static void told_put(struct act *act, uint64_t asked, const struct told *told, struct message *reply)
{
	const struct shown *shown = shown_find(&act->keeper->shown, (struct query_id){ asked },
	                                       act->facts.session.id);
	bool has_rows = shown && shown->answer.len;
	struct str table = told->table;

	if (told->released && table.len == 0 && shown)
		table = str_copy(act->arena, shown->later_table);
	if (told->answer.len)
		message_put(reply, "answer", has_rows ? str_copy(act->arena, shown->answer) : told->answer);
	if (told->answer_values.len && !has_rows)
		message_put(reply, "answer_values", told->answer_values);
	if (table.len)
		message_put(reply, "day_table", table);
	if (told->table_values.len)
		message_put(reply, "day_table_values", told->table_values);
	if (act->unread.row_count)
		message_sheet(reply, act->unread);
}

enum fail question_put(struct act *act, uint64_t asked, struct message *reply)
{
	struct told told;

	TRY(told_find(act, asked, &told));
	told_put(act, asked, &told, reply);
	return OK;
}

static enum fail told_send(struct act *act, uint64_t asked, const struct told *told)
{
	struct message reply = reply_to(act, MESSAGE_ANSWER);

	act->verdict = (struct verdict){ .refusal = refusal_find(told->rule) };
	act->first_entry = asked;
	act->last_entry = told->ended_entry ? told->ended_entry : asked;
	reply_verdict(act, &reply);
	if (str_is(told->state, "open"))
		reply.head[0].text = STR("waiting");
	if (str_is(told->state, "failed")) {
		reply.head[0].text = STR("failed");
		message_put(&reply, "fail", told->result);
	}
	reply_put_u64(act, &reply, "asked_entry", asked);
	told_put(act, asked, told, &reply);
	reply_session(act, &reply);
	reply_send(act, &reply);
	return OK;
}

/* The outcome of a question as its entries tell it, whoever asks again. */
enum fail question_reply(struct act *act, uint64_t asked)
{
	struct told told;

	TRY(told_find(act, asked, &told));
	return told_send(act, asked, &told);
}

/* --- delivering --- */

static struct rows rows_of_message(struct act *act, enum item item)
{
	struct rows rows;
	struct str bytes = message_get(act->message, "rows");

	if (bytes.len == 0)
		return rows_empty(item, RESULT_ERROR);
	if (rows_unpack(act->arena, bytes, &rows) != OK || rows.item != item)
		return rows_empty(item, RESULT_MALFORMED);
	return rows;
}

/* What came is decided again: an officer blocked or a case closed meanwhile sees nothing. */
static enum fail deliver(struct keeper *keeper, struct question *question, const struct act *from,
                         enum result_class failed)
{
	struct act act = act_of(keeper, 0, 0, from ? from->message : NULL);
	struct answer_reduced reduced;

	act.command = command_new(COMMAND_deliver);
	act.command.channel = CHANNEL_INTERNAL;
	act.command.deliver.asked = question->id;
	act.facts.session.id = question->session;
	TRY(corridor_enter(&act));
	struct rows rows = from ? rows_of_message(&act, act.facts.query.item)
	                        : rows_empty(act.facts.query.item, failed);
	struct answer_question ask = question_of(&act, question->subject_kind, question->subject_born);
	TRY(delivery_take(&act, &ask, &rows, &reduced));
	act.verdict = law_decide(act.arena, &act.facts, &act.command);
	TRY(corridor_leave(&act));
	shown_keep(&act, &reduced);
	struct told told = told_of(&act, &reduced);
	for (size_t i = 0; i < question->waiter_count; i++) {
		struct message asked = { .kind = MESSAGE_COMMAND, .id = question->waiters[i].message };
		struct act waiter = act;
		waiter.connection = question->waiters[i].connection;
		waiter.message = &asked;
		waiter.token = str_copy(act.arena, str_from(question->waiters[i].token));
		TRY(told_send(&waiter, question->id.n, &told));
	}
	questions_remove(&keeper->questions, question->id);
	return OK;
}

enum fail handle_rows(struct act *act)
{
	struct question *question = questions_find(&act->keeper->questions,
	                                           (struct query_id){ act->message->id });

	/* Whoever answers after the deadline, or what was not asked, is not heard. */
	if (!question || question->courier != act->connection)
		return OK;
	return deliver(act->keeper, question, act, RESULT_ERROR);
}

/* Nothing that was pasted is dropped silently: each line that was not read is told with its reason. */
static struct sheet unread_sheet(struct arena *arena, const struct paste *paste)
{
	static const struct str columns[] = { STR_INIT("line"), STR_INIT("field"), STR_INIT("why") };
	struct sheet sheet = sheet_new(arena, STR("problems"), columns, ARRAY_LEN(columns));

	for (size_t i = 0; i < paste->problem_count && i < PASTE_PROBLEMS_MAX; i++) {
		struct str *row = sheet_row_add(arena, &sheet);
		row[0] = str_u64(arena, paste->problems[i].line);
		row[1] = paste->problems[i].column;
		row[2] = str_from(paste->problems[i].why);
	}
	return sheet;
}

enum fail question_pasted(struct act *act)
{
	struct command_paste_answer *said = &act->command.paste_answer;
	const struct fact_query *query = &act->facts.query;
	struct answer_reduced reduced;
	struct source_plan plan;
	struct paste paste = { 0 };
	enum person_kind kind;
	const char *why;

	if (query->id.n == 0)
		return OK;
	TRY(plan_make(act, query->item, query->range, query->anchor, query->subject, &plan, &kind));
	struct paste_ask ask = { query->item, said->result, plan.columns, plan.numbers, plan.number_count,
		                 plan.first, plan.last, query->range == RANGE_HISTORY, act->facts.now_ms };
	enum fail fail = paste_read(act->arena, said->lines, &ask, &paste, &why);
	struct answer_question question = question_of(act, kind, plan.born);
	struct rows rows = fail == OK ? paste.rows : rows_empty(query->item, RESULT_MALFORMED);
	TRY(delivery_take(act, &question, &rows, &reduced));
	act->facts.delivery.unreadable = fail == FAIL_SYNTAX || fail == FAIL_TOO_LARGE;
	act->facts.delivery.mixed = fail == FAIL_CONFLICT;
	act->verdict = law_decide(act->arena, &act->facts, &act->command);
	act->unread = unread_sheet(act->arena, &paste);
	if (act->verdict.refusal == REFUSED_PASTE_UNREADABLE || act->verdict.refusal == REFUSED_PASTE_MIXED)
		act->verdict.detail = why;
	shown_keep(act, &reduced);
	return OK;
}

/* --- time --- */

static enum fail expire(struct keeper *keeper, uint64_t asked, enum result_class result)
{
	struct command command = command_new(COMMAND_expire_query);

	command.expire_query.asked.n = asked;
	command.expire_query.result = result;
	return corridor_internal(keeper, &command, (struct session_id){ 0 });
}

static enum fail overdue_expire(struct keeper *keeper, int statement, enum result_class result)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	uint64_t entries[64];
	size_t count = 0;

	TRY(store_ask(keeper->tables, statement, VALUES(VALUE_INT("now", keeper_wall_ms(keeper))), &rows));
	while (count < ARRAY_LEN(entries) && rows_next(&rows))
		entries[count++] = (uint64_t)rows_i64(&rows, 0);
	TRY(rows_fail(&rows));
	rows_end(&rows);
	for (size_t i = 0; i < count; i++)
		TRY(expire(keeper, entries[i], result));
	return count == ARRAY_LEN(entries) ? overdue_expire(keeper, statement, result) : OK;
}

/* A dropped group may have taken the answer of a question with it: nobody waits for that one any more. */
static enum fail orphans_expire(struct keeper *keeper)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	uint64_t entries[256];
	size_t count = 0;

	TRY(store_ask(keeper->tables, TABLES_queries_of_courier, NO_VALUES, &rows));
	while (count < ARRAY_LEN(entries) && rows_next(&rows)) {
		uint64_t asked = (uint64_t)rows_i64(&rows, 0);
		if (!questions_find(&keeper->questions, (struct query_id){ asked }))
			entries[count++] = asked;
	}
	TRY(rows_fail(&rows));
	rows_end(&rows);
	for (size_t i = 0; i < count; i++)
		TRY(expire(keeper, entries[i], RESULT_ERROR));
	keeper->dropped = count == ARRAY_LEN(entries);
	return OK;
}

enum fail questions_tick(struct keeper *keeper)
{
	int64_t now_ms = keeper_mono_ms(keeper);

	for (size_t i = 0; i < keeper->questions.count;) {
		if (keeper->questions.at[i]->until_ms > now_ms)
			i++;
		else
			TRY(deliver(keeper, keeper->questions.at[i], NULL, RESULT_TIMEOUT));
	}
	TRY(questions_send(keeper));
	if (keeper->dropped)
		TRY(orphans_expire(keeper));
	return overdue_expire(keeper, TABLES_queries_overdue, RESULT_NOT_ASKED);
}

enum fail questions_restarted(struct keeper *keeper)
{
	return overdue_expire(keeper, TABLES_queries_of_courier, RESULT_RESTARTED);
}
