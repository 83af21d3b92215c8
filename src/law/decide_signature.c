/* Important steps are signed with the card: decision 0090. */
#include "law/decide.h"

enum { READERS = DUTY_BIT(DUTY_AUDITOR) | DUTY_BIT(DUTY_INSPECTOR) | DUTY_BIT(DUTY_NIA_INSPECTOR) |
                 DUTY_BIT(DUTY_RECORDS_KEEPER) };

/* Pages that came over a handshake with the card work without script, and without script nothing can
 * be signed in a browser. Every other way can sign, and where the agency certificate signs, so can the own card. */
static bool may_go_without(const struct facts *facts, const struct command *command)
{
	return !command_spec(command->kind)->with_agency && command->channel == CHANNEL_WEB && facts->session.method == METHOD_MUTUAL_TLS &&
	       parameter_is(&facts->parameters, PARAMETER_STEP_SIGNATURE, "if_possible");
}

struct verdict decide_signature(const struct facts *facts, const struct command *command)
{
	if (!command_spec(command->kind)->is_signed) return granted();
	if (!facts->step.presented && may_go_without(facts, command)) return granted();
	if (!facts->step.presented)                 return refused(REFUSED_SIGNATURE_NEEDED);
	if (facts->step.fault)                      return refused(facts->step.fault);
	return granted();
}

struct verdict decide_read_signature(const struct facts *facts, const struct command_read_signature *ask)
{
	(void)ask;
	if (!is_me(facts, facts->signature.signer) && !holds_duty(facts, READERS))
		return refused(REFUSED_DUTY_NOT_ENTITLED);
	if (!facts->signature.entry.n)              return refused(REFUSED_SIGNATURE_NONE);
	return granted();
}

void account_read_signature(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_signature_read *event = &events_add(out, EVENT_signature_read)->signature_read;

	event->signed_entry = facts->signature.entry;
	event->channel = command->channel;
}
