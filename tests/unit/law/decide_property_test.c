/* A small office lives for many random steps. Facts are loaded from a world that only events change,
 * as in the keeper; what events may never do is asserted where they are applied. */
#include "decide_kit.h"

enum { PEOPLE = 6, OFFICES = 3, CASES = 5, QUERIES_MAX = 4000, STEPS = 60000, PROPOSALS_MAX = 4000 };

static const char *const offices[OFFICES] = { "bureau", "sanmin", "zuoying" };

struct query_state {
	size_t asker, subject, case_at, session;
	bool open, answered, to_accept, accepted, by_person;
};

struct world {
	uint32_t duties[PEOPLE][OFFICES];
	uint64_t session[PEOPLE]; /* 0: signed out */
	bool granted[PEOPLE];
	int failures[PEOPLE];
	struct { size_t office; bool closed; uint32_t parties; } cases[CASES];
	struct query_state queries[QUERIES_MAX];
	size_t query_count;
	struct { size_t proposer; bool open; } proposals[PROPOSALS_MAX];
	size_t proposal_count;
	uint64_t next_entry;
	size_t asked, answered, withheld, refused;
};

static uint64_t dice;

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

static bool holds(const struct world *world, size_t person, enum duty duty, size_t office)
{
	return world->duties[person][office] & DUTY_BIT(duty);
}

static size_t office_at(struct str code)
{
	size_t i = 0;

	while (i < OFFICES && !str_is(code, offices[i]))
		i++;
	return i;
}

/* --- facts from the world --------------------------------------------------------------------- */

static void duties_load(struct scene *s, const struct world *world, size_t me)
{
	s->facts.my_duties.count = 0;
	for (size_t office = 0; office < OFFICES; office++)
		for (int duty = 1; duty < duty_end; duty++)
			if (holds(world, me, (enum duty)duty, office) && s->facts.my_duties.count < SCENE_DUTIES)
				scene_duty_add(s, (enum duty)duty, offices[office]);
}

static void case_load(struct scene *s, const struct world *world, size_t at)
{
	struct fact_case *case_ = &s->facts.case_;

	case_->id.n = at + 10;
	case_->office = str_from(offices[world->cases[at].office]);
	case_->closed_on = world->cases[at].closed ? s->facts.today : DATE_NONE;
	case_->opened_on = scene_day("2026-01-01");
}

static void query_load(struct scene *s, const struct world *world, size_t at)
{
	struct fact_query *query = &s->facts.query;
	const struct query_state *state = &world->queries[at];

	if (at >= world->query_count) {
		*query = (struct fact_query){ .case_no = STR(""), .office = STR(""), .basis = STR(""), .rule = STR("") };
		return;
	}
	query->id.n = at + 1000;
	query->asker = id_of(state->asker);
	query->subject = id_of(state->subject);
	query->office = str_from(offices[world->cases[state->case_at].office]);
	query->case_closed = world->cases[state->case_at].closed;
	query->waits_for = state->by_person ? WAITS_PERSON : WAITS_COURIER;
	query->open = state->open;
	query->answered = query->has_day_table = state->answered;
	query->to_accept = state->to_accept;
	query->accepted = state->accepted;
}

static void me_load(struct scene *s, const struct world *world, size_t me)
{
	s->facts.me = id_of(me);
	s->facts.next_entry = world->next_entry;
	s->facts.session = (struct fact_session){ .id = { world->session[me] ? world->session[me] : 3 },
		                                  .person = id_of(me), .live = world->session[me] != 0 };
	s->facts.item_granted = s->facts.my_account = world->granted[me];
	s->facts.card.bound_to = id_of(me);
	s->facts.card.fault = roll(4) ? REFUSED_NOT : REFUSED_CARD_SIGNATURE;
	s->facts.my_failures = world->failures[me];
	duties_load(s, world, me);
}

