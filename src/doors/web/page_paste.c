/* The answer that a person carries over from the agency's page: crossings as pasted lines, the other
 * items by a form looped from the agency's columns. The form travels as the table that the paste
 * reader takes: a line of column names, then a line a row, tabs between. */
#include "doors/web/answer.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"
#include "law/columns.h"

enum { ROWS_OFFERED = 3, ROWS_OFFERED_MAX = 30 };

static const struct record_spec *paste_fields(void)
{
	return &command_spec(COMMAND_paste_answer)->record;
}

/* Items 1 and 2 are pasted; NULL then, or when the item is not known. */
static const struct item_columns *columns_to_type(struct str item_code)
{
	int item;

	if (word_find(&item_words, item_code, &item) != OK || item <= ITEM_2)
		return NULL;
	return columns_of((enum item)item);
}

/* --- writing the page ---------------------------------------------------------------------- */

/* Only how a look-up by a person can end. */
static void result_write(struct out *page, struct str chosen)
{
	static const struct { const char *code, *label; } ends[] = {
		{ "found", N_("Found: the rows are entered below") },
		{ "not_found", N_("查無資料: the agency's page shows no record") },
		{ "not_asked", N_("未查: I did not look it up") },
	};

	html(page, "<fieldset><legend>%s</legend>\n", say(page, N_("How the look-up ended")));
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		html(page, "<label class=\"choice\"><input type=\"radio\" name=\"result\" value=\"%s\"%s%s>"
		     "%s</label>\n", ends[i].code, str_is(chosen, ends[i].code) ? " checked" : "",
		     i ? "" : " required", say(page, ends[i].label));
	html(page, "</fieldset>\n");
}

static struct str cell_name(struct arena *arena, size_t row, const struct column *column)
{
	return str_printf(arena, "r%zu.%.*s", row, STR_FMT(column->name));
}

static void cell_control(struct out *page, const struct column *column, struct str name, struct str value)
{
	if (column->kind != CELL_WORD) {
		html(page, "<input id=\"%.*s\" name=\"%.*s\" value=\"%.*s\" maxlength=\"%zu\" "
		     "autocomplete=\"off\">", STR_FMT(name), STR_FMT(name), STR_FMT(value),
		     column->max_bytes < 10 ? (size_t)10 : column->max_bytes);
		return;
	}
	html(page, "<select id=\"%.*s\" name=\"%.*s\">\n<option value=\"\">%s</option>\n", STR_FMT(name),
	     STR_FMT(name), say(page, N_("(none)")));
	for (int i = 1; i < column->words->end; i++) {
		struct str code = column->words->words[i].code;
		html(page, "<option value=\"%.*s\"%s>%s</option>\n", STR_FMT(code),
		     str_eq(code, value) ? " selected" : "", word_text(page, column->words, code));
	}
	html(page, "</select>");
}

static void row_write(struct out *page, const struct item_columns *item, const struct form *typed, size_t row)
{
	struct arena *arena = &page->exchange->arena;

	html(page, "<fieldset><legend>%s %zu</legend>\n<div class=\"trio\">\n", say(page, N_("Record")), row);
	for (size_t c = 0; c < item->count; c++) {
		const struct column *column = &item->columns[c];
		struct str name = cell_name(arena, row, column);
		struct str value = typed ? form_value(typed, str_c(arena, name)) : STR("");
		html(page, "<div class=\"row\"><label for=\"%.*s\">%s%s</label>\n", STR_FMT(name),
		     page->language == LANGUAGE_EN ? column->en : column->zh,
		     column->required ? "" : say(page, N_(" (optional)")));
		cell_control(page, column, name, value);
		html(page, "</div>\n");
	}
	html(page, "</div>\n</fieldset>\n");
}

static size_t rows_offered(const struct exchange *exchange)
{
	const struct request *request = &exchange->request;
	struct str text = form_value(request->method == METHOD_POST ? &request->form : &request->query, "rows");
	uint64_t rows;

	if (str_to_u64(text, &rows) != OK || rows < 1)
		return ROWS_OFFERED;
	return rows > ROWS_OFFERED_MAX ? ROWS_OFFERED_MAX : (size_t)rows;
}

static void entry_rows_write(struct out *page, const struct fields_view *view, const struct item_columns *item,
                       struct str asked)
{
	size_t rows = rows_offered(page->exchange);

	html(page, "<input type=\"hidden\" name=\"item\" value=\"%.*s\">\n"
	     "<input type=\"hidden\" name=\"rows\" value=\"%zu\">\n",
	     STR_FMT(word_code(&item_words, (int)item->item)), rows);
	for (size_t row = 1; row <= rows; row++)
		row_write(page, item, view->typed, row);
	if (rows < ROWS_OFFERED_MAX)
		html(page, "<p><a href=\"/paste?asked=%.*s&amp;rows=%d\">%s</a></p>\n", STR_FMT(asked),
		     ROWS_OFFERED_MAX, say(page, N_("More records than this: begin again with more rows")));
}

