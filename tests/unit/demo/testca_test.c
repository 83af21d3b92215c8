/* Cards of the test authority against the trust store that a real keeper would load. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cert_trust.h"
#include "base/file.h"
#include "demo/testca.h"

#include <cmocka.h>

static const int64_t NOW_MS = 1795000000000, DAY_MS = 86400000;

static struct arena arena;
static char dir[] = "/tmp/youju-testca-XXXXXX";
static struct testca *testca;
static struct cert_trust *trust;

static const struct cert_limits person_limits = { 1u << CERT_PERSON, 24, 96, true };
static const struct cert_limits agency_limits = { 1u << CERT_AGENCY, 24, 96, true };

static struct testca_order person(enum testca_issuer issuer, unsigned flaws)
{
	return (struct testca_order){ .issuer = issuer, .kind = CERT_PERSON, .name = STR("陳𡍼妹"),
	                              .id_no = STR("A123456789"), .flaws = flaws };
}

static struct testca_issued issued(const struct testca_order *order)
{
	struct testca_issued out;

	assert_int_equal(testca_issue(testca, &arena, NOW_MS, order, 1, &out), OK);
	return out;
}

static char *below(const char *name)
{
	return str_c(&arena, str_printf(&arena, "%s/%s", dir, name));
}

static void crls_load(void)
{
	struct str bad;

	assert_int_equal(trust_load_crls(trust, &arena, below("tls/crl"), &bad), OK);
	assert_int_equal(bad.len, 0);
}

static int setup(void **state)
{
	struct str bad;

	(void)state;
	arena = arena_open(64 << 20);
	if (!mkdtemp(dir) || testca_create(dir, NOW_MS, true) || testca_open(dir, &testca) ||
	    trust_open(&arena, below("tls/ca"), &trust, &bad))
		return -1;
	crls_load();
	return 0;
}

static int teardown(void **state)
{
	char command[64];

	(void)state;
	testca_close(&testca);
	trust_close(&trust);
	arena_close(&arena);
	snprintf(command, sizeof command, "rm -r %s", dir);
	return system(command);
}

static enum cert_verdict verdict_of(struct str der, int64_t at_ms, struct cert_report *report)
{
	return cert_check(trust, &arena, der, at_ms, &person_limits, report);
}

static void a_card_signs_in(void **state)
{
	struct testca_order order = person(TESTCA_MOICA_G3, 0);
	struct testca_issued card = issued(&order);
	struct cert_report report;

	(void)state;
	assert_int_equal(verdict_of(card.signing_der, NOW_MS, &report), CERT_GOOD);
	assert_true(str_is(report.facts.common_name, "陳𡍼妹"));
	assert_true(str_is(report.facts.last_four, "6789"));
	assert_true(str_eq(report.facts.serial, card.serial));
	assert_true(str_eq(report.facts.card_number, card.card_number));
	assert_true(str_starts(card.card_number, STR("TP")));
	assert_int_equal(card.card_number.len, 16);
	assert_int_equal(report.facts.subject_serial.len, 16);
}

static void cards_with_flaws_are_refused_for_their_flaw(void **state)
{
	static const struct { enum testca_issuer issuer; unsigned flaws; enum cert_verdict verdict; } cases[] = {
		{ TESTCA_MOICA_G2, 0, CERT_GOOD },
		{ TESTCA_MOICA_G1, 0, CERT_CA_EXPIRED },
		{ TESTCA_FOREIGN, 0, CERT_UNKNOWN_CA },
		{ TESTCA_GCA, 0, CERT_WRONG_KIND },
		{ TESTCA_XCA, 0, CERT_WRONG_KIND },
		{ TESTCA_MOICA_G3, TESTCA_NO_LAST_FOUR, CERT_LAST_FOUR_MISSING },
		{ TESTCA_MOICA_G3, TESTCA_NO_SIGN_USAGE, CERT_WRONG_USAGE },
		{ TESTCA_MOICA_G3, TESTCA_WRONG_GENERATION, CERT_WRONG_SIGNATURE },
		{ TESTCA_MOICA_G3, TESTCA_NO_CARD_NUMBER, CERT_GOOD },
		{ TESTCA_MOICA_G3, TESTCA_NO_KIND, CERT_WRONG_KIND },
	};
	struct cert_report report;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct testca_order order = person(cases[i].issuer, cases[i].flaws);
		struct testca_issued card = issued(&order);
		assert_int_equal(verdict_of(card.signing_der, NOW_MS, &report), cases[i].verdict);
	}
}

static void the_encryption_certificate_does_not_sign_in(void **state)
{
	struct testca_order order = person(TESTCA_MOICA_G3, 0);
	struct cert_report report;

	(void)state;
	assert_int_equal(verdict_of(issued(&order).encryption_der, NOW_MS, &report), CERT_WRONG_USAGE);
}

static void cards_have_their_time(void **state)
{
	struct testca_order order = person(TESTCA_MOICA_G3, 0);
	struct cert_report report;

	(void)state;
	order.not_before_ms = NOW_MS + DAY_MS;
	assert_int_equal(verdict_of(issued(&order).signing_der, NOW_MS, &report), CERT_NOT_YET_VALID);
	order.not_before_ms = NOW_MS - 800 * DAY_MS;
	order.not_after_ms = NOW_MS - DAY_MS;
	assert_int_equal(verdict_of(issued(&order).signing_der, NOW_MS, &report), CERT_EXPIRED);
}

static void a_renewed_card_keeps_the_subject_serial(void **state)
{
	struct testca_order order = person(TESTCA_MOICA_G3, 0);
	struct testca_issued first = issued(&order), second = issued(&order);

	(void)state;
	assert_true(str_eq(first.subject_serial, second.subject_serial));
	assert_false(str_eq(first.serial, second.serial));
	assert_false(str_eq(first.card_number, second.card_number));
}

static void a_revoked_card_is_on_the_next_list(void **state)
{
	struct testca_order order = person(TESTCA_MOICA_G2, TESTCA_REVOKED);
	struct testca_issued card = issued(&order);
	struct cert_report report;

	(void)state;
	assert_int_equal(verdict_of(card.signing_der, NOW_MS, &report), CERT_GOOD);
	assert_int_equal(testca_reissue_crls(testca, NOW_MS + 1000, 0), OK);
	crls_load();
	assert_int_equal(verdict_of(card.signing_der, NOW_MS + 1000, &report), CERT_REVOKED);
	assert_int_equal(report.revoked_at_ms, NOW_MS);
}

static void an_agency_certificate_is_no_person(void **state)
{
	struct testca_order order = { .issuer = TESTCA_GCA, .kind = CERT_AGENCY, .name = STR("三民區公所"),
	                              .organisation_oid = STR("2.16.886.101.90028.20002.20001") };
	struct testca_issued agency = issued(&order);
	struct cert_report report;

	(void)state;
	assert_int_equal(verdict_of(agency.signing_der, NOW_MS, &report), CERT_WRONG_KIND);
	assert_int_equal(cert_check(trust, &arena, agency.signing_der, NOW_MS, &agency_limits, &report), CERT_GOOD);
	assert_true(str_is(report.facts.organisation_oid, "2.16.886.101.90028.20002.20001"));
	assert_true(str_is(report.facts.subject, "C=TW, O=高雄市政府, OU=三民區公所"));
	order.issuer = TESTCA_XCA;
	agency = issued(&order);
	assert_int_equal(cert_check(trust, &arena, agency.signing_der, NOW_MS, &agency_limits, &report), CERT_WRONG_KIND);
}

static void the_generations_share_one_name(void **state)
{
	static const enum testca_issuer issuers[] = { TESTCA_MOICA_G1, TESTCA_MOICA_G2, TESTCA_MOICA_G3 };
	struct cert_report report;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(issuers); i++) {
		struct testca_order order = person(issuers[i], 0);
		(void)verdict_of(issued(&order).signing_der, NOW_MS, &report);
		assert_true(str_is(report.facts.issuer, "C=TW, O=行政院, OU=內政部憑證管理中心"));
	}
}

static struct str followed(struct cert_trust **store)
{
	struct str bad;

	trust_follow(store, &arena, below("tls"), &bad);
	return bad;
}

static void the_store_follows_its_files(void **state)
{
	struct testca_order order = person(TESTCA_MOICA_G3, TESTCA_REVOKED);
	struct testca_issued card = issued(&order);
	struct cert_trust *store = NULL;
	struct cert_report report;

	(void)state;
	assert_int_equal(followed(&store).len, 0);
	struct cert_trust *first = store;
	assert_int_equal(cert_check(store, &arena, card.signing_der, NOW_MS, &person_limits, &report), CERT_GOOD);
	assert_int_equal(testca_reissue_crls(testca, NOW_MS + 2000, 0), OK);
	assert_int_equal(followed(&store).len, 0);
	assert_int_equal(cert_check(store, &arena, card.signing_der, NOW_MS, &person_limits, &report), CERT_REVOKED);
	assert_ptr_equal(store, first);
	trust_close(&store);
}

static void a_bad_list_is_told_once_and_a_bad_authority_stops_everybody(void **state)
{
	struct testca_order order = person(TESTCA_MOICA_G3, 0);
	struct testca_issued card = issued(&order);
	struct cert_trust *store = NULL;
	struct cert_report report;

	(void)state;
	assert_int_equal(file_save(below("tls/crl/bad.crl"), STR("no list")), OK);
	assert_true(str_is(followed(&store), "bad.crl: syntax\n"));
	assert_int_equal(followed(&store).len, 0);
	assert_int_equal(file_save(below("tls/ca/bad.pem"), STR("no authority")), OK);
	assert_true(str_starts(followed(&store), STR("ca/bad.pem: syntax\n")));
	assert_int_equal(cert_check(store, &arena, card.signing_der, NOW_MS, &person_limits, &report), CERT_UNKNOWN_CA);
	assert_int_equal(file_remove(below("tls/ca/bad.pem")), OK);
	assert_int_equal(file_remove(below("tls/crl/bad.crl")), OK);
	assert_int_equal(followed(&store).len, 0);
	assert_int_equal(cert_check(store, &arena, card.signing_der, NOW_MS, &person_limits, &report), CERT_GOOD);
	trust_close(&store);
}

static void a_start_brings_new_lists(void **state)
{
	struct testca_order order = person(TESTCA_MOICA_G3, 0);
	struct testca_issued card = issued(&order);
	const int64_t later_ms = NOW_MS + 30 * DAY_MS;
	struct cert_trust *store = NULL;
	struct cert_report report;

	(void)state;
	assert_int_equal(followed(&store).len, 0);
	assert_int_equal(cert_check(store, &arena, card.signing_der, later_ms, &person_limits, &report), CERT_CRL_STALE);
	assert_int_equal(testca_renew(dir, later_ms), OK);
	assert_int_equal(followed(&store).len, 0);
	assert_int_equal(cert_check(store, &arena, card.signing_der, later_ms, &person_limits, &report), CERT_GOOD);
	assert_int_equal(testca_renew("/nowhere", later_ms), OK);
	trust_close(&store);
}

static void an_authority_is_made_once(void **state)
{
	(void)state;
	assert_int_equal(testca_create(dir, NOW_MS, true), FAIL_CONFLICT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_signs_in),
		cmocka_unit_test(cards_with_flaws_are_refused_for_their_flaw),
		cmocka_unit_test(the_encryption_certificate_does_not_sign_in),
		cmocka_unit_test(cards_have_their_time),
		cmocka_unit_test(a_renewed_card_keeps_the_subject_serial),
		cmocka_unit_test(a_revoked_card_is_on_the_next_list),
		cmocka_unit_test(an_agency_certificate_is_no_person),
		cmocka_unit_test(the_generations_share_one_name),
		cmocka_unit_test(the_store_follows_its_files),
		cmocka_unit_test(a_bad_list_is_told_once_and_a_bad_authority_stops_everybody),
		cmocka_unit_test(a_start_brings_new_lists),
		cmocka_unit_test(an_authority_is_made_once),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
