#include "keeper/parts.h"

#include <string.h>

enum { REPLY_HEAD_MAX = 32 };

struct message reply_to(struct act *act, enum message_kind kind)
{
	struct message reply = { .kind = kind, .id = act->message->id };

	reply.head = arena_array(act->arena, struct pair, REPLY_HEAD_MAX);
	reply.sheets = arena_array(act->arena, struct sheet, 4);
	return reply;
}

void reply_send(struct act *act, const struct message *reply)
{
	assert(reply->head_count <= REPLY_HEAD_MAX);
	outgoing_add(act->keeper, act->connection, reply, false);
}

void reply_put_u64(struct act *act, struct message *reply, const char *name, uint64_t n)
{
	message_put(reply, name, str_u64(act->arena, n));
}

/* What the command was about stands in its first entry, and what followed from it behind; only a question is
 * answered, and a session begun, by the last. */
static uint64_t entry_told(const struct act *act)
{
	static const enum command_kind by_last[] = { COMMAND_ask, COMMAND_deliver, COMMAND_paste_answer,
		                                     COMMAND_release_day_table, COMMAND_expire_query, COMMAND_sign_in };

	for (size_t i = 0; i < ARRAY_LEN(by_last); i++)
		if (act->command.kind == by_last[i])
			return act->last_entry;
	return act->first_entry;
}

/* Outcome, refusal and entry of what the corridor decided. */
void reply_verdict(struct act *act, struct message *reply)
{
	enum refusal refusal = act->verdict.refusal;

	message_put(reply, "outcome", refusal == REFUSED_NOT ? STR("granted") : STR("refused"));
	if (refusal != REFUSED_NOT)
		message_put(reply, "refusal", refusal_spec(refusal)->code);
	if (act->verdict.detail)
		message_put(reply, "detail", str_from(act->verdict.detail));
	if (act->first_entry) {
		reply_put_u64(act, reply, "entry", entry_told(act));
		message_put(reply, "receipt",
		            entry_told(act) < ledger_published(act->keeper->ledger) ? STR("ready")
		                                                                    : STR("pending"));
		if (refusal == REFUSED_NOT && act->facts.step.presented)
			reply_put_u64(act, reply, "signed_entry", act->first_entry);
	}
	if (act->keeper->demo)
		message_put(reply, "demo", STR("1"));
	message_put(reply, "origin", act->keeper->origin);
}

void reply_failed(struct act *act, enum fail fail)
{
	if (!act->message || !(act->peer & (PEER_FRONT | PEER_COUNTER)))
		return;
	struct message reply = reply_to(act, MESSAGE_ANSWER);
	message_put(&reply, "outcome", STR("failed"));
	message_put(&reply, "fail", str_from(fail_name(fail)));
	reply_send(act, &reply);
}

/* A refusal that has no entry: nobody is known who could be named in it. */
void reply_refused(struct act *act, enum refusal refusal)
{
	struct message reply = reply_to(act, MESSAGE_ANSWER);

	act->verdict = (struct verdict){ .refusal = refusal };
	reply_verdict(act, &reply);
	reply_send(act, &reply);
}

void reply_problems(struct act *act, const struct problem *problems, size_t count)
{
	static const struct str columns[] = { STR_INIT("field"), STR_INIT("why") };
	struct message reply = reply_to(act, MESSAGE_ANSWER);
	struct sheet sheet = sheet_new(act->arena, STR("problems"), columns, ARRAY_LEN(columns));

	for (size_t i = 0; i < count; i++) {
		struct str *row = sheet_row_add(act->arena, &sheet);
		row[0] = problems[i].field;
		row[1] = str_from(problems[i].why);
	}
	message_put(&reply, "outcome", STR("invalid"));
	message_sheet(&reply, sheet);
	reply_session(act, &reply);
	reply_send(act, &reply);
}

static struct str duties_text(struct act *act)
{
	struct buf out = buf_on(act->arena);
	const struct fact_duties *duties = &act->facts.my_duties;

	for (size_t i = 0; i < duties->count; i++) {
		if (i)
			buf_byte(&out, ',');
		buf_add(&out, word_code(&duty_words, (int)duties->at[i].duty));
	}
	return buf_str(&out);
}

/* What every page of a signed-in person shows in its head. */
void reply_session(struct act *act, struct message *reply)
{
	struct keeper *keeper = act->keeper;
	struct hash digest;
	const struct session *session = NULL;

	if (act->facts.me.n == 0)
		return;
	if (act->token.len && token_digest(act->token, &digest) == OK)
		session = sessions_find(&keeper->sessions, &digest);
	message_put(reply, "person", str_hex16(act->arena, act->facts.me.n));
	if (session)
		message_put(reply, "name", str_copy(act->arena, session->name));
	if (act->facts.my_duties.count) {
		message_put(reply, "office", act->facts.my_duties.at[0].office);
		message_put(reply, "duties", duties_text(act));
	}
}
