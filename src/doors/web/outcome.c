#include "doors/web/outcome.h"

#include "doors/web/table.h"
#include "law/clause.h"
#include "law/refusals.h"

static const char *const outcome_names[] = {
	[OUTCOME_GRANTED] = "granted", [OUTCOME_REFUSED] = "refused", [OUTCOME_INVALID] = "invalid",
	[OUTCOME_FAILED] = "failed", [OUTCOME_WAITING] = "waiting",
};

static const struct { const char *class, *sign; } boxes[] = {
	[BOX_YES] = { "yes", "✓" }, [BOX_NO] = { "no", "✕" }, [BOX_ASK] = { "ask", "?" },
	[BOX_REFUSED] = { "refused", "⊘" }, [BOX_NOTE] = { "note", "ℹ" },
};

enum outcome outcome_of(const struct message *reply)
{
	struct str name = message_get(reply, "outcome");

	for (size_t i = 0; i < ARRAY_LEN(outcome_names); i++)
		if (str_is(name, outcome_names[i]))
			return (enum outcome)i;
	return OUTCOME_FAILED;
}

void box_begin(struct out *page, enum box box, const char *heading)
{
	html(page, "<section class=\"outcome %s\">\n<div class=\"sign\" aria-hidden=\"true\">%s</div>\n"
	     "<div class=\"text\">\n<h2>%s</h2>\n", boxes[box].class, boxes[box].sign, say(page, heading));
}

void box_end(struct out *page)
{
	html(page, "</div>\n</section>\n");
}

void entry_write(struct out *page, const struct message *reply)
{
	struct str entry = message_get(reply, "entry");

	if (!entry.len)
		return;
	html(page, "<p class=\"small\">%s <b class=\"mono\">%.*s</b> · ",
	     say(page, N_("Recorded in the log as entry")), STR_FMT(entry));
	if (str_is(message_get(reply, "receipt"), "ready"))
		html(page, "<a href=\"/receipt?entry=%.*s\">%s</a>", STR_FMT(entry), say(page, N_("Receipt")));
	else
		html(page, "<a href=\"/receipt?entry=%.*s\">%s</a>", STR_FMT(entry),
		     say(page, N_("Receipt (pending; ready within a second)")));
	html(page, "</p>\n");
}

void refusal_write(struct out *page, const struct message *reply)
{
	const struct refusal_spec *spec = refusal_spec(refusal_find(message_get(reply, "refusal")));
	struct str cited = clause_citation(&page->exchange->arena, str_from(spec->rule));
	struct str detail = message_get(reply, "detail");

	box_begin(page, BOX_REFUSED, N_("Refused"));
	html(page, "<p><b>%s</b></p>\n", say(page, spec->what));
	if (detail.len)
		html(page, "<p>%s</p>\n", say(page, str_c(&page->exchange->arena, detail)));
	html(page, "<p>%s <span class=\"rule mono\">%s</span>"
	     " <span lang=\"zh-Hant-TW\">%.*s</span>%s</p>\n<p>%s %s</p>\n",
	     say(page, N_("Rule:")), spec->rule, STR_FMT(cited), say(page, rule_label(str_from(spec->rule))), say(page, N_("Next step:")),
	     say(page, spec->next));
	entry_write(page, reply);
	box_end(page);
}

void problems_table_write(struct out *page, const struct message *reply)
{
	const struct sheet *problems = message_sheet_named(reply, "problems");

	if (!problems || !problems->row_count)
		return;
	html(page, "<h2>%s</h2>\n", say(page, N_("Lines that could not be taken")));
	plain_table_write(page, problems, N_("Lines that could not be taken"));
}

static bool is_signed_out(const struct message *reply)
{
	enum refusal refusal = refusal_find(message_get(reply, "refusal"));

	return refusal == REFUSED_NOT_SIGNED_IN || refusal == REFUSED_SESSION_ENDED;
}

static void refused_page(struct exchange *exchange, const char *title, const struct message *reply)
{
	struct out page = page_begin(exchange, is_signed_out(reply) ? 401 : 200, title);

	refusal_write(&page, reply);
	problems_table_write(&page, reply);
	if (is_signed_out(reply))
		html(&page, "<p><a class=\"button\" href=\"/sign-in\">%s</a></p>\n", say(&page, N_("Sign in")));
	page_end(&page);
}

