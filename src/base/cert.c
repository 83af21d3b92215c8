#include "base/cert.h"

#include <openssl/err.h>
#include <string.h>
#include <time.h>

#include "base/cert_lib.h"

enum { SERIAL_BYTES_MAX = 20, NAME_BYTES_MAX = 1024 };

static const struct kind_spec {
	const char *oid;
	enum cert_kind kind;
} kind_specs[] = {
	{ "2.16.886.1.100.3.1.1", CERT_PERSON },
	{ "2.16.886.1.100.3.2.1.1", CERT_AGENCY },
	{ "2.16.886.1.100.3.2.1.2", CERT_UNIT },
	{ "2.16.886.1.100.3.3.1", CERT_SERVER },
};

static const struct authority_spec {
	const char *unit; /* the issuer's OU */
	enum cert_authority authority;
} authority_specs[] = {
	{ "內政部憑證管理中心", CERT_AUTHORITY_CITIZEN },
	{ "政府憑證管理中心", CERT_AUTHORITY_GOVERNMENT },
	{ "政府測試憑證管理中心", CERT_AUTHORITY_GOVERNMENT },
	{ "組織及團體憑證管理中心", CERT_AUTHORITY_ORGANISATION },
};

/* Subject directory attributes we read, and where they go. */
static const struct attribute_spec {
	const char *oid;
	size_t at; /* of a struct str in struct cert_facts */
} attribute_specs[] = {
	{ "2.16.886.1.100.2.51", offsetof(struct cert_facts, last_four) },
	{ "2.16.886.1.100.2.102", offsetof(struct cert_facts, organisation_oid) },
	{ "2.16.886.1.100.2.204", offsetof(struct cert_facts, card_number) },
};

static const char OID_DIRECTORY_ATTRIBUTES[] = "2.5.29.9";
/* Some versions of the citizen card carry the last four characters here instead. */
static const char OID_MOICA_EXTENSION[] = "2.16.886.1.100.1.1";

struct cert_facts cert_facts_none(void)
{
	struct str none = STR("");

	return (struct cert_facts){ .common_name = none, .subject = none, .issuer = none,
	                            .subject_serial = none, .serial = none, .subject_key_id = none,
	                            .authority_key_id = none, .last_four = none,
	                            .organisation_oid = none, .card_number = none, .ocsp_url = none };
}

const char *cert_kind_name(enum cert_kind kind)
{
	static const char *const names[] = {
		[CERT_KIND_NONE] = "none", [CERT_PERSON] = "person", [CERT_AGENCY] = "agency",
		[CERT_UNIT] = "unit",      [CERT_SERVER] = "server",
	};

	static_assert(ARRAY_LEN(names) == CERT_KIND_COUNT, "every kind has a name");
	return names[kind];
}

const char *cert_authority_name(enum cert_authority authority)
{
	static const char *const names[] = {
		[CERT_AUTHORITY_OTHER] = "other",
		[CERT_AUTHORITY_CITIZEN] = "citizen",
		[CERT_AUTHORITY_GOVERNMENT] = "government",
		[CERT_AUTHORITY_ORGANISATION] = "organisation",
	};

	static_assert(ARRAY_LEN(names) == CERT_AUTHORITY_COUNT, "every authority has a name");
	return names[authority];
}

X509 *cert_x509(struct str der)
{
	const unsigned char *at = (const unsigned char *)der.at;
	unsigned char *again = NULL;
	X509 *x509 = d2i_X509(NULL, &at, (long)der.len);
	int len = x509 ? i2d_X509(x509, &again) : -1;
	bool same = len >= 0 && (size_t)len == der.len && memcmp(again, der.at, der.len) == 0;

	OPENSSL_free(again);
	ERR_clear_error();
	if (same)
		return x509;
	X509_free(x509);
	return NULL;
}

/* Text for people must be UTF-8 without control characters: a name that hides a line break would
 * forge a line in a list. */
static enum fail text_check(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((uint8_t)text.at[i] < 0x20 || text.at[i] == 0x7f)
			return FAIL_SYNTAX;
	return str_is_utf8(text) ? OK : FAIL_SYNTAX;
}

