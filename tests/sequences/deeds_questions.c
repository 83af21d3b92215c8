/* Rules, cases and questions. */
#include <string.h>

#include "deeds_parts.h"

/* --- rules --- */

void deed_propose(void)
{
	static const char *const settings[][2] = {
		{ "two_person.before", "history" }, { "two_person.before", "one_year,item_7" },
		{ "two_person.before", "none" }, { "two_person.after", "one_year,history,item_7" },
		{ "two_person.after", "none" }, { "two_person.code_hours", "1" }, { "two_person.cards_minutes", "15" },
		{ "session.idle_minutes", "30" }, { "session.max_hours", "1" }, { "review.reinstate_days", "2" },
		{ "account.idle_suspend_days", "30" }, { "account.idle_terminate_days", "60" },
		{ "app.bureau_chain", "full" }, { "app.bureau_chain", "short" }, { "login.max_failures", "3" },
		{ "affiliate.custodian", "own" }, { "grant.max_years", "1" },
	};
	size_t at = chance(45) ? roll(3) : roll(ARRAY_LEN(settings));

	ask("propose_parameter", actor(LEADERS, BUREAU, false, 0));
	field("name", "%s", settings[at][0]);
	field("value", "%s", settings[at][1]);
	day("effective", (int)roll(2));
	field("reason", "試行");
}

void deed_decide_proposal(void)
{
	const struct m_proposal *proposal = NULL;
	const char *name = chance(85) ? "approve_proposal" : "reject_proposal";

	PICK_FIT(model.proposals, proposal, !proposal->closed);

	ask(name, actor(LEADERS, BUREAU, false, proposal ? proposal->proposer : 0));
	number("proposal", proposal ? proposal->entry : 0);
	if (strcmp(name, "reject_proposal") == 0)
		field("reason", "未附理由");
}

void deed_file_edition(void)
{
	ask("file_edition", actor(LEADERS, BUREAU, false, 0));
	field("edition_kind", "guideline");
	field("title", "作業要點");
	day("dated", 0);
	field("text", "一、目的");
}

void deed_accept_clock(void)
{
	ask("accept_clock", actor(LEADERS, BUREAU, false, model.clock_accepted_by));
}

/* --- cases and questions --- */

static const struct m_case *some_case(void)
{
	return &model.cases.at[chance(70) ? roll(model.cases.count < 4 ? model.cases.count : 4) : roll(model.cases.count)];
}

void deed_open_case(void)
{
	enum office office = chance(60) ? SANMIN : some_office();

	ask("open_case", actor(DUTY_BIT(DUTY_OFFICER) | DUTY_BIT(DUTY_SUPERVISOR), office, false, 0));
	field("case_no", "114-%llu", (unsigned long long)town_size());
	field("legal_basis", "%s", ONE_OF("L_CHILD", "B_LOW"));
	field("intake_no", "I-1");
	day("received_on", 0);
}

void deed_add_party(void)
{
	const struct m_case *to = PICK_ROW(model.cases);
	int who = (int)roll(TOWN_PEOPLE);

	ask("add_party", actor(DUTY_BIT(DUTY_OFFICER) | DUTY_BIT(DUTY_SUPERVISOR), to->office, false, model_person(who)));
	field("case_no", "%s", to->no);
	field("id_no", "%s", town_id_no(who));
	field("name", "%s", town_name(who));
	field("person_kind", "registered_national");
	field("relation", "household_member");
	field("intake_no", "I-2");
	day("received_on", 0);
}

void deed_case_step(void)
{
	const char *name = ONE_OF("confirm_case", "confirm_case", "confirm_case", "close_case", "decide_case");
	const struct m_case *of = NULL;

	PICK_FIT(model.cases, of, of->unconfirmed || (of->count && of->parties[of->count - 1].unconfirmed));
	uint64_t tempted = of->count && chance(50) ? of->parties[roll(of->count)].person : of->opened_by;

	if (of->count && chance(30))
		tempted = of->parties[of->count - 1].added_by;
	if (strcmp(name, "close_case") == 0 && chance(70))
		name = "confirm_case";
	ask(name, actor(DUTY_BIT(DUTY_SUPERVISOR), of->office, false, tempted));
	field("case_no", "%s", of->no);
	if (strcmp(name, "close_case") == 0)
		day("closed_on", 0);
	if (strcmp(name, "decide_case") == 0) {
		field("decision", "grant");
		day("decided_on", 0);
	}
}

