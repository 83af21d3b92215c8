/* G3.6, X25: an account is terminated under two signatures over one text, the custodian's own and that of the
 * agency certificate; everything else is told for what it is. */
#include "signing.h"

enum agency_card { GOOD, OF_BUREAU, OF_OTHER, EXPIRED, FUTURE, REVOKED, UNIT, ORGANISATION, USAGE, NO_AUTHORITY, AGENCY_CARDS };

static struct card agencies[AGENCY_CARDS];
static struct str token, block;

#define SANMIN_OID "2.16.886.101.20003.20069"
#define BUREAU_OID "2.16.886.101.20003.20001"

static void agencies_issue(void)
{
	static const struct { enum testca_issuer issuer; enum cert_kind kind; const char *name, *oid; unsigned flaws; } rows[AGENCY_CARDS] = {
		[GOOD] = { TESTCA_GCA, CERT_AGENCY, "三民區公所", SANMIN_OID, 0 },
		[OF_BUREAU] = { TESTCA_GCA, CERT_AGENCY, "社會局", BUREAU_OID, 0 },
		[OF_OTHER] = { TESTCA_GCA, CERT_AGENCY, "左營區公所", "2.16.886.101.20003.20064", 0 },
		[EXPIRED] = { TESTCA_GCA, CERT_AGENCY, "三民區公所", SANMIN_OID, 0 },
		[FUTURE] = { TESTCA_GCA, CERT_AGENCY, "三民區公所", SANMIN_OID, 0 },
		[REVOKED] = { TESTCA_GCA, CERT_AGENCY, "三民區公所", SANMIN_OID, TESTCA_REVOKED },
		[UNIT] = { TESTCA_GCA, CERT_UNIT, "三民區公所社會課", SANMIN_OID, 0 },
		[ORGANISATION] = { TESTCA_XCA, CERT_AGENCY, "某協會", SANMIN_OID, 0 },
		[USAGE] = { TESTCA_GCA, CERT_AGENCY, "三民區公所", SANMIN_OID, TESTCA_NO_SIGN_USAGE },
		[NO_AUTHORITY] = { TESTCA_FOREIGN, CERT_AGENCY, "三民區公所", SANMIN_OID, 0 },
	};
	struct testca_order order[AGENCY_CARDS] = { 0 };
	struct testca_issued issued[AGENCY_CARDS];

	for (size_t i = 0; i < AGENCY_CARDS; i++)
		order[i] = (struct testca_order){
			.issuer = rows[i].issuer, .kind = rows[i].kind, .name = str_from(rows[i].name), .id_no = STR(""),
			.flaws = rows[i].flaws, .organisation_oid = str_from(rows[i].oid),
		};
	order[EXPIRED].not_before_ms = office.now_ms - (int64_t)1900 * 86400000;
	order[EXPIRED].not_after_ms = office.now_ms - 86400000;
	order[FUTURE].not_before_ms = office.now_ms + 86400000;
	office_issue(&office, "agency", order, AGENCY_CARDS, issued, agencies);
}

/* --- an office, and accounts that are blocked --- */

static const char *text_of(struct str text)
{
	return str_c(&office.arena, text);
}

static struct str person_named(const char *name)
{
	const struct message *reply = office_show(&office, CARD_CUSTODIAN, "people", NO_FIELDS);
	const struct sheet *people = message_sheet_named(reply, "people");
	size_t at;

	for (size_t row = 0; row < people->row_count; row++)
		if (str_find(sheet_cell(people, row, STR("person")), str_from(name), &at))
			return str_copy(&office.arena, str_slice(sheet_cell(people, row, STR("person")), 0, 16));
	fail_msg("nobody is called %s", name);
	return STR("");
}

static struct str blocked(const char *name, const char *where)
{
	const struct message *reply = office_do(&office, CARD_CUSTODIAN, "record_duty_change", NULL,
		FIELDS("person", text_of(person_named(name)), "office", where, "duty_change", "left", "effective", "2026-11-24"));

	outcome_is(reply, "granted", "");
	struct str entry = message_get(reply, "entry");
	reply = office_show(&office, CARD_CUSTODIAN, "account_blocks", FIELDS("block_state", "standing"));
	const struct sheet *blocks = message_sheet_named(reply, "account_blocks");
	assert_true(blocks->row_count > 0 && entry.len);
	return str_copy(&office.arena, sheet_cell(blocks, blocks->row_count - 1, STR("key")));
}

static void agency_registered(const char *where, const char *oid)
{
	outcome_is(office_do(&office, CARD_CUSTODIAN, "register_agency", NULL, FIELDS("office", where, "organisation_oid", oid)),
	           "granted", "");
}

static struct str signed_in(const struct card *card)
{
	struct message message = message_new(&office.arena, MESSAGE_SIGN_IN, ++office.next_id);
	struct str nonce = office_nonce(&office);

