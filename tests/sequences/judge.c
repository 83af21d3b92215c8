#include "judge.h"

#include <stdlib.h>

/* --- who may at all --- */

enum whose { OF_OFFICE, OR_BUREAU, OF_BUREAU }; /* by a duty there; also custodian and supervisor of the bureau; only they */

static const struct { enum event_kind kind; uint32_t duties; enum whose whose; bool by_keeper; } rights[] = {
	{ EVENT_office_changed, LEADERS, OF_BUREAU, false },
	{ EVENT_calendar_changed, LEADERS, OF_BUREAU, false },
	{ EVENT_import_recorded, LEADERS, OF_BUREAU, false },
	{ EVENT_absence_recorded, LEADERS, OF_BUREAU, false },
	{ EVENT_overtime_recorded, LEADERS, OF_BUREAU, false },
	{ EVENT_edition_filed, LEADERS, OF_BUREAU, false },
	{ EVENT_duty_appointed, LEADERS | DUTY_BIT(DUTY_AGENCY_HEAD), OR_BUREAU, false },
	{ EVENT_duty_ended, LEADERS | DUTY_BIT(DUTY_AGENCY_HEAD), OR_BUREAU, true },
	{ EVENT_duty_handed_over, LEADERS | DUTY_BIT(DUTY_AGENCY_HEAD), OR_BUREAU, false },
	{ EVENT_grant_issued, LEADERS, OF_BUREAU, false },
	{ EVENT_duty_change_recorded, LEADERS, OR_BUREAU, false },
	{ EVENT_account_suspended, LEADERS | DUTY_BIT(DUTY_AUDITOR), OR_BUREAU, true },
	{ EVENT_account_terminated, DUTY_BIT(DUTY_CUSTODIAN), OR_BUREAU, true },
	{ EVENT_nia_notified, LEADERS, OR_BUREAU, false },
	{ EVENT_nia_confirmed, LEADERS, OR_BUREAU, false },
	{ EVENT_violation_referred, LEADERS, OR_BUREAU, false },
	{ EVENT_reinstatement_proposed, LEADERS, OR_BUREAU, false },
	{ EVENT_account_reinstated, LEADERS, OR_BUREAU, false },
	{ EVENT_agency_registered, LEADERS, OF_BUREAU, false },
	{ EVENT_application_scanned, LEADERS, OR_BUREAU, false },
	{ EVENT_case_opened, DUTY_BIT(DUTY_OFFICER) | DUTY_BIT(DUTY_SUPERVISOR), OF_OFFICE, false },
	{ EVENT_case_confirmed, DUTY_BIT(DUTY_SUPERVISOR), OF_OFFICE, false },
	{ EVENT_party_confirmed, DUTY_BIT(DUTY_SUPERVISOR), OF_OFFICE, false },
	{ EVENT_case_closed, DUTY_BIT(DUTY_OFFICER) | DUTY_BIT(DUTY_SUPERVISOR), OF_OFFICE, false },
	{ EVENT_case_decided, DUTY_BIT(DUTY_OFFICER) | DUTY_BIT(DUTY_SUPERVISOR), OF_OFFICE, false },
	{ EVENT_party_added, DUTY_BIT(DUTY_OFFICER) | DUTY_BIT(DUTY_SUPERVISOR), OF_OFFICE, false },
	{ EVENT_basis_proposed, LEADERS, OF_BUREAU, false },
	{ EVENT_parameter_proposed, LEADERS, OF_BUREAU, false },
	{ EVENT_basis_approved, LEADERS, OF_BUREAU, false },
	{ EVENT_parameter_set, LEADERS, OF_BUREAU, false },
	{ EVENT_proposal_rejected, LEADERS, OF_BUREAU, false },
	{ EVENT_clock_acceptance_given, LEADERS, OF_BUREAU, false },
	{ EVENT_clock_accepted, LEADERS, OF_BUREAU, false },
	{ EVENT_query_accepted, DUTY_BIT(DUTY_SUPERVISOR), OF_OFFICE, false },
	{ EVENT_authorization_granted, DUTY_BIT(DUTY_SUPERVISOR), OF_OFFICE, false },
};

