/* Events: what the log holds. One table (events.def) makes the structs, the codec and the list.
 *
 * An entry is canonical JSON: v, at, kind, salt, then session, request, content where a person's
 * command caused it, signature where the person signed it, then the kind's fields in declared order.
 * docs/journal-format.md. */
#ifndef YOUJU_LAW_EVENTS_H
#define YOUJU_LAW_EVENTS_H

#include "law/record.h"

enum { ENTRY_VERSION = 1, ENTRY_MAX_BYTES = 65535, SALT_BYTES = 16 };

enum event_kind {
	EVENT_NONE,
#define EVENT(name, label) EVENT_##name,
#define EVENT_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/fields.inc"
#include "law/events.def"
#undef EVENT
#undef EVENT_END
#undef FIELD
	EVENT_KIND_COUNT
};

#define EVENT(name, label) struct event_##name {
#define EVENT_END(name) };
#define FIELD(kind, ctype, member, name, need, max, words, label) ctype member;
#include "law/events.def"
#undef EVENT
#undef EVENT_END
#undef FIELD

struct event {
	enum event_kind kind;
	int64_t at_ms;             /* set by the keeper when staged */
	uint8_t salt[SALT_BYTES];  /* likewise */
	struct session_id session; /* 0 when no person's session caused it */
	struct str request;        /* 22 characters of base64url, in the first entry of a command */
	struct str content;        /* keyed digest of the command's content, beside request */
	struct document signature; /* of the step, in the first entry of a signed command; absent otherwise */
	union {
#define EVENT(name, label) struct event_##name name;
#define EVENT_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/events.def"
#undef EVENT
#undef EVENT_END
#undef FIELD
	};
};

const struct record_spec *event_spec(enum event_kind kind);
enum event_kind event_find(struct str name); /* EVENT_NONE when unknown */
void *event_body(struct event *event);       /* the struct of its kind */
const void *event_body_const(const struct event *event);

/* A blank event of that kind: every member absent. */
struct event event_new(enum event_kind kind);

/* The entry's bytes. Every required member must be present, every document sealed (asserted). */
struct str event_encode(struct arena *arena, const struct event *event);
/* FAIL_SYNTAX for anything that event_encode would not write the same way again, except that
 * unknown kinds give FAIL_NOT_FOUND. */
MUST_CHECK enum fail event_decode(struct arena *arena, struct str entry, struct event *out);

/* Events that one command causes, in order. Lives in an arena. */
struct events {
	struct arena *arena;
	struct event *at;
	size_t count, cap;
};
struct events events_on(struct arena *arena);
/* The returned event is blank but for its kind, valid until the next call. */
struct event *events_add(struct events *events, enum event_kind kind);

#endif
