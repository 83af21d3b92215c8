#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"
#include "doors/web/tasks.h"
#include "doors/web/together.h"

enum { CASES_SHOWN = 20 };

/* The way of a working day: a number from the paper on the desk, then the case. */
static void find_case(struct out *page)
{
	html(page, "<form method=\"get\" action=\"/case\" class=\"sheet find\">\n<label for=\"no\">%s</label>\n"
	     "<input id=\"no\" name=\"no\" required maxlength=\"32\" autocomplete=\"off\" placeholder=\"113-0041\">\n"
	     "<button>%s</button>\n</form>\n", say(page, N_("Case number")), say(page, N_("Open the case")));
}

static void cases_write(struct out *page, const struct sheet *cases)
{
	html(page, "<h2>%s</h2>\n", say(page, N_("Cases of my office")));
	find_case(page);
	table_write(page, sheet_spec(SHEET_my_cases), cases, N_("Cases of my office"), NULL);
	if (cases->row_count == CASES_SHOWN)
		html(page, "<p class=\"no-print\"><a href=\"/lists/my_cases\">%s</a></p>\n",
		     say(page, N_("All cases of my office")));
}

void page_home(struct exchange *exchange)
{
	if (!talk_begun(exchange)) {
		talk_ask_sheet(exchange, "my_tasks");
		talk_ask_sheet(exchange, "offices");
		talk_ask_sheet(exchange, "bases");
		message_put(talk_ask_sheet(exchange, "my_cases"), "limit",
		            str_printf(&exchange->arena, "%d", CASES_SHOWN));
		return;
	}
	/* Not everybody has cases: only the first three must be granted. */
	if (outcome_of(talk_reply(exchange, 3)) == OUTCOME_REFUSED)
		exchange->talk.count = 3;
	if (outcome_page(exchange, N_("My tasks and cases")))
		return;
	struct out page = page_begin(exchange, 200, N_("My tasks and cases"));
	html(&page, "<h2>%s</h2>\n", say(&page, N_("What is due")));
	tasks_write(&page, talk_sheet(exchange, 0, "my_tasks"));
	together_of_tasks_write(&page, talk_sheet(exchange, 0, "my_tasks"));
	if (exchange->talk.count == 4)
		cases_write(&page, talk_sheet(exchange, 3, "my_cases"));
	page_end(&page);
}

/* Only what the viewer's duties allow; the law decides again when the form comes in. */
static void case_acts(struct out *page, struct str case_no)
{
	static const struct { enum command_kind command; const char *path, *label; } acts[] = {
		{ COMMAND_ask, "/ask", N_("Ask a question") },
		{ COMMAND_add_party, "/do/add_party", N_("Add a party") },
		{ COMMAND_decide_case, "/do/decide_case", N_("Record the decision") },
		{ COMMAND_confirm_case, "/do/confirm_case", N_("Confirm (supervisor)") },
		{ COMMAND_close_case, "/do/close_case", N_("Close the case") },
	};
	struct str no = url_text(&page->exchange->arena, case_no);
	struct viewer viewer = viewer_of(page->exchange);

	html(page, "<p class=\"no-print\">\n");
	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (viewer_may(&viewer, command_spec(acts[i].command)->duties))
			html(page, "<a class=\"button%s\" href=\"%s?case_no=%.*s\">%s</a>\n", i ? " plain" : "",
			     acts[i].path, STR_FMT(no), say(page, acts[i].label));
	html(page, "</p>\n");
}

/* From best to worst: what nobody has asked yet is worse than any answer but a clear no. */
static int rank_of(struct str verdict)
{
	static const char *const order[] = { "released", "not_found", "eligible", "", "needs_review", "not_eligible" };
	int rank = 0;

	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		if (str_is(verdict, order[i]))
			rank = (int)i;
	return rank;
}

/* 社會救助法 §4(6): every member of the household must fulfil it, so the worst answer is the sum. The
 * decision stays with the case worker. */
static void household_write(struct out *page, const struct sheet *parties)
{
	struct str worst = STR("released");
	size_t members = 0;

	for (size_t i = 0; i < parties->row_count; i++) {
		struct str verdict = sheet_cell(parties, i, STR("last_verdict"));
		if (str_is(sheet_cell(parties, i, STR("relation")), "other_party"))
			continue;
		members++;
		if (rank_of(verdict) > rank_of(worst))
			worst = verdict;
	}
	if (members < 2)
		return;
	html(page, "<p>%s <b>%s</b> <span class=\"small\">%s</span></p>\n", say(page, N_("Household as a whole:")),
	     worst.len ? word_text(page, &answer_code_words, worst) : say(page, N_("not everybody has been asked about")),
	     say(page, N_("The worst of the latest answers about claimant and household members; you decide.")));
}

/* Each party leads to a question about it. */
static void parties_write(struct out *page, struct str case_no)
{
	struct exchange *exchange = page->exchange;
	struct str path = str_printf(&exchange->arena, "/ask?case_no=%.*s&subject=",
	                             STR_FMT(url_text(&exchange->arena, case_no)));

	html(page, "<h2>%s</h2>\n<p>%s</p>\n", say(page, N_("Parties of the case")),
	     say(page, N_("The number in front of a party leads to a question about it.")));
	table_write(page, sheet_spec(SHEET_case_parties), talk_sheet(exchange, 0, "case_parties"),
	            N_("Parties of the case"), path.at);
	household_write(page, talk_sheet(exchange, 0, "case_parties"));
}

void page_case(struct exchange *exchange)
{
	struct str case_no = str_trim(form_value(&exchange->request.query, "no"));

	if (!talk_begun(exchange)) {
		message_field(talk_ask_sheet(exchange, "case_parties"), STR("case_no"), case_no);
		return;
	}
	if (outcome_page(exchange, N_("Case")))
		return;
	struct out page = page_begin(exchange, 200, N_("Case"));
	html(&page, "<p class=\"lead mono\">%.*s</p>\n", STR_FMT(case_no));
	case_acts(&page, case_no);
	parties_write(&page, case_no);
	html(&page, "<p class=\"small\">%s</p>\n",
	     say(&page, N_("Looking at names is reading, too: it is recorded in the log.")));
	page_end(&page);
}

void page_queries(struct exchange *exchange)
{

	if (!talk_begun(exchange)) {
		talk_ask_sheet(exchange, "my_queries");
		return;
	}
	if (outcome_page(exchange, N_("My questions")))
		return;
	struct out page = page_begin(exchange, 200, N_("My questions"));
	table_write(&page, sheet_spec(SHEET_my_queries), talk_sheet(exchange, 0, "my_queries"),
	            N_("My questions"), NULL);
	page_end(&page);
}
