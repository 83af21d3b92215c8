/* What the status page says of this machine: its mails, its revocation lists and the users of its processes. None
 * of it stands in the log, so it joins the list when it is read. */
#include "keeper/parts.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CRL_WARN_HOURS = 24, FIRST_LIST_KEY = 101, USERS_KEY = 100, SENT_KEY = 90, FAILED_KEY = 91, HOUR_MS = 3600000 };

static const char USERS[] = N_("Users of the processes");
static const char MAILS_SENT[] = N_("Reminder mails sent since the start");
static const char MAILS_FAILED[] = N_("Reminder mails that did not leave since the start (and why, the last)");
static const char LIST_FRESH[] = N_("Revocation list, age in hours");
static const char LIST_OLD[] = N_("Revocation list is old: load a newer one; age in hours");
static const char LIST_STALE[] = N_("Revocation list is too old: nobody signs in with these cards; age in hours");
static const char LIST_NONE[] = N_("No revocation list: nobody signs in with these cards");

static void row_add(struct act *act, struct sheet *sheet, int key, const char *name, struct str value)
{
	struct str *row = sheet_row_add(act->arena, sheet);

	row[0] = str_printf(act->arena, "%d", key);
	row[1] = str_from(name);
	row[2] = value;
}

/* The socket of the sealer belongs to whoever the sealer is. */
static struct str users_say(const struct keeper *keeper)
{
	char path[PATH_BYTES_MAX + 24];
	struct stat socket;

	snprintf(path, sizeof path, "%s/run/sealer.sock", keeper->dir);
	if (stat(path, &socket) == 0 && socket.st_uid != geteuid())
		return STR("users of their own");
	return geteuid() == 0 ? STR("root") : STR("one user for all");
}

static void mails_say(struct act *act, struct sheet *sheet)
{
	const struct reminders *reminders = &act->keeper->reminders;
	unsigned long long sent = reminders->sent, failed = reminders->failed;

	if (sent)
		row_add(act, sheet, SENT_KEY, MAILS_SENT, str_printf(act->arena, "%llu", sent));
	if (failed)
		row_add(act, sheet, FAILED_KEY, MAILS_FAILED, str_printf(act->arena, "%llu (%s)", failed, reminders->why));
}

static void list_say(struct act *act, struct sheet *sheet, int key, const struct trust_status *status)
{
	int64_t hours = (keeper_wall_ms(act->keeper) - status->crl_this_update_ms) / HOUR_MS;
	struct str about = str_printf(act->arena, "%.16s… %lld", str_c(act->arena, status->subject_key_id), (long long)hours);

	if (keeper_wall_ms(act->keeper) > status->not_after_ms)
		return;
	if (!status->has_crl)
		row_add(act, sheet, key, LIST_NONE, str_copy(act->arena, status->subject_key_id));
	else if (hours >= act->keeper->limits.crl_hours)
		row_add(act, sheet, key, LIST_STALE, about);
	else
		row_add(act, sheet, key, hours >= CRL_WARN_HOURS ? LIST_OLD : LIST_FRESH, about);
}

enum fail status_put(struct act *act, struct sheet *sheet)
{
	struct trust_status status;

	TRY(trust_refresh(act->keeper));
	mails_say(act, sheet);
	row_add(act, sheet, USERS_KEY, USERS, users_say(act->keeper));
	for (size_t i = 0; i < trust_ca_count(act->keeper->trust); i++) {
		trust_status(act->keeper->trust, i, &status);
		list_say(act, sheet, FIRST_LIST_KEY + (int)i, &status);
	}
	return OK;
}
