#include "keeper/sheets.h"

#include "world.h"

static struct session_id custodian, supervisor, mei;
static struct person_id officer;
static uint64_t asked;

static int office_open(void **state)
{
	struct command ask;

	world_open(state);
	world_office(&custodian, &supervisor);
	mei = world_sign_in("陳美", "0005", "c3");
	ask = world_ask("1");
	struct facts facts = world_facts(mei);
	granted(world_do(&ask, &facts, &asked));
	officer = facts.me;
	ask = world_ask("Y200000002");
	facts = world_facts(mei);
	assert_int_equal(world_do(&ask, &facts, NULL).refusal, REFUSED_SUBJECT_NOT_IN_CASE);
	return 0;
}

static struct sheet read_page(enum sheet_kind kind, const char *office, const struct pair *filter,
                              int64_t after, int64_t limit, int64_t *next_out)
{
	struct facts_context context = world_context();
	struct sheet_asked what = { .spec = sheet_spec(kind), .me = officer, .office = str_from(office),
		                    .after = after, .limit_rows = limit,
		                    .today = time_local_date(world.now_ms), .filters = filter,
		                    .filter_count = filter ? 1 : 0 };
	struct sheet sheet;

	assert_int_equal(sheet_load(&context, &what, &sheet, next_out), OK);
	return sheet;
}

static struct sheet read_all(enum sheet_kind kind, const char *office, const struct pair *filter)
{
	int64_t next;
	struct sheet sheet = read_page(kind, office, filter, 0, 0, &next);

	assert_int_equal(next, 0);
	return sheet;
}

static void every_list_can_be_read(void **state)
{
	(void)state;
	for (int kind = 1; kind < SHEET_KIND_COUNT; kind++) {
		struct sheet sheet = read_all((enum sheet_kind)kind, "", NULL);
		assert_int_equal(sheet.column_count, sheet_spec((enum sheet_kind)kind)->column_count);
	}
}

static void parties_show_names_beside_their_ids(void **state)
{
	struct pair filter = { STR("case_no"), STR("113-0041") };
	struct sheet sheet = read_all(SHEET_case_parties, "sanmin", &filter);

	(void)state;
	assert_int_equal(sheet.row_count, 2);
	struct str person = sheet_cell(&sheet, 0, STR("person"));
	assert_int_equal(person.len, 16 + 1 + strlen("張三"));
	assert_true(str_ends(person, STR(" 張三")));
	assert_true(str_is(sheet_cell(&sheet, 0, STR("relation")), "claimant"));
	assert_true(str_eq(sheet_cell(&sheet, 0, STR("last_query")),
	                   str_printf(&world.arena, "%llu", (unsigned long long)asked)));
	assert_int_equal(read_all(SHEET_case_parties, "zuoying", &filter).row_count, 0);
}

static void an_office_sees_its_own_and_the_bureau_all(void **state)
{
	(void)state;
	assert_int_equal(read_all(SHEET_my_cases, "sanmin", NULL).row_count, 1);
	assert_int_equal(read_all(SHEET_my_cases, "zuoying", NULL).row_count, 0);
	assert_int_equal(read_all(SHEET_my_cases, "", NULL).row_count, 1);
	assert_int_equal(read_all(SHEET_refusals, "sanmin", NULL).row_count, 1);
	assert_int_equal(read_all(SHEET_refusals, "bureau", NULL).row_count, 0);
	assert_int_equal(read_all(SHEET_people, "", NULL).row_count, 4);
	assert_int_equal(read_all(SHEET_people, "sanmin", NULL).row_count, 2);
	assert_int_equal(read_all(SHEET_grants, "sanmin", NULL).row_count, 1);
}

static void a_filter_that_is_chosen_narrows_the_list(void **state)
{
	struct pair duty = { STR("duty"), STR("officer") }, office = { STR("in_office"), STR("zuoying") };
	size_t all = read_all(SHEET_people, "", NULL).row_count;

	(void)state;
	assert_in_range(read_all(SHEET_people, "", &duty).row_count, 1, all - 1);
	assert_in_range(read_all(SHEET_people, "", &office).row_count, 0, all - 1);
	assert_int_equal(read_all(SHEET_people, "sanmin", &office).row_count, 0);
}

static void only_names_and_numbers_are_personal(void **state)
{
	const struct filter_spec *person = &sheet_spec(SHEET_accounts)->filters[0];

	(void)state;
	assert_int_equal(person->kind, FILTER_PERSON);
	assert_true(filter_is_personal(person, STR("林美")));
	assert_true(filter_is_personal(person, STR("A123456789")));
	assert_false(filter_is_personal(person, STR("00000000000000b1")));
	assert_false(filter_is_personal(person, STR("")));
	assert_false(filter_is_personal(&sheet_spec(SHEET_accounts)->filters[1], STR("0a1b2c")));
}

static void a_refusal_names_officer_and_rule(void **state)
{
	struct sheet sheet = read_all(SHEET_refusals, "", NULL);

	(void)state;
	assert_true(str_ends(sheet_cell(&sheet, 0, STR("person")), STR(" 陳美")));
	assert_true(str_is(sheet_cell(&sheet, 0, STR("rule")), "subject_not_in_case"));
	assert_true(str_is(sheet_cell(&sheet, 0, STR("case_no")), "113-0041"));
}

