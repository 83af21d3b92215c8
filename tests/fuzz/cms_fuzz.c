/* A signed challenge as the sign-in page posts it. The first byte is the length of the content. */
#include "base/cert_cms.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(1 << 20);
	struct str rest = str_bytes(bytes, len), content;
	struct cms_facts facts;
	uint8_t content_len;

	if (take_u8(&rest, &content_len) == OK && take_bytes(&rest, content_len, &content) == OK &&
	    cms_verify(&arena, rest, content, STR("n"), &facts) == CMS_GOOD)
		assert(facts.signer_der.len && (!facts.nonce.len || str_is(facts.nonce, "n")));
	arena_close(&arena);
	return 0;
}