static enum fail name_read(struct arena *arena, const X509_NAME *name, struct str *out)
{
	char *at;
	BIO *bio = BIO_new(BIO_s_mem());
	unsigned long flags = (XN_FLAG_ONELINE & ~(unsigned long)ASN1_STRFLGS_ESC_MSB &
	                       ~(unsigned long)XN_FLAG_SPC_EQ) | ASN1_STRFLGS_UTF8_CONVERT;
	bool ok = bio && X509_NAME_print_ex(bio, name, 0, flags) >= 0;
	long len = ok ? BIO_get_mem_data(bio, &at) : -1;

	ok = len >= 0 && len <= NAME_BYTES_MAX;
	if (ok)
		*out = str_copy(arena, str_bytes(at, (size_t)len));
	BIO_free(bio);
	return ok ? text_check(*out) : FAIL_SYNTAX;
}

/* The single attribute of that kind; two of them contradict each other. "" when absent. */
static enum fail name_part_read(struct arena *arena, const X509_NAME *name, int nid, struct str *out)
{
	unsigned char *utf8 = NULL;
	int at = X509_NAME_get_index_by_NID(name, nid, -1);

	*out = STR("");
	if (at < 0)
		return OK;
	if (X509_NAME_get_index_by_NID(name, nid, at) >= 0)
		return FAIL_SYNTAX;
	int len = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
	bool ok = len >= 0 && len <= NAME_BYTES_MAX;
	if (ok)
		*out = str_copy(arena, str_bytes(utf8, (size_t)len));
	OPENSSL_free(utf8);
	return ok ? text_check(*out) : FAIL_SYNTAX;
}

static enum fail serial_read(struct arena *arena, const X509 *x509, struct str *out)
{
	const ASN1_INTEGER *serial = X509_get0_serialNumber(x509);
	struct str bytes = str_bytes(ASN1_STRING_get0_data(serial), (size_t)ASN1_STRING_length(serial));

	while (bytes.len && bytes.at[0] == 0)
		bytes = str_slice(bytes, 1, bytes.len - 1);
	if (!bytes.len || bytes.len > SERIAL_BYTES_MAX || ASN1_STRING_type(serial) != V_ASN1_INTEGER)
		return FAIL_SYNTAX;
	*out = hex_text(arena, bytes.at, bytes.len);
	return OK;
}

static enum fail instant_read(const ASN1_TIME *time, int64_t *out_ms)
{
	struct tm tm;

	if (ASN1_TIME_to_tm(time, &tm) != 1)
		return FAIL_SYNTAX;
	*out_ms = (int64_t)timegm(&tm) * 1000;
	return OK;
}

static struct str key_id_text(struct arena *arena, const ASN1_OCTET_STRING *id)
{
	if (!id)
		return STR("");
	return hex_text(arena, ASN1_STRING_get0_data(id), (size_t)ASN1_STRING_length(id));
}

/* Two kinds at once contradict each other; an OID that is no kind says nothing. */
static enum fail kind_learn(struct str oid, struct cert_facts *facts)
{
	for (size_t i = 0; i < ARRAY_LEN(kind_specs); i++) {
		if (!str_is(oid, kind_specs[i].oid))
			continue;
		if (facts->kind != CERT_KIND_NONE && facts->kind != kind_specs[i].kind)
			return FAIL_SYNTAX;
		facts->kind = kind_specs[i].kind;
	}
	return OK;
}

static enum fail policies_read(X509 *x509, struct cert_facts *facts)
{
	CERTIFICATEPOLICIES *policies = X509_get_ext_d2i(x509, NID_certificate_policies, NULL, NULL);
	enum fail fail = OK;
	char text[128];

	for (int i = 0; fail == OK && i < sk_POLICYINFO_num(policies); i++) {
		OBJ_obj2txt(text, sizeof text, sk_POLICYINFO_value(policies, i)->policyid, 1);
		fail = kind_learn(str_from(text), facts);
	}
	CERTIFICATEPOLICIES_free(policies);
	return fail;
}

/* An attribute's value as text. The encoding of the real ones is unverified, so every plausible
 * string type is accepted, also one wrapped in an OCTET STRING. */