static bool may(uint64_t actor, uint32_t duties, enum whose whose, enum office office, int today)
{
	if (whose != OF_BUREAU && holds(actor, duties, office, today))
		return true;
	return whose != OF_OFFICE && holds(actor, LEADERS, BUREAU, today);
}

/* A card: the custodian of one of the offices where its holder has a place, or of the bureau. */
static const char *judge_card(uint64_t actor, uint64_t holder, int today)
{
	bool keeps = holds(actor, DUTY_BIT(DUTY_CUSTODIAN), BUREAU, today);

	for (int office = 1; office < OFFICE_COUNT && !keeps; office++)
		keeps = has_place(holder, (enum office)office, today) &&
			holds(actor, DUTY_BIT(DUTY_CUSTODIAN), (enum office)office, today);
	return keeps ? NULL : "a card is confirmed or unbound by somebody who keeps no such office";
}

static const char *judge_right(const struct event *event, const struct matter *matter)
{
	uint64_t actor = judge_actor(event);
	int today = judge_today(event);

	for (size_t i = 0; i < ARRAY_LEN(rights); i++) {
		if (rights[i].kind != event->kind || (rights[i].by_keeper && !event->session.n))
			continue;
		if (!may(actor, rights[i].duties, rights[i].whose, matter->office, today))
			return "somebody decided without a duty in force at that place";
	}
	if (event->kind == EVENT_card_bound && event->card_bound.import_entry.n)
		return holds(actor, LEADERS, BUREAU, today) ? NULL : "a card was imported without a duty of the bureau";
	if (event->kind == EVENT_card_bound)
		return judge_card(actor, event->card_bound.person.n, today);
	if (event->kind == EVENT_card_unbound)
		return judge_card(actor, event->card_unbound.person.n, today);
	return NULL;
}

static const char *judge_own(const struct event *event, const struct matter *matter)
{
	uint64_t actor = judge_actor(event);

	for (size_t i = 0; i < matter->count; i++)
		if (actor && actor == matter->concerned[i])
			return "somebody decided on himself or on what he had proposed, entered or asked";
	if (matter->said && matter->said != actor)
		return "an entry names another person than the one whose session it was";
	return NULL;
}

/* --- what the entry needs besides --- */

/* X18 and its neighbours, said again: who judges does not do what is judged. */
static const struct { enum duty one, other; bool anywhere, consentable; } exclusions[] = {
	{ DUTY_AUDITOR, DUTY_OFFICER, false, true },
	{ DUTY_INSPECTOR, DUTY_OFFICER, false, false }, { DUTY_INSPECTOR, DUTY_CUSTODIAN, false, false },
	{ DUTY_INSPECTOR, DUTY_REVIEWER, false, false }, { DUTY_AUDITOR, DUTY_REVIEWER, false, false },
	{ DUTY_AUDITOR, DUTY_RECORDS_KEEPER, false, false }, { DUTY_NIA_REVIEWER, DUTY_REVIEWER, true, false },
	{ DUTY_NIA_REVIEWER, DUTY_OFFICER, true, false }, { DUTY_NIA_INSPECTOR, DUTY_OFFICER, true, false },
	{ DUTY_OPERATOR, DUTY_OFFICER, false, false }, { DUTY_OPERATOR, DUTY_CUSTODIAN, false, false },
	{ DUTY_OPERATOR, DUTY_SUPERVISOR, false, false }, { DUTY_OPERATOR, DUTY_AUDITOR, false, false },
	{ DUTY_OPERATOR, DUTY_INSPECTOR, false, false },
};

static bool excluded(const struct m_duty *held, const struct event_duty_appointed *new)
{
	for (size_t i = 0; i < ARRAY_LEN(exclusions); i++) {
		bool pair = (exclusions[i].one == held->duty && exclusions[i].other == new->duty) ||
			    (exclusions[i].other == held->duty && exclusions[i].one == new->duty);
		if (pair && (exclusions[i].anywhere || held->office == office_of(new->office)) &&
		    !(exclusions[i].consentable && new->consent_letter_no.len))
			return true;
	}
	return false;
}

