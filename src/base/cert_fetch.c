#include "base/cert_fetch.h"

#include <openssl/err.h>
#include <openssl/http.h>
#include <time.h>

enum { OCSP_BYTES_MAX = 65536 };

/* What comes may come in pieces: the line does not block. 0 at the end, negative when it broke or took too long. */
static int piece_read(BIO *answer, char *part, int size, time_t until)
{
	int got = BIO_read(answer, part, size);

	while (got < 0 && BIO_should_retry(answer) && BIO_wait(answer, until, 20) == 1)
		got = BIO_read(answer, part, size);
	return got;
}

enum fail http_fetch(const char *url, size_t max_bytes, int timeout_s, struct buf *out)
{
	char part[65536];
	size_t from = out->len;
	time_t until = time(NULL) + timeout_s;
	int got = 0;

	if (!str_starts(str_from(url), STR("http://")))
		return FAIL_SYNTAX;
	BIO *answer = OSSL_HTTP_get(url, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, 0, timeout_s);
	while (answer && out->len - from <= max_bytes && (got = piece_read(answer, part, sizeof part, until)) > 0)
		buf_bytes(out, part, (size_t)got);
	BIO_free_all(answer);
	ERR_clear_error();
	if (!answer || got < 0 || out->len == from)
		return FAIL_IO;
	return out->len - from > max_bytes ? FAIL_TOO_LARGE : OK;
}

struct address { char *host, *port, *path; int tls; };

static BIO *posted(const struct address *to, BIO *question, int timeout_s)
{
	return OSSL_HTTP_transfer(NULL, to->host, to->port, to->path, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL,
	                          "application/ocsp-request", question, "application/ocsp-response", 1, OCSP_BYTES_MAX,
	                          timeout_s, 0);
}

enum fail ocsp_carry(const char *url, struct str question, int timeout_s, struct buf *out)
{
	struct address to = { 0 };
	char part[4096];
	BIO *asked = BIO_new_mem_buf(question.at, (int)question.len), *answer = NULL;
	size_t from = out->len;
	int got;

	if (str_starts(str_from(url), STR("http://")) && asked &&
	    OSSL_HTTP_parse_url(url, &to.tls, NULL, &to.host, &to.port, NULL, &to.path, NULL, NULL))
		answer = posted(&to, asked, timeout_s);
	while (answer && out->len - from <= OCSP_BYTES_MAX && (got = BIO_read(answer, part, sizeof part)) > 0)
		buf_bytes(out, part, (size_t)got);
	BIO_free_all(answer);
	BIO_free(asked);
	OPENSSL_free(to.host);
	OPENSSL_free(to.port);
	OPENSSL_free(to.path);
	ERR_clear_error();
	return out->len > from ? OK : FAIL_IO;
}
