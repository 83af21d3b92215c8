/* A list goes to the agency, and its answer comes back: one page each, a choice for every application. */
#include <string.h>

#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/print.h"
#include "doors/web/table.h"

/* Everything but the fields that the page itself offers as choices. */
static void fields_of(struct out *page, enum command_kind command, const char *const *left_out, size_t count)
{
	const struct record_spec *spec = &command_spec(command)->record;
	struct fields_view view = { 0 };

	for (size_t i = 0; i < spec->count; i++) {
		bool skip = false;
		for (size_t k = 0; k < count; k++)
			skip |= str_is(spec->fields[i].name, left_out[k]);
		if (!skip)
			field_write(page, &view, &spec->fields[i]);
	}
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

static void heads_write(struct out *page, const char *caption, const char *const *heads, size_t count)
{
	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table>\n<thead><tr>",
	     say(page, caption));
	for (size_t i = 0; i < count; i++)
		html(page, "<th scope=\"col\">%s</th>", say(page, heads[i]));
	html(page, "</tr></thead>\n<tbody>\n");
}

static void application_cells(struct out *page, enum sheet_kind kind, const struct sheet *sheet, size_t row)
{
	struct str no = sheet_cell(sheet, row, STR("key"));

	html(page, "<td class=\"num\"><a href=\"/application?no=%.*s\">%.*s</a></td><td class=\"short\">%.*s</td>"
	     "<td class=\"short\">%.*s</td><td>%.*s</td>", STR_FMT(no), STR_FMT(no),
	     STR_FMT(cell_said(page, kind, "person", sheet, row)), STR_FMT(cell_said(page, kind, "office", sheet, row)),
	     STR_FMT(cell_said(page, kind, "items", sheet, row)));
}

/* --- sending ------------------------------------------------------------------------------------------- */

static void waiting_write(struct out *page, const struct sheet *waiting)
{
	static const char *const heads[] = { N_("Send"), N_("Application"), N_("Applicant"), N_("Office"), N_("Items") };
	static const char *const chosen[] = { "applications" };
	struct fields_view view = { 0 };

	form_begin(page, "/do/transmit_applications", NULL);
	request_write(page, &view);
	heads_write(page, N_("Applications waiting for transmission"), heads, ARRAY_LEN(heads));
	for (size_t row = 0; row < waiting->row_count; row++) {
		struct str no = sheet_cell(waiting, row, STR("key"));
		html(page, "<tr><td><input type=\"checkbox\" name=\"applications:%.*s\" value=\"true\" checked aria-label=\"%s %.*s\">"
		     "</td>", STR_FMT(no), say(page, N_("Send")), STR_FMT(no));
		application_cells(page, SHEET_applications_to_transmit, waiting, row);
		html(page, "</tr>\n");
	}
	html(page, "</tbody>\n</table>\n</div>\n");
	fields_of(page, COMMAND_transmit_applications, chosen, ARRAY_LEN(chosen));
	html(page, "<button>%s</button>\n</form>\n", say(page, command_spec(COMMAND_transmit_applications)->record.label));
}

void page_transmit(struct exchange *exchange)
{
	if (!talk_begun(exchange)) {
		talk_ask_sheet(exchange, "applications_to_transmit");
		talk_ask_sheet(exchange, "offices");
		return;
	}
	if (outcome_page(exchange, N_("Transmit applications to the agency")))
		return;
	const struct sheet *waiting = talk_sheet(exchange, 0, "applications_to_transmit");
	struct out page = page_begin(exchange, 200, N_("Transmit applications to the agency"));
	html(&page, "<p>%s</p>\n", say(&page, N_("What is chosen goes as one list with one letter; the agency answers the list.")));
	if (waiting->row_count)
		waiting_write(&page, waiting);
	else
		html(&page, "<p class=\"empty\">%s</p>\n", say(&page, N_("No application waits for transmission.")));
	html(&page, "<p><a href=\"/lists/transmissions\">%s</a></p>\n", say(&page, N_("Transmissions to the agency")));
	page_end(&page);
}

/* --- the answer ------------------------------------------------------------------------------------------ */

static const struct { const char *value, *label; } answers[] = {
	{ "approved", N_("Approved") }, { "returned", N_("Returned") }, { "rejected", N_("Rejected") },
	{ "", N_("no answer yet") },
};

static void answer_cells(struct out *page, struct str no, bool open)
{
	if (!open)
		return;
	html(page, "<td>");
	for (size_t i = 0; i < ARRAY_LEN(answers); i++)
		html(page, "<label class=\"choice\"><input type=\"radio\" name=\"answer:%.*s\" value=\"%s\"%s>%s</label>\n", STR_FMT(no),
		     answers[i].value, i + 1 == ARRAY_LEN(answers) ? " checked" : "", say(page, answers[i].label));
	html(page, "</td>");
}

