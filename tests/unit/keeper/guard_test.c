/* What the keeper does not let pass, and what happens when something fails under it. */
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "outcome.h"

static struct office office;
static struct str mei_token;

static uint64_t log_size(void)
{
	struct message message = message_new(&office.arena, MESSAGE_HEALTH, ++office.next_id);

	return message_get_u64(office_say(&office, &message), "size");
}

static struct message with_token(enum message_kind kind, const char *name, struct str token,
                                 const char *const *fields)
{
	struct message message = office_command(&office, kind, name, NULL, fields);

	message_put(&message, "session", token);
	return message;
}

static const struct message *token_do(const char *name, struct str token, const char *const *fields)
{
	struct message message = with_token(MESSAGE_COMMAND, name, token, fields);

	return office_say(&office, &message);
}

static struct str signed_in(enum office_card card)
{
	const struct message *reply = office_do(&office, card, "sign_in", NULL, NO_FIELDS);

	outcome_is(reply, "granted", "");
	return message_get(reply, "session");
}

static const char *const opening[] = { "case_no", "115-1", "legal_basis", "B_LOW", "intake_no", "1",
	                               "received_on", "2026-11-24", NULL };

static void without_session_nothing_happens(void **state)
{
	uint64_t size = log_size();

	(void)state;
	outcome_is(token_do("open_case", STR(""), opening), "refused", "not_signed_in");
	outcome_is(token_do("open_case", STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), opening), "refused",
	           "not_signed_in");
	outcome_is(token_do("open_case", STR("no token at all"), opening), "refused", "not_signed_in");
	assert_int_equal(log_size(), size);
}

static void commands_of_the_keeper_are_no_commands(void **state)
{
	static const char *const names[] = { "deliver", "expire_query", "end_session", "read_sheet",
		                             "operator_act", "nonsense", "" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		outcome_is(token_do(names[i], mei_token, NO_FIELDS), "invalid", "");
}

static void malformed_fields_are_told_apart(void **state)
{
	(void)state;
	const struct message *reply = token_do("open_case", mei_token, FIELDS("case_no", "1", "nonsense", "1",
	                                                                       "received_on", "yesterday"));
	outcome_is(reply, "invalid", "");
	assert_int_equal(reply->sheet_count, 1);
	assert_true(reply->sheets[0].row_count >= 3);
}

static void a_session_ends_when_idle(void **state)
{
	struct str token = signed_in(CARD_MEI);

	(void)state;
	outcome_is(token_do("open_case", token, opening), "refused", "basis_unknown");
	office.now_ms += 11 * 60000;
	outcome_is(token_do("open_case", token, opening), "refused", "session_ended");
	outcome_is(token_do("open_case", token, opening), "refused", "session_ended");
}

static void a_session_ends_after_its_longest_time(void **state)
{
	struct str token = signed_in(CARD_MEI);

	(void)state;
	for (int minute = 0; minute < 8 * 60; minute += 9) {
		outcome_is(token_do("open_case", token, opening), "refused", "basis_unknown");
		office.now_ms += 9 * 60000;
	}
	outcome_is(token_do("open_case", token, opening), "refused", "session_ended");
}

static void a_session_survives_a_restart(void **state)
{
	struct str token = signed_in(CARD_MEI);

	(void)state;
	keeper_close(&office.keeper);
	office_open(&office);
	outcome_is(token_do("open_case", token, opening), "refused", "basis_unknown");
	outcome_is(token_do("sign_out", token, NO_FIELDS), "granted", "");
	outcome_is(token_do("open_case", token, opening), "refused", "session_ended");
}

static void a_nonce_is_good_once(void **state)
{
	struct message message = office_command(&office, MESSAGE_COMMAND, "sign_in", NULL, NO_FIELDS);

	(void)state;
	office_sign(&office, &message, CARD_MEI, "chain", "signature");
	outcome_is(office_say(&office, &message), "granted", "");
	outcome_is(office_say(&office, &message), "refused", "card_signature");
}

static void a_signature_of_another_card_is_found(void **state)
{
	struct message message = office_command(&office, MESSAGE_COMMAND, "sign_in", NULL, NO_FIELDS);

	(void)state;
	office_sign(&office, &message, CARD_SUPERVISOR, "chain", "signature");
	for (size_t i = 0; i < message.head_count; i++)
		if (str_is(message.head[i].name, "chain"))
			message.head[i].text = office.cards[CARD_MEI].cert_der;
	outcome_is(office_say(&office, &message), "refused", "card_signature");
}

static void a_changed_command_breaks_its_signature(void **state)
{
	struct message message = office_command(&office, MESSAGE_COMMAND, "open_case", NULL, opening);

	(void)state;
	office_sign(&office, &message, CARD_MEI, "chain", "signature");
	message.fields[0].text = STR("115-2");
	outcome_is(office_say(&office, &message), "refused", "card_signature");
}

static void sign_in_with(struct str chain, struct str signature, const char *refusal)
{
	struct message message = office_command(&office, MESSAGE_COMMAND, "sign_in", NULL, NO_FIELDS);

	message_put(&message, "chain", chain);
	message_put(&message, "signature", signature);
	outcome_is(office_say(&office, &message), "refused", refusal);
}

/* Certificates are public: who has only the copy of one locks nobody out. */
static void a_certificate_without_its_key_locks_nobody(void **state)
{
	struct str mine = office.cards[CARD_MEI].cert_der;

	(void)state;
	outcome_is(office_do(&office, CARD_MEI, "sign_in", NULL, NO_FIELDS), "granted", "");
	for (int i = 0; i < 8; i++)
		sign_in_with(mine, STR("AAAA"), "card_signature");
	struct message message = office_command(&office, MESSAGE_COMMAND, "sign_in", NULL, NO_FIELDS);
	office_sign(&office, &message, CARD_LIN, "chain", "signature");
	sign_in_with(mine, message_get(&message, "signature"), "card_signature");
	outcome_is(office_do(&office, CARD_MEI, "sign_in", NULL, NO_FIELDS), "granted", "");
}

static void supervisor_is_revoked(void)
{
	struct testca *testca;

	must(testca_open(office.dir, &testca));
	must(testca_revoke(testca, TESTCA_MOICA_G2, office.serials[CARD_SUPERVISOR], office.now_ms - 1000));
	must(testca_reissue_crls(testca, office.now_ms, 0));
	testca_close(&testca);
	office.now_ms += 3 * 3600000; /* lists are looked at again, also after a clock that went back */
}

static void five_failures_with_the_key_lock(void **state)
{
	(void)state;
	supervisor_is_revoked();
	for (int i = 0; i < 5; i++)
		outcome_is(office_do(&office, CARD_SUPERVISOR, "sign_in", NULL, NO_FIELDS), "refused", "card_revoked");
	outcome_is(office_do(&office, CARD_SUPERVISOR, "sign_in", NULL, NO_FIELDS), "refused", "sign_in_locked");
	office.now_ms += 16 * 60000;
	outcome_is(office_do(&office, CARD_SUPERVISOR, "sign_in", NULL, NO_FIELDS), "refused", "card_revoked");
}

/* A program's certificate authenticates each call; signing in is journaled once. */
static void a_program_signs_in_once(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		uint64_t size = log_size();
		struct message message = office_command(&office, MESSAGE_SHEET, "my_duties", NULL, NO_FIELDS);
		message_put(&message, "chain", office.cards[CARD_MEI].cert_der);
		message_put(&message, "channel", STR("api"));
		office.heard_count = 0;
		office_run(&office, PEER_FRONT, FROM_CLI, &message);
		office_settle(&office);
		outcome_is(office_reply(&office, message.id), "granted", "");
		assert_int_equal(log_size(), size + (i == 0));
	}
}

