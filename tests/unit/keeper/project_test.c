#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "keeper/project.h"
#include "law/application.h"
#include "store/sql_tables.h"

#include <cmocka.h>

enum { SESSION = 2 };

static const char DIGEST[] = "0123456789012345678901234567890123456789012";

static struct store *opened(void)
{
	struct store *store = NULL;

	assert_int_equal(store_open("", STORE_MEMORY, &sql_tables, &store), OK);
	assert_int_equal(store_begin(store), OK);
	return store;
}

/* A value for every member, so that every field of the statements is bound to something. */
static void fill(struct event *event)
{
	const struct record_spec *spec = event_spec(event->kind);

	for (size_t i = 0; i < spec->count; i++) {
		const struct field_spec *field = &spec->fields[i];
		void *member = (char *)event_body(event) + field->offset;
		static struct str words[2] = { STR_INIT("item_1"), STR_INIT("item_5") };
		switch (field->kind) {
		case FIELD_TEXT:
		case FIELD_SECRET:
			*(struct str *)member = STR("x");
			break;
		case FIELD_INT:
		case FIELD_TIME:
			*(int64_t *)member = 1;
			break;
		case FIELD_BOOL:
			*(bool *)member = true;
			break;
		case FIELD_DATE:
			*(struct date *)member = (struct date){ 20000 };
			break;
		case FIELD_WORD:
			*(int *)member = 1;
			break;
		case FIELD_TEXTS:
			*(struct texts *)member = (struct texts){ 2, words };
			break;
		case FIELD_ENTRY:
		case FIELD_PERSON:
			*(uint64_t *)member = SESSION;
			break;
		case FIELD_DOCUMENT:
			*(struct document *)member = (struct document){ 7, str_from(DIGEST), STR("") };
			break;
		}
	}
}

static enum fail apply(struct store *store, enum event_kind kind, uint64_t entry, bool filled)
{
	struct event event = event_new(kind);

	if (filled)
		fill(&event);
	event.at_ms = 1764000000000;
	event.session.n = SESSION;
	event.request = STR("AAAAAAAAAAAAAAAAAAAAAA");
	event.content = STR("c");
	return project_event(store, &event, entry);
}

static void every_statement_can_be_prepared(void **state)
{
	AUTO(store_close) struct store *store = opened();

	(void)state;
	for (size_t i = 0; i < sql_tables.statement_count; i++) {
		const struct store_statement *statement = &sql_tables.statements[i];
		struct store_value all[64];
		AUTO(rows_end) struct rows_found rows = ROWS_NONE;
		assert_in_range(statement->field_count, 0, ARRAY_LEN(all));
		for (size_t j = 0; j < statement->field_count; j++)
			all[j] = (struct store_value){ statement->fields[j], STORE_NULL, 0, STR("") };
		struct store_values given = { all, statement->field_count };
		assert_int_equal(store_ask(store, (int)i, given, &rows), OK);
	}
}

static void every_kind_of_entry_can_be_applied(void **state)
{
	AUTO(store_close) struct store *store = opened();

	(void)state;
	assert_int_equal(apply(store, EVENT_signed_in, SESSION, true), OK);
	for (int kind = 1; kind < EVENT_KIND_COUNT; kind++) {
		enum fail fail = apply(store, (enum event_kind)kind, 100 + (uint64_t)kind, true);
		if (fail != OK)
			print_error("%.*s\n", STR_FMT(event_spec((enum event_kind)kind)->name));
		assert_int_equal(fail, OK);
	}
}

static void only_reading_counting_and_operators_change_nothing(void **state)
{
	int none = 0;

	(void)state;
	for (int kind = 1; kind < EVENT_KIND_COUNT; kind++)
		none += project_is_none((enum event_kind)kind);
	assert_int_equal(none, 5);
	assert_true(project_is_none(EVENT_sign_ins_refused));
	assert_true(project_is_none(EVENT_signature_read));
	assert_true(project_is_none(EVENT_log_read));
	assert_true(project_is_none(EVENT_sheet_read));
	assert_true(project_is_none(EVENT_operator_acted));
}

