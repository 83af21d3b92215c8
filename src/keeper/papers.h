/* Papers filled from tables and sealed documents. */
#ifndef YOUJU_KEEPER_PAPERS_H
#define YOUJU_KEEPER_PAPERS_H

#include "keeper/parts.h"
#include "paper/paper.h"

/* The paper that the command asks for, on the act's arena, which is wiped. FAIL_NOT_FOUND when what
 * it is made of is gone. */
MUST_CHECK enum fail paper_fill(struct act *act, struct paper *out);

#endif
