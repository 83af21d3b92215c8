/* A list is taken over whole or not at all: one wrong row refuses it, and the preview shows the same
 * changes that the import then writes. */
#include "law/import_walk.h"

struct verdict decide_import_list(const struct facts *facts, const struct command_import_list *ask)
{
	(void)ask;
	if (!holds_bureau_duty(facts))              return refused(REFUSED_OTHER_OFFICE);
	if (!facts->row_count && !facts->row_problem_count)
		return refused(REFUSED_IMPORT_EMPTY);
	return granted();
}

static struct verdict wrong_rows(size_t count, const struct row_problem *problems)
{
	return (struct verdict){ .refusal = REFUSED_IMPORT_WRONG, .problem_count = count, .problems = problems };
}

struct verdict decide_import_rows(struct arena *arena, const struct facts *facts,
                                  const struct command_import_list *ask)
{
	if (facts->row_problem_count)
		return wrong_rows(facts->row_problem_count, facts->row_problems);
	struct import_walk check = import_walk_begin(arena, facts, ask->import_kind, NULL);
	import_check(&check);
	if (check.problem_count)
		return wrong_rows(check.problem_count, check.problems);
	struct import_walk walk = import_walk_begin(arena, facts, ask->import_kind, NULL);
	import_change(&walk);
	return (struct verdict){ .refusal = REFUSED_NOT, .change_count = walk.change_count,
		                 .changes = walk.changes };
}
