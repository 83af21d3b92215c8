/* A revocation list as the operator puts it into the folder. */
#include "base/cert_crl.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(1 << 20);
	struct crl_parts parts;
	struct crl crl;
	int64_t at_ms;

	if (crl_read(&arena, str_bytes(bytes, len), &parts) == OK && crl_build(&parts, &crl) == OK) {
		if (crl.count) /* whatever was read is found again */
			assert(crl_find(&crl, str_bytes(crl.rows, crl.width), &at_ms));
		crl_close(&crl);
	}
	arena_close(&arena);
	return 0;
}
