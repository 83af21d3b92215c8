/* Cards (X7, X8): a citizen card holds only the last four characters of the number, so the custodian says
 * whose it is. A serial serves one person and never returns; what a card leaves behind is its history. */
#include "law/decide.h"

static bool keeps_one_of(const struct facts *facts)
{
	uint32_t custodian = DUTY_BIT(DUTY_CUSTODIAN);

	for (size_t i = 0; i < facts->account.office_count; i++)
		if (holds_duty_in(facts, custodian, facts->account.offices[i]))
			return true;
	return holds_duty_in(facts, custodian, BUREAU_OFFICE);
}

struct verdict decide_confirm_card(const struct facts *facts, const struct command_confirm_card *ask)
{
	const struct fact_presented *card = &facts->presented;

	if (!card->entry.n)                         return refused(REFUSED_CARD_REQUEST_UNKNOWN);
	if (!facts->account.exists)                 return refused(REFUSED_PERSON_UNKNOWN);
	if (!facts->account.office_count)           return refused(REFUSED_ACCOUNT_UNKNOWN);
	if (!keeps_one_of(facts))                   return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, ask->person))              return refused(REFUSED_OWN_ACT);
	if (card->taken)                            return refused(REFUSED_CARD_TAKEN);
	if (!card->last_four_same)                  return refused(REFUSED_CARD_NUMBER_DIFFERS);
	if (!card->name_same && !ask->remark.len)   return refused(REFUSED_CARD_NAME_UNEXPLAINED);
	return granted();
}

struct verdict decide_unbind_card(const struct facts *facts, const struct command_unbind_card *ask)
{
	(void)ask;
	if (!facts->account.person.n)               return refused(REFUSED_CARD_NOT_STANDING);
	if (!keeps_one_of(facts))                   return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, facts->account.person))    return refused(REFUSED_OWN_ACT);
	return granted();
}