static void question(const char *name, const struct m_case *of, enum item item, enum query_range range, size_t party)
{
	uint64_t subject = party >= 1 && party <= of->count ? of->parties[party - 1].person : 0;

	ask(name, actor(DUTY_BIT(DUTY_OFFICER), of->office, false, chance(40) ? subject : 0));
	field("case_no", "%s", of->no);
	field("subject", "%zu", party);
	field("legal_basis", "%s", of->basis);
	field("purpose", "yearly_recheck");
	field("item", "%.*s", STR_FMT(word_code(&item_words, (int)item)));
	field("range", "%.*s", STR_FMT(word_code(&query_range_words, (int)range)));
	field("reason_code", "court");
}

static enum item some_item(void)
{
	return chance(60) ? ITEM_1 : chance(90) ? ITEM_7 : ITEM_3;
}

static enum query_range some_range(const struct m_case *of, enum item item)
{
	if (item == ITEM_1 && strcmp(of->basis, "B_LOW") == 0 && chance(30))
		return RANGE_RESIDENCE;
	return chance(50) ? RANGE_ONE_YEAR : RANGE_HISTORY;
}

/* With a code: mostly for what it was given, now and then by another, elsewhere or wider. */
static void ask_with_code(const struct m_authorization *given)
{
	const struct m_case *of = ROW_OF(model.cases, entry, given->case_entry);
	size_t party = 1;

	for (size_t i = 0; of && i < of->count; i++)
		if (of->parties[i].person == given->subject)
			party = i + 1;
	if (!of || chance(6))
		of = some_case();
	question("ask", of, chance(94) ? given->item : some_item(), chance(94) ? given->range : some_range(of, given->item),
	         chance(94) ? party : 1 + roll(3));
	if (chance(70) && model_card_of(given->asker) >= 0)
		order.person = model_card_of(given->asker);
	if (chance(94))
		field("anchor_date", "%s", date_iso((struct date){ given->anchor }).text);
	else
		day("anchor_date", -(int)roll(5));
	field("authorization", "%s", given->code);
}

void deed_ask(void)
{
	const struct m_authorization *given = NULL;
	const struct m_case *of = some_case();
	enum item item = some_item();

	PICK_FIT(model.authorizations, given, given->code[0]);
	if (given && given->code[0] && chance(75)) {
		ask_with_code(given);
		return;
	}
	question("ask", of, item, some_range(of, item), 1 + (chance(50) ? 0 : roll(4)));
	day("anchor_date", -(int)roll(3));
	if (chance(12))
		field("waits_for", "person");
	if (chance(3))
		field("authorization", "AAAAA-BBBBB");
}

void deed_request(void)
{
	const struct m_case *of = some_case();
	enum item item = some_item();

	question("request_authorization", of, item, chance(80) ? RANGE_HISTORY : some_range(of, item),
	         1 + (chance(50) ? 0 : roll(3)));
	day("anchor_date", 0);
	field("ask_count", "%zu", 1 + roll(2));
}

void deed_grant_code(void)
{
	const struct m_authorization *given = NULL;

	PICK_FIT(model.authorizations, given, !given->granted_by);
	const struct m_case *of = given ? ROW_OF(model.cases, entry, given->case_entry) : NULL;
	ask("grant_authorization", actor(DUTY_BIT(DUTY_SUPERVISOR), of ? of->office : SANMIN, false,
	                                 !given ? 0 : chance(75) ? given->asker : given->subject));
	number("authorization", given ? given->entry : 0);
}

static void on_query(const char *name, const struct m_query *query, int person)
{
	ask(name, chance(85) && person >= 0 ? person : (int)roll(TOWN_PEOPLE));
	number("asked", query ? query->entry : 0);
}

void deed_accept(void)
{
	const struct m_query *query = NULL;

	PICK_FIT(model.queries, query, query->to_accept && (!query->accepted || chance(10)));
	const struct m_case *of = query ? ROW_OF(model.cases, entry, query->case_entry) : NULL;
	on_query("accept_query", query, actor(DUTY_BIT(DUTY_SUPERVISOR), of ? of->office : SANMIN, false,
	                                      !query ? 0 : chance(50) ? query->asker : query->subject));
	field("justified", "%s", ONE_OF("true", "false"));
}

void deed_of_asker(void)
{
	const struct m_query *query = PICK_ROW(model.queries);
	const char *name = ONE_OF("paste_answer", "release_day_table", "explain_query");

	on_query(name, query, query ? model_card_of(query->asker) : -1);
	if (strcmp(name, "paste_answer") == 0)
		field("result", "not_found");
	if (strcmp(name, "release_day_table") == 0)
		field("reason_code", "court");
	if (strcmp(name, "explain_query") == 0)
		field("explanation", "案情需要");
}
