#include "model.h"

#include <stdlib.h>
#include <string.h>

struct model model;

void model_clear(void)
{
	memset(&model, 0, sizeof model);
}

static void text_put(char *out, size_t size, struct str text)
{
	assert(text.len < size);
	memcpy(out, text.at, text.len);
	out[text.len] = 0;
}
#define PUT(member, text) text_put(member, sizeof(member), text)

/* A blank row at the end; when the table is full the model is at its end. */
static bool full;
static void *row_new(void *at, size_t size, size_t *count)
{
	static char spill[sizeof(struct m_application) + sizeof(struct m_case)];

	full |= *count >= MODEL_MAX;
	void *row = *count < MODEL_MAX ? (char *)at + (*count)++ * size : spill;
	memset(row, 0, size);
	return row;
}
#define ADD(rows) row_new((rows).at, sizeof *(rows).at, &(rows).count)

static struct m_person *person_of(uint64_t id)
{
	struct m_person *person = ROW_OF(model.people, id, id);

	if (!person) {
		person = ADD(model.people);
		person->id = id;
		person->card = -1;
	}
	return person;
}

static uint64_t actor_of(const struct event *event)
{
	const struct m_session *session = model_session(event->session.n);

	return session ? session->person : 0;
}

static void card_take(const struct event_card_bound *event)
{
	int number = town_card_of(event->card_serial);

	for (size_t i = 0; i < model.cards.count; i++)
		if (model.cards.at[i].person == event->person.n && model.cards.at[i].card != number)
			model.cards.at[i].ended = true; /* a new card takes the place of the old one */
	struct m_card *card = ADD(model.cards);
	*card = (struct m_card){ number, event->person.n, false };
	person_of(event->person.n)->card = number;
	for (size_t i = 0; i < model.presented.count; i++)
		if (model.presented.at[i].card == number)
			model.presented.at[i].entry = 0;
}

static void cards_end(uint64_t person, int card)
{
	for (size_t i = 0; i < model.cards.count; i++)
		if (model.cards.at[i].person == person && (card < 0 || model.cards.at[i].card == card))
			model.cards.at[i].ended = true;
}

static void block_take(uint64_t entry, struct person_id person, struct str office, enum block_kind kind,
                       enum suspend_cause cause, struct date from, struct person_id recorder)
{
	struct m_block *block = ADD(model.blocks);

	*block = (struct m_block){ .entry = entry, .person = person.n, .recorder = recorder.n, .office = office_of(office),
		                   .kind = kind, .cause = cause, .starts_on = from.day };
}

static void block_end(struct m_block *block, uint64_t entry, int64_t at_ms)
{
	block->over = true;
	block->over_entry = entry;
	block->over_day = time_local_date(at_ms).day;
}

static void terminated_take(const struct event_account_terminated *event, uint64_t entry, int64_t at_ms)
{
	enum office office = office_of(event->office);

	person_of(event->person.n)->terminated = entry;
	for (size_t i = 0; i < model.blocks.count; i++) /* the account is gone, and with it what stood against it */
		if (model.blocks.at[i].person == event->person.n && model.blocks.at[i].office == office && !model.blocks.at[i].over)
			block_end(&model.blocks.at[i], entry, at_ms);
	for (size_t i = 0; i < model.accounts.count; i++)
		if (model.accounts.at[i].person == event->person.n && model.accounts.at[i].office == office)
			model.accounts.at[i].ended = true;
}

static void drafted_take(const struct event *event, uint64_t entry)
{
	const struct event_application_drafted *draft = &event->application_drafted;
	struct m_application *application = ROW_OF(model.applications, id, draft->application.n);

	if (!application) {
		application = ADD(model.applications);
		application->id = entry;
		application->applicant = draft->person.n;
		application->office = office_of(draft->office);
	}
	application->round = (int)draft->round;
	application->state = APPLICATION_DRAFT;
	PUT(application->digest, draft->form.digest);
}

static void step_take(const struct event_application_step_taken *step)
{
	struct m_application *application = ROW_OF(model.applications, id, step->application.n);

	if (!application || application->step_count == STEPS_MAX) {
		full = true;
		return;
	}
	application->steps[application->step_count++] =
		(struct m_step){ step->person.n, step->application_step, step->step_outcome, (int)step->round };
	application->state = step->application_state;
	if (step->application_step == STEP_SUBMIT && step->step_outcome == STEP_PASSED)
		application->short_chain = step->application_chain == CHAIN_SHORT;
	if (step->transmission.n)
		application->transmission = step->transmission.n;
}

