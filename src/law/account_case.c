/* What cases at the counter write. */
#include "law/decide.h"

#include "law/details.h"

void account_open_case(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_open_case *ask = &command->open_case;
	struct event_case_opened *event = &events_add(out, EVENT_case_opened)->case_opened;

	event->case_no = ask->case_no;
	event->office = office_of_duty(facts, command_duties(COMMAND_open_case));
	event->basis = ask->legal_basis;
	event->opened_on = ask->received_on;
	event->intake_no = ask->intake_no;
	event->unconfirmed = true;
}

/* Somebody nobody knew yet. The counter never changes the details of a known person: the list of
 * the other system does, and until then the party stands as not yet compared. */
static struct person_id party_person(const struct facts *facts, const struct command_add_party *ask,
                                     struct events *out)
{
	const struct fact_subject *subject = &facts->subject;
	struct details details = { .name = ask->name, .birth_date = DATE_NONE };
	enum fail fail = birthday_read(ask->birth_date, facts->today, &details.birth_date);

	assert(fail == OK);
	if (subject->person.n)
		return subject->person;
	struct event_person_registered *registered =
		&events_add(out, EVENT_person_registered)->person_registered;
	registered->person = subject->fresh;
	registered->person_kind = ask->person_kind;
	registered->details = document_of(details_write(out->arena, &details));

	struct event_person_number_added *number =
		&events_add(out, EVENT_person_number_added)->person_number_added;
	number->person = subject->fresh;
	number->number_kind = subject->number_kind;
	number->tag = subject->tag;
	number->number = document_of(subject->normalised);
	return subject->fresh;
}

void account_add_party(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_add_party *ask = &command->add_party;
	struct person_id person = party_person(facts, ask, out);
	struct event_party_added *event = &events_add(out, EVENT_party_added)->party_added;

	event->case_id = facts->case_.id;
	event->party_no = facts->case_.party_count + 1;
	event->person = person;
	event->relation = ask->relation;
	event->intake_no = ask->intake_no;
	event->received_on = ask->received_on;
	event->unconfirmed = true;
}

void account_confirm_case(const struct facts *facts, const struct command *command, struct events *out)
{
	(void)command;
	if (facts->case_.unconfirmed)
		events_add(out, EVENT_case_confirmed)->case_confirmed.case_id = facts->case_.id;
	for (size_t i = 0; i < facts->case_.unconfirmed_count; i++) {
		struct event_party_confirmed *event = &events_add(out, EVENT_party_confirmed)->party_confirmed;
		event->case_id = facts->case_.id;
		event->party_no = facts->case_.unconfirmed_at[i];
	}
}

void account_close_case(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_case_closed *event = &events_add(out, EVENT_case_closed)->case_closed;

	event->case_id = facts->case_.id;
	event->closed_on = command->close_case.closed_on;
}

void account_decide_case(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_case_decided *event = &events_add(out, EVENT_case_decided)->case_decided;

	event->case_id = facts->case_.id;
	event->decision = command->decide_case.decision;
	event->decided_on = command->decide_case.decided_on;
}
