#include "doors/web/fields.h"

#include <string.h>

#include "doors/web/table.h"
#include "law/request.h"

enum { LONG_TEXT_BYTES = 400 };

static const struct { const char *field, *hint; } hints[] = {
	{ "subject", N_("Party number in the case (1, 2, …) or an identity number") },
	{ "id_no", N_("For example A123456789; full width and blanks are understood") },
	{ "case_no", N_("For example 113-0041") },
	{ "request", "" },
	{ "person", N_("The 16 characters shown in the list of people") },
	{ "items", N_("Codes with commas between: item_1,item_5") },
	{ "lines", N_("One row a line: number, 出境 or 入境, date. Nothing is dropped silently.") },
	{ "authorization", N_("The code that your supervisor told you, for example 7K2QF-0M9XB") },
	{ "ask_count", N_("1 to 20; as few as the case needs") },
	{ "intake_no", N_("The number on the receipt stamp") },
	{ "phone", N_("With area code, for example 07-3228160 #123") },
	{ "email", N_("The official address") },
	{ "purpose_text", N_("Concretely: which cases, which task") },
	{ "renews", N_("Entry numbers of the items that end, commas between") },
	{ "digest", N_("The 43 characters at the foot of the form") },
};

static const struct { const char *field, *sheet; } choices[] = {
	{ "legal_basis", "bases" }, { "legal_bases", "bases" }, { "office", "offices" },
};

/* What a field is called where its general label would mislead. */
static const char *label_of(const struct field_spec *field)
{
	return str_is(field->name, "subject") ? N_("Party of the case") : field->label;
}

static const char *hint_of(const struct field_spec *field)
{
	for (size_t i = 0; i < ARRAY_LEN(hints); i++)
		if (str_is(field->name, hints[i].field))
			return hints[i].hint;
	if (field->kind == FIELD_DATE || str_is(field->name, "birth_date"))
		return N_("For example 1131231, 113/12/31 or 2024-12-31");
	return "";
}

bool fields_need(const struct record_spec *spec, const char *what)
{
	for (size_t f = 0; f < spec->count; f++)
		for (size_t i = 0; i < ARRAY_LEN(choices); i++)
			if (str_is(spec->fields[f].name, choices[i].field) && strcmp(choices[i].sheet, what) == 0)
				return true;
	return false;
}

static struct str value_of(const struct out *page, const struct fields_view *view,
                           const struct field_spec *field)
{
	const char *name = str_c(&page->exchange->arena, field->name);

	if (view->typed)
		return form_value(view->typed, name);
	return view->prefill ? form_value(view->prefill, name) : STR("");
}

static const char *why_wrong(const struct out *page, const struct fields_view *view, struct str name)
{
	for (size_t i = 0; view->problems && i < view->problems->row_count; i++)
		if (str_eq(sheet_cell(view->problems, i, STR("field")), name))
			return str_c(&page->exchange->arena, sheet_cell(view->problems, i, STR("why")));
	return NULL;
}

static void option(struct out *page, struct str value, struct str chosen, struct str label)
{
	html(page, str_eq(value, chosen) ? "<option value=\"%.*s\" selected>%.*s</option>\n"
	     : "<option value=\"%.*s\">%.*s</option>\n", STR_FMT(value), STR_FMT(label));
}

/* Where a page has several forms, ids differ and names do not. */
static struct str id_of(const struct out *page, const struct fields_view *view, const struct field_spec *field)
{
	if (!view->prefix.len)
		return field->name;
	return str_printf(&page->exchange->arena, "%.*s%.*s", STR_FMT(view->prefix), STR_FMT(field->name));
}

/* What tells more about a control: its hint, and what is wrong with it. */
static void described_write(struct out *page, const struct fields_view *view, const struct field_spec *field)
{
	struct str id = id_of(page, view, field);
	bool hint = *hint_of(field), wrong = why_wrong(page, view, field->name);

	if (wrong)
		html(page, " aria-invalid=\"true\"");
	if (hint && wrong)
		html(page, " aria-describedby=\"%.*s-hint %.*s-why\"", STR_FMT(id), STR_FMT(id));
	else if (hint || wrong)
		html(page, " aria-describedby=\"%.*s-%s\"", STR_FMT(id), hint ? "hint" : "why");
}

static void select_begin(struct out *page, const struct fields_view *view, const struct field_spec *field)
{
	html(page, "<select id=\"%.*s\" name=\"%.*s\"", STR_FMT(id_of(page, view, field)), STR_FMT(field->name));
	described_write(page, view, field);
	html(page, field->required ? " required>\n" : ">\n");
	html(page, "<option value=\"\">%s</option>\n",
	     say(page, field->required ? N_("Please choose") : N_("(none)")));
}

static void words_write(struct out *page, const struct fields_view *view, const struct field_spec *field,
                        struct str value)
{
	select_begin(page, view, field);
	for (int i = 1; i < field->words->end; i++)
		option(page, field->words->words[i].code, value,
		       str_from(word_text(page, field->words, field->words->words[i].code)));
	html(page, "</select>\n");
}

