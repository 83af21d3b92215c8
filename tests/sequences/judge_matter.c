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

/* The fields of these events are called alike: what it is about, and who says so. */
#define OF_BLOCK(kind, who) case EVENT_##kind: matter_of_block(&m, e->kind.block.n); m.said = e->kind.who.n; break;
#define OF_PROPOSAL(kind, who) case EVENT_##kind: matter_of_proposal(&m, e->kind.proposal.n); m.said = e->kind.who.n; break;
#define OF_ACCOUNT(kind) \
	case EVENT_##kind: \
		m.office = office_of(e->kind.office); \
		concern(&m, e->kind.person.n); \
		m.said = e->kind.recorder.n; \
		break;

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
	OF_ACCOUNT(duty_change_recorded)
	OF_ACCOUNT(account_suspended)
	OF_BLOCK(account_terminated, recorder)
	OF_BLOCK(nia_notified, recorder)
	OF_BLOCK(nia_confirmed, recorder)
	OF_BLOCK(violation_referred, recorder)
	OF_BLOCK(reinstatement_proposed, proposer)
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
	OF_PROPOSAL(basis_approved, approver)
	OF_PROPOSAL(parameter_set, approver)
	OF_PROPOSAL(proposal_rejected, person)
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
