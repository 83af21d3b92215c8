/* What every command asks first: is somebody signed in, and does a duty in force entitle him. In
 * which office the duty must be held depends on the command and is asked there. */
#include "law/decide.h"

static struct verdict decide_person(const struct facts *facts, uint32_t duties)
{
	if (!facts->session.id.n)                   return refused(REFUSED_NOT_SIGNED_IN);
	if (!facts->session.live)                   return refused(REFUSED_SESSION_ENDED);
	if (!duties)                                return granted();
	if (facts->me_locked)                       return refused(REFUSED_SIGN_IN_LOCKED);
	if (!facts->my_duties.count && facts->my_block.entry.n)
		return refused(refusal_of_block(&facts->my_block));
	if (!facts->my_duties.count)                return refused(REFUSED_NO_DUTY);
	if (!holds_duty(facts, duties))             return refused(REFUSED_DUTY_NOT_ENTITLED);
	return granted();
}

struct verdict decide_who(const struct facts *facts, const struct command_spec *spec)
{
	return spec->door == DOOR_PEOPLE ? decide_person(facts, spec->duties) : granted();
}
