#include "keeper/ocsp.h"

#include <string.h>

#include "base/diag.h"
#include "keeper/parts.h"

enum { AGAIN_MS = 600000, ASK_FOR_MS = 30000 };

static struct ocsp_known *known_of(struct keeper *keeper, const struct hash *card)
{
	uint64_t first;

	memcpy(&first, card->at, sizeof first);
	return &keeper->ocsp.known[first % OCSP_KNOWN];
}

static struct ocsp_waiting *waiting_place(struct ocsp *ocsp)
{
	for (size_t i = 0; i < OCSP_WAITING; i++)
		if (ocsp->waiting[i].id == 0)
			return &ocsp->waiting[i];
	return &ocsp->waiting[ocsp->last_id % OCSP_WAITING]; /* the oldest, more or less: asked again later */
}

/* Sends the question with the group; without a messenger nobody is asked. */
static void ask(struct act *act, struct str der, const struct cert_facts *facts)
{
	struct keeper *keeper = act->keeper;
	struct ocsp_waiting *waiting = waiting_place(&keeper->ocsp);
	struct str question;
	uint64_t messenger;

	if (!peer_connection(keeper, PEER_MESSENGER, &messenger))
		return;
	random_bytes(waiting->nonce, sizeof waiting->nonce);
	struct str nonce = str_bytes(waiting->nonce, sizeof waiting->nonce);
	if (ocsp_query_make(act->arena, keeper->trust, der, str_copy(act->arena, nonce), &question) != OK)
		return;
	waiting->id = ++keeper->ocsp.last_id;
	waiting->serial = hash_bytes(facts->serial);
	waiting->der_len = der.len;
	memcpy(waiting->der, der.at, der.len);
	struct message order = message_new(act->arena, MESSAGE_OCSP, waiting->id);
	message_put(&order, "url", facts->ocsp_url);
	message_put(&order, "question", question);
	outgoing_add(keeper, messenger, &order, true);
}

bool ocsp_revokes(struct act *act, struct str der, const struct cert_facts *facts)
{
	struct keeper *keeper = act->keeper;
	struct ocsp_known *known = known_of(keeper, &facts->fingerprint);

	if (!keeper->limits.ocsp || !facts->ocsp_url.len || der.len > CERT_MAX_BYTES)
		return false;
	if (!hash_eq(&known->card, &facts->fingerprint))
		*known = (struct ocsp_known){ .card = facts->fingerprint };
	if (known->until_ms >= keeper_wall_ms(keeper))
		return known->revoked;
	if (known->again_ms <= keeper_mono_ms(keeper)) {
		known->again_ms = keeper_mono_ms(keeper) + ASK_FOR_MS;
		ask(act, der, facts);
	}
	return known->revoked; /* a card that was revoked once does not come back by silence */
}

static enum fail sessions_end(struct keeper *keeper, const struct hash *serial)
{
	for (size_t i = keeper->sessions.count; i > 0; i--) {
		const struct session *session = &keeper->sessions.at[i - 1];
		struct command end = command_new(COMMAND_end_session);
		if (!hash_eq(&session->card, serial))
			continue;
		end.end_session.ended_session = session->id;
		end.end_session.cause = OUT_BLOCKED;
		TRY(corridor_internal(keeper, &end, session->id));
	}
	return OK;
}

static enum fail answer_take(struct act *act, const struct ocsp_waiting *waiting)
{
	struct keeper *keeper = act->keeper;
	struct str der = str_bytes(waiting->der, waiting->der_len), bytes = message_get(act->message, "answer");
	struct hash card = hash_bytes(der);
	struct ocsp_known *known = known_of(keeper, &card);
	struct ocsp_answer answer;

	known->card = card;
	known->again_ms = keeper_mono_ms(keeper) + AGAIN_MS;
	enum fail fail = bytes.len ? ocsp_answer_read(act->arena, keeper->trust, der, str_bytes(waiting->nonce, OCSP_NONCE_BYTES),
	                                              bytes, keeper_wall_ms(keeper), keeper->demo, &answer) : FAIL_IO;
	if (fail != OK) {
		diag_info("a responder's answer does not count: %s", fail_name(fail));
		return OK;
	}
	known->until_ms = answer.next_update_ms;
	known->revoked = answer.revoked;
	if (!answer.revoked)
		return OK;
	memset(keeper->known_cards, 0, sizeof keeper->known_cards);
	return sessions_end(keeper, &waiting->serial);
}

enum fail handle_ocsp(struct act *act)
{
	struct ocsp *ocsp = &act->keeper->ocsp;

	for (size_t i = 0; i < OCSP_WAITING; i++) {
		struct ocsp_waiting waiting = ocsp->waiting[i];
		if (waiting.id == 0 || waiting.id != act->message->id)
			continue;
		ocsp->waiting[i].id = 0;
		return answer_take(act, &waiting);
	}
	return OK;
}
