/* Opening card files, declared in base/cert_cms.h. */
#include <openssl/err.h>
#include <openssl/pkcs12.h>

#include "base/cert_cms.h"
#include "base/cert_lib.h"
#include "base/file.h"

enum { CARD_BYTES_MAX = 1 << 18, PAIRS_MAX = 8, CARD_NUMBER_LEN = 16 };

void card_close(struct card *card)
{
	key_close(&card->key);
}

struct found {
	struct key keys[PAIRS_MAX];
	struct str certs[PAIRS_MAX];
	size_t key_count, cert_count;
};

static enum fail block_take(struct arena *arena, struct str *rest, struct str pin, struct found *found)
{
	struct str here = *rest, label, der;

	TRY(pem_take(arena, rest, &label, &der));
	if (found->key_count == PAIRS_MAX || found->cert_count == PAIRS_MAX)
		return FAIL_TOO_LARGE;
	if (str_is(label, "CERTIFICATE"))
		found->certs[found->cert_count++] = der;
	if (!str_ends(label, STR("PRIVATE KEY")))
		return OK;
	TRY(key_read(here, pin, &found->keys[found->key_count]));
	found->key_count++;
	return OK;
}

/* Index of the key that belongs to the certificate, or key_count. */
static size_t key_of(const struct found *found, struct str cert_der)
{
	X509 *x509 = cert_x509(cert_der);
	size_t i = x509 ? 0 : found->key_count;

	while (i < found->key_count && EVP_PKEY_eq(X509_get0_pubkey(x509), found->keys[i].handle) != 1)
		i++;
	X509_free(x509);
	ERR_clear_error();
	return i;
}

/* The first pair that may sign; else the first pair, so that the keeper says what is wrong with it. */
static enum fail pair_choose(struct arena *arena, struct found *found, struct card *out)
{
	size_t best_cert = found->cert_count, best_key = 0;

	for (size_t i = 0; i < found->cert_count; i++) {
		size_t key = key_of(found, found->certs[i]);
		struct cert_facts facts;
		if (key == found->key_count || cert_read(arena, found->certs[i], &facts) != OK)
			continue;
		bool signs = (facts.usage & CERT_USE_SIGN) != 0;
		if (best_cert == found->cert_count || signs) {
			best_cert = i;
			best_key = key;
		}
		if (signs)
			break;
	}
	if (best_cert == found->cert_count)
		return FAIL_SYNTAX;
	out->cert_der = str_copy(arena, found->certs[best_cert]);
	out->key = found->keys[best_key];
	found->keys[best_key].handle = NULL;
	return OK;
}

/* TP and 14 digits behind the mark: our own remark in PEM, the label in PKCS#12. */
static struct str number_find(struct arena *arena, struct str text, struct str mark)
{
	size_t at;

	if (!str_find(text, mark, &at))
		return STR("");
	struct str number = str_slice(text, at + mark.len - 2, CARD_NUMBER_LEN);
	bool ok = number.len == CARD_NUMBER_LEN;
	for (size_t i = 2; ok && i < number.len; i++)
		ok = number.at[i] >= '0' && number.at[i] <= '9';
	return ok ? str_copy(arena, number) : STR("");
}

static enum fail pem_open(struct arena *arena, struct arena *secret, struct str text, struct str pin,
                          struct card *out)
{
	struct found *found = arena_new(secret, struct found);
	struct str rest = text;
	enum fail fail = OK;

	while (fail == OK)
		fail = block_take(secret, &rest, pin, found);
	fail = fail == FAIL_NOT_FOUND ? pair_choose(arena, found, out) : fail;
	keys_close(found->key_count, found->keys);
	if (fail == OK)
		out->card_number = number_find(arena, text, STR("Card-Number: TP"));
	return fail;
}

static struct str label_of(X509 *x509)
{
	int len = 0;
	const unsigned char *label = X509_alias_get0(x509, &len);

	return label && len > 0 ? str_bytes(label, (size_t)len) : STR("");
}

static enum fail p12_open(struct arena *arena, struct arena *secret, struct str der, struct str pin,
                          struct card *out)
{
	const unsigned char *at = (const unsigned char *)der.at;
	PKCS12 *p12 = d2i_PKCS12(NULL, &at, (long)der.len);
	const char *password = str_c(secret, pin);
	EVP_PKEY *key = NULL;
	X509 *x509 = NULL;
	unsigned char *again = NULL;
	enum fail fail = p12 ? FAIL_UNTRUSTED : FAIL_SYNTAX;

	if (p12 && PKCS12_verify_mac(p12, password, -1) == 1)
		fail = PKCS12_parse(p12, password, &key, &x509, NULL) == 1 && key && x509 ? OK : FAIL_SYNTAX;
	int len = fail == OK ? i2d_X509(x509, &again) : 0;
	if (fail == OK) {
		out->key = (struct key){ key };
		out->cert_der = str_copy(arena, str_bytes(again, (size_t)len));
		out->card_number = number_find(arena, label_of(x509), STR(" TP"));
	} else {
		EVP_PKEY_free(key);
	}
	OPENSSL_free(again);
	X509_free(x509);
	PKCS12_free(p12);
	ERR_clear_error();
	return fail;
}

enum fail card_open(struct arena *arena, const char *path, char *pin, size_t pin_len, struct card *out)
{
	struct arena secret = arena_open_secret(8 * CARD_BYTES_MAX);
	struct str bytes, typed = str_bytes(pin, pin_len);
	struct card card = { .card_number = STR("") };
	enum fail fail = file_load(&secret, path, CARD_BYTES_MAX, &bytes);

	if (fail == OK)
		fail = der_next_is(bytes, DER_SEQUENCE) ? p12_open(arena, &secret, bytes, typed, &card)
		                                        : pem_open(arena, &secret, bytes, typed, &card);
	if (pin_len)
		wipe(pin, pin_len);
	arena_close(&secret);
	if (fail == OK)
		*out = card;
	return fail;
}
