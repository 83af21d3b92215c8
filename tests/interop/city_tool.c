/* Helper of served_test.py: makes the demonstration city with quick keys and a short past, and prints
 * everybody's identity number and name, which nothing that youju stores may show.
 *
 * usage: city_tool DIR WEB_PORT CARD_PORT */
#include <stdio.h>

#include "base/file.h"
#include "demo/fill.h"
#include "demo/inside.h"
#include "keeper/init.h"

enum { QUESTIONS = 20 };

static enum fail through_keeper(void *context, struct arena *arena, const struct message *message,
                                struct message *reply_out)
{
	struct message copy = *message;

	return inside_call(context, arena, PEER_COUNTER, &copy, 1, reply_out);
}

static enum fail cards_make(struct arena *arena, const char *dir, struct city *city)
{
	struct testca *testca;
	int64_t now_ms = clock_wall_ms();

	TRY(testca_create(dir, now_ms, true));
	TRY(testca_open(dir, &testca));
	enum fail fail = city_cards(city, arena, testca, now_ms);
	testca_close(&testca);
	return fail;
}

static enum fail past_live(struct arena *arena, const char *dir, const struct city *city)
{
	struct inside *inside = NULL;
	struct fill_counts counts;
	struct str why;

	TRY(inside_open(dir, &inside));
	const struct fill_wire wire = { .ask = through_keeper, .context = inside };
	enum fail fail = city_fill(arena, city, dir, &wire, QUESTIONS, &counts, &why);
	inside_close(&inside);
	if (fail)
		fprintf(stderr, "city_tool: %.*s\n", STR_FMT(why));
	return fail;
}

static void personal_print(const struct city *city)
{
	for (size_t i = 0; i < CITY_STAFF; i++)
		printf("%.*s\n%.*s\n", STR_FMT(city->staff[i].id_no), STR_FMT(city->staff[i].name));
	for (size_t i = 0; i < CITY_CASES; i++)
		for (size_t k = 0; k < city->cases[i].party_count; k++)
			printf("%.*s\n%.*s\n", STR_FMT(city->cases[i].parties[k].id_no),
			       STR_FMT(city->cases[i].parties[k].name));
}

static enum fail city_serve_ready(struct arena *arena, const char *dir, const char *web, const char *card)
{
	struct city *city = city_make(arena, 1130041, time_local_date(clock_wall_ms()));
	const struct init_options options = { .origin = STR("demo.youju.test/served"), .demo = true,
	                                      .at_ms = city_fill_start_ms(city), .host = STR("localhost") };
	const char *settings = str_c(arena, str_printf(arena, "%s/youju.conf", dir));

	TRY(keeper_init(dir, &options));
	TRY(cards_make(arena, dir, city));
	TRY(city_source(city, str_c(arena, str_printf(arena, "%s/source.db", dir)), INT64_MAX));
	TRY(past_live(arena, dir, city));
	personal_print(city);
	return file_save(settings, str_printf(arena, "front.host = localhost\nfront.address = localhost\n"
	                                             "front.web_port = %s\nfront.card_port = %s\n", web, card));
}

int main(int count, char **argument)
{
	if (count != 4) {
		fprintf(stderr, "usage: city_tool DIR WEB_PORT CARD_PORT\n");
		return 2;
	}
	struct arena arena = arena_open((size_t)1 << 30);
	enum fail fail = city_serve_ready(&arena, argument[1], argument[2], argument[3]);
	arena_close(&arena);
	if (fail)
		fprintf(stderr, "city_tool: %s\n", fail_name(fail));
	return fail ? 1 : 0;
}
