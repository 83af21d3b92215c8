#include "store/seal.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"

enum { STATE_BYTES_MAX = 1024, SEAL_ARENA_BYTES = 64 * 1024 };

static enum fail state_save(const char *path, struct str origin, uint64_t size, const struct hash *root)
{
	struct checkpoint state = { .origin = origin, .size = size, .root = *root,
		                    .extension = STR("") };
	struct buf text = buf_open();

	checkpoint_add(&text, &state);
	enum fail fail = file_save(path, buf_str(&text));
	buf_close(&text);
	return fail;
}

enum fail seal_begin(const char *state_path, struct str origin)
{
	struct hash empty = merkle_empty();

	if (file_exists(state_path))
		return FAIL_CONFLICT;
	return state_save(state_path, origin, 0, &empty);
}

enum fail seal_create(const char *key_path, const char *state_path, struct str origin)
{
	uint8_t secret[32];

	if (!note_name_is_valid(origin) || origin.len >= SEAL_NAME_BYTES)
		return FAIL_SYNTAX;
	if (file_exists(key_path) || file_exists(state_path))
		return FAIL_CONFLICT;
	random_bytes(secret, sizeof secret);
	enum fail fail = file_save(key_path, str_bytes(secret, sizeof secret));
	wipe(secret, sizeof secret);
	TRY(fail);
	return seal_begin(state_path, origin);
}

static enum fail key_load(const char *path, uint8_t out[32])
{
	AUTO(arena_close) struct arena arena = arena_open_secret(SEAL_ARENA_BYTES);
	struct str bytes;

	TRY(file_load(&arena, path, 4096, &bytes));
	if (bytes.len != 32)
		return FAIL_CORRUPT;
	memcpy(out, bytes.at, 32);
	return OK;
}

static enum fail state_load(struct seal *seal)
{
	AUTO(arena_close) struct arena arena = arena_open(SEAL_ARENA_BYTES);
	struct checkpoint state;
	struct str text;

	TRY(file_load(&arena, seal->state_path, STATE_BYTES_MAX, &text));
	if (checkpoint_parse(&arena, text, &state) != OK)
		return FAIL_CORRUPT;
	if (!str_is(state.origin, seal->origin))
		return FAIL_CONFLICT;
	seal->size = state.size;
	seal->root = state.root;
	return OK;
}

enum fail seal_open(const char *key_path, const char *state_path, struct str origin,
                    struct seal *out)
{
	struct seal seal = { .size = 0 };

	if (!note_name_is_valid(origin) || origin.len >= SEAL_NAME_BYTES)
		return FAIL_SYNTAX;
	if (strlen(state_path) >= SEAL_PATH_BYTES)
		return FAIL_TOO_LARGE;
	memcpy(seal.origin, origin.at, origin.len);
	strcpy(seal.state_path, state_path);
	TRY(state_load(&seal));
	TRY(key_load(key_path, seal.secret));
	*out = seal;
	wipe(seal.secret, sizeof seal.secret);
	return OK;
}

void seal_close(struct seal *seal)
{
	wipe(seal, sizeof *seal);
}

struct note_key seal_key(const struct seal *seal)
{
	uint8_t public_key[ED25519_KEY_BYTES];
	enum fail fail = ed25519_public(seal->secret, public_key);

	assert(fail == OK);
	return note_key_make(str_from(seal->origin), NOTE_ED25519, public_key);
}

enum fail seal_sign(struct seal *seal, uint64_t size, const struct hash *root,
                    const struct proof *proof, struct buf *out)
{
	struct checkpoint head = { .origin = str_from(seal->origin), .size = size, .root = *root,
		                   .extension = STR("") };
	AUTO(buf_close) struct buf text = buf_open();

	if (size == 0)
		return FAIL_CONFLICT;
	TRY(consistency_verify(seal->size, &seal->root, size, root, proof));
	if (size != seal->size)
		TRY(state_save(seal->state_path, head.origin, size, root));
	seal->size = size;
	seal->root = *root;
	checkpoint_add(&text, &head);
	return note_sign(head.origin, seal->secret, buf_str(&text), out);
}
