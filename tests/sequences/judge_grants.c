/* Applications (G3.3, X5) and questions (G3.4b) with their second person (DOMAIN 8). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"

/* --- applications --- */

static bool step_entitles(const struct m_application *application, const struct event *event)
{
	const struct event_application_step_taken *step = &event->application_step_taken;
	uint64_t actor = judge_actor(event);
	int today = judge_today(event);

	switch (step->application_step) {
	case STEP_SUBMIT: return actor == application->applicant;
	case STEP_ENDORSE: return holds(actor, DUTY_BIT(DUTY_SUPERVISOR), application->office, today);
	case STEP_APPROVE:
		return holds(actor, DUTY_BIT(DUTY_AGENCY_HEAD), application->office, today) ||
		       (step->acting_decision && holds(actor, DUTY_BIT(DUTY_SUPERVISOR), application->office, today));
	case STEP_FORWARD:
		return !application->short_chain && holds(actor, DUTY_BIT(DUTY_CUSTODIAN), application->office, today);
	case STEP_REVIEW: return holds(actor, DUTY_BIT(DUTY_REVIEWER), BUREAU, today);
	case STEP_TRANSMIT: return holds(actor, DUTY_BIT(DUTY_CUSTODIAN), BUREAU, today);
	case STEP_NIA_REVIEW:
		return holds(actor, DUTY_BIT(DUTY_NIA_REVIEWER), NIA, today) ||
		       (step->letter_no.len && holds(actor, DUTY_BIT(DUTY_CUSTODIAN), BUREAU, today));
	case STEP_GRANT: return holds(actor, LEADERS, BUREAU, today);
	case application_step_none: case application_step_end: break;
	}
	return false;
}

static const enum application_step way[] = { STEP_SUBMIT, STEP_ENDORSE, STEP_APPROVE, STEP_FORWARD, STEP_REVIEW,
	                                     STEP_TRANSMIT, STEP_NIA_REVIEW, STEP_GRANT };

/* How far the round has come on its way; ARRAY_LEN(way): all steps but the grant and it. */
static size_t way_of(const struct m_application *application)
{
	size_t at = 0;

	for (size_t i = 0; i < application->step_count; i++) {
		const struct m_step *step = &application->steps[i];
		if (step->round != application->round || step->outcome != STEP_PASSED)
			continue;
		if (at < ARRAY_LEN(way) && way[at] == STEP_FORWARD && application->short_chain)
			at++;
		if (at < ARRAY_LEN(way) && way[at] == step->step)
			at++;
	}
	if (at < ARRAY_LEN(way) && way[at] == STEP_FORWARD && application->short_chain)
		at++;
	return at;
}

static const char *judge_step(const struct event *event)
{
	const struct event_application_step_taken *step = &event->application_step_taken;
	const struct m_application *application = ROW_OF(model.applications, id, step->application.n);
	uint64_t actor = judge_actor(event);

	if (!application)
		return "a step of an application that nobody filled in";
	if (step->person.n != actor)
		return "an entry names another person than the one whose session it was";
	if (step->step_outcome == STEP_WITHDRAWN)
		return actor == application->applicant ? NULL : "an application was withdrawn by another";
	if (!step_entitles(application, event))
		return "a step of an application by somebody without the duty";
	if (step->application_step != STEP_SUBMIT && actor == application->applicant)
		return "an applicant took a step of his own application";
	for (size_t i = 0; i < application->step_count; i++)
		if (application->steps[i].person == actor && application->steps[i].step != step->application_step)
			return "one person took two different steps of an application";
	size_t at = way_of(application);
	if (at >= ARRAY_LEN(way) || way[at] != step->application_step)
		return "a step of an application out of its turn";
	if (strncmp(application->digest, step->digest.at, step->digest.len) != 0)
		return "a step was taken on a form that is not the current one";
	return NULL;
}

