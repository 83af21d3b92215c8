/* Giving an account back (X16): two people with a reason, one of them of the bureau, within the time that
 * review.reinstate_days sets; after that only a new application helps. */
#include "law/decide.h"

/* What both ask: never the person concerned, only what can still be given back. */
static struct verdict decide_given_back(const struct facts *facts, enum command_kind command)
{
	const struct fact_block *block = &facts->block;
	int64_t days = parameter_int(&facts->parameters, PARAMETER_REVIEW_REINSTATE_DAYS);

	if (!governs_office(facts, command_duties(command), block->office))
		return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, block->person))            return refused(REFUSED_OWN_ACT);
	if (block->over)                            return refused(REFUSED_BLOCK_OVER);
	if (block->starts_on.day + days < facts->today.day)
		return refused(REFUSED_REINSTATE_TOO_LATE);
	return granted();
}

struct verdict decide_propose_reinstatement(const struct facts *facts, const struct command_propose_reinstatement *ask)
{
	(void)ask;
	if (!facts->block.entry.n)                  return refused(REFUSED_BLOCK_UNKNOWN);
	return decide_given_back(facts, COMMAND_propose_reinstatement);
}

struct verdict decide_approve_reinstatement(const struct facts *facts, const struct command_approve_reinstatement *ask)
{
	const struct fact_reinstatement *proposal = &facts->reinstatement;
	struct verdict verdict;

	(void)ask;
	if (!proposal->entry.n)                     return refused(REFUSED_PROPOSAL_UNKNOWN);
	verdict = decide_given_back(facts, COMMAND_approve_reinstatement);
	if (verdict.refusal)                        return verdict;
	if (is_me(facts, proposal->proposer))       return refused(REFUSED_OWN_ACT);
	if (is_me(facts, facts->block.recorder))    return refused(REFUSED_SUSPENDER_APPROVES);
	if (!proposal->bureau && !holds_bureau_duty(facts))
		return refused(REFUSED_BUREAU_NEEDED);
	return granted();
}
