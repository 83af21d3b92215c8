#include "doors/web/table.h"

#include "base/time.h"
#include "doors/web/names.h"
#include "law/columns.h"
#include "law/commands.h"
#include "law/events.h"
#include "law/refusals.h"

/* Where a cell leads: the value is put behind the path. */
static const struct cell_link {
	enum sheet_kind sheet;
	const char *column, *path;
} cell_links[] = {
	{ SHEET_my_cases, "case_no", "/case?no=" },
	{ SHEET_my_queries, "key", "/query?asked=" },
	{ SHEET_my_queries, "case_no", "/case?no=" },
	{ SHEET_case_parties, "last_query", "/query?asked=" },
	{ SHEET_open_acceptances, "key", "/query?asked=" },
	{ SHEET_open_acceptances, "case_no", "/case?no=" },
	{ SHEET_office_queries, "key", "/receipt?entry=" },
	{ SHEET_not_justified, "key", "/query?asked=" },
	{ SHEET_open_authorizations, "key", "/do/grant_authorization?authorization=" },
	{ SHEET_my_applications, "key", "/application?no=" },
	{ SHEET_office_applications, "key", "/application?no=" },
	{ SHEET_transmissions, "key", "/transmission?no=" },
	{ SHEET_grants_ending, "key", "/application/form?renews=" },
	{ SHEET_refusals, "key", "/receipt?entry=" },
	{ SHEET_people, "key", "/do/end_duty?duty_entry=" },
	{ SHEET_card_requests, "key", "/do/confirm_card?presented=" },
	{ SHEET_reinstatements, "key", "/do/approve_reinstatement?proposal=" },
	{ SHEET_account_blocks, "key", "/lists/account_blocks?block=" },
	{ SHEET_cards, "card_serial", "/do/unbind_card?card_serial=" },
	{ SHEET_endings_due, "key", "/lists/account_blocks?block=" },
	{ SHEET_proposals, "key", "/do/approve_proposal?proposal=" },
	{ SHEET_parameters, "name", "/do/propose_parameter?name=" },
};

/* What can be printed of a row; its key is what the paper is about. */
static const struct print_link {
	enum sheet_kind sheet;
	enum printed_paper paper;
} print_links[] = {
	{ SHEET_people, PRINTED_APPOINTMENT },         { SHEET_people, PRINTED_HANDOVER },
	{ SHEET_my_duties, PRINTED_APPOINTMENT },      { SHEET_my_applications, PRINTED_APPLICATION },
	{ SHEET_office_applications, PRINTED_APPLICATION }, { SHEET_transmissions, PRINTED_COVER_LIST },
	{ SHEET_transmissions, PRINTED_REPLY_FORM },   { SHEET_account_blocks, PRINTED_NIA_NOTICE },
};

/* Codes that stand in text columns. */
static const struct { const char *code, *label; } codes[] = {
	{ "open", N_("open") }, { "answered", N_("answered") }, { "failed", N_("failed") },
	{ "refused", N_("refused") }, { "withheld", N_("withheld") }, { "waiting", N_("waiting") },
	{ "accepted", N_("accepted") }, { "not_justified", N_("not justified") }, { "true", N_("yes") },
	{ "false", N_("no") }, { "went back", N_("went back") }, { "ok", N_("in order") }, { "line", N_("Line") },
	{ "field", N_("Column") }, { "why", N_("What is wrong") }, { "what", N_("Change") },
	{ "about", N_("About") }, { "granted", N_("granted") }, { "expired", N_("expired") },
	{ "in_force", N_("in force") }, { "ended", N_("ended") }, { "not_yet", N_("not yet in force") },
	{ "used up", N_("used up") }, { "missing", N_("missing") }, { "away", N_("away") },
};

/* A form is offered only to those who may send it; whether the rules allow it, the keeper says. */
static bool may_follow(const struct out *page, const char *path)
{
	struct str rest = str_from(path), command;
	struct viewer viewer = viewer_of(page->exchange);

	if (!str_starts(rest, STR("/do/")))
		return true;
	rest = str_slice(rest, 4, rest.len);
	return str_cut(&rest, '?', &command) && viewer_may(&viewer, command_spec(command_find(command))->duties);
}

