/* First start, signing in and out (G3.2, G3.4a, G3.5). */
#include "law/decide.h"

static bool same_card(const struct fact_card *a, const struct fact_card *b)
{
	return str_eq(a->serial, b->serial) || (a->number.len && str_eq(a->number, b->number));
}

/* X8: the card holds only the last four characters of the number. */
static bool shows_number(const struct fact_card *card, const struct fact_subject *typed)
{
	return card->last_four.len == 4 && str_ends(typed->normalised, card->last_four);
}

struct verdict decide_first_start(const struct facts *facts, const struct command_first_start *ask)
{
	const struct fact_card *card = &facts->card, *second = &facts->second_card;
	const struct fact_subject *custodian = &facts->first_custodian;
	const struct fact_subject *supervisor = &facts->first_supervisor;

	(void)ask;
	if (facts->started)                         return refused(REFUSED_FIRST_START_OVER);
	if (!card->presented || !second->presented) return refused(REFUSED_SAME_CARD_TWICE);
	if (card->fault)                            return refused(card->fault);
	if (second->fault)                          return refused(second->fault);
	if (same_card(card, second))                return refused(REFUSED_SAME_CARD_TWICE);
	if (!custodian->number_valid)               return number_refused(custodian);
	if (!supervisor->number_valid)              return number_refused(supervisor);
	if (str_eq(custodian->tag, supervisor->tag))
		return refused(REFUSED_SAME_CARD_TWICE);
	if (!shows_number(card, custodian) || !shows_number(second, supervisor))
		return refused(REFUSED_CARD_MISMATCH);
	return granted();
}

struct verdict decide_sign_in(const struct facts *facts, const struct command_sign_in *ask)
{
	(void)ask;
	if (!facts->started)                        return refused(REFUSED_FIRST_START_OPEN);
	if (!facts->card.presented)                 return refused(REFUSED_NOT_SIGNED_IN);
	if (facts->me_locked)                       return refused(REFUSED_SIGN_IN_LOCKED);
	if (facts->card.fault)                      return refused(facts->card.fault);
	if (!facts->card.bound_to.n)                return refused(REFUSED_CARD_UNKNOWN);
	if (facts->card.ended == CARD_END_LOST)     return refused(REFUSED_CARD_LOST);
	if (facts->card.ended)                      return refused(REFUSED_CARD_ENDED);
	if (!facts->card.matches)                   return refused(REFUSED_CARD_MISMATCH);
	if (!facts->my_duties.count && facts->my_block.entry.n)
		return refused(refusal_of_block(&facts->my_block));
	if (!facts->my_duties.count)                return refused(REFUSED_NO_DUTY);
	return granted();
}

struct verdict decide_sign_out(const struct facts *facts, const struct command_sign_out *ask)
{
	(void)facts;
	(void)ask;
	return granted();
}

struct verdict decide_count_refusals(const struct facts *facts, const struct command_count_refusals *ask)
{
	(void)facts, (void)ask;
	return granted();
}

struct verdict decide_end_session(const struct facts *facts, const struct command_end_session *ask)
{
	(void)ask;
	if (!facts->session.live)                   return refused(REFUSED_SESSION_ENDED);
	return granted();
}
