#include "doors/web/concerned.h"

#include "doors/web/table.h"

/* A field that names a row of a list; the list has a filter of that name. Whoever may give such a command may
 * read the list. */
static const struct concern {
	const char *field;
	enum command_kind only; /* COMMAND_NONE: every command that has the field */
	enum sheet_kind sheet;
} concerns[] = {
	{ "duty_entry", COMMAND_NONE, SHEET_people },
	{ "block", COMMAND_NONE, SHEET_account_blocks },
	{ "presented", COMMAND_confirm_card, SHEET_card_requests },
	{ "proposal", COMMAND_approve_reinstatement, SHEET_reinstatements },
};

static const struct concern *concern_of(const struct command_spec *command)
{
	for (size_t i = 0; i < ARRAY_LEN(concerns); i++)
		if (record_field(&command->record, str_from(concerns[i].field)) &&
		    (concerns[i].only == COMMAND_NONE || command == command_spec(concerns[i].only)))
			return &concerns[i];
	return NULL;
}

/* An account is known by person and office. */
static bool is_account(const struct command_spec *command, const struct form *form)
{
	uint64_t person;

	return record_field(&command->record, STR("person")) && form_value(form, "office").len &&
	       command != command_spec(COMMAND_confirm_card) && command != command_spec(COMMAND_appoint_duty) &&
	       str_hex_to_u64(form_value(form, "person"), &person) == OK;
}

void concerned_ask(struct exchange *exchange, const struct command_spec *command, const struct form *form)
{
	const struct concern *concern = concern_of(command);
	struct viewer viewer = viewer_of(exchange);
	uint32_t duties = sheet_spec(concern ? concern->sheet : SHEET_account)->duties;
	struct str value = concern ? form_value(form, concern->field) : STR("");
	struct message *ask;
	uint64_t entry;

	if (!viewer.person.len || !viewer_may(&viewer, command->duties) || !viewer_may(&viewer, duties))
		return;
	if (str_to_u64(value, &entry) == OK) {
		ask = talk_ask_sheet(exchange, str_c(&exchange->arena, sheet_spec(concern->sheet)->name));
		message_field(ask, str_from(concern->field), value);
	} else if (is_account(command, form)) {
		ask = talk_ask_sheet(exchange, "account");
		message_field(ask, STR("person"), form_value(form, "person"));
		message_field(ask, STR("in_office"), form_value(form, "office"));
	}
}

static const struct sheet *sheet_of(struct exchange *exchange, enum sheet_kind kind)
{
	const char *name = str_c(&exchange->arena, sheet_spec(kind)->name);

	for (size_t i = 0; i < exchange->talk.count; i++) {
		const struct question *question = &exchange->talk.at[i];
		const struct sheet *sheet = question->answered ? message_sheet_named(&question->reply, name) : NULL;
		if (sheet)
			return sheet;
	}
	return NULL;
}

static bool is_myself(struct out *page, const struct command_spec *command)
{
	const struct request *request = &page->exchange->request;
	const struct form *form = request->method == METHOD_POST ? &request->form : &request->query;

	return command == command_spec(COMMAND_report_card_lost) && viewer_of(page->exchange).person.len &&
	       str_eq(form_value(form, "person"), viewer_of(page->exchange).person);
}

bool concerned_write(struct out *page, const struct command_spec *command)
{
	const struct concern *concern = concern_of(command);
	enum sheet_kind kind = concern ? concern->sheet : SHEET_account;
	const struct sheet *sheet = sheet_of(page->exchange, kind);

	if (is_myself(page, command))
		html(page, "<p class=\"lead\">%s</p>\n", say(page, N_("You report this for yourself.")));
	if (!sheet || sheet->row_count != 1)
		return is_myself(page, command);
	html(page, "<div class=\"card\">\n<h2>%s</h2>\n", say(page, N_("Whom this is about")));
	terms_write(page, sheet_spec(kind), sheet, 0);
	html(page, "</div>\n");
	return true;
}

void concerned_keep(struct out *page, const struct command_spec *command, const struct form *form)
{
	if (is_account(command, form) && !record_field(&command->record, STR("office")))
		html(page, "<input type=\"hidden\" name=\"office\" value=\"%.*s\">\n", STR_FMT(form_value(form, "office")));
}

void concerned_link(struct out *page, const struct command_spec *command)
{
	const struct concern *concern = concern_of(command);
	const struct form *form = &page->exchange->request.form;

	if (concern)
		html(page, "<p class=\"no-print\"><a class=\"button\" href=\"/lists/%.*s\">%s</a></p>\n",
		     STR_FMT(sheet_spec(concern->sheet)->name), say(page, sheet_spec(concern->sheet)->label));
	else if (is_account(command, form))
		html(page, "<p class=\"no-print\"><a class=\"button\" href=\"/account?person=%.*s&amp;office=%.*s\">%s</a></p>\n",
		     STR_FMT(form_value(form, "person")), STR_FMT(url_text(&page->exchange->arena, form_value(form, "office"))),
		     say(page, N_("To the account")));
}
