#include "law/application_form.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct str text = str_bytes(bytes, len);
	struct application_form form;

	if (application_form_read(&arena, text, &form) == OK)
		assert(str_eq(application_form_write(&arena, &form), text));
	arena_close(&arena);
	return 0;
}
