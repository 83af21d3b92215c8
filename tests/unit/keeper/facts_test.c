#include "world.h"

static void the_first_two_people_sign_in(void **state)
{
	struct session_id custodian, supervisor;

	(void)state;
	world_log_opened();
	world_first_start();
	custodian = world_sign_in("王一", "6789", "c1");
	supervisor = world_sign_in("李二", "0003", "c2");
	struct command command = world_command(COMMAND_accept_clock);
	struct facts facts = world_facts(custodian);
	struct facts_context context = world_context();
	assert_int_equal(facts_load(&context, &command, &facts), OK);
	assert_true(facts.started && facts.demo && facts.session.live && !facts.clock_stepped);
	assert_int_equal(facts.my_duties.count, 1);
	assert_int_equal(facts.my_duties.at[0].duty, DUTY_CUSTODIAN);
	assert_true(str_is(facts.rule, "residence/1+p0"));
	assert_int_not_equal(custodian.n, supervisor.n);
}

static void a_card_of_another_name_does_not_match(void **state)
{
	struct command command = world_command(COMMAND_sign_in);

	(void)state;
	world_log_opened();
	world_first_start();
	for (int i = 1; i <= 5; i++) {
		struct facts facts = world_facts((struct session_id){ 0 });
		facts.card = world_card(i % 2 ? "王二" : "王一", i % 2 ? "6789" : "9999", "c1");
		assert_int_equal(world_do(&command, &facts, NULL).refusal, REFUSED_CARD_MISMATCH);
		assert_int_equal(facts.my_failures, i - 1);
	}
	struct facts facts = world_facts((struct session_id){ 0 });
	facts.card = world_card("王一", "6789", "c1");
	assert_int_equal(world_do(&command, &facts, NULL).refusal, REFUSED_SIGN_IN_LOCKED);
	world.now_ms += 16 * 60000;
	world_sign_in("王一", "6789", "c1");
}

static void an_office_is_made_of_lists(void **state)
{
	struct session_id custodian, supervisor, mei;
	struct command command = world_ask("2");

	(void)state;
	world_office(&custodian, &supervisor);
	mei = world_sign_in("陳美", "0005", "c3");
	struct facts facts = world_facts(mei);
	uint64_t asked;
	granted(world_do(&command, &facts, &asked));
	assert_int_equal(facts.case_.party_count, 2);
	assert_int_equal(facts.subject.party_no, 2);
	assert_true(facts.item_granted && facts.my_account && facts.basis.day_test);
	assert_true(str_is(facts.office.name, "三民區公所"));
	assert_int_equal(facts.basis.items, 1u << ITEM_1);
	assert_int_equal(facts.asked_today, 0);

	struct command again = world_ask("s223456786");
	facts = world_facts(mei);
	granted(world_do(&again, &facts, NULL));
	assert_int_equal(facts.subject.party_no, 1);
	assert_true(facts.subject.by_number && facts.subject.number_valid);
	assert_int_equal(facts.asked_last_hour, 1);

	struct command stranger = world_ask("Y200000002");
	facts = world_facts(mei);
	assert_int_equal(world_do(&stranger, &facts, NULL).refusal, REFUSED_SUBJECT_NOT_IN_CASE);
	assert_int_equal(facts.subject.person.n, 0);
	assert_int_equal(facts.subject.tag.len, TAG_CHARS);
}

static void what_is_delivered_is_decided_again(void **state)
{
	struct session_id custodian, supervisor, mei;
	struct command ask = world_ask("1"), close = world_command(COMMAND_close_case);
	struct command deliver = world_command(COMMAND_deliver);
	uint64_t asked;

	(void)state;
	world_office(&custodian, &supervisor);
	mei = world_sign_in("陳美", "0005", "c3");
	struct facts facts = world_facts(mei);
	granted(world_do(&ask, &facts, &asked));
	deliver.deliver.asked.n = asked;
	facts = world_facts((struct session_id){ 0 });
	facts.delivery = (struct fact_delivery){ .result = RESULT_FOUND, .verdict = ANSWER_ELIGIBLE,
		                                 .answer = STR("{}"), .day_table = STR(""),
		                                 .rows_digest = STR(""), .data_as_of = DATE_NONE };
	struct facts_context context = world_context();
	struct facts loaded = facts;
	assert_int_equal(facts_load(&context, &deliver, &loaded), OK);
	assert_int_equal(loaded.session.id.n, mei.n);
	assert_true(loaded.query.open && loaded.item_granted && loaded.session.live);
	assert_true(str_is(loaded.query.case_no, "113-0041"));

	close.close_case.case_no = STR("113-0041");
	close.close_case.closed_on = time_local_date(world.now_ms);
	struct facts closing = world_facts(mei);
	granted(world_do(&close, &closing, NULL));
	loaded = facts;
	assert_int_equal(world_do(&deliver, &loaded, NULL).refusal, REFUSED_CASE_CLOSED);
	loaded = facts;
	assert_int_equal(facts_load(&context, &deliver, &loaded), OK);
	assert_false(loaded.query.open);
}