static void my_question_is_shown_with_its_state(void **state)
{
	struct str number = str_printf(&world.arena, "%llu", (unsigned long long)asked);
	struct pair filter = { STR("asked"), number };
	struct sheet sheet = read_all(SHEET_query, "sanmin", &filter);

	(void)state;
	assert_int_equal(sheet.row_count, 1);
	assert_true(str_is(sheet_cell(&sheet, 0, STR("state")), "open"));
	assert_true(str_is(sheet_cell(&sheet, 0, STR("anchor")), "2026-11-23"));
	assert_true(str_is(sheet_cell(&sheet, 0, STR("released")), "false"));
	assert_true(str_is(sheet_cell(&sheet, 0, STR("verdict")), ""));
	assert_int_equal(sheet_cell(&sheet, 0, STR("asked_at")).len, strlen("2026-11-23T01:00:15.000Z"));
	assert_int_equal(read_all(SHEET_my_queries, "", NULL).row_count, 1);
}

static void pages_follow_each_other_without_gaps(void **state)
{
	int64_t after = 0, rows = 0, pages = 0;

	(void)state;
	do {
		struct sheet sheet = read_page(SHEET_people, "", NULL, after, 3, &after);
		rows += (int64_t)sheet.row_count;
		pages++;
	} while (after);
	assert_int_equal(rows, 4);
	assert_int_equal(pages, 2);
}

static void newest_questions_come_first_over_pages(void **state)
{
	int64_t after = 0;
	struct str last = STR("");
	int rows = 0;

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct command ask = world_ask("2");
		struct facts facts = world_facts(mei);
		granted(world_do(&ask, &facts, NULL));
	}
	do {
		struct sheet sheet = read_page(SHEET_my_queries, "", NULL, after, 2, &after);
		for (size_t i = 0; i < sheet.row_count; i++, rows++) {
			struct str key = sheet_cell(&sheet, i, STR("key"));
			assert_true(!last.len || last.len > key.len || str_compare(key, last) < 0);
			last = key;
		}
	} while (after);
	assert_int_equal(rows, 5);
}

static void a_case_opened_at_the_counter_is_a_task_of_the_supervisor(void **state)
{
	struct command open = world_command(COMMAND_open_case);
	struct facts facts = world_facts(mei);
	struct session_id lin = world_sign_in("林督", "0007", "c4");

	(void)state;
	open.open_case.case_no = STR("115-1");
	open.open_case.legal_basis = STR("B_LOW");
	open.open_case.intake_no = STR("收1");
	open.open_case.received_on = time_local_date(world.now_ms);
	granted(world_do(&open, &facts, NULL));
	assert_int_equal(read_all(SHEET_my_tasks, "", NULL).row_count, 0);
	facts = world_facts(lin);
	struct facts_context context = world_context();
	struct command look = world_command(COMMAND_confirm_case);
	look.confirm_case.case_no = STR("115-1");
	assert_int_equal(facts_load(&context, &look, &facts), OK);
	assert_true(facts.case_.unconfirmed && !facts.case_.entered_by_me);
	officer = facts.me;
	struct sheet sheet = read_all(SHEET_my_tasks, "", NULL);
	assert_int_equal(sheet.row_count, 2); /* an office without a custodian is another */
	assert_true(str_is(sheet_cell(&sheet, 1, STR("task")), "confirm_case"));
	assert_true(str_is(sheet_cell(&sheet, 1, STR("object")), "115-1"));
	assert_true(str_is(sheet_cell(&sheet, 1, STR("overdue")), "false"));
	facts = world_facts(mei);
	assert_int_equal(facts_load(&context, &look, &facts), OK);
	assert_true(facts.case_.entered_by_me);
}

static void a_list_shows_the_id_alone_when_the_name_was_destroyed(void **state)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	(void)state;
	assert_int_equal(vault_commit(world.vault), OK);
	assert_int_equal(store_ask(world.tables, TABLES_fact_person, VALUES(VALUE_INT("person", officer.n)),
	                           &rows),
	                 OK);
	assert_true(rows_next(&rows));
	assert_int_equal(vault_erase(world.vault, (struct document_id){ (uint64_t)rows_i64(&rows, 1) }), OK);
	rows_end(&rows);
	struct sheet sheet = read_all(SHEET_refusals, "", NULL);
	assert_int_equal(sheet_cell(&sheet, 0, STR("person")).len, 16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define IN_OFFICE(name) cmocka_unit_test_setup_teardown(name, office_open, world_close)
		IN_OFFICE(every_list_can_be_read),
		IN_OFFICE(parties_show_names_beside_their_ids),
		IN_OFFICE(an_office_sees_its_own_and_the_bureau_all),
		IN_OFFICE(a_filter_that_is_chosen_narrows_the_list),
		cmocka_unit_test(only_names_and_numbers_are_personal),
		IN_OFFICE(a_refusal_names_officer_and_rule),
		IN_OFFICE(my_question_is_shown_with_its_state),
		IN_OFFICE(pages_follow_each_other_without_gaps),
		IN_OFFICE(newest_questions_come_first_over_pages),
		IN_OFFICE(a_case_opened_at_the_counter_is_a_task_of_the_supervisor),
		IN_OFFICE(a_list_shows_the_id_alone_when_the_name_was_destroyed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
