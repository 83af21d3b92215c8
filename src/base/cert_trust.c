#include "base/cert_trust.h"

#include <openssl/err.h>
#include <string.h>

#include "base/cert_lib.h"

enum { CAS_MAX = 64, CHAIN_MAX = 6, HOUR_MS = 3600000, TRUST_ARENA_BYTES = 4 << 20 };

struct ca {
	X509 *x509;
	struct cert_facts facts;
	bool is_root;
	struct crl crl;
	bool has_crl;
};

struct cert_trust {
	struct arena arena;
	struct ca cas[CAS_MAX];
	size_t count;
	struct trust_files files;
};

const char *cert_verdict_name(enum cert_verdict verdict)
{
	static const char *const names[] = {
		[CERT_GOOD] = "good",
		[CERT_MALFORMED] = "malformed",
		[CERT_WEAK_ALGORITHM] = "weak_algorithm",
		[CERT_UNKNOWN_CRITICAL] = "unknown_critical",
		[CERT_UNKNOWN_CA] = "unknown_ca",
		[CERT_WRONG_SIGNATURE] = "wrong_signature",
		[CERT_CA_NOT_ALLOWED] = "ca_not_allowed",
		[CERT_CA_EXPIRED] = "ca_expired",
		[CERT_CA_REVOKED] = "ca_revoked",
		[CERT_NOT_YET_VALID] = "not_yet_valid",
		[CERT_EXPIRED] = "expired",
		[CERT_WRONG_USAGE] = "wrong_usage",
		[CERT_CRL_MISSING] = "crl_missing",
		[CERT_REVOKED] = "revoked",
		[CERT_CRL_STALE] = "crl_stale",
		[CERT_WRONG_KIND] = "wrong_kind",
		[CERT_NAME_MISSING] = "name_missing",
		[CERT_LAST_FOUR_MISSING] = "last_four_missing",
	};

	static_assert(ARRAY_LEN(names) == CERT_VERDICT_COUNT, "every verdict has a name");
	return names[verdict];
}

struct cert_trust *trust_new(void)
{
	struct cert_trust *trust = process_bytes(sizeof *trust);

	trust->arena = arena_open(TRUST_ARENA_BYTES);
	return trust;
}

void trust_close(struct cert_trust **trust)
{
	if (!*trust)
		return;
	for (size_t i = 0; i < (*trust)->count; i++) {
		X509_free((*trust)->cas[i].x509);
		crl_close(&(*trust)->cas[i].crl);
	}
	arena_close(&(*trust)->arena);
	process_free(*trust);
	*trust = NULL;
}

struct trust_files *trust_files(struct cert_trust *trust)
{
	return &trust->files;
}

size_t trust_ca_count(const struct cert_trust *trust)
{
	return trust->count;
}

enum fail trust_add_ca(struct cert_trust *trust, struct str der)
{
	struct ca ca = { .x509 = cert_x509(der) };
	enum fail fail = ca.x509 ? cert_read_x509(&trust->arena, ca.x509, der, &ca.facts) : FAIL_SYNTAX;

	if (fail == OK && trust->count == CAS_MAX)
		fail = FAIL_TOO_LARGE;
	if (fail == OK && (!ca.facts.is_ca || !(ca.facts.usage & CERT_USE_CERTIFY)))
		fail = FAIL_UNTRUSTED;
	if (fail) {
		X509_free(ca.x509);
		return fail;
	}
	for (size_t i = 0; i < trust->count; i++)
		if (hash_eq(&trust->cas[i].facts.fingerprint, &ca.facts.fingerprint)) {
			X509_free(ca.x509);
			return OK;
		}
	ca.is_root = X509_NAME_cmp(X509_get_subject_name(ca.x509), X509_get_issuer_name(ca.x509)) == 0 &&
	             X509_verify(ca.x509, X509_get0_pubkey(ca.x509)) == 1;
	ERR_clear_error();
	trust->cas[trust->count++] = ca;
	return OK;
}

