/* Giving and ending duties (G3.2, G3.6): each office governs its own, the bureau any (X15). */
#include "law/decide.h"

static struct fact_duty wanted_duty(const struct command_appoint_duty *ask)
{
	return (struct fact_duty){ .person = ask->person, .office = ask->office, .duty = ask->duty,
		                   .deputy = ask->deputy, .valid_from = ask->valid_from,
		                   .valid_to = ask->valid_to };
}

struct verdict decide_appoint_duty(const struct facts *facts, const struct command_appoint_duty *ask)
{
	struct fact_duty wanted = wanted_duty(ask);

	if (!facts->office.exists || facts->office.ended) return refused(REFUSED_OFFICE_UNKNOWN);
	if (!governs_office(facts, command_duties(COMMAND_appoint_duty), ask->office))
		return refused(REFUSED_OTHER_OFFICE);
	if (!facts->person_exists)                  return refused(REFUSED_PERSON_UNKNOWN);
	if (is_me(facts, ask->person))              return refused(REFUSED_OWN_ACT);
	if (!date_is_none(ask->valid_to) && ask->valid_to.day < ask->valid_from.day)
		return refused(REFUSED_DATES_REVERSED);
	if (!duty_fits_office(ask->duty, facts->office.kind)) return refused(REFUSED_DUTY_NOT_OF_OFFICE);
	if (facts->duty.entry.n)                    return refused(REFUSED_DUTY_EXISTS);
	if (duties_conflict(&facts->their_duties, &wanted)) return refused(REFUSED_DUTIES_CONFLICT);
	return granted();
}

struct verdict decide_end_duty(const struct facts *facts, const struct command_end_duty *ask)
{
	const struct fact_duty *duty = &facts->duty;

	if (!duty->entry.n)                         return refused(REFUSED_DUTY_UNKNOWN);
	if (!governs_office(facts, command_duties(COMMAND_end_duty), duty->office))
		return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, duty->person))             return refused(REFUSED_OWN_ACT);
	if (ask->ended_on.day < duty->valid_from.day) return refused(REFUSED_DATES_REVERSED);
	return granted();
}
