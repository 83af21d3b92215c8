/* What the tables remember of an asker is never older than the tables: neither within one transaction, nor when
 * something is undone. */
#include "world.h"

static struct session_id mei;
static uint64_t asked;
static struct facts known; /* what the first question found */

static enum refusal ask_again(void)
{
	struct command command = world_ask("1");
	struct facts facts = world_facts(mei);

	return world_do(&command, &facts, NULL).refusal;
}

static enum refusal deliver(void)
{
	struct command command = world_command(COMMAND_deliver);
	struct facts facts = world_facts((struct session_id){ 0 });

	command.deliver.asked.n = asked;
	facts.delivery = (struct fact_delivery){ .result = RESULT_FOUND, .verdict = ANSWER_ELIGIBLE,
		                                 .answer = STR("{}"), .day_table = STR(""),
		                                 .rows_digest = STR(""), .data_as_of = DATE_NONE };
	return world_do(&command, &facts, NULL).refusal;
}

/* Asked and answered before, so that all is known by heart. */
static int asker_make(void **state)
{
	struct session_id custodian, supervisor;

	world_open(state);
	struct command command = world_ask("1");
	world_office(&custodian, &supervisor);
	mei = world_sign_in("陳美", "0005", "c3");
	known = world_facts(mei);
	granted(world_do(&command, &known, &asked));
	assert_int_equal(deliver(), REFUSED_NOT);
	command = world_ask("1");
	known = world_facts(mei);
	granted(world_do(&command, &known, &asked));
	return 0;
}

/* An event that takes away what a question needs, and by which rule the question then is refused. */
struct taking {
	void (*event)(struct event *event);
	enum event_kind kind;
	enum refusal asking, delivering;
};

static void duty_ends(struct event *event)
{
	event->duty_ended.duty_entry = known.my_duties.at[0].entry;
	event->duty_ended.person = known.me;
	event->duty_ended.duty_end = DUTY_END_LEFT;
	event->duty_ended.ended_on = known.today;
}

static void grant_ends(struct event *event)
{
	int64_t entry;

	assert_int_equal(store_number(world.tables, TABLES_fact_granted,
	                              VALUES(VALUE_INT("person", known.me.n), VALUE_TEXT("item", STR("item_1")),
	                                     VALUE_TEXT("basis", STR("B_LOW")), VALUE_TEXT("office", STR("sanmin")),
	                                     VALUE_INT("today", known.today.day)), &entry), OK);
	event->grant_ended.grant_entry.n = (uint64_t)entry;
	event->grant_ended.person = known.me;
	event->grant_ended.ended_on = known.today;
}

static void case_closes(struct event *event)
{
	event->case_closed.case_id = known.case_.id;
	event->case_closed.closed_on = known.today;
}

static void account_is_suspended(struct event *event)
{
	event->account_suspended.person = known.me;
	event->account_suspended.office = STR("sanmin");
	event->account_suspended.suspend_cause = SUSPEND_VIOLATION;
	event->account_suspended.effective = known.today;
}

static void session_ends(struct event *event)
{
	event->signed_out.ended_session = mei;
	event->signed_out.cause = OUT_BLOCKED;
}

static const struct taking takings[] = {
	{ duty_ends, EVENT_duty_ended, REFUSED_NO_DUTY, REFUSED_DUTY_NOT_ENTITLED },
	{ grant_ends, EVENT_grant_ended, REFUSED_ITEM_NOT_GRANTED, REFUSED_ITEM_NOT_GRANTED },
	{ case_closes, EVENT_case_closed, REFUSED_CASE_CLOSED, REFUSED_CASE_CLOSED },
	{ account_is_suspended, EVENT_account_suspended, REFUSED_ACCOUNT_SUSPENDED, REFUSED_DUTY_NOT_ENTITLED },
	{ session_ends, EVENT_signed_out, REFUSED_SESSION_ENDED, REFUSED_SESSION_ENDED },
};

static void take(const struct taking *taking)
{
	struct event event = event_new(taking->kind);

	taking->event(&event);
	world_event(&event);
}

static void what_ends_is_seen_by_the_next_question(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(takings); i++) {
		uint64_t next = world.next_entry;
		assert_int_equal(store_mark(world.tables), OK);
		take(&takings[i]);
		assert_int_equal(ask_again(), takings[i].asking);
		assert_int_equal(store_return(world.tables), OK);
		world.next_entry = next;
		assert_int_equal(ask_again(), REFUSED_NOT);
	}
}

static void what_ends_is_seen_by_the_answer(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(takings); i++) {
		uint64_t next = world.next_entry;
		assert_int_equal(store_mark(world.tables), OK);
		take(&takings[i]);
		assert_int_equal(deliver(), takings[i].delivering);
		assert_int_equal(store_return(world.tables), OK);
		world.next_entry = next;
	}
	assert_int_equal(deliver(), REFUSED_NOT);
}

static void a_rolled_back_transaction_takes_its_duties_with_it(void **state)
{
	(void)state;
	assert_int_equal(store_commit(world.tables), OK);
	assert_int_equal(store_begin(world.tables), OK);
	uint64_t next = world.next_entry;
	take(&takings[0]);
	assert_int_equal(ask_again(), REFUSED_NO_DUTY);
	store_rollback(world.tables);
	world.next_entry = next;
	assert_int_equal(store_begin(world.tables), OK);
	assert_int_equal(ask_again(), REFUSED_NOT);
}

/* What holds from a day on holds from that day on, although no row changes then. */
static void a_day_that_begins_is_seen(void **state)
{
	(void)state;
	struct event event = event_new(EVENT_account_suspended);
	account_is_suspended(&event);
	event.account_suspended.effective = date_add(known.today, 1);
	world_event(&event);
	assert_int_equal(ask_again(), REFUSED_NOT);
	world.now_ms += 24 * 3600000;
	assert_int_equal(ask_again(), REFUSED_ACCOUNT_SUSPENDED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_ends_is_seen_by_the_next_question, asker_make, world_close),
		cmocka_unit_test_setup_teardown(what_ends_is_seen_by_the_answer, asker_make, world_close),
		cmocka_unit_test_setup_teardown(a_rolled_back_transaction_takes_its_duties_with_it, asker_make, world_close),
		cmocka_unit_test_setup_teardown(a_day_that_begins_is_seen, asker_make, world_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
