/* Signing in by a signed challenge, important steps under the card's signature, and everything that may be
 * wrong with either. */
#include "signing.h"

enum odd_card { ODD_EXPIRED, ODD_FUTURE, ODD_REVOKED, ODD_USAGE, ODD_GENERATION, ODD_LAST_FOUR, ODD_OTHER_FOUR, ODD_STRANGER,
                ODD_FOREIGN, ODD_AGENCY, ODD_COUNT };

static struct card odd[ODD_COUNT];
static struct str supervisor_token;

/* --- signing in by challenge --- */

static const struct message *challenge(struct str cms, struct str nonce)
{
	struct message message = message_new(&office.arena, MESSAGE_SIGN_IN, ++office.next_id);

	message_put(&message, "cms", cms);
	message_put(&message, "nonce", nonce);
	message_put(&message, "channel", STR("web"));
	message_put(&message, "address", STR("192.0.2.7"));
	return front_say(&message);
}

static const struct message *challenged(const struct card *card)
{
	struct str nonce = office_nonce(&office);

	return challenge(signature_of(card, nonce, nonce), nonce);
}

static void a_signed_challenge_opens_a_session(void **state)
{
	const struct message *reply = challenged(&office.cards[CARD_SUPERVISOR]);

	(void)state;
	outcome_is(reply, "granted", "");
	supervisor_token = message_get(reply, "session");
	assert_int_equal(supervisor_token.len, 43);
}

static void a_challenge_is_good_once_and_for_a_while(void **state)
{
	struct str nonce = office_nonce(&office), late = office_nonce(&office);
	struct str cms = signature_of(&office.cards[CARD_CUSTODIAN], nonce, nonce);

	(void)state;
	outcome_is(challenge(cms, nonce), "granted", "");
	outcome_is(challenge(cms, nonce), "refused", "card_signature");
	office.now_ms += 121000;
	outcome_is(challenge(signature_of(&office.cards[CARD_CUSTODIAN], late, late), late), "refused", "card_signature");
	outcome_is(challenge(cms, STR("not a nonce of ours")), "refused", "card_signature");
}

static void a_forged_signature_opens_nothing(void **state)
{
	struct str nonce = office_nonce(&office);
	struct str cms = signature_of(&office.cards[CARD_CUSTODIAN], STR("something else"), nonce);

	(void)state;
	outcome_is(challenge(cms, nonce), "refused", "card_signature");
	nonce = office_nonce(&office);
	cms = signature_of(&office.cards[CARD_CUSTODIAN], nonce, STR("another nonce"));
	outcome_is(challenge(cms, nonce), "refused", "card_signature");
	nonce = office_nonce(&office);
	cms = signature_of(&office.cards[CARD_CUSTODIAN], nonce, nonce);
	char *bytes = arena_bytes(&office.arena, cms.len);
	memcpy(bytes, cms.at, cms.len);
	bytes[cms.len - 12] = bytes[cms.len - 12] == 'A' ? 'B' : 'A';
	outcome_is(challenge(str_bytes(bytes, cms.len), nonce), "refused", "card_signature");
	outcome_is(challenge(STR("%%%"), office_nonce(&office)), "refused", "card_signature");
}

/* Real services break base64 into lines of 64 or 76, and not all write the nonce attribute. */
static void what_services_write_differently_is_taken(void **state)
{
	struct str nonce = office_nonce(&office), cms = signature_of(&office.cards[CARD_CUSTODIAN], nonce, STR(""));
	struct buf broken = buf_on(&office.arena);

	(void)state;
	for (size_t at = 0; at < cms.len; at += 64) {
		buf_add(&broken, str_slice(cms, at, 64));
		buf_add(&broken, STR("\r\n"));
	}
	outcome_is(challenge(buf_str(&broken), nonce), "granted", "");
}

