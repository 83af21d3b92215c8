/* Every command that people may give, as a form: looped from commands.def. */
#include <stdio.h>

#include "doors/web/card_form.h"
#include "doors/web/concerned.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"

static const struct command_spec *spec_of(const struct exchange *exchange)
{
	enum command_kind kind = command_find(exchange->request.params[0]);

	if (kind == COMMAND_NONE || command_spec(kind)->door != DOOR_PEOPLE)
		return NULL;
	return command_spec(kind);
}

static bool ask_choices(struct exchange *exchange, const struct command_spec *command, const struct form *form)
{
	const struct record_spec *spec = &command->record;

	concerned_ask(exchange, command, form);
	if (fields_need(spec, "bases"))
		talk_ask_sheet(exchange, "bases");
	if (fields_need(spec, "offices"))
		talk_ask_sheet(exchange, "offices");
	return exchange_waits(exchange);
}

static const struct sheet *choice(struct exchange *exchange, const char *name)
{
	for (size_t i = 0; i < exchange->talk.count; i++) {
		const struct sheet *sheet = message_sheet_named(talk_reply(exchange, i), name);
		if (sheet)
			return sheet;
	}
	return NULL;
}

static void form_write(struct out *page, const struct command_spec *spec, struct fields_view *view)
{
	char path[80];

	view->bases = choice(page->exchange, "bases");
	view->offices = choice(page->exchange, "offices");
	concerned_write(page, spec);
	snprintf(path, sizeof path, "/do/%.*s", STR_FMT(spec->record.name));
	form_begin(page, path, NULL);
	request_write(page, view);
	concerned_keep(page, spec, view->typed ? view->typed : view->prefill);
	fields_write(page, view, &spec->record);
	html(page, "<button>%s</button>\n</form>\n", say(page, spec->record.label));
}

void page_command(struct exchange *exchange)
{
	const struct command_spec *spec = spec_of(exchange);
	struct fields_view view = { .prefill = &exchange->request.query };

	if (!spec) {
		status_page(exchange, 404);
		return;
	}
	if (!talk_begun(exchange)) {
		talk_ask_sheet(exchange, "my_duties"); /* who is it? */
		return;
	}
	if (exchange->talk.count == 1 && ask_choices(exchange, spec, &exchange->request.query))
		return;
	if (outcome_page(exchange, spec->record.label))
		return;
	struct out page = page_begin(exchange, 200, spec->record.label);
	form_write(&page, spec, &view);
	page_end(&page);
}

/* Told once: only its digest is kept. */
static void code_write(struct out *page, struct str code)
{
	if (!code.len)
		return;
	html(page, "<p>%s <b class=\"mono\">%.*s</b></p>\n<p>%s</p>\n", say(page, N_("Authorization code")),
	     STR_FMT(code), say(page, N_("Tell it to the officer now: it is shown this one time, and only its digest is kept.")));
}

/* What was printed is saved, not shown: it must not stay behind in the browser's pages. */
static bool file_page(struct exchange *exchange, const struct message *reply)
{
	struct response *response = &exchange->response;
	struct str file = message_get(reply, "file"), name = message_get(reply, "file_name");

	if (!file.len)
		return false;
	response->status = 200;
	response->type = str_ends(name, STR(".pdf")) ? "application/pdf" : "application/vnd.oasis.opendocument.text";
	response_header(response, "Content-Disposition",
	                str_printf(&exchange->arena, "attachment; filename=\"%.*s\"", STR_FMT(name)));
	buf_add(&response->body, file);
	return true;
}

/* Back to the application that the command was about; a new draft is named by its own entry. */
static void application_link(struct out *page, const struct command_spec *spec, const struct message *reply)
{
	struct str no = form_value(&page->exchange->request.form, "application");

	if (!record_field(&spec->record, STR("application")))
		return;
	if (!no.len)
		no = message_get(reply, "entry");
	html(page, "<p class=\"no-print\"><a class=\"button\" href=\"/application?no=%.*s\">%s</a></p>\n",
	     STR_FMT(url_text(&page->exchange->arena, no)), say(page, N_("To the application")));
}

static void signature_link(struct out *page, const struct message *reply)
{
	struct str entry = message_get(reply, "signed_entry");

	if (entry.len)
		html(page, "<p class=\"no-print\"><a href=\"/signature?entry=%.*s\">%s</a></p>\n", STR_FMT(entry),
		     say(page, N_("Signature of this step")));
}

static void done_page(struct exchange *exchange, const struct command_spec *spec,
                      const struct message *reply)
{
	struct out page = page_begin(exchange, 200, spec->record.label);

	box_begin(&page, BOX_YES, N_("Done"));
	code_write(&page, message_get(reply, "code"));
	entry_write(&page, reply);
	box_end(&page);
	signature_link(&page, reply);
	for (size_t i = 0; i < reply->sheet_count; i++)
		plain_table_write(&page, &reply->sheets[i], spec->record.label);
	application_link(&page, spec, reply);
	concerned_link(&page, spec);
	html(&page, "<p class=\"no-print\"><a class=\"button\" href=\"/\">%s</a> "
	     "<a class=\"button plain\" href=\"/do/%.*s\">%s</a></p>\n", say(&page, N_("To the tasks")),
	     STR_FMT(spec->record.name), say(&page, N_("Once more")));
	page_end(&page);
}