	message_put(&message, "cms", signature_of(card, nonce, nonce));
	message_put(&message, "nonce", nonce);
	message_put(&message, "channel", STR("web"));
	const struct message *reply = front_say(&message);
	outcome_is(reply, "granted", "");
	return str_copy(&office.arena, message_get(reply, "session"));
}

static int setup(void **state)
{
	(void)state;
	office_make(&office);
	outcome_is(office_first_start(&office), "granted", "");
	outcome_is(office_import(&office, "organisation", "office,name,office_kind,parent\nsanmin,三民區公所,district_office,bureau\n"
	                         "zuoying,左營區公所,district_office,bureau\n"), "granted", "");
	outcome_is(office_import(&office, "staff", "id_no,name,office,duty,valid_from,card_serial\n"
	                         "A200000003,王小美,sanmin,officer,2026-01-01,\nE123456783,林左營,zuoying,officer,2026-01-01,\n"),
	           "granted", "");
	agencies_issue();
	agency_registered("sanmin", SANMIN_OID);
	agency_registered("bureau", BUREAU_OID);
	token = signed_in(&office.cards[CARD_CUSTODIAN]);
	block = blocked("王小美", "sanmin");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	for (size_t i = 0; i < AGENCY_CARDS; i++)
		card_close(&agencies[i]);
	office_remove(&office);
	return 0;
}

/* --- the step --- */

struct shown { struct str request, text, nonce; };

static struct message step(enum message_kind kind, struct str request, struct str of_block)
{
	struct message message = message_new(&office.arena, kind, ++office.next_id);

	message_put(&message, "command", STR("terminate_account"));
	message_put(&message, "session", token);
	message_put(&message, "channel", STR("web"));
	message_put(&message, "address", STR("192.0.2.7"));
	message_put(&message, "request", request);
	message_field(&message, STR("block"), of_block);
	return message;
}

static struct shown shown(struct str of_block)
{
	struct shown out = { .request = fresh_request() };
	struct message message = step(MESSAGE_STEP_TEXT, out.request, of_block);
	const struct message *reply = front_say(&message);

	assert_non_null(reply);
	assert_int_equal(reply->kind, MESSAGE_STEP_TEXT);
	out.text = message_get(reply, "text");
	out.nonce = message_get(reply, "nonce");
	return out;
}

static const struct message *taken(const struct shown *shown, struct str of_block, struct str own, struct str agency)
{
	struct message message = step(MESSAGE_COMMAND, shown->request, of_block);

	message_put(&message, "step_text", shown->text);
	if (own.len)
		message_put(&message, "step_signature", own);
	if (agency.len)
		message_put(&message, "step_signature2", agency);
	return front_say(&message);
}

static struct str own_signature(const struct shown *shown)
{
	return signature_of(&office.cards[CARD_CUSTODIAN], shown->text, shown->nonce);
}

static void there_is_time_to_change_the_card(void **state)
{
	struct message message = step(MESSAGE_STEP_TEXT, fresh_request(), block);

	(void)state;
	assert_true(str_is(message_get(front_say(&message), "seconds"), "240"));
}

static void every_fault_of_the_agency_card_is_told(void **state)
{
	static const struct { enum agency_card card; const char *refusal; } rows[] = {
		{ OF_OTHER, "agency_of_other_office" }, { EXPIRED, "agency_card_expired" }, { FUTURE, "agency_card_expired" },
		{ REVOKED, "agency_card_revoked" }, { UNIT, "agency_card_other_kind" }, { ORGANISATION, "agency_card_other_kind" },
		{ USAGE, "agency_card_invalid" }, { NO_AUTHORITY, "agency_card_invalid" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct shown one = shown(block);
		outcome_is(taken(&one, block, own_signature(&one), signature_of(&agencies[rows[i].card], one.text, one.nonce)), "refused",
		           rows[i].refusal);
	}
}

static void both_signatures_are_needed_and_each_is_of_its_own_card(void **state)
{
	struct shown one = shown(block);
	struct str none = STR("");

	(void)state;
	outcome_is(taken(&one, block, own_signature(&one), none), "refused", "agency_card_needed");
	one = shown(block);
	outcome_is(taken(&one, block, none, signature_of(&agencies[GOOD], one.text, one.nonce)), "refused", "signature_needed");
	one = shown(block);
	outcome_is(taken(&one, block, own_signature(&one), own_signature(&one)), "refused", "agency_card_other_kind");
	one = shown(block);
	struct str agency = signature_of(&agencies[GOOD], one.text, one.nonce);
	outcome_is(taken(&one, block, agency, agency), "refused", "card_unfit");
	one = shown(block);
	outcome_is(taken(&one, block, signature_of(&office.cards[CARD_SUPERVISOR], one.text, one.nonce),
	                 signature_of(&agencies[GOOD], one.text, one.nonce)), "refused", "signature_other_card");
}

static void the_agency_signs_this_text_and_no_other(void **state)
{
	struct shown one = shown(block), other = shown(block);

	(void)state;
	outcome_is(taken(&one, block, own_signature(&one), signature_of(&agencies[GOOD], other.text, other.nonce)), "refused",
	           "agency_signature");
	one = shown(block);
	outcome_is(taken(&one, block, own_signature(&one), signature_of(&agencies[GOOD], one.text, STR("another nonce"))), "refused",
	           "agency_signature");
	one = shown(block);
	outcome_is(taken(&one, block, own_signature(&one), STR("bm8gc2lnbmF0dXJl")), "refused", "agency_signature");
	one = shown(block);
	outcome_is(taken(&one, block, own_signature(&one), STR("%%%")), "refused", "agency_signature");
}

static void an_old_text_is_signed_in_vain(void **state)
{
	struct shown one = shown(block);
	struct str own = own_signature(&one), agency = signature_of(&agencies[GOOD], one.text, one.nonce);

	(void)state;
	office.now_ms += 241000;
	outcome_is(taken(&one, block, own, agency), "refused", "signature_invalid");
}

/* Text and both signatures stand beside the entry, and verify. */
static void kept(struct str entry, const struct shown *one)
{
	static const char *const heads[] = { "step_signature", "step_signature2" };
	const struct card *const signers[] = { &office.cards[CARD_CUSTODIAN], &agencies[GOOD] };
	const struct message *reply = office_do(&office, CARD_CUSTODIAN, "read_signature", NULL, FIELDS("entry_id", text_of(entry)));
	struct cms_facts facts;
	struct str der;

	outcome_is(reply, "granted", "");
	assert_true(str_eq(message_get(reply, "step_text"), one->text));
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		must(base64_read(&office.arena, message_get(reply, heads[i]), &der));
		assert_int_equal(cms_verify(&office.arena, der, one->text, one->nonce, &facts), CMS_GOOD);
		assert_true(str_eq(facts.signer_der, signers[i]->cert_der));
	}
}

