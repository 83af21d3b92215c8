#include "counter/signed.h"

static void part_add(struct buf *out, struct str part)
{
	buf_u64(out, part.len);
	buf_byte(out, ':');
	buf_add(out, part);
	buf_byte(out, '\n');
}

struct str signed_text(struct arena *arena, const struct message *message)
{
	static const char *const heads[] = { "nonce", "command", "sheet", "request", "after", "objects" };
	struct buf out = buf_on(arena);

	buf_add(&out, STR("youju card signature\n"));
	part_add(&out, str_from(message_name(message->kind)));
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		part_add(&out, message_get(message, heads[i]));
	for (size_t i = 0; i < message->field_count; i++) {
		part_add(&out, message->fields[i].name);
		part_add(&out, message->fields[i].text);
	}
	return buf_str(&out);
}
