/* The sealer: the signing key of the log and the last head it signed, nothing else. */
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "base/file.h"
#include "journal/checkpoint.h"
#include "roles/peer.h"
#include "roles/sandbox.h"
#include "roles/supervise.h"

enum { PATH_BYTES = 512, HEAD_BYTES_MAX = 4096 };

struct sealer {
	uint8_t secret[32];
	struct str origin;
	char head_path[PATH_BYTES];
	uint64_t size;    /* the last head that was signed */
	struct hash root;
	bool forgot; /* checkpoints were published, but which was the last is not known: sign nothing */
};

/* The head as a checkpoint text without signature: readable, and the same parser. */
static MUST_CHECK enum fail head_load(struct sealer *sealer, struct arena *arena)
{
	struct checkpoint head;
	struct str text;
	enum fail fail = file_load(arena, sealer->head_path, HEAD_BYTES_MAX, &text);

	sealer->size = 0;
	sealer->root = merkle_empty();
	if (fail != OK)
		return fail == FAIL_NOT_FOUND ? OK : fail;
	TRY(checkpoint_parse(arena, text, &head));
	if (!str_eq(head.origin, sealer->origin))
		return FAIL_CORRUPT;
	sealer->size = head.size;
	sealer->root = head.root;
	return OK;
}

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

/* Never two heads that contradict each other: the proof must lead from the last signed head to the
 * new one, and the new one is durable before its signature leaves. */
static MUST_CHECK enum fail seal(struct sealer *sealer, struct arena *arena, const struct message *asked,
                                 struct buf *note)
{
	struct checkpoint head = { .origin = sealer->origin, .size = message_get_u64(asked, "size"),
		                   .extension = STR("") };
	struct buf text = buf_on(arena);
	struct proof proof;

	TRY(root_read(arena, message_get(asked, "root"), &head.root));
	TRY(proof_read(arena, message_get(asked, "proof"), &proof));
	if (sealer->forgot || head.size < sealer->size || message_get_u64(asked, "old") != sealer->size)
		return FAIL_CONFLICT;
	TRY(consistency_verify(sealer->size, &sealer->root, head.size, &head.root, &proof));
	checkpoint_add(&text, &head);
	TRY(file_save(sealer->head_path, buf_str(&text)));
	sealer->size = head.size;
	sealer->root = head.root;
	return note_sign(sealer->origin, sealer->secret, buf_str(&text), note);
}

static bool answer(void *context, struct arena *arena, const struct message *asked,
                   struct message *reply, int64_t *wait_ms_out)
{
	struct sealer *sealer = context;
	struct buf note = buf_on(arena);
	enum fail fail = seal(sealer, arena, asked, &note);

	(void)wait_ms_out;
	reply->kind = MESSAGE_SEALED;
	message_put(reply, "size", str_printf(arena, "%llu", (unsigned long long)sealer->size));
	if (fail == OK)
		message_put(reply, "note", buf_str(&note));
	else
		message_put(reply, "fail", str_from(fail_name(fail)));
	if (fail != OK && fail != FAIL_CONFLICT)
		diag_error("a head of %llu entries was not signed: %s",
		           (unsigned long long)message_get_u64(asked, "size"), fail_name(fail));
	return true;
}

static MUST_CHECK enum fail key_load(struct sealer *sealer, struct arena *arena, const char *dir)
{
	struct note_key key;
	struct str text;
	uint8_t public_key[32];
	const char *path = str_c(arena, str_printf(arena, "%s/keys/log.vkey", dir));

	TRY(file_load(arena, path, HEAD_BYTES_MAX, &text));
	TRY(note_key_parse(arena, str_trim(text), &key));
	path = str_c(arena, str_printf(arena, "%s/keys/log.key", dir));
	TRY(file_load(arena, path, HEAD_BYTES_MAX, &text));
	if (text.len != sizeof sealer->secret)
		return FAIL_CORRUPT;
	memcpy(sealer->secret, text.at, sizeof sealer->secret);
	TRY(ed25519_public(sealer->secret, public_key));
	sealer->origin = key.name;
	return bytes_eq(public_key, key.public_key, sizeof public_key) ? OK : FAIL_CORRUPT;
}

/* Without the last head that was signed, a log restored from an older copy would be sealed again over
 * other entries: a fork under one name. A log that never published anything has nothing to contradict. */
static MUST_CHECK enum fail memory_check(struct sealer *sealer, struct arena *arena, const char *dir)
{
	AUTO(file_close) struct file published = FILE_NONE;
	uint64_t size = 0;
	enum fail fail = file_open(str_printf(arena, "%s/log/checkpoints", dir).at, FILE_READ, &published);

	if (fail == OK)
		TRY(file_size(published, &size));
	else if (fail != FAIL_NOT_FOUND)
		return fail;
	sealer->forgot = size > 0 && !file_exists(sealer->head_path);
	if (sealer->forgot)
		diag_error("log/sealed is missing although checkpoints were published: no head is signed any more");
	return OK;
}

static MUST_CHECK enum fail prepare(struct sealer *sealer, struct arena *arena, const char *dir)
{
	const char *sealed = str_c(arena, str_printf(arena, "%s/log/sealed", dir));
	const char *run = str_c(arena, str_printf(arena, "%s/run", dir));
	const struct reachable paths[] = { { sealed, REACH_WRITE }, { run, REACH_READ },
		                           { "/etc/ssl", REACH_READ }, { "/dev/urandom", REACH_READ } };

	snprintf(sealer->head_path, sizeof sealer->head_path, "%s/head", sealed);
	TRY(key_load(sealer, arena, dir));
	TRY(dir_make(sealed));
	TRY(head_load(sealer, arena));
	TRY(memory_check(sealer, arena, dir));
	return sandbox_enter(paths, ARRAY_LEN(paths), KEEP_LOCAL);
}

int main(int argc, char **argv)
{
	struct arena arena = arena_open_secret(1 << 20);
	struct sealer sealer = { 0 };

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
		return fail == FAIL_NOT_FOUND || fail == FAIL_CORRUPT ? EXIT_SETTINGS : 1;
	}
	const struct peer_work work = { argv[1], keeper_socket_name(SOCKET_SEALER), MESSAGE_SEAL, answer,
		                        &sealer };
	int status = peer_run(&work);
	wipe(&sealer, sizeof sealer);
	arena_close(&arena);
	return status;
}
