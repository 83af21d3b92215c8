/* One page, keyboard only, everything that one question needs. */
#include "base/time.h"
#include "doors/web/answer.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"
#include "law/refusals.h"

static const struct record_spec *ask_fields(void)
{
	return &command_spec(COMMAND_ask)->record;
}

static void one_field(struct out *page, const struct fields_view *view, const char *name)
{
	const struct field_spec *field = record_field(ask_fields(), str_from(name));

	assert(field);
	field_write(page, view, field);
}

enum { NEW_CASE_DAYS = 31 };

/* A case opened within the month is a new application, decided for the day it came in; an older one is
 * re-checked as of today. */
static void suggest_from_case(struct exchange *exchange, const struct sheet *head, struct form_field *purpose,
                              struct form_field *anchor)
{
	struct date today = time_local_date(exchange->at_ms), opened = today;

	if (head->row_count == 1 && date_parse_iso(sheet_cell(head, 0, STR("opened_on")), &opened) == OK &&
	    opened.day <= today.day && today.day - opened.day <= NEW_CASE_DAYS)
		purpose->value = STR("application");
	else
		opened = today;
	anchor->value = str_copy(&exchange->arena, str_from(date_roc_short(opened).text));
}

/* What case and rules suggest: the basis of the case, the weakest range, the first item. */
static void suggest(struct exchange *exchange, const struct sheet *head, struct form *form)
{
	struct form_field defaults[] = {
		{ STR("anchor_date"), STR(""), STR("") }, { STR("range"), STR("residence"), STR("") },
		{ STR("item"), STR("item_1"), STR("") }, { STR("purpose"), STR("yearly_recheck"), STR("") },
		{ STR("legal_basis"), STR(""), STR("") },
	};
	const struct form *asked = &exchange->request.query;

	suggest_from_case(exchange, head, &defaults[3], &defaults[0]);
	if (head->row_count == 1)
		defaults[4].value = sheet_cell(head, 0, STR("basis"));

	form->at = arena_array(&exchange->arena, struct form_field, asked->count + ARRAY_LEN(defaults));
	for (size_t i = 0; i < asked->count; i++)
		form->at[form->count++] = asked->at[i];
	for (size_t i = 0; i < ARRAY_LEN(defaults); i++)
		if (!form_has(asked, defaults[i].name.at))
			form->at[form->count++] = defaults[i];
}

static void group(struct out *page, const struct fields_view *view, const char *class,
                  const char *const *names, size_t count)
{
	html(page, "<div class=\"%s\">\n", class);
	for (size_t i = 0; i < count; i++)
		one_field(page, view, names[i]);
	html(page, "</div>\n");
}

static void form_write(struct out *page, const struct fields_view *view)
{
	static const char *const who[] = { "case_no", "subject" };
	static const char *const why[] = { "legal_basis", "purpose" };
	static const char *const what[] = { "item", "range", "anchor_date" };
	static const char *const more[] = { "reason_code", "reason", "waits_for", "authorization" };

	form_begin(page, "/ask", NULL);
	request_write(page, view);
	html(page, "<fieldset><legend>%s</legend>\n", say(page, N_("About whom")));
	group(page, view, "pair", who, ARRAY_LEN(who));
	html(page, "</fieldset>\n<fieldset><legend>%s</legend>\n", say(page, N_("Why")));
	group(page, view, "pair", why, ARRAY_LEN(why));
	html(page, "</fieldset>\n<fieldset><legend>%s</legend>\n", say(page, N_("What")));
	group(page, view, "trio", what, ARRAY_LEN(what));
	html(page, "</fieldset>\n<fieldset><legend>%s</legend>\n",
	     say(page, N_("Only when more than the residence answer is asked")));
	group(page, view, "trio", more, ARRAY_LEN(more));
	html(page, "</fieldset>\n<button>%s</button>\n"
	     "<p class=\"small\">%s</p>\n</form>\n", say(page, N_("Ask")),
	     say(page, N_("The question is written into the log before it leaves for the source.")));
}

static void ask_choices(struct exchange *exchange)
{
	talk_ask_sheet(exchange, "bases");
}