static void cards_issue(void)
{
	static const struct { enum testca_issuer issuer; const char *name, *id_no; unsigned flaws; } orders[ODD_COUNT] = {
		[ODD_EXPIRED] = { TESTCA_MOICA_G2, "陳專責", "A123456789", 0 },
		[ODD_FUTURE] = { TESTCA_MOICA_G2, "陳專責", "A123456789", 0 },
		[ODD_REVOKED] = { TESTCA_MOICA_G2, "陳專責", "A123456789", TESTCA_REVOKED },
		[ODD_USAGE] = { TESTCA_MOICA_G2, "陳專責", "A123456789", TESTCA_NO_SIGN_USAGE },
		[ODD_GENERATION] = { TESTCA_MOICA_G3, "陳專責", "A123456789", TESTCA_WRONG_GENERATION },
		[ODD_LAST_FOUR] = { TESTCA_MOICA_G2, "陳專責", "A123456789", TESTCA_NO_LAST_FOUR },
		[ODD_OTHER_FOUR] = { TESTCA_MOICA_G2, "王小美", "E200000007", 0 },
		[ODD_STRANGER] = { TESTCA_MOICA_G3, "陳專責", "A123456789", 0 },
		[ODD_FOREIGN] = { TESTCA_FOREIGN, "陳專責", "A123456789", 0 },
		[ODD_AGENCY] = { TESTCA_GCA, "三民區公所", "", 0 },
	};
	struct testca_order order[ODD_COUNT] = { 0 };
	struct testca_issued issued[ODD_COUNT];

	for (size_t i = 0; i < ODD_COUNT; i++)
		order[i] = (struct testca_order){
			.issuer = orders[i].issuer, .kind = i == ODD_AGENCY ? CERT_AGENCY : CERT_PERSON,
			.name = str_from(orders[i].name), .id_no = str_from(orders[i].id_no), .flaws = orders[i].flaws,
			.organisation_oid = i == ODD_AGENCY ? STR("2.16.886.101.90028") : STR(""),
		};
	order[ODD_EXPIRED].not_before_ms = office.now_ms - (int64_t)1900 * 86400000;
	order[ODD_EXPIRED].not_after_ms = office.now_ms - 86400000;
	order[ODD_FUTURE].not_before_ms = office.now_ms + 86400000;
	office_issue(&office, "odd", order, ODD_COUNT, issued, odd);
	char *staff = NULL;
	assert_true(asprintf(&staff, "id_no,name,office,duty,valid_from,card_serial\nA200000003,王小美,bureau,officer,2026-01-01,%.*s\n",
	                     STR_FMT(issued[ODD_OTHER_FOUR].serial)) > 0);
	outcome_is(office_import(&office, "staff", staff), "granted", "");
	free(staff);
}

static void every_fault_of_a_card_has_its_refusal(void **state)
{
	static const struct { enum odd_card card; const char *refusal; } expected[] = {
		{ ODD_EXPIRED, "card_expired" },    { ODD_FUTURE, "card_expired" },  { ODD_REVOKED, "card_revoked" },
		{ ODD_USAGE, "card_unfit" },        { ODD_GENERATION, "card_foreign" }, { ODD_LAST_FOUR, "card_unfit" },
		{ ODD_OTHER_FOUR, "card_mismatch" }, { ODD_STRANGER, "card_unknown" }, { ODD_FOREIGN, "card_foreign" },
		{ ODD_AGENCY, "card_unfit" },
	};

	(void)state;
	cards_issue();
	for (size_t i = 0; i < ARRAY_LEN(expected); i++)
		outcome_is(challenged(&odd[expected[i].card]), "refused", expected[i].refusal);
}

/* --- signed steps --- */

static struct str proposed(void)
{
	const struct message *reply = office_do(&office, CARD_CUSTODIAN, "propose_parameter", NULL,
	                                        FIELDS("name", "residence.margin", "value", "4", "effective", "2026-11-25",
	                                               "reason", "年度檢討"));

	outcome_is(reply, "granted", "");
	return str_copy(&office.arena, message_get(reply, "entry"));
}

static struct message step(enum message_kind kind, struct str request, struct str proposal)
{
	struct message message = message_new(&office.arena, kind, ++office.next_id);

	message_put(&message, "command", STR("approve_proposal"));
	message_put(&message, "session", supervisor_token);
	message_put(&message, "channel", STR("web"));
	message_put(&message, "address", STR("192.0.2.7"));
	if (request.len)
		message_put(&message, "request", request);
	message_field(&message, STR("proposal"), proposal);
	return message;
}

static const struct message *step_text(struct str request, struct str proposal)
{
	struct message message = step(MESSAGE_STEP_TEXT, request, proposal);
	const struct message *reply = front_say(&message);

	assert_non_null(reply);
	assert_int_equal(reply->kind, MESSAGE_STEP_TEXT);
	return reply;
}

static const struct message *step_take(struct str request, struct str proposal, struct str text, struct str cms)
{
	struct message message = step(MESSAGE_COMMAND, request, proposal);

	message_put(&message, "step_text", text);
	message_put(&message, "step_signature", cms);
	return front_say(&message);
}

static void who_signed_in_by_signing_signs_the_step(void **state)
{
	struct message message = step(MESSAGE_COMMAND, fresh_request(), proposed());

	(void)state;
	outcome_is(front_say(&message), "refused", "signature_needed");
}

