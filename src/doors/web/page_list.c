/* Every sheet as a page: looped from sheets.def. */
#include "doors/web/filters.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"
#include "doors/web/tasks.h"
#include "doors/web/together.h"
#include "law/clause.h"
#include "law/parameters.h"

enum { LIST_ROWS = 100 };

static const struct sheet_spec *spec_of(const struct exchange *exchange)
{
	enum sheet_kind kind = sheet_find(exchange->request.params[0]);

	return kind == SHEET_NONE ? NULL : sheet_spec(kind);
}

/* Acts that belong to a list, offered above it. */
static const struct { enum sheet_kind sheet; enum command_kind command; } acts[] = {
	{ SHEET_my_applications, COMMAND_draft_application }, { SHEET_my_cards, COMMAND_report_card_lost },
	{ SHEET_people, COMMAND_appoint_duty }, { SHEET_bases, COMMAND_propose_basis },
	{ SHEET_parameters, COMMAND_propose_parameter }, { SHEET_proposals, COMMAND_reject_proposal },
	{ SHEET_editions, COMMAND_file_edition }, { SHEET_open_acceptances, COMMAND_accept_query },
	{ SHEET_my_authorizations, COMMAND_request_authorization },
	{ SHEET_offices_lacking, COMMAND_appoint_duty }, { SHEET_people, COMMAND_hand_over_duty },
	{ SHEET_handover, COMMAND_hand_over_duty }, { SHEET_status, COMMAND_accept_clock }, { SHEET_proposals, COMMAND_approve_proposal },
	{ SHEET_accounts, COMMAND_record_duty_change }, { SHEET_accounts, COMMAND_suspend_account },
	{ SHEET_accounts, COMMAND_report_card_lost }, { SHEET_account_blocks, COMMAND_terminate_account },
	{ SHEET_account_blocks, COMMAND_notify_nia }, { SHEET_account_blocks, COMMAND_confirm_nia },
	{ SHEET_account_blocks, COMMAND_refer_violation }, { SHEET_account_blocks, COMMAND_propose_reinstatement },
	{ SHEET_cards, COMMAND_unbind_card }, { SHEET_agencies, COMMAND_register_agency },
};

/* The clock is accepted only while it has gone back. */
static bool is_idle(enum command_kind command, const struct sheet *sheet)
{
	if (command != COMMAND_accept_clock)
		return false;
	for (size_t i = 0; i < sheet->row_count; i++)
		if (str_is(sheet_cell(sheet, i, STR("name")), "Clock"))
			return !str_is(sheet_cell(sheet, i, STR("value")), "went back");
	return false;
}

/* On the list of his own cards somebody acts for himself; a list of one row acts on that row. */
static void act_write(struct out *page, const struct sheet_spec *spec, const struct command_spec *command,
                      const struct viewer *viewer)
{
	html(page, "<a class=\"button plain\" href=\"/do/%.*s", STR_FMT(command->record.name));
	if (spec == sheet_spec(SHEET_my_cards))
		html(page, "?person=%.*s", STR_FMT(viewer->person));
	else
		filters_key_write(page, spec, &command->record);
	html(page, "\">%s</a>\n", say(page, command->record.label));
}

static void acts_write(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet)
{
	struct viewer viewer = viewer_of(page->exchange);

	html(page, "<p class=\"no-print\">\n");
	for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
		const struct command_spec *command = command_spec(acts[i].command);
		if (sheet_spec(acts[i].sheet) == spec && viewer_may(&viewer, command->duties) &&
		    !is_idle(acts[i].command, sheet))
			act_write(page, spec, command, &viewer);
	}
	together_of_list_write(page, spec, sheet);
	html(page, "</p>\n");
}

/* Where the default comes from. */
static void source_write(struct out *page, struct str source)
{
	struct str cited = clause_citation(&page->exchange->arena, source);
	const char *label = source.len ? rule_label(source) : N_("own choice");

	html(page, "<td>%.*s%s%s%s</td>", STR_FMT(cited.len ? cited : source), source.len && label[0] ? " (" : "",
	     say(page, label), source.len && label[0] ? ")" : "");
}

