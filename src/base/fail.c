#include "base/fail.h"

static const char *const names[] = {
	[OK] = "ok",
	[FAIL_IO] = "io",
	[FAIL_FULL] = "full",
	[FAIL_CORRUPT] = "corrupt",
	[FAIL_NOT_FOUND] = "not_found",
	[FAIL_SYNTAX] = "syntax",
	[FAIL_TOO_LARGE] = "too_large",
	[FAIL_TIMEOUT] = "timeout",
	[FAIL_CLOSED] = "closed",
	[FAIL_BUSY] = "busy",
	[FAIL_CRYPTO] = "crypto",
	[FAIL_UNTRUSTED] = "untrusted",
	[FAIL_STORE] = "store",
	[FAIL_CLOCK] = "clock",
	[FAIL_CONFLICT] = "conflict",
};
static_assert(ARRAY_LEN(names) == FAIL_COUNT, "every failure has a name");

const char *fail_name(enum fail fail)
{
	assert(fail < FAIL_COUNT);
	return names[fail];
}
