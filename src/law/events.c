#include "law/events.h"

#include <string.h>

#include "base/crypto.h"

/* One function a kind, so that the member offsets can be taken of a local name for its struct. */
#define EVENT(name, label)                                                                         \
	static const struct field_spec *fields_of_##name(size_t *count_out)                        \
	{                                                                                          \
		typedef struct event_##name this_record;                                           \
		static const struct field_spec fields[] = {
#define EVENT_END(name)                                                                            \
		};                                                                                 \
		*count_out = ARRAY_LEN(fields);                                                    \
		return fields;                                                                     \
	}
#define FIELD(kind, ctype, member, name, need, max, words, label)                                  \
	{ STR_INIT(name), kind, offsetof(this_record, member), need, max, words, label },
#include "law/events.def"
#undef EVENT
#undef EVENT_END
#undef FIELD

static struct record_spec specs[EVENT_KIND_COUNT];

static void specs_make(void)
{
	if (specs[1].fields)
		return;
	struct record_spec *spec = specs + 1;
#define EVENT(event, text)                                                                         \
	*spec = (struct record_spec){ .name = STR(#event), .label = text,                          \
		                      .size = sizeof(struct event_##event) };                      \
	spec->fields = fields_of_##event(&spec->count);                                            \
	spec++;
#define EVENT_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/events.def"
#undef EVENT
#undef EVENT_END
#undef FIELD
}

const struct record_spec *event_spec(enum event_kind kind)
{
	assert(kind > EVENT_NONE && kind < EVENT_KIND_COUNT);
	specs_make();
	return &specs[kind];
}

enum event_kind event_find(struct str name)
{
	specs_make();
	for (int kind = 1; kind < EVENT_KIND_COUNT; kind++)
		if (str_eq(specs[kind].name, name))
			return (enum event_kind)kind;
	return EVENT_NONE;
}

void *event_body(struct event *event)
{
	return &event->log_opened; /* every member of the union starts at the same place */
}

const void *event_body_const(const struct event *event)
{
	return &event->log_opened;
}

struct event event_new(enum event_kind kind)
{
	struct event event;

	memset(&event, 0, sizeof event);
	event.kind = kind;
	event.request = event.content = event.signature.digest = event.signature.content = STR("");
	record_blank(event_spec(kind), event_body(&event));
	return event;
}

struct str event_encode(struct arena *arena, const struct event *event)
{
	const struct record_spec *spec = event_spec(event->kind);
	const void *body = event_body_const(event);
	struct buf buf = buf_on(arena);
	struct json_out out = json_to(&buf);

	for (size_t i = 0; i < spec->count; i++) {
		assert(!spec->fields[i].required || record_has(&spec->fields[i], body));
		assert(spec->fields[i].kind != FIELD_SECRET);
	}
	json_put_object(&out);
	json_put_key(&out, STR("v"));
	json_put_u64(&out, ENTRY_VERSION);
	json_put_key(&out, STR("at"));
	json_put_str(&out, str_from(time_utc(event->at_ms).text));
	json_put_key(&out, STR("kind"));
	json_put_str(&out, spec->name);
	json_put_key(&out, STR("salt"));
	json_put_str(&out, base64url_text(arena, event->salt, SALT_BYTES));
	if (event->session.n) {
		json_put_key(&out, STR("session"));
		json_put_u64(&out, event->session.n);
	}
	if (event->request.len) {
		json_put_key(&out, STR("request"));
		json_put_str(&out, event->request);
		json_put_key(&out, STR("content"));
		json_put_str(&out, event->content);
	}
	if (event->signature.id) {
		json_put_key(&out, STR("signature"));
		json_put_str(&out, document_text(arena, event->signature));
	}
	record_to_json(arena, &out, spec, body);
	json_put_object_end(&out);
	assert(buf.len <= ENTRY_MAX_BYTES);
	return buf_str(&buf);
}

/* Takes the member that must or may come next; *at advances only when it is there. */
static const struct json *next_member(const struct json *object, size_t *at, struct str key)
{
	if (*at >= object->count || !str_eq(object->keys[*at], key))
		return NULL;
	return &object->items[(*at)++];
}

static enum fail envelope_read(struct arena *arena, const struct json *object, size_t *at,
                               struct event *out)
{
	const struct json *version = next_member(object, at, STR("v"));
	const struct json *when = next_member(object, at, STR("at"));
	const struct json *kind = next_member(object, at, STR("kind"));
	const struct json *salt = next_member(object, at, STR("salt"));
	struct str salt_bytes;
	int64_t at_ms;

	if (!version || !when || !kind || !salt || version->kind != JSON_IS_INT ||
	    version->n != ENTRY_VERSION || when->kind != JSON_IS_STR || kind->kind != JSON_IS_STR ||
	    salt->kind != JSON_IS_STR)
		return FAIL_SYNTAX;
	TRY(time_parse_utc(when->text, &at_ms));
	TRY(base64url_read(arena, salt->text, &salt_bytes));
	if (salt_bytes.len != SALT_BYTES)
		return FAIL_SYNTAX;
	enum event_kind event_kind = event_find(kind->text);
	if (event_kind == EVENT_NONE)
		return FAIL_NOT_FOUND;
	*out = event_new(event_kind);
	out->at_ms = at_ms;
	memcpy(out->salt, salt_bytes.at, SALT_BYTES);
	return OK;
}

static enum fail signature_read(const struct json *signature, struct event *event)
{
	if (!signature)
		return OK;
	return signature->kind == JSON_IS_STR ? document_read(signature->text, &event->signature) : FAIL_SYNTAX;
}

static enum fail cause_read(const struct json *object, size_t *at, struct event *event)
{
	const struct json *session = next_member(object, at, STR("session"));
	const struct json *request = next_member(object, at, STR("request"));
	const struct json *content = next_member(object, at, STR("content"));

	if (session) {
		if (session->kind != JSON_IS_INT || session->n <= 0)
			return FAIL_SYNTAX;
		event->session.n = (uint64_t)session->n;
	}
	if (!request != !content)
		return FAIL_SYNTAX;
	if (request) {
		if (request->kind != JSON_IS_STR || content->kind != JSON_IS_STR || !request->text.len)
			return FAIL_SYNTAX;
		event->request = request->text;
		event->content = content->text;
	}
	return signature_read(next_member(object, at, STR("signature")), event);
}

enum fail event_decode(struct arena *arena, struct str entry, struct event *out)
{
	struct json object;
	struct event event;
	size_t at = 0;

	if (entry.len > ENTRY_MAX_BYTES)
		return FAIL_TOO_LARGE;
	TRY(json_read(arena, entry, &object));
	if (object.kind != JSON_IS_OBJECT)
		return FAIL_SYNTAX;
	TRY(envelope_read(arena, &object, &at, &event));
	TRY(cause_read(&object, &at, &event));
	TRY(record_from_json(arena, event_spec(event.kind), &object, at, event_body(&event)));
	if (!str_eq(event_encode(arena, &event), entry))
		return FAIL_SYNTAX;
	*out = event;
	return OK;
}

struct events events_on(struct arena *arena)
{
	return (struct events){ .arena = arena };
}

struct event *events_add(struct events *events, enum event_kind kind)
{
	if (events->count == events->cap) {
		size_t cap = events->cap ? events->cap * 2 : 4;
		struct event *at = arena_array(events->arena, struct event, cap);
		if (events->count)
			memcpy(at, events->at, events->count * sizeof *at);
		events->at = at;
		events->cap = cap;
	}
	struct event *event = &events->at[events->count++];
	*event = event_new(kind);
	return event;
}
