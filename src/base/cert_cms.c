#include "base/cert_cms.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <string.h>
#include <time.h>

#include "base/cert_lib.h"

static const char OID_NONCE[] = "1.2.840.113549.1.9.25.3", OID_CARD_NUMBER[] = "2.16.886.1.100.2.204";

const char *cms_verdict_name(enum cms_verdict verdict)
{
	static const char *const names[] = {
		[CMS_GOOD] = "good",
		[CMS_MALFORMED] = "malformed",
		[CMS_NOT_ONE_SIGNER] = "not_one_signer",
		[CMS_NO_CERTIFICATE] = "no_certificate",
		[CMS_NO_ATTRIBUTES] = "no_attributes",
		[CMS_WEAK_ALGORITHM] = "weak_algorithm",
		[CMS_OTHER_CONTENT] = "other_content",
		[CMS_WRONG_SIGNATURE] = "wrong_signature",
		[CMS_OTHER_NONCE] = "other_nonce",
	};

	static_assert(ARRAY_LEN(names) == CMS_VERDICT_COUNT, "every verdict has a name");
	return names[verdict];
}

static struct str string_view(const ASN1_STRING *text)
{
	return str_bytes(ASN1_STRING_get0_data(text), (size_t)ASN1_STRING_length(text));
}

/* The single value of a signed attribute. OK with NULL when it is absent; FAIL_SYNTAX when it is
 * there more than once or has several values. */
static enum fail attribute_find(const CMS_SignerInfo *signer, const char *oid, const ASN1_TYPE **out)
{
	ASN1_OBJECT *object = OBJ_txt2obj(oid, 1);
	int at = CMS_signed_get_attr_by_OBJ(signer, object, -1);
	int again = at < 0 ? -1 : CMS_signed_get_attr_by_OBJ(signer, object, at);
	X509_ATTRIBUTE *attribute = at < 0 ? NULL : CMS_signed_get_attr(signer, at);

	ASN1_OBJECT_free(object);
	*out = NULL;
	if (!attribute)
		return OK;
	if (again >= 0 || X509_ATTRIBUTE_count(attribute) != 1)
		return FAIL_SYNTAX;
	*out = X509_ATTRIBUTE_get0_type(attribute, 0);
	return OK;
}

/* The string type of the real attributes is unverified: the plausible ones are accepted. */
static enum fail attribute_text(struct arena *arena, const CMS_SignerInfo *signer, const char *oid,
                                struct str *out)
{
	const ASN1_TYPE *value;

	*out = STR("");
	TRY(attribute_find(signer, oid, &value));
	if (!value)
		return OK;
	if (value->type != V_ASN1_OCTET_STRING && value->type != V_ASN1_PRINTABLESTRING &&
	    value->type != V_ASN1_UTF8STRING && value->type != V_ASN1_IA5STRING)
		return FAIL_SYNTAX;
	*out = str_copy(arena, string_view(value->value.asn1_string));
	return OK;
}

static enum fail attribute_time(const CMS_SignerInfo *signer, int64_t *out_ms)
{
	const ASN1_TYPE *value;
	struct tm tm;

	*out_ms = 0;
	TRY(attribute_find(signer, "1.2.840.113549.1.9.5", &value));
	if (!value)
		return OK;
	if ((value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME) ||
	    ASN1_TIME_to_tm((const ASN1_TIME *)value->value.asn1_string, &tm) != 1)
		return FAIL_SYNTAX;
	*out_ms = (int64_t)timegm(&tm) * 1000;
	return OK;
}

static bool content_type_is_data(const CMS_SignerInfo *signer)
{
	const ASN1_TYPE *value;

	return attribute_find(signer, "1.2.840.113549.1.9.3", &value) == OK && value &&
	       value->type == V_ASN1_OBJECT && OBJ_obj2nid(value->value.object) == NID_pkcs7_data;
}

static enum fail attributes_read(struct arena *arena, const CMS_SignerInfo *signer, struct cms_facts *facts)
{
	const ASN1_TYPE *digest;