static void rows_write(struct out *page, const struct fields_view *view, const struct field_spec *field,
                       struct str value, const struct sheet *sheet, struct str key)
{
	select_begin(page, view, field);
	for (size_t i = 0; i < sheet->row_count; i++) {
		struct str code = sheet_cell(sheet, i, key), name = sheet_cell(sheet, i, STR("name"));
		option(page, code, value, str_printf(&page->exchange->arena, "%.*s　%.*s", STR_FMT(name),
		                                     STR_FMT(code)));
	}
	html(page, "</select>\n");
}

static void text_write(struct out *page, const struct fields_view *view, const struct field_spec *field,
                       struct str value)
{
	struct str id = id_of(page, view, field);
	bool is_long = field->max_bytes > LONG_TEXT_BYTES;
	bool is_number = field->kind == FIELD_INT || field->kind == FIELD_ENTRY;

	if (is_long)
		html(page, "<textarea id=\"%.*s\" name=\"%.*s\" class=\"%s\" rows=\"4\"", STR_FMT(id),
		     STR_FMT(field->name), field->max_bytes > 4096 ? "mono" : "plain");
	else
		html(page, "<input id=\"%.*s\" name=\"%.*s\" type=\"text\" value=\"%.*s\" maxlength=\"%zu\"",
		     STR_FMT(id), STR_FMT(field->name), STR_FMT(value), field->max_bytes);
	html(page, " autocomplete=\"off\" spellcheck=\"false\"");
	if (is_number)
		html(page, " inputmode=\"numeric\"");
	described_write(page, view, field);
	html(page, field->required ? " required>" : ">");
	if (is_long)
		html(page, "%.*s</textarea>", STR_FMT(value));
	html(page, "\n");
}

static void control_write(struct out *page, const struct fields_view *view,
                          const struct field_spec *field)
{
	struct str value = value_of(page, view, field);

	if (field->kind == FIELD_WORD)
		words_write(page, view, field, value);
	else if (view->bases && str_is(field->name, "legal_basis"))
		rows_write(page, view, field, value, view->bases, STR("basis"));
	else if (view->offices && str_is(field->name, "office"))
		rows_write(page, view, field, value, view->offices, STR("office"));
	else
		text_write(page, view, field, value);
}

static void box_write(struct out *page, const struct fields_view *view, const struct field_spec *field)
{
	html(page, "<div class=\"row\"><label class=\"choice\"><input type=\"checkbox\" name=\"%.*s\" "
	     "value=\"true\"", STR_FMT(field->name));
	html(page, str_is(value_of(page, view, field), "true") ? " checked>" : ">");
	html(page, "%s</label></div>\n", say(page, field->label));
}

/* One of several values of a list: its own control, "items:item_1", so that no name comes twice. */
static void many_option(struct out *page, const struct fields_view *view, const struct field_spec *field,
                        struct str code, struct str label)
{
	struct str own = str_printf(&page->exchange->arena, "%.*s:%.*s", STR_FMT(field->name), STR_FMT(code));
	struct str rest = value_of(page, view, field), part;
	bool on = view->typed && str_is(form_value(view->typed, str_c(&page->exchange->arena, own)), "true");

	while (!on && rest.len && str_cut(&rest, ',', &part))
		on = str_eq(str_trim(part), code);
	html(page, "<label class=\"choice\"><input type=\"checkbox\" name=\"%.*s\" value=\"true\"", STR_FMT(own));
	html(page, on ? " checked>%.*s</label>\n" : ">%.*s</label>\n", STR_FMT(label));
}

static bool is_many(const struct fields_view *view, const struct field_spec *field)
{
	return field->kind == FIELD_TEXTS &&
	       (str_is(field->name, "items") || (view->bases && str_is(field->name, "legal_bases")));
}

static void many_write(struct out *page, const struct fields_view *view, const struct field_spec *field)
{
	const char *why = why_wrong(page, view, field->name);

	html(page, "<fieldset class=\"row%s\" id=\"%.*s\" tabindex=\"-1\"><legend>%s%s</legend>\n", why ? " wrong" : "",
	     STR_FMT(id_of(page, view, field)), say(page, label_of(field)),
	     field->required ? "" : say(page, N_(" (optional)")));
	if (str_is(field->name, "items"))
		for (int item = 1; item < item_end; item++)
			many_option(page, view, field, item_words.words[item].code,
			            str_from(word_text(page, &item_words, item_words.words[item].code)));
	else
		for (size_t i = 0; i < view->bases->row_count; i++)
			many_option(page, view, field, sheet_cell(view->bases, i, STR("basis")),
			            sheet_cell(view->bases, i, STR("name")));
	if (why)
		html(page, "<span class=\"why\">%s</span>\n", say(page, why));
	html(page, "</fieldset>\n");
}

