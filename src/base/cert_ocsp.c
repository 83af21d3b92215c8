#include "base/cert_ocsp.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <time.h>

#include "base/cert_lib.h"

enum { SKEW_MS = 300000, DAY_MS = 86400000 };

static OCSP_CERTID *certid_of(X509 *x509, X509 *issuer)
{
	return x509 && issuer ? OCSP_cert_to_id(EVP_sha1(), x509, issuer) : NULL; /* RFC 5019: what responders know */
}

static bool request_fill(OCSP_REQUEST *request, OCSP_CERTID *id, struct str nonce)
{
	return request && id && OCSP_request_add0_id(request, id) &&
	       OCSP_request_add1_nonce(request, (unsigned char *)(uintptr_t)nonce.at, (int)nonce.len) == 1;
}

enum fail ocsp_query_make(struct arena *arena, const struct cert_trust *trust, struct str cert_der,
                          struct str nonce, struct str *out)
{
	X509 *x509 = cert_x509(cert_der), *issuer = x509 ? trust_issuer_of(trust, arena, x509) : NULL;
	OCSP_REQUEST *request = OCSP_REQUEST_new();
	unsigned char *at = NULL;
	int len = -1;

	assert(nonce.len == OCSP_NONCE_BYTES);
	if (issuer && request_fill(request, certid_of(x509, issuer), nonce))
		len = i2d_OCSP_REQUEST(request, &at);
	if (len > 0)
		*out = str_copy(arena, str_bytes(at, (size_t)len));
	OPENSSL_free(at);
	OCSP_REQUEST_free(request);
	X509_free(x509);
	ERR_clear_error();
	return len > 0 ? OK : issuer ? FAIL_CRYPTO : FAIL_NOT_FOUND;
}

static bool time_ms(const ASN1_GENERALIZEDTIME *time, int64_t *out_ms)
{
	struct tm tm;

	if (!time || ASN1_TIME_to_tm(time, &tm) != 1)
		return false;
	*out_ms = (int64_t)timegm(&tm) * 1000;
	return true;
}

/* A responder that the issuer certified for signing answers, and for nothing that would let it certify. */
static bool is_delegate(X509 *signer, X509 *issuer, int64_t at_ms, bool allow_curves)
{
	int64_t from_ms, until_ms;

	return X509_check_issued(issuer, signer) == X509_V_OK && X509_verify(signer, X509_get0_pubkey(issuer)) == 1 &&
	       X509_get_extended_key_usage(signer) != UINT32_MAX &&
	       (X509_get_extended_key_usage(signer) & XKU_OCSP_SIGN) && X509_check_ca(signer) == 0 &&
	       cert_key_is_strong(X509_get0_pubkey(signer), allow_curves) && cert_signature_is_strong(signer, allow_curves) &&
	       time_ms(X509_get0_notBefore(signer), &from_ms) && time_ms(X509_get0_notAfter(signer), &until_ms) &&
	       from_ms <= at_ms && at_ms <= until_ms;
}

static bool digest_is_strong(const OCSP_BASICRESP *basic)
{
	const ASN1_OBJECT *algorithm;
	int digest = NID_undef;

	X509_ALGOR_get0(&algorithm, NULL, NULL, OCSP_resp_get0_tbs_sigalg(basic));
	if (OBJ_obj2nid(algorithm) == NID_rsassaPss)
		return true; /* its digest stands in parameters, which the library checks against the key */
	return OBJ_find_sigid_algs(OBJ_obj2nid(algorithm), &digest, NULL) == 1 &&
	       (digest == NID_sha256 || digest == NID_sha384 || digest == NID_sha512);
}

static bool signer_holds(OCSP_BASICRESP *basic, X509 *issuer, int64_t at_ms, bool allow_curves)
{
	STACK_OF(X509) *known = sk_X509_new_null();
	X509 *signer = NULL;
	bool good = known && sk_X509_push(known, issuer) > 0 && digest_is_strong(basic) &&
	            OCSP_resp_get0_signer(basic, &signer, known) == 1;

	if (good && X509_cmp(signer, issuer) != 0)
		good = is_delegate(signer, issuer, at_ms, allow_curves);
	/* The chain was judged above, by our rules; what is left is the signature itself. */
	good = good && OCSP_basic_verify(basic, known, NULL, OCSP_NOVERIFY | OCSP_TRUSTOTHER) == 1;
	sk_X509_free(known);
	return good;
}

