/* Issuing cards and the server's certificate, declared in demo/testca.h. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "demo/testca_lib.h"

enum { CARD_ARENA_BYTES = 1 << 20 };

static const int64_t DAY_MS = 86400000, AGE_DAYS = 550, LIFE_DAYS = 5 * 365 + 1, SERVER_DAYS = 397;

/* So many decimal digits from a digest: looks random, is the same on every renewal. */
static struct str digits_of(struct arena *arena, const char *prefix, struct str from, size_t count)
{
	struct hash hash = hash_two(0x79, prefix, strlen(prefix), from.len ? from.at : "", from.len);
	struct buf text = buf_on(arena);

	buf_printf(&text, "%s", prefix);
	for (size_t i = 0; i < count; i++)
		buf_byte(&text, (uint8_t)('0' + hash.at[i] % 10));
	return buf_str(&text);
}

static struct name subject_of(const struct testca_order *order, struct str subject_serial)
{
	struct name name = { .count = 0 };

	name_add(&name, OID_COUNTRY, STR("TW"));
	if (order->kind == CERT_PERSON || order->kind == CERT_KIND_NONE) {
		name_add(&name, OID_COMMON_NAME, order->name);
		name_add(&name, OID_SUBJECT_SERIAL, subject_serial);
	} else {
		name_add(&name, OID_ORGANISATION, STR("高雄市政府"));
		name_add(&name, OID_UNIT, order->name);
	}
	return name;
}

static struct str address_of(struct arena *arena, const char *what, enum testca_issuer issuer)
{
	return str_printf(arena, "http://%s.youju-test.invalid/%s", what, testca_stem(issuer));
}

static struct cert_order order_of(const struct testca *testca, struct arena *arena, int64_t at_ms,
                                  const struct testca_order *order, struct testca_issued *issued)
{
	const struct testca_ca *ca = &testca->cas[order->issuer];
	bool person = order->kind == CERT_PERSON;
	struct str serial = testca_serial(arena), none = STR("");
	size_t from = order->id_no.len > 4 ? order->id_no.len - 4 : 0;
	int64_t not_before_ms = order->not_before_ms ? order->not_before_ms : at_ms - AGE_DAYS * DAY_MS;

	issued->serial = hex_text(arena, serial.at, serial.len);
	issued->subject_serial = order->subject_serial.len ? order->subject_serial
	                                                   : digits_of(arena, "", order->id_no, 16);
	issued->card_number = person ? digits_of(arena, "TP", serial, 14) : none;
	return (struct cert_order){
		.serial = serial,
		.issuer = ca->name,
		.subject = subject_of(order, issued->subject_serial),
		.not_before_ms = not_before_ms,
		.not_after_ms = order->not_after_ms ? order->not_after_ms : not_before_ms + LIFE_DAYS * DAY_MS,
		.issuer_key_id = ca->key_id,
		.usage = order->flaws & TESTCA_NO_SIGN_USAGE ? CERT_USE_ENCRYPT : CERT_USE_SIGN,
		.path_len = -1,
		.for_client = true,
		.kind = order->flaws & TESTCA_NO_KIND ? CERT_KIND_NONE : order->kind,
		.last_four = order->flaws & TESTCA_NO_LAST_FOUR || !person
		                     ? none : str_slice(order->id_no, from, 4),
		.organisation_oid = order->organisation_oid,
		.card_number = order->flaws & TESTCA_NO_CARD_NUMBER ? none : issued->card_number,
		.crl_url = address_of(arena, "crl", order->issuer),
		.ocsp_url = address_of(arena, "ocsp", order->issuer),
	};
}

struct pair { struct key signing, encryption; };

/* Text before the first block is comment in PEM; the card reader finds the card number there. */
static enum fail pem_save(const struct testca *testca, struct arena *arena,
                          const struct testca_order *order, const struct testca_issued *issued,
                          struct pair pair)
{
	struct buf pem = buf_on(arena);

	buf_printf(&pem, "youju demo card, not real\nCard-Number: %.*s\n", STR_FMT(issued->card_number));
	TRY(key_write(&pem, pair.signing, order->pin));
	pem_put(&pem, "CERTIFICATE", issued->signing_der);
	if (issued->encryption_der.len) {
		TRY(key_write(&pem, pair.encryption, order->pin));
		pem_put(&pem, "CERTIFICATE", issued->encryption_der);
	}
	return file_save(testca_path(testca, arena, "cards/%.*s.pem", STR_FMT(order->stem)), buf_str(&pem));
}

