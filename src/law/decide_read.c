/* Reading is a command too: who reads the log or a personal list stands in the log. */
#include "law/decide.h"

#include "law/sheets.h"

struct verdict decide_read_log(const struct facts *facts, const struct command_read_log *ask)
{
	(void)facts;
	if (ask->first < 0 || ask->count < 1 || ask->count > LOG_READ_MAX)
		return refused(REFUSED_TOO_MANY_AT_ONCE);
	return granted();
}

struct verdict decide_read_sheet(const struct facts *facts, const struct command_read_sheet *ask)
{
	enum sheet_kind kind = sheet_find(ask->sheet);

	if (kind == SHEET_NONE)                     return refused(REFUSED_SHEET_UNKNOWN);
	if (!facts->session.id.n)                   return refused(REFUSED_NOT_SIGNED_IN);
	if (!facts->session.live)                   return refused(REFUSED_SESSION_ENDED);
	if (facts->me_locked)                       return refused(REFUSED_SIGN_IN_LOCKED);
	uint32_t duties = sheet_spec(kind)->duties;
	if (duties && !holds_duty(facts, duties))   return refused(REFUSED_DUTY_NOT_ENTITLED);
	return granted();
}

struct verdict decide_operator_act(const struct facts *facts, const struct command_operator_act *ask)
{
	(void)facts;
	(void)ask;
	return granted();
}
