/* The log for outsiders: signed checkpoints, tiles, receipts, and how the service does. */
#include "keeper/parts.h"

enum { CHECKPOINT_EVERY_MS = 1000, UNSIGNED_ALARM_MS = 10000 };

static void answer_fail(struct message *reply, enum fail fail)
{
	message_put(reply, "fail", str_from(fail_name(fail)));
}

enum fail handle_receipt(struct act *act)
{
	struct message reply = reply_to(act, MESSAGE_RECEIPT);
	struct str text;
	uint64_t index;
	enum fail fail = str_to_u64(message_get(act->message, "index"), &index);

	if (fail == OK)
		fail = ledger_receipt(act->keeper->ledger, index, act->arena, &text);
	if (fail == OK)
		message_put(&reply, "proof", text);
	else
		answer_fail(&reply, fail);
	outgoing_add(act->keeper, act->connection, &reply, true);
	return OK;
}

/* Entries are evidence about people: reading them takes a duty and leaves an entry of its own. */
static enum fail entries_read(struct act *act, struct tile tile, struct message *reply, bool *may_out)
{
	bool known;

	*may_out = false;
	TRY(caller_find(act, &known));
	if (!known)
		return OK;
	caller_envelope(act, COMMAND_read_log);
	act->command.read_log.first = (int64_t)(tile.n * TILE_HASHES);
	act->command.read_log.count = (int64_t)tile.width;
	TRY(corridor(act));
	*may_out = act->verdict.refusal == REFUSED_NOT;
	if (!*may_out)
		message_put(reply, "refusal", refusal_spec(act->verdict.refusal)->code);
	return OK;
}

static enum fail tile_put(struct act *act, struct tile tile, struct message *reply)
{
	struct buf body = buf_on(act->arena);

	TRY(ledger_tile(act->keeper->ledger, tile, &body));
	message_put(reply, "body", buf_str(&body));
	return OK;
}

static enum fail resource_put(struct act *act, struct message *reply, bool *done_out)
{
	struct str resource = message_get(act->message, "resource"), note;
	struct tile tile;
	bool may = true;

	*done_out = true;
	if (str_is(resource, "checkpoint")) {
		TRY(ledger_checkpoint(act->keeper->ledger, act->arena, &note));
		message_put(reply, "body", note);
		return OK;
	}
	TRY(tile_parse(resource, &tile));
	if (tile.entries) {
		enum fail fail = entries_read(act, tile, reply, &may);
		*done_out = fail == OK;
		TRY(fail);
	}
	return may ? tile_put(act, tile, reply) : OK;
}

enum fail handle_resource(struct act *act)
{
	struct message reply = reply_to(act, MESSAGE_RESOURCE);
	bool done;
	enum fail fail = resource_put(act, &reply, &done);

	if (!done)
		return fail;
	if (fail != OK)
		answer_fail(&reply, fail);
	outgoing_add(act->keeper, act->connection, &reply, act->first_entry == 0);
	return OK;
}

/* --- checkpoints: at most one a second while anything changed --- */

static struct str proof_text(struct arena *arena, const struct proof *proof)
{
	struct buf out = buf_on(arena);

	for (size_t i = 0; i < proof->count; i++) {
		base64_add(&out, proof->at[i].at, HASH_BYTES);
		buf_byte(&out, '\n');
	}
	return buf_str(&out);
}

static enum fail seal_ask(struct keeper *keeper, uint64_t sealer)
{
	struct act act = act_of(keeper, PEER_SEALER, sealer, NULL);
	struct message order = message_new(act.arena, MESSAGE_SEAL, 0);
	uint64_t size = ledger_size(keeper->ledger), old = keeper->published.sealed_size;
	struct hash root = ledger_root(keeper->ledger);
	struct proof proof = { 0 };

