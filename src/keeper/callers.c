/* Who gives a command: a session, or a card that signs the frame itself. */
#include "keeper/parts.h"

#include <string.h>

#include "counter/signed.h"
#include "keeper/people.h"

enum { REFUSALS_MS = 600000 };

static enum channel channel_of(const struct act *act)
{
	int channel = 0;

	if (act->peer == PEER_COUNTER)
		return CHANNEL_CLI;
	if (word_find(&channel_words, message_get(act->message, "channel"), &channel) != OK ||
	    channel != CHANNEL_API)
		return CHANNEL_WEB;
	return CHANNEL_API;
}

static struct str address_of(const struct act *act)
{
	struct str address = message_get(act->message, "address");

	if (act->peer == PEER_COUNTER || address.len == 0 || !str_is_utf8(address))
		return STR("local");
	return str_utf8_head(address, 64);
}

void caller_envelope(struct act *act, enum command_kind kind)
{
	act->command = command_new(kind);
	act->command.channel = channel_of(act);
	act->command.address = address_of(act);
}

static void session_use(struct act *act, struct session *session)
{
	session->last_used_ms = keeper_mono_ms(act->keeper);
	act->facts.session = (struct fact_session){ session->id, session->person, true, 0, session->method };
	act->session_card = session->card;
	act->facts.me = session->person;
}

static enum fail session_end(struct act *act, const struct session *session, enum sign_out_cause cause)
{
	struct command end = command_new(COMMAND_end_session);
	struct session_id id = session->id;
	struct person_id person = session->person;

	end.end_session.ended_session = id;
	end.end_session.cause = cause;
	act->facts.session = (struct fact_session){ id, person, false, cause, 0 };
	return corridor_internal(act->keeper, &end, id);
}

enum sign_out_cause session_over(const struct keeper *keeper, const struct session *session)
{
	if (keeper_mono_ms(keeper) - session->last_used_ms > keeper->limits.idle_ms)
		return OUT_IDLE;
	if (keeper_wall_ms(keeper) - session->since_ms > keeper->limits.max_ms)
		return OUT_MAX_HOURS;
	return 0;
}

