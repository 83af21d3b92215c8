/* The law as a pure function: decide(facts, command) gives a verdict, account gives the events.
 *
 * Refusals come first, one per line, in the order a lawyer would ask; the grant is the last line. */
#ifndef YOUJU_LAW_LAW_H
#define YOUJU_LAW_LAW_H

#include "law/events.h"
#include "law/facts.h"
#include "law/policy.h"

struct verdict {
	enum refusal refusal; /* REFUSED_NOT: granted */
	const char *detail;   /* msgid: which part of the rule failed; NULL when the refusal says it all */
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

/* First start makes the bureau's office under this code; no other office is of that kind. */
#define BUREAU_OFFICE STR("bureau")
bool is_bureau(struct str office);

enum { PARTIES_MAX = 99, LOG_READ_MAX = 256 }; /* parties of a case; entries read at once: one bundle */

bool holds_duty(const struct facts *facts, uint32_t duties); /* any of these, anywhere */
bool holds_duty_in(const struct facts *facts, uint32_t duties, struct str office); /* duties of the bureau do not count elsewhere */

#endif
