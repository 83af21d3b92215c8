#include "steps.h"

static const char *const words[] = { [WORD_GIVEN] = "given", [WORD_WHEN] = "when", [WORD_THEN] = "then" };

static struct str unknown(struct world *world, const struct sentence *sentence, struct step_rows rows)
{
	struct buf text = buf_on(world->arena);

	buf_printf(&text, "no such sentence. After \"%s\" there are:\n", words[sentence->word]);
	for (size_t i = 0; i < rows.count; i++)
		buf_printf(&text, "      %s\n", rows.at[i].pattern);
	for (size_t i = 0; sentence->word != WORD_THEN && i < command_rows_count; i++)
		buf_printf(&text, "      %s\n", command_rows[i].pattern);
	return buf_str(&text);
}

static struct step_rows rows_of(const struct sentence *sentence)
{
	const struct step_rows all[] = { [WORD_GIVEN] = given_rows, [WORD_WHEN] = when_rows, [WORD_THEN] = then_rows };

	return all[sentence->word];
}

/* The rows of steps before those of commands: "mei reads the list people" is no "mei reads …". */
static const struct step_row *step_find(struct step *step, struct str main_clause)
{
	struct step_rows rows = rows_of(step->sentence);

	for (size_t i = 0; i < rows.count; i++)
		if (pattern_match(str_from(rows.at[i].pattern), main_clause, &step->slots))
			return &rows.at[i];
	return NULL;
}

static const struct command_row *command_row_find(struct step *step, struct str main_clause)
{
	for (size_t i = 0; step->sentence->word != WORD_THEN && i < command_rows_count; i++)
		if (pattern_match(str_from(command_rows[i].pattern), main_clause, &step->slots))
			return &command_rows[i];
	return NULL;
}

struct str step_take(struct world *world, const struct sentence *sentence)
{
	struct step step = { .world = world, .sentence = sentence, .clauses = sentence->text };
	struct str main_clause = clause_take(&step.clauses);
	const struct step_row *row = step_find(&step, main_clause);

	if (row)
		return row->take(&step);
	const struct command_row *command = command_row_find(&step, main_clause);
	return command ? step_command(&step, command) : unknown(world, sentence, rows_of(sentence));
}

bool step_is_known(const struct sentence *sentence)
{
	struct step step = { .sentence = sentence, .clauses = sentence->text };
	struct str main_clause = clause_take(&step.clauses);

	return step_find(&step, main_clause) || command_row_find(&step, main_clause);
}