static bool ca_signs(const struct ca *ca, X509 *subject)
{
	bool ok = X509_verify(subject, X509_get0_pubkey(ca->x509)) == 1;

	ERR_clear_error();
	return ok;
}

/* The issuer by name and key identifier. Without an identifier the signature decides among the
 * CAs of that name. */
static enum cert_verdict issuer_find(const struct cert_trust *trust, X509 *subject,
                                     struct str authority_key_id, const struct ca **out)
{
	bool named = false;

	for (size_t i = 0; i < trust->count; i++) {
		const struct ca *ca = &trust->cas[i];
		if (X509_NAME_cmp(X509_get_subject_name(ca->x509), X509_get_issuer_name(subject)) != 0)
			continue;
		if (authority_key_id.len && !str_eq(ca->facts.subject_key_id, authority_key_id))
			continue;
		named = true;
		*out = ca;
		if (ca_signs(ca, subject))
			return CERT_GOOD;
	}
	return named ? CERT_WRONG_SIGNATURE : CERT_UNKNOWN_CA;
}

static enum cert_verdict ca_check(const struct ca *ca, long cas_below, int64_t at_ms,
                                  const struct cert_limits *limits)
{
	long path_len = X509_get_pathlen(ca->x509);

	if (!cert_key_is_strong(X509_get0_pubkey(ca->x509), limits->allow_curves))
		return CERT_WEAK_ALGORITHM;
	if (!ca->is_root && !cert_signature_is_strong(ca->x509, limits->allow_curves))
		return CERT_WEAK_ALGORITHM;
	if (X509_get_extension_flags(ca->x509) & EXFLAG_CRITICAL)
		return CERT_UNKNOWN_CRITICAL;
	if (path_len >= 0 && cas_below > path_len)
		return CERT_CA_NOT_ALLOWED;
	if (at_ms < ca->facts.not_before_ms || at_ms > ca->facts.not_after_ms)
		return CERT_CA_EXPIRED;
	return CERT_GOOD;
}

static struct str serial_of(const X509 *x509)
{
	const ASN1_INTEGER *serial = X509_get0_serialNumber(x509);

	return str_bytes(ASN1_STRING_get0_data(serial), (size_t)ASN1_STRING_length(serial));
}

/* From the issuer of the end certificate up to a root of the store. */
static enum cert_verdict chain_check(const struct cert_trust *trust, const struct ca *ca,
                                     int64_t at_ms, const struct cert_limits *limits)
{
	const struct ca *above = NULL;
	int64_t revoked_at_ms;

	for (long below = 0; below < CHAIN_MAX; below++) {
		enum cert_verdict verdict = ca_check(ca, below, at_ms, limits);
		if (verdict != CERT_GOOD || ca->is_root)
			return verdict;
		verdict = issuer_find(trust, ca->x509, ca->facts.authority_key_id, &above);
		if (verdict != CERT_GOOD)
			return verdict;
		if (above->has_crl && crl_find(&above->crl, serial_of(ca->x509), &revoked_at_ms))
			return CERT_CA_REVOKED;
		ca = above;
	}
	return CERT_UNKNOWN_CA;
}

static enum cert_verdict algorithms_check(X509 *x509, const struct cert_limits *limits)
{
	if (!cert_key_is_strong(X509_get0_pubkey(x509), limits->allow_curves) ||
	    !cert_signature_is_strong(x509, limits->allow_curves))
		return CERT_WEAK_ALGORITHM;
	if (X509_get_extension_flags(x509) & EXFLAG_CRITICAL)
		return CERT_UNKNOWN_CRITICAL;
	return CERT_GOOD;
}

static enum cert_verdict time_and_usage_check(const struct cert_facts *facts, int64_t at_ms)
{
	if (at_ms < facts->not_before_ms)
		return CERT_NOT_YET_VALID;
	if (at_ms > facts->not_after_ms)
		return CERT_EXPIRED;
	return facts->usage & CERT_USE_SIGN && !facts->is_ca ? CERT_GOOD : CERT_WRONG_USAGE;
}