static enum fail files_save(const struct testca *testca, const struct testca_order *order,
                            const struct testca_issued *issued, struct pair pair)
{
	struct arena arena = arena_open_secret(CARD_ARENA_BYTES);
	struct buf p12 = buf_on(&arena);
	struct str label = str_printf(&arena, "%.*s (youju demo %.*s)", STR_FMT(order->name),
	                              STR_FMT(issued->card_number));
	enum fail fail = pem_save(testca, &arena, order, issued, pair);

	if (fail == OK && order->password.len) {
		fail = p12_make(pair.signing, issued->signing_der, testca->cas[order->issuer].der, label,
		                order->password, &p12);
		if (fail == OK)
			fail = file_save(testca_path(testca, &arena, "cards/%.*s.p12", STR_FMT(order->stem)),
			                 buf_str(&p12));
	}
	arena_close(&arena);
	return fail;
}

/* A card has two certificates, told apart by their usage. */
static enum fail card_issue(struct testca *testca, struct arena *arena, int64_t at_ms,
                            const struct testca_order *order, struct pair pair,
                            struct testca_issued *issued)
{
	struct cert_order certificate = order_of(testca, arena, at_ms, order, issued);
	const struct testca_ca *ca = &testca->cas[order->issuer];
	struct key signer = order->flaws & TESTCA_WRONG_GENERATION ? testca->cas[TESTCA_MOICA_G2].key
	                                                           : ca->key;

	certificate.subject_key = pair.signing;
	TRY(cert_make(arena, &certificate, signer, &issued->signing_der));
	issued->encryption_der = STR("");
	if (order->kind == CERT_PERSON) {
		certificate.subject_key = pair.encryption;
		certificate.serial = testca_serial(arena);
		certificate.usage = CERT_USE_ENCRYPT;
		certificate.for_client = false;
		TRY(cert_make(arena, &certificate, signer, &issued->encryption_der));
	}
	if (order->flaws & TESTCA_REVOKED)
		TRY(testca_revoke(testca, order->issuer, issued->serial, at_ms));
	return order->stem.len ? files_save(testca, order, issued, pair) : OK;
}

/* Each certificate its own signing key, unless it says otherwise; the last is everybody's encryption key.
 * Nobody ever encrypts to a demo card, and half the time of making a demo would go into such keys. */
enum fail testca_issue(struct testca *testca, struct arena *arena, int64_t at_ms,
                       const struct testca_order *orders, size_t count, struct testca_issued *out)
{
	size_t needed = 1, used = 0;

	for (size_t i = 0; i < count; i++)
		needed += !orders[i].shares_key;
	struct key *keys = arena_array(arena, struct key, needed);
	enum fail fail = keys_make(testca->curves ? KEY_P256 : KEY_RSA_2048, needed, keys);
	if (fail)
		return fail;
	for (size_t i = 0; fail == OK && i < count; i++) {
		used += !orders[i].shares_key;
		struct pair pair = { keys[used ? used - 1 : 0], keys[needed - 1] };
		fail = card_issue(testca, arena, at_ms, &orders[i], pair, &out[i]);
	}
	keys_close(needed, keys);
	return fail;
}

static enum fail server_save(struct testca *testca, struct arena *arena, int64_t at_ms, struct key key)
{
	const struct testca_ca *root = &testca->cas[TESTCA_ROOT];
	struct buf pem = buf_on(arena), private_pem = buf_on(arena);
	struct cert_order order = {
		.serial = testca_serial(arena),
		.issuer = root->name,
		.not_before_ms = at_ms - DAY_MS,
		.not_after_ms = at_ms + SERVER_DAYS * DAY_MS,
		.subject_key = key,
		.issuer_key_id = root->key_id,
		.usage = CERT_USE_SIGN | CERT_USE_ENCRYPT,
		.path_len = -1,
		.for_server = true,
		.dns_name = STR("localhost"),
	};
	struct str der;

	name_add(&order.subject, OID_COUNTRY, STR("TW"));
	name_add(&order.subject, OID_ORGANISATION, STR("youju demo, not real"));
	name_add(&order.subject, OID_COMMON_NAME, STR("localhost"));
	TRY(cert_make(arena, &order, root->key, &der));
	pem_put(&pem, "CERTIFICATE", der);
	TRY(key_write(&private_pem, key, STR("")));
	TRY(file_save(testca_path(testca, arena, "tls/server.key"), buf_str(&private_pem)));
	return file_save(testca_path(testca, arena, "tls/server.pem"), buf_str(&pem));
}

enum fail testca_issue_server(struct testca *testca, int64_t at_ms)
{
	struct arena arena = arena_open_secret(CARD_ARENA_BYTES);
	struct key key;
	enum fail fail = key_make(KEY_P256, &key);

	if (fail == OK)
		fail = server_save(testca, &arena, at_ms, key);
	if (fail == OK)
		key_close(&key);
	arena_close(&arena);
	return fail;
}