static void party_take(const struct event *event)
{
	struct m_case *found = ROW_OF(model.cases, entry, event->party_added.case_id.n);

	if (!found || found->count == PARTIES_OF_CASE) {
		full = true;
		return;
	}
	found->parties[found->count++] =
		(struct m_party){ event->party_added.person.n, actor_of(event), event->party_added.unconfirmed };
}

static void asked_take(const struct event *event, uint64_t entry)
{
	const struct event_query_asked *asked = &event->query_asked;
	struct m_query *query = ADD(model.queries);

	*query = (struct m_query){ .entry = entry, .asker = actor_of(event), .session = event->session.n,
		                   .subject = asked->person.n, .case_entry = asked->case_id.n, .item = asked->item,
		                   .range = asked->range, .by_person = asked->waits_for == WAITS_PERSON,
		                   .to_accept = !date_is_none(asked->accept_by) };
	PUT(query->basis, asked->basis);
	char number[WORD_BYTES + 1];
	PUT(number, asked->authorization);
	query->authorization = strtoull(number, NULL, 10);
	struct m_authorization *given = ROW_OF(model.authorizations, entry, query->authorization);
	if (given)
		given->used++;
}

static void authorization_take(const struct event *event, uint64_t entry)
{
	const struct event_authorization_requested *asked = &event->authorization_requested;
	struct m_authorization *row = ADD(model.authorizations);

	*row = (struct m_authorization){ .entry = entry, .asker = actor_of(event), .subject = asked->person.n,
		                         .case_entry = asked->case_id.n, .item = asked->item, .range = asked->range,
		                         .anchor = asked->anchor.day, .count = asked->ask_count, .grant_by = asked->grant_by };
}

static void proposal_take(uint64_t entry, struct person_id proposer, struct str name, struct str value,
                          struct date effective)
{
	struct m_proposal *proposal = ADD(model.proposals);

	*proposal = (struct m_proposal){ .entry = entry, .proposer = proposer.n, .effective = effective.day };
	PUT(proposal->name, name);
	PUT(proposal->value, value);
}

static void proposal_close(struct entry_id entry)
{
	struct m_proposal *proposal = ROW_OF(model.proposals, entry, entry.n);

	if (proposal)
		proposal->closed = true;
}

static void query_end(struct query_id asked)
{
	struct m_query *query = ROW_OF(model.queries, entry, asked.n);

	if (query)
		query->ended = true;
}

static void signed_in_take(const struct event *event, uint64_t entry)
{
	struct m_session *session = ADD(model.sessions);

	*session = (struct m_session){ entry, event->signed_in.person.n, town_card_of(event->signed_in.card_serial),
		                       event->at_ms, false };
	person_of(session->person)->locked_until = 0;
}

static void case_take(const struct event *event, uint64_t entry)
{
	struct m_case *opened = ADD(model.cases);

	*opened = (struct m_case){ .entry = entry, .opened_by = actor_of(event),
		                   .office = office_of(event->case_opened.office),
		                   .unconfirmed = event->case_opened.unconfirmed };
	PUT(opened->no, event->case_opened.case_no);
	PUT(opened->basis, event->case_opened.basis);
}

static void confirmed_take(const struct event *event)
{
	const struct event_party_confirmed *party = &event->party_confirmed;
	struct m_case *found;

	if (event->kind == EVENT_case_confirmed) {
		found = ROW_OF(model.cases, entry, event->case_confirmed.case_id.n);
		found->unconfirmed = false;
		return;
	}
	found = ROW_OF(model.cases, entry, party->case_id.n);
	if (party->party_no >= 1 && (size_t)party->party_no <= found->count)
		found->parties[party->party_no - 1].unconfirmed = false;
}