static size_t subject_choose(struct scene *s, const struct world *world, size_t case_at)
{
	size_t subject = roll(PEOPLE);

	s->facts.subject.person = id_of(subject);
	s->facts.subject.party_no = (world->cases[case_at].parties >> subject) & 1 ? (int64_t)subject + 1 : 0;
	return subject;
}

/* --- events into the world -------------------------------------------------------------------- */

struct step {
	struct world *world;
	size_t me, case_at, subject;
};

static void asked(struct step *step, const struct event_query_asked *event)
{
	struct world *world = step->world;
	size_t office = world->cases[step->case_at].office;

	assert_true(world->session[step->me] != 0);
	assert_true(holds(world, step->me, DUTY_OFFICER, office));
	assert_true(!world->cases[step->case_at].closed);
	assert_true((world->cases[step->case_at].parties >> step->subject) & 1);
	assert_true(world->granted[step->me] && step->subject != step->me);
	assert_true(event->person.n == step->subject + 1 && event->case_id.n == step->case_at + 10);
	world->asked++;
	if (world->query_count < QUERIES_MAX)
		world->queries[world->query_count++] = (struct query_state){
			.asker = step->me, .subject = step->subject, .case_at = step->case_at, .open = true,
			.to_accept = !date_is_none(event->accept_by), .by_person = event->waits_for == WAITS_PERSON,
		};
}

static struct query_state *query_ends(struct world *world, struct query_id id)
{
	assert_true(id.n >= 1000 && id.n - 1000 < world->query_count);
	struct query_state *query = &world->queries[id.n - 1000];
	assert_true(query->open);
	query->open = false;
	return query;
}

static void answered(struct step *step, struct query_id id)
{
	struct world *world = step->world;
	struct query_state *query = query_ends(world, id);
	size_t office = world->cases[query->case_at].office;

	assert_true(query->asker == step->me && world->session[step->me] != 0);
	assert_true(holds(world, step->me, DUTY_OFFICER, office) && !world->cases[query->case_at].closed);
	query->answered = true;
	world->answered++;
}

static void accepted(struct step *step, const struct event_query_accepted *event)
{
	struct query_state *query = &step->world->queries[event->asked.n - 1000];

	assert_true(query->to_accept && !query->accepted);
	assert_true(query->asker != step->me && query->subject != step->me);
	assert_true(holds(step->world, step->me, DUTY_SUPERVISOR, step->world->cases[query->case_at].office));
	query->accepted = true;
}

static void appointed(struct step *step, const struct event_duty_appointed *event)
{
	size_t person = (size_t)event->person.n - 1, office = office_at(event->office);
	uint32_t *duties = &step->world->duties[person][office];

	assert_true(person != step->me && !(*duties & DUTY_BIT(event->duty)));
	*duties |= DUTY_BIT(event->duty);
	assert_true(!(*duties & DUTY_BIT(DUTY_OFFICER)) || !(*duties & DUTY_BIT(DUTY_AUDITOR)));
}

static void approved(struct step *step, struct entry_id proposal)
{
	assert_true(proposal.n >= 5000 && step->world->proposals[proposal.n - 5000].open);
	assert_true(step->world->proposals[proposal.n - 5000].proposer != step->me);
	step->world->proposals[proposal.n - 5000].open = false;
}

