/* Sentences that are no single command: sessions, lists, the clock, doing something again. */
#include <time.h>
#include <unistd.h>

#include "steps.h"

enum { MINUTE_MS = 60000, DAY_MS = 86400000, AGAIN_MAX = 200 };

static const struct player *who_of(const struct step *step)
{
	return player_find(slot_get(&step->slots, "who"));
}

static struct str signs(struct step *step, const char *command, bool in)
{
	struct ask ask = { .who = who_of(step), .name = str_from(command), .request = STR("") };

	if (!ask.who)
		return wrong(step->world, "nobody of the cast is called so");
	struct str why = step_ask(step->world, &ask);
	if (!why.len && str_is(step->world->said.outcome, "granted"))
		world_session(step->world, ask.who, in);
	return why;
}

static struct str signs_in(struct step *step)
{
	return signs(step, "sign_in", true);
}

static struct str signs_out(struct step *step)
{
	return signs(step, "sign_out", false);
}

/* The session is left behind without signing out: from now on the card signs again. */
static struct str forgets(struct step *step)
{
	if (!who_of(step))
		return wrong(step->world, "nobody of the cast is called so");
	world_session(step->world, who_of(step), false);
	return STR("");
}

static struct str reads_list(struct step *step)
{
	struct ask ask = { .who = who_of(step), .is_sheet = true, .name = slot_get(&step->slots, "list"),
		           .request = STR("") };

	if (!ask.who)
		return wrong(step->world, "nobody of the cast is called so");
	while (step->clauses.len) {
		struct str clause = clause_take(&step->clauses), name;
		str_cut(&clause, ' ', &name);
		field_put(&ask, name, value_of(step->world, clause));
	}
	return step_ask(step->world, &ask);
}

static struct str pass_time(struct step *step, int64_t unit_ms, int sign)
{
	uint64_t n;

	if (str_to_u64(slot_get(&step->slots, "n"), &n) != OK || n > 4000)
		return wrong(step->world, "how long?");
	enum fail fail = world_log_size(step->world, &step->world->before);
	if (fail == OK)
		fail = world_clock(step->world, step->world->now_ms + sign * (int64_t)n * unit_ms);
	return fail == OK ? STR("") : wrong(step->world, "the clock cannot be set: %s", fail_name(fail));
}

static struct str minutes_pass(struct step *step)
{
	return pass_time(step, MINUTE_MS, 1);
}

static struct str days_pass(struct step *step)
{
	return pass_time(step, DAY_MS, 1);
}

static struct str clock_goes_back(struct step *step)
{
	return pass_time(step, MINUTE_MS, -1);
}

static struct str does_again(struct step *step)
{
	struct ask ask = step->world->last_ask;
	struct str why = clauses_take(step, &ask);

	if (!ask.request.len)
		return wrong(step->world, "the first time needs \", request NAME\"");
	return why.len ? why : step_ask(step->world, &ask);
}

static struct str asks_times(struct step *step)
{
	uint64_t n;

	if (str_to_u64(slot_get(&step->slots, "n"), &n) != OK || n > AGAIN_MAX)
		return wrong(step->world, "how often?");
	for (uint64_t i = 0; i < n; i++) {
		struct ask ask = step->world->last_ask;
		ask.request = STR("");
		struct str why = step_ask(step->world, &ask);
		if (why.len)
			return why;
	}
	return STR("");
}

/* Keeps an entry number under a name, for a later sentence. */
static struct str marked(struct step *step)
{
	struct world *world = step->world;

	world->marks = str_printf(world->arena, "%.*s %llu\n%.*s", STR_FMT(slot_get(&step->slots, "name")),
	                          (unsigned long long)world->granted, STR_FMT(world->marks));
	return STR("");
}

/* A cell of the list just read: "the first column of the row with WORD is called NAME". */
static struct str cell_marked(struct step *step)
{
	struct world *world = step->world;
	const struct sheet *rows = &world->said.rows;
	struct str word = unquoted(slot_get(&step->slots, "word"));
	size_t at;

	for (size_t row = 0; row < rows->row_count; row++)
		for (size_t i = 0; i < rows->column_count; i++) {
			if (!str_find(rows->cells[row * rows->column_count + i], word, &at))
				continue;
			struct str cell = sheet_cell(rows, row, slot_get(&step->slots, "column")), first;
			str_cut(&cell, ' ', &first);
			world->marks = str_printf(world->arena, "%.*s %.*s\n%.*s",
			                          STR_FMT(slot_get(&step->slots, "name")), STR_FMT(first),
			                          STR_FMT(world->marks));
			return STR("");
		}
	return wrong(world, "no row of the list has \"%.*s\"", STR_FMT(word));
}

/* The code that was told, for the officer's next sentence. */
static struct str code_marked(struct step *step)
{
	struct world *world = step->world;

	if (!world->said.code.len)
		return wrong(world, "no code was told");
	world->marks = str_printf(world->arena, "%.*s %.*s\n%.*s", STR_FMT(slot_get(&step->slots, "name")),
	                          STR_FMT(world->said.code), STR_FMT(world->marks));
	return STR("");
}

static struct str service_restarts(struct step *step)
{
	enum fail fail = world_log_size(step->world, &step->world->before);

	if (fail == OK)
		fail = world_stop(step->world);
	if (fail == OK)
		fail = world_start(step->world);
	return fail == OK ? STR("") : wrong(step->world, "the service does not start again: %s", fail_name(fail));
}

/* Asks in a process of its own and goes on: "the waiting ends …" hears what came. */
static struct str waits(struct step *step)
{
	static const struct command_row row = { "", "ask", "item=item_1;purpose=yearly_recheck;anchor_date=2026-11-24" };
	struct world *world = step->world;
	struct ask ask;
	struct str why = command_ask(step, &row, &ask);
	int fds[2];

	if (why.len || pipe(fds) != 0)
		return why.len ? why : wrong(world, "no pipe");
	world->waiting = fork();
	if (world->waiting == 0) {
		bool heard = world->door->pass(world, &ask, &world->said) == OK &&
		             write(fds[1], world->said.outcome.at, world->said.outcome.len) > 0 &&
		             write(fds[1], " ", 1) == 1 &&
		             write(fds[1], world->said.refusal.at, world->said.refusal.len) >= 0;
		_exit(heard ? 0 : 1);
	}
	close(fds[1]);
	world->waiting_fd = fds[0];
	nanosleep(&(struct timespec){ 0, 300000000 }, NULL); /* so that the question has been asked */
	return STR("");
}

static const struct step_row rows[] = {
	{ "{who} waits for {range} about party {subject} of {case_no}", waits },
	{ "{who} signs in", signs_in },
	{ "{who} signs out", signs_out },
	{ "{who} puts the session aside", forgets },
	{ "{who} reads the list {list}", reads_list },
	{ "{n} minutes pass", minutes_pass },
	{ "{n} days pass", days_pass },
	{ "the clock goes back {n} minutes", clock_goes_back },
	{ "the same is sent again", does_again },
	{ "the same is asked {n} more times", asks_times },
	{ "the newest entry is called {name}", marked },
	{ "the code is called {name}", code_marked },
	{ "the {column} of the row with {word} is called {name}", cell_marked },
	{ "the service is started again", service_restarts },
};
const struct step_rows when_rows = { rows, ARRAY_LEN(rows) };
/* What a story presupposes is brought about by the same sentences. */
const struct step_rows given_rows = { rows, ARRAY_LEN(rows) };