/* An item by application stands beside the last step of that very application. */
static const char *judge_grant(const struct event *events, size_t count, size_t at)
{
	const struct event_grant_issued *grant = &events[at].grant_issued;
	const struct m_application *application = ROW_OF(model.applications, id, grant->application.n);

	if (grant->import_entry.n)
		return NULL;
	if (!application || application->applicant != grant->person.n)
		return "an item was granted without an application of that person";
	for (size_t i = 0; i < count; i++)
		if (events[i].kind == EVENT_application_step_taken &&
		    events[i].application_step_taken.application.n == grant->application.n &&
		    events[i].application_step_taken.application_step == STEP_GRANT &&
		    events[i].application_step_taken.step_outcome == STEP_PASSED && way_of(application) == ARRAY_LEN(way) - 1)
			return NULL;
	return "an item was granted without all steps before it";
}

static const char *judge_scope(const struct event *event)
{
	const struct event_application_drafted *draft = &event->application_drafted;
	const struct m_application *old = ROW_OF(model.applications, id, draft->application.n);

	if (draft->person.n != judge_actor(event) || (old && old->applicant != draft->person.n))
		return "an application was filled in for another";
	return NULL;
}

const char *judge_application(const struct event *events, size_t count, size_t at)
{
	if (events[at].kind == EVENT_application_step_taken)
		return judge_step(&events[at]);
	if (events[at].kind == EVENT_grant_issued)
		return judge_grant(events, count, at);
	return events[at].kind == EVENT_application_drafted ? judge_scope(&events[at]) : NULL;
}

/* --- questions --- */

static bool item_granted(uint64_t person, enum office office, enum item item, struct str basis, int today)
{
	for (size_t i = 0; i < model.grants.count; i++) {
		const struct m_grant *grant = &model.grants.at[i];
		if (grant->person == person && grant->office == office && grant->item == item && str_is(basis, grant->basis) &&
		    grant->from <= today && grant->to >= today && (!grant->ended_on || grant->ended_on > today))
			return true;
	}
	return false;
}

static bool two_person(const char *when, const char *initial, enum item item, enum query_range range, int today)
{
	const char *set = model_parameter(when, today, initial);
	struct str words[] = { word_code(&item_words, (int)item), word_code(&query_range_words, (int)range) };
	char word[WORD_BYTES];

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		snprintf(word, sizeof word, "%.*s", STR_FMT(words[i]));
		if (set_has(set, word))
			return true;
	}
	return false;
}

/* Has the person held the duty there ever since that entry, unblocked? */
static bool held_since(uint64_t person, enum duty duty, enum office office, uint64_t entry, int today)
{
	bool held = false;

	for (size_t i = 0; i < model.duties.count; i++) {
		const struct m_duty *row = &model.duties.at[i];
		held |= row->person == person && row->duty == duty && row->office == office && row->entry < entry &&
			duty_in_force(row, today);
	}
	for (size_t i = 0; i < model.blocks.count; i++) {
		const struct m_block *block = &model.blocks.at[i];
		if (block->person == person && block->office == office && block->starts_on <= today &&
		    (!block->over || block->over_entry > entry))
			held = false;
	}
	return held;
}

static const char *judge_code(const struct event *event, const struct m_case *found)
{
	const struct event_query_asked *asked = &event->query_asked;
	char number[WORD_BYTES + 1] = { 0 };
	uint64_t actor = judge_actor(event);
	int today = judge_today(event);

	memcpy(number, asked->authorization.at, asked->authorization.len);
	const struct m_authorization *given = ROW_OF(model.authorizations, entry, strtoull(number, NULL, 10));
	if (!given || !given->granted_by)
		return "a question names an authorization that nobody granted";
	if (given->asker != actor)
		return "a code was used by another officer";
	if (given->case_entry != asked->case_id.n || given->subject != asked->person.n)
		return "a code was used for another case or person";
	if (given->item != asked->item || given->range != asked->range || given->anchor != asked->anchor.day)
		return "a code was used for another window";
	if (event->at_ms > given->valid_until)
		return "a code was used after its time";
	if (given->used >= given->count)
		return "a code was used more often than granted";
	if (!held_since(given->asker, DUTY_OFFICER, found->office, given->entry, today) ||
	    !held_since(given->granted_by, DUTY_SUPERVISOR, found->office, given->granted_entry, today))
		return "a code outlived the duty or the account of one of the two";
	return NULL;
}

