/* Where a thing belongs, and whom it concerns. */
#include "judge.h"

uint64_t judge_actor(const struct event *event)
{
	const struct m_session *session = model_session(event->session.n);

	return session ? session->person : 0;
}

int judge_today(const struct event *event)
{
	return time_local_date(event->at_ms).day;
}

static void concern(struct matter *matter, uint64_t person)
{
	if (person)
		matter->concerned[matter->count++] = person;
}

static void matter_of_block(struct matter *matter, uint64_t entry)
{
	const struct m_block *block = ROW_OF(model.blocks, entry, entry);

	if (block) {
		matter->office = block->office;
		concern(matter, block->person);
	}
}

static void matter_of_query(struct matter *matter, uint64_t entry)
{
	const struct m_query *query = ROW_OF(model.queries, entry, entry);
	const struct m_case *found = query ? ROW_OF(model.cases, entry, query->case_entry) : NULL;

	if (!found)
		return;
	matter->office = found->office;
	concern(matter, query->asker);
	concern(matter, query->subject);
}

static void matter_of_case(struct matter *matter, uint64_t entry, bool confirms)
{
	const struct m_case *found = ROW_OF(model.cases, entry, entry);

	if (!found)
		return;
	matter->office = found->office;
	for (size_t i = 0; i < found->count && matter->count + 3 < CONCERNED_MAX; i++) {
		concern(matter, found->parties[i].person);
		if (confirms && found->parties[i].unconfirmed)
			concern(matter, found->parties[i].added_by);
	}
	if (confirms && found->unconfirmed)
		concern(matter, found->opened_by);
}

static void matter_of_proposal(struct matter *matter, uint64_t entry)
{
	const struct m_proposal *proposal = ROW_OF(model.proposals, entry, entry);

	matter->office = BUREAU;
	if (proposal)
		concern(matter, proposal->proposer);
}

struct matter judge_matter(const struct event *e)
{
	struct matter m = { 0 };
	const struct m_duty *duty;
	const struct m_authorization *given;
	const struct m_reinstatement *proposal;
	const struct m_application *application;

	switch ((int)e->kind) {
	case EVENT_office_changed: case EVENT_calendar_changed: case EVENT_import_recorded: case EVENT_absence_recorded:
	case EVENT_overtime_recorded: case EVENT_edition_filed:
		m.office = BUREAU;
		break;
	case EVENT_card_bound:
		concern(&m, e->card_bound.person.n);
		m.said = e->card_bound.recorder.n;
		break;
	case EVENT_card_unbound:
		concern(&m, e->card_unbound.person.n);
		m.said = e->card_unbound.recorder.n;
		break;
	case EVENT_duty_appointed:
		m.office = office_of(e->duty_appointed.office);
		concern(&m, e->duty_appointed.person.n);
		break;
	case EVENT_duty_ended:
		if ((duty = ROW_OF(model.duties, entry, e->duty_ended.duty_entry.n)))
			m.office = duty->office;
		concern(&m, e->duty_ended.person.n);
		break;
	case EVENT_duty_handed_over:
		m.office = office_of(e->duty_handed_over.office);
		concern(&m, e->duty_handed_over.person.n);
		concern(&m, e->duty_handed_over.from_person.n);
		break;
	case EVENT_grant_issued:
		m.office = office_of(e->grant_issued.office);
		concern(&m, e->grant_issued.person.n);
		break;
	case EVENT_duty_change_recorded:
		m.office = office_of(e->duty_change_recorded.office);
		concern(&m, e->duty_change_recorded.person.n);
		m.said = e->duty_change_recorded.recorder.n;
		break;
	case EVENT_account_suspended:
		m.office = office_of(e->account_suspended.office);
		concern(&m, e->account_suspended.person.n);
		m.said = e->account_suspended.recorder.n;
		break;
	case EVENT_account_terminated:
		matter_of_block(&m, e->account_terminated.block.n);
		m.said = e->account_terminated.recorder.n;
		break;
	case EVENT_nia_notified:
		matter_of_block(&m, e->nia_notified.block.n);
		m.said = e->nia_notified.recorder.n;
		break;
	case EVENT_nia_confirmed:
		matter_of_block(&m, e->nia_confirmed.block.n);
		m.said = e->nia_confirmed.recorder.n;
		break;
	case EVENT_violation_referred:
		matter_of_block(&m, e->violation_referred.block.n);
		m.said = e->violation_referred.recorder.n;
		break;
	case EVENT_reinstatement_proposed:
		matter_of_block(&m, e->reinstatement_proposed.block.n);
		m.said = e->reinstatement_proposed.proposer.n;
		break;
	case EVENT_account_reinstated:
		matter_of_block(&m, e->account_reinstated.block.n);
		if ((proposal = ROW_OF(model.reinstatements, entry, e->account_reinstated.proposal.n)))
			concern(&m, proposal->proposer);
		m.said = e->account_reinstated.approver.n;
		break;
	case EVENT_agency_registered:
		m.office = BUREAU;
		m.said = e->agency_registered.recorder.n;
		break;
	case EVENT_application_scanned:
		if ((application = ROW_OF(model.applications, id, e->application_scanned.application.n))) {
			m.office = application->office;
			concern(&m, application->applicant);
		}
		m.said = e->application_scanned.person.n;
		break;
	case EVENT_case_opened:
		m.office = office_of(e->case_opened.office);
		break;
	case EVENT_case_confirmed: matter_of_case(&m, e->case_confirmed.case_id.n, true); break;
	case EVENT_party_confirmed: matter_of_case(&m, e->party_confirmed.case_id.n, true); break;
	case EVENT_case_closed: matter_of_case(&m, e->case_closed.case_id.n, false); break;
	case EVENT_case_decided: matter_of_case(&m, e->case_decided.case_id.n, false); break;
	case EVENT_party_added:
		matter_of_case(&m, e->party_added.case_id.n, false);
		concern(&m, e->party_added.person.n);
		break;
	case EVENT_basis_proposed: m.office = BUREAU; m.said = e->basis_proposed.proposer.n; break;
	case EVENT_parameter_proposed: m.office = BUREAU; m.said = e->parameter_proposed.proposer.n; break;
	case EVENT_basis_approved:
		matter_of_proposal(&m, e->basis_approved.proposal.n);
		m.said = e->basis_approved.approver.n;
		break;
	case EVENT_parameter_set:
		matter_of_proposal(&m, e->parameter_set.proposal.n);
		m.said = e->parameter_set.approver.n;
		break;
	case EVENT_proposal_rejected:
		matter_of_proposal(&m, e->proposal_rejected.proposal.n);
		m.said = e->proposal_rejected.person.n;
		break;
	case EVENT_clock_acceptance_given: m.office = BUREAU; m.said = e->clock_acceptance_given.person.n; break;
	case EVENT_clock_accepted:
		m.office = BUREAU;
		concern(&m, model.clock_accepted_by);
		m.said = e->clock_accepted.person.n;
		break;
	case EVENT_query_accepted:
		matter_of_query(&m, e->query_accepted.asked.n);
		m.said = e->query_accepted.person.n;
		break;
	case EVENT_authorization_granted:
		if ((given = ROW_OF(model.authorizations, entry, e->authorization_granted.authorization.n))) {
			matter_of_case(&m, given->case_entry, false);
			m.count = 0; /* other parties of the case may grant; the two here may not */
			concern(&m, given->asker);
			concern(&m, given->subject);
		}
		m.said = e->authorization_granted.person.n;
		break;
	}
	return m;
}
