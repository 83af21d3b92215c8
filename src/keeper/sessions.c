#include "keeper/sessions.h"

#include <string.h>

enum { SLOTS_FIRST = 1024 };

struct sessions sessions_open(void)
{
	return (struct sessions){ .slots = process_bytes(SLOTS_FIRST * sizeof(uint32_t)),
		                  .slot_count = SLOTS_FIRST };
}

static void session_forget(struct session *session)
{
	if (session->name.len) {
		wipe((char *)(uintptr_t)session->name.at, session->name.len);
		process_free((char *)(uintptr_t)session->name.at);
	}
	wipe(session, sizeof *session);
}

void sessions_empty(struct sessions *sessions)
{
	for (size_t i = 0; i < sessions->count; i++)
		session_forget(&sessions->at[i]);
	sessions->count = 0;
	memset(sessions->slots, 0, sessions->slot_count * sizeof *sessions->slots);
}

void sessions_close(struct sessions *sessions)
{
	sessions_empty(sessions);
	process_free(sessions->at);
	process_free(sessions->slots);
	*sessions = (struct sessions){ 0 };
}

/* Digests are uniform, so their first bytes are a hash already. */
static size_t slot_of(const struct sessions *sessions, const struct hash *digest)
{
	uint64_t first;

	memcpy(&first, digest->at, sizeof first);
	size_t slot = (size_t)first & (sessions->slot_count - 1);
	while (sessions->slots[slot] &&
	       memcmp(sessions->at[sessions->slots[slot] - 1].digest.at, digest->at, HASH_BYTES) != 0)
		slot = (slot + 1) & (sessions->slot_count - 1);
	return slot;
}

static void slots_fill(struct sessions *sessions)
{
	memset(sessions->slots, 0, sessions->slot_count * sizeof *sessions->slots);
	for (size_t i = 0; i < sessions->count; i++)
		sessions->slots[slot_of(sessions, &sessions->at[i].digest)] = (uint32_t)i + 1;
}

static void room_make(struct sessions *sessions)
{
	if (sessions->count == sessions->cap) {
		size_t cap = sessions->cap ? sessions->cap * 2 : 256;
		sessions->at = process_grow(sessions->at, sessions->cap * sizeof *sessions->at,
		                            cap * sizeof *sessions->at);
		sessions->cap = cap;
	}
	if (sessions->count * 2 >= sessions->slot_count) {
		process_free(sessions->slots);
		sessions->slot_count *= 2;
		sessions->slots = process_bytes(sessions->slot_count * sizeof *sessions->slots);
		slots_fill(sessions);
	}
}

void sessions_add(struct sessions *sessions, const struct session *session)
{
	room_make(sessions);
	size_t slot = slot_of(sessions, &session->digest);
	assert(sessions->slots[slot] == 0);
	sessions->at[sessions->count++] = *session;
	sessions->slots[slot] = (uint32_t)sessions->count;
}

void sessions_remove(struct sessions *sessions, struct session_id id)
{
	for (size_t i = 0; i < sessions->count; i++) {
		if (sessions->at[i].id.n != id.n)
			continue;
		session_forget(&sessions->at[i]);
		sessions->at[i] = sessions->at[--sessions->count];
		slots_fill(sessions);
		return;
	}
}

struct session *sessions_find(struct sessions *sessions, const struct hash *digest)
{
	uint32_t found = sessions->slots[slot_of(sessions, digest)];

	return found ? &sessions->at[found - 1] : NULL;
}

struct session *sessions_of_person(struct sessions *sessions, struct person_id person,
                                   enum channel channel)
{
	struct session *newest = NULL;

	for (size_t i = 0; i < sessions->count; i++) {
		struct session *session = &sessions->at[i];
		if (session->person.n == person.n && session->channel == channel &&
		    (!newest || session->id.n > newest->id.n))
			newest = session;
	}
	return newest;
}

struct token token_new(struct hash *digest_out)
{
	uint8_t secret[TOKEN_BYTES];
	AUTO(buf_close) struct buf text = buf_open();
	struct token out = { { 0 } };

	random_bytes(secret, sizeof secret);
	base64url_add(&text, secret, sizeof secret);
	assert(text.len == TOKEN_CHARS);
	memcpy(out.text, text.at, text.len);
	*digest_out = hash_bytes(str_bytes(secret, sizeof secret));
	wipe(secret, sizeof secret);
	wipe(text.at, text.len);
	return out;
}

enum fail token_digest(struct str token, struct hash *out)
{
	AUTO(arena_close) struct arena arena = arena_open_secret(1024);
	struct str secret;

	if (token.len != TOKEN_CHARS)
		return FAIL_SYNTAX;
	TRY(base64url_read(&arena, token, &secret));
	*out = hash_bytes(secret);
	return OK;
}