static const char *judge_asked(const struct event *event)
{
	const struct event_query_asked *asked = &event->query_asked;
	const struct m_case *found = ROW_OF(model.cases, entry, asked->case_id.n);
	uint64_t actor = judge_actor(event);
	int today = judge_today(event);

	if (!found || found->closed)
		return "a question without an open case";
	if (!holds(actor, DUTY_BIT(DUTY_OFFICER), found->office, today))
		return "a question without the duty of officer in the office of the case";
	if (asked->person.n == actor)
		return "somebody asked about himself";
	if (!item_granted(actor, found->office, asked->item, asked->basis, today))
		return "a question for an item that is not granted";
	if (model.clock_stepped && event->at_ms <= model.stepped_at)
		return "a question while the clock is not accepted";
	if (asked->authorization.len)
		return judge_code(event, found);
	if (two_person("two_person.before", "", asked->item, asked->range, today))
		return "a question without the code that it needs";
	if (two_person("two_person.after", "history,item_7", asked->item, asked->range, today) !=
	    !date_is_none(asked->accept_by))
		return "a question that a second person should accept does not say so";
	return NULL;
}

/* Between question and answer somebody may have been blocked. */
static const char *judge_answered(const struct event *event)
{
	const struct m_query *query = ROW_OF(model.queries, entry, event->query_answered.asked.n);
	const struct m_case *found = query ? ROW_OF(model.cases, entry, query->case_entry) : NULL;
	const struct m_session *session = query ? model_session(query->by_person ? event->session.n : query->session) : NULL;
	int today = judge_today(event);

	if (!query || query->ended || !found)
		return "an answer without an open question";
	if (found->closed)
		return "an answer in a closed case";
	if (!session || session->ended || session->person != query->asker)
		return "an answer to a session that had ended";
	if (!holds(query->asker, DUTY_BIT(DUTY_OFFICER), found->office, today))
		return "an answer to somebody who is not an officer any more";
	if (!item_granted(query->asker, found->office, query->item, str_from(query->basis), today))
		return "an answer for an item that is not granted any more";
	return NULL;
}

static const char *judge_accepted(const struct event *event)
{
	const struct m_query *query = ROW_OF(model.queries, entry, event->query_accepted.asked.n);

	return query && query->to_accept && !query->accepted ? NULL : "a question was accepted twice or without need";
}

static const char *judge_granted_code(const struct event *event)
{
	const struct m_authorization *given =
		ROW_OF(model.authorizations, entry, event->authorization_granted.authorization.n);

	if (!given || given->granted_by)
		return "an authorization was granted twice, or nobody asked for it";
	return event->at_ms > given->grant_by ? "an authorization was granted too late" : NULL;
}

static const char *judge_requested(const struct event *event)
{
	const struct event_authorization_requested *asked = &event->authorization_requested;
	const struct m_case *found = ROW_OF(model.cases, entry, asked->case_id.n);

	return found && holds(judge_actor(event), DUTY_BIT(DUTY_OFFICER), found->office, judge_today(event)) &&
	       asked->person.n != judge_actor(event) ? NULL : "an authorization was requested by somebody who may not ask";
}

static const char *judge_released(const struct event *event)
{
	const struct m_query *query = ROW_OF(model.queries, entry, event->day_table_released.asked.n);
	const struct m_case *found = query ? ROW_OF(model.cases, entry, query->case_entry) : NULL;

	return found && !found->closed && query->asker == judge_actor(event) &&
	       holds(query->asker, DUTY_BIT(DUTY_OFFICER), found->office, judge_today(event)) ? NULL
		: "a day table was shown to somebody who may not see it";
}

const char *judge_second(const struct event *event)
{
	switch ((int)event->kind) {
	case EVENT_query_asked: return judge_asked(event);
	case EVENT_query_answered: return judge_answered(event);
	case EVENT_query_accepted: return judge_accepted(event);
	case EVENT_authorization_requested: return judge_requested(event);
	case EVENT_authorization_granted: return judge_granted_code(event);
	case EVENT_day_table_released: return judge_released(event);
	default: return NULL;
	}
}
