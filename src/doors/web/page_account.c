/* One account with its whole history on one page, and what the viewer may do about it. */
#include <stdio.h>

#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"
#include "law/commands.h"
#include "law/events.h"

/* Acts on the account as such; those on a block are offered beside the block in its list. */
static const enum command_kind acts[] = { COMMAND_record_duty_change, COMMAND_suspend_account,
	                                  COMMAND_report_card_lost };

static struct str person_of(const struct sheet *account)
{
	struct str rest = sheet_cell(account, 0, STR("person")), id;

	str_cut(&rest, ' ', &id);
	return id;
}

static void acts_write(struct out *page, const struct sheet *account)
{
	struct viewer viewer = viewer_of(page->exchange);
	struct str person = person_of(account), office = sheet_cell(account, 0, STR("office"));

	html(page, "<p class=\"no-print\">\n");
	for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
		const struct command_spec *spec = command_spec(acts[i]);
		if (!viewer_may(&viewer, spec->duties))
			continue;
		html(page, "<a class=\"button plain\" href=\"/do/%.*s?person=%.*s&amp;office=%.*s\">%s</a>\n",
		     STR_FMT(spec->record.name), STR_FMT(person), STR_FMT(url_text(&page->exchange->arena, office)),
		     say(page, spec->record.label));
	}
	html(page, "<a class=\"button plain\" href=\"/lists/account_blocks\">%s</a>\n</p>\n",
	     say(page, N_("Blocked accounts")));
}

/* What the days and the reference of a line are called where the general label would mislead. */
static const struct { enum event_kind what; const char *from, *to, *reference; } line_labels[] = {
	{ EVENT_card_bound, NULL, N_("Card valid until"), N_("Certificate serial") },
	{ EVENT_card_unbound, N_("Ended on"), NULL, N_("Certificate serial") },
	{ EVENT_card_lost_reported, N_("Lost on"), NULL, NULL },
	{ EVENT_account_suspended, NULL, NULL, N_("Incident") },
	{ EVENT_account_terminated, N_("Terminated on"), NULL, N_("Letter or agency certificate") },
	{ EVENT_nia_notified, N_("Sent on"), N_("Answer due"), NULL },
	{ EVENT_nia_confirmed, N_("Ended at the agency on"), NULL, N_("Letter number of the answer") },
	{ EVENT_reinstatement_proposed, NULL, N_("To be decided by"), NULL },
	{ EVENT_application_step_taken, N_("Date of the letter"), NULL, NULL },
	{ EVENT_duty_handed_over, N_("Handed over on"), NULL, NULL },
};

struct line {
	struct out *page;
	const struct sheet *sheet;
	size_t row;
};

static struct str cell_of(const struct line *line, const char *column)
{
	const struct sheet_spec *spec = sheet_spec(SHEET_account_history);

	for (size_t c = 0; c < spec->column_count; c++)
		if (str_is(spec->columns[c].name, column))
			return cell_text(line->page, &spec->columns[c], sheet_cell(line->sheet, line->row, spec->columns[c].name));
	return STR("");
}

static void fact_write(const struct line *line, const char *label, const char *column)
{
	struct str text = cell_of(line, column);

	if (text.len)
		html(line->page, "<div><dt>%s</dt><dd>%.*s</dd></div>\n", say(line->page, label), STR_FMT(text));
}

/* An application is read on its own page, with its form and letters; other lines go on from an entry. */
static void about_write(const struct line *line, enum event_kind what)
{
	struct str about = sheet_cell(line->sheet, line->row, STR("about"));
	bool applied = what == EVENT_application_step_taken ||
	               str_ends(sheet_cell(line->sheet, line->row, STR("detail")), STR("grant_ground:application"));

	if (about.len && applied)
		html(line->page, "<div><dt>%s</dt><dd><a href=\"/application?no=%.*s\">%.*s</a></dd></div>\n",
		     say(line->page, N_("Application")), STR_FMT(about), STR_FMT(about));
	else
		fact_write(line, N_("Goes on from entry"), "about");
}