static bool nonce_fits(OCSP_BASICRESP *basic, struct str nonce)
{
	int at = OCSP_BASICRESP_get_ext_by_NID(basic, NID_id_pkix_OCSP_Nonce, -1);
	const ASN1_OCTET_STRING *value = at < 0 ? NULL : X509_EXTENSION_get_data(OCSP_BASICRESP_get_ext(basic, at));

	if (at < 0)
		return true;
	struct str bytes = str_bytes(ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value));
	return str_eq(bytes, nonce) || (bytes.len == nonce.len + 2 && str_ends(bytes, nonce)); /* wrapped once more, RFC 8954 */
}

static enum fail single_read(OCSP_BASICRESP *basic, OCSP_CERTID *id, int64_t at_ms, struct ocsp_answer *out)
{
	ASN1_GENERALIZEDTIME *revoked_at, *this_update, *next_update;
	int status, reason;

	if (OCSP_resp_find_status(basic, id, &status, &reason, &revoked_at, &this_update, &next_update) != 1 ||
	    status == V_OCSP_CERTSTATUS_UNKNOWN || !time_ms(this_update, &out->this_update_ms))
		return FAIL_UNTRUSTED;
	if (!time_ms(next_update, &out->next_update_ms))
		out->next_update_ms = out->this_update_ms + DAY_MS;
	out->revoked = status == V_OCSP_CERTSTATUS_REVOKED;
	return out->this_update_ms - SKEW_MS <= at_ms && at_ms <= out->next_update_ms + SKEW_MS ? OK : FAIL_CONFLICT;
}

static enum fail basic_read(OCSP_BASICRESP *basic, X509 *x509, X509 *issuer, struct str nonce, int64_t at_ms,
                            bool allow_curves, struct ocsp_answer *out)
{
	OCSP_CERTID *id = certid_of(x509, issuer);
	struct ocsp_answer answer = { 0 };
	enum fail fail = FAIL_UNTRUSTED;

	if (id && nonce_fits(basic, nonce) && signer_holds(basic, issuer, at_ms, allow_curves))
		fail = single_read(basic, id, at_ms, &answer);
	OCSP_CERTID_free(id);
	if (fail == OK)
		*out = answer;
	return fail;
}

static enum fail response_read(OCSP_RESPONSE *response, X509 *x509, X509 *issuer, struct str nonce, int64_t at_ms,
                               bool allow_curves, struct ocsp_answer *out)
{
	if (OCSP_response_status(response) != OCSP_RESPONSE_STATUS_SUCCESSFUL)
		return FAIL_BUSY;
	OCSP_BASICRESP *basic = OCSP_response_get1_basic(response);
	if (!basic)
		return FAIL_SYNTAX;
	enum fail fail = basic_read(basic, x509, issuer, nonce, at_ms, allow_curves, out);
	OCSP_BASICRESP_free(basic);
	return fail;
}

enum fail ocsp_answer_read(struct arena *arena, const struct cert_trust *trust, struct str cert_der,
                           struct str nonce, struct str bytes, int64_t at_ms, bool allow_curves,
                           struct ocsp_answer *out)
{
	const unsigned char *at = (const unsigned char *)bytes.at, *end = at + bytes.len;
	X509 *x509 = cert_x509(cert_der), *issuer = x509 ? trust_issuer_of(trust, arena, x509) : NULL;
	OCSP_RESPONSE *response = bytes.len <= OCSP_ANSWER_BYTES_MAX ? d2i_OCSP_RESPONSE(NULL, &at, (long)bytes.len) : NULL;
	enum fail fail = FAIL_SYNTAX;

	if (response && at == end)
		fail = issuer ? response_read(response, x509, issuer, nonce, at_ms, allow_curves, out) : FAIL_NOT_FOUND;
	OCSP_RESPONSE_free(response);
	X509_free(x509);
	ERR_clear_error();
	return fail;
}
