#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <time.h>

#include "office.h"

#include <cmocka.h>

enum { SCRIBE = 9, OTHER_SCRIBE = 10 };

static struct office office;
static uint64_t order_id, asked_id;

static const char *duty_of(enum office_card card)
{
	const struct message *reply = office_show(&office, card, "my_duties", NO_FIELDS);

	assert_int_equal(reply->sheet_count, 1);
	return str_c(&office.arena, reply->sheets[0].cells[0]);
}

/* What the keeper asks of the scribe; false when it asks nothing. */
static bool ordered(void)
{
	for (size_t i = 0; i < office.heard_count; i++) {
		if (office.heard_by[i] != SCRIBE || office.heard[i].kind != MESSAGE_PRINT)
			continue;
		order_id = office.heard[i].id;
		return true;
	}
	return false;
}

static const struct message *print(enum office_card card, const char *about)
{
	const struct message *reply = office_do(&office, card, "print_paper", NULL,
	                                        FIELDS("printed_paper", "appointment", "about", about));

	asked_id = office.next_id;
	return reply;
}

static const struct message *answered(uint64_t from, const char *name, const char *text)
{
	struct message reply = message_new(&office.arena, MESSAGE_PRINTED, order_id);

	message_put(&reply, name, str_from(text));
	office.heard_count = 0;
	office_run(&office, PEER_SCRIBE, from, &reply);
	office_settle(&office);
	return office_reply(&office, asked_id);
}

static int begin(void **state)
{
	(void)state;
	office_make(&office);
	office_first_start(&office);
	return 0;
}

static int end(void **state)
{
	(void)state;
	office_remove(&office);
	return 0;
}

/* The keeper looks after what waits once a second. */
static bool ordered_in_time(void)
{
	struct timespec nap = { 0, 20000000 };
	int64_t wait_ms;

	for (int i = 0; i < 250 && !ordered(); i++) {
		nanosleep(&nap, NULL);
		must(keeper_tick(office.keeper, &wait_ms));
		office_settle(&office);
	}
	return ordered();
}

static void an_order_waits_for_a_scribe_that_is_just_starting(void **state)
{
	const char *duty = duty_of(CARD_CUSTODIAN);

	(void)state;
	assert_null(print(CARD_CUSTODIAN, duty));
	assert_false(ordered());
	keeper_joined(office.keeper, PEER_SCRIBE, SCRIBE);
	assert_true(ordered_in_time());
	assert_true(str_is(message_get(answered(SCRIBE, "file", "%PDF-1.5 late"), "outcome"), "granted"));
}

static void a_paper_leaves_after_its_entry(void **state)
{
	const char *duty = duty_of(CARD_CUSTODIAN);

	(void)state;
	keeper_joined(office.keeper, PEER_SCRIBE, SCRIBE);
	assert_null(print(CARD_CUSTODIAN, duty));
	assert_true(ordered());
	const struct message *reply = answered(SCRIBE, "file", "%PDF-1.5 made");
	assert_true(str_is(message_get(reply, "outcome"), "granted"));
	assert_true(str_is(message_get(reply, "file"), "%PDF-1.5 made"));
	assert_true(message_get_u64(reply, "entry") > 0);
	assert_true(str_ends(message_get(reply, "file_name"), STR(".pdf")));
	assert_null(answered(SCRIBE, "file", "%PDF-1.5 again")); /* it was answered once */
}

static void only_the_scribe_that_was_asked_is_heard(void **state)
{
	const char *duty = duty_of(CARD_CUSTODIAN);

	(void)state;
	keeper_joined(office.keeper, PEER_SCRIBE, SCRIBE);
	assert_null(print(CARD_CUSTODIAN, duty));
	assert_true(ordered());
	assert_null(answered(OTHER_SCRIBE, "file", "%PDF-1.5 forged"));
	assert_true(str_is(message_get(answered(SCRIBE, "file", "%PDF-1.5 made"), "outcome"), "granted"));
}

static void a_scribe_that_fails_is_a_failure_without_entry(void **state)
{
	const char *duty = duty_of(CARD_CUSTODIAN);

	(void)state;
	keeper_joined(office.keeper, PEER_SCRIBE, SCRIBE);
	assert_null(print(CARD_CUSTODIAN, duty));
	assert_true(ordered());
	const struct message *reply = answered(SCRIBE, "fail", "timeout");
	assert_true(str_is(message_get(reply, "outcome"), "failed"));
	assert_int_equal(message_get(reply, "entry").len, 0);
}

static void a_missing_character_is_refused_and_named(void **state)
{
	const char *duty = duty_of(CARD_CUSTODIAN);

	(void)state;
	keeper_joined(office.keeper, PEER_SCRIBE, SCRIBE);
	assert_null(print(CARD_CUSTODIAN, duty));
	assert_true(ordered());
	const struct message *reply = answered(SCRIBE, "missing", "U+F8FF");
	assert_true(str_is(message_get(reply, "refusal"), "glyph_missing"));
	assert_true(str_is(message_get(reply, "detail"), "U+F8FF"));
	assert_int_equal(message_get(reply, "file").len, 0);
}

static void who_loses_the_right_meanwhile_gets_no_paper(void **state)
{
	const char *theirs = duty_of(CARD_CUSTODIAN), *mine = duty_of(CARD_SUPERVISOR);

	(void)state;
	keeper_joined(office.keeper, PEER_SCRIBE, SCRIBE);
	assert_null(print(CARD_SUPERVISOR, theirs));
	assert_true(ordered());
	uint64_t asked = asked_id;
	const struct message *ended = office_do(&office, CARD_CUSTODIAN, "end_duty", NULL,
		FIELDS("duty_entry", mine, "duty_end", "transferred", "ended_on", "2026-11-24"));
	assert_true(str_is(message_get(ended, "outcome"), "granted"));
	asked_id = asked;
	const struct message *reply = answered(SCRIBE, "file", "%PDF-1.5 made");
	assert_true(str_is(message_get(reply, "refusal"), "paper_of_others"));
	assert_int_equal(message_get(reply, "file").len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_order_waits_for_a_scribe_that_is_just_starting, begin, end),
		cmocka_unit_test_setup_teardown(a_paper_leaves_after_its_entry, begin, end),
		cmocka_unit_test_setup_teardown(only_the_scribe_that_was_asked_is_heard, begin, end),
		cmocka_unit_test_setup_teardown(a_scribe_that_fails_is_a_failure_without_entry, begin, end),
		cmocka_unit_test_setup_teardown(a_missing_character_is_refused_and_named, begin, end),
		cmocka_unit_test_setup_teardown(who_loses_the_right_meanwhile_gets_no_paper, begin, end),
	};

	crypto_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
