#include "decide_kit.h"

static struct str log_of(struct scene *s, enum refusal expected)
{
	struct verdict verdict = scene_decide(s);
	struct events events;

	assert_int_equal(verdict.refusal, expected);
	events = scene_events(s, &verdict);
	return scene_log(s, &events);
}

static void log_is(struct scene *s, enum refusal expected, const char *text)
{
	struct str log = log_of(s, expected);

	if (!str_is(log, text))
		print_error("%.*s", STR_FMT(log));
	assert_true(str_is(log, text));
	scene_close(s);
}

#define ENVELOPE "\"session\":7,\"request\":\"RRRRRRRRRRRRRRRRRRRRRR\",\"content\":\"CCCCCCCCCCCCCCCCCCCCCC\","
#define REQUEST "\"request\":\"RRRRRRRRRRRRRRRRRRRRRR\",\"content\":\"CCCCCCCCCCCCCCCCCCCCCC\","

static void a_refused_question_keeps_what_was_typed_sealed(void **state)
{
	struct scene *s = scene_open(COMMAND_ask, IMPORT_STAFF);

	(void)state;
	s->facts.subject = (struct fact_subject){ .by_number = true, .number_valid = true, .normalised = STR("B123456789"),
		                                  .tag = STR("tag-b") };
	s->command.ask.subject = STR("b123456789");
	log_is(s, REFUSED_SUBJECT_NOT_IN_CASE,
	       "query_refused {" ENVELOPE "\"rule\":\"subject_not_in_case\",\"case\":30,\"tag\":\"tag-b\","
	       "\"typed\":\"sealed b123456789\",\"basis\":\"B_LOW\",\"purpose\":\"yearly_recheck\",\"item\":\"item_1\","
	       "\"range\":\"residence\",\"channel\":\"web\"}\n");
}

static void a_refused_question_by_party_number_names_the_person(void **state)
{
	struct scene *s = scene_open(COMMAND_ask, IMPORT_STAFF);

	(void)state;
	s->facts.item_granted = false;
	log_is(s, REFUSED_ITEM_NOT_GRANTED,
	       "query_refused {" ENVELOPE "\"rule\":\"item_not_granted\",\"case\":30,\"person\":\"00000000000000b1\","
	       "\"basis\":\"B_LOW\",\"purpose\":\"yearly_recheck\",\"item\":\"item_1\",\"range\":\"residence\","
	       "\"channel\":\"web\"}\n");
}

static void a_question_in_an_ended_session_is_journaled(void **state)
{
	struct scene *s = scene_open(COMMAND_ask, IMPORT_STAFF);

	(void)state;
	s->facts.session.live = false;
	struct str log = log_of(s, REFUSED_SESSION_ENDED);
	assert_true(str_starts(log, STR("query_refused {\"session\":7,")));
	scene_close(s);
	s = scene_open(COMMAND_close_case, IMPORT_STAFF);
	s->facts.session.live = false;
	log_is(s, REFUSED_SESSION_ENDED, "");
}

static void another_refused_command_is_journaled(void **state)
{
	struct scene *s = scene_open(COMMAND_close_case, IMPORT_STAFF);

	(void)state;
	s->facts.case_.id.n = 0;
	log_is(s, REFUSED_CASE_UNKNOWN,
	       "command_refused {" ENVELOPE "\"command\":\"close_case\",\"rule\":\"case_unknown\",\"channel\":\"web\"}\n");
	s = scene_open(COMMAND_add_party, IMPORT_STAFF);
	s->facts.subject.number_valid = false;
	log_is(s, REFUSED_ID_NO_INVALID,
	       "command_refused {" ENVELOPE "\"command\":\"add_party\",\"rule\":\"id_no_invalid\","
	       "\"typed\":\"sealed E100000005\",\"channel\":\"web\"}\n");
}

static void nobody_signed_in_leaves_no_entry(void **state)
{
	struct scene *s = scene_open(COMMAND_close_case, IMPORT_STAFF);

	(void)state;
	s->facts.session.id.n = 0;
	log_is(s, REFUSED_NOT_SIGNED_IN, "");
}

