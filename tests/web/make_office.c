/* Certificates for the browser tests: usage: make_office DIR. Makes DIR/tls, DIR/cards/card.p12
 * (password "web") and DIR/youju.conf with the ports given in the environment. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/time.h"
#include "demo/testca.h"

static MUST_CHECK enum fail office_make(struct arena *arena, const char *dir)
{
	const int64_t now_ms = clock_wall_ms();
	const struct testca_order order = {
		.issuer = TESTCA_MOICA_G2, .kind = CERT_PERSON, .name = STR("林怡君"), .id_no = STR("A200000003"),
		.stem = STR("card"), .password = STR("web"),
	};
	struct str conf = str_printf(arena, "front.web_port = %s\nfront.card_port = %s\n", getenv("WEB_PORT"),
	                             getenv("CARD_PORT"));
	struct testca *testca;
	struct testca_issued issued;

	TRY(dir_make(dir));
	TRY(testca_create(dir, now_ms, true));
	TRY(testca_open(dir, &testca));
	enum fail fail = testca_issue_server(testca, now_ms);
	if (fail == OK)
		fail = testca_issue(testca, arena, now_ms, &order, 1, &issued);
	testca_close(&testca);
	TRY(fail);
	return file_save(str_c(arena, str_printf(arena, "%s/youju.conf", dir)), conf);
}

int main(int argc, char **argv)
{
	struct arena arena = arena_open(1 << 22);
	enum fail fail = FAIL_SYNTAX;

	crypto_open();
	if (argc == 2 && getenv("WEB_PORT") && getenv("CARD_PORT"))
		fail = office_make(&arena, argv[1]);
	if (fail != OK)
		fprintf(stderr, "make_office: %s\n", fail_name(fail));
	arena_close(&arena);
	return fail == OK ? 0 : 1;
}
