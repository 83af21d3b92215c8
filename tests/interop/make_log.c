/* usage: make_log DIR COUNT
 * A log of COUNT entries in DIR/log, exported to DIR/export, and what a verifier needs beside it:
 * vkey, old (a checkpoint at half the size), forked (one of another history), policy-any and
 * policy-all (one of two witnesses cosigned), receipt and entry (of the entry at a third). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/time.h"
#include "store/log_export.h"
#include "store/seal.h"

#define ORIGIN STR("demo.journal.example/office")
#define START_MS INT64_C(1795422600125) /* 2026-11-23 */

static struct arena arena;
static const uint8_t witness_secret[2][32] = { { 11 }, { 22 } };

static void must(enum fail fail, const char *what)
{
	if (fail == OK)
		return;
	fprintf(stderr, "make_log: %s: %s\n", what, fail_name(fail));
	exit(1);
}

static const char *at(const char *dir, const char *name)
{
	return str_c(&arena, str_printf(&arena, "%s/%s", dir, name));
}

/* Every eighth instant repeats, lengths differ, and a fork differs from `fork` on. */
static struct str entry_of(struct arena *on, uint64_t i, uint64_t fork)
{
	int64_t at_ms = START_MS + (int64_t)(i / 8) * 1000;
	struct hash salt = hash_two((uint8_t)(i >= fork), &i, sizeof i, "", 0);

	return str_printf(on,
	                  "{\"v\":1,\"at\":\"%s\",\"kind\":\"query_asked\",\"salt\":\"%.*s\",\"request\":\"%016llx\","
	                  "\"item\":\"border_crossings\",\"pad\":\"%0*d\"}",
	                  time_utc(at_ms).text, 22, base64url_text(on, salt.at, 17).at,
	                  (unsigned long long)i, (int)(i * 31 % 200) + 1, 0);
}

static void append(struct ledger *ledger, uint64_t to, uint64_t fork)
{
	struct arena entries = arena_open(1024 * 1024);

	for (uint64_t i = ledger_size(ledger); i < to; i++) {
		must(ledger_stage(ledger, entry_of(&entries, i, fork),
		                  START_MS + (int64_t)(i / 8) * 1000, NULL), "stage");
		arena_empty(&entries);
		if (i % 777 == 0)
			must(ledger_commit(ledger), "commit");
	}
	must(ledger_commit(ledger), "commit");
	arena_close(&entries);
}

static struct str sealed_head(struct ledger *ledger, struct seal *seal)
{
	struct buf note = buf_on(&arena);
	struct hash root = ledger_root(ledger);
	struct proof proof;

	must(ledger_consistency(ledger, seal->size, ledger_size(ledger), &proof), "consistency");
	must(seal_sign(seal, ledger_size(ledger), &root, &proof, &note), "seal");
	return buf_str(&note);
}

static struct str cosigned(struct str note)
{
	struct buf out = buf_on(&arena);
	struct note parsed;

	must(note_parse(&arena, note, &parsed), "parse");
	buf_add(&out, note);
	must(cosignature_sign(STR("witness.example/w1"), witness_secret[0],
	                      (uint64_t)(START_MS / 1000), parsed.text, &out), "cosign");
	return buf_str(&out);
}

static void policies_save(const char *dir, const struct note_key *log)
{
	static const char *const rules[] = { "any", "all" };
	uint8_t public_key[32];

	for (size_t r = 0; r < 2; r++) {
		struct buf text = buf_on(&arena);
		buf_add(&text, STR("# who must cosign\nlog "));
		note_key_add(&text, log);
		for (int w = 0; w < 2; w++) {
			must(ed25519_public(witness_secret[w], public_key), "witness key");
			struct str name = str_printf(&arena, "witness.example/w%d", w + 1);
			struct note_key key = note_key_make(name, NOTE_COSIGNATURE, public_key);
			buf_printf(&text, "\nwitness w%d ", w + 1);
			note_key_add(&text, &key);
		}
		buf_printf(&text, "\ngroup both %s w1 w2\nquorum both\n", rules[r]);
		must(file_save(at(dir, r ? "policy-all" : "policy-any"), buf_str(&text)), "policy");
	}
}

/* Another history under the same key: what a lost sealer state would allow. */
static void fork_save(const char *dir, const struct seal *seal, uint64_t count)
{
	struct seal loose = *seal;
	struct ledger *ledger;

	loose.size = 0;
	loose.root = merkle_empty();
	snprintf(loose.state_path, sizeof loose.state_path, "%s/fork-sealed", dir);
	must(ledger_open(at(dir, "fork"), LEDGER_WRITE, &ledger), "fork");
	append(ledger, count / 2, count / 2 - 3);
	must(file_save(at(dir, "forked"), sealed_head(ledger, &loose)), "forked");
	ledger_close(ledger);
}

static void log_make(const char *dir, uint64_t count)
{
	struct buf vkey = buf_on(&arena);
	struct ledger *ledger;
	struct seal seal;
	struct str text;

	must(ledger_open(at(dir, "log"), LEDGER_WRITE, &ledger), "open");
	must(seal_create(at(dir, "log.key"), at(dir, "log/sealed"), ORIGIN), "key");
	must(seal_open(at(dir, "log.key"), at(dir, "log/sealed"), ORIGIN, &seal), "seal_open");
	struct note_key key = seal_key(&seal);
	note_key_add(&vkey, &key);
	must(file_save(at(dir, "vkey"), buf_str(&vkey)), "vkey");
	append(ledger, count / 2, UINT64_MAX);
	text = sealed_head(ledger, &seal);
	must(ledger_publish(ledger, text), "publish");
	must(file_save(at(dir, "old"), text), "old");
	append(ledger, count, UINT64_MAX);
	must(ledger_publish(ledger, cosigned(sealed_head(ledger, &seal))), "publish");
	must(log_export(ledger, at(dir, "export"), (struct progress){ 0 }), "export");
	must(ledger_receipt(ledger, count / 3, &arena, &text), "receipt");
	must(file_save(at(dir, "receipt"), text), "receipt");
	must(ledger_read(ledger, count / 3, &arena, &text), "read");
	must(file_save(at(dir, "entry"), text), "entry");
	policies_save(dir, &key);
	fork_save(dir, &seal, count);
	seal_close(&seal);
	ledger_close(ledger);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	arena = arena_open(64 * 1024 * 1024);
	must(dir_make(argv[1]), "dir");
	log_make(argv[1], strtoull(argv[2], NULL, 10));
	arena_close(&arena);
	return 0;
}