static void apply(struct step *step, const struct event *event)
{
	struct world *world = step->world;

	if (event->kind == EVENT_signed_in)
		world->session[step->me] = world->next_entry, world->failures[step->me] = 0;
	else if (event->kind == EVENT_sign_in_refused)
		world->failures[step->me]++;
	else if (event->kind == EVENT_sign_in_locked)
		world->failures[step->me] = 0;
	else if (event->kind == EVENT_signed_out)
		world->session[step->me] = 0;
	else if (event->kind == EVENT_query_asked)
		asked(step, &event->query_asked);
	else if (event->kind == EVENT_query_answered)
		answered(step, event->query_answered.asked);
	else if (event->kind == EVENT_query_withheld)
		query_ends(world, event->query_withheld.asked), world->withheld++;
	else if (event->kind == EVENT_query_failed)
		query_ends(world, event->query_failed.asked);
	else if (event->kind == EVENT_query_accepted)
		accepted(step, &event->query_accepted);
	else if (event->kind == EVENT_case_closed)
		world->cases[event->case_closed.case_id.n - 10].closed = true;
	else if (event->kind == EVENT_party_added)
		world->cases[event->party_added.case_id.n - 10].parties |= 1u << (event->party_added.person.n - 1);
	else if (event->kind == EVENT_duty_appointed)
		appointed(step, &event->duty_appointed);
	else if (event->kind == EVENT_duty_ended)
		world->duties[event->duty_ended.person.n - 1][step->case_at] &= ~DUTY_BIT(event->duty_ended.duty_entry.n);
	else if (event->kind == EVENT_parameter_proposed && world->proposal_count < PROPOSALS_MAX)
		world->proposals[world->proposal_count].proposer = step->me,
		world->proposals[world->proposal_count++].open = true;
	else if (event->kind == EVENT_parameter_set)
		approved(step, event->parameter_set.proposal);
	else if (event->kind == EVENT_query_refused || event->kind == EVENT_command_refused)
		world->refused++;
	world->next_entry++;
}

/* --- one step ------------------------------------------------------------------------------- */

static const enum command_kind kinds[] = {
	COMMAND_sign_in, COMMAND_sign_in, COMMAND_sign_out, COMMAND_ask, COMMAND_ask, COMMAND_ask, COMMAND_ask,
	COMMAND_ask, COMMAND_ask, COMMAND_ask, COMMAND_ask, COMMAND_ask, COMMAND_deliver, COMMAND_deliver, COMMAND_sign_in,
	COMMAND_deliver, COMMAND_deliver, COMMAND_paste_answer, COMMAND_expire_query, COMMAND_close_case,
	COMMAND_add_party, COMMAND_add_party, COMMAND_accept_query, COMMAND_appoint_duty, COMMAND_appoint_duty,
	COMMAND_end_duty, COMMAND_propose_parameter, COMMAND_approve_proposal, COMMAND_release_day_table,
};

/* deliver runs for the asker; the other commands for whoever the dice choose. */
static size_t who_acts(const struct world *world, enum command_kind kind, size_t query)
{
	bool by_asker = kind == COMMAND_deliver && query < world->query_count;

	return by_asker ? world->queries[query].asker : roll(PEOPLE);
}

static void duty_load(struct scene *s, struct step *step)
{
	size_t office = roll(OFFICES), person = roll(PEOPLE);
	static const enum duty given[] = { DUTY_OFFICER, DUTY_AUDITOR, DUTY_SUPERVISOR, DUTY_CUSTODIAN };
	enum duty duty = given[roll(ARRAY_LEN(given))];

	step->case_at = office; /* where duty_ended is applied */
	s->facts.office.kind = office ? OFFICE_DISTRICT : OFFICE_BUREAU;
	s->facts.duty = (struct fact_duty){ .person = id_of(person), .office = str_from(offices[office]), .duty = duty,
		                            .valid_from = scene_day("2026-01-01"), .valid_to = DATE_NONE };
	s->facts.duty.entry.n = holds(step->world, person, duty, office) ? (uint64_t)duty : 0;
	s->facts.their_duties = (struct fact_duties){ 0, s->theirs };
	for (int held = 1; held < duty_end && s->facts.their_duties.count < SCENE_DUTIES; held++)
		if (holds(step->world, person, (enum duty)held, office))
			s->theirs[s->facts.their_duties.count++] = (struct fact_duty){
				{ (uint64_t)held }, id_of(person), str_from(offices[office]), (enum duty)held, false,
				scene_day("2026-01-01"), DATE_NONE };
	if (s->command.kind == COMMAND_appoint_duty) {
		s->command.appoint_duty.person = id_of(person);
		s->command.appoint_duty.office = str_from(offices[office]);
		s->command.appoint_duty.duty = duty;
	}
	if (s->command.kind == COMMAND_end_duty)
		s->command.end_duty.duty_entry = s->facts.duty.entry;
}

