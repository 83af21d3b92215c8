#include "doors/http/form.h"

/* Form bodies, query strings and Cookie headers come from anybody. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(16u << 20);
	struct str text = str_bytes(bytes, len), value;
	struct form form;

	if (form_read(&arena, text, &form) == OK)
		for (size_t i = 0; i < form.count; i++)
			assert(form.at[i].name.len && str_is_utf8(form.at[i].value));
	if (cookie_value(text, "__Host-session", &value))
		assert(value.at);
	arena_close(&arena);
	return 0;
}