static void entries_are_for_those_who_may(void **state)
{
	struct message message = message_new(&office.arena, MESSAGE_RESOURCE, ++office.next_id);
	struct str token = signed_in(CARD_MEI);

	(void)state;
	message_put(&message, "resource", STR("tile/entries/000.p/3"));
	assert_true(str_is(message_get(office_say(&office, &message), "refusal"), "not_signed_in"));
	message_put(&message, "session", token);
	const struct message *reply = office_say(&office, &message);
	assert_true(str_is(message_get(reply, "refusal"), "duty_not_entitled"));
	assert_int_equal(message_get(reply, "body").len, 0);
	message.head[0].text = STR("tile/0/000.p/3");
	assert_int_equal(message_get(office_say(&office, &message), "body").len, 3 * HASH_BYTES);
	message.head[0].text = STR("tile/../../keys/log.key");
	assert_true(str_is(message_get(office_say(&office, &message), "fail"), "syntax"));
}

/* DESIGN 5: in step 2 it fails the group and nothing happened; the same request may come again. */
static void a_vault_that_takes_nothing_fails_the_group_only(void **state)
{
	struct rlimit nothing = { 0, RLIM_INFINITY }, all = { RLIM_INFINITY, RLIM_INFINITY };
	uint64_t size = log_size();
	const char *const fields[] = { "name", "residence.margin", "value", "4", "effective", "2026-11-25",
		                       "reason", "一、", NULL };

	(void)state;
	struct message message = office_command(&office, MESSAGE_COMMAND, "propose_parameter", NULL, fields);
	message_put(&message, "session", signed_in(CARD_CUSTODIAN));
	size = log_size();
	setrlimit(RLIMIT_FSIZE, &nothing);
	const struct message *reply = office_say(&office, &message);
	setrlimit(RLIMIT_FSIZE, &all);
	outcome_is(reply, "failed", "");
	assert_int_equal(log_size(), size);
	outcome_is(office_say(&office, &message), "granted", "");
	assert_int_equal(log_size(), size + 1);
}

