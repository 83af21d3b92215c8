/* One application: where it stands, the form, what the viewer may do now, and everything that was done. */
#include <stdio.h>

#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/print.h"
#include "doors/web/table.h"
#include "law/application.h"

enum { Q_APPLICATION, Q_STEPS, Q_SCANS, Q_FORMS, Q_OFFICES, Q_BASES };

struct view {
	const struct sheet *application, *steps, *scans, *forms;
	struct str no, digest;
	enum application_state state;
	enum application_chain chain;
	int64_t round;
};

static int word_in(const struct word_list *list, struct str code)
{
	int value = 0;

	if (word_find(list, code, &value) != OK)
		return 0;
	return value;
}

static struct view view_of(struct exchange *exchange)
{
	struct view view = {
		.application = talk_sheet(exchange, Q_APPLICATION, "application"),
		.steps = talk_sheet(exchange, Q_STEPS, "application_steps"),
		.scans = talk_sheet(exchange, Q_SCANS, "application_scans"),
		.forms = talk_sheet(exchange, Q_FORMS, "application_forms"),
	};

	if (!view.application->row_count)
		return view;
	view.no = sheet_cell(view.application, 0, STR("key"));
	view.digest = sheet_cell(view.application, 0, STR("digest"));
	view.state = (enum application_state)word_in(&application_state_words,
	                                             sheet_cell(view.application, 0, STR("application_state")));
	view.chain = (enum application_chain)word_in(&application_chain_words,
	                                             sheet_cell(view.application, 0, STR("application_chain")));
	if (!view.chain)
		view.chain = CHAIN_DISTRICT;
	if (str_to_i64(sheet_cell(view.application, 0, STR("round")), &view.round) != OK)
		view.round = 1;
	return view;
}

static const char *word_said(const struct out *page, const struct word_list *list, int value)
{
	return page->language == LANGUAGE_EN ? word_en(list, value) : word_zh(list, value);
}

static struct str cell_said(struct out *page, enum sheet_kind kind, const char *column, const struct sheet *sheet,
                            size_t row)
{
	const struct sheet_spec *spec = sheet_spec(kind);

	for (size_t i = 0; i < spec->column_count; i++)
		if (str_is(spec->columns[i].name, column))
			return cell_text(page, &spec->columns[i], sheet_cell(sheet, row, spec->columns[i].name));
	return STR("");
}

static struct str step_said(struct out *page, const struct view *view, const char *column, size_t row)
{
	return cell_said(page, SHEET_application_steps, column, view->steps, row);
}

/* --- where it stands ---------------------------------------------------------------------------------- */

/* The row of this round that passed the step; row_count when there is none. */
static size_t passed_at(const struct view *view, enum application_step step)
{
	int64_t round;

	for (size_t row = 0; row < view->steps->row_count; row++)
		if (str_to_i64(sheet_cell(view->steps, row, STR("round")), &round) == OK && round == view->round &&
		    str_eq(sheet_cell(view->steps, row, STR("application_step")), word_code(&application_step_words, (int)step)) &&
		    str_is(sheet_cell(view->steps, row, STR("step_outcome")), "passed"))
			return row;
	return view->steps->row_count;
}

static void progress_step_write(struct out *page, const struct view *view, const struct application_route *route)
{
	size_t row = passed_at(view, route->step);
	const char *name = word_said(page, &application_step_words, (int)route->step);

	if (row < view->steps->row_count)
		html(page, "<li class=\"done\"><b>%s</b> <span>✓ %s　%.*s　%.*s</span></li>\n", name, say(page, N_("done")),
		     STR_FMT(step_said(page, view, "person", row)), STR_FMT(step_said(page, view, "taken_at", row)));
	else if (route->from == view->state)
		html(page, "<li class=\"now\" aria-current=\"step\"><b>%s</b> <span>➤ %s</span></li>\n", name,
		     say(page, N_("waits for this step")));
	else
		html(page, "<li><b>%s</b></li>\n", name);
}

