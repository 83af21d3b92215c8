/* Cases at the counter (G3.4b: no question without a case; so who enters what is itself a rule). */
#include "law/decide.h"

#include "law/details.h"

static bool is_mine(const struct facts *facts, enum command_kind kind)
{
	return holds_duty_in(facts, command_duties(kind), facts->case_.office);
}

static bool is_closed(const struct facts *facts)
{
	return !date_is_none(facts->case_.closed_on);
}

static bool is_later(struct date date, struct date than)
{
	return date.day > than.day;
}

struct verdict decide_open_case(const struct facts *facts, const struct command_open_case *ask)
{
	if (facts->case_.id.n)                      return refused(REFUSED_CASE_EXISTS);
	if (!facts->basis.exists)                   return refused(REFUSED_BASIS_UNKNOWN);
	if (is_later(ask->received_on, facts->today)) return refused(REFUSED_DATE_IN_FUTURE);
	return granted();
}

struct verdict decide_add_party(const struct facts *facts, const struct command_add_party *ask)
{
	struct date born;

	if (!facts->case_.id.n)                     return refused(REFUSED_CASE_UNKNOWN);
	if (!is_mine(facts, COMMAND_add_party))     return refused(REFUSED_CASE_OF_OTHER_OFFICE);
	if (facts->case_.i_am_party)                return refused(REFUSED_OWN_ACT);
	if (is_closed(facts))                       return refused(REFUSED_CASE_CLOSED);
	if (!facts->subject.number_valid)           return number_refused(&facts->subject);
	if (is_me(facts, facts->subject.person))    return refused(REFUSED_OWN_RECORD);
	if (facts->subject.party_no)                return refused(REFUSED_PARTY_EXISTS);
	if (facts->case_.party_count >= PARTIES_MAX) return refused(REFUSED_PARTIES_FULL);
	if (birthday_read(ask->birth_date, facts->today, &born) != OK)
		return refused(REFUSED_BIRTHDAY_WRONG);
	if (is_later(ask->received_on, facts->today)) return refused(REFUSED_DATE_IN_FUTURE);
	return granted();
}

struct verdict decide_confirm_case(const struct facts *facts, const struct command_confirm_case *ask)
{
	(void)ask;
	if (!facts->case_.id.n)                     return refused(REFUSED_CASE_UNKNOWN);
	if (!is_mine(facts, COMMAND_confirm_case))  return refused(REFUSED_CASE_OF_OTHER_OFFICE);
	if (facts->case_.i_am_party)                return refused(REFUSED_OWN_ACT);
	if (is_closed(facts))                       return refused(REFUSED_CASE_CLOSED);
	if (!facts->case_.unconfirmed && !facts->case_.unconfirmed_parties)
		return refused(REFUSED_CASE_CONFIRMED);
	if (facts->case_.entered_by_me)             return refused(REFUSED_OWN_ACT);
	return granted();
}

struct verdict decide_close_case(const struct facts *facts, const struct command_close_case *ask)
{
	if (!facts->case_.id.n)                     return refused(REFUSED_CASE_UNKNOWN);
	if (!is_mine(facts, COMMAND_close_case))    return refused(REFUSED_CASE_OF_OTHER_OFFICE);
	if (facts->case_.i_am_party)                return refused(REFUSED_OWN_ACT);
	if (is_closed(facts))                       return refused(REFUSED_CASE_CLOSED);
	if (is_later(facts->case_.opened_on, ask->closed_on)) return refused(REFUSED_DATES_REVERSED);
	if (is_later(ask->closed_on, facts->today)) return refused(REFUSED_DATE_IN_FUTURE);
	return granted();
}

struct verdict decide_decide_case(const struct facts *facts, const struct command_decide_case *ask)
{
	if (!facts->case_.id.n)                     return refused(REFUSED_CASE_UNKNOWN);
	if (!is_mine(facts, COMMAND_decide_case))   return refused(REFUSED_CASE_OF_OTHER_OFFICE);
	if (facts->case_.i_am_party)                return refused(REFUSED_OWN_ACT);
	if (is_closed(facts))                       return refused(REFUSED_CASE_CLOSED);
	if (is_later(facts->case_.opened_on, ask->decided_on)) return refused(REFUSED_DATES_REVERSED);
	if (is_later(ask->decided_on, facts->today)) return refused(REFUSED_DATE_IN_FUTURE);
	return granted();
}
