/* Helper of office.py: an empty office with quick keys, its cards and the simulated agency.
 *
 * usage: office_tool DIR WEB_PORT CARD_PORT ID_NO NAME: the agency knows one person, of that number and
 * name. Prints "CARD SERIAL" for each card of DIR/cards. */
#include <stdio.h>

#include "base/file.h"
#include "base/time.h"
#include "demo/testca.h"
#include "keeper/init.h"
#include "source/local.h"

static const int64_t DAY_MS = 86400000;

static struct arena arena;

static const char *path_of(const char *dir, const char *name)
{
	return str_c(&arena, str_printf(&arena, "%s/%s", dir, name));
}

static struct testca_order person(const char *stem, const char *id_no, const char *name)
{
	return (struct testca_order){ .issuer = TESTCA_MOICA_G2, .kind = CERT_PERSON, .name = str_from(name),
	                              .id_no = str_from(id_no), .stem = str_from(stem) };
}

static enum fail cards_make(const char *dir, int64_t now_ms)
{
	struct testca_order orders[] = {
		person("custodian", "A123456789", "陳專責"), person("supervisor", "A100000001", "林主管"),
		person("mei", "A200000003", "王小美"),       person("lin", "E123456783", "林左營"),
		person("auditor", "F131104093", "周稽核"),   person("stranger", "B120863158", "路人甲"),
		person("expired", "A200000003", "王小美"),   person("revoked", "A200000003", "王小美"),
		person("foreign", "A200000003", "王小美"),   person("sealed", "C120863159", "方保密"),
	};
	enum { EXPIRED = 6, REVOKED, FOREIGN, SEALED };
	struct testca_issued issued[ARRAY_LEN(orders)];
	struct testca *testca;

	orders[EXPIRED].not_before_ms = now_ms - 900 * DAY_MS;
	orders[EXPIRED].not_after_ms = now_ms - 10 * DAY_MS;
	orders[REVOKED].flaws = TESTCA_REVOKED;
	orders[FOREIGN].issuer = TESTCA_FOREIGN;
	orders[SEALED].pin = STR("pin-4711-planted");
	TRY(testca_create(dir, now_ms, true));
	TRY(testca_open(dir, &testca));
	enum fail fail = testca_issue_server(testca, now_ms);
	if (fail == OK)
		fail = testca_issue(testca, &arena, now_ms, orders, ARRAY_LEN(orders), issued);
	if (fail == OK)
		fail = testca_reissue_crls(testca, now_ms, 0);
	testca_close(&testca);
	for (size_t i = 0; fail == OK && i < ARRAY_LEN(orders); i++)
		printf("%.*s %.*s\n", STR_FMT(orders[i].stem), STR_FMT(issued[i].serial));
	return fail;
}

static enum fail source_make(const char *dir, int64_t now_ms, const char *id_no, const char *name)
{
	struct local_person known = {
		.numbers = { { NUMBER_NATIONAL, str_from(id_no) } }, .number_count = 1, .name = str_from(name),
		.kind = PERSON_REGISTERED, .habit = HABIT_FOUR_COUNTS,
	};
	const struct local_options options = { .seed = 7, .anchor = time_local_date(now_ms),
		                               .deletion_ms = INT64_MAX };

	TRY(date_parse_iso(STR("1960-01-01"), &known.born));
	return local_source_generate(path_of(dir, "source.db"), &options, &known, 1);
}

static enum fail office_make(char **argument)
{
	const char *dir = argument[0];
	int64_t now_ms = clock_wall_ms();
	const struct init_options options = { .origin = STR("demo.youju.test/interop"), .demo = true,
		                              .at_ms = now_ms - 2000, .host = STR("localhost") };

	TRY(keeper_init(dir, &options));
	TRY(cards_make(dir, now_ms));
	TRY(source_make(dir, now_ms, argument[3], argument[4]));
	return file_save(path_of(dir, "youju.conf"),
	                 str_printf(&arena, "front.host = localhost\nfront.address = localhost\n"
	                                    "front.web_port = %s\nfront.card_port = %s\n", argument[1], argument[2]));
}

int main(int count, char **argument)
{
	if (count != 6) {
		fprintf(stderr, "usage: office_tool DIR WEB_PORT CARD_PORT ID_NO NAME\n");
		return 2;
	}
	arena = arena_open(1 << 26);
	enum fail fail = office_make(argument + 1);
	arena_close(&arena);
	if (fail)
		fprintf(stderr, "office_tool: %s\n", fail_name(fail));
	return fail ? 1 : 0;
}