/* One value under the other: a long list would make the column as wide as itself. */
static void choices_write(struct out *page, struct str choices)
{
	struct str choice;

	html(page, "<td class=\"mono\">");
	for (bool more = false; choices.len && str_cut(&choices, ',', &choice); more = true)
		html(page, more ? "<br>%.*s" : "%.*s", STR_FMT(choice));
	html(page, "</td>");
}

/* A parameter that nobody has set has its default: the list holds only those that were set. */
static void defaults_write(struct out *page)
{
	html(page, "<h2>%s</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table>\n"
	     "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	     "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n", say(page, N_("All parameters and their defaults")),
	     say(page, N_("All parameters and their defaults")), say(page, N_("Parameter")), say(page, N_("Default")),
	     say(page, N_("Accepted values")), say(page, N_("Source")));
	for (int i = 0; i < PARAMETER_COUNT; i++) {
		const struct parameter_spec *spec = parameter_spec((enum parameter)i);
		html(page, "<tr><td class=\"wide\">%s<br><span class=\"mono\">%.*s</span></td>", say(page, spec->label),
		     STR_FMT(spec->name));
		choices_write(page, spec->initial);
		if (spec->kind == PARAMETER_INTEGER)
			html(page, "<td>%lld–%lld</td>", (long long)spec->min, (long long)spec->max);
		else
			choices_write(page, spec->choices);
		source_write(page, str_from(spec->source));
		html(page, "</tr>\n");
	}
	html(page, "</tbody>\n</table>\n</div>\n");
}

static void list_ask(struct exchange *exchange, const struct sheet_spec *spec, const struct form *form)
{
	struct message *ask = talk_ask(exchange, MESSAGE_SHEET);
	struct str after = form_value(form, "after");

	message_put(ask, "sheet", spec->name);
	message_put(ask, "limit", str_printf(&exchange->arena, "%d", LIST_ROWS));
	if (after.len)
		message_put(ask, "after", after);
	filters_ask(exchange, spec, ask);
}

static void rows_write(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet)
{
	if (!sheet->row_count && filters_any(page->exchange, spec))
		html(page, "<p class=\"empty\">%s</p>\n",
		     say(page, N_("Nothing matches. Search for something else, or show everything.")));
	else if (spec == sheet_spec(SHEET_my_tasks) || spec == sheet_spec(SHEET_handover))
		tasks_write(page, sheet);
	else
		table_write(page, spec, sheet, spec->label, NULL);
}

static void list_show(struct exchange *exchange, const struct form *form)
{
	const struct sheet_spec *spec = spec_of(exchange);
	const struct sheet *sheet;

	if (!spec) {
		status_page(exchange, 404);
		return;
	}
	if (!talk_begun(exchange)) {
		list_ask(exchange, spec, form);
		return;
	}
	if (outcome_page(exchange, spec->label))
		return;
	sheet = talk_sheet(exchange, 0, str_c(&exchange->arena, spec->name));
	struct out page = page_begin(exchange, 200, spec->label);
	acts_write(&page, spec, sheet);
	filters_write(&page, spec, message_get(talk_reply(exchange, 0), "scope"));
	rows_write(&page, spec, sheet);
	if (spec == sheet_spec(SHEET_parameters))
		defaults_write(&page);
	filters_more(&page, spec, message_get(talk_reply(exchange, 0), "next"));
	if (spec->flags & SHEET_PERSONAL)
		html(&page, "<p class=\"small\">%s</p>\n",
		     say(&page, N_("Looking at names is reading, too: it is recorded in the log.")));
	page_end(&page);
}

void page_list(struct exchange *exchange)
{
	list_show(exchange, &exchange->request.query);
}

void page_list_post(struct exchange *exchange)
{
	const struct sheet_spec *spec = spec_of(exchange);

	if (spec && !talk_begun(exchange) && filters_redirect(exchange, spec))
		return;
	list_show(exchange, &exchange->request.form);
}
