/* What reading and the operator's acts write. */
#include "law/decide.h"

#include "law/sheets.h"

void account_read_log(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_log_read *event = &events_add(out, EVENT_log_read)->log_read;

	(void)facts;
	event->first = command->read_log.first;
	event->count = command->read_log.count;
	event->channel = command->channel;
}

/* Only lists that show persons are worth an entry. */
void account_read_sheet(const struct facts *facts, const struct command *command, struct events *out)
{
	enum sheet_kind kind = sheet_find(command->read_sheet.sheet);

	(void)facts;
	if (!(sheet_spec(kind)->flags & SHEET_PERSONAL))
		return;
	struct event_sheet_read *event = &events_add(out, EVENT_sheet_read)->sheet_read;
	event->sheet = command->read_sheet.sheet;
	event->row_count = command->read_sheet.row_count;
	event->channel = command->channel;
}

void account_operator_act(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_operator_acted *event = &events_add(out, EVENT_operator_acted)->operator_acted;

	(void)facts;
	event->verb = command->operator_act.verb;
	event->os_user = command->operator_act.os_user;
	event->detail = command->operator_act.detail;
}
