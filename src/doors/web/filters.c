#include "doors/web/filters.h"

#include "doors/web/table.h"

/* The form when it was sent, else the address. */
static const struct form *searched(const struct exchange *exchange)
{
	return exchange->request.method == METHOD_POST ? &exchange->request.form : &exchange->request.query;
}

static struct str value_of(const struct exchange *exchange, const struct filter_spec *filter)
{
	struct str value = STR("");

	for (size_t i = 0; i < searched(exchange)->count; i++)
		if (str_eq(searched(exchange)->at[i].name, filter->name))
			value = str_trim(searched(exchange)->at[i].value);
	if (exchange->request.method == METHOD_GET && filter_is_personal(filter, value))
		return STR("");
	return value;
}

static bool is_chosen(const struct filter_spec *filter)
{
	return filter->kind == FILTER_WORD || filter->kind == FILTER_OFFICE || filter->kind == FILTER_KEY;
}

static struct str address_of(struct exchange *exchange, const struct sheet_spec *spec)
{
	struct buf out = buf_on(&exchange->arena);
	char mark = '?';

	buf_printf(&out, "/lists/%.*s", STR_FMT(spec->name));
	for (size_t i = 0; i < spec->filter_count; i++) {
		struct str value = value_of(exchange, &spec->filters[i]);
		if (!value.len)
			continue;
		buf_printf(&out, "%c%.*s=%.*s", mark, STR_FMT(spec->filters[i].name),
		           STR_FMT(url_text(&exchange->arena, value)));
		mark = '&';
	}
	return buf_str(&out);
}

bool filters_redirect(struct exchange *exchange, const struct sheet_spec *spec)
{
	for (size_t i = 0; i < spec->filter_count; i++)
		if (!is_chosen(&spec->filters[i]) && value_of(exchange, &spec->filters[i]).len)
			return false;
	response_redirect(&exchange->arena, &exchange->response, address_of(exchange, spec));
	return true;
}

static bool has_offices(const struct sheet_spec *spec)
{
	for (size_t i = 0; i < spec->filter_count; i++)
		if (spec->filters[i].kind == FILTER_OFFICE)
			return true;
	return false;
}

void filters_ask(struct exchange *exchange, const struct sheet_spec *spec, struct message *ask)
{
	for (size_t i = 0; i < spec->filter_count; i++)
		message_field(ask, spec->filters[i].name, value_of(exchange, &spec->filters[i]));
	if (has_offices(spec))
		talk_ask_sheet(exchange, "offices");
}

bool filters_any(const struct exchange *exchange, const struct sheet_spec *spec)
{
	for (size_t i = 0; i < spec->filter_count; i++)
		if (value_of(exchange, &spec->filters[i]).len)
			return true;
	return false;
}

void filters_key_write(struct out *page, const struct sheet_spec *spec, const struct record_spec *command)
{
	for (size_t i = 0; i < spec->filter_count; i++) {
		const struct filter_spec *filter = &spec->filters[i];
		struct str value = value_of(page->exchange, filter);
		if (filter->kind == FILTER_KEY && value.len && record_field(command, filter->name))
			html(page, "?%.*s=%.*s", STR_FMT(filter->name), STR_FMT(url_text(&page->exchange->arena, value)));
	}
}

static void option_write(struct out *page, struct str code, struct str chosen, struct str text)
{
	html(page, str_eq(code, chosen) ? "<option value=\"%.*s\" selected>%.*s</option>\n"
	     : "<option value=\"%.*s\">%.*s</option>\n", STR_FMT(code), STR_FMT(text));
}

static void words_write(struct out *page, const struct word_list *words, struct str chosen)
{
	for (int word = 1; word < words->end; word++)
		option_write(page, word_code(words, word), chosen,
		             str_from(word_text(page, words, word_code(words, word))));
}

