/* What proposals, approvals, rule texts and the clock write. */
#include "law/decide.h"

void account_propose_basis(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_propose_basis *ask = &command->propose_basis;
	struct event_basis_proposed *event = &events_add(out, EVENT_basis_proposed)->basis_proposed;

	event->basis = ask->basis;
	event->name = ask->name;
	event->substantive = ask->substantive;
	event->data_request = ask->data_request;
	event->day_test = ask->day_test;
	event->municipality = ask->municipality;
	event->items = ask->items;
	event->valid_from = ask->valid_from;
	event->valid_to = ask->valid_to;
	event->proposer = facts->me;
}

void account_propose_parameter(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_propose_parameter *ask = &command->propose_parameter;
	struct event_parameter_proposed *event = &events_add(out, EVENT_parameter_proposed)->parameter_proposed;

	event->name = ask->name;
	event->value = ask->value;
	event->effective = ask->effective;
	event->proposer = facts->me;
	if (ask->reason.len)
		event->reason = document_of(ask->reason);
}

static void add_basis_approved(const struct facts *facts, struct events *out)
{
	struct event_basis_approved *event = &events_add(out, EVENT_basis_approved)->basis_approved;

	event->proposal = facts->proposal.entry;
	event->basis = facts->proposal.name;
	event->approver = facts->me;
}

static void add_parameter_set(const struct facts *facts, struct events *out)
{
	struct event_parameter_set *event = &events_add(out, EVENT_parameter_set)->parameter_set;

	event->proposal = facts->proposal.entry;
	event->name = facts->proposal.name;
	event->value = facts->proposal.value;
	event->effective = facts->proposal.effective;
	event->approver = facts->me;
}

void account_approve_proposal(const struct facts *facts, const struct command *command, struct events *out)
{
	(void)command;
	if (facts->proposal.kind == PROPOSAL_BASIS)
		add_basis_approved(facts, out);
	else
		add_parameter_set(facts, out);
}

void account_reject_proposal(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_proposal_rejected *event = &events_add(out, EVENT_proposal_rejected)->proposal_rejected;

	event->proposal = facts->proposal.entry;
	event->person = facts->me;
	event->reason = document_of(command->reject_proposal.reason);
}

void account_file_edition(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_file_edition *ask = &command->file_edition;
	struct event_edition_filed *event = &events_add(out, EVENT_edition_filed)->edition_filed;

	(void)facts;
	event->edition_kind = ask->edition_kind;
	event->title = ask->title;
	event->dated = ask->dated;
	event->letter_no = ask->letter_no;
	event->text = document_of(ask->text);
}

void account_accept_clock(const struct facts *facts, const struct command *command, struct events *out)
{
	(void)command;
	if (!facts->clock_accepted_by.n) {
		events_add(out, EVENT_clock_acceptance_given)->clock_acceptance_given.person = facts->me;
		return;
	}
	struct event_clock_accepted *event = &events_add(out, EVENT_clock_accepted)->clock_accepted;
	event->person = facts->me;
	event->first_person = facts->clock_accepted_by;
}
