/* Random people, deputies among them, give random commands about one application, over and over. What
 * was granted must have been taken through every step by the right and distinct people: an oracle of
 * its own, which knows the chain as the guideline tells it (G3.3, X5). */
#include <stdio.h>

#include "decide_kit.h"
#include "law/application.h"

enum { PEOPLE = 10, SEQUENCES = 24000, STEPS = 60, HISTORY = 128 };

static const char *const offices[] = { "sanmin", "affiliate", "bureau", "nia" };
static const enum duty duties[] = { DUTY_OFFICER, DUTY_SUPERVISOR, DUTY_AGENCY_HEAD, DUTY_CUSTODIAN, DUTY_REVIEWER,
	                            DUTY_NIA_REVIEWER };

struct taken {
	size_t who;
	enum application_step step;
	enum step_outcome outcome;
	int64_t round;
	struct fact_duties held; /* when he took it */
	struct fact_duty at[2];
	bool acting, letter;
};

struct world {
	struct fact_duty duty[PEOPLE][2];
	size_t duty_count[PEOPLE];
	size_t applicant, office;
	enum application_state state;
	enum application_chain chain;
	int64_t round;
	struct taken history[HISTORY];
	size_t history_count;
	size_t granted, returned, rejected, acting, by_letter, short_chain, twice;
};

static uint64_t dice = 0x9e3779b97f4a7c15u;

static size_t roll(size_t sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (size_t)(dice % sides);
}

static struct person_id id_of(size_t person)
{
	return (struct person_id){ person + 1 };
}

static void duty_give(struct world *world, size_t person, size_t slot)
{
	enum duty duty = duties[roll(ARRAY_LEN(duties))];
	size_t office = duty == DUTY_NIA_REVIEWER ? 3 : duty == DUTY_REVIEWER ? 2 : roll(3) ? world->office : roll(3);

	if (duty == DUTY_CUSTODIAN && roll(2))
		office = 2;
	world->duty[person][slot] = (struct fact_duty){
		{ 20 + slot }, id_of(person), str_from(offices[office]), duty, roll(2) == 0, { 20000 }, DATE_NONE };
}

static void sequence_begin(struct world *world)
{
	world->office = roll(3);
	world->applicant = roll(PEOPLE);
	world->state = APPLICATION_DRAFT;
	world->chain = world->office ? CHAIN_SHORT : CHAIN_DISTRICT;
	world->round = 1;
	world->history_count = 0;
	for (size_t person = 0; person < PEOPLE; person++) {
		world->duty_count[person] = 1 + roll(2);
		for (size_t slot = 0; slot < 2; slot++)
			duty_give(world, person, slot);
	}
}

static void facts_load(struct scene *s, const struct world *world, struct fact_step_taken *steps, size_t me)
{
	s->facts.me = id_of(me);
	s->facts.session.person = id_of(me);
	s->facts.my_duties = (struct fact_duties){ world->duty_count[me], world->duty[me] };
	s->facts.application = (struct fact_application){
		.id = { 70 }, .applicant = id_of(world->applicant), .office = str_from(offices[world->office]),
		.state = world->state, .chain = world->chain, .round = world->round, .digest = STR("D"),
		.items = 1u << ITEM_1, .basis_count = 1, .bases = s->app_bases, .transmission = { 80 },
		.step_count = world->history_count, .steps = steps,
	};
	s->app_bases[0] = s->facts.basis;
	for (size_t i = 0; i < world->history_count; i++)
		steps[i] = (struct fact_step_taken){ id_of(world->history[i].who), world->history[i].step };
	s->facts.applicant.officer = s->facts.applicant.card = s->facts.applicant.custodian = s->facts.applicant.same = true;
	s->facts.applicant.form = application_form_blank();
	s->apps[0] = s->facts.application;
	s->facts.application_count = 1;
	s->facts.applications = s->apps;
	s->facts.office.office = str_from(offices[world->office]);
	s->facts.step = (struct fact_step){ .presented = true, .proof = STR("signed") };
}