static void a_clock_that_went_back_is_noted_and_refused(void **state)
{
	struct str token = signed_in(CARD_MEI);
	const char *const fields[] = { "case_no", "1", "subject", "1", "legal_basis", "B_LOW", "purpose",
		                       "application", "item", "item_1", "range", "residence", "anchor_date",
		                       "2026-11-24", NULL };

	(void)state;
	office.now_ms -= 3600000;
	outcome_is(token_do("ask", token, fields), "refused", "clock_stepped");
	outcome_is(office_do(&office, CARD_CUSTODIAN, "accept_clock", NULL, NO_FIELDS), "granted", "");
	outcome_is(token_do("ask", token, fields), "refused", "clock_stepped");
	outcome_is(office_do(&office, CARD_SUPERVISOR, "accept_clock", NULL, NO_FIELDS), "granted", "");
	outcome_is(token_do("ask", token, fields), "refused", "case_unknown");
}

/* Any bytes that the counter lets through: answered, never a crash. */
static void nonsense_is_survived(void **state)
{
	static const char *const words[] = { "", "0", "-1", "ask", "\xff\xfe", "18446744073709551615", "A123456789",
		                             "tile/entries/000", "web", "case_parties", "AAAAAAAAAAAAAAAAAAAAAA" };
	static const char *const heads[] = { "session", "command", "sheet", "request", "channel", "address", "chain",
		                             "signature", "nonce", "resource", "index", "after", "limit", "verb" };
	static const enum message_kind kinds[] = { MESSAGE_COMMAND, MESSAGE_SHEET, MESSAGE_SIGN_IN, MESSAGE_NONCE,
		                                   MESSAGE_RECEIPT, MESSAGE_RESOURCE, MESSAGE_HEALTH,
		                                   MESSAGE_OPERATOR };

	(void)state;
	srand(7);
	for (int i = 0; i < 3000; i++) {
		struct message message = message_new(&office.arena, kinds[(size_t)rand() % ARRAY_LEN(kinds)],
		                                     ++office.next_id);
		for (size_t h = 0; h < ARRAY_LEN(heads); h++)
			if (rand() % 3)
				message_put(&message, heads[h], str_from(words[(size_t)rand() % ARRAY_LEN(words)]));
		for (int f = rand() % 4; f > 0; f--)
			message_field(&message, str_from(words[(size_t)rand() % ARRAY_LEN(words)]),
			              str_from(words[(size_t)rand() % ARRAY_LEN(words)]));
		if (message.kind == MESSAGE_OPERATOR && str_is(message_get(&message, "verb"), "clock"))
			continue;
		assert_non_null(office_say(&office, &message));
	}
}

static int make(void **state)
{
	static char staff[512];

	(void)state;
	office_make(&office);
	office_first_start(&office);
	office_import(&office, "organisation", "office,name,office_kind,parent\n"
	                                       "sanmin,三民區公所,district_office,bureau\n");
	snprintf(staff, sizeof staff, "id_no,name,office,duty,valid_from,card_serial\n"
	                              "A200000003,王小美,sanmin,officer,2026-01-01,%.*s\n",
	         STR_FMT(office.serials[CARD_MEI]));
	office_import(&office, "staff", staff);
	mei_token = signed_in(CARD_MEI);
	signal(SIGXFSZ, SIG_IGN);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	office_remove(&office);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_session_nothing_happens),
		cmocka_unit_test(commands_of_the_keeper_are_no_commands),
		cmocka_unit_test(malformed_fields_are_told_apart),
		cmocka_unit_test(a_session_ends_when_idle),
		cmocka_unit_test(a_session_ends_after_its_longest_time),
		cmocka_unit_test(a_session_survives_a_restart),
		cmocka_unit_test(a_nonce_is_good_once),
		cmocka_unit_test(a_signature_of_another_card_is_found),
		cmocka_unit_test(a_changed_command_breaks_its_signature),
		cmocka_unit_test(a_certificate_without_its_key_locks_nobody),
		cmocka_unit_test(a_program_signs_in_once),
		cmocka_unit_test(entries_are_for_those_who_may),
		cmocka_unit_test(a_vault_that_takes_nothing_fails_the_group_only),
		cmocka_unit_test(nonsense_is_survived),
		cmocka_unit_test(a_clock_that_went_back_is_noted_and_refused),
		cmocka_unit_test(five_failures_with_the_key_lock),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