static void proposal_load(struct scene *s, const struct world *world)
{
	size_t at = roll(world->proposal_count + 1);
	bool open = at < world->proposal_count && world->proposals[at].open;

	s->facts.proposal.entry.n = open ? at + 5000 : 0;
	s->facts.proposal.proposer = open ? id_of(world->proposals[at].proposer) : (struct person_id){ 0 };
}

static void step_load(struct scene *s, struct step *step, size_t query)
{
	enum command_kind kind = s->command.kind;

	me_load(s, step->world, step->me);
	case_load(s, step->world, step->case_at);
	query_load(s, step->world, query);
	step->subject = subject_choose(s, step->world, step->case_at);
	proposal_load(s, step->world);
	if (kind == COMMAND_add_party)
		s->facts.subject.by_number = s->facts.subject.number_valid = true;
	if (kind == COMMAND_ask && roll(3) == 0) {
		s->command.ask.range = RANGE_HISTORY;
		s->command.ask.reason_code = REASON_COURT;
	}
	if (kind == COMMAND_ask && roll(3) == 0)
		s->command.ask.waits_for = WAITS_PERSON;
	if (kind == COMMAND_appoint_duty || kind == COMMAND_end_duty)
		duty_load(s, step);
}

static void step_take(struct world *world)
{
	enum command_kind kind = kinds[roll(ARRAY_LEN(kinds))];
	struct scene *s = scene_open(kind, IMPORT_STAFF);
	size_t newest = world->query_count < 40 ? 0 : world->query_count - 40;
	size_t query = newest + roll(world->query_count - newest + 1);
	struct step step = { world, who_acts(world, kind, query), roll(CASES), 0 };

	step_load(s, &step, query);
	struct verdict verdict = scene_decide(s);
	struct events events = scene_events(s, &verdict);
	if (verdict.refusal && kind == COMMAND_ask)
		assert_int_equal(events.count, 1);
	if (verdict.refusal == REFUSED_NOT)
		assert_true(events.count > 0);
	scene_log(s, &events); /* every entry encodes and decodes */
	for (size_t i = 0; i < events.count; i++)
		apply(&step, &events.at[i]);
	scene_close(s);
}

static void world_begin(struct world *world)
{
	memset(world, 0, sizeof *world);
	world->next_entry = 10000;
	world->duties[0][0] = DUTY_BIT(DUTY_CUSTODIAN);
	world->duties[1][0] = DUTY_BIT(DUTY_SUPERVISOR);
	for (size_t person = 2; person < PEOPLE; person++) {
		world->duties[person][1 + person % 2] = DUTY_BIT(DUTY_OFFICER);
		world->granted[person] = person != 5;
	}
	for (size_t at = 0; at < CASES; at++) {
		world->cases[at].office = 1 + at % 2;
		world->cases[at].parties = 1u << (at % PEOPLE);
	}
}

static void events_never_do_what_the_law_forbids(void **state)
{
	struct world *world = process_bytes(sizeof *world);

	(void)state;
	dice = 0x9e3779b97f4a7c15u;
	world_begin(world);
	for (size_t step = 0; step < STEPS; step++) {
		if (step % 200 == 0) /* cases open again, so that questions go on */
			for (size_t at = 0; at < CASES; at++)
				world->cases[at].closed = false;
		step_take(world);
	}
	print_message("# %zu asked, %zu answered, %zu withheld, %zu refused\n", world->asked, world->answered,
	              world->withheld, world->refused);
	assert_true(world->asked > 200 && world->answered > 50 && world->withheld > 10 && world->refused > 1000);
	process_free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(events_never_do_what_the_law_forbids) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
