/* The ids of the hand-book in words that a person of an office knows: G3.4b is point 3,
 * subparagraph 4 of the guideline. */
#ifndef YOUJU_LAW_CLAUSE_H
#define YOUJU_LAW_CLAUSE_H

#include "base/arena.h"
#include "base/str.h"

/* "要點第三點第四款" for G3.4b, "要點第四點第一款第三目" for G4.1.3, "附表一" for F1.*; "" for rules
 * that are no clause of the guideline (decisions X…, parameters, controls C…). Text lives in the
 * arena. */
struct str clause_citation(struct arena *arena, struct str rule);

/* What a rule that is no clause of the guideline is: a parameter's label, or that it is a decision of ours or a control of
 * the protection standard. A msgid; "" for clauses and annexes. */
const char *rule_label(struct str rule);

#endif
