#include "decide_kit.h"

/* The applicant's own application, of 0xA1. */
static struct fact_application application_of(struct scene *s, enum application_state state)
{
	return (struct fact_application){ .id = { 70 }, .applicant = s->facts.me, .office = STR("sanmin"),
		                          .state = state, .chain = CHAIN_DISTRICT, .round = 1, .digest = STR("") };
}

#define SCENE_CASES "decide_application_cases.inc"
#include "decide_cases.h"

int main(int argc, char **argv)
{
	return scene_main(argc, argv, "decide_application", cases, ARRAY_LEN(cases));
}
