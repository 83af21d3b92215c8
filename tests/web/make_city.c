/* The demonstration city with curve keys and only the first questions of its year, for browser tests
 * against the real roles. usage: make_city DIR (ports from WEB_PORT and CARD_PORT) */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "demo/fill.h"
#include "demo/inside.h"
#include "keeper/init.h"

enum { CITY_SEED = 1130041, QUESTIONS = 12 };

static enum fail through_keeper(void *context, struct arena *arena, const struct message *message,
                                struct message *reply_out)
{
	struct message *copy = arena_new(arena, struct message);

	*copy = *message;
	return inside_call(context, arena, PEER_COUNTER, copy, 1, reply_out);
}

static enum fail cards_make(struct arena *arena, const char *dir, struct city *city)
{
	struct testca *testca;
	int64_t now_ms = clock_wall_ms();

	TRY(testca_create(dir, now_ms, true));
	TRY(testca_open(dir, &testca));
	enum fail fail = testca_issue_server(testca, now_ms);
	if (fail == OK)
		fail = city_cards(city, arena, testca, now_ms);
	testca_close(&testca);
	return fail;
}

static enum fail lists_take(struct arena *arena, const char *dir, const struct city *city)
{
	struct fill_counts counts;
	struct inside *inside = NULL;
	struct str why = STR("");

	TRY(inside_open(dir, &inside));
	const struct fill_wire wire = { .ask = through_keeper, .context = inside };
	enum fail fail = city_fill(arena, city, dir, &wire, QUESTIONS, &counts, &why);
	inside_close(&inside);
	if (fail != OK)
		fprintf(stderr, "make_city: %.*s\n", STR_FMT(why));
	return fail;
}

static enum fail city_build(struct arena *arena, const char *dir)
{
	struct city *city = city_make(arena, CITY_SEED, time_local_date(clock_wall_ms()));
	const struct init_options options = { .origin = STR("demo.youju.example/kaohsiung"), .demo = true,
		                              .at_ms = city_fill_start_ms(city), .host = STR("localhost") };
	struct str conf = str_printf(arena, "front.web_port = %s\nfront.card_port = %s\n", getenv("WEB_PORT"),
	                             getenv("CARD_PORT"));

	TRY(keeper_init(dir, &options));
	TRY(file_save(str_c(arena, str_printf(arena, "%s/youju.conf", dir)), conf));
	TRY(cards_make(arena, dir, city));
	TRY(city_source(city, str_c(arena, str_printf(arena, "%s/source.db", dir)), INT64_MAX));
	return lists_take(arena, dir, city);
}

int main(int argc, char **argv)
{
	struct arena arena = arena_open((size_t)4 << 30);
	enum fail fail = FAIL_SYNTAX;

	crypto_open();
	if (argc == 2 && getenv("WEB_PORT") && getenv("CARD_PORT"))
		fail = city_build(&arena, argv[1]);
	if (fail != OK)
		fprintf(stderr, "make_city: %s\n", fail_name(fail));
	arena_close(&arena);
	return fail == OK ? 0 : 1;
}
