#include "demo/testca.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/time.h"
#include "demo/testca_lib.h"

enum { ARENA_BYTES = 8 << 20, FILE_BYTES = 1 << 16 };

static const int64_t DAY_MS = 86400000;

static const struct ca_spec {
	const char *stem, *organisation, *unit;
	enum key_sort sort;
	struct ymd from, until; /* zero: 10 years around the present */
	bool in_store;
} ca_specs[] = {
	[TESTCA_ROOT] = { "test-root", "行政院", "測試用政府憑證總管理中心 (youju demo, not real)",
	                  KEY_RSA_2048, { 2002, 12, 5 }, { 2049, 12, 5 }, true },
	[TESTCA_MOICA_G1] = { "moica-g1", "行政院", "內政部憑證管理中心", KEY_RSA_2048,
	                      { 2003, 4, 21 }, { 2023, 4, 21 }, true },
	[TESTCA_MOICA_G2] = { "moica-g2", "行政院", "內政部憑證管理中心", KEY_RSA_2048,
	                      { 2014, 1, 2 }, { 2034, 1, 2 }, true },
	[TESTCA_MOICA_G3] = { "moica-g3", "行政院", "內政部憑證管理中心", KEY_RSA_4096,
	                      { 2024, 1, 23 }, { 2044, 1, 23 }, true },
	[TESTCA_GCA] = { "gca", "行政院", "政府憑證管理中心", KEY_RSA_2048,
	                 { 2014, 1, 2 }, { 2044, 1, 2 }, true },
	[TESTCA_XCA] = { "xca", "行政院", "組織及團體憑證管理中心", KEY_RSA_2048,
	                 { 2014, 1, 2 }, { 2044, 1, 2 }, true },
	[TESTCA_FOREIGN] = { "foreign", "行政院", "內政部憑證管理中心", KEY_RSA_2048,
	                     { 2014, 1, 2 }, { 2034, 1, 2 }, false },
};
static_assert(ARRAY_LEN(ca_specs) == TESTCA_ISSUER_COUNT, "every issuer has a row");

const char *testca_stem(enum testca_issuer issuer)
{
	return ca_specs[issuer].stem;
}

char *testca_path(const struct testca *testca, struct arena *arena, const char *format, ...)
{
	char name[256];
	va_list arguments;

	va_start(arguments, format);
	int len = vsnprintf(name, sizeof name, format, arguments);
	va_end(arguments);
	assert(len >= 0 && (size_t)len < sizeof name);
	return str_c(arena, str_printf(arena, "%.*s/%s", STR_FMT(testca->dir), name));
}

struct str testca_serial(struct arena *arena)
{
	uint8_t *at = arena_bytes(arena, 16);

	random_bytes(at, 16);
	at[0] = (uint8_t)((at[0] & 0x7f) | 0x40);
	return str_bytes(at, 16);
}

static int64_t instant_of(struct ymd ymd)
{
	struct date date;
	bool ok = date_from_ymd(ymd, &date);

	assert(ok);
	return (int64_t)date.day * DAY_MS;
}

static struct name name_of(enum testca_issuer issuer)
{
	struct name name = { .count = 0 };

	name_add(&name, OID_COUNTRY, STR("TW"));
	name_add(&name, OID_ORGANISATION, str_from(ca_specs[issuer].organisation));
	name_add(&name, OID_UNIT, str_from(ca_specs[issuer].unit));
	return name;
}

static struct testca *testca_new(const char *dir)
{
	struct testca *testca = process_bytes(sizeof *testca);

	testca->arena = arena_open(ARENA_BYTES);
	testca->dir = str_copy(&testca->arena, str_from(dir));
	for (size_t i = 0; i < TESTCA_ISSUER_COUNT; i++)
		testca->cas[i].name = name_of((enum testca_issuer)i);
	return testca;
}

void testca_close(struct testca **testca)
{
	if (!*testca)
		return;
	for (size_t i = 0; i < TESTCA_ISSUER_COUNT; i++)
		key_close(&(*testca)->cas[i].key);
	arena_close(&(*testca)->arena);
	process_free(*testca);
	*testca = NULL;
}

static enum fail folders_make(const struct testca *testca, struct arena *arena)
{
	static const char *const folders[] = { "tls", "tls/ca", "tls/crl", "tls/testca", "cards" };

	TRY(dir_make(str_c(arena, testca->dir)));
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		TRY(dir_make(testca_path(testca, arena, "%s", folders[i])));
	return OK;
}

static enum fail ca_make(struct testca *testca, enum testca_issuer issuer)
{
	const struct ca_spec *spec = &ca_specs[issuer];
	struct testca_ca *ca = &testca->cas[issuer];
	/* The foreign authority signs itself: it looks like a MOICA that somebody made up. */
	struct testca_ca *above = issuer == TESTCA_FOREIGN ? ca : &testca->cas[TESTCA_ROOT];

