/* The question and what becomes of it (G3.1, G3.4b). deliver asks again what ask has asked: between
 * the two an officer may have been blocked or a case closed. */
#include "law/decide.h"

/* An anchor is the day of an application or of the data; what lies outside is a slip of the pen. */
static bool anchor_plausible(const struct facts *facts, struct date anchor)
{
	struct date first;
	bool exists = date_from_ymd((struct ymd){ 1990, 1, 1 }, &first);

	assert(exists);
	return anchor.day >= first.day && anchor.day <= facts->today.day + 31;
}

/* The quota warns; at three times the quota it refuses (DOMAIN 8). */
static bool beyond_quota(const struct facts *facts, int64_t asked, enum parameter quota)
{
	return asked >= 3 * parameter_int(&facts->parameters, quota);
}

static bool two_person(const struct facts *facts, enum parameter when, enum item item,
                       enum query_range range)
{
	return parameter_has(&facts->parameters, when, word_code(&query_range_words, (int)range)) ||
	       parameter_has(&facts->parameters, when, word_code(&item_words, (int)item));
}

bool needs_authorization(const struct facts *facts, const struct command_ask *ask)
{
	return two_person(facts, PARAMETER_TWO_PERSON_BEFORE, ask->item, ask->range);
}

bool needs_acceptance(const struct facts *facts, const struct command_ask *ask)
{
	return two_person(facts, PARAMETER_TWO_PERSON_AFTER, ask->item, ask->range);
}

/* G3.4b: only for duty, which is a case of the own office and a person in it. */
static struct verdict decide_case_and_subject(const struct facts *facts)
{
	const struct fact_case *case_ = &facts->case_;
	const struct fact_subject *subject = &facts->subject;

	if (!case_->id.n)                           return refused(REFUSED_CASE_UNKNOWN);
	if (!holds_duty_in(facts, DUTY_BIT(DUTY_OFFICER), case_->office))
		return refused(REFUSED_CASE_OF_OTHER_OFFICE);
	if (!date_is_none(case_->closed_on))        return refused(REFUSED_CASE_CLOSED);
	if (subject->by_number && !subject->number_valid)
		return number_refused(subject);
	if (is_me(facts, subject->person))          return refused(REFUSED_OWN_RECORD);
	if (!subject->party_no || !subject->person.n)
		return refused(REFUSED_SUBJECT_NOT_IN_CASE);
	return granted();
}

/* G2.2, G3.1: a basis in force that is the case's, an item that it allows and that was granted. */
static struct verdict decide_basis_and_item(const struct facts *facts, const struct command_ask *ask)
{
	const struct policy *policy = policy_of(ask->item, ask->range);

	if (!facts->basis.exists)                   return refused(REFUSED_BASIS_UNKNOWN);
	if (!str_eq(facts->basis.basis, facts->case_.basis))
		return refused(REFUSED_BASIS_NOT_OF_CASE);
	if (!(facts->basis.items & (1u << ask->item)))
		return refused(REFUSED_ITEM_NOT_OF_BASIS);
	if (!facts->my_account || !facts->item_granted)
		return refused(REFUSED_ITEM_NOT_GRANTED);
	if (!policy)                                return refused(REFUSED_RANGE_NOT_OF_ITEM);
	if (policy->needs_day_test && !facts->basis.day_test)
		return refused(REFUSED_NO_DAY_TEST);
	return granted();
}

/* Least disclosure: each step wider has its own reason (個人資料保護法 §5). */
static struct verdict decide_reason(const struct facts *facts, const struct command_ask *ask)
{
	bool demanded = parameter_is(&facts->parameters, PARAMETER_QUERY_HISTORY_NEEDS_REASON, "on");

	if (demanded && policy_of(ask->item, ask->range)->reason_needed && !ask->reason_code)
		return refused(REFUSED_REASON_NEEDED);
	if (ask->reason_code == REASON_OTHER && !ask->reason.len)
		return refused(REFUSED_REASON_TEXT_NEEDED);
	return granted();
}

struct verdict decide_question(const struct facts *facts, const struct command_ask *ask)
{
	struct verdict verdict;

	if (facts->clock_stepped)                   return refused(REFUSED_CLOCK_STEPPED);
	verdict = decide_case_and_subject(facts);
	if (verdict.refusal)                        return verdict;
	verdict = decide_basis_and_item(facts, ask);
	if (verdict.refusal)                        return verdict;
	verdict = decide_reason(facts, ask);
	if (verdict.refusal)                        return verdict;
	if (!anchor_plausible(facts, ask->anchor_date)) return refused(REFUSED_ANCHOR_OUT_OF_RANGE);
	return granted();
}

/* A code that is not needed is looked at all the same: a wrong one is a slip worth telling. */
static struct verdict decide_second_person(const struct facts *facts, const struct command_ask *ask)
{
	if (ask->authorization.len)
		return decide_authorization(facts, ask);
	if (needs_authorization(facts, ask))
		return refused(REFUSED_SECOND_PERSON_NEEDED);
	return granted();
}

