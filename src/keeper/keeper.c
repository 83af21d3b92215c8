#include "keeper/parts.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"

enum { TICK_MS = 100, SESSIONS_EVERY_MS = 1000 };

static enum fail (*const handlers[])(struct act *act) = {
	[MESSAGE_COMMAND] = handle_command,   [MESSAGE_SHEET] = handle_sheet,
	[MESSAGE_SIGN_IN] = handle_sign_in,   [MESSAGE_NONCE] = handle_nonce,
	[MESSAGE_RECEIPT] = handle_receipt,   [MESSAGE_RESOURCE] = handle_resource,
	[MESSAGE_HEALTH] = handle_health,     [MESSAGE_OPERATOR] = handle_operator,
	[MESSAGE_ROWS] = handle_rows,         [MESSAGE_SEALED] = handle_sealed,
	[MESSAGE_SHEET_READ] = handle_sheet_read, [MESSAGE_PRINTED] = handle_printed,
	[MESSAGE_STEP_TEXT] = handle_step_text, [MESSAGE_OCSP_ANSWER] = handle_ocsp,
	[MESSAGE_MAILED] = handle_mailed,
};

static enum fail stores_open(struct keeper *keeper)
{
	char path[PATH_BYTES_MAX + 16], keys[PATH_BYTES_MAX + 16];

	snprintf(path, sizeof path, "%s/log", keeper->dir);
	TRY(ledger_open(path, LEDGER_WRITE, &keeper->ledger));
	snprintf(path, sizeof path, "%s/vault.db", keeper->dir);
	snprintf(keys, sizeof keys, "%s/keys", keeper->dir);
	TRY(vault_open(path, keys, VAULT_WRITE, &keeper->vault));
	return tables_open(keeper);
}

static void limits_default(struct keeper *keeper)
{
	keeper->limits = (struct limits){ 600000, 8 * 3600000, 120000, 96, 60, false };
	keeper->tables_swept = keeper->endings_swept = keeper->reminders.day = DATE_NONE;
}

enum fail keeper_open(const char *dir, struct keeper_out out, const struct keeper_options *options,
                      struct keeper **keeper_out)
{
	AUTO(keeper_close) struct keeper *keeper = process_bytes(sizeof *keeper);

	keeper->group = arena_open_secret(GROUP_ARENA_BYTES);
	keeper->kept = arena_open(1 << 16);
	keeper->sessions = sessions_open();
	keeper->request_numbers = request_numbers_open();
	keeper->cache = facts_cache_open();
	keeper->out = out;
	keeper->origin = STR("");
	if (options)
		keeper->options = *options;
	if (snprintf(keeper->dir, sizeof keeper->dir, "%s", dir) >= (int)sizeof keeper->dir)
		return FAIL_TOO_LARGE;
	limits_default(keeper);
	TRY(stores_open(keeper));
	TRY(keeper_recover(keeper));
	keeper->published.sealed_size = ledger_published(keeper->ledger);
	TRY(trust_refresh(keeper));
	*keeper_out = keeper;
	keeper = NULL;
	return OK;
}

void keeper_close(struct keeper **handle)
{
	struct keeper *keeper = *handle;

	if (!keeper)
		return;
	if (keeper->tables && !keeper->group_open && tables_keep(keeper) != OK)
		diag_info("the tables are behind the log; the next start mends that");
	store_close(&keeper->tables);
	vault_close(&keeper->vault);
	ledger_close(keeper->ledger);
	facts_cache_close(&keeper->cache);
	trust_close(&keeper->trust);
	sessions_close(&keeper->sessions);
	request_numbers_close(&keeper->request_numbers);
	questions_close(&keeper->questions);
	shown_drop(&keeper->shown, (struct session_id){ 0 });
	wipe(&keeper->nonces, sizeof keeper->nonces);
	arena_close(&keeper->group);
	arena_close(&keeper->kept);
	process_free(keeper->outgoing);
	process_free(keeper);
	*handle = NULL;
}

/* --- peers --- */

void keeper_joined(struct keeper *keeper, enum peer peer, uint64_t connection)
{
	if (keeper->peers.count == PEERS_MAX)
		return;
	keeper->peers.at[keeper->peers.count].peer = peer;
	keeper->peers.at[keeper->peers.count++].connection = connection;
}

void keeper_left(struct keeper *keeper, uint64_t connection)
{
	struct peers *peers = &keeper->peers;

	for (size_t i = 0; i < peers->count; i++) {
		if (peers->at[i].connection != connection)
			continue;
		if (peers->at[i].peer == PEER_SEALER)
			keeper->published.asked = false;
		peers->at[i] = peers->at[--peers->count];
		break;
	}
	for (size_t i = 0; i < keeper->questions.count; i++)
		if (keeper->questions.at[i]->courier == connection)
			keeper->questions.at[i]->courier = 0; /* another one may still answer in time */
}

bool peer_connection(struct keeper *keeper, enum peer peer, uint64_t *out)
{
	struct peers *peers = &keeper->peers;

	for (size_t i = 0; i < peers->count; i++) {
		size_t at = (peers->turn + 1 + i) % peers->count;
		if (peers->at[at].peer != peer)
			continue;
		peers->turn = at;
		*out = peers->at[at].connection;
		return true;
	}
	return false;
}

/* --- messages --- */

enum fail keeper_run(struct keeper *keeper, enum peer peer, uint64_t connection,
                     const struct message *message)
{
	struct act act = act_of(keeper, peer, connection, message);
	struct mark mark;

	assert(message_may_pass(message->kind, peer) && handlers[message->kind]);
	TRY(mark_set(keeper, &mark));
	enum fail fail = handlers[message->kind](&act);
	if (fail == OK)
		return OK;
	diag_error("%s failed: %s", message_name(message->kind), fail_name(fail));
	TRY(mark_return(keeper, mark));
	if (ledger_is_broken(keeper->ledger))
		return fail;
	reply_failed(&act, fail);
	return OK;
}

static enum fail sessions_tick(struct keeper *keeper)
{
	struct command end = command_new(COMMAND_end_session);

	for (size_t i = 0; i < keeper->sessions.count;) {
		struct session session = keeper->sessions.at[i];
		size_t before = keeper->sessions.count;
		end.end_session.cause = session_over(keeper, &session);
		if (end.end_session.cause) {
			end.end_session.ended_session = session.id;
			TRY(corridor_internal(keeper, &end, session.id));
		}
		if (keeper->sessions.count == before)
			i++;
	}
	return OK;
}

static enum fail tick(struct keeper *keeper)
{
	TRY(sessions_tick(keeper));
	TRY(refusals_tick(keeper));
	TRY(questions_tick(keeper));
	TRY(readings_tick(keeper));
	TRY(endings_tick(keeper));
	TRY(reminders_tick(keeper));
	TRY(printings_tick(keeper));
	TRY(day_tables_order(keeper));
	return erasures_do(keeper);
}

enum fail keeper_tick(struct keeper *keeper, int64_t *wait_ms_out)
{
	int64_t now_ms = clock_monotonic_ms();
	struct mark mark; /* opens the group */

	*wait_ms_out = TICK_MS;
	TRY(tables_tick(keeper));
	TRY(checkpoint_tick(keeper));
	if (now_ms < keeper->next_tick_ms)
		return OK;
	keeper->next_tick_ms = now_ms + SESSIONS_EVERY_MS;
	TRY(mark_set(keeper, &mark));
	return tick(keeper);
}