	ca->key_id = key_id(&testca->arena, ca->key);
	struct cert_order order = {
		.serial = testca_serial(&testca->arena),
		.issuer = above->name,
		.subject = ca->name,
		.not_before_ms = instant_of(spec->from),
		.not_after_ms = instant_of(spec->until),
		.subject_key = ca->key,
		.issuer_key_id = above->key_id,
		.usage = CERT_USE_CERTIFY | CERT_USE_CRL,
		.is_ca = true,
		.path_len = issuer == TESTCA_ROOT ? 1 : 0,
	};
	return cert_make(&testca->arena, &order, above->key, &ca->der);
}

static enum fail ca_save(struct testca *testca, struct arena *arena, enum testca_issuer issuer)
{
	const struct ca_spec *spec = &ca_specs[issuer];
	const struct testca_ca *ca = &testca->cas[issuer];
	struct buf key = buf_on(arena), pem = buf_on(arena);

	pem_put(&pem, "CERTIFICATE", ca->der);
	TRY(file_save(testca_path(testca, arena, "tls/testca/%s.pem", spec->stem), buf_str(&pem)));
	if (spec->in_store)
		TRY(file_save(testca_path(testca, arena, "tls/ca/%s.pem", spec->stem), buf_str(&pem)));
	TRY(key_write(&key, ca->key, STR("")));
	return file_save(testca_path(testca, arena, "tls/testca/%s.key", spec->stem), buf_str(&key));
}

/* All keys of one sort at once, on all processors. */
static enum fail keys_of_sort(struct testca *testca, enum key_sort sort)
{
	struct key keys[TESTCA_ISSUER_COUNT];
	size_t count = 0, used = 0;

	for (size_t i = 0; i < TESTCA_ISSUER_COUNT; i++)
		count += ca_specs[i].sort == sort;
	TRY(keys_make(testca->curves ? KEY_P256 : sort, count, keys));
	for (size_t i = 0; i < TESTCA_ISSUER_COUNT; i++)
		if (ca_specs[i].sort == sort)
			testca->cas[i].key = keys[used++];
	return OK;
}

static enum fail cas_make(struct testca *testca, struct arena *arena)
{
	TRY(folders_make(testca, arena));
	TRY(keys_of_sort(testca, KEY_RSA_4096));
	TRY(keys_of_sort(testca, KEY_RSA_2048));
	/* The foreign one comes last: its key is saved when all others are. */
	for (size_t i = 0; i < TESTCA_ISSUER_COUNT; i++) {
		TRY(ca_make(testca, (enum testca_issuer)i));
		TRY(ca_save(testca, arena, (enum testca_issuer)i));
	}
	return OK;
}

enum fail testca_create(const char *dir, int64_t at_ms, bool curves)
{
	struct testca *testca = testca_new(dir);
	struct arena arena = arena_open_secret(ARENA_BYTES);
	enum fail fail = FAIL_CONFLICT;

	testca->curves = curves;
	if (!file_exists(testca_path(testca, &arena, "tls/testca/foreign.key")))
		fail = cas_make(testca, &arena);
	if (fail == OK)
		fail = testca_issue_server(testca, at_ms);
	if (fail == OK)
		fail = testca_reissue_crls(testca, at_ms, 0);
	arena_close(&arena);
	testca_close(&testca);
	return fail;
}

static enum fail ca_load(struct testca *testca, struct arena *arena, enum testca_issuer issuer)
{
	struct testca_ca *ca = &testca->cas[issuer];
	struct str pem, label;

	TRY(file_load(arena, testca_path(testca, arena, "tls/testca/%s.key", testca_stem(issuer)),
	              FILE_BYTES, &pem));
	TRY(key_read(pem, STR(""), &ca->key));
	TRY(file_load(arena, testca_path(testca, arena, "tls/testca/%s.pem", testca_stem(issuer)),
	              FILE_BYTES, &pem));
	TRY(pem_take(&testca->arena, &pem, &label, &ca->der));
	ca->key_id = key_id(&testca->arena, ca->key);
	return OK;
}

enum fail testca_open(const char *dir, struct testca **out)
{
	struct testca *testca = testca_new(dir);
	struct arena arena = arena_open_secret(ARENA_BYTES);
	enum fail fail = OK;

	for (size_t i = 0; fail == OK && i < TESTCA_ISSUER_COUNT; i++)
		fail = ca_load(testca, &arena, (enum testca_issuer)i);
	arena_close(&arena);
	if (fail) {
		testca_close(&testca);
		return fail;
	}
	testca->curves = key_is_curve(testca->cas[TESTCA_ROOT].key);
	*out = testca;
	return OK;
}
