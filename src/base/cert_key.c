/* Keys and PKCS#12, declared in base/cert_make.h. */
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/cert_lib.h"
#include "base/cert_make.h"

enum { THREADS_MAX = 16, PIN_BYTES_MAX = 128, P12_ROUNDS = 10000 };

enum fail key_make(enum key_sort sort, struct key *out)
{
	EVP_PKEY *key = NULL;

	switch (sort) {
	case KEY_RSA_2048:
		key = EVP_RSA_gen(2048);
		break;
	case KEY_RSA_4096:
		key = EVP_RSA_gen(4096);
		break;
	case KEY_P256:
		key = EVP_EC_gen("P-256");
		break;
	}
	ERR_clear_error();
	*out = (struct key){ key };
	return key ? OK : FAIL_CRYPTO;
}

void key_close(struct key *key)
{
	EVP_PKEY_free(key->handle);
	key->handle = NULL;
}

bool key_is_curve(struct key key)
{
	return EVP_PKEY_get_base_id(key.handle) == EVP_PKEY_EC;
}

void keys_close(size_t count, struct key *keys)
{
	for (size_t i = 0; i < count; i++)
		key_close(&keys[i]);
}

struct key_work {
	enum key_sort sort;
	size_t first, step, count;
	struct key *keys;
	enum fail fail;
};

static void *key_work_do(void *argument)
{
	struct key_work *work = argument;

	for (size_t i = work->first; work->fail == OK && i < work->count; i += work->step)
		work->fail = key_make(work->sort, &work->keys[i]);
	return NULL;
}

enum fail keys_make(enum key_sort sort, size_t count, struct key *keys)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t threads = processors < 1 ? 1 : processors > THREADS_MAX ? THREADS_MAX : (size_t)processors;
	struct key_work work[THREADS_MAX];
	pthread_t handles[THREADS_MAX];
	bool started[THREADS_MAX];
	enum fail fail = OK;

	memset(keys, 0, count * sizeof *keys);
	for (size_t i = 0; i < threads; i++) {
		work[i] = (struct key_work){ sort, i, threads, count, keys, OK };
		started[i] = pthread_create(&handles[i], NULL, key_work_do, &work[i]) == 0;
		if (!started[i])
			key_work_do(&work[i]);
	}
	for (size_t i = 0; i < threads; i++) {
		if (started[i])
			pthread_join(handles[i], NULL);
		fail = fail ? fail : work[i].fail;
	}
	if (fail)
		keys_close(count, keys);
	return fail;
}

static enum fail bio_take(BIO *bio, struct buf *out)
{
	char *at;
	long len = BIO_get_mem_data(bio, &at);

	if (len <= 0)
		return FAIL_CRYPTO;
	buf_bytes(out, at, (size_t)len);
	wipe(at, (size_t)len);
	return OK;
}

enum fail key_write(struct buf *out, struct key key, struct str pin)
{
	BIO *bio = BIO_new(BIO_s_secmem());
	bool ok = bio && pin.len <= PIN_BYTES_MAX &&
	          PEM_write_bio_PKCS8PrivateKey(bio, key.handle, pin.len ? EVP_aes_256_cbc() : NULL,
	                                        pin.len ? pin.at : NULL, (int)pin.len, NULL, NULL);
	enum fail fail = ok ? bio_take(bio, out) : FAIL_CRYPTO;

	BIO_free(bio);
	ERR_clear_error();
	return fail;
}

struct pin_asked { struct str pin; bool asked; };

static int pin_give(char *into, int size, int writing, void *argument)
{
	struct pin_asked *asked = argument;

	(void)writing;
	asked->asked = true;
	if (asked->pin.len > (size_t)size)
		return -1;
	memcpy(into, asked->pin.at, asked->pin.len);
	return (int)asked->pin.len;
}

enum fail key_read(struct str pem, struct str pin, struct key *out)
{
	struct pin_asked asked = { pin, false };
	BIO *bio = pem.len <= INT32_MAX ? BIO_new_mem_buf(pem.at, (int)pem.len) : NULL;
	EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, pin_give, &asked) : NULL;

	BIO_free(bio);
	ERR_clear_error();
	if (!key)
		return asked.asked ? FAIL_UNTRUSTED : FAIL_SYNTAX;
	*out = (struct key){ key };
	return OK;
}

static PKCS12 *p12_of(struct key key, struct str cert_der, struct str ca_der, const char *label,
                      const char *pin)
{
	X509 *cert = cert_x509(cert_der), *ca = ca_der.len ? cert_x509(ca_der) : NULL;
	STACK_OF(X509) *others = sk_X509_new_null();
	PKCS12 *p12 = NULL;

	if (cert && others && (!ca || sk_X509_push(others, ca)))
		p12 = PKCS12_create_ex(pin, label, key.handle, cert, others, NID_aes_256_cbc,
		                       NID_aes_256_cbc, P12_ROUNDS, P12_ROUNDS, 0, NULL, NULL);
	sk_X509_free(others);
	X509_free(ca);
	X509_free(cert);
	return p12;
}

/* A label is a BMPString: a rare character beyond the first plane becomes the mark for one. */
static char *label_c(struct arena *arena, struct str label)
{
	struct buf text = buf_on(arena);

	for (size_t i = 0; i < label.len; i++) {
		bool rare = ((uint8_t)label.at[i] & 0xf8) == 0xf0 && label.len - i >= 4;
		buf_add(&text, rare ? STR("〓") : str_slice(label, i, 1));
		i += rare ? 3 : 0;
	}
	return str_c(arena, buf_str(&text));
}

enum fail p12_make(struct key key, struct str cert_der, struct str ca_der, struct str label,
                   struct str pin, struct buf *out)
{
	struct arena arena = arena_open_secret(1 << 16);
	PKCS12 *p12 = p12_of(key, cert_der, ca_der, label_c(&arena, label), str_c(&arena, pin));
	unsigned char *at = NULL;
	int len = p12 ? i2d_PKCS12(p12, &at) : -1;

	if (len > 0)
		buf_bytes(out, at, (size_t)len);
	OPENSSL_free(at);
	PKCS12_free(p12);
	arena_close(&arena);
	ERR_clear_error();
	return len > 0 ? OK : FAIL_CRYPTO;
}