/* Mostly the step that is due, by anybody; sometimes another one, or no. */
static enum command_kind command_choose(const struct world *world)
{
	static const enum command_kind due[] = {
		[APPLICATION_DRAFT] = COMMAND_submit_application, [APPLICATION_SUBMITTED] = COMMAND_endorse_application,
		[APPLICATION_ENDORSED] = COMMAND_approve_application, [APPLICATION_APPROVED] = COMMAND_forward_application,
		[APPLICATION_FORWARDED] = COMMAND_review_application,
		[APPLICATION_BUREAU_REVIEWED] = COMMAND_transmit_applications,
		[APPLICATION_TRANSMITTED] = COMMAND_record_nia_review, [APPLICATION_NIA_REVIEWED] = COMMAND_grant_application,
		[APPLICATION_GRANTED] = COMMAND_grant_application, [APPLICATION_RETURNED] = COMMAND_draft_application,
		[APPLICATION_REJECTED] = COMMAND_submit_application, [APPLICATION_WITHDRAWN] = COMMAND_submit_application,
	};
	static const enum command_kind all[] = {
		COMMAND_draft_application, COMMAND_submit_application, COMMAND_endorse_application, COMMAND_approve_application,
		COMMAND_forward_application, COMMAND_review_application, COMMAND_transmit_applications,
		COMMAND_record_nia_review, COMMAND_grant_application, COMMAND_return_application, COMMAND_reject_application,
	};

	if (roll(4) == 0)
		return roll(12) ? all[roll(ARRAY_LEN(all) - 1)] : COMMAND_reject_application;
	if (world->state == APPLICATION_APPROVED && world->chain == CHAIN_SHORT)
		return COMMAND_review_application;
	return due[world->state];
}

static void command_fill(struct scene *s, enum command_kind kind)
{
	static struct str seventy[] = { STR_INIT("70") };
	struct texts one = { 1, seventy }, none = { 0 };
	const struct record_spec *spec = &command_spec(kind)->record;
	size_t answer = roll(8);

	s->command = command_new(kind);
	for (size_t i = 0; i < spec->count; i++) {
		void *member = (char *)command_body(&s->command) + spec->fields[i].offset;
		if (spec->fields[i].kind == FIELD_ENTRY)
			*(uint64_t *)member = str_is(spec->fields[i].name, "transmission") ? 80 : 70;
		if (spec->fields[i].words == &check_answer_words)
			*(int *)member = CHECK_PASS;
		if (str_is(spec->fields[i].name, "digest"))
			*(struct str *)member = STR("D");
	}
	if (kind == COMMAND_approve_application && roll(2))
		s->command.approve_application.acting_decision = true, s->command.approve_application.ground = STR("g");
	if (kind == COMMAND_forward_application)
		s->command.forward_application.letter_text = STR("t");
	if (kind == COMMAND_forward_application)
		s->command.forward_application.letter_date = s->facts.today;
	if (kind == COMMAND_transmit_applications)
		s->command.transmit_applications.letter_date = s->facts.today,
		s->command.transmit_applications.letter_no = STR("n");
	if (kind == COMMAND_record_nia_review) {
		struct command_record_nia_review *ask = &s->command.record_nia_review;
		ask->approved = answer > 1 ? one : none;
		ask->returned = answer == 0 ? one : none;
		ask->rejected = answer == 1 ? one : none;
		ask->reason = STR("r");
		if (roll(2))
			ask->letter_no = STR("n"), ask->letter_date = s->facts.today;
	}
	if (kind == COMMAND_grant_application)
		s->command.grant_application.valid_from = s->command.grant_application.valid_to = s->facts.today;
	if (kind == COMMAND_return_application)
		s->command.return_application.reason = STR("r");
	if (kind == COMMAND_reject_application)
		s->command.reject_application.reason = STR("r");
}

/* --- the oracle ------------------------------------------------------------------------------------ */

static bool held(const struct taken *taken, enum duty duty, const char *office)
{
	for (size_t i = 0; i < taken->held.count; i++)
		if (taken->at[i].duty == duty && str_is(taken->at[i].office, office))
			return true;
	return false;
}