static void failed_page(struct exchange *exchange, const struct message *reply)
{
	(void)reply;
	status_page(exchange, 503);
}

static void invalid_page(struct exchange *exchange, const char *title, const struct message *reply)
{
	struct out page = page_begin(exchange, 422, title);
	const struct sheet *problems = message_sheet_named(reply, "problems");

	box_begin(&page, BOX_NOTE, N_("This could not be understood"));
	html(&page, "<ul>\n");
	for (size_t i = 0; problems && i < problems->row_count; i++)
		html(&page, "<li><span class=\"mono\">%.*s</span> %s</li>\n",
		     STR_FMT(sheet_cell(problems, i, STR("field"))),
		     say(&page, str_c(&exchange->arena, sheet_cell(problems, i, STR("why")))));
	html(&page, "</ul>\n");
	box_end(&page);
	page_end(&page);
}

bool outcome_page(struct exchange *exchange, const char *title)
{
	for (size_t i = 0; i < exchange->talk.count; i++) {
		const struct message *reply = talk_reply(exchange, i);
		switch (outcome_of(reply)) {
		case OUTCOME_GRANTED:
		case OUTCOME_WAITING:
			continue;
		case OUTCOME_REFUSED:
			refused_page(exchange, title, reply);
			return true;
		case OUTCOME_INVALID:
			invalid_page(exchange, title, reply);
			return true;
		case OUTCOME_FAILED:
			failed_page(exchange, reply);
			return true;
		}
	}
	return false;
}

static const struct status_text {
	unsigned status;
	const char *title, *what, *next;
} status_texts[] = {
	{ 400, N_("The request was not understood"),
	  N_("Something in the request does not follow its format. Nothing was done."),
	  N_("Go back, reload the page and try again.") },
	{ 401, N_("Please sign in"), N_("Nobody is signed in in this browser, or the session has ended."),
	  N_("Sign in with your citizen card.") },
	{ 403, N_("The page is out of date"),
	  N_("The form belongs to another session, or this service is only offered with a card. Nothing "
	     "was done."),
	  N_("Go back, reload the page and send it again.") },
	{ 404, N_("There is no such page"), N_("The address leads nowhere."),
	  N_("Use the task list or the link below.") },
	{ 405, N_("This is not done that way"), N_("The address exists, but not for this kind of request."),
	  N_("Use the task list or the link below.") },
	{ 413, N_("Too much at once"), N_("What was sent is larger than this page takes. Nothing was done."),
	  N_("Split it, or ask the custodian.") },
	{ 414, N_("The address is too long"), N_("Nothing was done."),
	  N_("Use the task list or the link below.") },
	{ 415, N_("This kind of content is not taken"), N_("Nothing was done."),
	  N_("Use the form on the page.") },
	{ 431, N_("The request was not understood"), N_("The browser sent too many headers."),
	  N_("Close the browser and open it again.") },
	{ 503, N_("The service does not answer just now"),
	  N_("Nothing is shown that is not in the log. What you sent may or may not have been recorded."),
	  N_("Wait a moment, go back and send the same form again: it is never done twice. If this "
	     "lasts, tell the operator.") },
};

void status_page(struct exchange *exchange, unsigned status)
{
	const struct status_text *text = status_texts;
	struct out page;

	for (size_t i = 0; i < ARRAY_LEN(status_texts); i++)
		if (status_texts[i].status == status)
			text = &status_texts[i];
	exchange->talk.count = 0; /* half an answer must not look like one */
	page = page_begin(exchange, status, text->title);
	box_begin(&page, BOX_NOTE, text->what);
	html(&page, "<p>%s %s</p>\n", say(&page, N_("Next step:")), say(&page, text->next));
	box_end(&page);
	html(&page, "<p><a class=\"button\" href=\"%s\">%s</a></p>\n", status == 401 ? "/sign-in" : "/",
	     say(&page, status == 401 ? N_("Sign in") : N_("To the tasks")));
	page_end(&page);
}