static const char *link_of(const struct out *page, const struct sheet_spec *spec, struct str column)
{
	for (size_t i = 0; i < ARRAY_LEN(cell_links); i++)
		if (sheet_spec(cell_links[i].sheet) == spec && str_is(column, cell_links[i].column))
			return may_follow(page, cell_links[i].path) ? cell_links[i].path : NULL;
	return NULL;
}

const char *word_text(const struct out *page, const struct word_list *list, struct str code)
{
	int value;

	if (word_find(list, code, &value) != OK)
		return "";
	return page->language == LANGUAGE_EN ? word_en(list, value) : word_zh(list, value);
}

struct str date_text(struct out *page, struct str iso)
{
	struct date date;

	if (date_parse_iso(iso, &date) != OK)
		return iso;
	return str_copy(&page->exchange->arena, str_from(date_roc(date).text));
}

static struct str time_text(struct out *page, struct str utc)
{
	int64_t at_ms;

	if (time_parse_utc(utc, &at_ms) != OK)
		return utc;
	return str_copy(&page->exchange->arena, str_from(time_roc(at_ms).text));
}

/* "hex name": only the name is for people; without a name the short id. */
static struct str person_text(struct str cell)
{
	struct str rest = cell, id;

	str_cut(&rest, ' ', &id);
	return rest.at && rest.len ? rest : id;
}

static struct str refusal_text(struct out *page, struct str code)
{
	const struct refusal_spec *spec = refusal_spec(refusal_find(code));

	return str_printf(&page->exchange->arena, "%s (%s)", say(page, spec->what), spec->rule);
}

/* Codes of ours become words; others come back unchanged. */
static struct str label_text(struct out *page, struct str text)
{
	enum event_kind event = event_find(text);

	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (str_is(text, codes[i].code))
			return str_from(say(page, codes[i].label));
	if (event != EVENT_NONE)
		return str_from(say(page, event_spec(event)->label));
	return str_from(say(page, str_c(&page->exchange->arena, text)));
}

/* list:code, with commas between where there are several. */
static struct str coded_text(struct out *page, struct str cell)
{
	struct buf out = buf_on(&page->exchange->arena);
	struct str rest = cell, code, list;

	while (rest.len && str_cut(&rest, ',', &code)) {
		bool known = str_cut(&code, ':', &list) && word_list_find(list);
		if (out.len)
			buf_add(&out, page->language == LANGUAGE_EN ? STR("; ") : STR("；"));
		if (str_is(list, "basis"))
			buf_add(&out, name_of_basis(code));
		else
			buf_add(&out, known ? str_from(word_text(page, word_list_find(list), code)) : list);
	}
	return buf_str(&out);
}

/* Codes with commas between, each as people call it. */
static struct str list_text(struct out *page, struct str list, bool bases)
{
	struct buf out = buf_on(&page->exchange->arena);
	struct str code;

	while (list.len && str_cut(&list, ',', &code)) {
		struct str name = bases ? name_of_basis(code) : str_from(word_text(page, &item_words, code));
		if (out.len)
			buf_add(&out, STR("、"));
		buf_add(&out, name.len ? name : code);
	}
	return buf_str(&out);
}

struct str cell_text(struct out *page, const struct column_spec *column, struct str cell)
{
	if (!cell.len)
		return STR("");
	switch (column->kind) {
	case COLUMN_TEXT:
		if (str_is(column->name, "items") || str_is(column->name, "bases"))
			return list_text(page, cell, str_is(column->name, "bases"));
		/* Where the bases themselves are listed, the code stands beside the name. */
		return str_is(column->name, "basis") && !str_is(str_from(column->label), "Code") ? name_of_basis(cell)
		                                                                                : label_text(page, cell);
	case COLUMN_LABEL: return label_text(page, cell);
	case COLUMN_DOCUMENT:
	case COLUMN_FILE: return cell;
	case COLUMN_INT:
	case COLUMN_ENTRY: return cell;
	case COLUMN_BOOL:
		return str_from(say(page, str_is(cell, "true") || str_is(cell, "1") ? N_("yes") : N_("no")));
	case COLUMN_DATE: return date_text(page, cell);
	case COLUMN_TIME: return time_text(page, cell);
	case COLUMN_WORD:
		return column->words ? str_from(word_text(page, column->words, cell)) : cell;
	case COLUMN_OFFICE: return name_of_office(cell);
	case COLUMN_HOLDER: return cell;
	case COLUMN_PERSON: return person_text(cell);
	case COLUMN_REFUSAL: return refusal_text(page, cell);
	case COLUMN_CODED: return coded_text(page, cell);
	}
	return cell;
}

