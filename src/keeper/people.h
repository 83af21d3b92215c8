/* What a person's sealed documents say. Texts live on the act's arena, which is wiped. */
#ifndef YOUJU_KEEPER_PEOPLE_H
#define YOUJU_KEEPER_PEOPLE_H

#include "keeper/parts.h"
#include "law/details.h"

struct person_shown {
	enum person_kind kind;
	struct details details; /* blank when the document was erased */
};

MUST_CHECK enum fail person_show(struct act *act, struct person_id person, struct person_shown *out);

/* Content of a sealed document; "" when it was erased. FAIL_UNTRUSTED when it is not what the log
 * says. */
MUST_CHECK enum fail document_open(struct act *act, int64_t id, struct str digest, struct str *out);

#endif
