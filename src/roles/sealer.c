/* The sealer: the signing key of the log and the last head it signed, nothing else. */
#include <string.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "base/file.h"
#include "roles/peer.h"
#include "roles/sandbox.h"
#include "roles/supervise.h"
#include "store/seal.h"

enum { HEAD_BYTES_MAX = 4096 };

struct sealer {
	struct seal seal;
	bool forgot; /* checkpoints were published, but which was the last is not known: sign nothing */
};

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

static bool answer(void *context, struct arena *arena, const struct message *asked,
                   struct message *reply, int64_t *wait_ms_out)
{
	struct sealer *sealer = context;
	struct buf note = buf_on(arena);
	enum fail fail = seal(sealer, arena, asked, &note);

	(void)wait_ms_out;
	reply->kind = MESSAGE_SEALED;
	message_put(reply, "size", str_printf(arena, "%llu", (unsigned long long)sealer->seal.size));
	if (fail == OK)
		message_put(reply, "note", buf_str(&note));
	else
		message_put(reply, "fail", str_from(fail_name(fail)));
	if (fail != OK && fail != FAIL_CONFLICT)
		diag_error("a head of %llu entries was not signed: %s",
		           (unsigned long long)message_get_u64(asked, "size"), fail_name(fail));
	return true;
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

static MUST_CHECK enum fail prepare(struct sealer *sealer, struct arena *arena, const char *dir)
{
	const char *sealed = str_c(arena, str_printf(arena, "%s/log/sealed", dir));
	const char *run = str_c(arena, str_printf(arena, "%s/run", dir));
	const struct reachable paths[] = { { sealed, REACH_WRITE }, { run, REACH_READ },
		                           { "/etc/ssl", REACH_READ }, { "/dev/urandom", REACH_READ } };

	TRY(dir_make(sealed));
	TRY(dir_flush(str_printf(arena, "%s/log", dir).at));
	TRY(memory_open(sealer, arena, dir, str_printf(arena, "%s/head", sealed).at));
	return sandbox_enter(paths, ARRAY_LEN(paths), KEEP_LOCAL);
}

int main(int argc, char **argv)
{
	struct arena arena = arena_open_secret(1 << 20);
	struct sealer sealer = { .forgot = false };

	diag_open("sealer");
	if (argc != 2) {
		diag_error("usage: youju-sealer DIR");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	crypto_open();
	enum fail fail = prepare(&sealer, &arena, argv[1]);
	if (fail != OK) {
		diag_error("the sealer cannot start: %s", fail_name(fail));
		return fail == FAIL_IO || fail == FAIL_FULL ? 1 : EXIT_SETTINGS;
	}
	const struct peer_work work = { argv[1], keeper_socket_name(SOCKET_SEALER), MESSAGE_SEAL, answer,
		                        &sealer };
	int status = peer_run(&work);
	wipe(&sealer, sizeof sealer);
	arena_close(&arena);
	return status;
}
