#include "base/json.h"
#include "doors/cli/residence_line.h"

/* Whatever comes in, one line of JSON with verdict or error goes out. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(RESIDENCE_LINE_ARENA_BYTES);
	struct buf out = buf_open();
	struct json answer;
	bool fine = residence_line_answer(&arena, str_bytes(bytes, len), true, &out);

	assert(json_read(&arena, buf_str(&out), &answer) == OK);
	assert(json_member(&answer, fine ? STR("verdict") : STR("error")));
	buf_close(&out);
	arena_close(&arena);
	return 0;
}
