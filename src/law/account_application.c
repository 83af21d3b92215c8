/* What applications write: drafts, steps, transmissions, grants, scans. */
#include "law/application.h"
#include "law/decide.h"

enum { CHECKLIST_VERSION = 1 };

/* --- the draft -------------------------------------------------------------------------------- */

static struct application_form form_of(const struct facts *facts, const struct command_draft_application *ask,
                                       int64_t round)
{
	struct application_form form = facts->applicant.form;

	form.phone = ask->phone;
	form.fax = ask->fax;
	form.email = ask->email;
	form.mobile = ask->mobile;
	form.legal_bases = ask->legal_bases;
	form.purpose = ask->purpose;
	form.purpose_text = ask->purpose_text;
	form.items = ask->items;
	form.renews = ask->renews;
	form.round = round;
	form.filled_on = facts->today;
	return form;
}

/* A returned application begins its next round. */
void account_draft_application(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_draft_application *ask = &command->draft_application;
	const struct fact_application *old = &facts->application;
	int64_t round = ask->application.n ? old->round + (old->state == APPLICATION_RETURNED) : 1;
	struct application_form form = form_of(facts, ask, round);
	struct event_application_drafted *event = &events_add(out, EVENT_application_drafted)->application_drafted;

	event->application = ask->application;
	event->person = facts->me;
	event->office = facts->office.office;
	event->round = round;
	event->bases = ask->legal_bases;
	event->items = ask->items;
	event->purpose = ask->purpose;
	event->renews = ask->renews;
	event->form = document_of(application_form_write(out->arena, &form));
}

/* --- steps ------------------------------------------------------------------------------------ */

static struct event_application_step_taken *step_add(const struct facts *facts,
                                                     const struct fact_application *application,
                                                     enum application_step step, enum step_outcome outcome,
                                                     enum application_state to, struct events *out)
{
	struct event_application_step_taken *event =
		&events_add(out, EVENT_application_step_taken)->application_step_taken;

	event->application = application->id;
	event->round = application->round;
	event->application_step = step;
	event->step_outcome = outcome;
	event->application_state = to;
	event->person = facts->me;
	event->digest = application->digest;
	return event;
}

static struct event_application_step_taken *step_pass(const struct facts *facts,
                                                      const struct fact_application *application,
                                                      enum application_step step, struct step_offer offer,
                                                      struct events *out)
{
	const struct application_route *route = application_route_of(facts, application, step, offer);

	assert(route);
	struct event_application_step_taken *event = step_add(facts, application, step, STEP_PASSED, route->to, out);
	event->acting_decision = route->demands == DEMANDS_GROUND;
	return event;
}

void account_submit_application(const struct facts *facts, const struct command *command, struct events *out)
{
	(void)command;
	step_pass(facts, &facts->application, STEP_SUBMIT, (struct step_offer){ 0 }, out)->application_chain =
		facts->application.chain;
}

void account_withdraw_application(const struct facts *facts, const struct command *command, struct events *out)
{
	(void)command;
	step_add(facts, &facts->application, STEP_SUBMIT, STEP_WITHDRAWN, APPLICATION_WITHDRAWN, out);
}

void account_endorse_application(const struct facts *facts, const struct command *command, struct events *out)
{
	(void)command;
	step_pass(facts, &facts->application, STEP_ENDORSE, (struct step_offer){ 0 }, out);
}

/* The head's own decision stays his, whatever ground he wrote down. */
void account_approve_application(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_approve_application *ask = &command->approve_application;
	struct event_application_step_taken *event =
		step_pass(facts, &facts->application, STEP_APPROVE,
	                  (struct step_offer){ .ground = ask->acting_decision && ask->ground.len > 0 }, out);

	if (event->acting_decision)
		event->ground = document_of(ask->ground);
}

void account_forward_application(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_forward_application *ask = &command->forward_application;
	struct event_application_step_taken *event =
		step_pass(facts, &facts->application, STEP_FORWARD, (struct step_offer){ 0 }, out);

	event->letter_no = ask->letter_no;
	event->letter_date = ask->letter_date;
	event->letter = document_of(ask->letter_text);
}

/* {"v":1,"points":{"check_identity":"pass",…},"remark":…} */
static struct str checklist_write(struct arena *arena, const struct command_review_application *ask)
{
	const struct record_spec *spec = &command_spec(COMMAND_review_application)->record;
	struct buf buf = buf_on(arena);
	struct json_out out = json_to(&buf);

	json_put_object(&out);
	json_put_key(&out, STR("v"));
	json_put_i64(&out, CHECKLIST_VERSION);
	json_put_key(&out, STR("points"));
	json_put_object(&out);
	for (size_t i = 0; i < spec->count; i++) {
		if (spec->fields[i].words != &check_answer_words)
			continue;
		json_put_key(&out, spec->fields[i].name);
		json_put_str(&out, record_get(arena, &spec->fields[i], ask));
	}
	json_put_object_end(&out);
	if (ask->remark.len) {
		json_put_key(&out, STR("remark"));
		json_put_str(&out, ask->remark);
	}
	json_put_object_end(&out);
	return buf_str(&buf);
}

void account_review_application(const struct facts *facts, const struct command *command, struct events *out)
{
	step_pass(facts, &facts->application, STEP_REVIEW, (struct step_offer){ 0 }, out)->checklist =
		document_of(checklist_write(out->arena, &command->review_application));
}