static void again_page(struct exchange *exchange, const struct command_spec *spec,
                       const struct message *reply)
{
	struct fields_view view = { .typed = &exchange->request.form,
	                            .problems = message_sheet_named(reply, "problems") };
	struct out page = page_begin(exchange, 422, spec->record.label);

	box_begin(&page, BOX_NOTE, N_("Please correct the marked fields. Nothing was done."));
	problems_seen_write(&page, &view, &spec->record);
	problems_unseen_write(&page, &view, &spec->record);
	box_end(&page);
	form_write(&page, spec, &view);
	page_end(&page);
}

/* Something was typed or chosen that the address of the page did not bring. */
static bool is_filled(struct exchange *exchange, const struct record_spec *spec)
{
	for (size_t i = 0; i < spec->count; i++) {
		const struct field_spec *field = &spec->fields[i];
		if (field->kind != FIELD_ENTRY && !str_is(field->name, "digest") &&
		    form_value(&exchange->request.form, str_c(&exchange->arena, field->name)).len)
			return true;
	}
	return false;
}

static const struct field_spec *date_of(const struct record_spec *spec)
{
	for (size_t i = 0; i < spec->count; i++)
		if (spec->fields[i].kind == FIELD_DATE)
			return &spec->fields[i];
	return NULL;
}

/* What the rule asks for is told at the field that it is about, too. */
static const struct sheet *refusal_at_field(struct exchange *exchange, const struct record_spec *spec,
                                            enum refusal refusal)
{
	static const struct str columns[] = { STR_INIT("field"), STR_INIT("why") };
	struct sheet *problems = arena_new(&exchange->arena, struct sheet);
	struct str name = str_from(refusal_field(refusal));
	const struct field_spec *field = str_is(name, "date") ? date_of(spec) : record_field(spec, name);

	*problems = sheet_new(&exchange->arena, STR("problems"), columns, ARRAY_LEN(columns));
	if (field) {
		struct str *row = sheet_row_add(&exchange->arena, problems);
		row[0] = field->name;
		row[1] = str_from(refusal_spec(refusal)->next);
	}
	return problems;
}

static void refused_again_page(struct exchange *exchange, const struct command_spec *spec,
                               const struct message *reply)
{
	enum refusal refusal = refusal_find(message_get(reply, "refusal"));
	struct fields_view view = { .typed = &exchange->request.form, .fresh = true,
	                            .problems = refusal_at_field(exchange, &spec->record, refusal) };
	struct out page = page_begin(exchange, 200, spec->record.label);

	refusal_write(&page, reply);
	problems_table_write(&page, reply);
	form_write(&page, spec, &view);
	page_end(&page);
}

/* What somebody took the time to fill in is not lost because a rule said no. */
static bool is_told_with_form(struct exchange *exchange, const struct command_spec *spec, const struct message *reply)
{
	enum refusal refusal = refusal_find(message_get(reply, "refusal"));

	return outcome_of(reply) == OUTCOME_REFUSED &&
	       (is_filled(exchange, &spec->record) || (spec->is_signed && card_form_is_about(refusal))) &&
	       refusal != REFUSED_NOT_SIGNED_IN && refusal != REFUSED_SESSION_ENDED;
}

void page_command_post(struct exchange *exchange)
{
	const struct command_spec *spec = spec_of(exchange);
	const struct message *reply;

	if (!spec) {
		status_page(exchange, 404);
		return;
	}
	if (!talk_begun(exchange)) {
		fields_join(exchange, &spec->record);
		if (!step_is_ready(exchange, spec)) {
			step_ask(exchange, spec);
			return;
		}
		struct message *ask = talk_ask_command(exchange, spec->record.name,
		                                       form_value(&exchange->request.form, "request"));
		fields_send(exchange, &spec->record, ask);
		step_send(exchange, ask);
		return;
	}
	reply = talk_reply(exchange, 0);
	if (reply->kind == MESSAGE_STEP_TEXT) {
		if (exchange->talk.count == 2)
			concerned_ask(exchange, spec, &exchange->request.form);
		if (exchange_waits(exchange))
			return;
		step_page(exchange, spec);
		return;
	}
	if ((outcome_of(reply) == OUTCOME_INVALID || is_told_with_form(exchange, spec, reply)) &&
	    exchange->talk.count <= (step_is_ready(exchange, spec) ? 1 : 2) &&
	    ask_choices(exchange, spec, &exchange->request.form))
		return;
	if (outcome_of(reply) == OUTCOME_INVALID)
		again_page(exchange, spec, reply);
	else if (is_told_with_form(exchange, spec, reply))
		refused_again_page(exchange, spec, reply);
	else if (!outcome_page(exchange, spec->record.label) && !file_page(exchange, reply))
		done_page(exchange, spec, reply);
}
