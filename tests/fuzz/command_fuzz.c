#include "law/commands.h"

/* The first byte chooses the command; then name=value lines. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct str rest = str_bytes(bytes, len), line;
	struct pair pairs[32];
	struct problem problems[PROBLEMS_MAX];
	struct command command;
	size_t count = 0, problem_count;
	uint8_t kind = 0;

	if (take_u8(&rest, &kind) == OK) {
		while (count < ARRAY_LEN(pairs) && str_cut(&rest, '\n', &line)) {
			struct str name = STR("");
			str_cut(&line, '=', &name);
			pairs[count++] = (struct pair){ name, str_bytes(line.at ? line.at : "", line.len) };
		}
		enum command_kind chosen = (enum command_kind)(1 + kind % (COMMAND_KIND_COUNT - 1));
		if (command_read(&arena, chosen, pairs, count, (struct date){ 20781 }, &command, problems,
		                 &problem_count))
			assert(command_canonical(&arena, &command).len > 0);
	}
	arena_close(&arena);
	return 0;
}