static void progress_write(struct out *page, const struct view *view)
{
	enum application_state state = APPLICATION_DRAFT;

	html(page, "<ol class=\"steps\">\n");
	for (size_t i = 0; i < application_routes_count; i++) {
		const struct application_route *route = &application_routes[i];
		if (route->from != state || !(route->chains & CHAIN_BIT(view->chain)))
			continue;
		progress_step_write(page, view, route);
		state = route->to;
	}
	html(page, "</ol>\n");
}

static void head_write(struct out *page, const struct view *view)
{
	html(page, "<p class=\"lead\">%s <b class=\"mono\">%.*s</b>　%.*s　%.*s　<b>%s</b></p>\n",
	     say(page, N_("Application")), STR_FMT(view->no),
	     STR_FMT(cell_said(page, SHEET_application, "office", view->application, 0)),
	     STR_FMT(cell_said(page, SHEET_application, "person", view->application, 0)),
	     word_said(page, &application_state_words, (int)view->state));
	if (view->state == APPLICATION_RETURNED || view->state == APPLICATION_REJECTED) {
		size_t last = view->steps->row_count - 1;
		box_begin(page, BOX_NO, view->state == APPLICATION_RETURNED ? N_("Returned") : N_("Rejected"));
		html(page, "<p>%.*s　%.*s</p>\n<p>%.*s</p>\n", STR_FMT(step_said(page, view, "application_step", last)),
		     STR_FMT(step_said(page, view, "person", last)), STR_FMT(step_said(page, view, "reason", last)));
		box_end(page);
	}
	progress_write(page, view);
}

/* --- the form -------------------------------------------------------------------------------------------- */

static void form_row_write(struct out *page, const struct application_form *form, size_t at)
{
	const struct field_spec *field = &application_form_spec()->fields[at];
	struct str text = record_get(&page->exchange->arena, field, form);

	if (!application_form_label(at)->id[0] || !text.len || str_is(field->name, "items") ||
	    str_is(field->name, "legal_bases"))
		return;
	if (field->kind == FIELD_WORD)
		text = str_from(word_text(page, field->words, text));
	html(page, "<tr><th scope=\"row\"><span lang=\"zh-Hant-TW\">%s</span></th><td>%.*s</td></tr>\n",
	     application_form_label(at)->printed, STR_FMT(text));
}

static bool asks_for(const struct application_form *form, enum item item)
{
	for (size_t i = 0; i < form->items.count; i++)
		if (str_eq(form->items.at[i], word_code(&item_words, (int)item)))
			return true;
	return false;
}

static void items_write(struct out *page, const struct application_form *form)
{
	for (size_t i = 0; i < FORM_ITEM_COUNT; i++)
		html(page, "<tr><th scope=\"row\"><span lang=\"zh-Hant-TW\">%s　%s</span></th><td><span aria-hidden=\"true\">%s"
		     "</span> <span lang=\"zh-Hant-TW\">%s</span> <span class=\"small\">%s</span></td></tr>\n",
		     form_items[i].group, form_items[i].number, asks_for(form, form_items[i].item) ? "☑" : "☐",
		     form_items[i].label, asks_for(form, form_items[i].item) ? say(page, N_("applied for")) : "");
}

static void form_write(struct out *page, const struct view *view)
{
	struct application_form form;

	html(page, "<h2>%s <span lang=\"zh-Hant-TW\">%s</span></h2>\n", say(page, N_("Form F1")), FORM_TITLE);
	if (application_form_read(&page->exchange->arena, sheet_cell(view->application, 0, STR("form")), &form) != OK) {
		html(page, "<p>%s</p>\n", say(page, N_("The form was destroyed.")));
		return;
	}
	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table>\n<tbody>\n",
	     say(page, N_("Form F1")));
	for (size_t i = 0; i < application_form_spec()->count; i++)
		form_row_write(page, &form, i);
	items_write(page, &form);
	html(page, "</tbody>\n</table>\n</div>\n<p class=\"small\">%s %lld　%s <span class=\"mono\">%.*s</span></p>\n",
	     say(page, N_("Round")), (long long)form.round, say(page, N_("Content digest")), STR_FMT(view->digest));
}

/* --- what may be done now ------------------------------------------------------------------------------------ */

