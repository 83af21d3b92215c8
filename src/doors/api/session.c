/* The client certificate authenticates every call, but signing in is an entry of the log: a session
 * is kept for each pair of certificate and address, and renewed when the keeper has ended it. */
#include <string.h>

#include "base/crypto.h"
#include "doors/api/api.h"
#include "law/refusals.h"

enum { SETS = 512, WAYS = 8, TOKEN_BYTES_MAX = 64 };

struct kept {
	struct hash who;
	uint8_t token_len;
	char token[TOKEN_BYTES_MAX];
	uint64_t used; /* the order of use, for replacing the oldest; 0 free */
};

static struct kept sets[SETS][WAYS];
static uint64_t uses;

static struct hash who_is(struct exchange *exchange)
{
	struct buf text = buf_on(&exchange->arena);

	for (size_t i = 0; i < exchange->request.chain_count; i++)
		buf_add(&text, exchange->request.chain[i]);
	buf_add(&text, exchange->request.address);
	return hash_bytes(buf_str(&text));
}

static struct kept *kept_at(const struct hash *who, bool make)
{
	struct kept *set = sets[(who->at[0] | who->at[1] << 8) % SETS], *oldest = set;

	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].used && hash_eq(&set[i].who, who))
			return &set[i];
		if (set[i].used < oldest->used)
			oldest = &set[i];
	}
	return make ? oldest : NULL;
}

static void keep(const struct hash *who, struct str token)
{
	struct kept *kept = kept_at(who, true);

	if (token.len > TOKEN_BYTES_MAX)
		return;
	*kept = (struct kept){ .who = *who, .token_len = (uint8_t)token.len, .used = ++uses };
	memcpy(kept->token, token.at, token.len);
}

static void ask_sign_in(struct exchange *exchange)
{
	struct buf chain = buf_on(&exchange->arena);
	struct message *ask;

	exchange->talk.count = 0;
	exchange->request.token = STR("");
	for (size_t i = 0; i < exchange->request.chain_count; i++)
		buf_add(&chain, exchange->request.chain[i]);
	ask = talk_ask(exchange, MESSAGE_SIGN_IN);
	message_put(ask, "method", STR("mutual_tls"));
	message_put(ask, "chain", buf_str(&chain));
	exchange->sign_in = SIGN_IN_ASKED;
}

static bool begin(struct exchange *exchange)
{
	struct hash who = who_is(exchange);
	struct kept *kept = kept_at(&who, false);

	if (!kept) {
		ask_sign_in(exchange);
		return false;
	}
	kept->used = ++uses;
	exchange->request.token = str_copy(&exchange->arena, str_bytes(kept->token, kept->token_len));
	exchange->sign_in = SIGN_IN_KEPT;
	return true;
}

static bool finish(struct exchange *exchange)
{
	const struct message *reply = talk_reply(exchange, 0);
	struct hash who = who_is(exchange);

	if (!str_is(message_get(reply, "outcome"), "granted")) {
		api_reply(exchange, reply);
		return false;
	}
	keep(&who, message_get(reply, "session"));
	exchange->request.token = message_get(reply, "session");
	exchange->talk.count = 0;
	exchange->sign_in = SIGN_IN_FRESH;
	return true;
}

/* A kept session may have ended meanwhile: once, sign in again and ask again. */
static bool is_ended(const struct exchange *exchange)
{
	enum refusal refusal;

	if (exchange->sign_in != SIGN_IN_KEPT || !talk_begun(exchange))
		return false;
	refusal = refusal_find(message_get(talk_reply(exchange, 0), "refusal"));
	return refusal == REFUSED_NOT_SIGNED_IN || refusal == REFUSED_SESSION_ENDED;
}

bool api_session(struct exchange *exchange)
{
	if (exchange->sign_in == SIGN_IN_NOT)
		return begin(exchange);
	if (exchange->sign_in == SIGN_IN_ASKED)
		return finish(exchange);
	if (!is_ended(exchange))
		return true;
	ask_sign_in(exchange);
	return false;
}
