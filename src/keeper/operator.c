/* Verbs of the machine's operator: no card, but an entry with the operating-system user. */
#include "keeper/parts.h"

#include <stdio.h>
#include <string.h>

static enum fail operator_invalid(struct act *act, const char *field, const char *why)
{
	struct problem problem = { str_from(field), why };

	reply_problems(act, &problem, 1);
	return OK;
}

/* Simulated time exists in demonstration logs only; a real log can never be brought into it. */
static enum fail clock_set(struct act *act, struct str detail)
{
	struct keeper *keeper = act->keeper;
	int64_t at_ms;

	if (!keeper->demo)
		return operator_invalid(act, "verb", "Only a demonstration log has simulated time.");
	if (detail.len == 0) {
		keeper->clock.shift_ms = 0;
	} else {
		if (time_parse_utc(detail, &at_ms) != OK)
			return operator_invalid(act, "detail",
			                        "Write the time as 2026-11-23T08:30:00.000Z.");
		keeper->clock.shift_ms += at_ms - keeper_wall_ms(keeper);
	}
	keeper->next_tick_ms = 0; /* what is due at the new time happens before anything else */
	struct message reply = reply_to(act, MESSAGE_ANSWER);
	message_put(&reply, "outcome", STR("granted"));
	message_put(&reply, "demo", STR("1"));
	reply_send(act, &reply);
	return OK;
}

/* Both databases as one consistent state: after the group is durable, and nothing runs in between.
 * Copied within the group they would hold entries that the log does not have yet. */
enum fail backup_do(struct keeper *keeper)
{
	char path[PATH_BYTES_MAX + 16];

	snprintf(path, sizeof path, "%s/vault.db", keeper->backup_folder);
	TRY(vault_backup(keeper->vault, path));
	snprintf(path, sizeof path, "%s/youju.db", keeper->backup_folder);
	return store_backup(keeper->tables, path);
}

static bool backup_order(struct keeper *keeper, struct str folder)
{
	if (folder.len == 0 || folder.len >= sizeof keeper->backup_folder || folder.at[0] != '/')
		return false;
	memcpy(keeper->backup_folder, folder.at, folder.len);
	keeper->backup_folder[folder.len] = 0;
	return true;
}

static struct str operator_name(const struct act *act)
{
	struct str name = message_get(act->message, "os_user");

	return name.len && str_is_utf8(name) ? str_utf8_head(name, 64) : STR("unknown");
}

enum fail handle_operator(struct act *act)
{
	struct str verb = message_get(act->message, "verb");
	struct str detail = message_get(act->message, "detail");

	if (str_is(verb, "clock"))
		return clock_set(act, detail);
	if (verb.len == 0 || verb.len > 64 || !str_is_utf8(verb) || !str_is_utf8(detail))
		return operator_invalid(act, "verb", "There is no such command.");
	caller_envelope(act, COMMAND_operator_act);
	act->command.operator_act.verb = verb;
	act->command.operator_act.os_user = operator_name(act);
	act->command.operator_act.detail = str_utf8_head(detail, 200);
	if (str_is(verb, "backup") && !backup_order(act->keeper, detail))
		return operator_invalid(act, "detail", "A backup needs the whole path of a folder.");
	TRY(corridor(act));
	struct message reply = reply_to(act, MESSAGE_ANSWER);
	reply_verdict(act, &reply);
	act->keeper->backup_reply = act->keeper->outgoing_count;
	reply_send(act, &reply);
	return OK;
}
