/* The law as a pure function: decide(facts, command) gives a verdict, account gives the events.
 *
 * Refusals come first, one per line, in the order a lawyer would ask; the grant is the last line. */
#ifndef YOUJU_LAW_LAW_H
#define YOUJU_LAW_LAW_H

#include "law/events.h"
#include "law/facts.h"

struct verdict {
	enum refusal refusal; /* REFUSED_NOT: granted */
	/* import_list: what is wrong with rows (then IMPORT_WRONG), or what changes. Views into arena. */
	size_t problem_count, change_count;
	const struct row_problem *problems;
	const struct row_change *changes;
};

/* Decides one command. The arena takes only the lists of an import. Never fails, never asks. */
struct verdict law_decide(struct arena *arena, const struct facts *facts, const struct command *command);

/* The events of that verdict, in order: of a grant what happened, of a refusal the entry that the
 * law demands (G3.4b: every refused question; every refused command of a signed-in person; every
 * refused signing in). A preview causes none. Every first event of a command with a request carries
 * request and content. Entry ids inside the same command are facts->next_entry + index. */
void law_account(const struct facts *facts, const struct command *command,
                 const struct verdict *verdict, struct events *out);

/* law/policy.c: rows of item x range -> released columns and obligations. */
struct policy {
	enum item item;
	enum query_range range;
	uint32_t columns;         /* bit n: column n of source_columns(item) (source/source.h) is released */
	bool reason_needed;       /* a reason code is demanded */
	bool shows_day_table;     /* rows are shown as day table at once */
};
const struct policy *policy_of(enum item item, enum query_range range); /* NULL: not allowed */

bool holds_duty(const struct facts *facts, uint32_t duties); /* any of these, anywhere */
bool holds_duty_in(const struct facts *facts, uint32_t duties, struct str office); /* bureau duties count only where the row says so */

#endif
