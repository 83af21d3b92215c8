/* Helper of cards_test.py: lets our certificate modules make, sign and check what the openssl
 * program then reads, and the other way round.
 *
 * usage: card_tool make DIR | sign CARD CONTENT OUT | check DIR CMS CONTENT | judge DIR CERTIFICATE |
 *        renew DIR ENTRIES | ocsp-query DIR CARD OUT | ocsp-carry URL QUERY OUT | ocsp-read DIR CARD ANSWER DAYS-FROM-NOW */
#include <stdio.h>
#include <string.h>

#include "base/cert_cms.h"
#include "base/cert_fetch.h"
#include "base/cert_ocsp.h"
#include "base/cert_trust.h"
#include "base/file.h"
#include "base/time.h"
#include "demo/testca.h"

static struct arena arena;

static enum fail make(char **argument)
{
	const struct testca_order orders[] = {
		{ .issuer = TESTCA_MOICA_G3, .kind = CERT_PERSON, .name = STR("陳𡍼妹"), .id_no = STR("A123456789"),
		  .stem = STR("person"), .password = STR("demo") },
		{ .issuer = TESTCA_GCA, .kind = CERT_AGENCY, .name = STR("三民區公所"), .stem = STR("agency"),
		  .organisation_oid = STR("2.16.886.101.90028.20002.20001") },
		{ .issuer = TESTCA_MOICA_G2, .kind = CERT_PERSON, .name = STR("王小明"), .id_no = STR("A200000003"),
		  .stem = STR("revoked"), .flaws = TESTCA_REVOKED },
	};
	struct testca_issued issued[ARRAY_LEN(orders)];
	struct testca *testca;
	int64_t now_ms = clock_wall_ms();

	TRY(testca_create(argument[0], now_ms, false));
	TRY(testca_open(argument[0], &testca));
	enum fail fail = testca_issue(testca, &arena, now_ms, orders, ARRAY_LEN(orders), issued);
	if (fail == OK)
		fail = testca_reissue_crls(testca, now_ms, 0);
	testca_close(&testca);
	return fail;
}

static enum fail sign(char **argument)
{
	struct str content, der;
	struct card card;

	TRY(file_load(&arena, argument[1], CMS_MAX_BYTES, &content));
	TRY(card_open(&arena, argument[0], NULL, 0, &card));
	enum fail fail = cms_sign(&arena, &card, content, STR("nonce"), clock_wall_ms(), false, &der);
	card_close(&card);
	return fail == OK ? file_save(argument[2], der) : fail;
}

static void certificate_judge(const char *dir, struct str der)
{
	struct cert_trust *trust = NULL;
	struct cert_report report;
	struct str bad;

	trust_follow(&trust, &arena, str_c(&arena, str_printf(&arena, "%s/tls", dir)), &bad);
	printf("certificate %s\n", cert_verdict_name(cert_check(trust, &arena, der, clock_wall_ms(),
	                                                        &CERT_LIMITS_PERSON, &report)));
	trust_close(&trust);
}

static enum fail judge(char **argument)
{
	struct str der;

	TRY(file_load(&arena, argument[1], CERT_MAX_BYTES, &der));
	certificate_judge(argument[0], der);
	return OK;
}

static enum fail check(char **argument)
{
	struct str content, der;
	struct cms_facts facts;

	TRY(file_load(&arena, argument[1], CMS_MAX_BYTES, &der));
	TRY(file_load(&arena, argument[2], CMS_MAX_BYTES, &content));
	enum cms_verdict signature = cms_verify(&arena, der, content, STR("nonce"), &facts);
	printf("signature %s\n", cms_verdict_name(signature));
	if (signature == CMS_GOOD)
		certificate_judge(argument[0], facts.signer_der);
	return OK;
}

static const struct str ocsp_nonce = STR_INIT("0123456789abcdef");

static enum fail card_and_trust(char **argument, struct card *card, struct cert_trust **trust)
{
	struct str bad;

	*trust = NULL;
	trust_follow(trust, &arena, str_c(&arena, str_printf(&arena, "%s/tls", argument[0])), &bad);
	return card_open(&arena, argument[1], NULL, 0, card);
}

static enum fail ocsp_query(char **argument)
{
	struct cert_trust *trust;
	struct card card;
	struct str query;

	TRY(card_and_trust(argument, &card, &trust));
	TRY(ocsp_query_make(&arena, trust, card.cert_der, ocsp_nonce, &query));
	return file_save(argument[2], query);
}

static enum fail ocsp_read(char **argument)
{
	struct ocsp_answer answer;
	struct cert_trust *trust;
	struct str bytes, days = str_from(argument[3]);
	struct card card;
	uint64_t ahead;

	TRY(card_and_trust(argument, &card, &trust));
	TRY(file_load(&arena, argument[2], OCSP_ANSWER_BYTES_MAX, &bytes));
	TRY(str_to_u64(days, &ahead));
	enum fail fail = ocsp_answer_read(&arena, trust, card.cert_der, ocsp_nonce, bytes,
	                                  clock_wall_ms() + (int64_t)ahead * 86400000, false, &answer);
	printf("answer %s\n", fail != OK ? fail_name(fail) : answer.revoked ? "revoked" : "good");
	return OK;
}

static enum fail carry(char **argument)
{
	struct buf answer = buf_on(&arena);
	struct str question;

	TRY(file_load(&arena, argument[1], OCSP_ANSWER_BYTES_MAX, &question));
	TRY(ocsp_carry(argument[0], question, 5, &answer));
	return file_save(argument[2], buf_str(&answer));
}

/* New lists of all authorities, so many entries that nobody holds among them. */
static enum fail renew(char **argument)
{
	struct testca *testca;
	uint64_t filler;

	TRY(str_to_u64(str_from(argument[1]), &filler));
	TRY(testca_open(argument[0], &testca));
	enum fail fail = testca_reissue_crls(testca, clock_wall_ms(), (size_t)filler);
	testca_close(&testca);
	return fail;
}

int main(int count, char **argument)
{
	static const struct { const char *verb; int arguments; enum fail (*run)(char **); } verbs[] = {
		{ "make", 1, make }, { "sign", 3, sign }, { "check", 3, check }, { "judge", 2, judge }, { "renew", 2, renew },
		{ "ocsp-query", 3, ocsp_query }, { "ocsp-read", 4, ocsp_read }, { "ocsp-carry", 3, carry },
	};

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		if (count != verbs[i].arguments + 2 || strcmp(argument[1], verbs[i].verb) != 0)
			continue;
		arena = arena_open(64 << 20);
		enum fail fail = verbs[i].run(argument + 2);
		arena_close(&arena);
		if (fail)
			fprintf(stderr, "card_tool: %s\n", fail_name(fail));
		return fail ? 1 : 0;
	}
	fprintf(stderr, "usage: card_tool make DIR | sign CARD CONTENT OUT | check DIR CMS CONTENT | judge DIR CERTIFICATE\n");
	return 2;
}
