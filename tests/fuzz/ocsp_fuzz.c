/* Answers of a responder, as they come in from the network: judged, never believed. */
#include "base/cert_ocsp.h"

#include "base/cert_make.h"
#include "base/crypto.h"

static struct arena kept;
static struct cert_trust *trust;
static struct str certificate;

static void scene_make(void)
{
	const int64_t at_ms = 1790000000000, year_ms = INT64_C(31536000000);
	struct cert_order ca = { .serial = STR("\x01"), .not_before_ms = at_ms - year_ms, .not_after_ms = at_ms + year_ms,
		                 .usage = CERT_USE_CERTIFY | CERT_USE_CRL, .is_ca = true, .path_len = -1 };
	struct cert_order card = { .serial = STR("\x11\x22"), .not_before_ms = at_ms - year_ms, .not_after_ms = at_ms + year_ms,
		                   .usage = CERT_USE_SIGN, .path_len = -1 };
	struct key key;
	struct str ca_der;

	kept = arena_open(1 << 20);
	assert(key_make(KEY_P256, &key) == OK);
	ca.subject_key = card.subject_key = key;
	ca.issuer_key_id = card.issuer_key_id = key_id(&kept, key);
	name_add(&ca.issuer, OID_UNIT, STR("x"));
	ca.subject = card.issuer = ca.issuer;
	name_add(&card.subject, OID_COMMON_NAME, STR("y"));
	assert(cert_make(&kept, &ca, key, &ca_der) == OK && cert_make(&kept, &card, key, &certificate) == OK);
	trust = trust_new();
	assert(trust_add_ca(trust, ca_der) == OK);
	key_close(&key);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(1 << 20);
	struct ocsp_answer answer;
	struct str query;

	if (!trust)
		scene_make();
	assert(ocsp_query_make(&arena, trust, certificate, STR("0123456789abcdef"), &query) == OK && query.len > 0);
	if (ocsp_answer_read(&arena, trust, certificate, STR("0123456789abcdef"), str_bytes(bytes, len), 1790000000000, true,
	                     &answer) == OK)
		assert(answer.this_update_ms <= answer.next_update_ms + 1);
	arena_close(&arena);
	return 0;
}