static void a_signed_step_is_taken_sealed_and_read(void **state)
{
	struct str request = fresh_request(), proposal = proposed(), der;
	const struct message *offered = step_text(request, proposal);
	struct str text = message_get(offered, "text"), nonce = message_get(offered, "nonce");
	struct str cms = signature_of(&office.cards[CARD_SUPERVISOR], text, nonce);
	struct cms_facts facts;
	size_t at;

	(void)state;
	assert_true(str_find(text, str_printf(&office.arena, "{\"command\":\"approve_proposal\",\"request\":\"%.*s\","
	                     "\"fields\":{\"proposal\":\"%.*s\"},\"digests\":{},\"objects\":{\"proposal\":\"",
	                     STR_FMT(request), STR_FMT(proposal)), &at));
	const struct message *reply = step_take(request, proposal, text, cms);
	outcome_is(reply, "granted", "");
	struct str entry = message_get(reply, "entry");
	outcome_is(step_take(request, proposal, text, cms), "granted", ""); /* pressed twice: the first outcome */
	reply = office_do(&office, CARD_SUPERVISOR, "read_signature", NULL, FIELDS("entry_id", str_c(&office.arena, entry)));
	outcome_is(reply, "granted", "");
	assert_true(str_eq(message_get(reply, "step_text"), text));
	must(base64_read(&office.arena, message_get(reply, "step_signature"), &der));
	assert_int_equal(cms_verify(&office.arena, der, text, nonce, &facts), CMS_GOOD);
	outcome_is(office_do(&office, CARD_CUSTODIAN, "read_signature", NULL, FIELDS("entry_id", str_c(&office.arena, entry))),
	           "refused", "duty_not_entitled");
	outcome_is(office_do(&office, CARD_SUPERVISOR, "read_signature", NULL, FIELDS("entry_id", "1")), "refused", "duty_not_entitled");
}

static void the_frame_of_the_command_line_is_signed_as_it_is(void **state)
{
	struct str proposal = proposed();
	const struct message *reply = office_do(&office, CARD_SUPERVISOR, "approve_proposal", NULL,
	                                        FIELDS("proposal", str_c(&office.arena, proposal)));
	size_t at;

	(void)state;
	outcome_is(reply, "granted", "");
	struct str entry = str_copy(&office.arena, message_get(reply, "entry"));
	reply = office_do(&office, CARD_SUPERVISOR, "read_signature", NULL, FIELDS("entry_id", str_c(&office.arena, entry)));
	outcome_is(reply, "granted", "");
	assert_true(str_find(message_get(reply, "step_text"), STR("16:approve_proposal\n"), &at));
	assert_true(message_get(reply, "step_signature").len > 0);
}

/* What an entry number stands for may be left out of a frame, not said wrong. */
static void a_frame_about_another_object_is_refused(void **state)
{
	struct message message = office_command(&office, MESSAGE_COMMAND, "approve_proposal", NULL,
	                                        FIELDS("proposal", str_c(&office.arena, proposed())));

	(void)state;
	message_put(&message, "objects", STR("{\"proposal\":\"AAAA\"}"));
	office_sign(&office, &message, CARD_SUPERVISOR, "chain", "signature");
	outcome_is(office_say(&office, &message), "refused", "signature_invalid");
}

static void a_signature_counts_for_one_step_only(void **state)
{
	struct str request = fresh_request(), proposal = proposed(), other = proposed();
	const struct message *offered = step_text(request, proposal);
	struct str text = message_get(offered, "text"), nonce = message_get(offered, "nonce");
	struct str cms = signature_of(&office.cards[CARD_SUPERVISOR], text, nonce);

	(void)state;
	outcome_is(step_take(request, other, text, cms), "refused", "signature_invalid"); /* another object */
	outcome_is(step_take(fresh_request(), proposal, text, cms), "refused", "signature_invalid"); /* replayed */
	request = fresh_request();
	offered = step_text(request, proposal);
	text = message_get(offered, "text");
	cms = signature_of(&office.cards[CARD_SUPERVISOR], text, message_get(offered, "nonce"));
	office.now_ms += 121000;
	outcome_is(step_take(request, proposal, text, cms), "refused", "signature_invalid"); /* too late */
}

