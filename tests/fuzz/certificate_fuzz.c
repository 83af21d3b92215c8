/* A certificate as the front forwards it from whoever connects. */
#include "base/cert.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(1 << 20);
	struct cert_facts facts;

	if (cert_read(&arena, str_bytes(bytes, len), &facts) == OK)
		assert(str_is_utf8(facts.common_name) && facts.serial.len && facts.serial.len <= 40);
	arena_close(&arena);
	return 0;
}