/* A listed serial is revoked even when the list is stale, so it is looked up first. */
static enum cert_verdict revocation_check(const struct ca *ca, struct str serial, int64_t at_ms,
                                          const struct cert_limits *limits, struct cert_report *report)
{
	if (!ca->has_crl)
		return CERT_CRL_MISSING;
	int64_t age_ms = at_ms - ca->crl.this_update_ms;
	report->crl_this_update_ms = ca->crl.this_update_ms;
	report->crl_old = age_ms > (int64_t)limits->crl_warn_hours * HOUR_MS ||
	                  at_ms > ca->crl.next_update_ms;
	if (crl_find(&ca->crl, serial, &report->revoked_at_ms))
		return CERT_REVOKED;
	return age_ms > (int64_t)limits->crl_refuse_hours * HOUR_MS ? CERT_CRL_STALE : CERT_GOOD;
}

/* Which authority issues which kind: GCA and XCA write the same attributes. */
static bool authority_issues(enum cert_authority authority, enum cert_kind kind)
{
	static const struct { enum cert_authority authority; enum cert_kind kind; } pairs[] = {
		{ CERT_AUTHORITY_CITIZEN, CERT_PERSON },
		{ CERT_AUTHORITY_GOVERNMENT, CERT_AGENCY },
		{ CERT_AUTHORITY_GOVERNMENT, CERT_UNIT },
		{ CERT_AUTHORITY_GOVERNMENT, CERT_SERVER },
	};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (pairs[i].authority == authority && pairs[i].kind == kind)
			return true;
	return false;
}

static enum cert_verdict kind_check(const struct cert_facts *facts, const struct cert_limits *limits)
{
	if (!limits->kinds)
		return CERT_GOOD;
	if (!(limits->kinds & 1u << facts->kind) || !authority_issues(facts->authority, facts->kind))
		return CERT_WRONG_KIND;
	if (facts->kind != CERT_PERSON)
		return CERT_GOOD;
	if (!facts->common_name.len)
		return CERT_NAME_MISSING;
	return facts->last_four.len ? CERT_GOOD : CERT_LAST_FOUR_MISSING;
}

static enum cert_verdict x509_check(const struct cert_trust *trust, X509 *x509, int64_t at_ms,
                                    const struct cert_limits *limits, struct cert_report *report)
{
	const struct ca *ca = NULL;
	enum cert_verdict verdict = algorithms_check(x509, limits);

	if (verdict == CERT_GOOD)
		verdict = issuer_find(trust, x509, report->facts.authority_key_id, &ca);
	if (verdict == CERT_GOOD)
		verdict = chain_check(trust, ca, at_ms, limits);
	if (verdict == CERT_GOOD)
		verdict = time_and_usage_check(&report->facts, at_ms);
	if (verdict == CERT_GOOD)
		verdict = revocation_check(ca, serial_of(x509), at_ms, limits, report);
	return verdict == CERT_GOOD ? kind_check(&report->facts, limits) : verdict;
}

X509 *trust_issuer_of(const struct cert_trust *trust, struct arena *arena, X509 *x509)
{
	const ASN1_OCTET_STRING *id = X509_get0_authority_key_id(x509);
	struct str hex = id ? hex_text(arena, ASN1_STRING_get0_data(id), (size_t)ASN1_STRING_length(id)) : STR("");
	const struct ca *ca = NULL;

	return issuer_find(trust, x509, hex, &ca) == CERT_GOOD ? ca->x509 : NULL;
}

