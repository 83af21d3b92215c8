#include "keeper/nonces.h"

#include <string.h>

struct str nonce_make(struct nonces *nonces, int64_t until_ms)
{
	size_t slot = nonces->next++ % NONCES_MAX;
	uint8_t secret[32];
	AUTO(buf_close) struct buf text = buf_open();

	random_bytes(secret, sizeof secret);
	base64url_add(&text, secret, sizeof secret);
	assert(text.len == NONCE_CHARS);
	memcpy(nonces->at[slot].text, text.at, text.len);
	nonces->at[slot].until_ms = until_ms;
	return str_bytes(nonces->at[slot].text, NONCE_CHARS);
}

bool nonce_use(struct nonces *nonces, struct str nonce, int64_t now_ms)
{
	for (size_t i = 0; i < NONCES_MAX; i++) {
		if (nonces->at[i].until_ms == 0 || nonce.len != NONCE_CHARS ||
		    !bytes_eq(nonces->at[i].text, nonce.at, NONCE_CHARS))
			continue;
		bool fresh = nonces->at[i].until_ms >= now_ms;
		wipe(&nonces->at[i], sizeof nonces->at[i]);
		return fresh;
	}
	return false;
}
