#ifndef YOUJU_KEEPER_PLAN_H
#define YOUJU_KEEPER_PLAN_H

#include "keeper/parts.h"
#include "law/answer.h"
#include "source/source.h"

/* Opens the person's numbers, name and birthday; the plan lives on the act's arena, which is wiped.
 * The act's parameters must be loaded. patience_ms is left to the caller. */
MUST_CHECK enum fail plan_make(struct act *act, enum item item, enum query_range range,
                               struct date anchor, struct person_id person, struct source_plan *out,
                               enum person_kind *kind_out);

#endif
