/* c2sp.org/tlog-cosignature, Ed25519 (type 4); declared in journal/note.h. */
#include "journal/note.h"

static struct str message(struct arena *arena, uint64_t time_s, struct str text)
{
	struct buf out = buf_on(arena);

	buf_add(&out, STR("cosignature/v1\ntime "));
	buf_u64(&out, time_s);
	buf_byte(&out, '\n');
	buf_add(&out, text);
	return buf_str(&out);
}

enum fail cosignature_sign(struct str name, const uint8_t secret[32], uint64_t time_s,
                           struct str text, struct buf *line_out)
{
	struct arena arena = arena_open(4 * NOTE_BYTES_MAX);
	uint8_t public_key[ED25519_KEY_BYTES], signature[ED25519_SIGNATURE_BYTES];
	struct buf bytes = buf_on(&arena);
	enum fail fail = text.len > NOTE_BYTES_MAX ? FAIL_TOO_LARGE : OK;

	if (fail == OK)
		fail = ed25519_public(secret, public_key);
	if (fail == OK)
		fail = ed25519_sign(secret, message(&arena, time_s, text), signature);
	if (fail == OK) {
		buf_u64be(&bytes, time_s);
		buf_bytes(&bytes, signature, sizeof signature);
		note_line_add(line_out, name, note_key_make(name, NOTE_COSIGNATURE, public_key).id,
		              buf_str(&bytes));
	}
	arena_close(&arena);
	return fail;
}

enum fail cosignature_verify(struct arena *arena, const struct note_key *key, struct str text,
                             struct str signature, uint64_t *time_out)
{
	uint64_t time_s;

	if (signature.len != 8 + ED25519_SIGNATURE_BYTES)
		return FAIL_UNTRUSTED;
	TRY(take_u64be(&signature, &time_s));
	TRY(ed25519_verify(key->public_key, message(arena, time_s, text),
	                   (const uint8_t *)signature.at));
	*time_out = time_s;
	return OK;
}
