/* One question, later: what was asked, what came of it, and what can still be done. */
#include "doors/web/answer.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"

static void acts_write(struct out *page, const struct sheet *query)
{
	struct str asked = sheet_cell(query, 0, STR("key"));
	struct str state = sheet_cell(query, 0, STR("state"));
	struct viewer viewer = viewer_of(page->exchange);

	html(page, "<p class=\"no-print\">\n");
	if (str_is(sheet_cell(query, 0, STR("waits_for")), "person") && !str_is(state, "answered"))
		html(page, "<a class=\"button\" href=\"/paste?asked=%.*s\">%s</a>\n", STR_FMT(asked),
		     say(page, N_("Enter the answer")));
	if (viewer_may(&viewer, DUTY_BIT(DUTY_SUPERVISOR)))
		html(page, "<a class=\"button plain\" href=\"/do/accept_query?asked=%.*s\">%s</a>\n",
		     STR_FMT(asked), say(page, N_("Accept as second person")));
	html(page, "<a class=\"button plain\" href=\"/receipt?entry=%.*s\">%s</a>\n", STR_FMT(asked),
	     say(page, N_("Receipt of the question")));
	html(page, "</p>\n");
}

static void query_write(struct exchange *exchange, const struct sheet *query)
{
	const struct message *reply = talk_reply(exchange, 0);
	struct json answer, table;
	struct out page = page_begin(exchange, 200, N_("One question"));

	if (answer_read(&exchange->arena, reply, "answer", &answer) == OK)
		answer_write(&page, &answer, sheet_cell(query, 0, STR("key")));
	html(&page, "<div class=\"card\">\n");
	terms_write(&page, sheet_spec(SHEET_query), query, 0);
	html(&page, "</div>\n");
	if (answer_read(&exchange->arena, reply, "day_table", &table) == OK)
		day_table_write(&page, &table);
	acts_write(&page, query);
	page_end(&page);
}

void page_query(struct exchange *exchange)
{
	const struct sheet *query;

	if (!talk_begun(exchange)) {
		message_field(talk_ask_sheet(exchange, "query"), STR("asked"),
		              form_value(&exchange->request.query, "asked"));
		return;
	}
	if (outcome_page(exchange, N_("One question")))
		return;
	query = talk_sheet(exchange, 0, "query");
	if (query->row_count)
		query_write(exchange, query);
	else
		status_page(exchange, 404);
}

void page_release(struct exchange *exchange)
{
	const struct record_spec *spec = &command_spec(COMMAND_release_day_table)->record;

	if (!talk_begun(exchange)) {
		fields_send(exchange, spec,
		            talk_ask_command(exchange, spec->name,
		                             form_value(&exchange->request.form, "request")));
		return;
	}
	if (!outcome_page(exchange, N_("Show the day table")))
		answer_page(exchange, talk_reply(exchange, 0));
}
