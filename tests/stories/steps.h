/* The sentences that stories are made of. */
#ifndef YOUJU_TESTS_STORIES_STEPS_H
#define YOUJU_TESTS_STORIES_STEPS_H

#include "story.h"
#include "world.h"

/* Carries one sentence out. "" when it holds, else what was expected and what came. An unknown
 * sentence lists those that are known. */
struct str step_take(struct world *world, const struct sentence *sentence);
bool step_is_known(const struct sentence *sentence);

/* What the files of steps share. */
struct step {
	struct world *world;
	const struct sentence *sentence;
	struct slots slots;
	struct str clauses; /* behind the first comma */
};

/* A sentence with its own function; the first that matches is taken. */
struct step_row {
	const char *pattern;
	struct str (*take)(struct step *step);
};
struct step_rows { const struct step_row *at; size_t count; };
extern const struct step_rows given_rows, when_rows, then_rows;

/* A sentence that is a command: slots named as its fields fill them. {who} gives it. */
struct command_row {
	const char *pattern, *command;
	const char *fixed; /* "field=value;field=value"; $asked and $granted stand for entry numbers */
};
extern const struct command_row command_rows[];
extern const size_t command_rows_count;

struct str step_command(struct step *step, const struct command_row *row);
struct str command_ask(struct step *step, const struct command_row *row, struct ask *out); /* asks nothing yet */
struct str step_ask(struct world *world, struct ask *ask); /* passes the door and remembers */
struct str clauses_take(struct step *step, struct ask *ask); /* "basis B_LOW, because court" into fields */
bool field_put(struct ask *ask, struct str name, struct str text); /* replaces; false when full */
struct str unquoted(struct str text);
struct str value_of(struct world *world, struct str text); /* $asked, $granted, and names that a story gave */
struct str wrong(struct world *world, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