static void a_reused_request_is_not_indexed_again(void **state)
{
	struct scene *s = scene_open(COMMAND_close_case, IMPORT_STAFF);
	struct verdict verdict = { .refusal = REFUSED_REQUEST_REUSED };
	struct events events = scene_events(s, &verdict);

	(void)state;
	assert_int_equal(events.count, 1);
	assert_int_equal(events.at[0].kind, EVENT_command_refused);
	assert_int_equal(events.at[0].request.len, 0);
	scene_close(s);
}

static void a_refused_sign_in_names_card_and_person(void **state)
{
	struct scene *s = scene_open(COMMAND_sign_in, IMPORT_STAFF);

	(void)state;
	s->facts.card.fault = REFUSED_CARD_SIGNATURE;
	s->facts.my_failures = 3;
	log_is(s, REFUSED_CARD_SIGNATURE,
	       "sign_in_refused {" REQUEST "\"rule\":\"card_signature\",\"card_serial\":\"0A01\","
	       "\"person\":\"00000000000000a1\",\"address\":\"192.0.2.7\",\"channel\":\"web\"}\n");
	s = scene_open(COMMAND_sign_in, IMPORT_STAFF);
	s->facts.card.bound_to.n = 0;
	s->facts.my_failures = 9;
	log_is(s, REFUSED_CARD_UNKNOWN,
	       "sign_in_refused {" REQUEST "\"rule\":\"card_unknown\",\"card_serial\":\"0A01\",\"address\":\"192.0.2.7\","
	       "\"channel\":\"web\"}\n"
	       "card_presented {\"card_serial\":\"0A01\",\"address\":\"192.0.2.7\",\"channel\":\"web\","
	       "\"holder\":\"sealed {\"v\":1,\"name\":\"林玫\",\"last_four\":\"6789\"}\"}\n");
	s = scene_open(COMMAND_sign_in, IMPORT_STAFF);
	s->facts.card.bound_to.n = 0;
	s->facts.presented.today = true;
	log_is(s, REFUSED_CARD_UNKNOWN,
	       "sign_in_refused {" REQUEST "\"rule\":\"card_unknown\",\"card_serial\":\"0A01\",\"address\":\"192.0.2.7\","
	       "\"channel\":\"web\"}\n");
	s = scene_open(COMMAND_sign_in, IMPORT_STAFF);
	s->facts.card.bound_to.n = 0;
	s->facts.presented.count_today = 200; /* a flood of unknown cards does not flood the log */
	log_is(s, REFUSED_CARD_UNKNOWN,
	       "sign_in_refused {" REQUEST "\"rule\":\"card_unknown\",\"card_serial\":\"0A01\",\"address\":\"192.0.2.7\","
	       "\"channel\":\"web\"}\n");
}

static void the_fifth_failure_locks(void **state)
{
	struct scene *s = scene_open(COMMAND_sign_in, IMPORT_STAFF);

	(void)state;
	s->facts.card.fault = REFUSED_CARD_SIGNATURE;
	s->facts.my_failures = 4;
	log_is(s, REFUSED_CARD_SIGNATURE,
	       "sign_in_refused {" REQUEST "\"rule\":\"card_signature\",\"card_serial\":\"0A01\","
	       "\"person\":\"00000000000000a1\",\"address\":\"192.0.2.7\",\"channel\":\"web\"}\n"
	       "sign_in_locked {\"person\":\"00000000000000a1\",\"until\":\"2026-11-24T01:15:00.000Z\",\"failures\":5}\n");
}

static void what_is_not_the_holders_failure_locks_nobody(void **state)
{
	struct scene *s = scene_open(COMMAND_sign_in, IMPORT_STAFF);

	(void)state;
	s->facts.card.fault = REFUSED_REVOCATION_STALE;
	s->facts.my_failures = 4;
	assert_int_equal(str_find(log_of(s, REFUSED_REVOCATION_STALE), STR("sign_in_locked"), &(size_t){ 0 }), false);
	scene_close(s);
	s = scene_open(COMMAND_sign_in, IMPORT_STAFF);
	s->facts.me_locked = true;
	s->facts.my_failures = 4;
	assert_int_equal(str_find(log_of(s, REFUSED_SIGN_IN_LOCKED), STR("sign_in_locked {"), &(size_t){ 0 }), false);
	scene_close(s);
}

