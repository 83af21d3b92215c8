/* Card files as the command line opens them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cert_cms.h"
#include "base/file.h"
#include "demo/testca.h"

#include <cmocka.h>

static const int64_t NOW_MS = 1795000000000;

static struct arena arena;
static char dir[] = "/tmp/youju-card-XXXXXX";
static struct testca_issued clear, locked;

static char *below(const char *name)
{
	return str_c(&arena, str_printf(&arena, "%s/%s", dir, name));
}

static int setup(void **state)
{
	struct testca *testca;
	struct testca_order order = { .issuer = TESTCA_MOICA_G3, .kind = CERT_PERSON, .name = STR("林𡍼"),
	                              .id_no = STR("A123456789"), .stem = STR("clear"), .password = STR("demo") };

	(void)state;
	arena = arena_open(64 << 20);
	if (!mkdtemp(dir) || testca_create(dir, NOW_MS, true) || testca_open(dir, &testca) ||
	    testca_issue(testca, &arena, NOW_MS, &order, 1, &clear))
		return -1;
	order.stem = STR("locked");
	order.pin = STR("123456");
	int failed = (int)testca_issue(testca, &arena, NOW_MS, &order, 1, &locked);
	testca_close(&testca);
	return failed;
}

static int teardown(void **state)
{
	char command[64];

	(void)state;
	arena_close(&arena);
	snprintf(command, sizeof command, "rm -r %s", dir);
	return system(command);
}

static enum fail opened(const char *name, const char *pin, struct card *card)
{
	char typed[32] = { 0 };

	memcpy(typed, pin, strlen(pin));
	enum fail outcome = card_open(&arena, below(name), typed, strlen(pin), card);
	for (size_t i = 0; i < sizeof typed; i++)
		assert_int_equal(typed[i], 0);
	return outcome;
}

static void signs(struct card *card, const struct testca_issued *issued)
{
	struct cms_facts facts;
	struct str der;

	assert_true(str_eq(card->cert_der, issued->signing_der));
	assert_int_equal(cms_sign(&arena, card, STR("x"), STR("n"), NOW_MS, false, &der), OK);
	assert_int_equal(cms_verify(&arena, der, STR("x"), STR("n"), &facts), CMS_GOOD);
	assert_true(str_eq(facts.card_number, issued->card_number));
	card_close(card);
}

static void a_card_in_the_clear_signs(void **state)
{
	struct card card;

	(void)state;
	assert_int_equal(opened("cards/clear.pem", "", &card), OK);
	signs(&card, &clear);
}

static void a_locked_card_needs_its_pin(void **state)
{
	struct card card;

	(void)state;
	assert_int_equal(opened("cards/locked.pem", "123457", &card), FAIL_UNTRUSTED);
	assert_int_equal(opened("cards/locked.pem", "", &card), FAIL_UNTRUSTED);
	assert_int_equal(opened("cards/locked.pem", "123456", &card), OK);
	signs(&card, &locked);
}

static void a_browser_file_signs_too(void **state)
{
	struct card card;

	(void)state;
	assert_int_equal(opened("cards/clear.p12", "wrong", &card), FAIL_UNTRUSTED);
	assert_int_equal(opened("cards/clear.p12", "demo", &card), OK);
	signs(&card, &clear);
}

static void other_files_are_no_cards(void **state)
{
	static const struct { const char *text; enum fail outcome; } cases[] = {
		{ "", FAIL_SYNTAX }, { "hello", FAIL_SYNTAX }, { "0", FAIL_SYNTAX },
		{ "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", FAIL_SYNTAX },
		{ "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", FAIL_SYNTAX },
	};
	struct card card;

	(void)state;
	assert_int_equal(opened("cards/nobody.pem", "", &card), FAIL_NOT_FOUND);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(file_save(below("cards/bad.pem"), str_from(cases[i].text)), OK);
		assert_int_equal(opened("cards/bad.pem", "1", &card), cases[i].outcome);
	}
	assert_int_equal(opened("tls/ca/moica-g3.pem", "", &card), FAIL_SYNTAX);
	assert_int_equal(opened("tls/testca/gca.key", "", &card), FAIL_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_in_the_clear_signs),
		cmocka_unit_test(a_locked_card_needs_its_pin),
		cmocka_unit_test(a_browser_file_signs_too),
		cmocka_unit_test(other_files_are_no_cards),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