	if (old < size)
		TRY(ledger_consistency(keeper->ledger, old, size, &proof));
	order.id = size;
	reply_put_u64(&act, &order, "size", size);
	reply_put_u64(&act, &order, "old", old);
	message_put(&order, "root", base64_text(act.arena, root.at, HASH_BYTES));
	message_put(&order, "proof", proof_text(act.arena, &proof));
	outgoing_add(keeper, sealer, &order, true);
	keeper->published.asked = true;
	return OK;
}

enum fail checkpoint_tick(struct keeper *keeper)
{
	struct published *published = &keeper->published;
	int64_t now_ms = clock_monotonic_ms();
	uint64_t sealer;

	if (ledger_size(keeper->ledger) <= ledger_published(keeper->ledger)) {
		published->behind_ms = 0;
		return OK;
	}
	if (published->behind_ms == 0)
		published->behind_ms = now_ms;
	if (published->asked || now_ms < published->next_ms || !peer_connection(keeper, PEER_SEALER, &sealer))
		return OK;
	published->next_ms = now_ms + CHECKPOINT_EVERY_MS;
	return seal_ask(keeper, sealer);
}

/* A sealer that has sealed more than we know tells so by its size: it is never asked to go back. */
enum fail handle_sealed(struct act *act)
{
	struct published *published = &act->keeper->published;
	struct str note = message_get(act->message, "note");

	published->asked = false;
	if (note.len == 0) {
		published->sealed_size = message_get_u64(act->message, "size");
		return OK;
	}
	TRY(ledger_publish(act->keeper->ledger, note));
	published->sealed_size = ledger_published(act->keeper->ledger);
	return OK;
}

/* --- health --- */

static void metric(struct act *act, struct sheet *sheet, const char *name, uint64_t value)
{
	struct str *row = sheet_row_add(act->arena, sheet);

	row[0] = str_from(name);
	row[1] = str_u64(act->arena, value);
}

static struct str health_state(const struct keeper *keeper)
{
	int64_t behind_ms = keeper->published.behind_ms;

	if (keeper->clock.stepped)
		return STR("the clock went back");
	if (behind_ms && clock_monotonic_ms() - behind_ms > UNSIGNED_ALARM_MS)
		return STR("no checkpoint could be signed");
	return STR("ok");
}

enum fail handle_health(struct act *act)
{
	static const struct str columns[] = { STR_INIT("name"), STR_INIT("value") };
	struct keeper *keeper = act->keeper;
	struct message reply = reply_to(act, MESSAGE_HEALTH);
	struct sheet metrics = sheet_new(act->arena, STR("metrics"), columns, ARRAY_LEN(columns));
	static const struct { const char *name; enum peer peer; } peers[] = {
		{ "youju_couriers", PEER_COURIER },
		{ "youju_messengers", PEER_MESSENGER },
		{ "youju_scribes", PEER_SCRIBE },
		{ "youju_sealers", PEER_SEALER },
	};
	uint64_t connection = 0;

	metric(act, &metrics, "youju_log_entries", ledger_size(keeper->ledger));
	metric(act, &metrics, "youju_log_published", ledger_published(keeper->ledger));
	metric(act, &metrics, "youju_sessions", keeper->sessions.count);
	metric(act, &metrics, "youju_questions_waiting", keeper->questions.count);
	for (size_t i = 0; i < ARRAY_LEN(peers); i++)
		metric(act, &metrics, peers[i].name, peer_connection(keeper, peers[i].peer, &connection));
	metric(act, &metrics, "youju_reminders_sent", keeper->reminders.sent);
	metric(act, &metrics, "youju_reminders_failed", keeper->reminders.failed);
	metric(act, &metrics, "youju_clock_stepped", keeper->clock.stepped);
	message_put(&reply, "state", health_state(keeper));
	reply_put_u64(act, &reply, "size", ledger_size(keeper->ledger));
	message_put(&reply, "origin", keeper->origin);
	if (keeper->demo)
		message_put(&reply, "demo", STR("1"));
	message_sheet(&reply, metrics);
	outgoing_add(keeper, act->connection, &reply, true);
	return OK;
}
