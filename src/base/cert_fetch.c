#include "base/cert_fetch.h"

#include <openssl/err.h>
#include <openssl/http.h>

enum fail http_fetch(const char *url, size_t max_bytes, int timeout_s, struct buf *out)
{
	char part[65536];
	size_t from = out->len;
	int got = 0;

	if (!str_starts(str_from(url), STR("http://")))
		return FAIL_SYNTAX;
	BIO *answer = OSSL_HTTP_get(url, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, 0, timeout_s);
	while (answer && out->len - from <= max_bytes && (got = BIO_read(answer, part, sizeof part)) > 0)
		buf_bytes(out, part, (size_t)got);
	BIO_free_all(answer);
	ERR_clear_error();
	if (!answer || got < 0 || out->len == from)
		return FAIL_IO;
	return out->len - from > max_bytes ? FAIL_TOO_LARGE : OK;
}