static bool is_number(enum column_kind kind)
{
	return kind == COLUMN_INT || kind == COLUMN_ENTRY;
}

/* What is short stays on one line. */
static bool is_short(const struct column_spec *column)
{
	return column->kind == COLUMN_DATE || column->kind == COLUMN_TIME || column->kind == COLUMN_OFFICE ||
	       column->kind == COLUMN_PERSON ||
	       (column->kind == COLUMN_WORD && column->words != &item_words && column->words != &purpose_words) ||
	       str_is(column->name, "case_no") || str_is(column->name, "state") || str_ends(column->name, STR("letter_no"));
}

/* Phrases wrap, but not after every third character. */
static bool is_wide(const struct column_spec *column)
{
	static const char *const phrases[] = { "items", "bases", "basis", "name", "substantive", "data_request" };

	for (size_t i = 0; i < ARRAY_LEN(phrases); i++)
		if (column->kind == COLUMN_TEXT && str_is(column->name, phrases[i]))
			return true;
	return column->kind == COLUMN_WORD || column->kind == COLUMN_CODED || column->kind == COLUMN_LABEL ||
	       column->kind == COLUMN_REFUSAL || column->kind == COLUMN_DOCUMENT;
}

static void cell_begin(struct out *page, const struct column_spec *column)
{
	if (is_number(column->kind))
		html(page, "<td class=\"num\">");
	else if (is_short(column))
		html(page, "<td class=\"short\">");
	else
		html(page, is_wide(column) ? "<td class=\"wide\">" : "<td>");
}

static void cell_write(struct out *page, const struct column_spec *column, const char *path, struct str cell)
{
	struct str text = cell_text(page, column, cell);

	cell_begin(page, column);
	if (path && cell.len)
		html(page, "<a href=\"%s%.*s\">%.*s</a></td>", path, STR_FMT(url_text(&page->exchange->arena, cell)),
		     STR_FMT(text));
	else
		html(page, "%.*s</td>", STR_FMT(text));
}

static bool is_printed(const struct sheet_spec *spec)
{
	for (size_t i = 0; i < ARRAY_LEN(print_links); i++)
		if (sheet_spec(print_links[i].sheet) == spec)
			return true;
	return false;
}

static void prints_write(struct out *page, const struct sheet_spec *spec, struct str key)
{
	html(page, "<td class=\"no-print short\">");
	for (size_t i = 0; i < ARRAY_LEN(print_links); i++) {
		struct str code = word_code(&printed_paper_words, (int)print_links[i].paper);
		if (sheet_spec(print_links[i].sheet) == spec)
			html(page, "<a href=\"/do/print_paper?printed_paper=%.*s&amp;about=%.*s\">%s</a> ", STR_FMT(code),
			     STR_FMT(url_text(&page->exchange->arena, key)), word_text(page, &printed_paper_words, code));
	}
	html(page, "</td>");
}

/* A person in an office leads to that account. */
static bool is_account(const struct sheet_spec *spec, struct str column)
{
	return str_is(column, "person") &&
	       (spec == sheet_spec(SHEET_accounts) || spec == sheet_spec(SHEET_account_blocks) ||
	        spec == sheet_spec(SHEET_endings_due));
}

static void account_write(struct out *page, const struct column_spec *column, struct str cell, struct str office)
{
	struct str rest = cell, id;

	str_cut(&rest, ' ', &id);
	cell_begin(page, column);
	html(page, "<a href=\"/account?person=%.*s&amp;office=%.*s\">%.*s</a></td>", STR_FMT(id),
	     STR_FMT(url_text(&page->exchange->arena, office)), STR_FMT(cell_text(page, column, cell)));
}

static void row_write(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet, size_t row,
                      const char *key_path)
{
	html(page, "<tr>");
	for (size_t c = 0; c < spec->column_count; c++) {
		const struct column_spec *column = &spec->columns[c];
		struct str cell = sheet_cell(sheet, row, column->name);
		if (is_account(spec, column->name))
			account_write(page, column, cell, sheet_cell(sheet, row, STR("office")));
		else
			cell_write(page, column, c == 0 && key_path ? key_path : link_of(page, spec, column->name), cell);
	}
	if (is_printed(spec))
		prints_write(page, spec, sheet->cells[row * sheet->column_count]);
	html(page, "</tr>\n");
}

