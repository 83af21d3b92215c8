/* What first start, signing in and out write. */
#include "law/decide.h"

#include "law/details.h"

/* One of the first two people: registered with what the card and the typed number say. */
static void first_person(const struct facts *facts, const struct fact_card *card,
                         const struct fact_subject *typed, enum duty duty, struct events *out)
{
	struct person_id person = typed->fresh;
	struct details details = { .name = card->name, .birth_date = DATE_NONE };

	struct event_person_registered *registered =
		&events_add(out, EVENT_person_registered)->person_registered;
	registered->person = person;
	registered->person_kind = typed->number_kind == NUMBER_NATIONAL ? PERSON_REGISTERED : PERSON_UNKNOWN;
	registered->details = document_of(details_write(out->arena, &details));

	struct event_person_number_added *number =
		&events_add(out, EVENT_person_number_added)->person_number_added;
	number->person = person;
	number->number_kind = typed->number_kind;
	number->tag = typed->tag;
	number->number = document_of(typed->normalised);

	struct event_card_bound *bound = &events_add(out, EVENT_card_bound)->card_bound;
	bound->person = person;
	bound->card_serial = card->serial;
	bound->card_number = card->number;
	bound->fingerprint = card->fingerprint;
	bound->card_valid_to = card->valid_to;

	struct event_duty_appointed *appointed = &events_add(out, EVENT_duty_appointed)->duty_appointed;
	appointed->person = person;
	appointed->office = BUREAU_OFFICE;
	appointed->duty = duty;
	appointed->valid_from = facts->today;
	appointed->ground = STR("first_start");
}

void account_first_start(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_office_changed *office = &events_add(out, EVENT_office_changed)->office_changed;

	office->office = BUREAU_OFFICE;
	office->name = command->first_start.office_name;
	office->office_kind = OFFICE_BUREAU;
	first_person(facts, &facts->card, &facts->first_custodian, DUTY_CUSTODIAN, out);
	first_person(facts, &facts->second_card, &facts->first_supervisor, DUTY_SUPERVISOR, out);

	struct event_first_start_ended *ended = &events_add(out, EVENT_first_start_ended)->first_start_ended;
	ended->office = BUREAU_OFFICE;
	ended->custodian = facts->first_custodian.fresh;
	ended->supervisor = facts->first_supervisor.fresh;
}

void sessions_end(const struct fact_sessions *sessions, enum sign_out_cause cause, struct events *out)
{
	for (size_t i = 0; i < sessions->count; i++) {
		struct event_signed_out *event = &events_add(out, EVENT_signed_out)->signed_out;
		event->ended_session = sessions->at[i];
		event->cause = cause;
	}
}

/* Whoever signs in elsewhere leaves the place where he was: nobody gathers sessions. The new session is
 * named by the last entry. */
void account_sign_in(const struct facts *facts, const struct command *command, struct events *out)
{
	sessions_end(&facts->account.sessions, OUT_REPLACED, out);
	struct event_signed_in *event = &events_add(out, EVENT_signed_in)->signed_in;
	event->person = facts->card.bound_to;
	event->token = facts->new_token;
	event->card_serial = facts->card.serial;
	event->card_number = facts->card.number;
	event->address = address_of(command);
	event->method = facts->card.method ? facts->card.method : METHOD_CHALLENGE;
	event->channel = command->channel;
	if (facts->card.valid_to.day != facts->card.known_valid_to.day)
		event->card_valid_to = facts->card.valid_to; /* said once, not at every sign-in */
}

/* The browser may say that it was idle; every other cause is the keeper's to tell. */
void account_sign_out(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_signed_out *event = &events_add(out, EVENT_signed_out)->signed_out;

	event->ended_session = facts->session.id;
	event->cause = command->sign_out.cause == OUT_IDLE ? OUT_IDLE : OUT_USER;
}

void account_count_refusals(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_sign_ins_refused *event = &events_add(out, EVENT_sign_ins_refused)->sign_ins_refused;

	(void)facts;
	event->count = command->count_refusals.count;
	event->since = command->count_refusals.since;
}

void account_end_session(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_signed_out *event = &events_add(out, EVENT_signed_out)->signed_out;

	(void)facts;
	event->ended_session = command->end_session.ended_session;
	event->cause = command->end_session.cause;
}
