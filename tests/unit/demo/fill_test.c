/* The demonstration city is taken over by a real keeper, asked about for a year, and adds up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "demo/fill.h"
#include "keeper/init.h"
#include "keeper/keeper.h"
#include "source/local.h"

#include <cmocka.h>

enum { FROM_US = 1, FROM_COURIER = 2, QUESTIONS = 150 };

struct world {
	char dir[64];
	struct arena arena, *replies;
	struct keeper *keeper;
	struct local_source *source;
	struct message plans[8], reply;
	size_t plan_count;
	bool replied;
};

static struct world world;

/* Keeps a message beyond the call, through its own frame. */
static struct message kept(const struct message *message)
{
	struct buf frame = buf_on(world.replies);
	struct message copy;
	size_t used;

	message_pack(&frame, message);
	assert_int_equal(message_unpack(world.replies, buf_str(&frame), &used, &copy), OK);
	return copy;
}

static void hear(void *context, uint64_t connection, const struct message *message)
{
	(void)context;
	if (connection == FROM_COURIER && message->kind == MESSAGE_PLAN && world.plan_count < ARRAY_LEN(world.plans))
		world.plans[world.plan_count++] = kept(message);
	if (connection == FROM_US) {
		world.reply = kept(message);
		world.replied = true;
	}
}

static enum fail plan_answer(const struct message *plan)
{
	struct message answer = message_new(world.replies, MESSAGE_ROWS, plan->id);
	struct buf bytes = buf_on(world.replies);
	struct source_plan asked;
	struct rows rows;
	int64_t wait_ms;

	TRY(source_plan_unpack(message_get(plan, "plan"), &asked));
	TRY(local_source_ask(world.source, world.replies, &asked, &rows, &wait_ms));
	rows_pack(&bytes, &rows);
	message_put(&answer, "rows", buf_str(&bytes));
	return keeper_run(world.keeper, PEER_COURIER, FROM_COURIER, &answer);
}

static enum fail ask(void *context, struct arena *arena, const struct message *message, struct message *reply_out)
{
	(void)context;
	world.replies = arena;
	world.replied = false;
	world.plan_count = 0;
	TRY(keeper_run(world.keeper, PEER_COUNTER, FROM_US, message));
	TRY(keeper_settle(world.keeper));
	while (world.plan_count) {
		TRY(plan_answer(&world.plans[--world.plan_count]));
		TRY(keeper_settle(world.keeper));
	}
	*reply_out = world.reply;
	return world.replied ? OK : FAIL_TIMEOUT;
}

static char *below(const char *name)
{
	return str_c(&world.arena, str_printf(&world.arena, "%s/%s", world.dir, name));
}

static void the_city_lives_its_year(void **state)
{
	struct date today;
	struct testca *testca;
	const struct fill_wire wire = { .ask = ask };
	struct fill_counts counts;
	struct str why;

	(void)state;
	assert_true(date_from_ymd((struct ymd){ 2026, 11, 24 }, &today));
	struct city *city = city_make(&world.arena, 7, today);
	const struct init_options options = { STR("demo.youju.test/city"), true, city_fill_start_ms(city),
	                                      STR("localhost") };
	const int64_t at_ms = date_local_start_ms(today);
	assert_int_equal(keeper_init(world.dir, &options), OK);
	assert_int_equal(testca_create(world.dir, at_ms, true), OK);
	assert_int_equal(testca_open(world.dir, &testca), OK);
	assert_int_equal(city_cards(city, &world.arena, testca, at_ms), OK);
	testca_close(&testca);
	assert_int_equal(city_source(city, below("source.db"), INT64_MAX), OK);
	assert_int_equal(local_source_open(below("source.db"), &world.source), OK);
	assert_int_equal(keeper_open(world.dir, (struct keeper_out){ hear, NULL }, NULL, &world.keeper), OK);
	keeper_joined(world.keeper, PEER_COURIER, FROM_COURIER);
	enum fail outcome = city_fill(&world.arena, city, world.dir, &wire, QUESTIONS, &counts, &why);
	print_message("# %s %.*s; %zu lists, %zu answered, %zu refused, %zu failed\n", fail_name(outcome), STR_FMT(why),
	              counts.lists, counts.answered, counts.refused, counts.failed);
	assert_int_equal(outcome, OK);
	assert_true(counts.refused >= 1 && counts.refused <= 3);
	assert_true(counts.answered >= 100 && counts.answered + counts.refused + counts.failed <= QUESTIONS);
}

static int make(void **state)
{
	(void)state;
	strcpy(world.dir, "/tmp/youju-fill-XXXXXX");
	world.arena = arena_open(256 << 20);
	return mkdtemp(world.dir) ? 0 : -1;
}

static int drop(void **state)
{
	char command[80];

	(void)state;
	keeper_close(&world.keeper);
	local_source_close(&world.source);
	arena_close(&world.arena);
	snprintf(command, sizeof command, "rm -r %s", world.dir);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_city_lives_its_year),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