static bool entitled(const struct world *world, const struct taken *taken)
{
	const char *own = offices[world->office];

	switch (taken->step) {
	case STEP_SUBMIT:
		return taken->who == world->applicant;
	case STEP_ENDORSE:
		return held(taken, DUTY_SUPERVISOR, own);
	case STEP_APPROVE:
		return held(taken, DUTY_AGENCY_HEAD, own) || (taken->acting && held(taken, DUTY_SUPERVISOR, own));
	case STEP_FORWARD:
		return world->office == 0 && held(taken, DUTY_CUSTODIAN, own);
	case STEP_REVIEW:
		return held(taken, DUTY_REVIEWER, "bureau");
	case STEP_TRANSMIT:
		return held(taken, DUTY_CUSTODIAN, "bureau");
	case STEP_NIA_REVIEW:
		return held(taken, DUTY_NIA_REVIEWER, "nia") || (taken->letter && held(taken, DUTY_CUSTODIAN, "bureau"));
	case STEP_GRANT:
		return held(taken, DUTY_CUSTODIAN, "bureau") || held(taken, DUTY_SUPERVISOR, "bureau");
	case application_step_none:
	case application_step_end:
		break;
	}
	return false;
}

static void granted_rightly(const struct world *world)
{
	static const enum application_step way[] = { STEP_SUBMIT, STEP_ENDORSE, STEP_APPROVE, STEP_FORWARD, STEP_REVIEW,
		                                     STEP_TRANSMIT, STEP_NIA_REVIEW, STEP_GRANT };
	size_t at = 0;
	uint32_t seen = 0;

	for (size_t i = 0; i < world->history_count; i++) {
		const struct taken *taken = &world->history[i];
		if (taken->round != world->round)
			continue;
		if (way[at] == STEP_FORWARD && world->office)
			at++;
		assert_int_equal(taken->step, way[at]);
		assert_int_equal(taken->outcome, STEP_PASSED);
		assert_true(entitled(world, taken));
		assert_true(at == 0 || taken->who != world->applicant);
		assert_false(seen & (1u << taken->who));
		seen |= 1u << taken->who;
		at++;
	}
	assert_int_equal(at, ARRAY_LEN(way));
}

/* --- events ---------------------------------------------------------------------------------------- */

static void step_note(struct world *world, const struct event_application_step_taken *event, size_t me)
{
	struct taken *taken = &world->history[world->history_count++];

	assert_true(world->history_count < HISTORY);
	assert_int_equal(event->person.n, me + 1);
	assert_int_equal(event->round, world->round);
	*taken = (struct taken){ .who = me, .step = event->application_step, .outcome = event->step_outcome,
		                 .round = event->round, .acting = event->acting_decision,
		                 .letter = event->letter_no.len > 0 };
	memcpy(taken->at, world->duty[me], sizeof taken->at);
	taken->held = (struct fact_duties){ world->duty_count[me], taken->at };
	assert_true(me != world->applicant || event->application_step == STEP_SUBMIT);
	assert_true(event->step_outcome == STEP_PASSED || event->reason.content.len);
	for (size_t i = 0; i + 1 < world->history_count; i++) /* in no round does anybody take two different steps */
		assert_true(world->history[i].who != me || world->history[i].step == taken->step);
	world->state = event->application_state;
	world->acting += event->acting_decision;
	world->returned += event->step_outcome == STEP_RETURNED;
	world->rejected += event->step_outcome == STEP_REJECTED;
	world->by_letter += event->application_step == STEP_NIA_REVIEW && taken->letter;
	if (world->state == APPLICATION_GRANTED) {
		granted_rightly(world);
		world->granted++;
		world->short_chain += world->office != 0;
		world->twice += world->round > 1;
	}
}