static const struct { enum application_step step; enum command_kind command; } commands[] = {
	{ STEP_SUBMIT, COMMAND_submit_application }, { STEP_ENDORSE, COMMAND_endorse_application },
	{ STEP_APPROVE, COMMAND_approve_application }, { STEP_FORWARD, COMMAND_forward_application },
	{ STEP_REVIEW, COMMAND_review_application }, { STEP_GRANT, COMMAND_grant_application },
};

static bool is_given(struct str name)
{
	return str_is(name, "application") || str_is(name, "digest");
}

/* The command with what this page knows filled in: the application and the digest that the viewer sees. */
static void act_write(struct out *page, const struct view *view, enum command_kind command, const char *class)
{
	const struct command_spec *spec = command_spec(command);
	struct fields_view fields = { 0 };
	char path[80];

	snprintf(path, sizeof path, "/do/%.*s", STR_FMT(spec->record.name));
	form_begin(page, path, NULL);
	request_write(page, &fields);
	html(page, "<input type=\"hidden\" name=\"application\" value=\"%.*s\">\n", STR_FMT(view->no));
	if (record_field(&spec->record, STR("digest")))
		html(page, "<input type=\"hidden\" name=\"digest\" value=\"%.*s\">\n", STR_FMT(view->digest));
	fields.prefix = str_printf(&page->exchange->arena, "%.*s-", STR_FMT(spec->record.name));
	for (size_t i = 0; i < spec->record.count; i++)
		if (!is_given(spec->record.fields[i].name))
			field_write(page, &fields, &spec->record.fields[i]);
	html(page, "<button class=\"%s\">%s</button>\n</form>\n", class, say(page, spec->record.label));
}

static void fold_write(struct out *page, const struct view *view, enum command_kind command)
{
	html(page, "<details class=\"no-print\"><summary>%s</summary>\n", say(page, command_spec(command)->record.label));
	act_write(page, view, command, "plain");
	html(page, "</details>\n");
}

static void step_acts_write(struct out *page, const struct view *view, enum application_step step, struct str duty)
{
	bool acting = step == STEP_APPROVE && str_is(duty, "supervisor");

	html(page, "<p>%s <b>%s</b></p>\n", say(page, N_("You may take the next step by your duty:")),
	     word_text(page, &duty_words, duty));
	if (acting)
		html(page, "<p>%s</p>\n", say(page, N_("Only as an acting decision (代為決行): tick it and state its ground.")));
	if (step == STEP_TRANSMIT)
		html(page, "<p><a class=\"button\" href=\"/transmit\">%s</a></p>\n", say(page, N_("Transmit a list")));
	if (step == STEP_NIA_REVIEW)
		html(page, "<p><a class=\"button\" href=\"/transmission?no=%.*s\">%s</a></p>\n",
		     STR_FMT(sheet_cell(view->application, 0, STR("transmission"))), say(page, N_("Record the agency's answer")));
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (commands[i].step == step)
			act_write(page, view, commands[i].command, "");
	if (step == STEP_NIA_REVIEW || acting)
		return;
	fold_write(page, view, COMMAND_return_application);
	fold_write(page, view, COMMAND_reject_application);
}

static bool may_withdraw(enum application_state state)
{
	return state >= APPLICATION_DRAFT && state <= APPLICATION_BUREAU_REVIEWED;
}

static void own_acts_write(struct out *page, const struct view *view)
{
	if (view->state == APPLICATION_DRAFT || view->state == APPLICATION_RETURNED)
		html(page, "<p><a class=\"button plain\" href=\"/application/form?no=%.*s\">%s</a></p>\n", STR_FMT(view->no),
		     say(page, view->state == APPLICATION_DRAFT ? N_("Change the draft") : N_("Correct the form")));
	if (view->state == APPLICATION_DRAFT)
		act_write(page, view, COMMAND_submit_application, "");
	if (may_withdraw(view->state) || view->state == APPLICATION_RETURNED)
		fold_write(page, view, COMMAND_withdraw_application);
}