static void an_answer_stands_with_its_question(void **state)
{
	struct session_id custodian, supervisor, mei;
	struct command ask = world_ask("1"), deliver = world_command(COMMAND_deliver);
	uint64_t asked;

	(void)state;
	world_office(&custodian, &supervisor);
	mei = world_sign_in("陳美", "0005", "c3");
	struct facts facts = world_facts(mei);
	granted(world_do(&ask, &facts, &asked));
	deliver.deliver.asked.n = asked;
	facts = world_facts((struct session_id){ 0 });
	facts.delivery = (struct fact_delivery){ .result = RESULT_FOUND, .verdict = ANSWER_NEEDS_REVIEW,
		                                 .answer = STR("{}"), .day_table = STR("{}"),
		                                 .rows_digest = STR(""), .data_as_of = DATE_NONE };
	granted(world_do(&deliver, &facts, NULL));
	facts = world_facts(mei);
	struct command release = world_command(COMMAND_release_day_table);
	release.release_day_table.asked.n = asked;
	struct facts_context context = world_context();
	assert_int_equal(facts_load(&context, &release, &facts), OK);
	assert_true(facts.query.answered && facts.query.has_day_table && !facts.query.released);
	assert_int_equal(facts.query.verdict, ANSWER_NEEDS_REVIEW);
}

static void importing_the_same_list_twice_changes_nothing(void **state)
{
	struct session_id custodian, supervisor;

	(void)state;
	world_office(&custodian, &supervisor);
	struct verdict verdict = world_import(custodian, IMPORT_STAFF,
		STAFF_HEAD "E100000005,陳美,sanmin,社會課,課員,officer,,2026-01-01,,c3,\n"
		"E200000007,林督,sanmin,社會課,課長,supervisor,,2026-01-01,,c4,\n");
	granted(verdict);
	assert_int_equal(verdict.change_count, 0);
	verdict = world_import(custodian, IMPORT_CASES,
		CASES_HEAD "113-0041,sanmin,B_LOW,2024-03-01,,1,S223456786,張三,49/1/2,registered_national,claimant\n");
	granted(verdict);
	assert_int_equal(verdict.change_count, 0);
	verdict = world_import(custodian, IMPORT_STAFF,
		STAFF_HEAD "E100000005,陳美玲,sanmin,社會課,課員,officer,,2026-01-01,,c3,\n");
	granted(verdict);
	assert_int_equal(verdict.change_count, 1);
	assert_true(str_is(verdict.changes[0].what, "person_details_changed"));
}

static void what_one_list_says_another_does_not_take_away(void **state)
{
	static const char staff[] = STAFF_HEAD "E100000005,陳美,sanmin,社會課,課員,officer,,2026-01-01,,c3,\n";
	static const char cases[] = CASES_HEAD
		"113-0050,sanmin,B_LOW,2024-03-01,,1,E100000005,陳美,075/5/1,registered_national,claimant\n";
	struct session_id custodian, supervisor;

	(void)state;
	world_office(&custodian, &supervisor);
	granted(world_import(custodian, IMPORT_CASES, cases));
	struct verdict verdict = world_import(custodian, IMPORT_STAFF, staff);
	granted(verdict);
	assert_int_equal(verdict.change_count, 0);
	verdict = world_import(custodian, IMPORT_CASES, cases);
	granted(verdict);
	assert_int_equal(verdict.change_count, 0);
}

