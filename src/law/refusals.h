/* Why something is refused: a value of the law, journaled, shown with its rule and next step. */
#ifndef YOUJU_LAW_REFUSALS_H
#define YOUJU_LAW_REFUSALS_H

#include "base/str.h"

enum refusal {
	REFUSED_NOT, /* not refused */
#define REFUSAL(id, code, rule, what, next) REFUSED_##id,
#include "law/refusals.def"
#undef REFUSAL
	REFUSAL_COUNT
};

struct refusal_spec {
	struct str code;
	const char *rule; /* clause, decision or parameter */
	const char *what, *next; /* msgids */
};

const struct refusal_spec *refusal_spec(enum refusal refusal);
enum refusal refusal_find(struct str code); /* REFUSED_NOT when unknown */
/* The field of a command that has to be corrected; "" when the refusal is about none: "date" means the
 * command's own date, whatever it is called. */
const char *refusal_field(enum refusal refusal);

#endif
