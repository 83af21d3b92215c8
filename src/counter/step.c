#include "counter/step.h"

#include "base/crypto.h"
#include "base/time.h"

static const char MARK[] = "signed steps 1";

void step_head_put(struct buf *out, struct str origin, struct str nonce, int64_t at_ms)
{
	struct json_out head = json_to(out);

	json_put_object(&head);
	json_put_key(&head, STR("youju"));
	json_put_str(&head, str_from(MARK));
	json_put_key(&head, STR("log"));
	json_put_str(&head, origin);
	json_put_key(&head, STR("nonce"));
	json_put_str(&head, nonce);
	json_put_key(&head, STR("at"));
	json_put_str(&head, str_from(time_utc(at_ms).text));
	json_put_object_end(&head);
	buf_byte(out, '\n');
}

bool step_head_read(struct arena *arena, struct str text, struct str origin, struct str *nonce_out)
{
	struct str rest = text, line;
	struct json head;

	*nonce_out = STR("");
	if (!str_cut(&rest, '\n', &line) || json_read(arena, line, &head) != OK || head.kind != JSON_IS_OBJECT ||
	    !str_is(json_text(&head, STR("youju")), MARK) || !str_eq(json_text(&head, STR("log")), origin))
		return false;
	*nonce_out = json_text(&head, STR("nonce"));
	return true;
}

static void fields_put(struct arena *arena, struct json_out *out, const struct command *command, bool is_long)
{
	const struct record_spec *spec = &command_spec(command->kind)->record;
	const void *body = command_body_const(command);

	json_put_object(out);
	for (size_t i = 0; i < spec->count; i++) {
		if (!record_has(&spec->fields[i], body))
			continue;
		struct str value = record_get(arena, &spec->fields[i], body);
		if ((value.len > STEP_VALUE_BYTES) != is_long)
			continue;
		struct hash hash = hash_bytes(value);
		json_put_key(out, spec->fields[i].name);
		json_put_str(out, is_long ? hex_text(arena, hash.at, HASH_BYTES) : value);
	}
	json_put_object_end(out);
}

struct json_out step_line_begin(struct arena *arena, struct buf *line, const struct command *command)
{
	struct json_out out = json_to(line);

	json_put_object(&out);
	json_put_key(&out, STR("command"));
	json_put_str(&out, command_spec(command->kind)->record.name);
	json_put_key(&out, STR("request"));
	json_put_str(&out, command->request);
	json_put_key(&out, STR("fields"));
	fields_put(arena, &out, command, false);
	json_put_key(&out, STR("digests"));
	fields_put(arena, &out, command, true);
	return out;
}