static void equal_numbers_of_a_list_are_one_person(void **state)
{
	struct session_id custodian, supervisor;
	struct command command = world_command(COMMAND_import_list);

	(void)state;
	world_office(&custodian, &supervisor);
	struct facts facts = world_facts(custodian);
	command.import_list.import_kind = IMPORT_CASES;
	command.import_list.file = STR(CASES_HEAD
		"113-0050,sanmin,B_LOW,2024-03-01,,1,I100000003,甲,,registered_national,claimant\n\n"
		"113-0051,sanmin,B_LOW,2024-03-01,,1,I100000003,甲,,registered_national,claimant\n"
		"113-0052,sanmin,B_LOW,2024-03-01,,1,I300000005,乙,,registered_national,claimant\n"
		"113-0053,sanmin,B_LOW,2024-03-01,,1,I200000005,乙,,registered_national,claimant\n");
	struct facts_context context = world_context();
	assert_int_equal(facts_load(&context, &command, &facts), OK);
	assert_int_equal(facts.row_count, 4);
	assert_int_equal(facts.rows[1].row.line, 4);
	assert_int_equal(facts.rows[0].subject.fresh.n, facts.rows[1].subject.fresh.n);
	assert_int_not_equal(facts.rows[0].subject.fresh.n, facts.rows[3].subject.fresh.n);
	assert_false(facts.rows[2].subject.number_valid);
}

static void due_dates_skip_holidays(void **state)
{
	struct session_id custodian, supervisor;
	struct facts_context context = world_context();
	struct date monday = { WORLD_START_DAY }, found;

	(void)state;
	world_office(&custodian, &supervisor);
	assert_int_equal(facts_workday_after(&context, monday, 3, &found), OK);
	assert_int_equal(found.day, WORLD_START_DAY + 3);
	assert_int_equal(facts_workday_after(&context, monday, 5, &found), OK);
	assert_int_equal(found.day, WORLD_START_DAY + 7);
	granted(world_import(custodian, IMPORT_CALENDAR,
	                     "day,day_kind\n2026-11-24,holiday\n2026-11-28,workday\n"));
	assert_int_equal(facts_workday_after(&context, monday, 1, &found), OK);
	assert_int_equal(found.day, WORLD_START_DAY + 2);
	assert_int_equal(facts_workday_after(&context, monday, 5, &found), OK);
	assert_int_equal(found.day, WORLD_START_DAY + 7);
	assert_int_equal(facts_workday_after(&context, monday, 4, &found), OK);
	assert_int_equal(found.day, WORLD_START_DAY + 5);
}

static void a_parameter_counts_from_its_day(void **state)
{
	struct session_id custodian, supervisor;
	struct command propose = world_command(COMMAND_propose_parameter);
	struct command approve = world_command(COMMAND_approve_proposal);
	struct facts_context context = world_context();
	struct date today = { WORLD_START_DAY };
	struct parameters parameters;
	uint64_t proposal;

	(void)state;
	world_office(&custodian, &supervisor);
	struct facts facts = world_facts(custodian);
	propose.propose_parameter.name = STR("query.quota_hour");
	propose.propose_parameter.value = STR("7");
	propose.propose_parameter.effective = date_add(today, 2);
	granted(world_do(&propose, &facts, &proposal));
	approve.approve_proposal.proposal.n = proposal;
	facts = world_facts(supervisor);
	granted(world_do(&approve, &facts, NULL));
	assert_int_equal(facts_parameters(&context, date_add(today, 1), &parameters), OK);
	assert_int_equal(parameter_int(&parameters, PARAMETER_QUERY_QUOTA_HOUR), 30);
	assert_int_equal(parameters.version, 0);
	assert_int_equal(facts_parameters(&context, date_add(today, 2), &parameters), OK);
	assert_int_equal(parameter_int(&parameters, PARAMETER_QUERY_QUOTA_HOUR), 7);
	assert_int_equal(parameters.version, proposal + 1);
}

static void what_is_rolled_back_is_not_remembered(void **state)
{
	struct session_id custodian, supervisor;
	struct facts_context context = world_context();
	struct date monday = { WORLD_START_DAY }, found;

	(void)state;
	world_office(&custodian, &supervisor);
	uint64_t next = world.next_entry;
	assert_int_equal(store_mark(world.tables), OK);
	granted(world_import(custodian, IMPORT_CALENDAR, "day,day_kind\n2026-11-24,holiday\n"));
	assert_int_equal(facts_workday_after(&context, monday, 1, &found), OK);
	assert_int_equal(found.day, WORLD_START_DAY + 2);
	assert_int_equal(store_return(world.tables), OK);
	world.next_entry = next;
	assert_int_equal(facts_workday_after(&context, monday, 1, &found), OK);
	assert_int_equal(found.day, WORLD_START_DAY + 1);
}