/* A token that is not live may be one that was: then the refusal says that it has ended. */
static enum fail session_gone(struct act *act, const struct hash *digest)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct str token = base64url_text(act->arena, digest->at, HASH_BYTES);
	int cause = 0;

	TRY(store_ask(act->keeper->tables, TABLES_keeper_session_known, VALUES(VALUE_TEXT("token", token)),
	              &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	if (!rows_is_null(&rows, 2))
		TRY(word_find(&sign_out_cause_words, rows_text(&rows, 2), &cause));
	act->facts.session = (struct fact_session){
		{ (uint64_t)rows_i64(&rows, 0) }, { (uint64_t)rows_i64(&rows, 1) }, false,
		(enum sign_out_cause)cause, 0,
	};
	return OK;
}

static enum fail session_take(struct act *act)
{
	struct hash digest;
	struct session *session;

	if (token_digest(act->token, &digest) != OK) {
		act->token = STR("");
		return OK;
	}
	session = sessions_find(&act->keeper->sessions, &digest);
	if (!session)
		return session_gone(act, &digest);
	enum sign_out_cause over = session_over(act->keeper, session);
	if (over)
		return session_end(act, session, over);
	session_use(act, session);
	return OK;
}

/* --- signing in --- */

static struct str name_keep(struct str name)
{
	char *copy = process_bytes(name.len);

	memcpy(copy, name.at, name.len);
	return str_bytes(copy, name.len);
}

void refusal_count(struct act *act)
{
	struct keeper *keeper = act->keeper;

	if (act->verdict.refusal == REFUSED_NOT || act->events.count)
		return;
	if (keeper->refused.count++ == 0)
		keeper->refused.since_ms = act->facts.now_ms;
}

/* How many there were stands in the log some minutes later: an entry for each would be the flood itself. */
enum fail refusals_tick(struct keeper *keeper)
{
	struct command count = command_new(COMMAND_count_refusals);

	if (!keeper->refused.count || keeper_wall_ms(keeper) - keeper->refused.since_ms < REFUSALS_MS)
		return OK;
	count.count_refusals.count = (int64_t)keeper->refused.count;
	count.count_refusals.since = keeper->refused.since_ms;
	keeper->refused.count = 0;
	return corridor_internal(keeper, &count, (struct session_id){ 0 });
}

/* Runs the command sign_in for the card; on a grant the session lives and act->token is its token. */
static enum fail sign_in_run(struct act *act, const struct fact_card *card, enum sign_in_method method)
{
	struct hash digest;
	struct token token = token_new(&digest);
	struct person_shown shown;

	caller_envelope(act, COMMAND_sign_in);
	act->facts.card = *card;
	act->facts.card.method = method;
	act->facts.me = card->bound_to;
	act->facts.new_token = base64url_text(act->arena, digest.at, HASH_BYTES);
	TRY(corridor(act));
	refusal_count(act);
	if (act->verdict.refusal != REFUSED_NOT)
		return OK;
	TRY(person_show(act, card->bound_to, &shown));
	struct session session = { .digest = digest, .id = { act->last_entry },
		                   .person = card->bound_to, .channel = act->command.channel,
		                   .method = method, .card = hash_bytes(card->serial),
		                   .since_ms = act->facts.now_ms,
		                   .last_used_ms = keeper_mono_ms(act->keeper),
		                   .name = name_keep(shown.details.name) };
	sessions_add(&act->keeper->sessions, &session);
	act->token = str_copy(act->arena, str_bytes(token.text, TOKEN_CHARS));
	wipe(&token, sizeof token);
	session_use(act, &session);
	return OK;
}

/* The answer of a local signing service: the challenge signed, the certificate inside. */
static enum fail challenge_card(struct act *act, struct fact_card *card)
{
	struct str nonce = message_get(act->message, "nonce"), signature = message_get(act->message, "cms");

	*card = (struct fact_card){ .presented = true, .fault = REFUSED_CARD_SIGNATURE };
	if (!nonce_use(&act->keeper->nonces, nonce, keeper_mono_ms(act->keeper)))
		return OK;
	return card_of_signature(act, signature, nonce, nonce, card);
}

/* The card of a frame: by handshake when the front forwards it, else by its signature. */
static enum fail frame_card(struct act *act, struct fact_card *card, enum sign_in_method *method)
{
	struct str chain = message_get(act->message, "chain");
	struct str signature = message_get(act->message, "signature");

	if (message_get(act->message, "cms").len) {
		*method = METHOD_CHALLENGE;
		return challenge_card(act, card);
	}
	TRY(card_judge(act, chain, card));
	if (act->peer == PEER_FRONT && signature.len == 0) {
		*method = METHOD_MUTUAL_TLS;
		card->unproven = false; /* the handshake has shown the key */
		return OK;
	}
	*method = METHOD_CHALLENGE;
	if (!nonce_use(&act->keeper->nonces, message_get(act->message, "nonce"),
	               keeper_mono_ms(act->keeper))) {
		card->fault = card->fault == REFUSED_NOT ? REFUSED_CARD_SIGNATURE : card->fault;
		return OK;
	}
	return card_signed(act, chain, signature, signed_text(act->arena, act->message), card);
}

enum fail handle_sign_in(struct act *act)
{
	struct message reply = reply_to(act, MESSAGE_ANSWER);
	enum sign_in_method method;
	struct fact_card card;

	TRY(frame_card(act, &card, &method));
	TRY(sign_in_run(act, &card, method));
	reply_verdict(act, &reply);
	if (act->verdict.refusal == REFUSED_NOT) {
		message_put(&reply, "session", act->token);
		reply_session(act, &reply);
	}
	reply_send(act, &reply);
	return OK;
}

/* A card that came by handshake and was judged within the last minute, of somebody whose session
 * lives, is not judged again: a program asks many times a second. */
static struct known_card *known_card_place(struct act *act, struct hash *chain_out)
{
	struct str chain = message_get(act->message, "chain");
	uint64_t first;

	*chain_out = hash_bytes(chain);
	memcpy(&first, chain_out->at, sizeof first);
	return &act->keeper->known_cards[first % KNOWN_CARDS];
}

static bool known_card_use(struct act *act)
{
	struct hash chain;
	struct known_card *known = known_card_place(act, &chain);
	struct session *session;

	if (act->peer != PEER_FRONT || message_get(act->message, "signature").len ||
	    known->until_ms < keeper_mono_ms(act->keeper) ||
	    memcmp(known->chain.at, chain.at, HASH_BYTES) != 0)
		return false;
	session = sessions_of_person(&act->keeper->sessions, known->person, channel_of(act));
	if (!session || session_over(act->keeper, session))
		return false;
	session_use(act, session);
	return true;
}

static void known_card_add(struct act *act, struct person_id person)
{
	struct hash chain;
	struct known_card *known = known_card_place(act, &chain);

	if (act->peer == PEER_FRONT)
		*known = (struct known_card){ chain, person, keeper_mono_ms(act->keeper) + KNOWN_CARD_MS };
}

/* A card without session: the one that this person opened by this way before, or a new one. The
 * session's own token is known to nobody; the card proves itself on every frame. */
static enum fail card_caller(struct act *act, bool *known_out)
{
	enum sign_in_method method;
	struct fact_card card;

	if (known_card_use(act))
		return OK;
	TRY(frame_card(act, &card, &method));
	struct session *session = card.fault == REFUSED_NOT && card.bound_to.n && !card.ended
		? sessions_of_person(&act->keeper->sessions, card.bound_to, channel_of(act))
		: NULL;
	if (session && session_over(act->keeper, session)) {
		TRY(session_end(act, session, session_over(act->keeper, session)));
		session = NULL;
	}
	if (session) {
		session_use(act, session);
		known_card_add(act, card.bound_to);
		return OK;
	}
	TRY(sign_in_run(act, &card, method));
	act->token = STR("");
	*known_out = act->verdict.refusal == REFUSED_NOT;
	if (*known_out)
		known_card_add(act, card.bound_to);
	if (!*known_out) {
		struct message reply = reply_to(act, MESSAGE_ANSWER);
		reply_verdict(act, &reply);
		reply_send(act, &reply);
	}
	act->first_entry = act->last_entry = 0;
	return OK;
}

enum fail caller_find(struct act *act, bool *known_out)
{
	*known_out = true;
	act->token = message_get(act->message, "session");
	if (act->token.len)
		return session_take(act);
	if (message_get(act->message, "chain").len)
		return card_caller(act, known_out);
	return OK;
}

/* first_start: two cards, both present, both signing. */
enum fail cards_present(struct act *act)
{
	struct str second = message_get(act->message, "chain2");
	enum sign_in_method method;

	TRY(frame_card(act, &act->facts.card, &method));
	if (second.len == 0)
		return OK;
	TRY(card_judge(act, second, &act->facts.second_card));
	return card_signed(act, second, message_get(act->message, "signature2"),
	                   signed_text(act->arena, act->message), &act->facts.second_card);
}

enum fail handle_nonce(struct act *act)
{
	struct message reply = reply_to(act, MESSAGE_NONCE);
	int64_t until_ms = keeper_mono_ms(act->keeper) + act->keeper->limits.nonce_ms;
	struct str objects;

	message_put(&reply, "nonce", str_copy(act->arena, nonce_make(&act->keeper->nonces, until_ms)));
	reply_put_u64(act, &reply, "seconds", (uint64_t)act->keeper->limits.nonce_ms / 1000);
	if (message_get(act->message, "command").len) {
		TRY(step_objects(act, &objects));
		message_put(&reply, "objects", objects);
	}
	outgoing_add(act->keeper, act->connection, &reply, true);
	return OK;
}
