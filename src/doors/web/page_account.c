/* One account with its whole history on one page, and what the viewer may do about it. */
#include <stdio.h>

#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"
#include "law/commands.h"

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
		html(page, "<a class=\"button plain\" href=\"/do/%.*s?person=%.*s", STR_FMT(spec->record.name), STR_FMT(person));
		if (record_field(&spec->record, STR("office")))
			html(page, "&amp;office=%.*s", STR_FMT(url_text(&page->exchange->arena, office)));
		html(page, "\">%s</a>\n", say(page, spec->record.label));
	}
	html(page, "<a class=\"button plain\" href=\"/lists/account_blocks\">%s</a>\n</p>\n",
	     say(page, N_("Blocked accounts")));
}

static void account_write(struct exchange *exchange, const struct sheet *account)
{
	struct out page = page_begin(exchange, 200, N_("One account"));

	html(&page, "<div class=\"card\">\n");
	terms_write(&page, sheet_spec(SHEET_account), account, 0);
	html(&page, "</div>\n");
	acts_write(&page, account);
	html(&page, "<h2>%s</h2>\n", say(&page, N_("History of an account")));
	table_write(&page, sheet_spec(SHEET_account_history), talk_sheet(exchange, 1, "account_history"),
	            N_("History of an account"), "/receipt?entry=");
	html(&page, "<p class=\"small\">%s</p>\n",
	     say(&page, N_("Looking at names is reading, too: it is recorded in the log.")));
	page_end(&page);
}

static void both_ask(struct exchange *exchange, const char *sheet)
{
	struct message *ask = talk_ask_sheet(exchange, sheet);

	message_field(ask, STR("person"), form_value(&exchange->request.query, "person"));
	message_field(ask, STR("in_office"), form_value(&exchange->request.query, "office"));
}

void page_account(struct exchange *exchange)
{
	const struct sheet *account;

	if (!talk_begun(exchange)) {
		both_ask(exchange, "account");
		both_ask(exchange, "account_history");
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
