/* What the ending of accounts writes. Whatever blocks an account ends its sessions in the same breath. */
#include "law/decide.h"

static struct date days_on(const struct facts *facts, struct date from, enum parameter days)
{
	return date_add(from, (int32_t)parameter_int(&facts->parameters, days));
}

/* Late: a leaver with less notice than asked for, or any change told after its day and the time allowed. */
static bool is_late(const struct facts *facts, const struct command_record_duty_change *ask)
{
	int64_t hours = parameter_int(&facts->parameters, PARAMETER_LEAVER_BLOCK_WITHIN);
	struct date notice = days_on(facts, facts->today, PARAMETER_LEAVER_NOTICE_DAYS);

	if (ask->duty_change == CHANGE_LEFT && ask->effective.day < notice.day)
		return true;
	return facts->now_ms > date_local_start_ms(date_add(ask->effective, 1)) + hours * 3600 * 1000;
}

void account_record_duty_change(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_record_duty_change *ask = &command->record_duty_change;
	struct event_duty_change_recorded *event =
		&events_add(out, EVENT_duty_change_recorded)->duty_change_recorded;
	struct date from = ask->effective.day > facts->today.day ? ask->effective : facts->today;

	event->person = ask->person;
	event->office = ask->office;
	event->duty_change = ask->duty_change;
	event->effective = ask->effective;
	event->terminate_by = days_on(facts, from, PARAMETER_LEAVER_TERMINATE_DAYS);
	event->late = is_late(facts, ask);
	event->letter_no = ask->letter_no;
	event->recorder = facts->me;
	if (ask->effective.day <= facts->today.day)
		sessions_end(&facts->account.sessions, OUT_BLOCKED, out);
}

/* Each office has an account of its own to be ended at the agency, so each gets its block. */
void account_report_card_lost(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_report_card_lost *ask = &command->report_card_lost;

	for (size_t i = 0; i < facts->account.office_count; i++) {
		struct event_card_lost_reported *event =
			&events_add(out, EVENT_card_lost_reported)->card_lost_reported;
		event->person = ask->person;
		event->office = facts->account.offices[i];
		event->lost_on = ask->lost_on;
		event->effective = facts->today;
		event->notify_by = days_on(facts, facts->today, PARAMETER_NIA_NOTIFY_DAYS);
		event->recorder = facts->me;
		if (ask->told.len)
			event->told = document_of(ask->told);
	}
	sessions_end(&facts->account.sessions, OUT_BLOCKED, out);
}

void account_suspend_account(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_suspend_account *ask = &command->suspend_account;
	struct event_account_suspended *event = &events_add(out, EVENT_account_suspended)->account_suspended;

	event->person = ask->person;
	event->office = ask->office;
	event->suspend_cause = ask->suspend_cause;
	event->effective = facts->today;
	event->incident = ask->incident;
	event->recorder = facts->me;
	if (ask->remark.len)
		event->remark = document_of(ask->remark);
	sessions_end(&facts->account.sessions, OUT_BLOCKED, out);
}

void account_suspend_idle(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_suspend_idle *ask = &command->suspend_idle;
	struct event_account_suspended *event = &events_add(out, EVENT_account_suspended)->account_suspended;

	event->person = ask->person;
	event->office = ask->office;
	event->suspend_cause = SUSPEND_IDLE;
	event->effective = facts->today;
	event->last_used = facts->account.last_used;
	sessions_end(&facts->account.sessions, OUT_BLOCKED, out);
}

static struct date later(struct date a, struct date b)
{
	return a.day > b.day ? a : b;
}

static enum duty_end duty_end_of(const struct fact_block *block)
{
	static const enum duty_end ends[] = {
		[duty_change_none] = DUTY_END_ACCOUNT, [CHANGE_REASSIGNED] = DUTY_END_REASSIGNED,
		[CHANGE_TRANSFERRED] = DUTY_END_TRANSFERRED, [CHANGE_SUSPENDED] = DUTY_END_SUSPENDED,
		[CHANGE_LEFT] = DUTY_END_LEFT,
	};
	static_assert(ARRAY_LEN(ends) == duty_change_end, "every duty change ends duties");

	return ends[block->duty_change];
}