static void line_write(const struct line *line)
{
	struct str entry = sheet_cell(line->sheet, line->row, STR("entry")), detail = cell_of(line, "detail");
	enum event_kind what = event_find(sheet_cell(line->sheet, line->row, STR("what")));
	const char *from = N_("From"), *to = N_("Until"), *reference = N_("Letter number");

	for (size_t i = 0; i < ARRAY_LEN(line_labels); i++)
		if (line_labels[i].what == what) {
			from = line_labels[i].from ? line_labels[i].from : from;
			to = line_labels[i].to ? line_labels[i].to : to;
			reference = line_labels[i].reference ? line_labels[i].reference : reference;
		}
	html(line->page, "<li>\n<p class=\"small\">%.*s · %s <a href=\"/receipt?entry=%.*s\">%.*s</a></p>\n<p><b>%.*s</b>",
	     STR_FMT(cell_of(line, "at")), say(line->page, N_("Entry")), STR_FMT(entry), STR_FMT(entry),
	     STR_FMT(cell_of(line, "what")));
	if (detail.len)
		html(line->page, "%s%.*s", line->page->language == LANGUAGE_EN ? ": " : "：", STR_FMT(detail));
	html(line->page, "</p>\n<dl>\n");
	fact_write(line, from, "from_day");
	fact_write(line, to, "to_day");
	fact_write(line, reference, "reference");
	about_write(line, what);
	fact_write(line, N_("By"), "by");
	fact_write(line, N_("Reason"), "reason");
	html(line->page, "</dl>\n</li>\n");
}

static void history_write(struct out *page, const struct sheet *history, struct str next)
{
	const struct form *query = &page->exchange->request.query;

	html(page, "<h2 id=\"history\">%s</h2>\n", say(page, N_("History of an account")));
	if (!history->row_count)
		html(page, "<p class=\"empty\">%s</p>\n", say(page, N_("Nothing here.")));
	html(page, "<ol class=\"history\">\n");
	for (size_t row = 0; row < history->row_count; row++)
		line_write(&(struct line){ page, history, row });
	html(page, "</ol>\n");
	if (next.len)
		html(page, "<p class=\"no-print\"><a class=\"button plain\" href=\"/account?person=%.*s&amp;office=%.*s"
		     "&amp;after=%.*s#history\">%s</a></p>\n",
		     STR_FMT(url_text(&page->exchange->arena, form_value(query, "person"))),
		     STR_FMT(url_text(&page->exchange->arena, form_value(query, "office"))),
		     STR_FMT(url_text(&page->exchange->arena, next)), say(page, N_("Further rows")));
}

static void account_write(struct exchange *exchange, const struct sheet *account)
{
	struct out page = page_begin(exchange, 200, N_("One account"));

	html(&page, "<div class=\"card\">\n");
	terms_write(&page, sheet_spec(SHEET_account), account, 0);
	html(&page, "</div>\n");
	acts_write(&page, account);
	history_write(&page, talk_sheet(exchange, 1, "account_history"), message_get(talk_reply(exchange, 1), "next"));
	html(&page, "<p class=\"small\">%s</p>\n",
	     say(&page, N_("Looking at names is reading, too: it is recorded in the log.")));
	page_end(&page);
}

static struct message *account_ask(struct exchange *exchange, const char *sheet)
{
	struct message *ask = talk_ask_sheet(exchange, sheet);

	message_field(ask, STR("person"), form_value(&exchange->request.query, "person"));
	message_field(ask, STR("in_office"), form_value(&exchange->request.query, "office"));
	return ask;
}

void page_account(struct exchange *exchange)
{
	const struct sheet *account;

	if (!talk_begun(exchange)) {
		account_ask(exchange, "account");
		if (form_has(&exchange->request.query, "after"))
			message_put(account_ask(exchange, "account_history"), "after",
			            form_value(&exchange->request.query, "after"));
		else
			account_ask(exchange, "account_history");
		talk_ask_sheet(exchange, "bases"); /* how they are called */
		return;
	}
	if (outcome_page(exchange, N_("One account")))
		return;
	account = talk_sheet(exchange, 0, "account");
	if (account->row_count)
		account_write(exchange, account);
	else
		status_page(exchange, 404);
}