	TRY(attribute_find(signer, "1.2.840.113549.1.9.4", &digest));
	if (!digest || !content_type_is_data(signer))
		return FAIL_SYNTAX;
	TRY(attribute_text(arena, signer, OID_NONCE, &facts->nonce));
	TRY(attribute_text(arena, signer, OID_CARD_NUMBER, &facts->card_number));
	return attribute_time(signer, &facts->signed_at_ms);
}

static bool algorithms_are_strong(CMS_SignerInfo *signer, X509 *certificate)
{
	X509_ALGOR *digest_algorithm;
	const ASN1_OBJECT *digest;

	CMS_SignerInfo_get0_algs(signer, NULL, NULL, &digest_algorithm, NULL);
	X509_ALGOR_get0(&digest, NULL, NULL, digest_algorithm);
	int nid = OBJ_obj2nid(digest);
	return (nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512) &&
	       cert_key_is_strong(X509_get0_pubkey(certificate), true);
}

static X509 *signer_certificate(CMS_ContentInfo *cms, CMS_SignerInfo *signer)
{
	STACK_OF(X509) *inside = CMS_get1_certs(cms);
	X509 *found = NULL;

	for (int i = 0; !found && i < sk_X509_num(inside); i++)
		if (CMS_SignerInfo_cert_cmp(signer, sk_X509_value(inside, i)) == 0)
			found = sk_X509_value(inside, i);
	if (found)
		X509_up_ref(found);
	sk_X509_pop_free(inside, X509_free);
	return found;
}

/* Content and attributes apart: CMS_verify does both, but OpenSSL 3.0 leaks its copy of the content
 * there when the message names a digest that it does not know. */
static bool content_is(CMS_ContentInfo *cms, CMS_SignerInfo *signer, struct str content)
{
	BIO *bio = BIO_new_mem_buf(content.at, (int)content.len);
	BIO *digesting = bio ? CMS_dataInit(cms, bio) : NULL;
	char part[4096];
	bool ok;

	if (!digesting) {
		BIO_free(bio);
		return false;
	}
	while (BIO_read(digesting, part, sizeof part) > 0)
		;
	ok = CMS_SignerInfo_verify_content(signer, digesting) == 1;
	BIO_free_all(digesting);
	return ok;
}

static bool signature_holds(CMS_ContentInfo *cms, CMS_SignerInfo *signer, X509 *certificate, struct str content)
{
	CMS_SignerInfo_set1_signer_cert(signer, certificate);
	return CMS_SignerInfo_verify(signer) == 1 && content_is(cms, signer, content);
}

static struct str certificate_der(struct arena *arena, X509 *certificate)
{
	unsigned char *at = NULL;
	int len = i2d_X509(certificate, &at);
	struct str der = len > 0 ? str_copy(arena, str_bytes(at, (size_t)len)) : STR("");

	OPENSSL_free(at);
	return der;
}

static enum cms_verdict signer_check(struct arena *arena, CMS_ContentInfo *cms, CMS_SignerInfo *signer,
                                     X509 *certificate, struct str content, struct cms_facts *facts)
{
	ASN1_OCTET_STRING **inside = CMS_get0_content(cms);

	if (attributes_read(arena, signer, facts) != OK)
		return CMS_NO_ATTRIBUTES;
	if (!algorithms_are_strong(signer, certificate))
		return CMS_WEAK_ALGORITHM;
	if (inside && *inside && !str_eq(string_view(*inside), content))
		return CMS_OTHER_CONTENT;
	if (!signature_holds(cms, signer, certificate, content))
		return CMS_WRONG_SIGNATURE;
	facts->signer_der = certificate_der(arena, certificate);
	return CMS_GOOD;
}