static int last_day(const struct m_duty *duty)
{
	int last = duty->to ? duty->to : INT32_MAX;

	return duty->ended && duty->ended_on - 1 < last ? duty->ended_on - 1 : last;
}

static const char *judge_appointed(const struct event *event)
{
	const struct event_duty_appointed *new = &event->duty_appointed;
	int to = date_is_none(new->valid_to) ? INT32_MAX : new->valid_to.day;

	for (size_t i = 0; i < model.duties.count; i++) {
		const struct m_duty *held = &model.duties.at[i];
		bool past = last_day(held) < judge_today(event) || last_day(held) < new->valid_from.day || held->from > to;
		if (held->person == new->person.n && !past && excluded(held, new))
			return "two duties exclude each other and one person holds both";
	}
	if (new->duty == DUTY_AUDITOR && (!new->ground.len || str_is(new->ground, "import")))
		return "an auditor was appointed without a ground";
	return NULL;
}

static const char *judge_reinstated(const struct event *event)
{
	const struct event_account_reinstated *given = &event->account_reinstated;
	const struct m_block *block = ROW_OF(model.blocks, entry, given->block.n);
	const struct m_reinstatement *proposal = ROW_OF(model.reinstatements, entry, given->proposal.n);
	uint64_t actor = judge_actor(event);
	int today = judge_today(event);

	if (!block || !proposal || proposal->block != block->entry || proposal->done)
		return "an account was given back without a proposal for that block";
	if (block->over)
		return "a block was lifted that did not stand";
	if (block->recorder == actor)
		return "who blocked an account gave it back as second person";
	if (!proposal->by_bureau && !holds(actor, LEADERS, BUREAU, today))
		return "an account was given back without anybody of the bureau";
	if (block->starts_on + atoi(model_parameter("review.reinstate_days", today, "30")) < today)
		return "an account was given back too late";
	return NULL;
}

static const char *judge_terminated(const struct event *event)
{
	const struct event_account_terminated *end = &event->account_terminated;
	const struct m_block *block = ROW_OF(model.blocks, entry, end->block.n);

	if (!block || block->over || block->starts_on > judge_today(event))
		return "an account was terminated that was not blocked";
	if (end->recorder.n && (!end->agency_serial.len || !end->card_serial.len))
		return "an account was terminated without agency certificate and card";
	return NULL;
}

static const char *judge_bound(const struct event *event)
{
	int card = town_card_of(event->card_bound.card_serial);

	for (size_t i = 0; i < model.cards.count; i++)
		if (model.cards.at[i].card == card)
			return "a card was bound a second time";
	return NULL;
}

static const char *judge_lost(const struct event *event)
{
	const struct event_card_lost_reported *lost = &event->card_lost_reported;
	uint64_t actor = judge_actor(event);
	bool may_tell = actor == lost->person.n || holds(actor, LEADERS, BUREAU, judge_today(event));

	for (int office = 1; office < OFFICE_COUNT && !may_tell; office++)
		may_tell = has_place(lost->person.n, (enum office)office, judge_today(event)) &&
			   holds(actor, LEADERS, (enum office)office, judge_today(event));
	if (!may_tell)
		return "a card was reported lost by somebody who may not";
	return lost->recorder.n == actor ? NULL : "an entry names another person than the one whose session it was";
}

static const char *judge_signed_in(const struct event *event)
{
	const struct event_signed_in *in = &event->signed_in;
	const struct m_person *person = ROW_OF(model.people, id, in->person.n);
	int card = town_card_of(in->card_serial);
	bool stands = false;

	for (size_t i = 0; i < model.cards.count; i++)
		stands |= model.cards.at[i].card == card && model.cards.at[i].person == in->person.n && !model.cards.at[i].ended;
	if (!stands)
		return "somebody signed in with a card that is lost, replaced, unbound or another's";
	if (!holds_somewhere(in->person.n, ~0u, judge_today(event)))
		return "somebody signed in without any duty in force";
	if (person && person->locked_until > event->at_ms)
		return "somebody signed in while it was locked";
	return NULL;
}

static const char *judge_signed_out(const struct event *event)
{
	const struct m_session *session = model_session(event->signed_out.ended_session.n);

	return session && !session->ended ? NULL : "a session ended that did not live";
}

