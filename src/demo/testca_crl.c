/* The register of revoked serials and the lists made from it, declared in demo/testca.h. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "demo/testca_lib.h"

enum { REGISTER_BYTES = 1 << 20, FILLER_SERIAL_BYTES = 16 };

static const int64_t DAY_MS = 86400000;

static enum fail register_load(const struct testca *testca, struct arena *arena, struct str *out)
{
	enum fail fail = file_load(arena, testca_path(testca, arena, "tls/testca/revoked"), REGISTER_BYTES, out);

	if (fail == FAIL_NOT_FOUND)
		*out = STR("");
	return fail == FAIL_NOT_FOUND ? OK : fail;
}

enum fail testca_revoke(struct testca *testca, enum testca_issuer issuer, struct str serial, int64_t at_ms)
{
	struct arena arena = arena_open(4 * REGISTER_BYTES);
	struct buf lines = buf_on(&arena);
	struct str old;
	enum fail fail = register_load(testca, &arena, &old);

	if (fail == OK) {
		buf_add(&lines, old);
		buf_printf(&lines, "%s %.*s %lld\n", testca_stem(issuer), STR_FMT(serial), (long long)at_ms);
		fail = file_save(testca_path(testca, &arena, "tls/testca/revoked"), buf_str(&lines));
	}
	arena_close(&arena);
	return fail;
}

struct entries { struct crl_entry *at; size_t count; };

static enum fail entries_of(struct arena *arena, struct str lines, enum testca_issuer issuer,
                            struct entries *out)
{
	struct str line, stem, serial;

	while (str_cut(&lines, '\n', &line)) {
		struct crl_entry *entry = &out->at[out->count];
		if (!str_cut(&line, ' ', &stem) || !str_is(stem, testca_stem(issuer)))
			continue;
		if (!str_cut(&line, ' ', &serial))
			return FAIL_SYNTAX;
		TRY(hex_read(arena, serial, &entry->serial));
		TRY(str_to_i64(line, &entry->revoked_at_ms));
		out->count++;
	}
	return OK;
}

/* Serials that nobody holds: half digests of a counter. */
static void filler_add(struct arena *arena, enum testca_issuer issuer, size_t count, int64_t at_ms,
                       struct entries *out)
{
	uint8_t *serials = arena_bytes(arena, count * FILLER_SERIAL_BYTES + 1);
	const char *stem = testca_stem(issuer);

	for (size_t i = 0; i < count; i++) {
		uint8_t *serial = serials + i * FILLER_SERIAL_BYTES;
		struct hash hash = hash_two(0x66, stem, strlen(stem), &i, sizeof i);
		memcpy(serial, hash.at, FILLER_SERIAL_BYTES);
		serial[0] = (uint8_t)((serial[0] & 0x3f) | 0x20);
		out->at[out->count++] = (struct crl_entry){ str_bytes(serial, FILLER_SERIAL_BYTES),
		                                            at_ms - (int64_t)(i % 1500) * DAY_MS };
	}
}

static enum fail crl_save(const struct testca *testca, struct arena *arena, enum testca_issuer issuer,
                          int64_t at_ms, const struct entries *entries)
{
	const struct testca_ca *ca = &testca->cas[issuer];
	struct crl_order order = {
		.issuer = ca->name,
		.issuer_key_id = ca->key_id,
		.number = (uint64_t)at_ms,
		.this_update_ms = at_ms,
		.next_update_ms = at_ms + DAY_MS,
		.entries = entries->at,
		.count = entries->count,
	};
	struct buf der = buf_open();
	enum fail fail = crl_make(&order, ca->key, &der);

	if (fail == OK)
		fail = file_save(testca_path(testca, arena, "tls/crl/%s.crl", testca_stem(issuer)), buf_str(&der));
	buf_close(&der);
	return fail;
}

static size_t filler_share(enum testca_issuer issuer, size_t filler)
{
	if (issuer == TESTCA_MOICA_G2)
		return filler - filler / 5;
	return issuer == TESTCA_MOICA_G3 ? filler / 5 : 0;
}

static enum fail crl_reissue(const struct testca *testca, enum testca_issuer issuer, int64_t at_ms,
                             size_t filler)
{
	struct arena arena = arena_open(4 * REGISTER_BYTES + filler * 64);
	struct entries entries = { .count = 0 };
	struct str lines;
	enum fail fail = register_load(testca, &arena, &lines);

	if (fail == OK) {
		entries.at = arena_array(&arena, struct crl_entry, lines.len / 8 + 1 + filler);
		fail = entries_of(&arena, lines, issuer, &entries);
	}
	if (fail == OK) {
		filler_add(&arena, issuer, filler, at_ms, &entries);
		fail = crl_save(testca, &arena, issuer, at_ms, &entries);
	}
	arena_close(&arena);
	return fail;
}

enum fail testca_reissue_crls(struct testca *testca, int64_t at_ms, size_t filler)
{
	for (int i = 0; i < TESTCA_ISSUER_COUNT; i++) {
		enum testca_issuer issuer = (enum testca_issuer)i;
		if (issuer != TESTCA_FOREIGN)
			TRY(crl_reissue(testca, issuer, at_ms, filler_share(issuer, filler)));
	}
	return OK;
}

enum fail testca_renew(const char *dir, int64_t at_ms)
{
	struct testca *testca = NULL;
	enum fail fail = testca_open(dir, &testca);

	if (fail == FAIL_NOT_FOUND)
		return OK;
	if (fail == OK)
		fail = testca_reissue_crls(testca, at_ms, 0);
	testca_close(&testca);
	return fail;
}
