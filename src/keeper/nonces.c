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
	nonces->at[slot].bound = false;
	return str_bytes(nonces->at[slot].text, NONCE_CHARS);
}

static size_t slot_find(const struct nonces *nonces, struct str nonce)
{
	for (size_t i = 0; i < NONCES_MAX; i++)
		if (nonces->at[i].until_ms && nonce.len == NONCE_CHARS &&
		    bytes_eq(nonces->at[i].text, nonce.at, NONCE_CHARS))
			return i;
	return NONCES_MAX;
}

bool nonce_use(struct nonces *nonces, struct str nonce, int64_t now_ms)
{
	size_t slot = slot_find(nonces, nonce);

	if (slot == NONCES_MAX)
		return false;
	bool fresh = nonces->at[slot].until_ms >= now_ms && !nonces->at[slot].bound;
	wipe(&nonces->at[slot], sizeof nonces->at[slot]);
	return fresh;
}

bool nonce_use_for(struct nonces *nonces, struct str nonce, const struct hash *text_hash, int64_t now_ms)
{
	size_t slot = slot_find(nonces, nonce);

	if (slot == NONCES_MAX || nonces->at[slot].until_ms < now_ms)
		return false;
	if (!nonces->at[slot].bound)
		nonces->at[slot].text_hash = *text_hash;
	nonces->at[slot].bound = true;
	return bytes_eq(nonces->at[slot].text_hash.at, text_hash->at, HASH_BYTES);
}