static void a_clock_that_went_back_stops_questions_until_it_catches_up(void **state)
{
	struct session_id custodian, supervisor;
	struct event event = event_new(EVENT_clock_stepped);
	struct command command = world_ask("1");
	struct facts_context context = world_context();

	(void)state;
	world_office(&custodian, &supervisor);
	event.clock_stepped.clock = world.now_ms - 120000;
	world_event(&event);
	struct facts facts = world_facts(custodian);
	context.wall_ms = world.now_ms - 60000;
	assert_int_equal(facts_load(&context, &command, &facts), OK);
	assert_true(facts.clock_stepped);
	context.wall_ms = world.now_ms + 1;
	assert_int_equal(facts_load(&context, &command, &facts), OK);
	assert_false(facts.clock_stepped);
}

static void a_tampered_word_is_told(void **state)
{
	struct session_id custodian, supervisor;
	struct facts_context context = world_context();
	struct command command = world_ask("1");

	(void)state;
	world_office(&custodian, &supervisor);
	assert_int_equal(store_run(world.tables, TABLES_project_signed_out,
	                           VALUES(VALUE_INT("entry", 3), VALUE_INT("at", 1),
	                                  VALUE_TEXT("cause", STR("nonsense")),
	                                  VALUE_INT("ended_session", custodian.n))),
	                 OK);
	struct facts facts = world_facts(custodian);
	assert_int_equal(facts_load(&context, &command, &facts), FAIL_CORRUPT);
}

static void nobody_acts_in_a_case_of_his_own(void **state)
{
	struct session_id custodian, supervisor, mei;
	struct command decide = world_command(COMMAND_decide_case), add = world_command(COMMAND_add_party);

	(void)state;
	world_office(&custodian, &supervisor);
	granted(world_import(custodian, IMPORT_CASES,
	                     CASES_HEAD "113-0099,sanmin,B_LOW,2024-03-01,,1,E100000005,陳美,,registered_national,claimant\n"));
	mei = world_sign_in("陳美", "0005", "c3");
	decide.decide_case.case_no = add.add_party.case_no = STR("113-0099");
	decide.decide_case.decision = DECISION_GRANT;
	decide.decide_case.decided_on = time_local_date(world.now_ms);
	struct facts facts = world_facts(mei);
	assert_int_equal(world_do(&decide, &facts, NULL).refusal, REFUSED_OWN_ACT);
	add.add_party.id_no = STR("X100000009");
	facts = world_facts(mei);
	assert_int_equal(world_do(&add, &facts, NULL).refusal, REFUSED_OWN_ACT);
	decide.decide_case.case_no = STR("113-0041");
	facts = world_facts(mei);
	granted(world_do(&decide, &facts, NULL));
}

static void a_changed_term_is_changed_once(void **state)
{
	static const char *const terms[] = { "2026-12-31", "2027-12-31", "2027-06-30" };
	struct session_id custodian, supervisor;

	(void)state;
	world_office(&custodian, &supervisor);
	for (size_t i = 0; i < ARRAY_LEN(terms); i++) {
		char list[400];
		snprintf(list, sizeof list, STAFF_HEAD "E100000005,陳美,sanmin,社會課,課員,officer,,2026-01-01,%s,c3,\n", terms[i]);
		granted(world_import(custodian, IMPORT_STAFF, list));
		uint64_t before = world.next_entry;
		struct verdict again = world_import(custodian, IMPORT_STAFF, list);
		granted(again);
		assert_int_equal(again.change_count, 0);
		assert_int_equal(world.next_entry, before + 1); /* that the list was imported */
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define IN_WORLD(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
		IN_WORLD(the_first_two_people_sign_in),
		IN_WORLD(a_card_of_another_name_does_not_match),
		IN_WORLD(an_office_is_made_of_lists),
		IN_WORLD(what_is_delivered_is_decided_again),
		IN_WORLD(an_answer_stands_with_its_question),
		IN_WORLD(importing_the_same_list_twice_changes_nothing),
		IN_WORLD(what_one_list_says_another_does_not_take_away),
		IN_WORLD(equal_numbers_of_a_list_are_one_person),
		IN_WORLD(due_dates_skip_holidays),
		IN_WORLD(a_parameter_counts_from_its_day),
		IN_WORLD(what_is_rolled_back_is_not_remembered),
		IN_WORLD(a_clock_that_went_back_stops_questions_until_it_catches_up),
		IN_WORLD(a_tampered_word_is_told),
		IN_WORLD(nobody_acts_in_a_case_of_his_own),
		IN_WORLD(a_changed_term_is_changed_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
