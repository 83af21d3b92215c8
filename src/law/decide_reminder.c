/* Reminder mails: when they leave, and what the log holds of one. They tell no secret and give no right, so
 * nothing is decided about a mail that has left. */
#include "law/decide.h"
#include "law/reminder.h"

enum { HOUR_MS = 3600000 };

bool reminder_is_due(const struct parameters *parameters, int64_t now_ms, bool workday)
{
	int64_t into_day_ms = now_ms - date_local_start_ms(time_local_date(now_ms));

	return workday && parameter_is(parameters, PARAMETER_REMINDER_DAILY, "on") &&
	       into_day_ms >= parameter_int(parameters, PARAMETER_REMINDER_HOUR) * HOUR_MS;
}

struct verdict decide_record_reminder(const struct facts *facts, const struct command_record_reminder *ask)
{
	(void)facts;
	(void)ask;
	return granted();
}

void account_record_reminder(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_record_reminder *ask = &command->record_reminder;
	struct event_reminder_sent *event = &events_add(out, EVENT_reminder_sent)->reminder_sent;

	(void)facts;
	event->person = ask->person;
	event->task_count = ask->task_count;
	event->overdue_count = ask->overdue_count;
}
