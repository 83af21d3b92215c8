/* Legal bases, parameters and rule texts are the bureau's: one person proposes, another approves, and
 * nothing begins in the past (G7: old answers keep the old rule). */
#include "law/decide.h"

static bool items_exist(struct texts items)
{
	int item;

	for (size_t i = 0; i < items.count; i++)
		if (word_find(&item_words, items.at[i], &item) != OK)
			return false;
	return items.count > 0;
}

struct verdict decide_propose_basis(const struct facts *facts, const struct command_propose_basis *ask)
{
	if (!holds_bureau_duty(facts))              return refused(REFUSED_OTHER_OFFICE);
	if (!items_exist(ask->items))               return refused(REFUSED_ITEM_UNKNOWN);
	if (ask->valid_from.day < facts->today.day) return refused(REFUSED_EFFECTIVE_IN_PAST);
	if (!date_is_none(ask->valid_to) && ask->valid_to.day < ask->valid_from.day)
		return refused(REFUSED_DATES_REVERSED);
	return granted();
}

struct verdict decide_propose_parameter(const struct facts *facts, const struct command_propose_parameter *ask)
{
	enum parameter parameter;

	if (!holds_bureau_duty(facts))              return refused(REFUSED_OTHER_OFFICE);
	if (!parameter_find(ask->name, &parameter)) return refused(REFUSED_PARAMETER_UNKNOWN);
	if (!parameter_accepts(parameter, ask->value)) return refused(REFUSED_PARAMETER_OUT_OF_RANGE);
	if (ask->effective.day < facts->today.day)  return refused(REFUSED_EFFECTIVE_IN_PAST);
	return granted();
}

struct verdict decide_approve_proposal(const struct facts *facts, const struct command_approve_proposal *ask)
{
	const struct fact_proposal *proposal = &facts->proposal;

	(void)ask;
	if (!holds_bureau_duty(facts))              return refused(REFUSED_OTHER_OFFICE);
	if (!proposal->entry.n)                     return refused(REFUSED_PROPOSAL_UNKNOWN);
	if (is_me(facts, proposal->proposer))       return refused(REFUSED_OWN_ACT);
	if (proposal->effective.day < facts->today.day) return refused(REFUSED_EFFECTIVE_IN_PAST);
	return granted();
}

struct verdict decide_reject_proposal(const struct facts *facts, const struct command_reject_proposal *ask)
{
	(void)ask;
	if (!holds_bureau_duty(facts))              return refused(REFUSED_OTHER_OFFICE);
	if (!facts->proposal.entry.n)               return refused(REFUSED_PROPOSAL_UNKNOWN);
	if (is_me(facts, facts->proposal.proposer)) return refused(REFUSED_OWN_ACT);
	return granted();
}

struct verdict decide_file_edition(const struct facts *facts, const struct command_file_edition *ask)
{
	if (!holds_bureau_duty(facts))              return refused(REFUSED_OTHER_OFFICE);
	if (ask->dated.day > facts->today.day)      return refused(REFUSED_DATE_IN_FUTURE);
	return granted();
}

/* C18: the machine is the bureau's, and two of its people say that the clock is right. */
struct verdict decide_accept_clock(const struct facts *facts, const struct command_accept_clock *ask)
{
	(void)ask;
	if (!holds_bureau_duty(facts))              return refused(REFUSED_OTHER_OFFICE);
	if (!facts->clock_stepped)                  return refused(REFUSED_NOTHING_TO_ACCEPT);
	if (is_me(facts, facts->clock_accepted_by)) return refused(REFUSED_OWN_ACT);
	return granted();
}