struct verdict decide_ask(const struct facts *facts, const struct command_ask *ask)
{
	struct verdict verdict = decide_question(facts, ask);

	if (verdict.refusal)                        return verdict;
	verdict = decide_second_person(facts, ask);
	if (verdict.refusal)                        return verdict;
	if (beyond_quota(facts, facts->asked_last_hour, PARAMETER_QUERY_QUOTA_HOUR))
		return refused(REFUSED_QUOTA_REACHED);
	if (beyond_quota(facts, facts->asked_today, PARAMETER_QUERY_QUOTA_DAY))
		return refused(REFUSED_QUOTA_REACHED);
	return granted();
}

/* What may have changed since the question was asked. */
static struct verdict decide_still_entitled(const struct facts *facts)
{
	const struct fact_query *query = &facts->query;

	if (!facts->session.live)                   return refused(REFUSED_SESSION_ENDED);
	if (facts->me_locked)                       return refused(REFUSED_SIGN_IN_LOCKED);
	if (!holds_duty_in(facts, DUTY_BIT(DUTY_OFFICER), query->office))
		return refused(REFUSED_DUTY_NOT_ENTITLED);
	if (query->case_closed)                     return refused(REFUSED_CASE_CLOSED);
	if (!facts->item_granted)                   return refused(REFUSED_ITEM_NOT_GRANTED);
	return granted();
}

struct verdict decide_deliver(const struct facts *facts, const struct command_deliver *ask)
{
	(void)ask;
	if (!facts->query.asker.n)                  return refused(REFUSED_QUERY_UNKNOWN);
	if (!facts->query.open)                     return refused(REFUSED_QUERY_NOT_OPEN);
	return decide_still_entitled(facts);
}

struct verdict decide_paste_answer(const struct facts *facts, const struct command_paste_answer *ask)
{
	const struct fact_query *query = &facts->query;

	(void)ask;
	if (!is_me(facts, query->asker))            return refused(REFUSED_QUERY_UNKNOWN);
	if (!query->open)                           return refused(REFUSED_QUERY_NOT_OPEN);
	if (query->waits_for != WAITS_PERSON)       return refused(REFUSED_QUERY_NOT_PASTED);
	struct verdict verdict = decide_still_entitled(facts);
	if (verdict.refusal)                        return verdict;
	if (facts->delivery.unreadable)             return refused(REFUSED_PASTE_UNREADABLE);
	if (facts->delivery.mixed)                  return refused(REFUSED_PASTE_MIXED);
	return granted();
}

struct verdict decide_expire_query(const struct facts *facts, const struct command_expire_query *ask)
{
	(void)ask;
	if (!facts->query.asker.n)                  return refused(REFUSED_QUERY_UNKNOWN);
	if (!facts->query.open)                     return refused(REFUSED_QUERY_NOT_OPEN);
	return granted();
}

struct verdict decide_release_day_table(const struct facts *facts, const struct command_release_day_table *ask)
{
	const struct fact_query *query = &facts->query;

	if (!is_me(facts, query->asker))            return refused(REFUSED_QUERY_UNKNOWN);
	if (!holds_duty_in(facts, DUTY_BIT(DUTY_OFFICER), query->office))
		return refused(REFUSED_CASE_OF_OTHER_OFFICE);
	if (query->case_closed)                     return refused(REFUSED_CASE_CLOSED);
	if (!query->answered || !query->has_day_table)
		return refused(REFUSED_NOT_RELEASABLE);
	if (ask->reason_code == REASON_OTHER && !ask->reason.len)
		return refused(REFUSED_REASON_TEXT_NEEDED);
	return granted();
}

struct verdict decide_accept_query(const struct facts *facts, const struct command_accept_query *ask)
{
	const struct fact_query *query = &facts->query;

	(void)ask;
	if (!query->asker.n)                        return refused(REFUSED_QUERY_UNKNOWN);
	if (!holds_duty_in(facts, command_duties(COMMAND_accept_query), query->office))
		return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, query->asker))             return refused(REFUSED_OWN_ACT);
	if (is_me(facts, query->subject))           return refused(REFUSED_OWN_ACT);
	if (!query->to_accept || query->accepted)   return refused(REFUSED_NOTHING_TO_ACCEPT);
	return granted();
}

/* What a second person found not justified is explained by the officer who asked. */
struct verdict decide_explain_query(const struct facts *facts, const struct command_explain_query *ask)
{
	(void)ask;
	if (!is_me(facts, facts->query.asker))      return refused(REFUSED_QUERY_UNKNOWN);
	if (!facts->query.to_explain)               return refused(REFUSED_NOTHING_TO_EXPLAIN);
	return granted();
}
