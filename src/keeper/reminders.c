/* Each working day whoever has tasks and an address is told how many, once. What a mail could not reach is tried
 * again the same day; an entry is written when it has left. */
#include "keeper/reminders.h"

#include <stdio.h>

#include "base/diag.h"
#include "keeper/parts.h"
#include "keeper/people.h"
#include "keeper/sheets.h"
#include "law/reminder.h"

enum { LOOKED_AT_AT_ONCE = 8, LOST_MS = 60000, AGAIN_MS = 600000, STAMP_BYTES = 12 };

static void failed(struct keeper *keeper, struct str why, bool again)
{
	struct reminders *reminders = &keeper->reminders;

	reminders->failed++;
	snprintf(reminders->why, sizeof reminders->why, "%.*s", STR_FMT(why));
	diag_error("a reminder mail did not leave: %s", reminders->why);
	if (!again)
		return;
	reminders->again = true;
	reminders->not_before_ms = keeper_mono_ms(keeper) + AGAIN_MS;
}

/* The same for the same person on the same day: what was sent twice, because a machine fell in between, is one mail. */
static struct str stamp_of(struct act *act, struct person_id person, struct date day)
{
	struct hash hash = hash_bytes(str_printf(act->arena, "%.*s %016llx %d", STR_FMT(act->keeper->origin),
	                                         (unsigned long long)person.n, (int)day.day));

	return hex_text(act->arena, hash.at, STAMP_BYTES);
}

static void mail_order(struct act *act, uint64_t messenger, struct str to, struct person_id person,
                       struct task_count count)
{
	struct keeper *keeper = act->keeper;
	struct reminders *reminders = &keeper->reminders;
	struct message order = message_new(act->arena, MESSAGE_MAIL, ++reminders->last_id);

	message_put(&order, "to", to);
	reply_put_u64(act, &order, "tasks", (uint64_t)count.tasks);
	reply_put_u64(act, &order, "overdue", (uint64_t)count.overdue);
	reply_put_u64(act, &order, "at_ms", (uint64_t)keeper_wall_ms(keeper));
	message_put(&order, "stamp", stamp_of(act, person, reminders->day));
	outgoing_add(keeper, messenger, &order, false);
	reminders->waiting = reminders->last_id;
	reminders->since_ms = keeper_mono_ms(keeper);
	reminders->person = person;
	reminders->tasks = count.tasks;
	reminders->overdue = count.overdue;
}

/* Without an address or tasks nothing is sent. Somebody whose details cannot be read holds nobody else up. */
static enum fail person_remind(struct act *act, uint64_t messenger, struct person_id person)
{
	struct facts_context context = facts_context_of(act);
	struct person_shown shown;
	struct task_count count;
	enum fail fail = person_show(act, person, &shown);

	if (fail != OK) {
		failed(act->keeper, str_from(fail_name(fail)), false);
		return OK;
	}
	if (!shown.details.email.len)
		return OK;
	TRY(tasks_count(&context, person, keeper_wall_ms(act->keeper), &count));
	if (count.tasks)
		mail_order(act, messenger, shown.details.email, person, count);
	return OK;
}

static void round_end(struct keeper *keeper)
{
	struct reminders *reminders = &keeper->reminders;

	reminders->done = !reminders->again;
	reminders->again = false;
	reminders->after = INT64_MIN;
}

static enum fail next_remind(struct keeper *keeper, uint64_t messenger)
{
	struct act act = act_of(keeper, PEER_MESSENGER, messenger, NULL);
	struct reminders *reminders = &keeper->reminders;

	for (int i = 0; i < LOOKED_AT_AT_ONCE && !reminders->waiting; i++) {
		enum fail fail = store_number(keeper->tables, TABLES_reminder_next,
		                              VALUES(VALUE_INT("after", reminders->after),
		                                     VALUE_INT("today", reminders->day.day)), &reminders->after);
		if (fail == FAIL_NOT_FOUND) {
			round_end(keeper);
			return OK;
		}
		TRY(fail);
		TRY(person_remind(&act, messenger, (struct person_id){ (uint64_t)reminders->after }));
	}
	return OK;
}

static enum fail is_due(struct keeper *keeper, bool *out)
{
	struct facts_context context = { &keeper->group, keeper->tables, keeper->vault, keeper->cache,
		                         keeper_wall_ms(keeper) };
	struct parameters parameters;

	TRY(facts_parameters(&context, keeper->reminders.day, &parameters));
	*out = reminder_is_due(&parameters, keeper_wall_ms(keeper),
	                       facts_is_workday(&context, keeper->reminders.day));
	return OK;
}

static void day_begin(struct reminders *reminders, struct date today)
{
	if (reminders->day.day == today.day)
		return;
	reminders->day = today;
	reminders->after = INT64_MIN;
	reminders->done = reminders->again = false;
	reminders->not_before_ms = 0;
}

enum fail reminders_tick(struct keeper *keeper)
{
	struct reminders *reminders = &keeper->reminders;
	int64_t now_ms = keeper_mono_ms(keeper);
	uint64_t messenger;
	bool due;

	if (reminders->waiting && now_ms - reminders->since_ms > LOST_MS) {
		reminders->waiting = 0;
		failed(keeper, str_from(fail_name(FAIL_TIMEOUT)), true);
	}
	day_begin(reminders, time_local_date(keeper_wall_ms(keeper)));
	if (keeper->clock.stepped || reminders->waiting || reminders->done || now_ms < reminders->not_before_ms ||
	    !peer_connection(keeper, PEER_MESSENGER, &messenger))
		return OK;
	TRY(is_due(keeper, &due));
	return due ? next_remind(keeper, messenger) : OK;
}

static enum fail sent(struct keeper *keeper)
{
	struct reminders *reminders = &keeper->reminders;
	struct command record = command_new(COMMAND_record_reminder);

	record.record_reminder.person = reminders->person;
	record.record_reminder.task_count = reminders->tasks;
	record.record_reminder.overdue_count = reminders->overdue;
	reminders->sent++;
	return corridor_internal(keeper, &record, (struct session_id){ 0 });
}

enum fail handle_mailed(struct act *act)
{
	struct reminders *reminders = &act->keeper->reminders;
	struct str outcome = message_get(act->message, "outcome");

	if (!reminders->waiting || act->message->id != reminders->waiting)
		return OK;
	reminders->waiting = 0;
	if (str_is(outcome, "sent"))
		TRY(sent(act->keeper));
	else
		failed(act->keeper, message_get(act->message, "why"), !str_is(outcome, "refused"));
	return reminders_tick(act->keeper);
}
