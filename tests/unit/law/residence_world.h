/* One person with a history, asked at an anchor, as the tests change it. */
#ifndef YOUJU_TESTS_RESIDENCE_WORLD_H
#define YOUJU_TESTS_RESIDENCE_WORLD_H

#include "residence_history.h"

struct world {
	struct arena arena;
	struct residence_row rows[40];
	struct residence_question ask;
	struct residence_rules rules;
};

static inline struct world *world_open(const char *history, const char *anchor)
{
	static struct world world;

	world = (struct world){ .arena = arena_open(1 << 22), .ask = residence_question_empty(),
		                    .rules = residence_rules_default() };
	world.ask.rows = world.rows;
	world.ask.row_count = history_read(history, world.rows);
	world.ask.anchor = on(anchor);
	world.ask.coverage_all = true;
	world.ask.person = PERSON_REGISTERED;
	return &world;
}

static inline struct residence_answer decide(struct world *world)
{
	return residence_decide(&world->arena, &world->ask, &world->rules);
}

#endif