static void under_both_signatures_the_account_ends(void **state)
{
	struct shown one = shown(block);
	struct str own = own_signature(&one), agency = signature_of(&agencies[GOOD], one.text, one.nonce);
	const struct message *reply;

	(void)state;
	office.now_ms += 200000; /* the card was changed slowly */
	reply = taken(&one, block, own, agency);
	outcome_is(reply, "granted", "");
	struct str entry = str_copy(&office.arena, message_get(reply, "signed_entry"));
	assert_true(entry.len > 0);
	reply = office_show(&office, CARD_CUSTODIAN, "account_blocks", NO_FIELDS);
	assert_true(str_is(sheet_cell(message_sheet_named(reply, "account_blocks"), 0, STR("block_state")), "terminated"));
	kept(entry, &one);
	outcome_is(taken(&one, block, own, agency), "granted", ""); /* pressed twice: the first outcome */
}

/* One text, once: neither for another request nor for another account. */
static void both_signatures_count_for_one_step_only(void **state)
{
	struct str next = blocked("林左營", "zuoying");
	struct shown one = shown(next);
	struct str own = own_signature(&one), agency = signature_of(&agencies[OF_BUREAU], one.text, one.nonce);
	struct shown again = { .request = fresh_request(), .text = one.text, .nonce = one.nonce };

	(void)state;
	outcome_is(taken(&again, next, own, agency), "refused", "signature_invalid");
	outcome_is(taken(&one, next, own, signature_of(&agencies[GOOD], one.text, one.nonce)), "refused", "agency_of_other_office");
	one = shown(next);
	outcome_is(taken(&one, next, own_signature(&one), signature_of(&agencies[OF_BUREAU], one.text, one.nonce)), "granted", "");
}

/* A command that no agency signs takes none, and says nothing of it. */
static void where_no_agency_signs_its_signature_is_left_out(void **state)
{
	struct message message = message_new(&office.arena, MESSAGE_COMMAND, ++office.next_id);

	(void)state;
	message_put(&message, "command", STR("register_agency"));
	message_put(&message, "session", token);
	message_put(&message, "channel", STR("web"));
	message_put(&message, "request", fresh_request());
	message_put(&message, "step_signature2", STR("bm8gc2lnbmF0dXJl"));
	message_field(&message, STR("office"), STR("zuoying"));
	message_field(&message, STR("organisation_oid"), STR("2.16.886.101.20003.20064"));
	outcome_is(front_say(&message), "refused", "signature_needed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_is_time_to_change_the_card),
		cmocka_unit_test(every_fault_of_the_agency_card_is_told),
		cmocka_unit_test(both_signatures_are_needed_and_each_is_of_its_own_card),
		cmocka_unit_test(the_agency_signs_this_text_and_no_other),
		cmocka_unit_test(an_old_text_is_signed_in_vain),
		cmocka_unit_test(under_both_signatures_the_account_ends),
		cmocka_unit_test(both_signatures_count_for_one_step_only),
		cmocka_unit_test(where_no_agency_signs_its_signature_is_left_out),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
