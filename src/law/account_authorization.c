/* What the second person beforehand writes. The code itself stands nowhere. */
#include "law/decide.h"

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS };

void account_request_authorization(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_request_authorization *ask = &command->request_authorization;
	struct event_authorization_requested *event =
		&events_add(out, EVENT_authorization_requested)->authorization_requested;

	event->case_id = facts->case_.id;
	event->party_no = facts->subject.party_no;
	event->person = facts->subject.person;
	event->basis = ask->legal_basis;
	event->purpose = ask->purpose;
	event->item = ask->item;
	event->range = ask->range;
	event->anchor = ask->anchor_date;
	event->ask_count = ask->ask_count;
	event->grant_by = facts->now_ms +
	                  parameter_int(&facts->parameters, PARAMETER_TWO_PERSON_CARDS_MINUTES) * MINUTE_MS;
	event->reason_code = ask->reason_code;
	if (ask->reason.len)
		event->reason = document_of(ask->reason);
}

void account_grant_authorization(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_authorization_granted *event =
		&events_add(out, EVENT_authorization_granted)->authorization_granted;

	event->authorization = command->grant_authorization.authorization;
	event->person = facts->me;
	event->code = facts->new_code;
	event->valid_until = facts->now_ms +
	                     parameter_int(&facts->parameters, PARAMETER_TWO_PERSON_CODE_HOURS) * HOUR_MS;
}
