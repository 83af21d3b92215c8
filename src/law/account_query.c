/* What a question and its fate write. */
#include "law/decide.h"

static enum waits_for way_of_asking(const struct facts *facts, const struct command_ask *ask)
{
	if (ask->waits_for)
		return ask->waits_for;
	return parameter_is(&facts->parameters, PARAMETER_SOURCE_WAY, "person") ? WAITS_PERSON : WAITS_COURIER;
}

static int64_t due_of(const struct facts *facts, enum waits_for waits_for)
{
	int64_t seconds = parameter_int(&facts->parameters, PARAMETER_SOURCE_TIMEOUT_SECONDS);

	return waits_for == WAITS_PERSON ? facts->workday_due_ms : facts->now_ms + seconds * 1000;
}

void account_ask(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_ask *ask = &command->ask;
	struct event_query_asked *event = &events_add(out, EVENT_query_asked)->query_asked;

	event->case_id = facts->case_.id;
	event->party_no = facts->subject.party_no;
	event->person = facts->subject.person;
	event->basis = ask->legal_basis;
	event->purpose = ask->purpose;
	event->item = ask->item;
	event->range = ask->range;
	event->anchor = ask->anchor_date;
	event->channel = command->channel;
	event->waits_for = way_of_asking(facts, ask);
	event->due = due_of(facts, event->waits_for);
	event->rule = facts->rule;
	event->reason_code = ask->reason_code;
	if (ask->reason.len)
		event->reason = document_of(ask->reason);
	if (needs_acceptance(facts, ask))
		event->accept_by = facts->accept_by;
	if (ask->authorization.len)
		event->authorization = str_printf(out->arena, "%llu",
		                                  (unsigned long long)facts->authorization.entry.n);
}

static void query_failed(const struct facts *facts, enum result_class result, struct events *out)
{
	struct event_query_failed *event = &events_add(out, EVENT_query_failed)->query_failed;

	event->asked = facts->query.id;
	event->result = result;
}

/* T18: every answer that needs a person has an owner and a due date. */
static void review_fill(const struct facts *facts, struct event_query_answered *event)
{
	int64_t days = parameter_int(&facts->parameters, PARAMETER_REVIEW_DUE_DAYS);

	if (event->verdict != ANSWER_NEEDS_REVIEW)
		return;
	event->review_owner = facts->query.asker;
	event->review_by = date_add(facts->today, (int32_t)days);
}

static void query_answered(const struct facts *facts, struct events *out)
{
	const struct fact_delivery *delivery = &facts->delivery;
	struct event_query_answered *event = &events_add(out, EVENT_query_answered)->query_answered;

	event->asked = facts->query.id;
	event->result = delivery->result;
	event->verdict = delivery->verdict;
	event->reasons = delivery->reasons;
	event->rule = facts->rule;
	event->row_count = delivery->row_count;
	event->fields = delivery->fields;
	event->data_as_of = delivery->data_as_of;
	event->answer = document_of(delivery->answer);
	if (delivery->day_table.len)
		event->day_table = document_of(delivery->day_table);
	event->rows_digest = delivery->rows_digest;
	if (delivery->unread_lines)
		event->unread_lines = delivery->unread_lines;
	review_fill(facts, event);
}

/* The source's answer becomes an answer only with a verdict; otherwise the question has failed, and
 * each way of failing keeps its name. */
static void query_closed(const struct facts *facts, struct events *out)
{
	if (facts->delivery.verdict)
		query_answered(facts, out);
	else
		query_failed(facts, facts->delivery.result, out);
}

void account_deliver(const struct facts *facts, const struct command *command, struct events *out)
{
	(void)command;
	query_closed(facts, out);
}

void account_paste_answer(const struct facts *facts, const struct command *command, struct events *out)
{
	(void)command;
	query_closed(facts, out);
}

void account_expire_query(const struct facts *facts, const struct command *command, struct events *out)
{
	query_failed(facts, command->expire_query.result, out);
}

void account_release_day_table(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_release_day_table *ask = &command->release_day_table;
	struct event_day_table_released *event = &events_add(out, EVENT_day_table_released)->day_table_released;

	event->asked = facts->query.id;
	event->reason_code = ask->reason_code;
	if (ask->reason.len)
		event->reason = document_of(ask->reason);
}

void account_accept_query(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_accept_query *ask = &command->accept_query;
	struct event_query_accepted *event = &events_add(out, EVENT_query_accepted)->query_accepted;

	event->asked = facts->query.id;
	event->person = facts->me;
	event->justified = ask->justified;
	if (!ask->justified)
		event->explain_by = facts->accept_by;
	if (ask->remark.len)
		event->remark = document_of(ask->remark);
}

void account_explain_query(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_query_explained *event = &events_add(out, EVENT_query_explained)->query_explained;

	event->asked = facts->query.id;
	event->explanation = document_of(command->explain_query.explanation);
}
