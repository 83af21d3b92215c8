/* The second person beforehand (two_person.before; 各機關申請提供戶籍資料及親等關聯資料辦法 §10): a code
 * bound to officer, person, case, window and count, given while both cards are there. */
#include "law/decide.h"

enum { ASK_COUNT_MAX = 20 };

static struct command_ask question_of(const struct command_request_authorization *ask)
{
	return (struct command_ask){
		.case_no = ask->case_no, .subject = ask->subject, .legal_basis = ask->legal_basis,
		.purpose = ask->purpose, .item = ask->item, .range = ask->range,
		.anchor_date = ask->anchor_date, .reason_code = ask->reason_code, .reason = ask->reason,
	};
}

struct verdict decide_request_authorization(const struct facts *facts,
                                            const struct command_request_authorization *ask)
{
	struct command_ask question = question_of(ask);
	struct verdict verdict = decide_question(facts, &question);

	if (verdict.refusal)                        return verdict;
	if (!needs_authorization(facts, &question)) return refused(REFUSED_AUTHORIZATION_UNNEEDED);
	if (ask->ask_count < 1 || ask->ask_count > ASK_COUNT_MAX)
		return refused(REFUSED_AUTHORIZATION_COUNT);
	return granted();
}

struct verdict decide_grant_authorization(const struct facts *facts,
                                          const struct command_grant_authorization *ask)
{
	const struct fact_authorization *request = &facts->authorization;

	(void)ask;
	if (!request->entry.n)                      return refused(REFUSED_AUTHORIZATION_UNKNOWN);
	if (!holds_duty_in(facts, command_duties(COMMAND_grant_authorization), request->office))
		return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, request->asker))           return refused(REFUSED_OWN_ACT);
	if (is_me(facts, request->subject))         return refused(REFUSED_OWN_ACT);
	if (request->case_closed)                   return refused(REFUSED_CASE_CLOSED);
	if (request->granted)                       return refused(REFUSED_AUTHORIZATION_GRANTED);
	if (facts->now_ms > request->grant_by_ms)   return refused(REFUSED_AUTHORIZATION_LATE);
	return granted();
}

static bool same_window(const struct fact_authorization *given, const struct command_ask *ask)
{
	return given->item == ask->item && given->range == ask->range &&
	       given->anchor.day == ask->anchor_date.day;
}

struct verdict decide_authorization(const struct facts *facts, const struct command_ask *ask)
{
	const struct fact_authorization *given = &facts->authorization;

	if (!given->entry.n || !given->granted)     return refused(REFUSED_AUTHORIZATION_UNKNOWN);
	if (!is_me(facts, given->asker))            return refused(REFUSED_AUTHORIZATION_OF_OTHER);
	if (!given->stands)                         return refused(REFUSED_AUTHORIZATION_WITHDRAWN);
	if (facts->now_ms > given->valid_until_ms)  return refused(REFUSED_AUTHORIZATION_EXPIRED);
	if (given->case_id.n != facts->case_.id.n)  return refused(REFUSED_AUTHORIZATION_OTHER_CASE);
	if (given->subject.n != facts->subject.person.n)
		return refused(REFUSED_AUTHORIZATION_OTHER_SUBJECT);
	if (!same_window(given, ask))               return refused(REFUSED_AUTHORIZATION_OTHER_WINDOW);
	if (given->used >= given->ask_count)        return refused(REFUSED_AUTHORIZATION_USED_UP);
	return granted();
}