/* With the account goes what hung on it: afterwards only a new appointment and application help. */
static void account_close(const struct facts *facts, struct events *out)
{
	for (size_t i = 0; i < facts->their_duties.count; i++) {
		const struct fact_duty *duty = &facts->their_duties.at[i];
		struct event_duty_ended *event = &events_add(out, EVENT_duty_ended)->duty_ended;
		event->duty_entry = duty->entry;
		event->person = duty->person;
		event->duty_end = duty_end_of(&facts->block);
		event->ended_on = later(facts->today, duty->valid_from);
	}
	for (size_t i = 0; i < facts->account.grant_count; i++) {
		struct event_grant_ended *event = &events_add(out, EVENT_grant_ended)->grant_ended;
		event->grant_entry = facts->account.grants[i].entry;
		event->person = facts->block.person;
		event->ended_on = facts->today;
	}
	sessions_end(&facts->account.sessions, OUT_BLOCKED, out);
}

static struct event_account_terminated *terminated(const struct facts *facts, struct events *out)
{
	struct event_account_terminated *event =
		&events_add(out, EVENT_account_terminated)->account_terminated;

	event->block = facts->block.entry;
	event->person = facts->block.person;
	event->office = facts->block.office;
	event->ended_on = facts->today;
	event->notify_by = days_on(facts, facts->today, PARAMETER_NIA_NOTIFY_DAYS);
	return event;
}

void account_terminate_account(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_account_terminated *event = terminated(facts, out);

	event->recorder = facts->me;
	event->card_serial = facts->my_card_serial;
	event->agency_serial = facts->second_card.serial;
	event->organisation_oid = facts->agency_oid;
	event->letter_no = command->terminate_account.letter_no;
	account_close(facts, out);
}

void account_terminate_idle(const struct facts *facts, const struct command *command, struct events *out)
{
	(void)command;
	terminated(facts, out);
	account_close(facts, out);
}

void account_notify_nia(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_notify_nia *ask = &command->notify_nia;
	struct event_nia_notified *event = &events_add(out, EVENT_nia_notified)->nia_notified;

	event->block = ask->block;
	event->letter_no = ask->letter_no;
	event->notified_on = ask->notified_on;
	event->answer_by = days_on(facts, ask->notified_on, PARAMETER_NIA_ANSWER_DAYS);
	event->recorder = facts->me;
}

void account_confirm_nia(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_confirm_nia *ask = &command->confirm_nia;
	struct event_nia_confirmed *event = &events_add(out, EVENT_nia_confirmed)->nia_confirmed;

	event->block = ask->block;
	event->nia_ender = ask->nia_ender;
	event->reference = ask->reference;
	event->ended_on = ask->ended_on;
	event->recorder = facts->me;
}

void account_refer_violation(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_refer_violation *ask = &command->refer_violation;
	struct event_violation_referred *event = &events_add(out, EVENT_violation_referred)->violation_referred;

	event->block = ask->block;
	event->referred_to = ask->referred_to;
	event->letter_no = ask->letter_no;
	event->recorder = facts->me;
}

void account_propose_reinstatement(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_propose_reinstatement *ask = &command->propose_reinstatement;
	struct event_reinstatement_proposed *event =
		&events_add(out, EVENT_reinstatement_proposed)->reinstatement_proposed;

	event->block = ask->block;
	event->person = facts->block.person;
	event->office = facts->block.office;
	event->proposer = facts->me;
	event->bureau = holds_bureau_duty(facts);
	event->decide_by = days_on(facts, facts->block.starts_on, PARAMETER_REVIEW_REINSTATE_DAYS);
	event->reason = document_of(ask->reason);
}

void account_approve_reinstatement(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_account_reinstated *event = &events_add(out, EVENT_account_reinstated)->account_reinstated;

	event->block = facts->block.entry;
	event->proposal = command->approve_reinstatement.proposal;
	event->person = facts->block.person;
	event->office = facts->block.office;
	event->proposer = facts->reinstatement.proposer;
	event->approver = facts->me;
}

void account_register_agency(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_register_agency *ask = &command->register_agency;
	struct event_agency_registered *event = &events_add(out, EVENT_agency_registered)->agency_registered;

	event->office = ask->office;
	event->organisation_oid = ask->organisation_oid;
	event->recorder = facts->me;
}
