#include "law/refusals.h"

static const struct refusal_spec specs[] = {
	[REFUSED_NOT] = { STR_INIT(""), "", "", "" },
#define REFUSAL(id, code, rule, what, next) [REFUSED_##id] = { STR_INIT(code), rule, what, next },
#include "law/refusals.def"
#undef REFUSAL
};
static_assert(ARRAY_LEN(specs) == REFUSAL_COUNT, "every refusal has a row");

const struct refusal_spec *refusal_spec(enum refusal refusal)
{
	assert(refusal < REFUSAL_COUNT);
	return &specs[refusal];
}

enum refusal refusal_find(struct str code)
{
	for (int refusal = 1; refusal < REFUSAL_COUNT; refusal++)
		if (str_eq(specs[refusal].code, code))
			return (enum refusal)refusal;
	return REFUSED_NOT;
}