static enum cms_verdict message_check(struct arena *arena, CMS_ContentInfo *cms, struct str content,
                                      struct cms_facts *facts)
{
	STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);

	if (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed ||
	    OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data)
		return CMS_MALFORMED;
	if (sk_CMS_SignerInfo_num(signers) != 1)
		return CMS_NOT_ONE_SIGNER;
	CMS_SignerInfo *signer = sk_CMS_SignerInfo_value(signers, 0);
	X509 *certificate = signer_certificate(cms, signer);
	if (!certificate)
		return CMS_NO_CERTIFICATE;
	enum cms_verdict verdict = signer_check(arena, cms, signer, certificate, content, facts);
	X509_free(certificate);
	return verdict;
}

enum cms_verdict cms_verify(struct arena *arena, struct str der, struct str content, struct str nonce,
                            struct cms_facts *out)
{
	const unsigned char *at = (const unsigned char *)der.at;
	struct cms_facts facts = { .signer_der = STR("") };
	enum cms_verdict verdict = CMS_MALFORMED;

	if (der.len > CMS_MAX_BYTES || content.len > CMS_CONTENT_MAX_BYTES)
		return verdict;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)der.len);
	if (cms && at == (const unsigned char *)der.at + der.len)
		verdict = message_check(arena, cms, content, &facts);
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	if (verdict == CMS_GOOD && facts.nonce.len && !str_eq(facts.nonce, nonce))
		verdict = CMS_OTHER_NONCE;
	if (verdict == CMS_GOOD)
		*out = facts;
	return verdict;
}

static bool attribute_add(CMS_SignerInfo *signer, const char *oid, int type, struct str value)
{
	ASN1_OBJECT *object = OBJ_txt2obj(oid, 1);
	bool ok = !value.len || (object && CMS_signed_add1_attr_by_OBJ(signer, object, type, value.at,
	                                                               (int)value.len) == 1);

	ASN1_OBJECT_free(object);
	return ok;
}

static bool attributes_add(CMS_SignerInfo *signer, const struct card *card, struct str nonce, int64_t at_ms)
{
	ASN1_TIME *time = ASN1_TIME_set(NULL, (time_t)(at_ms / 1000));
	bool ok = time && CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime,
	                                              ASN1_STRING_type(time), time, -1) == 1;

	ASN1_TIME_free(time);
	return ok && attribute_add(signer, OID_NONCE, V_ASN1_OCTET_STRING, nonce) &&
	       attribute_add(signer, OID_CARD_NUMBER, V_ASN1_PRINTABLESTRING, card->card_number);
}

static bool message_sign(CMS_ContentInfo *cms, X509 *certificate, const struct card *card,
                         struct str content, struct str nonce, int64_t at_ms, unsigned flags)
{
	CMS_SignerInfo *signer = cms ? CMS_add1_signer(cms, certificate, card->key.handle,
	                                               EVP_sha256(), flags | CMS_NOSMIMECAP) : NULL;
	BIO *bio = BIO_new_mem_buf(content.at, (int)content.len);
	bool ok = signer && bio && attributes_add(signer, card, nonce, at_ms) &&
	          CMS_final(cms, bio, NULL, flags) == 1;

	BIO_free(bio);
	return ok;
}

enum fail cms_sign(struct arena *arena, const struct card *card, struct str content, struct str nonce,
                   int64_t at_ms, bool enveloping, struct str *der_out)
{
	unsigned flags = CMS_BINARY | CMS_PARTIAL | (enveloping ? 0 : CMS_DETACHED);
	X509 *certificate = cert_x509(card->cert_der);
	CMS_ContentInfo *cms = certificate ? CMS_sign(NULL, NULL, NULL, NULL, flags) : NULL;
	unsigned char *at = NULL;
	int len = -1;

	if (content.len <= CMS_CONTENT_MAX_BYTES && cms && message_sign(cms, certificate, card, content, nonce, at_ms, flags))
		len = i2d_CMS_ContentInfo(cms, &at);
	if (len > 0)
		*der_out = str_copy(arena, str_bytes(at, (size_t)len));
	OPENSSL_free(at);
	CMS_ContentInfo_free(cms);
	X509_free(certificate);
	ERR_clear_error();
	return len > 0 ? OK : FAIL_CRYPTO;
}
