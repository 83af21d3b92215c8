#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"

void page_home(struct exchange *exchange)
{
	const struct sheet *tasks, *cases;

	if (!talk_begun(exchange)) {
		talk_ask_sheet(exchange, "my_tasks");
		talk_ask_sheet(exchange, "offices");
		talk_ask_sheet(exchange, "bases");
		talk_ask_sheet(exchange, "my_cases");
		return;
	}
	/* Not everybody has cases: only the first three must be granted. */
	if (outcome_of(talk_reply(exchange, 3)) == OUTCOME_REFUSED)
		exchange->talk.count = 3;
	if (outcome_page(exchange, N_("My tasks and cases")))
		return;
	struct out page = page_begin(exchange, 200, N_("My tasks and cases"));
	tasks = talk_sheet(exchange, 0, "my_tasks");
	html(&page, "<h2>%s</h2>\n", say(&page, N_("What is due")));
	table_write(&page, sheet_spec(SHEET_my_tasks), tasks, N_("What is due"));
	if (exchange->talk.count == 4) {
		cases = talk_sheet(exchange, 3, "my_cases");
		html(&page, "<h2>%s</h2>\n", say(&page, N_("Cases of my office")));
		table_write(&page, sheet_spec(SHEET_my_cases), cases, N_("Cases of my office"));
	}
	page_end(&page);
}

static void case_acts(struct out *page, struct str case_no)
{
	static const struct { const char *path, *label; } acts[] = {
		{ "/ask?case_no=", N_("Ask a question") }, { "/do/add_party?case_no=", N_("Add a party") },
		{ "/do/decide_case?case_no=", N_("Record the decision") },
		{ "/do/confirm_case?case_no=", N_("Confirm (supervisor)") },
		{ "/do/close_case?case_no=", N_("Close the case") },
	};
	struct str no = url_text(&page->exchange->arena, case_no);

	html(page, "<p class=\"no-print\">\n");
	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		html(page, "<a class=\"button%s\" href=\"%s%.*s\">%s</a>\n", i ? " plain" : "", acts[i].path,
		     STR_FMT(no), say(page, acts[i].label));
	html(page, "</p>\n");
}

void page_case(struct exchange *exchange)
{
	struct str case_no = form_value(&exchange->request.query, "no");

	if (!talk_begun(exchange)) {
		message_field(talk_ask_sheet(exchange, "case_parties"), STR("case_no"), case_no);
		return;
	}
	if (outcome_page(exchange, N_("Case")))
		return;
	struct out page = page_begin(exchange, 200, N_("Case"));
	html(&page, "<p class=\"lead mono\">%.*s</p>\n", STR_FMT(case_no));
	case_acts(&page, case_no);
	html(&page, "<h2>%s</h2>\n", say(&page, N_("Parties of the case")));
	table_write(&page, sheet_spec(SHEET_case_parties), talk_sheet(exchange, 0, "case_parties"),
	            N_("Parties of the case"));
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
	            N_("My questions"));
	page_end(&page);
}