/* --- lists ------------------------------------------------------------------------------------ */

void account_transmit_applications(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_transmit_applications *ask = &command->transmit_applications;
	struct event_applications_transmitted *event =
		&events_add(out, EVENT_applications_transmitted)->applications_transmitted;

	event->letter_no = ask->letter_no;
	event->letter_date = ask->letter_date;
	event->row_count = (int64_t)facts->application_count;
	event->person = facts->me;
	for (size_t i = 0; i < facts->application_count; i++)
		step_pass(facts, &facts->applications[i], STEP_TRANSMIT, (struct step_offer){ 0 }, out)
			->transmission.n = facts->next_entry;
}

/* The applications stand in the order approved, returned, rejected. */
static enum step_outcome answer_of(const struct command_record_nia_review *ask, size_t at)
{
	if (at < ask->approved.count)
		return STEP_PASSED;
	return at < ask->approved.count + ask->returned.count ? STEP_RETURNED : STEP_REJECTED;
}

void account_record_nia_review(const struct facts *facts, const struct command *command, struct events *out)
{
	static const enum application_state states[] = {
		[STEP_PASSED] = APPLICATION_NIA_REVIEWED, [STEP_RETURNED] = APPLICATION_RETURNED,
		[STEP_REJECTED] = APPLICATION_REJECTED,
	};
	const struct command_record_nia_review *ask = &command->record_nia_review;
	struct event_nia_answer_recorded *event =
		&events_add(out, EVENT_nia_answer_recorded)->nia_answer_recorded;

	event->transmission = ask->transmission;
	event->row_count = (int64_t)facts->application_count;
	event->person = facts->me;
	event->by_letter = !holds_duty(facts, DUTY_BIT(DUTY_NIA_REVIEWER));
	event->letter_no = ask->letter_no;
	event->letter_date = ask->letter_date;
	for (size_t i = 0; i < facts->application_count; i++) {
		enum step_outcome answer = answer_of(ask, i);
		struct event_application_step_taken *step =
			step_add(facts, &facts->applications[i], STEP_NIA_REVIEW, answer, states[answer], out);
		step->transmission = ask->transmission;
		step->letter_no = ask->letter_no;
		step->letter_date = ask->letter_date;
		if (answer != STEP_PASSED)
			step->reason = document_of(ask->reason);
	}
}

/* --- the grant -------------------------------------------------------------------------------- */

static void account_open(const struct facts *facts, struct events *out)
{
	struct event_account_opened *event = &events_add(out, EVENT_account_opened)->account_opened;

	event->person = facts->application.applicant;
	event->office = facts->application.office;
	event->ground = word_code(&grant_ground_words, GROUND_APPLICATION);
	event->opened_on = facts->today;
}

static struct entry_id renewed_by(const struct fact_application *application, enum item item, struct str basis)
{
	for (size_t i = 0; i < application->renewed_count; i++)
		if (application->renewed[i].item == item && str_eq(application->renewed[i].basis, basis))
			return application->renewed[i].entry;
	return (struct entry_id){ 0 };
}

static void grant_add(const struct facts *facts, const struct command_grant_application *ask, enum item item,
                      struct str basis, struct events *out)
{
	struct event_grant_issued *event = &events_add(out, EVENT_grant_issued)->grant_issued;

	event->person = facts->application.applicant;
	event->office = facts->application.office;
	event->item = item;
	event->basis = basis;
	event->valid_from = ask->valid_from;
	event->valid_to = ask->valid_to;
	event->grant_ground = GROUND_APPLICATION;
	event->granted_on = facts->today;
	event->application = facts->application.id;
	event->renews = renewed_by(&facts->application, item, basis);
}

/* Each item under each basis that allows it, and nothing else. */
void account_grant_application(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct fact_application *application = &facts->application;

	step_pass(facts, application, STEP_GRANT, (struct step_offer){ 0 }, out);
	if (!facts->applicant.account)
		account_open(facts, out);
	for (size_t i = 0; i < application->basis_count; i++)
		for (int item = ITEM_1; item < item_end; item++)
			if (application->items & application->bases[i].items & (1u << item))
				grant_add(facts, &command->grant_application, (enum item)item,
				          application->bases[i].basis, out);
}

/* --- the other way, and paper ------------------------------------------------------------------ */

static void no_add(const struct facts *facts, enum step_outcome outcome, enum application_state to,
                   struct str reason, struct events *out)
{
	const struct fact_application *application = &facts->application;
	enum application_step step = application_next(application->state, application->chain);

	step_add(facts, application, step, outcome, to, out)->reason = document_of(reason);
}

void account_return_application(const struct facts *facts, const struct command *command, struct events *out)
{
	no_add(facts, STEP_RETURNED, APPLICATION_RETURNED, command->return_application.reason, out);
}

void account_reject_application(const struct facts *facts, const struct command *command, struct events *out)
{
	no_add(facts, STEP_REJECTED, APPLICATION_REJECTED, command->reject_application.reason, out);
}

void account_attach_scan(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_application_scanned *event = &events_add(out, EVENT_application_scanned)->application_scanned;

	event->application = facts->application.id;
	event->round = facts->application.round;
	event->digest = facts->application.digest;
	event->scan_kind = command->attach_scan.scan_kind;
	event->media = scan_media(facts->scan);
	event->person = facts->me;
	event->scan = document_of(facts->scan);
}