static void scan_act_write(struct out *page, const struct view *view)
{
	struct fields_view fields = { 0 };

	html(page, "<details class=\"no-print\"><summary>%s</summary>\n", say(page, N_("Attach a scan")));
	form_begin(page, "/application/scan", "multipart/form-data");
	request_write(page, &fields);
	html(page, "<input type=\"hidden\" name=\"application\" value=\"%.*s\">\n"
	     "<input type=\"hidden\" name=\"digest\" value=\"%.*s\">\n", STR_FMT(view->no), STR_FMT(view->digest));
	field_write(page, &fields, record_field(&command_spec(COMMAND_attach_scan)->record, STR("scan_kind")));
	html(page, "<div class=\"row\"><label for=\"scan\">%s</label>\n"
	     "<input id=\"scan\" name=\"scan\" type=\"file\" accept=\".pdf,.png,.jpg,.jpeg,.tif,.tiff\" required></div>\n"
	     "<button>%s</button>\n</form>\n</details>\n", say(page, N_("File (PDF, PNG, JPEG or TIFF)")),
	     say(page, N_("Attach a scan")));
}

static void acts_write(struct out *page, const struct view *view)
{
	struct viewer viewer = viewer_of(page->exchange);
	struct str duty = sheet_cell(view->application, 0, STR("my_duty"));
	bool mine = str_is(sheet_cell(view->application, 0, STR("mine")), "true");

	html(page, "<h2>%s</h2>\n<div class=\"card no-print\">\n", say(page, N_("What you may do now")));
	if (mine)
		own_acts_write(page, view);
	if (duty.len)
		step_acts_write(page, view, application_next(view->state, view->chain), duty);
	if (!mine && view->state != APPLICATION_DRAFT && viewer_may(&viewer, command_spec(COMMAND_attach_scan)->duties))
		scan_act_write(page, view);
	if (!duty.len && application_next(view->state, view->chain) == application_step_none)
		html(page, "<p>%s</p>\n", say(page, view->state == APPLICATION_RETURNED
		                                             ? N_("The applicant corrects the form.")
		                                             : N_("This application has come to its end.")));
	else if (!mine && !duty.len)
		html(page, "<p>%s <span class=\"rule mono\">G3.3</span></p>\n",
		     say(page, N_("The next step belongs to somebody else: another duty, or you have taken a step already.")));
	html(page, "</div>\n");
}

/* --- what was done ---------------------------------------------------------------------------------------------- */

static void text_write(struct out *page, const struct view *view, size_t row, const char *column, const char *label)
{
	struct str text = step_said(page, view, column, row);

	if (text.len)
		html(page, "<p class=\"small\">%s：%.*s</p>\n", say(page, label), STR_FMT(text));
}

static void checklist_write(struct out *page, struct str text)
{
	const struct record_spec *spec = &command_spec(COMMAND_review_application)->record;
	struct json checklist;

	if (!text.len || json_read(&page->exchange->arena, text, &checklist) != OK)
		return;
	const struct json *points = json_member(&checklist, STR("points"));
	html(page, "<ul class=\"small\">\n");
	for (size_t i = 0; points && i < spec->count; i++)
		if (spec->fields[i].words == &check_answer_words)
			html(page, "<li>%s：%s</li>\n", say(page, spec->fields[i].label),
			     word_text(page, &check_answer_words, json_text(points, spec->fields[i].name)));
	html(page, "</ul>\n");
	if (json_text(&checklist, STR("remark")).len)
		html(page, "<p class=\"small\">%s：%.*s</p>\n", say(page, N_("Remark")),
		     STR_FMT(json_text(&checklist, STR("remark"))));
}

