#include "doors/web/answer.h"

#include "base/json_values.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/table.h"
#include "law/residence.h"

/* A fresh answer comes as values, too: reading the text costs more than the rest of the page. */
enum fail answer_read(struct arena *arena, const struct message *reply, const char *name, struct json *out)
{
	struct str values = message_get(reply, str_c(arena, str_printf(arena, "%s_values", name)));
	struct str text = message_get(reply, name);

	if (values.len)
		return json_values_read(arena, values, out);
	return text.len ? json_read(arena, text, out) : FAIL_NOT_FOUND;
}

static const struct verdict_text {
	const char *code;
	enum box box;
	const char *heading, *meaning;
} verdict_texts[] = {
	{ "eligible", BOX_YES, N_("Eligible"),
	  N_("The person has lived in the country more than 183 days in the last year.") },
	{ "not_eligible", BOX_NO, N_("Not eligible"),
	  N_("The person has not lived in the country more than 183 days in the last year.") },
	{ "needs_review", BOX_ASK, N_("Needs review by a person"),
	  N_("The records do not settle it, or readings of the rule disagree. Decide by hand, with the "
	     "reasons below.") },
	{ "released", BOX_NOTE, N_("Records released"), N_("The records asked for are shown below.") },
	{ "not_found", BOX_NOTE, N_("No such records (查無資料)"),
	  N_("The source knows no record of this kind about the person.") },
};

static const struct verdict_text *verdict_of(struct str code)
{
	for (size_t i = 0; i < ARRAY_LEN(verdict_texts); i++)
		if (str_is(code, verdict_texts[i].code))
			return &verdict_texts[i];
	return NULL;
}

/* What each reason means for the person who decides. */
static const struct { const char *code, *text; } reason_texts[] = {
	{ "conventions_disagree", N_("Counting the days of exit and entry in another lawful way gives another result.") },
	{ "windows_disagree", N_("Beginning or ending the year one day earlier or later gives another result.") },
	{ "near_threshold", N_("The count lies within a few days of 183.") },
	{ "record_conflict", N_("Two exits or two entries follow each other: a record is missing or wrong.") },
	{ "no_state_before_window", N_("It is not known whether the person was here when the year began.") },
	{ "data_stale", N_("The records end before the year does, and the missing days could decide.") },
	{ "source_incomplete", N_("The source did not return everything.") },
	{ "identity_unresolved", N_("It is not certain that all records belong to this person (old and new number, name or birthday).") },
	{ "dual_document", N_("The person may travel on a second document.") },
	{ "born_in_window", N_("The person was born during the year.") },
	{ "disputed", N_("The person disputes the records.") },
	{ "no_day_test", N_("The legal basis has no residence test.") },
};

static const char *reason_text(struct str code)
{
	for (size_t i = 0; i < ARRAY_LEN(reason_texts); i++)
		if (str_is(code, reason_texts[i].code))
			return reason_texts[i].text;
	return NULL;
}

static void reasons_write(struct out *page, const struct json *answer)
{
	const struct json *reasons = json_member(answer, STR("reasons"));

	if (!reasons || reasons->kind != JSON_IS_ARRAY || !reasons->count)
		return;
	html(page, "<h3>%s</h3>\n<ul>\n", say(page, N_("Reasons")));
	for (size_t i = 0; i < reasons->count; i++) {
		const char *text = reason_text(reasons->items[i].text);
		if (text)
			html(page, "<li>%s</li>\n", say(page, text));
		else
			html(page, "<li>%.*s</li>\n", STR_FMT(reasons->items[i].text));
	}
	html(page, "</ul>\n");
}

static const char *const convention_texts[] = {
	N_("exit day absent, entry day present"), N_("exit day present, entry day absent"),
	N_("both days present"), N_("both days absent"),
};