static void problems_write(struct out *page, const struct sheet *problems)
{
	if (!problems || !problems->row_count)
		return;
	box_begin(page, BOX_NOTE, N_("Please correct the marked fields. Nothing was done."));
	box_end(page);
	plain_table_write(page, problems, N_("Errors"));
}

static void form_write(struct out *page, const struct fields_view *view, struct str asked,
                       const struct item_columns *item)
{
	form_begin(page, "/paste", NULL);
	request_write(page, view);
	html(page, "<input type=\"hidden\" name=\"asked\" value=\"%.*s\">\n", STR_FMT(asked));
	result_write(page, view->typed ? form_value(view->typed, "result") : STR("found"));
	if (item)
		entry_rows_write(page, view, item, asked);
	else
		field_write(page, view, record_field(paste_fields(), STR("lines")));
	html(page, "<p class=\"reminder\">%s</p>\n<button>%s</button>\n</form>\n",
	     say(page, N_("請登出移民署系統: sign out of the agency's system before you go on.")),
	     say(page, N_("Enter the answer")));
}

static void page_write(struct exchange *exchange, const struct fields_view *view, unsigned status,
                       struct str asked, size_t query)
{
	const struct sheet *sheet = talk_sheet(exchange, query, "query");
	struct str item = sheet->row_count ? sheet_cell(sheet, 0, STR("item")) : STR("");
	struct out page = page_begin(exchange, status, N_("Enter the answer from the agency's page"));

	if (sheet->row_count) {
		html(&page, "<div class=\"card\">\n");
		terms_write(&page, sheet_spec(SHEET_query), sheet, 0);
		html(&page, "</div>\n");
	}
	problems_write(&page, view->problems);
	form_write(&page, view, asked, columns_to_type(item));
	page_end(&page);
}

void page_paste(struct exchange *exchange)
{
	struct str asked = form_value(&exchange->request.query, "asked");
	struct fields_view view = { 0 };

	if (!talk_begun(exchange)) {
		message_field(talk_ask_sheet(exchange, "query"), STR("asked"), asked);
		return;
	}
	if (!outcome_page(exchange, N_("Enter the answer from the agency's page")))
		page_write(exchange, &view, 200, asked, 0);
}

/* --- sending it ------------------------------------------------------------------------------ */

static void cell_add(struct buf *to, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		buf_byte(to, c == '\t' || c == '\n' || c == '\r' ? ' ' : (uint8_t)c);
	}
}

/* A row in which nothing was typed is none. */
static void row_add(struct exchange *exchange, const struct item_columns *item, size_t row, struct buf *to)
{
	struct buf line = buf_on(&exchange->arena);
	bool any = false;

	for (size_t c = 0; c < item->count; c++) {
		struct str name = cell_name(&exchange->arena, row, &item->columns[c]);
		struct str value = form_value(&exchange->request.form, name.at);
		any = any || value.len;
		if (c)
			buf_byte(&line, '\t');
		cell_add(&line, value);
	}
	if (!any)
		return;
	buf_byte(to, '\n');
	buf_add(to, buf_str(&line));
}

static struct str typed_table(struct exchange *exchange, const struct item_columns *item)
{
	struct buf text = buf_on(&exchange->arena);
	size_t heading;

	for (size_t c = 0; c < item->count; c++)
		buf_printf(&text, "%s%.*s", c ? "\t" : "", STR_FMT(item->columns[c].name));
	heading = text.len;
	for (size_t row = 1; row <= rows_offered(exchange); row++)
		row_add(exchange, item, row, &text);
	return text.len == heading ? STR("") : buf_str(&text);
}

static void send(struct exchange *exchange)
{
	const struct form *form = &exchange->request.form;
	const struct item_columns *item = columns_to_type(form_value(form, "item"));
	struct message *command = talk_ask_command(exchange, STR("paste_answer"), form_value(form, "request"));
	struct str table;

	fields_send(exchange, paste_fields(), command);
	table = item ? typed_table(exchange, item) : STR("");
	if (table.len)
		message_field(command, STR("lines"), table);
}

void page_paste_post(struct exchange *exchange)
{
	struct fields_view view = { .typed = &exchange->request.form };
	struct str asked = form_value(&exchange->request.form, "asked");
	const struct message *reply;

	if (!talk_begun(exchange)) {
		send(exchange);
		return;
	}
	reply = talk_reply(exchange, 0);
	if (outcome_of(reply) != OUTCOME_INVALID) {
		answer_page(exchange, reply);
		return;
	}
	if (exchange->talk.count == 1) {
		message_field(talk_ask_sheet(exchange, "query"), STR("asked"), asked);
		return;
	}
	view.problems = message_sheet_named(reply, "problems");
	page_write(exchange, &view, 422, asked, 1);
}
