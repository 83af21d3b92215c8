/* Groups: what is run together becomes durable together, and is answered only then. */
#include "keeper/parts.h"

#include <string.h>

#include "base/diag.h"
#include "keeper/project.h"
#include "keeper/rebuild.h"

/* How long groups that stand in the log may wait until their tables are written: what changes again
 * meanwhile is written once. Recovery folds as much again. */
enum { TABLES_WAIT_MS = 1000, TABLES_WAIT_ENTRIES = 8192 };

/* The tables' transaction spans many groups; the mark is where this one begins. */
static enum fail group_begin(struct keeper *keeper)
{
	if (keeper->group_open)
		return OK;
	if (!store_is_open(keeper->tables)) {
		TRY(store_begin(keeper->tables));
		keeper->tables_since_ms = clock_monotonic_ms();
	}
	TRY(store_mark(keeper->tables));
	keeper->group_open = true;
	return OK;
}

enum fail tables_keep(struct keeper *keeper)
{
	uint64_t applied;

	keeper->tables_wanted = false;
	if (!store_is_open(keeper->tables))
		return OK;
	TRY(project_position(keeper->tables, &applied));
	if (applied != ledger_size(keeper->ledger))
		TRY(project_applied(keeper->tables, ledger_size(keeper->ledger)));
	keeper->tables_size = ledger_size(keeper->ledger);
	return store_commit(keeper->tables);
}

static bool tables_are_due(const struct keeper *keeper)
{
	return keeper->tables_wanted || keeper->backup_folder[0] ||
	       clock_monotonic_ms() - keeper->tables_since_ms >= TABLES_WAIT_MS ||
	       ledger_size(keeper->ledger) - keeper->tables_size >= TABLES_WAIT_ENTRIES;
}

enum fail tables_tick(struct keeper *keeper)
{
	if (keeper->group_open || !store_is_open(keeper->tables) || !tables_are_due(keeper))
		return OK;
	return tables_keep(keeper);
}

/* As they were before this group. An error may have cost SQLite the whole transaction: then what the
 * groups before left in it comes from the log again. */
static enum fail tables_return(struct keeper *keeper)
{
	if (store_is_open(keeper->tables) && store_return(keeper->tables) == OK)
		return OK;
	store_rollback(keeper->tables);
	return tables_follow(keeper->tables, keeper->ledger);
}

/* The group stands in the log. */
static enum fail tables_go_on(struct keeper *keeper)
{
	TRY(store_keep(keeper->tables));
	return tables_are_due(keeper) ? tables_keep(keeper) : OK;
}

/* Facts are read and the law decides before anything is written, so a command that fails has mostly
 * written nothing: then going back costs nothing but memory, and no savepoint is needed. */
enum fail mark_set(struct keeper *keeper, struct mark *out)
{
	TRY(group_begin(keeper));
	*out = (struct mark){ ledger_mark(keeper->ledger), vault_mark(keeper->vault),
		              keeper->outgoing_count, keeper->clock.last_at_ms, keeper->projected };
	return OK;
}

/* Tables that were written to cannot forget half of a group: then the group is dropped as a whole. */
enum fail mark_return(struct keeper *keeper, struct mark mark)
{
	ledger_rollback(keeper->ledger, mark.ledger);
	vault_return(keeper->vault, mark.vault);
	keeper->outgoing_count = mark.outgoing_count;
	keeper->clock.last_at_ms = mark.last_at_ms;
	keeper->spoiled |= keeper->projected != mark.projected;
	return caches_reload(keeper);
}

void outgoing_add(struct keeper *keeper, uint64_t connection, const struct message *message,
                  bool after_all)
{
	if (keeper->outgoing_count == keeper->outgoing_cap) {
		size_t cap = keeper->outgoing_cap ? keeper->outgoing_cap * 2 : 256;
		keeper->outgoing = process_grow(keeper->outgoing,
		                                keeper->outgoing_cap * sizeof *keeper->outgoing,
		                                cap * sizeof *keeper->outgoing);
		keeper->outgoing_cap = cap;
	}
	keeper->outgoing[keeper->outgoing_count++] =
		(struct outgoing){ connection, *message, after_all };
}

/* Whether the copy was made is known only now; the entry says that it was ordered. */
static void backup_end(struct keeper *keeper)
{
	struct outgoing *reply = &keeper->outgoing[keeper->backup_reply];
	enum fail fail;

	if (keeper->backup_folder[0] == 0)
		return;
	fail = backup_do(keeper);
	keeper->backup_folder[0] = 0;
	if (fail == OK || keeper->backup_reply >= keeper->outgoing_count)
		return;
	diag_error("a backup could not be made: %s", fail_name(fail));
	reply->message.head[0].text = STR("failed");
	message_put(&reply->message, "fail", str_from(fail_name(fail)));
}

static void group_end(struct keeper *keeper)
{
	backup_end(keeper);
	for (size_t i = 0; i < keeper->outgoing_count; i++)
		keeper->out.send(keeper->out.context, keeper->outgoing[i].connection,
		                 &keeper->outgoing[i].message);
	keeper->outgoing_count = 0;
	keeper->projected = 0;
	keeper->group_open = keeper->spoiled = false;
	arena_empty(&keeper->group);
}

/* Nothing happened: everybody who asked hears so, and no order goes out. */
static enum fail group_drop(struct keeper *keeper, enum fail why)
{
	struct ledger_mark nothing = { 0 };

	diag_error("a group was dropped (%s); nothing of it happened", fail_name(why));
	keeper->backup_folder[0] = 0;
	vault_return(keeper->vault, (struct vault_mark){ 0, 0 });
	TRY(vault_commit(keeper->vault));
	TRY(tables_return(keeper));
	ledger_rollback(keeper->ledger, nothing);
	keeper->dropped = true;
	for (size_t i = 0; i < keeper->outgoing_count; i++) {
		struct outgoing *outgoing = &keeper->outgoing[i];
		if (outgoing->after_all)
			continue;
		struct message failed = { .kind = outgoing->message.kind, .id = outgoing->message.id };
		failed.head = arena_array(&keeper->group, struct pair, 2);
		if (outgoing->message.kind == MESSAGE_ANSWER) {
			message_put(&failed, "outcome", STR("failed"));
			message_put(&failed, "fail", str_from(fail_name(why)));
			outgoing->message = failed;
		} else {
			*outgoing = keeper->outgoing[--keeper->outgoing_count];
			i--;
		}
	}
	TRY(caches_reload(keeper));
	group_end(keeper);
	return OK;
}

/* DESIGN 5: vault, then log with one flush, then tables, then the answers. The tables are a cache: they are
 * changed now, for whatever comes next, and written with their position a little later. */
enum fail keeper_settle(struct keeper *keeper)
{
	if (!keeper->group_open) {
		group_end(keeper);
		return OK;
	}
	if (keeper->spoiled)
		return group_drop(keeper, FAIL_STORE);
	if (ledger_staged(keeper->ledger) == 0) {
		TRY(vault_commit(keeper->vault));
		TRY(tables_go_on(keeper));
		group_end(keeper);
		return OK;
	}
	enum fail fail = vault_commit(keeper->vault);
	if (fail != OK)
		return group_drop(keeper, fail);
	TRY(ledger_commit(keeper->ledger));
	TRY(tables_go_on(keeper));
	group_end(keeper);
	return OK;
}