static void days_text(struct out *page, const struct json *days)
{
	if (days->kind == JSON_IS_INT)
		html(page, "%lld", (long long)days->n);
	else if (days->kind == JSON_IS_ARRAY && days->count == 2)
		html(page, "%lld–%lld", (long long)days->items[0].n, (long long)days->items[1].n);
	else
		html(page, "–");
}

static void counts_write(struct out *page, const struct json *answer)
{
	const struct json *days = json_member(answer, STR("days"));
	struct str used = json_text(answer, STR("convention"));

	if (!days || days->kind != JSON_IS_OBJECT || !days->count)
		return;
	html(page, "<h2>%s</h2>\n<ul class=\"figures\">\n",
	     say(page, N_("Days in the country, by each way of counting")));
	for (size_t i = 0; i < days->count && i < 4; i++) {
		bool is_used = str_eq(days->keys[i], used.len ? used : STR("B"));
		html(page, is_used ? "<li class=\"used\">%.*s%s<b>" : "<li>%.*s%s<b>", STR_FMT(days->keys[i]),
		     is_used ? say(page, N_(" (this one decides)")) : "");
		days_text(page, &days->items[i]);
		html(page, "</b><span class=\"small\">%s</span></li>\n", say(page, convention_texts[i]));
	}
	html(page, "</ul>\n");
}

static void term(struct out *page, const char *label, struct str value)
{
	if (value.len)
		html(page, "<dt>%s</dt><dd>%.*s</dd>\n", say(page, label), STR_FMT(value));
}

/* What the count does not say, but the decision needs. */
static void reminders_write(struct out *page, const struct json *answer)
{
	if (json_member(answer, STR("household")))
		html(page, "<p>%s</p>\n", say(page, N_("Every member of the household must fulfil this: ask for "
		                                       "each; the worst answer counts.")));
	if (json_member(answer, STR("municipality")))
		html(page, "<p>%s</p>\n", say(page, N_("The benefit also demands living in the registered "
		                                       "municipality; border records say nothing about that.")));
}

static struct str coverage_text(struct out *page, const struct json *answer)
{
	struct str coverage = json_text(answer, STR("coverage"));

	if (str_is(coverage, "all"))
		return str_from(say(page, N_("from the first record on")));
	return date_text(page, coverage);
}

static void facts_write(struct out *page, const struct json *answer)
{
	const struct json *window = json_member(answer, STR("window"));

	html(page, "<dl>\n");
	if (window && window->kind == JSON_IS_ARRAY && window->count == 2) {
		struct str first = date_text(page, window->items[0].text);
		struct str last = date_text(page, window->items[1].text);
		html(page, "<dt>%s</dt><dd>%.*s – %.*s</dd>\n", say(page, N_("Year looked at")),
		     STR_FMT(first), STR_FMT(last));
	}
	term(page, N_("Anchor date"), date_text(page, json_text(answer, STR("anchor"))));
	term(page, N_("Records as of"), date_text(page, json_text(answer, STR("data_as_of"))));
	term(page, N_("Records reach back to"), coverage_text(page, answer));
	term(page, N_("The answer would change on"), date_text(page, json_text(answer, STR("next_flip"))));
	term(page, N_("Rule version"), json_text(answer, STR("rule")));
	html(page, "</dl>\n");
}

static void letter_write(struct out *page, const struct json *answer)
{
	struct str letter = json_text(answer, STR("letter"));

	if (!letter.len)
		return;
	html(page, "<h2>%s</h2>\n<p class=\"letter\" lang=\"zh-Hant-TW\">%.*s</p>\n",
	     say(page, N_("Sentence for the decision letter")), STR_FMT(letter));
}

static void verdict_write(struct out *page, const struct json *answer)
{
	const struct verdict_text *text = verdict_of(json_text(answer, STR("verdict")));
	const struct verdict_text *first = verdict_of(json_text(answer, STR("provisional")));

	if (!text)
		return;
	box_begin(page, text->box, text->heading);
	html(page, "<p>%s</p>\n", say(page, text->meaning));
	if (first && first != text)
		html(page, "<p>%s <b>%s</b></p>\n", say(page, N_("The plain count alone would say:")),
		     say(page, first->heading));
	reasons_write(page, answer);
	box_end(page);
}

