/* Filling in form F1, anew or again, and the scans of its paper. */
#include "base/crypto.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "law/application_form.h"

enum { FIELDS_SHOWN_MAX = 64 };

/* What the stored form holds, as if it had been typed. */
static void typed_put(struct exchange *exchange, const struct application_form *form, struct form *out)
{
	const struct record_spec *spec = &command_spec(COMMAND_draft_application)->record;
	const struct record_spec *stored = application_form_spec();

	for (size_t i = 0; i < spec->count; i++) {
		const struct field_spec *field = record_field(stored, spec->fields[i].name);
		if (field && out->count < FIELDS_SHOWN_MAX)
			out->at[out->count++] = (struct form_field){ field->name, record_get(&exchange->arena, field, form), STR("") };
	}
}

static struct form draft_of(struct exchange *exchange, struct str no, const struct sheet *application)
{
	struct form typed = { arena_array(&exchange->arena, struct form_field, FIELDS_SHOWN_MAX), 0 };
	struct application_form form;
	struct str renews = form_value(&exchange->request.query, "renews");

	if (application->row_count &&
	    application_form_read(&exchange->arena, sheet_cell(application, 0, STR("form")), &form) == OK) {
		typed_put(exchange, &form, &typed);
		typed.at[typed.count++] = (struct form_field){ STR("application"), no, STR("") };
	} else if (renews.len) {
		typed.at[typed.count++] = (struct form_field){ STR("renews"), renews, STR("") };
	}
	return typed;
}

static void page_write(struct exchange *exchange, struct str no)
{
	const struct command_spec *spec = command_spec(COMMAND_draft_application);
	struct form typed = draft_of(exchange, no, talk_sheet(exchange, 0, "application"));
	struct fields_view view = { .typed = &typed, .bases = talk_sheet(exchange, 1, "bases"),
	                            .offices = talk_sheet(exchange, 2, "offices") };
	struct out page = page_begin(exchange, 200, spec->record.label);

	html(&page, "<p>%s</p>\n", say(&page, N_("Agency, name, identity number and card come from the registry; the form shows "
	                                         "them after saving. Nothing leaves your hands before you submit it.")));
	form_begin(&page, "/do/draft_application", NULL);
	request_write(&page, &view);
	fields_write(&page, &view, &spec->record);
	html(&page, "<button>%s</button>\n</form>\n", say(&page, N_("Save the draft")));
	page_end(&page);
}

void page_application_form(struct exchange *exchange)
{
	struct str no = str_trim(form_value(&exchange->request.query, "no"));

	if (!talk_begun(exchange)) {
		message_field(talk_ask_sheet(exchange, "application"), STR("application"), no.len ? no : STR("0"));
		talk_ask_sheet(exchange, "bases");
		talk_ask_sheet(exchange, "offices");
		return;
	}
	if (!outcome_page(exchange, command_spec(COMMAND_draft_application)->record.label))
		page_write(exchange, no);
}

/* --- scans ---------------------------------------------------------------------------------------------- */

void page_scan_post(struct exchange *exchange)
{
	const struct form *form = &exchange->request.form;
	const struct command_spec *spec = command_spec(COMMAND_attach_scan);

	if (!talk_begun(exchange)) {
		struct str file = form_value(form, "scan");
		struct message *command = talk_ask_command(exchange, spec->record.name, form_value(form, "request"));
		message_field(command, STR("application"), form_value(form, "application"));
		message_field(command, STR("digest"), form_value(form, "digest"));
		message_field(command, STR("scan_kind"), form_value(form, "scan_kind"));
		message_field(command, STR("scan"), base64_text(&exchange->arena, file.at, file.len));
		return;
	}
	if (outcome_page(exchange, spec->record.label))
		return;
	response_redirect(&exchange->arena, &exchange->response,
	                  str_printf(&exchange->arena, "/application?no=%.*s",
	                             STR_FMT(url_text(&exchange->arena, form_value(form, "application")))));
}

static const struct { const char *media, *type; } types[] = {
	{ "pdf", "application/pdf" }, { "png", "image/png" }, { "jpeg", "image/jpeg" }, { "tiff", "image/tiff" },
};

static void scan_write(struct exchange *exchange, const struct sheet *scan)
{
	struct response *response = &exchange->response;
	struct str media = sheet_cell(scan, 0, STR("media")), bytes;

	if (base64_read(&exchange->arena, sheet_cell(scan, 0, STR("content")), &bytes) != OK || !bytes.len) {
		status_page(exchange, 404);
		return;
	}
	buf_bytes(&response->body, bytes.at, bytes.len);
	response->status = 200;
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_is(media, types[i].media))
			response->type = types[i].type;
	response_header(response, "Content-Disposition",
	                str_printf(&exchange->arena, "attachment; filename=\"scan-%.*s.%.*s\"",
	                           STR_FMT(sheet_cell(scan, 0, STR("key"))), STR_FMT(media)));
}

void page_scan(struct exchange *exchange)
{
	if (!talk_begun(exchange)) {
		message_field(talk_ask_sheet(exchange, "application_scan"), STR("scan"),
		              form_value(&exchange->request.query, "no"));
		return;
	}
	if (outcome_page(exchange, N_("Scan")))
		return;
	const struct sheet *scan = talk_sheet(exchange, 0, "application_scan");
	if (scan->row_count)
		scan_write(exchange, scan);
	else
		status_page(exchange, 404);
}
