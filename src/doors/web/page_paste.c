/* The answer that a person carries over from the agency's page. */
#include "doors/web/answer.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"

static const struct record_spec *paste_fields(void)
{
	return &command_spec(COMMAND_paste_answer)->record;
}

/* Only how a look-up by a person can end. */
static void result_write(struct out *page, struct str chosen)
{
	static const struct { const char *code, *label; } ends[] = {
		{ "found", N_("Found: the rows are pasted below") },
		{ "not_found", N_("查無資料: the agency's page shows no record") },
		{ "not_asked", N_("未查: I did not look it up") },
	};

	html(page, "<fieldset><legend>%s</legend>\n", say(page, N_("How the look-up ended")));
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		html(page, "<label class=\"choice\"><input type=\"radio\" name=\"result\" value=\"%s\"%s%s>"
		     "%s</label>\n", ends[i].code, str_is(chosen, ends[i].code) ? " checked" : "",
		     i ? "" : " required", say(page, ends[i].label));
	html(page, "</fieldset>\n");
}

static void form_write(struct out *page, const struct fields_view *view, struct str asked)
{
	form_begin(page, "/paste", NULL);
	request_write(page, view);
	html(page, "<input type=\"hidden\" name=\"asked\" value=\"%.*s\">\n", STR_FMT(asked));
	result_write(page, view->typed ? form_value(view->typed, "result") : STR("found"));
	field_write(page, view, record_field(paste_fields(), STR("lines")));
	html(page, "<p class=\"reminder\">%s</p>\n<button>%s</button>\n</form>\n",
	     say(page, N_("請登出移民署系統: sign out of the agency's system before you go on.")),
	     say(page, N_("Enter the answer")));
}

static void page_write(struct exchange *exchange, const struct fields_view *view, unsigned status,
                       struct str asked, size_t query)
{
	const struct sheet *sheet = talk_sheet(exchange, query, "query");
	struct lookup lookup = { NULL };
	struct out page = page_begin(exchange, status, N_("Enter the answer from the agency's page"));

	if (sheet->row_count) {
		html(&page, "<div class=\"card\">\n");
		terms_write(&page, sheet_spec(SHEET_query), sheet, 0, &lookup);
		html(&page, "</div>\n");
	}
	form_write(&page, view, asked);
	page_end(&page);
}

void page_paste(struct exchange *exchange)
{
	struct str asked = form_value(&exchange->request.query, "asked");
	struct fields_view view = { 0 };

	if (!talk_begun(exchange)) {
		message_field(talk_ask_sheet(exchange, "query"), STR("asked"), asked);
		return;
	}
	if (!outcome_page(exchange, N_("Enter the answer from the agency's page")))
		page_write(exchange, &view, 200, asked, 0);
}

void page_paste_post(struct exchange *exchange)
{
	struct str asked = form_value(&exchange->request.form, "asked");
	struct fields_view view = { .typed = &exchange->request.form };

	if (!talk_begun(exchange)) {
		fields_send(exchange, paste_fields(),
		            talk_ask_command(exchange, STR("paste_answer"),
		                             form_value(&exchange->request.form, "request")));
		return;
	}
	if (outcome_of(talk_reply(exchange, 0)) != OUTCOME_INVALID) {
		answer_page(exchange, talk_reply(exchange, 0));
		return;
	}
	if (exchange->talk.count == 1) {
		message_field(talk_ask_sheet(exchange, "query"), STR("asked"), asked);
		return;
	}
	view.problems = message_sheet_named(talk_reply(exchange, 0), "problems");
	page_write(exchange, &view, 422, asked, 1);
}