void page_ask(struct exchange *exchange)
{
	struct form prefill = { 0 };
	struct fields_view view = { .prefill = &prefill };

	if (!talk_begun(exchange)) {
		struct str case_no = str_trim(form_value(&exchange->request.query, "case_no"));
		ask_choices(exchange);
		if (case_no.len)
			message_field(talk_ask_sheet(exchange, "case_head"), STR("case_no"), case_no);
		return;
	}
	if (outcome_page(exchange, N_("Ask a question")))
		return;
	static const struct sheet no_case = { .name = STR_INIT("") };
	suggest(exchange, exchange->talk.count > 1 ? talk_sheet(exchange, 1, "case_head") : &no_case, &prefill);
	view.bases = talk_sheet(exchange, 0, "bases");
	struct out page = page_begin(exchange, 200, N_("Ask a question"));
	html(&page, "<p class=\"lead\">%s</p>\n",
	     say(&page, N_("Ask for the weakest answer that decides the case: the residence answer first, "
	                   "records only when it does not suffice.")));
	form_write(&page, &view);
	page_end(&page);
}

static void again_write(struct exchange *exchange, const struct message *reply)
{
	struct fields_view view = {
		.typed = &exchange->request.form,
		.problems = message_sheet_named(reply, "problems"),
		.bases = talk_sheet(exchange, 1, "bases"),
	};
	struct out page = page_begin(exchange, 422, N_("Ask a question"));

	box_begin(&page, BOX_NOTE, N_("Please correct the marked fields. Nothing was asked."));
	problems_unseen_write(&page, &view, ask_fields());
	box_end(&page);
	form_write(&page, &view);
	page_end(&page);
}

/* What a second person has to allow: the request begins with what was just asked. An identity number
 * stands in no address; then the person is typed again. */
static struct str request_path(struct exchange *exchange)
{
	static const char *const names[] = { "case_no", "subject", "legal_basis", "purpose", "item", "range",
		                             "anchor_date", "reason_code" };
	enum { PARTY_CHARS = 3 };
	struct buf path = buf_on(&exchange->arena);

	buf_add(&path, STR("/do/request_authorization?ask_count=1"));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str value = form_value(&exchange->request.form, names[i]);
		if (str_is(str_from(names[i]), "subject") && value.len > PARTY_CHARS)
			continue;
		buf_printf(&path, "&%s=%.*s", names[i], STR_FMT(url_text(&exchange->arena, value)));
	}
	return buf_str(&path);
}

static bool needs_second_person(const struct message *reply)
{
	enum refusal refusal = refusal_find(message_get(reply, "refusal"));

	return refusal >= REFUSED_SECOND_PERSON_NEEDED && refusal <= REFUSED_AUTHORIZATION_USED_UP;
}

static void second_person_page(struct exchange *exchange, const struct message *reply)
{
	exchange->talk.count = 1;
	struct out page = page_begin(exchange, 200, N_("Answer"));

	refusal_write(&page, reply);
	html(&page, "<p class=\"no-print\"><a class=\"button\" href=\"%.*s\">%s</a> "
	     "<a class=\"button plain\" href=\"/lists/my_authorizations\">%s</a></p>\n",
	     STR_FMT(request_path(exchange)), say(&page, N_("Request an authorization")),
	     say(&page, N_("My authorizations")));
	page_end(&page);
}

/* The answer stands on the reply itself: one request a question. Sending it again gives the same
 * answer, because the request number is the same. */
void page_ask_post(struct exchange *exchange)
{
	const struct message *reply;

	if (!talk_begun(exchange)) {
		fields_send(exchange, ask_fields(),
		            talk_ask_command(exchange, STR("ask"), form_value(&exchange->request.form,
		                                                             "request")));
		return;
	}
	reply = talk_reply(exchange, 0);
	if (outcome_of(reply) == OUTCOME_INVALID && exchange->talk.count == 1) {
		ask_choices(exchange);
		return;
	}
	if (outcome_of(reply) == OUTCOME_INVALID) {
		again_write(exchange, reply);
		return;
	}
	if (outcome_of(reply) == OUTCOME_REFUSED && needs_second_person(reply))
		second_person_page(exchange, reply);
	else
		answer_page(exchange, reply);
}