static void a_foreign_certificate_is_nobodys_failure(void **state)
{
	struct scene *s = scene_open(COMMAND_sign_in, IMPORT_STAFF);

	(void)state;
	s->facts.card.fault = REFUSED_CARD_FOREIGN;
	s->facts.my_failures = 4;
	log_is(s, REFUSED_CARD_FOREIGN,
	       "sign_in_refused {" REQUEST "\"rule\":\"card_foreign\",\"card_serial\":\"0A01\",\"address\":\"192.0.2.7\","
	       "\"channel\":\"web\"}\n");
}

static void an_answer_is_withheld_with_its_rule(void **state)
{
	struct scene *s = scene_open(COMMAND_deliver, IMPORT_STAFF);

	(void)state;
	s->facts.query.case_closed = true;
	log_is(s, REFUSED_CASE_CLOSED, "query_withheld {\"asked\":41,\"rule\":\"case_closed\"}\n");
}

static void a_preview_shows_what_the_import_writes(void **state)
{
	struct scene *s = scene_open(COMMAND_import_list, IMPORT_CASES);
	struct verdict verdict;
	struct events events;

	(void)state;
	s->rows[1].row.cases.case_no = STR("115-0101");
	s->facts.row_count = 2;
	verdict = scene_decide(s);
	events = scene_events(s, &verdict);
	assert_int_equal(events.count, verdict.change_count + 1);
	for (size_t i = 0; i < verdict.change_count; i++) {
		assert_true(str_eq(event_spec(events.at[i + 1].kind)->name, verdict.changes[i].what));
		assert_true(str_starts(verdict.changes[i].about, STR("115-01")));
	}
	scene_close(s);
}

static void problems_stop_at_a_limit(void **state)
{
	enum { ROWS = 3000 };
	struct scene *s = scene_open(COMMAND_import_list, IMPORT_CALENDAR);
	struct fact_row *rows = arena_array(&s->arena, struct fact_row, ROWS);

	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		rows[i] = s->rows[0];
		rows[i].row.line = i + 2;
	}
	s->facts.rows = rows;
	s->facts.row_count = ROWS;
	struct verdict verdict = scene_decide(s);
	assert_int_equal(verdict.refusal, REFUSED_IMPORT_WRONG);
	assert_int_equal(verdict.problem_count, 500);
	assert_int_equal(verdict.problems[0].line, 3);
	for (size_t i = 0; i < ROWS; i++)
		rows[i].row.calendar.day = date_add(s->facts.today, (int32_t)i);
	verdict = scene_decide(s);
	assert_int_equal(verdict.refusal, REFUSED_NOT);
	assert_int_equal(verdict.change_count, ROWS);
	scene_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refused_question_keeps_what_was_typed_sealed),
		cmocka_unit_test(a_refused_question_by_party_number_names_the_person),
		cmocka_unit_test(a_question_in_an_ended_session_is_journaled),
		cmocka_unit_test(another_refused_command_is_journaled),
		cmocka_unit_test(nobody_signed_in_leaves_no_entry),
		cmocka_unit_test(a_reused_request_is_not_indexed_again),
		cmocka_unit_test(a_refused_sign_in_names_card_and_person),
		cmocka_unit_test(the_fifth_failure_locks),
		cmocka_unit_test(what_is_not_the_holders_failure_locks_nobody),
		cmocka_unit_test(a_foreign_certificate_is_nobodys_failure),
		cmocka_unit_test(an_answer_is_withheld_with_its_rule),
		cmocka_unit_test(a_preview_shows_what_the_import_writes),
		cmocka_unit_test(problems_stop_at_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