static void offices_write(struct out *page, struct str chosen)
{
	const struct sheet *offices = talk_sheet(page->exchange, 1, "offices");

	for (size_t i = 0; i < offices->row_count; i++) {
		struct str code = sheet_cell(offices, i, STR("office"));
		option_write(page, code, chosen, str_printf(&page->exchange->arena, "%.*s（%.*s）",
		                                            STR_FMT(sheet_cell(offices, i, STR("name"))), STR_FMT(code)));
	}
}

static void filter_write(struct out *page, const struct filter_spec *filter)
{
	struct str value = value_of(page->exchange, filter);

	html(page, "<div class=\"row\"><label for=\"%.*s\">%s</label>", STR_FMT(filter->name), say(page, filter->label));
	if (!is_chosen(filter)) {
		html(page, "<input id=\"%.*s\" name=\"%.*s\" value=\"%.*s\" autocomplete=\"off\" spellcheck=\"false\"></div>\n",
		     STR_FMT(filter->name), STR_FMT(filter->name), STR_FMT(value));
		return;
	}
	html(page, "<select id=\"%.*s\" name=\"%.*s\">\n<option value=\"\">%s</option>\n", STR_FMT(filter->name),
	     STR_FMT(filter->name), say(page, N_("(all)")));
	if (filter->kind == FILTER_WORD)
		words_write(page, filter->words, value);
	else
		offices_write(page, value);
	html(page, "</select></div>\n");
}

static bool is_offered(const struct filter_spec *filter, struct str scope)
{
	return filter->kind != FILTER_KEY && (filter->kind != FILTER_OFFICE || !scope.len);
}

static size_t offered_count(const struct sheet_spec *spec, struct str scope)
{
	size_t count = 0;

	for (size_t i = 0; i < spec->filter_count; i++)
		count += is_offered(&spec->filters[i], scope);
	return count;
}

void filters_write(struct out *page, const struct sheet_spec *spec, struct str scope)
{
	const char *path = str_c(&page->exchange->arena, str_printf(&page->exchange->arena, "/lists/%.*s", STR_FMT(spec->name)));

	if (!offered_count(spec, scope))
		return;
	form_begin(page, path, NULL);
	html(page, "<div class=\"filters\">\n");
	for (size_t i = 0; i < spec->filter_count; i++)
		if (is_offered(&spec->filters[i], scope))
			filter_write(page, &spec->filters[i]);
	html(page, "</div>\n<button>%s</button>\n", say(page, N_("Search")));
	if (filters_any(page->exchange, spec))
		html(page, "<a class=\"button plain\" href=\"%s\">%s</a>\n", path, say(page, N_("Show all")));
	html(page, "</form>\n");
}

static bool is_typed(const struct exchange *exchange, const struct sheet_spec *spec)
{
	return exchange->request.method == METHOD_POST && filters_any(exchange, spec);
}

void filters_more(struct out *page, const struct sheet_spec *spec, struct str next)
{
	struct exchange *exchange = page->exchange;
	struct str address = address_of(exchange, spec);

	if (!next.len)
		return;
	if (!is_typed(exchange, spec)) {
		html(page, "<p class=\"no-print\"><a class=\"button plain\" href=\"%.*s%safter=%.*s\">%s</a></p>\n", STR_FMT(address),
		     filters_any(exchange, spec) ? "&" : "?", STR_FMT(next), say(page, N_("Further rows")));
		return;
	}
	html(page, "<div class=\"no-print next\">\n");
	form_begin(page, str_c(&exchange->arena, str_printf(&exchange->arena, "/lists/%.*s", STR_FMT(spec->name))), NULL);
	for (size_t i = 0; i < spec->filter_count; i++)
		html(page, "<input type=\"hidden\" name=\"%.*s\" value=\"%.*s\">\n", STR_FMT(spec->filters[i].name),
		     STR_FMT(value_of(exchange, &spec->filters[i])));
	html(page, "<input type=\"hidden\" name=\"after\" value=\"%.*s\">\n<button class=\"plain\">%s</button>\n</form>\n</div>\n",
	     STR_FMT(next), say(page, N_("Further rows")));
}