static void heads_write(struct out *page, const struct sheet_spec *spec, bool prints)
{
	html(page, "<thead><tr>");
	for (size_t c = 0; c < spec->column_count; c++)
		html(page, is_number(spec->columns[c].kind) ? "<th scope=\"col\" class=\"num\">%s</th>"
		     : "<th scope=\"col\">%s</th>", say(page, spec->columns[c].label));
	if (prints)
		html(page, "<th scope=\"col\" class=\"no-print\">%s</th>", say(page, N_("Print")));
	html(page, "</tr></thead>\n");
}

void table_write(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet,
                 const char *caption, const char *key_path)
{
	if (!sheet->row_count) {
		html(page, "<p class=\"empty\">%s</p>\n", say(page, N_("Nothing here.")));
		return;
	}
	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table>\n",
	     say(page, caption));
	heads_write(page, spec, is_printed(spec));
	html(page, "<tbody>\n");
	for (size_t row = 0; row < sheet->row_count; row++)
		row_write(page, spec, sheet, row, key_path);
	html(page, "</tbody>\n</table>\n</div>\n");
}

void table_choose(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet, const char *caption,
                  const struct form *picked)
{
	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table class=\"choose\">\n", say(page, caption));
	heads_write(page, spec, false);
	html(page, "<tbody>\n");
	for (size_t row = 0; row < sheet->row_count; row++) {
		struct str key = sheet->cells[row * sheet->column_count];
		const char *name = str_printf(&page->exchange->arena, "pick:%.*s", STR_FMT(key)).at;
		html(page, "<tr><td><label class=\"choice\"><input type=\"checkbox\" name=\"%s\" value=\"%.*s\"%s>%.*s</label></td>", name,
		     STR_FMT(key), form_has(picked, name) ? " checked" : "", STR_FMT(key));
		for (size_t c = 1; c < spec->column_count; c++)
			cell_write(page, &spec->columns[c], NULL, sheet_cell(sheet, row, spec->columns[c].name));
		html(page, "</tr>\n");
	}
	html(page, "</tbody>\n</table>\n</div>\n");
}

void terms_write(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet, size_t row)
{
	html(page, "<dl>\n");
	for (size_t c = 0; c < spec->column_count; c++) {
		struct str cell = sheet_cell(sheet, row, spec->columns[c].name);
		struct str text = cell_text(page, &spec->columns[c], cell);
		if (text.len)
			html(page, "<dt>%s</dt><dd>%.*s</dd>\n", say(page, spec->columns[c].label),
			     STR_FMT(text));
	}
	html(page, "</dl>\n");
}

/* A column of the agency's records as people call it. */
static struct str record_column_text(struct out *page, struct str name)
{
	for (int item = ITEM_1; item <= ITEM_7; item++) {
		const struct item_columns *columns = columns_of((enum item)item);
		size_t at = column_find(columns, name);
		if (at < columns->count)
			return str_from(page->language == LANGUAGE_EN ? say(page, columns->columns[at].en) : columns->columns[at].zh);
	}
	return label_text(page, name);
}

static struct str plain_text(struct out *page, struct str column, struct str cell)
{
	if (str_is(column, "field"))
		return record_column_text(page, cell);
	return str_is(column, "about") ? date_text(page, name_of_office(cell)) : label_text(page, cell);
}

void plain_table_write(struct out *page, const struct sheet *sheet, const char *caption)
{
	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table>\n"
	     "<thead><tr>", say(page, caption));
	for (size_t c = 0; c < sheet->column_count; c++)
		html(page, "<th scope=\"col\">%.*s</th>", STR_FMT(label_text(page, sheet->columns[c])));
	html(page, "</tr></thead>\n<tbody>\n");
	for (size_t r = 0; r < sheet->row_count; r++) {
		html(page, "<tr>");
		for (size_t c = 0; c < sheet->column_count; c++)
			html(page, "<td>%.*s</td>",
			     STR_FMT(plain_text(page, sheet->columns[c], sheet->cells[r * sheet->column_count + c])));
		html(page, "</tr>\n");
	}
	html(page, "</tbody>\n</table>\n</div>\n");
}