static const char *judge_explained(const struct event *event)
{
	const struct m_query *query = ROW_OF(model.queries, entry, event->query_explained.asked.n);

	return query && query->asker == judge_actor(event) && query->accepted && !query->justified && !query->explained ? NULL
		: "a question was explained by another or without need";
}

static const char *judge_read(const struct event *event)
{
	static const uint32_t readers = DUTY_BIT(DUTY_AUDITOR) | DUTY_BIT(DUTY_INSPECTOR) | DUTY_BIT(DUTY_NIA_INSPECTOR) |
					DUTY_BIT(DUTY_RECORDS_KEEPER);

	return holds_somewhere(judge_actor(event), readers, judge_today(event)) ? NULL : "the log was read without such a duty";
}

static const struct { enum event_kind kind; const char *(*judge)(const struct event *event); } more[] = {
	{ EVENT_duty_appointed, judge_appointed }, { EVENT_account_reinstated, judge_reinstated },
	{ EVENT_account_terminated, judge_terminated }, { EVENT_card_bound, judge_bound },
	{ EVENT_card_lost_reported, judge_lost }, { EVENT_signed_in, judge_signed_in },
	{ EVENT_signed_out, judge_signed_out }, { EVENT_query_explained, judge_explained }, { EVENT_log_read, judge_read },
};

/* Entries that refuse are evidence of any session, live or not. */
static bool is_refusal(enum event_kind kind)
{
	return kind == EVENT_query_refused || kind == EVENT_command_refused;
}

static const char *judge_session(const struct event *event)
{
	const struct m_session *session = model_session(event->session.n);
	const struct m_person *person;

	if (!event->session.n || is_refusal(event->kind))
		return NULL;
	if (!session)
		return "an entry names a session that nobody opened";
	if (session->ended)
		return "a session acted after it had ended";
	person = ROW_OF(model.people, id, session->person);
	for (size_t i = 0; i < ARRAY_LEN(rights) && person; i++)
		if (rights[i].kind == event->kind && person->locked_until > event->at_ms)
			return "somebody decided while he was locked";
	return NULL;
}

const char *judge_entry(const struct event *events, size_t count, size_t at)
{
	const struct event *event = &events[at];
	struct matter matter = judge_matter(event);
	const char *found = judge_session(event);

	if (!found)
		found = judge_right(event, &matter);
	if (!found)
		found = judge_own(event, &matter);
	for (size_t i = 0; i < ARRAY_LEN(more) && !found; i++)
		if (more[i].kind == event->kind)
			found = more[i].judge(event);
	if (!found)
		found = judge_application(events, count, at);
	return found ? found : judge_second(event);
}

/* --- the state after a command --- */

/* A session of before the block, of before the end of the account or by a card whose time is over. */
static const char *judge_live(const struct m_session *session, int64_t now_ms)
{
	int today = time_local_date(now_ms).day;
	const struct m_person *person = ROW_OF(model.people, id, session->person);

	for (size_t i = 0; i < model.blocks.count; i++) {
		const struct m_block *block = &model.blocks.at[i];
		if (block->person != session->person || block->starts_on > today ||
		    (block->over && block->over_entry < session->entry))
			continue;
		int64_t begins = date_local_start_ms((struct date){ block->starts_on });
		bool lifted_before = block->over && block->over_day < block->starts_on;
		if (!lifted_before && (session->entry < block->entry || session->at < begins))
			return "a session lived on although the account was blocked";
	}
	if (person && person->terminated > session->entry)
		return "a session lived on although the account was terminated";
	for (size_t i = 0; i < model.cards.count; i++)
		if (model.cards.at[i].card == session->card && model.cards.at[i].ended)
			return "a session lived on although its card was lost, replaced or unbound";
	return NULL;
}

const char *judge_state(int64_t now_ms)
{
	for (size_t i = 0; i < model.sessions.count; i++) {
		const char *found = model.sessions.at[i].ended ? NULL : judge_live(&model.sessions.at[i], now_ms);
		if (found)
			return found;
	}
	return NULL;
}