static void step_write(struct out *page, const struct view *view, size_t row)
{
	struct str entry = sheet_cell(view->steps, row, STR("key"));
	struct str digest = sheet_cell(view->steps, row, STR("digest"));

	html(page, "<tr><td class=\"num\">%.*s</td><th scope=\"row\">%.*s</th><td>%.*s",
	     STR_FMT(step_said(page, view, "round", row)), STR_FMT(step_said(page, view, "application_step", row)),
	     STR_FMT(step_said(page, view, "step_outcome", row)));
	if (str_is(sheet_cell(view->steps, row, STR("acting_decision")), "true"))
		html(page, "（%s）", say(page, N_("Acting decision")));
	text_write(page, view, row, "ground", N_("Ground of the acting decision"));
	text_write(page, view, row, "letter_no", N_("Letter number"));
	text_write(page, view, row, "letter_date", N_("Date of the letter"));
	text_write(page, view, row, "letter", N_("Text of the letter"));
	text_write(page, view, row, "reason", N_("Reason"));
	checklist_write(page, sheet_cell(view->steps, row, STR("checklist")));
	html(page, "</td><td class=\"short\">%.*s</td><td class=\"short\">%.*s</td>",
	     STR_FMT(step_said(page, view, "person", row)), STR_FMT(step_said(page, view, "taken_at", row)));
	html(page, "<td class=\"num\"><a href=\"/receipt?entry=%.*s\">%.*s</a></td>", STR_FMT(entry), STR_FMT(entry));
	html(page, "<td class=\"mono\" title=\"%.*s\">%.*s…</td></tr>\n", STR_FMT(digest),
	     STR_FMT(str_slice(digest, 0, 8)));
}

static void history_write(struct out *page, const struct view *view)
{
	static const char *const heads[] = { N_("Round"), N_("Step"), N_("Outcome"), N_("Taken by"), N_("At"), N_("Entry"),
		                             N_("Content digest") };

	html(page, "<h2>%s</h2>\n", say(page, N_("History")));
	if (!view->steps->row_count) {
		html(page, "<p class=\"empty\">%s</p>\n", say(page, N_("Nothing here.")));
		return;
	}
	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table>\n<thead><tr>",
	     say(page, N_("History")));
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		html(page, "<th scope=\"col\">%s</th>", say(page, heads[i]));
	html(page, "</tr></thead>\n<tbody>\n");
	for (size_t row = 0; row < view->steps->row_count; row++)
		step_write(page, view, row);
	html(page, "</tbody>\n</table>\n</div>\n");
}

static void papers_write(struct out *page, const struct view *view)
{
	html(page, "<h2>%s</h2>\n<div class=\"prints no-print\">\n", say(page, N_("Print")));
	print_write(page, view->no, PRINTED_APPLICATION);
	if (passed_at(view, STEP_FORWARD) < view->steps->row_count)
		print_write(page, view->no, PRINTED_LETTER);
	html(page, "</div>\n");
	html(page, "<h2>%s</h2>\n", say(page, N_("Scans of the paper")));
	table_write(page, sheet_spec(SHEET_application_scans), view->scans, N_("Scans of the paper"),
	            "/application/scan?no=");
	html(page, "<h2>%s</h2>\n<p>%s</p>\n<ul>\n", say(page, N_("Saved forms")),
	     say(page, N_("Every form that was saved stays; its digest says which one a paper was printed from.")));
	for (size_t row = 0; row < view->forms->row_count; row++)
		html(page, "<li>%s %.*s　%.*s　<span class=\"mono\">%.*s</span></li>\n", say(page, N_("Round")),
		     STR_FMT(sheet_cell(view->forms, row, STR("round"))),
		     STR_FMT(cell_said(page, SHEET_application_forms, "saved_at", view->forms, row)),
		     STR_FMT(sheet_cell(view->forms, row, STR("digest"))));
	html(page, "</ul>\n");
}

void page_application(struct exchange *exchange)
{
	static const char *const sheets[] = { "application", "application_steps", "application_scans", "application_forms" };
	struct str no = str_trim(form_value(&exchange->request.query, "no"));

	if (!talk_begun(exchange)) {
		for (size_t i = 0; i < ARRAY_LEN(sheets); i++)
			message_field(talk_ask_sheet(exchange, sheets[i]), STR("application"), no);
		talk_ask_sheet(exchange, "offices");
		talk_ask_sheet(exchange, "bases");
		return;
	}
	if (outcome_page(exchange, N_("One application")))
		return;
	struct view view = view_of(exchange);
	if (!view.application->row_count) {
		status_page(exchange, 404);
		return;
	}
	struct out page = page_begin(exchange, 200, N_("One application"));
	head_write(&page, &view);
	acts_write(&page, &view);
	form_write(&page, &view);
	history_write(&page, &view);
	papers_write(&page, &view);
	html(&page, "<p class=\"small\">%s</p>\n", say(&page, N_("Looking at names is reading, too: it is recorded in the log.")));
	page_end(&page);
}
