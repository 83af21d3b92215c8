/* What stands in the log, read from its files behind the service's back. */
#include "world.h"

#include "law/events.h"
#include "store/ledger.h"

static void ledger_end(struct ledger **ledger)
{
	ledger_close(*ledger);
}

static enum fail log_open(const struct world *world, struct ledger **out)
{
	return ledger_open(str_printf(world->arena, "%s/log", world->dir).at, LEDGER_READ, out);
}

enum fail world_log_size(struct world *world, uint64_t *out)
{
	AUTO(ledger_end) struct ledger *ledger = NULL;

	TRY(log_open(world, &ledger));
	*out = ledger_size(ledger);
	return OK;
}

static bool is_session(struct str kind)
{
	return str_is(kind, "signed_in") || str_is(kind, "signed_out");
}

enum fail world_log_kinds(struct world *world, uint64_t first, bool all, struct str kinds[KINDS_MAX], size_t *count_out)
{
	AUTO(ledger_end) struct ledger *ledger = NULL;
	struct str entry;
	struct json object;
	size_t count = 0;

	TRY(log_open(world, &ledger));
	for (uint64_t index = first; index < ledger_size(ledger) && count < KINDS_MAX; index++) {
		TRY(ledger_read(ledger, index, world->arena, &entry));
		TRY(json_read(world->arena, entry, &object));
		struct str kind = json_text(&object, STR("kind"));
		if (all || !is_session(kind))
			kinds[count++] = kind;
	}
	*count_out = count;
	return OK;
}

enum fail world_log_count(struct world *world, struct str text, size_t *out)
{
	AUTO(ledger_end) struct ledger *ledger = NULL;
	struct str entry;
	size_t at, count = 0;

	TRY(log_open(world, &ledger));
	for (uint64_t index = 0; index < ledger_size(ledger); index++) {
		TRY(ledger_read(ledger, index, world->arena, &entry));
		count += str_find(entry, text, &at);
	}
	*out = count;
	return OK;
}

enum fail world_log_has(struct world *world, struct str text, bool *out)
{
	size_t count;

	TRY(world_log_count(world, text, &count));
	*out = count > 0;
	return OK;
}