static void second_take(const struct event *event, uint64_t entry)
{
	struct m_query *query = ROW_OF(model.queries, entry, event->query_accepted.asked.n);
	struct m_authorization *given = ROW_OF(model.authorizations, entry, event->authorization_granted.authorization.n);

	if (event->kind == EVENT_query_accepted && query) {
		query->accepted = true;
		query->justified = event->query_accepted.justified;
	}
	if (event->kind == EVENT_authorization_granted && given) {
		given->granted_by = event->authorization_granted.person.n;
		given->granted_entry = entry;
		given->valid_until = event->authorization_granted.valid_until;
	}
}

static void grant_take(const struct event_grant_issued *event, uint64_t entry)
{
	struct m_grant *grant = ADD(model.grants);

	*grant = (struct m_grant){ .entry = entry, .person = event->person.n, .office = office_of(event->office),
		                   .item = event->item, .from = event->valid_from.day, .to = event->valid_to.day };
	PUT(grant->basis, event->basis);
}

static void duty_take(const struct event_duty_appointed *event, uint64_t entry)
{
	struct m_duty *duty = ADD(model.duties);

	*duty = (struct m_duty){ .entry = entry, .person = event->person.n, .office = office_of(event->office),
		                 .duty = event->duty, .deputy = event->deputy, .from = event->valid_from.day,
		                 .to = date_is_none(event->valid_to) ? 0 : event->valid_to.day };
}

static void ended_take(const struct event *event)
{
	struct m_duty *duty = ROW_OF(model.duties, entry, event->duty_ended.duty_entry.n);
	struct m_grant *grant = ROW_OF(model.grants, entry, event->grant_ended.grant_entry.n);

	if (event->kind == EVENT_duty_ended && duty)
		duty->ended = true, duty->ended_on = event->duty_ended.ended_on.day;
	if (event->kind == EVENT_grant_ended && grant)
		grant->ended_on = event->grant_ended.ended_on.day;
}

static void reinstated_take(const struct event_account_reinstated *event, uint64_t entry, int64_t at_ms)
{
	struct m_block *block = ROW_OF(model.blocks, entry, event->block.n);
	struct m_reinstatement *row = ROW_OF(model.reinstatements, entry, event->proposal.n);

	if (block)
		block_end(block, entry, at_ms);
	if (row)
		row->done = true;
}

static void parameter_take(const struct event_parameter_set *event, uint64_t entry)
{
	struct m_parameter *set = ADD(model.parameters);

	*set = (struct m_parameter){ .entry = entry, .effective = event->effective.day };
	PUT(set->name, event->name);
	PUT(set->value, event->value);
	proposal_close(event->proposal);
}

static void account_take(const struct event_account_opened *event)
{
	struct m_account *account = ADD(model.accounts);

	*account = (struct m_account){ event->person.n, office_of(event->office), false };
}

/* What a block tells of itself is taken here, everything else above. */
static void block_step_take(const struct event *event, uint64_t entry)
{
	const struct event_duty_change_recorded *change = &event->duty_change_recorded;
	const struct event_card_lost_reported *lost = &event->card_lost_reported;
	const struct event_account_suspended *suspended = &event->account_suspended;
	struct m_block *block = NULL;

	if (event->kind == EVENT_duty_change_recorded)
		block_take(entry, change->person, change->office, BLOCK_DUTY_CHANGE, 0, change->effective, change->recorder);
	if (event->kind == EVENT_card_lost_reported) {
		block_take(entry, lost->person, lost->office, BLOCK_CARD_LOST, 0, lost->effective, lost->recorder);
		cards_end(lost->person.n, -1);
	}
	if (event->kind == EVENT_account_suspended)
		block_take(entry, suspended->person, suspended->office, BLOCK_SUSPENDED, suspended->suspend_cause,
		           suspended->effective, suspended->recorder);
	if (event->kind == EVENT_nia_notified && (block = ROW_OF(model.blocks, entry, event->nia_notified.block.n)))
		block->notified = true;
	if (event->kind == EVENT_nia_confirmed && (block = ROW_OF(model.blocks, entry, event->nia_confirmed.block.n)))
		block->confirmed = true;
}