void field_write(struct out *page, const struct fields_view *view, const struct field_spec *field)
{
	const char *hint = hint_of(field), *why = why_wrong(page, view, field->name);

	if (is_many(view, field)) {
		many_write(page, view, field);
		return;
	}
	/* Which application is changed is known by the way to its form, never typed. */
	if (field->kind == FIELD_ENTRY && !field->required && str_is(field->name, "application")) {
		html(page, "<input type=\"hidden\" name=\"application\" value=\"%.*s\">\n",
		     STR_FMT(value_of(page, view, field)));
		return;
	}

	if (field->kind == FIELD_BOOL) {
		box_write(page, view, field);
		return;
	}
	html(page, "<div class=\"row%s\"><label for=\"%.*s\">%s%s</label>\n", why ? " wrong" : "",
	     STR_FMT(id_of(page, view, field)), say(page, label_of(field)),
	     field->required ? "" : say(page, N_(" (optional)")));
	if (*hint)
		html(page, "<span class=\"hint\" id=\"%.*s-hint\">%s</span>\n", STR_FMT(id_of(page, view, field)),
		     say(page, hint));
	control_write(page, view, field);
	if (why)
		html(page, "<span class=\"why\" id=\"%.*s-why\">%s</span>\n", STR_FMT(id_of(page, view, field)), say(page, why));
	html(page, "</div>\n");
}

void fields_write(struct out *page, const struct fields_view *view, const struct record_spec *spec)
{
	for (size_t i = 0; i < spec->count; i++)
		field_write(page, view, &spec->fields[i]);
}

void problems_seen_write(struct out *page, const struct fields_view *view, const struct record_spec *spec)
{
	html(page, "<ul>\n");
	for (size_t i = 0; view->problems && i < view->problems->row_count; i++) {
		const struct field_spec *field = record_field(spec, sheet_cell(view->problems, i, STR("field")));
		if (field)
			html(page, "<li><a href=\"#%.*s\">%s</a>%s%s</li>\n", STR_FMT(id_of(page, view, field)),
			     say(page, label_of(field)), page->language == LANGUAGE_EN ? ": " : "：",
			     say(page, str_c(&page->exchange->arena, sheet_cell(view->problems, i, STR("why")))));
	}
	html(page, "</ul>\n");
}

void problems_unseen_write(struct out *page, const struct fields_view *view, const struct record_spec *spec)
{
	for (size_t i = 0; view->problems && i < view->problems->row_count; i++) {
		struct str field = sheet_cell(view->problems, i, STR("field"));
		if (record_field(spec, field))
			continue;
		html(page, "<p><span class=\"mono\">%.*s</span> %s</p>\n", STR_FMT(field),
		     say(page, str_c(&page->exchange->arena, sheet_cell(view->problems, i, STR("why")))));
	}
}

void request_write(struct out *page, const struct fields_view *view)
{
	struct str sent = view->typed ? form_value(view->typed, "request") : STR("");

	/* A form that was not understood left no trace: its number is still free. */
	if (view->fresh || request_read(&page->exchange->arena, sent, &sent) != OK)
		sent = request_number(&page->exchange->arena);
	html(page, "<input type=\"hidden\" name=\"request\" value=\"%.*s\">\n", STR_FMT(sent));
}

/* What was chosen one by one, as the list that the record knows. */
static struct str many_sent(struct exchange *exchange, const struct field_spec *field)
{
	struct str prefix = str_printf(&exchange->arena, "%.*s:", STR_FMT(field->name));
	const struct form *form = &exchange->request.form;
	struct buf list = buf_on(&exchange->arena);

	for (size_t i = 0; i < form->count; i++) {
		if (!str_starts(form->at[i].name, prefix) || !str_is(form->at[i].value, "true"))
			continue;
		if (list.len)
			buf_byte(&list, ',');
		buf_add(&list, str_slice(form->at[i].name, prefix.len, form->at[i].name.len));
	}
	return buf_str(&list);
}

void fields_join(struct exchange *exchange, const struct record_spec *spec)
{
	struct form *form = &exchange->request.form;
	struct form_field *at = arena_array(&exchange->arena, struct form_field, form->count + spec->count);

	if (form->count)
		memcpy(at, form->at, form->count * sizeof *at);
	form->at = at;
	for (size_t i = 0; i < spec->count; i++) {
		const char *name = str_c(&exchange->arena, spec->fields[i].name);
		struct str list = spec->fields[i].kind == FIELD_TEXTS ? many_sent(exchange, &spec->fields[i]) : STR("");
		if (list.len && !form_has(form, name))
			form->at[form->count++] = (struct form_field){ spec->fields[i].name, list, STR("") };
	}
}

void fields_send(struct exchange *exchange, const struct record_spec *spec, struct message *command)
{
	for (size_t i = 0; i < spec->count; i++) {
		struct str name = spec->fields[i].name;
		struct str value = form_value(&exchange->request.form, str_c(&exchange->arena, name));
		if (value.len)
			message_field(command, name, value);
	}
}
