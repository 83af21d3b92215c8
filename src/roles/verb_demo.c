/* youju demo DIR: a data directory filled with the demonstration office. */
#include "base/file.h"
#include "demo/fill.h"
#include "demo/inside.h"
#include "doors/cli/progress.h"
#include "keeper/init.h"
#include "doors/language.h"
#include "roles/verbs.h"

enum { CITY_SEED = 1130041 };

const char DEMO_TEXT[] =
	N_("Makes a new data directory and fills it with the demonstration office: the 38 districts, about "
	"240 people, 400 cases and a year of plausible use in simulated time. Nobody and nothing in it is "
	"real, and the log says so for ever. An office that exists already keeps everything; only its "
	"revocation lists, which age within days, are issued again.");

static enum fail through_keeper(void *context, struct arena *arena, const struct message *message,
                                struct message *reply_out)
{
	struct message *copy = arena_new(arena, struct message);

	*copy = *message;
	return inside_call(context, arena, PEER_COUNTER, copy, 1, reply_out);
}

static enum fail each_day(void *context)
{
	return inside_tick(context);
}

static void keep_drawing(void *context, const char *what, size_t done, size_t total)
{
	struct inside *inside = context;
	static struct progress_bar progress;

	(void)inside;
	if (progress.label != what) {
		progress_end(&progress);
		progress = progress_begin(what, total);
	}
	progress.total = total;
	progress_at(&progress, done);
	if (done == total)
		progress_end(&progress);
}

static enum fail cards_make(struct arena *arena, const char *dir, struct city *city)
{
	struct testca *testca;
	int64_t now_ms = clock_wall_ms();

	TRY(testca_create(dir, now_ms, false));
	TRY(testca_open(dir, &testca));
	enum fail fail = testca_issue_server(testca, now_ms);
	if (fail == OK)
		fail = city_cards(city, arena, testca, now_ms);
	testca_close(&testca);
	return fail;
}

static enum fail year_live(struct arena *arena, const char *dir, const struct city *city,
                           struct fill_counts *counts, struct str *why)
{
	struct inside *inside = NULL;

	TRY(inside_open(dir, &inside));
	const struct fill_wire wire = { through_keeper, keep_drawing, inside, each_day };
	enum fail fail = city_fill(arena, city, dir, &wire, FILL_ALL, counts, why);
	inside_close(&inside);
	return fail;
}

static enum fail demo_make(struct arena *arena, const char *dir, struct fill_counts *counts, struct str *why)
{
	struct city *city = city_make(arena, CITY_SEED, time_local_date(clock_wall_ms()));
	const struct init_options options = { .origin = STR("demo.youju.example/kaohsiung"), .demo = true,
		                              .at_ms = city_fill_start_ms(city), .host = STR("localhost") };
	char *source = str_c(arena, str_printf(arena, "%s/source.db", dir));

	TRY(keeper_init(dir, &options));
	TRY(cards_make(arena, dir, city));
	TRY(city_source(city, source, INT64_MAX));
	return year_live(arena, dir, city, counts, why);
}

static int lists_renew(struct cli *cli, const char *dir)
{
	struct testca *testca;
	enum fail fail = testca_open(dir, &testca);

	if (fail == OK) {
		fail = testca_reissue_crls(testca, clock_wall_ms(), 0);
		testca_close(&testca);
	}
	if (fail != OK)
		return cli_failed(cli, cli->args[0], fail);
	cli_tell(cli, &(struct told){ .key = "dir", .text = cli->args[0] }, 1,
	         str_printf(cli->arena, "%s: %s", dir, cli_say(cli, N_("revocation lists issued again"))));
	return cli_print(cli) == OK ? EXIT_GRANTED : EXIT_FAILED;
}

int verb_demo(struct cli *cli)
{
	const char *dir = str_c(cli->arena, cli->args[0]);
	AUTO(arena_close) struct arena arena = arena_open((size_t)4 << 30);
	struct fill_counts counts = { 0 };
	struct str why = STR("");

	if (file_exists(str_c(cli->arena, str_printf(cli->arena, "%s/log/head", dir))))
		return lists_renew(cli, dir);
	enum fail fail = demo_make(&arena, dir, &counts, &why);

	if (fail != OK)
		return cli_failed(cli, why.len ? why : cli->args[0], fail);
	const struct told told[] = { { .key = "dir", .text = cli->args[0] },
		                     { .key = "lists", .is_count = true, .count = counts.lists },
		                     { .key = "answered", .is_count = true, .count = counts.answered },
		                     { .key = "refused", .is_count = true, .count = counts.refused },
		                     { .key = "failed", .is_count = true, .count = counts.failed } };
	cli_tell(cli, told, ARRAY_LEN(told),
	         str_printf(cli->arena, "%.*s: %zu lists, %zu questions answered, %zu refused, %zu failed",
	                    STR_FMT(cli->args[0]), counts.lists, counts.answered, counts.refused, counts.failed));
	return cli_print(cli) == OK ? EXIT_GRANTED : EXIT_FAILED;
}