void answer_write(struct out *page, const struct json *answer, struct str asked_entry)
{
	(void)asked_entry;
	verdict_write(page, answer);
	counts_write(page, answer);
	facts_write(page, answer);
	reminders_write(page, answer);
	rows_write(page, answer);
	letter_write(page, answer);
}

/* For an eligible person the table stays closed until somebody says why it is needed. */
static void release_form(struct out *page, struct str asked)
{
	const struct record_spec *spec = &command_spec(COMMAND_release_day_table)->record;
	struct fields_view view = { 0 };

	form_begin(page, "/release", NULL);
	html(page, "<h2>%s</h2>\n", say(page, N_("Show the day table")));
	request_write(page, &view);
	html(page, "<input type=\"hidden\" name=\"asked\" value=\"%.*s\">\n", STR_FMT(asked));
	field_write(page, &view, record_field(spec, STR("reason_code")));
	html(page, "<button class=\"plain\">%s</button>\n</form>\n", say(page, N_("Show, with this reason")));
}

static void waiting_write(struct out *page, struct str asked)
{
	box_begin(page, BOX_ASK, N_("The question is recorded and waits for its answer"));
	html(page, "<p>%s</p>\n<p><a class=\"button\" href=\"/paste?asked=%.*s\">%s</a> "
	     "<a class=\"button plain\" href=\"/query?asked=%.*s\">%s</a></p>\n",
	     say(page, N_("Look it up on the agency's page now, then enter what it shows.")), STR_FMT(asked),
	     say(page, N_("Enter the answer")), STR_FMT(asked), say(page, N_("See the question")));
	box_end(page);
}

static void next_acts(struct out *page)
{
	struct str case_no = form_value(&page->exchange->request.form, "case_no");

	html(page, "<p class=\"no-print\"><a class=\"button\" href=\"/ask?case_no=%.*s\">%s</a> "
	     "<a class=\"button plain\" href=\"/queries\">%s</a></p>\n",
	     STR_FMT(url_text(&page->exchange->arena, case_no)), say(page, N_("Next question")),
	     say(page, N_("My questions")));
}

static void granted_write(struct out *page, const struct message *reply)
{
	struct arena *arena = &page->exchange->arena;
	struct str asked = message_get(reply, "asked_entry");
	struct json answer = { 0 }, table;
	bool has_table = answer_read(arena, reply, "day_table", &table) == OK;

	if (answer_read(arena, reply, "answer", &answer) == OK)
		answer_write(page, &answer, asked);
	if (has_table)
		day_table_write(page, &table);
	for (size_t i = 0; i < reply->sheet_count; i++)
		if (!str_is(reply->sheets[i].name, "problems")) /* they stand below, under a heading of their own */
			plain_table_write(page, &reply->sheets[i], N_("Records released"));
	html(page, "<p class=\"reminder\">%s</p>\n",
	     say(page, N_("Write down or print only what the case needs; destroy what is not filed and note "
	                  "the date (guideline 5).")));
	entry_write(page, reply);
	if (!has_table && str_is(json_text(&answer, STR("verdict")), "eligible"))
		release_form(page, asked);
}

void answer_page(struct exchange *exchange, const struct message *reply)
{
	bool waits = outcome_of(reply) == OUTCOME_WAITING;

	exchange->talk.count = 1;
	if (outcome_page(exchange, N_("Answer")))
		return;
	struct out page = page_begin(exchange, 200, waits ? N_("Question recorded") : N_("Answer"));
	if (waits) {
		waiting_write(&page, message_get(reply, "asked_entry"));
		entry_write(&page, reply);
	} else {
		granted_write(&page, reply);
		problems_table_write(&page, reply);
	}
	next_acts(&page);
	page_end(&page);
}