static size_t open_count(const struct sheet *sent)
{
	size_t open = 0;

	for (size_t row = 0; row < sent->row_count; row++)
		open += str_is(sheet_cell(sent, row, STR("application_state")), "transmitted");
	return open;
}

static void sent_write(struct out *page, const struct sheet *sent, bool may)
{
	static const char *const heads[] = { N_("Application"), N_("Applicant"), N_("Office"), N_("Items"), N_("State"),
		                             N_("Answer of the agency") };

	heads_write(page, N_("Applications of a transmission"), heads, ARRAY_LEN(heads) - !may);
	for (size_t row = 0; row < sent->row_count; row++) {
		bool open = may && str_is(sheet_cell(sent, row, STR("application_state")), "transmitted");
		html(page, "<tr>");
		application_cells(page, SHEET_transmission_applications, sent, row);
		html(page, "<td>%.*s</td>",
		     STR_FMT(cell_said(page, SHEET_transmission_applications, "application_state", sent, row)));
		answer_cells(page, sheet_cell(sent, row, STR("key")), open);
		if (may && !open)
			html(page, "<td></td>");
		html(page, "</tr>\n");
	}
	html(page, "</tbody>\n</table>\n</div>\n");
}

static void answer_write(struct out *page, struct str no, const struct sheet *sent)
{
	static const char *const chosen[] = { "transmission", "approved", "returned", "rejected" };
	struct fields_view view = { 0 };

	form_begin(page, "/transmission", NULL);
	request_write(page, &view);
	html(page, "<input type=\"hidden\" name=\"transmission\" value=\"%.*s\">\n", STR_FMT(no));
	sent_write(page, sent, true);
	html(page, "<p>%s</p>\n", say(page, N_("The bureau records number and date of the agency's letter; the agency's own reviewer "
	                                       "needs none. Returning or rejecting needs the reason.")));
	fields_of(page, COMMAND_record_nia_review, chosen, ARRAY_LEN(chosen));
	html(page, "<button>%s</button>\n</form>\n", say(page, command_spec(COMMAND_record_nia_review)->record.label));
}

static bool no_is_plain(struct str no)
{
	uint64_t n;

	return str_to_u64(no, &n) == OK;
}

void page_transmission(struct exchange *exchange)
{
	struct str no = str_trim(form_value(&exchange->request.query, "no"));
	struct viewer viewer;

	if (!no_is_plain(no)) {
		status_page(exchange, 404);
		return;
	}
	if (!talk_begun(exchange)) {
		message_field(talk_ask_sheet(exchange, "transmission_applications"), STR("transmission"), no);
		talk_ask_sheet(exchange, "offices");
		return;
	}
	if (outcome_page(exchange, N_("Applications of a transmission")))
		return;
	const struct sheet *sent = talk_sheet(exchange, 0, "transmission_applications");
	viewer = viewer_of(exchange);
	struct out page = page_begin(exchange, 200, N_("Applications of a transmission"));
	html(&page, "<p class=\"lead\">%s <b class=\"mono\">%.*s</b></p>\n", say(&page, N_("Transmission")), STR_FMT(no));
	if (open_count(sent) && viewer_may(&viewer, command_spec(COMMAND_record_nia_review)->duties))
		answer_write(&page, no, sent);
	else
		sent_write(&page, sent, false);
	html(&page, "<div class=\"prints no-print\">\n");
	print_write(&page, no, PRINTED_COVER_LIST);
	print_write(&page, no, PRINTED_REPLY_FORM);
	html(&page, "</div>\n");
	html(&page, "<p><a href=\"/lists/transmissions\">%s</a></p>\n", say(&page, N_("Transmissions to the agency")));
	page_end(&page);
}

/* The numbers for which that answer was chosen. */
static struct str chosen_as(struct exchange *exchange, const char *answer)
{
	const struct form *form = &exchange->request.form;
	struct buf list = buf_on(&exchange->arena);

	for (size_t i = 0; i < form->count; i++) {
		struct str name = form->at[i].name;
		if (!str_starts(name, STR("answer:")) || !str_is(form->at[i].value, answer))
			continue;
		if (list.len)
			buf_byte(&list, ',');
		buf_add(&list, str_slice(name, strlen("answer:"), name.len));
	}
	return buf_str(&list);
}

/* The choices become the three lists that the command knows; the rest goes the way of every command. */
void page_transmission_post(struct exchange *exchange)
{
	struct form *form = &exchange->request.form;

	if (!talk_begun(exchange)) {
		struct form_field *at = arena_array(&exchange->arena, struct form_field, form->count + ARRAY_LEN(answers));
		memcpy(at, form->at, form->count * sizeof *at);
		for (size_t i = 0; i + 1 < ARRAY_LEN(answers); i++)
			at[form->count++] = (struct form_field){ str_from(answers[i].value), chosen_as(exchange, answers[i].value),
				                                 STR("") };
		form->at = at;
	}
	exchange->request.params[0] = STR("record_nia_review");
	page_command_post(exchange);
}