static enum fail value_read(struct arena *arena, struct str *rest, struct str *out)
{
	struct der value, inner;

	TRY(der_take(rest, &value));
	struct str body = value.body;
	if (value.tag == DER_OCTET_STRING && der_take(&body, &inner) == OK && !body.len)
		value = inner;
	if (value.tag == DER_OID)
		*out = der_oid_text(arena, value.body);
	else
		*out = str_copy(arena, value.body);
	return text_check(*out);
}

static enum fail attribute_learn(struct arena *arena, struct str oid, struct str value,
                                 struct cert_facts *facts)
{
	for (size_t i = 0; i < ARRAY_LEN(attribute_specs); i++) {
		struct str *field = (struct str *)(void *)((char *)facts + attribute_specs[i].at);
		if (!str_is(oid, attribute_specs[i].oid))
			continue;
		if (field->len && !str_eq(*field, value))
			return FAIL_SYNTAX;
		*field = str_copy(arena, value);
		return OK;
	}
	return kind_learn(value, facts);
}

/* SEQUENCE OF Attribute (RFC 5280 4.2.1.8). */
static enum fail attributes_read(struct arena *arena, struct str bytes, struct cert_facts *facts)
{
	struct der list, attribute, oid, values;
	struct str value;

	TRY(der_take_tag(&bytes, DER_SEQUENCE, &list));
	while (list.body.len) {
		TRY(der_take_tag(&list.body, DER_SEQUENCE, &attribute));
		TRY(der_take_tag(&attribute.body, DER_OID, &oid));
		TRY(der_take_tag(&attribute.body, DER_SET, &values));
		while (values.body.len) {
			TRY(value_read(arena, &values.body, &value));
			TRY(attribute_learn(arena, der_oid_text(arena, oid.body), value, facts));
		}
	}
	return bytes.len ? FAIL_SYNTAX : OK;
}

/* The variant extension holds either attributes or the four characters themselves. */
static enum fail variant_read(struct arena *arena, struct str bytes, struct cert_facts *facts)
{
	struct str text;

	if (der_next_is(bytes, DER_SEQUENCE))
		return attributes_read(arena, bytes, facts);
	TRY(value_read(arena, &bytes, &text));
	return bytes.len ? FAIL_SYNTAX
	                 : attribute_learn(arena, STR("2.16.886.1.100.2.51"), text, facts);
}

static enum fail extensions_read(struct arena *arena, const X509 *x509, struct cert_facts *facts)
{
	char oid[128];

	for (int i = 0; i < X509_get_ext_count(x509); i++) {
		X509_EXTENSION *extension = X509_get_ext(x509, i);
		const ASN1_OCTET_STRING *data = X509_EXTENSION_get_data(extension);
		struct str bytes = str_bytes(ASN1_STRING_get0_data(data), (size_t)ASN1_STRING_length(data));

		OBJ_obj2txt(oid, sizeof oid, X509_EXTENSION_get_object(extension), 1);
		if (strcmp(oid, OID_DIRECTORY_ATTRIBUTES) == 0)
			TRY(attributes_read(arena, bytes, facts));
		if (strcmp(oid, OID_MOICA_EXTENSION) == 0)
			TRY(variant_read(arena, bytes, facts));
	}
	return OK;
}

static enum fail last_four_check(struct str text)
{
	if (text.len != 0 && text.len != 4)
		return FAIL_SYNTAX;
	for (size_t i = 0; i < text.len; i++)
		if (!(text.at[i] >= '0' && text.at[i] <= '9') && !(text.at[i] >= 'A' && text.at[i] <= 'Z'))
			return FAIL_SYNTAX;
	return OK;
}

static void authority_learn(struct str unit, struct cert_facts *facts)
{
	for (size_t i = 0; i < ARRAY_LEN(authority_specs); i++)
		if (str_is(unit, authority_specs[i].unit))
			facts->authority = authority_specs[i].authority;
}

