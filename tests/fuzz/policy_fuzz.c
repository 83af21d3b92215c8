#include "journal/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct policy *policy = arena_new(&arena, struct policy);
	bool all[POLICY_ITEMS_MAX], nobody[POLICY_ITEMS_MAX] = { false };
	size_t line;

	for (size_t i = 0; i < POLICY_ITEMS_MAX; i++)
		all[i] = true;
	if (policy_parse(&arena, str_bytes(bytes, len), policy, &line) == OK) {
		assert(policy_quorum(policy, all));
		assert(policy->no_quorum == policy_quorum(policy, nobody));
	}
	arena_close(&arena);
	return 0;
}
