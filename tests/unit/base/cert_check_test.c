/* One small authority, one certificate that is right, and every way in which it can be wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/cert_make.h"
#include "base/cert_trust.h"


static const int64_t NOW_MS = 1790000000000, HOUR_MS = 3600000, DAY_MS = 86400000;

static struct arena arena;
static struct key root_key, ca_key, old_key, leaf_key, weak_key;
static struct cert_order root_order, ca_order;
static struct str root_der, ca_der, old_der;
static struct cert_trust *trust;

static const struct cert_limits person_limits = { 1u << CERT_PERSON, 24, 96, true };

static struct str serial_bytes(uint8_t n)
{
	uint8_t *at = arena_bytes(&arena, 2);

	at[0] = 0x5a;
	at[1] = n;
	return str_bytes(at, 2);
}

static struct name name_of(const char *organisation, const char *unit)
{
	struct name name = { .count = 0 };

	name_add(&name, OID_COUNTRY, STR("TW"));
	name_add(&name, OID_ORGANISATION, str_from(organisation));
	name_add(&name, OID_UNIT, str_from(unit));
	return name;
}

static struct cert_order ca_order_of(struct key key, struct name subject, struct name issuer,
                                     struct key issuer_key, int path_len)
{
	return (struct cert_order){
		.serial = serial_bytes(1),
		.issuer = issuer,
		.subject = subject,
		.not_before_ms = NOW_MS - 3650 * DAY_MS,
		.not_after_ms = NOW_MS + 3650 * DAY_MS,
		.subject_key = key,
		.issuer_key_id = key_id(&arena, issuer_key),
		.usage = CERT_USE_CERTIFY | CERT_USE_CRL,
		.is_ca = true,
		.path_len = path_len,
	};
}

static struct cert_order leaf_order(void)
{
	struct name subject = { .count = 0 };

	name_add(&subject, OID_COUNTRY, STR("TW"));
	name_add(&subject, OID_COMMON_NAME, STR("王𠮷明"));
	name_add(&subject, OID_SUBJECT_SERIAL, STR("0000000114012345"));
	return (struct cert_order){
		.serial = serial_bytes(0x80),
		.issuer = ca_order.subject,
		.subject = subject,
		.not_before_ms = NOW_MS - 100 * DAY_MS,
		.not_after_ms = NOW_MS + 100 * DAY_MS,
		.subject_key = leaf_key,
		.issuer_key_id = key_id(&arena, ca_key),
		.usage = CERT_USE_SIGN,
		.path_len = -1,
		.for_client = true,
		.kind = CERT_PERSON,
		.last_four = STR("6789"),
		.card_number = STR("TP12345678901234"),
		.crl_url = STR("http://crl.invalid/x"),
		.ocsp_url = STR("http://ocsp.invalid/x"),
	};
}

static struct str made(const struct cert_order *order, struct key issuer)
{
	struct str der;

	assert_int_equal(cert_make(&arena, order, issuer, &der), OK);
	return der;
}

static struct str crl_of(struct key key, struct name issuer, int64_t at_ms, const char *revoked)
{
	struct crl_entry entry = { STR("\x5a\x80"), at_ms - 1000 };
	struct crl_order order = { .issuer = issuer, .issuer_key_id = key_id(&arena, key), .number = 7,
	                           .this_update_ms = at_ms, .next_update_ms = at_ms + DAY_MS,
	                           .entries = &entry, .count = revoked ? 1 : 0 };
	struct buf out = buf_on(&arena);

	if (revoked)
		entry.serial = str_from(revoked);
	assert_int_equal(crl_make(&order, key, &out), OK);
	return buf_str(&out);
}

static struct cert_trust *trust_of(const char *revoked, int64_t crl_at_ms)
{
	struct cert_trust *fresh = trust_new();

	assert_int_equal(trust_add_ca(fresh, root_der), OK);
	assert_int_equal(trust_add_ca(fresh, old_der), OK);
	assert_int_equal(trust_add_ca(fresh, ca_der), OK);
	assert_int_equal(trust_add_crl(fresh, crl_of(ca_key, ca_order.subject, crl_at_ms, revoked)), OK);
	return fresh;
}

static int setup(void **state)
{
	(void)state;
	arena = arena_open(64 << 20);
	if (key_make(KEY_P256, &root_key) || key_make(KEY_P256, &ca_key) || key_make(KEY_P256, &old_key) ||
	    key_make(KEY_P256, &leaf_key))
		return -1;
	struct name root = name_of("行政院", "測試"), moica = name_of("行政院", "內政部憑證管理中心");
	root_order = ca_order_of(root_key, root, root, root_key, 1);
	ca_order = ca_order_of(ca_key, moica, root, root_key, 0);
	struct cert_order old_order = ca_order_of(old_key, moica, root, root_key, 0);
	old_order.not_after_ms = NOW_MS - DAY_MS;
	root_der = made(&root_order, root_key);
	ca_der = made(&ca_order, root_key);
	old_der = made(&old_order, root_key);
	trust = trust_of(NULL, NOW_MS - HOUR_MS);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	trust_close(&trust);
	key_close(&root_key);
	key_close(&ca_key);
	key_close(&old_key);
	key_close(&leaf_key);
	key_close(&weak_key);
	arena_close(&arena);
	return 0;
}

static enum cert_verdict verdict_at(const struct cert_trust *store, struct str der, int64_t at_ms,
                                    const struct cert_limits *limits)
{
	struct cert_report report;

	return cert_check(store, &arena, der, at_ms, limits, &report);
}

static enum cert_verdict verdict_of(const struct cert_order *order)
{
	return verdict_at(trust, made(order, ca_key), NOW_MS, &person_limits);
}

static void a_right_certificate_is_good(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	assert_int_equal(verdict_of(&order), CERT_GOOD);
}

static void facts_are_read(void **state)
{
	struct cert_order order = leaf_order();
	struct cert_facts facts;

	(void)state;
	assert_int_equal(cert_read(&arena, made(&order, ca_key), &facts), OK);
	assert_true(str_is(facts.common_name, "王𠮷明"));
	assert_true(str_is(facts.issuer, "C=TW, O=行政院, OU=內政部憑證管理中心"));
	assert_true(str_is(facts.subject_serial, "0000000114012345"));
	assert_true(str_is(facts.serial, "5a80"));
	assert_true(str_is(facts.last_four, "6789"));
	assert_true(str_is(facts.card_number, "TP12345678901234"));
	assert_true(str_is(facts.ocsp_url, "http://ocsp.invalid/x"));
	assert_int_equal(facts.not_before_ms, order.not_before_ms);
	assert_int_equal(facts.not_after_ms, order.not_after_ms);
	assert_int_equal(facts.kind, CERT_PERSON);
	assert_int_equal(facts.authority, CERT_AUTHORITY_CITIZEN);
	assert_int_equal(facts.usage, CERT_USE_SIGN);
	assert_int_equal(facts.key, CERT_KEY_EC);
	assert_int_equal(facts.key_bits, 256);
	assert_int_equal(facts.authority_key_id.len, 40);
	assert_false(facts.is_ca);
}

static void bytes_that_are_no_certificate_are_malformed(void **state)
{
	struct cert_order order = leaf_order();
	struct str der = made(&order, ca_key);
	struct buf longer = buf_on(&arena);

	(void)state;
	buf_add(&longer, der);
	buf_byte(&longer, 0);
	assert_int_equal(verdict_at(trust, STR(""), NOW_MS, &person_limits), CERT_MALFORMED);
	assert_int_equal(verdict_at(trust, STR("0"), NOW_MS, &person_limits), CERT_MALFORMED);
	assert_int_equal(verdict_at(trust, buf_str(&longer), NOW_MS, &person_limits), CERT_MALFORMED);
	assert_int_equal(verdict_at(trust, str_slice(der, 0, der.len - 1), NOW_MS, &person_limits), CERT_MALFORMED);
}

static void a_name_with_a_line_break_is_malformed(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	order.subject.parts[1].value = STR("王\n明");
	assert_int_equal(verdict_of(&order), CERT_MALFORMED);
}

static void a_name_that_is_no_utf8_is_malformed(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	order.subject.parts[1].value = STR("\xff\xfe");
	assert_int_equal(verdict_of(&order), CERT_MALFORMED);
}

static void two_common_names_are_malformed(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	name_add(&order.subject, OID_COMMON_NAME, STR("李"));
	assert_int_equal(verdict_of(&order), CERT_MALFORMED);
}

static void last_characters_of_another_length_are_malformed(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	order.last_four = STR("56789");
	assert_int_equal(verdict_of(&order), CERT_MALFORMED);
}

static void a_curve_is_weak_unless_allowed(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	assert_int_equal(verdict_at(trust, made(&order, ca_key), NOW_MS, &CERT_LIMITS_PERSON), CERT_WEAK_ALGORITHM);
}

static void a_foreign_authority_of_the_same_name_is_unknown(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	order.issuer_key_id = key_id(&arena, leaf_key);
	assert_int_equal(verdict_at(trust, made(&order, leaf_key), NOW_MS, &person_limits), CERT_UNKNOWN_CA);
}

static void the_key_of_another_generation_is_a_wrong_signature(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	assert_int_equal(verdict_at(trust, made(&order, old_key), NOW_MS, &person_limits), CERT_WRONG_SIGNATURE);
}

static void without_key_identifier_the_signature_finds_the_generation(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	order.issuer_key_id = STR("");
	assert_int_equal(verdict_of(&order), CERT_GOOD);
}

static void every_flipped_byte_is_found(void **state)
{
	struct cert_order order = leaf_order();
	struct str der = str_copy(&arena, made(&order, ca_key));
	char *bytes = arena_bytes(&arena, der.len);

	(void)state;
	for (size_t i = 0; i < der.len; i++) {
		memcpy(bytes, der.at, der.len);
		bytes[i] ^= 1;
		assert_int_not_equal(verdict_at(trust, str_bytes(bytes, der.len), NOW_MS, &person_limits), CERT_GOOD);
	}
}

static void a_certificate_of_the_expired_generation_is_refused(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	order.issuer_key_id = key_id(&arena, old_key);
	assert_int_equal(verdict_at(trust, made(&order, old_key), NOW_MS, &person_limits), CERT_CA_EXPIRED);
}

static void a_path_may_not_be_longer_than_allowed(void **state)
{
	struct name name = name_of("行政院", "內政部憑證管理中心");
	struct cert_order below = ca_order_of(leaf_key, name, ca_order.subject, ca_key, -1);
	struct cert_trust *store = trust_of(NULL, NOW_MS);
	struct cert_order order = leaf_order();

	(void)state;
	assert_int_equal(trust_add_ca(store, made(&below, ca_key)), OK);
	order.issuer_key_id = key_id(&arena, leaf_key);
	assert_int_equal(verdict_at(store, made(&order, leaf_key), NOW_MS, &person_limits), CERT_CA_NOT_ALLOWED);
	trust_close(&store);
}

static void an_authority_without_root_is_unknown(void **state)
{
	struct cert_trust *store = trust_new();
	struct cert_order order = leaf_order();

	(void)state;
	assert_int_equal(trust_add_ca(store, ca_der), OK);
	assert_int_equal(verdict_at(store, made(&order, ca_key), NOW_MS, &person_limits), CERT_UNKNOWN_CA);
	trust_close(&store);
}

static void a_revoked_authority_is_refused(void **state)
{
	struct cert_trust *store = trust_of(NULL, NOW_MS);
	struct cert_order order = leaf_order();

	(void)state;
	assert_int_equal(trust_add_crl(store, crl_of(root_key, root_order.subject, NOW_MS, "\x5a\x01")), OK);
	assert_int_equal(verdict_at(store, made(&order, ca_key), NOW_MS, &person_limits), CERT_CA_REVOKED);
	trust_close(&store);
}

static void the_instant_decides_about_validity(void **state)
{
	struct cert_order order = leaf_order();
	struct cert_trust *store = trust_of(NULL, order.not_after_ms);
	struct str der = made(&order, ca_key);

	(void)state;
	assert_int_equal(verdict_at(store, der, order.not_before_ms - 1, &person_limits), CERT_NOT_YET_VALID);
	assert_int_equal(verdict_at(store, der, order.not_before_ms, &person_limits), CERT_GOOD);
	assert_int_equal(verdict_at(store, der, order.not_after_ms, &person_limits), CERT_GOOD);
	assert_int_equal(verdict_at(store, der, order.not_after_ms + 1, &person_limits), CERT_EXPIRED);
	trust_close(&store);
}

static void an_encryption_certificate_may_not_sign(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	order.usage = CERT_USE_ENCRYPT;
	assert_int_equal(verdict_of(&order), CERT_WRONG_USAGE);
	order.usage = 0;
	assert_int_equal(verdict_of(&order), CERT_WRONG_USAGE);
}

static void a_ca_certificate_may_not_sign_in(void **state)
{
	(void)state;
	assert_int_equal(verdict_at(trust, ca_der, NOW_MS, &person_limits), CERT_WRONG_USAGE);
}

static void without_a_list_nobody_passes(void **state)
{
	struct cert_trust *store = trust_new();
	struct cert_order order = leaf_order();

	(void)state;
	assert_int_equal(trust_add_ca(store, root_der), OK);
	assert_int_equal(trust_add_ca(store, ca_der), OK);
	assert_int_equal(verdict_at(store, made(&order, ca_key), NOW_MS, &person_limits), CERT_CRL_MISSING);
	trust_close(&store);
}

static void a_listed_serial_is_revoked_even_on_a_stale_list(void **state)
{
	struct cert_trust *store = trust_of("\x5a\x80", NOW_MS - 1000 * HOUR_MS);
	struct cert_order order = leaf_order();
	struct cert_report report;

	(void)state;
	assert_int_equal(cert_check(store, &arena, made(&order, ca_key), NOW_MS, &person_limits, &report), CERT_REVOKED);
	assert_int_equal(report.revoked_at_ms, NOW_MS - 1000 * HOUR_MS - 1000);
	trust_close(&store);
}

static void the_age_of_the_list_warns_and_then_refuses(void **state)
{
	static const struct { int hours; bool old; enum cert_verdict verdict; } cases[] = {
		{ 0, false, CERT_GOOD }, { 24, false, CERT_GOOD }, { 25, true, CERT_GOOD },
		{ 96, true, CERT_GOOD }, { 97, true, CERT_CRL_STALE }, { -5, false, CERT_GOOD },
	};
	struct cert_trust *store = trust_of(NULL, NOW_MS);
	struct cert_order order = leaf_order();
	struct str der = made(&order, ca_key);
	struct cert_report report;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t at_ms = NOW_MS + cases[i].hours * HOUR_MS;
		assert_int_equal(cert_check(store, &arena, der, at_ms, &person_limits, &report), cases[i].verdict);
		assert_int_equal(report.crl_old, cases[i].old);
		assert_int_equal(report.crl_this_update_ms, NOW_MS);
	}
	trust_close(&store);
}

static void a_kind_that_was_not_asked_for_is_wrong(void **state)
{
	static const enum cert_kind kinds[] = { CERT_KIND_NONE, CERT_AGENCY, CERT_UNIT, CERT_SERVER };
	struct cert_order order = leaf_order();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		order.kind = kinds[i];
		assert_int_equal(verdict_of(&order), CERT_WRONG_KIND);
	}
}

static void an_agency_of_the_citizens_authority_is_wrong(void **state)
{
	const struct cert_limits agency = { 1u << CERT_AGENCY, 24, 96, true };
	struct cert_order order = leaf_order();

	(void)state;
	order.kind = CERT_AGENCY;
	assert_int_equal(verdict_at(trust, made(&order, ca_key), NOW_MS, &agency), CERT_WRONG_KIND);
}

static void a_person_needs_a_name(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	order.subject.count = 1;
	assert_int_equal(verdict_of(&order), CERT_NAME_MISSING);
}

static void a_person_needs_the_last_four(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	order.last_four = STR("");
	assert_int_equal(verdict_of(&order), CERT_LAST_FOUR_MISSING);
}

static void a_refused_certificate_still_has_facts(void **state)
{
	struct cert_order order = leaf_order();
	struct cert_report report;

	(void)state;
	order.usage = CERT_USE_ENCRYPT;
	assert_int_equal(cert_check(trust, &arena, made(&order, ca_key), NOW_MS, &person_limits, &report), CERT_WRONG_USAGE);
	assert_true(str_is(report.facts.serial, "5a80"));
}

static void lists_that_do_not_verify_are_refused(void **state)
{
	struct str crl = crl_of(ca_key, ca_order.subject, NOW_MS, "\x5a\x80");
	char *bytes = arena_bytes(&arena, crl.len);

	(void)state;
	for (size_t i = 0; i < crl.len; i++) {
		memcpy(bytes, crl.at, crl.len);
		bytes[i] ^= 1;
		assert_int_not_equal(trust_add_crl(trust, str_bytes(bytes, crl.len)), OK);
	}
	assert_int_equal(trust_add_crl(trust, crl_of(leaf_key, ca_order.subject, NOW_MS, NULL)), FAIL_NOT_FOUND);
	assert_int_equal(trust_add_crl(trust, STR("nothing")), FAIL_SYNTAX);
}

static void an_older_list_does_not_replace_a_newer_one(void **state)
{
	struct cert_trust *store = trust_of(NULL, NOW_MS);

	(void)state;
	assert_int_equal(trust_add_crl(store, crl_of(ca_key, ca_order.subject, NOW_MS - 1000, NULL)), FAIL_CONFLICT);
	assert_int_equal(trust_add_crl(store, crl_of(ca_key, ca_order.subject, NOW_MS + 1000, NULL)), OK);
	trust_close(&store);
}

static void a_certificate_that_is_no_ca_is_not_trusted(void **state)
{
	struct cert_order order = leaf_order();

	(void)state;
	assert_int_equal(trust_add_ca(trust, made(&order, ca_key)), FAIL_UNTRUSTED);
	assert_int_equal(trust_add_ca(trust, STR("x")), FAIL_SYNTAX);
}

static void verdicts_have_distinct_names(void **state)
{
	(void)state;
	for (int i = 0; i < CERT_VERDICT_COUNT; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(cert_verdict_name((enum cert_verdict)i),
			                        cert_verdict_name((enum cert_verdict)k));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_right_certificate_is_good),
		cmocka_unit_test(facts_are_read),
		cmocka_unit_test(bytes_that_are_no_certificate_are_malformed),
		cmocka_unit_test(a_name_with_a_line_break_is_malformed),
		cmocka_unit_test(a_name_that_is_no_utf8_is_malformed),
		cmocka_unit_test(two_common_names_are_malformed),
		cmocka_unit_test(last_characters_of_another_length_are_malformed),
		cmocka_unit_test(a_curve_is_weak_unless_allowed),
		cmocka_unit_test(a_foreign_authority_of_the_same_name_is_unknown),
		cmocka_unit_test(the_key_of_another_generation_is_a_wrong_signature),
		cmocka_unit_test(without_key_identifier_the_signature_finds_the_generation),
		cmocka_unit_test(every_flipped_byte_is_found),
		cmocka_unit_test(a_certificate_of_the_expired_generation_is_refused),
		cmocka_unit_test(a_path_may_not_be_longer_than_allowed),
		cmocka_unit_test(an_authority_without_root_is_unknown),
		cmocka_unit_test(a_revoked_authority_is_refused),
		cmocka_unit_test(the_instant_decides_about_validity),
		cmocka_unit_test(an_encryption_certificate_may_not_sign),
		cmocka_unit_test(a_ca_certificate_may_not_sign_in),
		cmocka_unit_test(without_a_list_nobody_passes),
		cmocka_unit_test(a_listed_serial_is_revoked_even_on_a_stale_list),
		cmocka_unit_test(the_age_of_the_list_warns_and_then_refuses),
		cmocka_unit_test(a_kind_that_was_not_asked_for_is_wrong),
		cmocka_unit_test(an_agency_of_the_citizens_authority_is_wrong),
		cmocka_unit_test(a_person_needs_a_name),
		cmocka_unit_test(a_person_needs_the_last_four),
		cmocka_unit_test(a_refused_certificate_still_has_facts),
		cmocka_unit_test(lists_that_do_not_verify_are_refused),
		cmocka_unit_test(an_older_list_does_not_replace_a_newer_one),
		cmocka_unit_test(a_certificate_that_is_no_ca_is_not_trusted),
		cmocka_unit_test(verdicts_have_distinct_names),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
