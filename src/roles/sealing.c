#include "roles/sealing.h"

#include <string.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "base/file.h"

enum { HEAD_BYTES_MAX = 4096 };

static MUST_CHECK enum fail proof_read(struct arena *arena, struct str text, struct proof *out)
{
	struct str line, bytes;

	*out = (struct proof){ 0 };
	while (text.len && str_cut(&text, '\n', &line)) {
		if (out->count == PROOF_HASHES_MAX)
			return FAIL_TOO_LARGE;
		TRY(base64_read(arena, line, &bytes));
		if (bytes.len != HASH_BYTES)
			return FAIL_SYNTAX;
		memcpy(out->at[out->count++].at, bytes.at, HASH_BYTES);
	}
	return OK;
}

static MUST_CHECK enum fail root_read(struct arena *arena, struct str text, struct hash *out)
{
	struct str bytes;

	TRY(base64_read(arena, text, &bytes));
	if (bytes.len != HASH_BYTES)
		return FAIL_SYNTAX;
	memcpy(out->at, bytes.at, HASH_BYTES);
	return OK;
}

static MUST_CHECK enum fail seal(struct sealer *sealer, struct arena *arena, const struct message *asked,
                                 struct buf *note)
{
	uint64_t size = message_get_u64(asked, "size");
	struct proof proof;
	struct hash root;

	TRY(root_read(arena, message_get(asked, "root"), &root));
	TRY(proof_read(arena, message_get(asked, "proof"), &proof));
	if (sealer->forgot || size < sealer->seal.size ||
	    message_get_u64(asked, "old") != sealer->seal.size)
		return FAIL_CONFLICT;
	return seal_sign(&sealer->seal, size, &root, &proof, note);
}

enum fail sealer_answer(struct sealer *sealer, struct arena *arena, const struct message *asked,
                        struct message *reply)
{
	struct buf note = buf_on(arena);
	enum fail fail = seal(sealer, arena, asked, &note);

	reply->kind = MESSAGE_SEALED;
	message_put(reply, "size", str_u64(arena, sealer->seal.size));
	if (fail == OK)
		message_put(reply, "note", buf_str(&note));
	else
		message_put(reply, "fail", str_from(fail_name(fail)));
	return fail;
}

/* The origin is the name of the public key that outsiders verify with. */
static MUST_CHECK enum fail key_read(struct arena *arena, const char *dir, struct note_key *out)
{
	struct str text;

	TRY(file_load(arena, str_printf(arena, "%s/keys/log.vkey", dir).at, HEAD_BYTES_MAX, &text));
	return note_key_parse(arena, str_trim(text), out);
}

/* Without the last head that was signed, a log restored from an older copy would be sealed again over
 * other entries: a fork under one name. A log that never published anything has nothing to contradict. */
static MUST_CHECK enum fail memory_open(struct sealer *sealer, struct arena *arena, const char *dir,
                                        const char *state)
{
	AUTO(file_close) struct file published = FILE_NONE;
	uint64_t size = 0;
	struct note_key key;
	enum fail fail = file_open(str_printf(arena, "%s/log/checkpoints", dir).at, FILE_READ, &published);

	if (fail == OK)
		TRY(file_size(published, &size));
	else if (fail != FAIL_NOT_FOUND)
		return fail;
	TRY(key_read(arena, dir, &key));
	sealer->forgot = size > 0 && !file_exists(state);
	if (sealer->forgot) {
		diag_error("log/sealed is missing although checkpoints were published: no head is signed any more");
		return OK;
	}
	if (!file_exists(state))
		TRY(seal_begin(state, key.name));
	TRY(seal_open(str_printf(arena, "%s/keys/log.key", dir).at, state, key.name, &sealer->seal));
	struct note_key own = seal_key(&sealer->seal);
	return bytes_eq(own.public_key, key.public_key, sizeof own.public_key) ? OK : FAIL_CORRUPT;
}

enum fail sealer_open(const char *dir, struct arena *arena, struct sealer *out)
{
	const char *folder = str_c(arena, str_printf(arena, "%s/log/sealed", dir));

	*out = (struct sealer){ .forgot = false };
	TRY(dir_make(folder));
	TRY(dir_flush(str_printf(arena, "%s/log", dir).at));
	return memory_open(out, arena, dir, str_printf(arena, "%s/head", folder).at);
}
