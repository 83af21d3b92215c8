#include "decide_kit.h"

#define SCENE_CASES "decide_paper_cases.inc"
#include "decide_cases.h"

int main(int argc, char **argv)
{
	return scene_main(argc, argv, "decide_paper", cases, ARRAY_LEN(cases));
}
