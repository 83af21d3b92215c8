/* Challenges signed with a card, and every way in which such a signature can be wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/cert_cms.h"

static const int64_t NOW_MS = 1790000000000, DAY_MS = 86400000;

static struct arena arena;
static struct card card, other;

static struct str certificate_of(struct key key, struct str serial)
{
	struct cert_order order = {
		.serial = serial,
		.not_before_ms = NOW_MS - DAY_MS,
		.not_after_ms = NOW_MS + DAY_MS,
		.subject_key = key,
		.usage = CERT_USE_SIGN,
		.path_len = -1,
		.kind = CERT_PERSON,
		.last_four = STR("6789"),
	};
	struct str der;

	name_add(&order.issuer, OID_UNIT, STR("內政部憑證管理中心"));
	name_add(&order.subject, OID_COMMON_NAME, STR("王小明"));
	assert_int_equal(cert_make(&arena, &order, key, &der), OK);
	return der;
}

static int setup(void **state)
{
	(void)state;
	arena = arena_open(64 << 20);
	if (key_make(KEY_RSA_2048, &card.key) || key_make(KEY_P256, &other.key))
		return -1;
	card.cert_der = certificate_of(card.key, STR("\x11\x22"));
	card.card_number = STR("TP12345678901234");
	other.cert_der = certificate_of(other.key, STR("\x33\x44"));
	other.card_number = STR("");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	card_close(&card);
	card_close(&other);
	arena_close(&arena);
	return 0;
}

static struct str signed_by(const struct card *by, const char *content, const char *nonce, bool enveloping)
{
	struct str der;

	assert_int_equal(cms_sign(&arena, by, str_from(content), str_from(nonce), NOW_MS, enveloping, &der), OK);
	return der;
}

static enum cms_verdict verdict_of(struct str der, const char *content, const char *nonce)
{
	struct cms_facts facts;

	return cms_verify(&arena, der, str_from(content), str_from(nonce), &facts);
}

static void a_signature_tells_certificate_nonce_time_and_card(void **state)
{
	struct cms_facts facts;

	(void)state;
	for (int enveloping = 0; enveloping < 2; enveloping++) {
		struct str der = signed_by(&card, "sign in: 42", "n-42", enveloping);
		assert_int_equal(cms_verify(&arena, der, STR("sign in: 42"), STR("n-42"), &facts), CMS_GOOD);
		assert_true(str_eq(facts.signer_der, card.cert_der));
		assert_true(str_is(facts.nonce, "n-42"));
		assert_true(str_is(facts.card_number, "TP12345678901234"));
		assert_int_equal(facts.signed_at_ms, NOW_MS);
	}
}

static void attributes_may_be_absent(void **state)
{
	struct cms_facts facts;
	struct str der = signed_by(&other, "x", "", false);

	(void)state;
	assert_int_equal(cms_verify(&arena, der, STR("x"), STR("n"), &facts), CMS_GOOD);
	assert_int_equal(facts.nonce.len, 0);
	assert_int_equal(facts.card_number.len, 0);
}

static void another_nonce_is_found(void **state)
{
	(void)state;
	assert_int_equal(verdict_of(signed_by(&card, "x", "n1", false), "x", "n2"), CMS_OTHER_NONCE);
}

static void other_content_is_found(void **state)
{
	(void)state;
	assert_int_equal(verdict_of(signed_by(&card, "x", "n", false), "y", "n"), CMS_WRONG_SIGNATURE);
	assert_int_equal(verdict_of(signed_by(&card, "x", "n", true), "y", "n"), CMS_OTHER_CONTENT);
}

static void the_key_of_another_card_is_found(void **state)
{
	struct card mixed = { other.key, other.cert_der, STR("") };
	struct str der;

	(void)state;
	mixed.cert_der = certificate_of(other.key, STR("\x55"));
	mixed.key = card.key;
	/* The library itself refuses to sign with a key that is not the certificate's. */
	assert_int_equal(cms_sign(&arena, &mixed, STR("x"), STR("n"), NOW_MS, false, &der), FAIL_CRYPTO);
}

static void bytes_that_are_no_message_are_malformed(void **state)
{
	struct str der = signed_by(&card, "x", "n", false);
	struct buf longer = buf_on(&arena);

	(void)state;
	buf_add(&longer, der);
	buf_byte(&longer, 0);
	assert_int_equal(verdict_of(STR(""), "x", "n"), CMS_MALFORMED);
	assert_int_equal(verdict_of(STR("0123"), "x", "n"), CMS_MALFORMED);
	assert_int_equal(verdict_of(buf_str(&longer), "x", "n"), CMS_MALFORMED);
	assert_int_equal(verdict_of(card.cert_der, "x", "n"), CMS_MALFORMED);
	assert_int_equal(verdict_of(str_slice(der, 0, der.len - 1), "x", "n"), CMS_MALFORMED);
}

/* A changed byte either breaks the verdict or stands in a part that nothing relies on; then the
 * certificate, which is judged apart, must be the same. */
static void every_flipped_byte_is_found_or_harmless(void **state)
{
	struct str der = signed_by(&other, "x", "n", false);
	char *bytes = arena_bytes(&arena, der.len);
	struct cms_facts facts;
	size_t harmless = 0;

	(void)state;
	for (size_t i = 0; i < der.len; i++) {
		memcpy(bytes, der.at, der.len);
		bytes[i] ^= 1;
		if (cms_verify(&arena, str_bytes(bytes, der.len), STR("x"), STR("n"), &facts) != CMS_GOOD)
			continue;
		assert_true(str_is(facts.nonce, "n"));
		assert_int_equal(facts.signed_at_ms, NOW_MS);
		harmless += str_eq(facts.signer_der, other.cert_der);
	}
	assert_true(harmless < 16);
}

static void verdicts_have_distinct_names(void **state)
{
	(void)state;
	for (int i = 0; i < CMS_VERDICT_COUNT; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(cms_verdict_name((enum cms_verdict)i), cms_verdict_name((enum cms_verdict)k));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signature_tells_certificate_nonce_time_and_card),
		cmocka_unit_test(attributes_may_be_absent),
		cmocka_unit_test(another_nonce_is_found),
		cmocka_unit_test(other_content_is_found),
		cmocka_unit_test(the_key_of_another_card_is_found),
		cmocka_unit_test(bytes_that_are_no_message_are_malformed),
		cmocka_unit_test(every_flipped_byte_is_found_or_harmless),
		cmocka_unit_test(verdicts_have_distinct_names),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
