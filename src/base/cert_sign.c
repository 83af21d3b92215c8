/* Which keys and signatures we accept, and signing and verifying bytes with them. */
#include <openssl/err.h>
#include <openssl/rsa.h>

#include "base/cert_lib.h"

enum { RSA_BITS_MIN = 2048 };

static const struct algorithm_spec {
	const char *oid, *digest;
	int key;
} algorithm_specs[] = {
	{ "1.2.840.113549.1.1.11", "SHA256", EVP_PKEY_RSA },
	{ "1.2.840.113549.1.1.12", "SHA384", EVP_PKEY_RSA },
	{ "1.2.840.113549.1.1.13", "SHA512", EVP_PKEY_RSA },
	{ "1.2.840.10045.4.3.2", "SHA256", EVP_PKEY_EC },
	{ "1.2.840.10045.4.3.3", "SHA384", EVP_PKEY_EC },
	{ "1.2.840.10045.4.3.4", "SHA512", EVP_PKEY_EC },
};

bool cert_key_is_strong(const EVP_PKEY *key, bool allow_curves)
{
	char group[32];

	if (!key) /* an unreadable public key in an otherwise readable certificate */
		return false;
	if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA)
		return EVP_PKEY_get_bits(key) >= RSA_BITS_MIN;
	if (!allow_curves || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC ||
	    !EVP_PKEY_get_group_name(key, group, sizeof group, NULL))
		return false;
	int nid = OBJ_txt2nid(group);
	return nid == NID_X9_62_prime256v1 || nid == NID_secp384r1;
}

bool cert_signature_is_strong(X509 *x509, bool allow_curves)
{
	int digest, key, bits;
	uint32_t flags;

	if (X509_get_signature_info(x509, &digest, &key, &bits, &flags) != 1)
		return false;
	if (digest != NID_sha256 && digest != NID_sha384 && digest != NID_sha512)
		return false;
	return key == EVP_PKEY_RSA || key == EVP_PKEY_RSA_PSS || (allow_curves && key == EVP_PKEY_EC);
}

static const struct algorithm_spec *algorithm_find(struct str oid, const EVP_PKEY *key)
{
	for (size_t i = 0; i < ARRAY_LEN(algorithm_specs); i++)
		if (str_is(oid, algorithm_specs[i].oid) &&
		    EVP_PKEY_get_base_id(key) == algorithm_specs[i].key)
			return &algorithm_specs[i];
	return NULL;
}

enum fail cert_bytes_verify(EVP_PKEY *key, struct str algorithm_oid, struct str bytes,
                            struct str signature)
{
	const struct algorithm_spec *spec = algorithm_find(algorithm_oid, key);

	if (!spec)
		return FAIL_UNTRUSTED;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool ok = context &&
	          EVP_DigestVerifyInit_ex(context, NULL, spec->digest, NULL, NULL, key, NULL) == 1 &&
	          EVP_DigestVerify(context, (const unsigned char *)signature.at, signature.len,
	                           (const unsigned char *)bytes.at, bytes.len) == 1;
	EVP_MD_CTX_free(context);
	ERR_clear_error();
	return ok ? OK : FAIL_UNTRUSTED;
}

const char *cert_algorithm_of(const EVP_PKEY *key)
{
	return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? "1.2.840.113549.1.1.11"
	                                                  : "1.2.840.10045.4.3.2";
}

enum fail cert_bytes_sign(struct arena *arena, EVP_PKEY *key, struct str bytes, struct str *out)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	size_t len = (size_t)EVP_PKEY_get_size(key);
	unsigned char *at = arena_bytes(arena, len + 1);
	bool ok = context && EVP_DigestSignInit_ex(context, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
	          EVP_DigestSign(context, at, &len, (const unsigned char *)bytes.at, bytes.len) == 1;

	EVP_MD_CTX_free(context);
	ERR_clear_error();
	if (!ok)
		return FAIL_CRYPTO;
	*out = str_bytes(at, len);
	return OK;
}