static void only_ones_own_card_signs(void **state)
{
	static const struct { int card; const char *refusal; } expected[] = {
		{ ODD_REVOKED, "card_revoked" }, { ODD_EXPIRED, "card_expired" }, { ODD_FOREIGN, "card_foreign" },
		{ ODD_STRANGER, "signature_other_card" }, { -1, "signature_other_card" }, { -2, "signature_invalid" },
	};
	struct str proposal = proposed();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		struct str request = fresh_request();
		const struct message *offered = step_text(request, proposal);
		struct str text = message_get(offered, "text"), nonce = message_get(offered, "nonce");
		const struct card *card = expected[i].card >= 0 ? &odd[expected[i].card] : &office.cards[CARD_CUSTODIAN];
		struct str cms = expected[i].card == -2 ? STR("bm8gc2lnbmF0dXJl") : signature_of(card, text, nonce);
		outcome_is(step_take(request, proposal, text, cms), "refused", expected[i].refusal);
	}
}

static void one_signature_decides_a_list(void **state)
{
	struct str first = proposed(), second = proposed();
	struct message message = step(MESSAGE_STEP_TEXT, STR(""), str_printf(&office.arena, "%.*s,%.*s", STR_FMT(first), STR_FMT(second)));

	(void)state;
	message_put(&message, "list", STR("proposal"));
	const struct message *offered = front_say(&message);
	assert_int_equal(offered->kind, MESSAGE_STEP_TEXT);
	const struct sheet steps = offered->sheets[0];
	struct str text = message_get(offered, "text"), nonce = message_get(offered, "nonce");
	struct str cms = signature_of(&office.cards[CARD_SUPERVISOR], text, nonce);
	assert_int_equal(steps.row_count, 2);
	for (size_t i = 0; i < steps.row_count; i++)
		outcome_is(step_take(sheet_cell(&steps, i, STR("request")), sheet_cell(&steps, i, STR("value")), text, cms), "granted", "");
}

static void what_is_wrong_with_the_fields_is_said_before_signing(void **state)
{
	struct message message = step(MESSAGE_STEP_TEXT, fresh_request(), STR("no number"));

	(void)state;
	outcome_is(front_say(&message), "invalid", "");
	message.head[0].text = STR("no_such_command");
	outcome_is(front_say(&message), "invalid", "");
}

static struct str by_handshake(void)
{
	struct message message = message_new(&office.arena, MESSAGE_SIGN_IN, ++office.next_id);

	message_put(&message, "chain", office.cards[CARD_SUPERVISOR].cert_der);
	message_put(&message, "channel", STR("web"));
	const struct message *reply = front_say(&message);
	outcome_is(reply, "granted", "");
	return str_copy(&office.arena, message_get(reply, "session"));
}

static void pages_without_script_need_none_unless_it_is_demanded(void **state)
{
	(void)state;
	supervisor_token = by_handshake();
	struct message message = step(MESSAGE_COMMAND, fresh_request(), proposed());
	outcome_is(front_say(&message), "granted", "");
	outcome_is(office_do(&office, CARD_CUSTODIAN, "propose_parameter", NULL,
	                     FIELDS("name", "step.signature", "value", "demanded", "effective", "2026-11-24")), "granted", "");
	struct str proposal = str_copy(&office.arena, message_get(&office.heard[office.heard_count - 1], "entry"));
	message = step(MESSAGE_COMMAND, fresh_request(), proposal);
	outcome_is(front_say(&message), "granted", "");
	message = step(MESSAGE_COMMAND, fresh_request(), proposed());
	outcome_is(front_say(&message), "refused", "signature_needed");
}

static int setup(void **state)
{
	(void)state;
	office_make(&office);
	outcome_is(office_first_start(&office), "granted", "");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	for (size_t i = 0; i < ODD_COUNT; i++)
		card_close(&odd[i]);
	office_remove(&office);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signed_challenge_opens_a_session),
		cmocka_unit_test(a_challenge_is_good_once_and_for_a_while),
		cmocka_unit_test(a_forged_signature_opens_nothing),
		cmocka_unit_test(what_services_write_differently_is_taken),
		cmocka_unit_test(every_fault_of_a_card_has_its_refusal),
		cmocka_unit_test(who_signed_in_by_signing_signs_the_step),
		cmocka_unit_test(a_signed_step_is_taken_sealed_and_read),
		cmocka_unit_test(the_frame_of_the_command_line_is_signed_as_it_is),
		cmocka_unit_test(a_frame_about_another_object_is_refused),
		cmocka_unit_test(a_signature_counts_for_one_step_only),
		cmocka_unit_test(only_ones_own_card_signs),
		cmocka_unit_test(one_signature_decides_a_list),
		cmocka_unit_test(what_is_wrong_with_the_fields_is_said_before_signing),
		cmocka_unit_test(pages_without_script_need_none_unless_it_is_demanded),
	};

	crypto_open();
	return cmocka_run_group_tests(tests, setup, teardown);
}
