#include "doors/http/form.h"

/* The first line is the Content-Type, what follows the body. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(16u << 20);
	struct str rest = str_bytes(bytes, len), type;
	struct form form;

	if (str_cut(&rest, '\n', &type) && form_read_parts(&arena, type, rest.at ? rest : STR(""), &form) == OK)
		for (size_t i = 0; i < form.count; i++)
			assert(form.at[i].name.len && form.at[i].value.at);
	arena_close(&arena);
	return 0;
}