static void a_request_is_kept_with_its_first_entry(void **state)
{
	AUTO(store_close) struct store *store = opened();
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	(void)state;
	assert_int_equal(apply(store, EVENT_signed_in, SESSION, true), OK);
	assert_int_equal(apply(store, EVENT_calendar_changed, 5, true), OK);
	assert_int_equal(apply(store, EVENT_calendar_changed, 6, true), OK);
	assert_int_equal(store_ask(store, TABLES_requests_since, VALUES(VALUE_INT("from", 0)), &rows), OK);
	assert_true(rows_next(&rows));
	assert_int_equal(rows_i64(&rows, 0), 5);
	assert_false(rows_next(&rows));
}

static void an_entry_that_contradicts_the_tables_is_refused(void **state)
{
	AUTO(store_close) struct store *store = opened();

	(void)state;
	assert_int_equal(apply(store, EVENT_log_opened, 0, true), OK);
	assert_int_equal(apply(store, EVENT_log_opened, 1, true), FAIL_CONFLICT);
}

static void the_position_is_what_was_applied(void **state)
{
	AUTO(store_close) struct store *store = opened();
	uint64_t size = 9;

	(void)state;
	assert_int_equal(project_position(store, &size), OK);
	assert_int_equal(size, 0);
	assert_int_equal(project_applied(store, 12), OK);
	assert_int_equal(project_position(store, &size), OK);
	assert_int_equal(size, 12);
}

/* What lists know of the way of an application is what the law says, row by row and no row more. */
static bool route_stands(const struct application_route *route, enum application_chain chain, const struct rows_found *rows)
{
	static const char *const places[] = { "applicant", "office", "bureau", "nia" };

	return str_eq(rows_text(rows, 0), word_code(&application_chain_words, (int)chain)) &&
	       str_eq(rows_text(rows, 1), word_code(&application_state_words, (int)route->from)) &&
	       str_eq(rows_text(rows, 2), word_code(&duty_words, (int)route->duty)) &&
	       str_eq(rows_text(rows, 3), word_code(&application_step_words, (int)route->step)) &&
	       str_eq(rows_text(rows, 4), word_code(&application_state_words, (int)route->to)) &&
	       str_is(rows_text(rows, 5), places[route->place]);
}

static void lists_know_the_way_of_an_application(void **state)
{
	AUTO(store_close) struct store *store = opened();
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	size_t wanted = 0, found = 0;
	int task;

	(void)state;
	for (size_t i = 0; i < application_routes_count; i++)
		for (int chain = 1; chain < application_chain_end && application_routes[i].duty; chain++)
			wanted += (application_routes[i].chains & CHAIN_BIT(chain)) != 0;
	assert_int_equal(store_ask(store, TABLES_dump_application_route, NO_VALUES, &rows), OK);
	while (rows_next(&rows)) {
		bool stands = false;
		for (size_t i = 0; i < application_routes_count; i++)
			for (int chain = 1; chain < application_chain_end; chain++)
				stands |= (application_routes[i].chains & CHAIN_BIT(chain)) &&
				          route_stands(&application_routes[i], (enum application_chain)chain, &rows);
		assert_true(stands);
		assert_int_equal(word_find(&task_words, rows_text(&rows, 6), &task), OK);
		found++;
	}
	assert_int_equal(found, wanted);
}

/* Lists read these parameters where they stand and fall back to a number of their own. */
static void lists_fall_back_to_the_parameters_defaults(void **state)
{
	struct parameters parameters = parameters_initial();

	(void)state;
	assert_int_equal(parameter_int(&parameters, PARAMETER_APP_STEP_DAYS), 7);
	assert_int_equal(parameter_int(&parameters, PARAMETER_APP_NIA_ANSWER_DAYS), 30);
	assert_int_equal(parameter_int(&parameters, PARAMETER_GRANT_RENEWAL_NOTICE_DAYS), 90);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_can_be_prepared),
		cmocka_unit_test(every_kind_of_entry_can_be_applied),
		cmocka_unit_test(only_reading_counting_and_operators_change_nothing),
		cmocka_unit_test(a_request_is_kept_with_its_first_entry),
		cmocka_unit_test(an_entry_that_contradicts_the_tables_is_refused),
		cmocka_unit_test(the_position_is_what_was_applied),
		cmocka_unit_test(lists_know_the_way_of_an_application),
		cmocka_unit_test(lists_fall_back_to_the_parameters_defaults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
