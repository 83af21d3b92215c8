/* Anybody on the network can present any certificate as often as he likes: the log tells of it and does not
 * grow with it (X8, C13, decision 0131). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* The third is known to nobody. */
#define OFFICE_PEOPLE(PERSON)                          \
	PERSON(CARD_CUSTODIAN, "A123456789", "陳專責")   \
	PERSON(CARD_SUPERVISOR, "A100000001", "林主管")  \
	PERSON(CARD_STRANGER, "K120000257", "何生")      \
	PERSON(CARD_ALIEN, "K120000266", "何來")

#include "office.h"
#include "law/events.h"
#include "store/ledger.h"

#include <cmocka.h>

enum { FROM_FRONT = 4, HOUR_MS = 3600000, MINUTE_MS = 60000 };

static struct office office;

static uint64_t entries_of(enum event_kind kind, int64_t *last_count_out)
{
	struct arena arena = arena_open(1 << 26);
	struct ledger *ledger;
	struct event event;
	struct str bytes;
	uint64_t found = 0;
	char path[128];

	snprintf(path, sizeof path, "%s/log", office.dir);
	assert_int_equal(ledger_open(path, LEDGER_READ, &ledger), OK);
	for (uint64_t i = 0; i < ledger_size(ledger); i++) {
		assert_int_equal(ledger_read(ledger, i, &arena, &bytes), OK);
		assert_int_equal(event_decode(&arena, bytes, &event), OK);
		found += event.kind == kind;
		if (event.kind == EVENT_sign_ins_refused && last_count_out)
			*last_count_out = event.sign_ins_refused.count;
	}
	ledger_close(ledger);
	arena_close(&arena);
	return found;
}

static void presented(enum office_card card, const char *refusal)
{
	struct message message = message_new(&office.arena, MESSAGE_SIGN_IN, ++office.next_id);

	message_put(&message, "channel", STR("web"));
	message_put(&message, "address", STR("10.0.0.9"));
	message_put(&message, "chain", office.cards[card].cert_der);
	office.heard_count = 0;
	office_run(&office, PEER_FRONT, FROM_FRONT, &message);
	office_settle(&office);
	assert_int_equal(office.heard_count, 1);
	assert_true(str_is(message_get(&office.heard[0], "refusal"), refusal));
}

static void time_passes(int64_t ms)
{
	struct message clock = message_new(&office.arena, MESSAGE_OPERATOR, ++office.next_id);
	int64_t wait_ms;

	office.now_ms += ms;
	message_put(&clock, "verb", STR("clock"));
	office_run(&office, PEER_COUNTER, FROM_CLI, &clock);
	must(keeper_tick(office.keeper, &wait_ms));
	office_settle(&office);
}

static void X8_a_flood_of_one_card_is_an_entry_and_a_count(void **state)
{
	int64_t counted = 0;

	(void)state;
	for (int i = 0; i < 40; i++)
		presented(CARD_STRANGER, "card_unknown");
	assert_int_equal(entries_of(EVENT_sign_in_refused, NULL), 1);
	assert_int_equal(entries_of(EVENT_card_presented, NULL), 1);
	time_passes(MINUTE_MS);
	assert_int_equal(entries_of(EVENT_sign_ins_refused, NULL), 0);
	time_passes(11 * MINUTE_MS);
	assert_int_equal(entries_of(EVENT_sign_ins_refused, &counted), 1);
	assert_int_equal(counted, 39);
	time_passes(11 * MINUTE_MS);
	assert_int_equal(entries_of(EVENT_sign_ins_refused, NULL), 1);
}

static void X8_the_next_hour_has_its_own_entry(void **state)
{
	(void)state;
	time_passes(HOUR_MS);
	presented(CARD_STRANGER, "card_unknown");
	presented(CARD_STRANGER, "card_unknown");
	assert_int_equal(entries_of(EVENT_sign_in_refused, NULL), 2);
}

static void X8_another_card_and_another_rule_are_entries(void **state)
{
	(void)state;
	presented(CARD_ALIEN, "card_unknown");
	assert_int_equal(entries_of(EVENT_sign_in_refused, NULL), 3);
	/* the custodian's good card holds a duty: he gets in, and the flood has not locked him out */
	presented(CARD_CUSTODIAN, "");
}

/* Certificates of one's own making have any serial: each is another card. */
static void X8_many_cards_are_so_many_an_hour(void **state)
{
	uint64_t before;

	(void)state;
	time_passes(HOUR_MS);
	before = entries_of(EVENT_sign_in_refused, NULL);
	for (int i = 0; i < 130; i++) {
		struct message message = message_new(&office.arena, MESSAGE_SIGN_IN, ++office.next_id);
		struct str der = str_copy(&office.arena, office.cards[CARD_ALIEN].cert_der);
		((char *)(uintptr_t)der.at)[20 + i % 8] ^= (char)(1 + i / 8); /* within the serial */
		message_put(&message, "channel", STR("web"));
		message_put(&message, "chain", der);
		office.heard_count = 0;
		office_run(&office, PEER_FRONT, FROM_FRONT, &message);
		office_settle(&office);
		assert_true(str_is(message_get(&office.heard[0], "outcome"), "refused"));
	}
	assert_in_range(entries_of(EVENT_sign_in_refused, NULL) - before, 90, 100);
}

static int office_begin(void **state)
{
	(void)state;
	office_make(&office);
	assert_true(str_is(message_get(office_first_start(&office), "outcome"), "granted"));
	return 0;
}

static int office_end(void **state)
{
	(void)state;
	office_remove(&office);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(X8_a_flood_of_one_card_is_an_entry_and_a_count),
		cmocka_unit_test(X8_the_next_hour_has_its_own_entry),
		cmocka_unit_test(X8_another_card_and_another_rule_are_entries),
		cmocka_unit_test(X8_many_cards_are_so_many_an_hour),
	};

	return cmocka_run_group_tests(tests, office_begin, office_end);
}