bool model_take(const struct event *event, uint64_t entry)
{
	struct m_session *session;
	struct m_query *query;

	full = false;
	block_step_take(event, entry);
	switch ((int)event->kind) {
	case EVENT_clock_stepped: model.clock_stepped = true; model.clock_accepted_by = 0; model.stepped_at = event->at_ms; break;
	case EVENT_clock_acceptance_given: model.clock_accepted_by = event->clock_acceptance_given.person.n; break;
	case EVENT_clock_accepted: model.clock_stepped = false; break;
	case EVENT_person_registered: person_of(event->person_registered.person.n); break;
	case EVENT_card_bound: card_take(&event->card_bound); break;
	case EVENT_card_unbound: cards_end(event->card_unbound.person.n, town_card_of(event->card_unbound.card_serial)); break;
	case EVENT_card_presented:
		*(struct m_presented *)ADD(model.presented) = (struct m_presented){ entry, town_card_of(event->card_presented.card_serial) };
		break;
	case EVENT_duty_appointed: duty_take(&event->duty_appointed, entry); break;
	case EVENT_duty_ended: case EVENT_grant_ended: ended_take(event); break;
	case EVENT_staff_change_due:
		*(struct m_notice *)ADD(model.notices) = (struct m_notice){ entry, office_of(event->staff_change_due.office), false };
		break;
	case EVENT_account_opened: account_take(&event->account_opened); break;
	case EVENT_grant_issued: grant_take(&event->grant_issued, entry); break;
	case EVENT_account_terminated: terminated_take(&event->account_terminated, entry, event->at_ms); break;
	case EVENT_reinstatement_proposed:
		*(struct m_reinstatement *)ADD(model.reinstatements) = (struct m_reinstatement){
			entry, event->reinstatement_proposed.block.n, event->reinstatement_proposed.proposer.n,
			holds(event->reinstatement_proposed.proposer.n, DUTY_BIT(DUTY_CUSTODIAN) | DUTY_BIT(DUTY_SUPERVISOR),
			      BUREAU, time_local_date(event->at_ms).day), false };
		break;
	case EVENT_account_reinstated: reinstated_take(&event->account_reinstated, entry, event->at_ms); break;
	case EVENT_application_drafted: drafted_take(event, entry); break;
	case EVENT_application_step_taken: step_take(&event->application_step_taken); break;
	case EVENT_applications_transmitted: *(struct m_transmission *)ADD(model.transmissions) = (struct m_transmission){ entry }; break;
	case EVENT_case_opened: case_take(event, entry); break;
	case EVENT_case_confirmed: case EVENT_party_confirmed: confirmed_take(event); break;
	case EVENT_case_closed:
		((struct m_case *)ROW_OF(model.cases, entry, event->case_closed.case_id.n))->closed = true;
		break;
	case EVENT_party_added: party_take(event); break;
	case EVENT_basis_proposed:
		proposal_take(entry, event->basis_proposed.proposer, event->basis_proposed.basis, STR(""), event->basis_proposed.valid_from);
		break;
	case EVENT_parameter_proposed:
		proposal_take(entry, event->parameter_proposed.proposer, event->parameter_proposed.name,
		              event->parameter_proposed.value, event->parameter_proposed.effective);
		break;
	case EVENT_basis_approved: proposal_close(event->basis_approved.proposal); break;
	case EVENT_proposal_rejected: proposal_close(event->proposal_rejected.proposal); break;
	case EVENT_parameter_set: parameter_take(&event->parameter_set, entry); break;
	case EVENT_signed_in: signed_in_take(event, entry); break;
	case EVENT_sign_in_locked: person_of(event->sign_in_locked.person.n)->locked_until = event->sign_in_locked.until; break;
	case EVENT_signed_out:
		if ((session = ROW_OF(model.sessions, entry, event->signed_out.ended_session.n)))
			session->ended = true;
		break;
	case EVENT_query_asked: asked_take(event, entry); break;
	case EVENT_query_answered:
		query_end(event->query_answered.asked);
		if ((query = ROW_OF(model.queries, entry, event->query_answered.asked.n)))
			query->table = true;
		break;
	case EVENT_query_withheld: query_end(event->query_withheld.asked); break;
	case EVENT_query_failed: query_end(event->query_failed.asked); break;
	case EVENT_query_accepted: case EVENT_authorization_granted: second_take(event, entry); break;
	case EVENT_query_explained:
		if ((query = ROW_OF(model.queries, entry, event->query_explained.asked.n)))
			query->explained = true;
		break;
	case EVENT_authorization_requested: authorization_take(event, entry); break;
	default: break;
	}
	return !full;
}
