/* Giving, ending and handing over duties (G3.2, G3.6, G4.1.1): each office governs its own, the bureau
 * any (X15). */
#include "law/decide.h"

static struct fact_duty wanted_duty(const struct command_appoint_duty *ask)
{
	return (struct fact_duty){ .person = ask->person, .office = ask->office, .duty = ask->duty,
		                   .deputy = ask->deputy, .valid_from = ask->valid_from,
		                   .valid_to = ask->valid_to };
}

/* G4.1.1: 股（課）長 or above, or somebody whom the head of the agency names. */
static struct verdict decide_ground(enum duty duty, enum appointment_ground ground, struct str letter_no)
{
	if (duty != DUTY_AUDITOR)                   return granted();
	if (!ground)                                return refused(REFUSED_AUDITOR_GROUND_NEEDED);
	if (ground == GROUND_NAMED_BY_HEAD && !letter_no.len)
		return refused(REFUSED_APPOINTMENT_LETTER_NEEDED);
	return granted();
}

/* X18: the consent is the bureau's, so that only the bureau can enter it. */
static bool bureau_consents(const struct facts *facts, const struct command_appoint_duty *ask)
{
	return ask->consent_letter_no.len && holds_bureau_duty(facts);
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
	if (duties_conflict(&facts->their_duties, &wanted, bureau_consents(facts, ask)))
		return refused(REFUSED_DUTIES_CONFLICT);
	return decide_ground(ask->duty, ask->ground, ask->letter_no);
}

/* The appointment that is to end, and who may end it. */
static struct verdict decide_ending(const struct facts *facts, uint32_t duties, struct date day)
{
	const struct fact_duty *duty = &facts->duty;

	if (!duty->entry.n)                         return refused(REFUSED_DUTY_UNKNOWN);
	if (!governs_office(facts, duties, duty->office)) return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, duty->person))             return refused(REFUSED_OWN_ACT);
	if (day.day < duty->valid_from.day)         return refused(REFUSED_DATES_REVERSED);
	return granted();
}

/* G3.2: each office has a custodian; a deputy stands in, but is none. */
static bool leaves_vacant(const struct facts *facts)
{
	return facts->duty.duty == DUTY_CUSTODIAN && !facts->duty.deputy && facts->staffing.custodians == 0;
}

struct verdict decide_end_duty(const struct facts *facts, const struct command_end_duty *ask)
{
	struct verdict verdict = decide_ending(facts, command_duties(COMMAND_end_duty), ask->ended_on);

	if (verdict.refusal)                        return verdict;
	if (leaves_vacant(facts) && !ask->left_vacant) return refused(REFUSED_OFFICE_LEFT_VACANT);
	return granted();
}

struct verdict decide_hand_over_duty(const struct facts *facts, const struct command_hand_over_duty *ask)
{
	struct verdict verdict = decide_ending(facts, command_duties(COMMAND_hand_over_duty), ask->handed_on);
	struct fact_duty wanted = facts->duty;

	if (verdict.refusal)                        return verdict;
	if (!facts->person_exists)                  return refused(REFUSED_PERSON_UNKNOWN);
	if (is_me(facts, ask->person))              return refused(REFUSED_OWN_ACT);
	if (facts->successor_duty.entry.n)          return refused(REFUSED_DUTY_EXISTS);
	wanted.person = ask->person;
	wanted.valid_from = ask->handed_on;
	wanted.valid_to = DATE_NONE;
	if (duties_conflict(&facts->their_duties, &wanted, false))
		return refused(REFUSED_DUTIES_CONFLICT);
	return decide_ground(wanted.duty, ask->ground, ask->letter_no);
}

struct verdict decide_report_staff_change(const struct facts *facts,
                                          const struct command_report_staff_change *ask)
{
	if (!facts->notice.entry.n)                 return refused(REFUSED_NOTICE_UNKNOWN);
	if (!governs_office(facts, command_duties(COMMAND_report_staff_change), facts->notice.office))
		return refused(REFUSED_OTHER_OFFICE);
	if (ask->sent_on.day > facts->today.day)    return refused(REFUSED_DATE_IN_FUTURE);
	return granted();
}