static unsigned usage_bits(X509 *x509)
{
	uint32_t usage = X509_get_key_usage(x509);
	unsigned bits = 0;

	if (usage == UINT32_MAX)
		return 0;
	if (usage & KU_DIGITAL_SIGNATURE)
		bits |= CERT_USE_SIGN;
	if (usage & (KU_KEY_ENCIPHERMENT | KU_DATA_ENCIPHERMENT))
		bits |= CERT_USE_ENCRYPT;
	if (usage & KU_KEY_CERT_SIGN)
		bits |= CERT_USE_CERTIFY;
	if (usage & KU_CRL_SIGN)
		bits |= CERT_USE_CRL;
	return bits;
}

static void key_learn(const EVP_PKEY *key, struct cert_facts *facts)
{
	int id = EVP_PKEY_get_base_id(key);

	facts->key = id == EVP_PKEY_RSA ? CERT_KEY_RSA : id == EVP_PKEY_EC ? CERT_KEY_EC : CERT_KEY_OTHER;
	facts->key_bits = EVP_PKEY_get_bits(key);
}

static enum fail ocsp_read(struct arena *arena, X509 *x509, struct str *out)
{
	AUTHORITY_INFO_ACCESS *access = X509_get_ext_d2i(x509, NID_info_access, NULL, NULL);

	for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(access); i++) {
		const ACCESS_DESCRIPTION *one = sk_ACCESS_DESCRIPTION_value(access, i);
		if (OBJ_obj2nid(one->method) != NID_ad_OCSP || one->location->type != GEN_URI || out->len)
			continue;
		const ASN1_IA5STRING *uri = one->location->d.uniformResourceIdentifier;
		*out = str_copy(arena, str_bytes(ASN1_STRING_get0_data(uri), (size_t)ASN1_STRING_length(uri)));
	}
	AUTHORITY_INFO_ACCESS_free(access);
	return text_check(*out);
}

static enum fail names_read(struct arena *arena, const X509 *x509, struct cert_facts *facts)
{
	const X509_NAME *subject = X509_get_subject_name(x509), *issuer = X509_get_issuer_name(x509);
	struct str unit = STR("");

	TRY(name_read(arena, subject, &facts->subject));
	TRY(name_read(arena, issuer, &facts->issuer));
	TRY(name_part_read(arena, subject, NID_commonName, &facts->common_name));
	TRY(name_part_read(arena, subject, NID_serialNumber, &facts->subject_serial));
	if (name_part_read(arena, issuer, NID_organizationalUnitName, &unit) == OK)
		authority_learn(unit, facts);
	return OK;
}

enum fail cert_read_x509(struct arena *arena, X509 *x509, struct str der, struct cert_facts *out)
{
	struct cert_facts facts = cert_facts_none();
	const EVP_PKEY *key = X509_get0_pubkey(x509);

	if (!key || X509_get_extension_flags(x509) & (EXFLAG_INVALID | EXFLAG_INVALID_POLICY))
		return FAIL_SYNTAX;
	facts.fingerprint = hash_bytes(der);
	TRY(names_read(arena, x509, &facts));
	TRY(serial_read(arena, x509, &facts.serial));
	TRY(instant_read(X509_get0_notBefore(x509), &facts.not_before_ms));
	TRY(instant_read(X509_get0_notAfter(x509), &facts.not_after_ms));
	facts.subject_key_id = key_id_text(arena, X509_get0_subject_key_id(x509));
	facts.authority_key_id = key_id_text(arena, X509_get0_authority_key_id(x509));
	facts.usage = usage_bits(x509);
	facts.is_ca = (X509_get_extension_flags(x509) & EXFLAG_CA) != 0;
	key_learn(key, &facts);
	TRY(policies_read(x509, &facts));
	TRY(extensions_read(arena, x509, &facts));
	TRY(last_four_check(facts.last_four));
	TRY(ocsp_read(arena, x509, &facts.ocsp_url));
	*out = facts;
	return OK;
}

enum fail cert_read(struct arena *arena, struct str der, struct cert_facts *out)
{
	if (der.len > CERT_MAX_BYTES)
		return FAIL_TOO_LARGE;
	X509 *x509 = cert_x509(der);
	if (!x509)
		return FAIL_SYNTAX;
	enum fail fail = cert_read_x509(arena, x509, der, out);
	X509_free(x509);
	ERR_clear_error();
	return fail;
}