enum cert_verdict cert_check(const struct cert_trust *trust, struct arena *arena, struct str der,
                             int64_t at_ms, const struct cert_limits *limits, struct cert_report *out)
{
	X509 *x509 = der.len <= CERT_MAX_BYTES ? cert_x509(der) : NULL;
	enum cert_verdict verdict = CERT_MALFORMED;

	*out = (struct cert_report){ .facts = cert_facts_none() };
	if (x509 && cert_read_x509(arena, x509, der, &out->facts) == OK)
		verdict = x509_check(trust, x509, at_ms, limits, out);
	X509_free(x509);
	ERR_clear_error();
	return verdict;
}

/* The CA that a list names; its signature decides when there is no key identifier. */
static enum fail crl_issuer_find(struct cert_trust *trust, struct arena *arena,
                                 const struct crl_parts *parts, struct ca **out)
{
	struct str id = hex_text(arena, parts->issuer_key_id.at, parts->issuer_key_id.len);
	struct str algorithm = der_oid_text(arena, parts->algorithm);
	enum fail fail = FAIL_NOT_FOUND;

	for (size_t i = 0; i < trust->count && fail != OK; i++) {
		struct ca *ca = &trust->cas[i];
		const unsigned char *name;
		size_t len;
		if (!X509_NAME_get0_der(X509_get_subject_name(ca->x509), &name, &len) ||
		    !str_eq(str_bytes(name, len), parts->issuer) ||
		    (id.len && !str_eq(id, ca->facts.subject_key_id)))
			continue;
		*out = ca;
		fail = cert_bytes_verify(X509_get0_pubkey(ca->x509), algorithm, parts->body, parts->signature);
	}
	return fail;
}

static bool ca_may_sign_crls(const struct ca *ca)
{
	return ca->facts.usage & CERT_USE_CRL && cert_key_is_strong(X509_get0_pubkey(ca->x509), true);
}

static enum fail crl_place(struct cert_trust *trust, struct arena *arena, struct str der)
{
	struct hash fingerprint = hash_bytes(der);
	struct crl_parts parts;
	struct crl crl;
	struct ca *ca = NULL;

	for (size_t i = 0; i < trust->count; i++)
		if (trust->cas[i].has_crl && hash_eq(&trust->cas[i].crl.fingerprint, &fingerprint))
			return OK;
	TRY(crl_read(arena, der, &parts));
	TRY(crl_issuer_find(trust, arena, &parts, &ca));
	if (!ca_may_sign_crls(ca))
		return FAIL_UNTRUSTED;
	if (ca->has_crl && parts.this_update_ms < ca->crl.this_update_ms)
		return FAIL_CONFLICT;
	TRY(crl_build(&parts, &crl));
	crl.fingerprint = fingerprint;
	crl_close(&ca->crl);
	ca->crl = crl;
	ca->has_crl = true;
	return OK;
}

enum fail trust_add_crl(struct cert_trust *trust, struct str bytes)
{
	struct arena arena = arena_open((size_t)CRL_MAX_BYTES * 3);
	struct str label, der = bytes;
	enum fail fail = OK;

	if (bytes.len > CRL_MAX_BYTES)
		fail = FAIL_TOO_LARGE;
	else if (!der_next_is(bytes, DER_SEQUENCE))
		fail = pem_take(&arena, &bytes, &label, &der);
	if (fail == OK)
		fail = crl_place(trust, &arena, der);
	arena_close(&arena);
	return fail == FAIL_NOT_FOUND && !der_next_is(der, DER_SEQUENCE) ? FAIL_SYNTAX : fail;
}

void trust_status(const struct cert_trust *trust, size_t index, struct trust_status *out)
{
	assert(index < trust->count);
	const struct ca *ca = &trust->cas[index];
	*out = (struct trust_status){
		.subject = ca->facts.subject,
		.subject_key_id = ca->facts.subject_key_id,
		.not_before_ms = ca->facts.not_before_ms,
		.not_after_ms = ca->facts.not_after_ms,
		.has_crl = ca->has_crl,
		.crl_this_update_ms = ca->crl.this_update_ms,
		.crl_next_update_ms = ca->crl.next_update_ms,
		.crl_count = ca->crl.count,
	};
}