static void apply(struct world *world, const struct events *events, size_t me)
{
	for (size_t i = 0; i < events->count; i++) {
		const struct event *event = &events->at[i];
		if (event->kind == EVENT_application_step_taken)
			step_note(world, &event->application_step_taken, me);
		if (event->kind == EVENT_grant_issued)
			assert_int_equal(world->state, APPLICATION_GRANTED);
		if (event->kind == EVENT_application_drafted) {
			assert_int_equal(me, world->applicant);
			world->round = event->application_drafted.round;
			world->state = APPLICATION_DRAFT;
		}
	}
}

static void draft_fill(struct scene *s)
{
	static struct str texts[] = { STR_INIT("B_LOW"), STR_INIT("item_1") };
	struct command_draft_application *ask = &s->command.draft_application;

	ask->phone = STR("07-3228160");
	ask->email = STR("a@b.tw");
	ask->legal_bases = (struct texts){ 1, &texts[0] };
	ask->items = (struct texts){ 1, &texts[1] };
	ask->purpose = PURPOSE_APPEAL;
	ask->purpose_text = STR("p");
	s->facts.basis_count = 1;
	s->facts.bases = s->app_bases;
}

static void sequence_run(struct world *world, struct scene *s)
{
	struct fact_step_taken steps[HISTORY];

	sequence_begin(world);
	for (size_t step = 0; step < STEPS && world->state != APPLICATION_GRANTED; step++) {
		size_t me = roll(3) || world->state != APPLICATION_DRAFT ? roll(PEOPLE) : world->applicant;
		if (roll(8) == 0) /* duties come and go meanwhile: a withdrawn deputy, a new one */
			duty_give(world, roll(PEOPLE), roll(2));
		facts_load(s, world, steps, me);
		command_fill(s, command_choose(world));
		if (s->command.kind == COMMAND_draft_application)
			draft_fill(s);
		struct verdict verdict = scene_decide(s);
		struct events events = scene_events(s, &verdict);
		if (verdict.refusal == REFUSED_NOT)
			apply(world, &events, me);
		arena_empty(&s->arena);
	}
}

static void nothing_is_granted_without_each_step_by_the_right_person(void **state)
{
	struct world *world = process_bytes(sizeof *world);
	struct scene *s = scene_open(COMMAND_endorse_application, IMPORT_STAFF);

	(void)state;
	for (size_t i = 0; i < SEQUENCES; i++)
		sequence_run(world, s);
	print_message("# %zu granted (%zu short chain, %zu in a later round), %zu returned, %zu rejected, %zu acting, "
	              "%zu by letter\n", world->granted, world->short_chain, world->twice, world->returned,
	              world->rejected, world->acting, world->by_letter);
	assert_true(world->granted > 300 && world->short_chain > 50 && world->twice > 10);
	assert_true(world->returned > 500 && world->rejected > 50 && world->acting > 100 && world->by_letter > 100);
	scene_close(s);
	process_free(world);
}

/* Nobody may be entitled by the table to a command that the command's own duties exclude, nor the other way. */
static void duties_of_commands_are_those_of_the_routes(void **state)
{
	static const struct { enum application_step step; enum command_kind command; } pairs[] = {
		{ STEP_SUBMIT, COMMAND_submit_application }, { STEP_ENDORSE, COMMAND_endorse_application },
		{ STEP_APPROVE, COMMAND_approve_application }, { STEP_FORWARD, COMMAND_forward_application },
		{ STEP_REVIEW, COMMAND_review_application }, { STEP_TRANSMIT, COMMAND_transmit_applications },
		{ STEP_NIA_REVIEW, COMMAND_record_nia_review }, { STEP_GRANT, COMMAND_grant_application },
	};

	(void)state;
	assert_int_equal(ARRAY_LEN(pairs), application_step_end - 1);
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		uint32_t bits = 0;
		for (size_t at = 0; at < application_routes_count; at++)
			if (application_routes[at].step == pairs[i].step && application_routes[at].duty)
				bits |= DUTY_BIT(application_routes[at].duty);
		assert_int_equal(bits, command_spec(pairs[i].command)->duties);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_granted_without_each_step_by_the_right_person),
		cmocka_unit_test(duties_of_commands_are_those_of_the_routes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
