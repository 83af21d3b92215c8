/* Lists taken over from other systems: first what would change, then, after a second look, the
 * change itself. The rows travel back in the form: this process keeps nothing between requests. */
#include "base/ods.h"
#include "doors/list_file.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"
#include "law/import_headings.h"
#include "law/imports.h"

static void kind_write(struct out *page, struct str chosen)
{
	html(page, "<div class=\"row\"><label for=\"import_kind\">%s</label>\n"
	     "<select id=\"import_kind\" name=\"import_kind\" required>\n", say(page, N_("Kind of import")));
	for (int i = 1; i < import_kind_words.end; i++) {
		struct str code = import_kind_words.words[i].code;
		html(page, "<option value=\"%.*s\"%s>%s</option>\n", STR_FMT(code),
		     str_eq(code, chosen) ? " selected" : "", word_text(page, &import_kind_words, code));
	}
	html(page, "</select></div>\n");
}

static void templates_write(struct out *page)
{
	html(page, "<h2>%s</h2>\n<ul>\n", say(page, N_("Templates")));
	for (int i = 1; i < import_kind_words.end; i++) {
		struct str code = import_kind_words.words[i].code;
		html(page, "<li><a href=\"/import/%.*s\" download>%s</a></li>\n", STR_FMT(code),
		     word_text(page, &import_kind_words, code));
	}
	html(page, "</ul>\n");
}

void page_import(struct exchange *exchange)
{
	struct fields_view view = { 0 };

	if (!talk_begun(exchange)) {
		talk_ask_sheet(exchange, "my_duties");
		return;
	}
	if (outcome_page(exchange, N_("Take over a list")))
		return;
	struct out page = page_begin(exchange, 200, N_("Take over a list"));
	html(&page, "<p class=\"lead\">%s</p>\n",
	     say(&page, N_("First you see what would change. Nothing changes before you confirm it.")));
	form_begin(&page, "/import", "multipart/form-data");
	request_write(&page, &view);
	kind_write(&page, STR(""));
	html(&page, "<div class=\"row\"><label for=\"file\">%s</label><span class=\"hint\" id=\"file-hint\">%s"
	     "</span><input type=\"file\" id=\"file\" name=\"file\" accept=\".ods,.csv\" required "
	     "aria-describedby=\"file-hint\"></div>\n", say(&page, N_("File")),
	     say(&page, N_("Spreadsheet (.ods) or CSV; the first row names the columns")));
	html(&page, "<input type=\"hidden\" name=\"preview\" value=\"true\">\n<button>%s</button>\n</form>\n",
	     say(&page, N_("Show what would change")));
	templates_write(&page);
	page_end(&page);
}

static void confirm_form(struct out *page)
{
	const struct form *form = &page->exchange->request.form;
	struct fields_view view = { 0 };

	form_begin(page, "/import", "multipart/form-data");
	request_write(page, &view);
	html(page, "<input type=\"hidden\" name=\"import_kind\" value=\"%.*s\">\n"
	     "<textarea hidden name=\"file\">\n%.*s</textarea>\n<button>%s</button> "
	     "<a class=\"button plain\" href=\"/import\">%s</a>\n</form>\n",
	     STR_FMT(form_value(form, "import_kind")), STR_FMT(form_value(form, "file")),
	     say(page, N_("Take it over")), say(page, N_("Do not take it over")));
}

/* What was wrong, as the template calls it: a column by its heading, one that has none by its place. */
static struct str place_name(struct out *page, const struct record_spec *spec, struct str place)
{
	const struct field_spec *field = record_field(spec, place);

	if (field)
		return str_from(import_heading(field));
	if (str_is(place, "file"))
		return str_from(say(page, N_("File")));
	if (str_starts(place, STR("column ")))
		return str_printf(&page->exchange->arena, "%s %.*s", say(page, N_("Column")),
		                  STR_FMT(str_slice(place, sizeof "column " - 1, place.len)));
	return place;
}

static void name_columns(struct out *page, const struct sheet *problems)
{
	int kind;

	if (!problems || word_find(&import_kind_words, form_value(&page->exchange->request.form, "import_kind"), &kind) != OK)
		return;
	for (size_t i = 0; i < problems->row_count * problems->column_count; i++)
		if (str_is(problems->columns[i % problems->column_count], "field"))
			problems->cells[i] = place_name(page, import_spec((enum import_kind)kind), problems->cells[i]);
}

static void wrong_write(struct out *page, const struct message *reply, const struct sheet *problems)
{
	box_begin(page, BOX_REFUSED, N_("The list contains errors; nothing was changed"));
	entry_write(page, reply);
	box_end(page);
	plain_table_write(page, problems, N_("Errors"));
}

static void changes_write(struct out *page, const struct message *reply, const struct sheet *changes,
                          bool is_preview)
{
	if (!changes || !changes->row_count) {
		box_begin(page, BOX_NOTE, N_("Everything in the list stands already."));
		entry_write(page, reply);
		box_end(page);
		return;
	}
	box_begin(page, is_preview ? BOX_ASK : BOX_YES,
	          is_preview ? N_("This would change. Nothing has changed yet.") : N_("Taken over"));
	entry_write(page, reply);
	box_end(page);
	plain_table_write(page, changes, N_("Changes"));
	if (is_preview)
		confirm_form(page);
}

static bool has_rows(const struct sheet *sheet)
{
	return sheet && sheet->row_count > 0;
}

static void result_write(struct out *page, const struct message *reply, bool is_preview)
{
	const struct sheet *problems = message_sheet_named(reply, "problems");

	name_columns(page, problems);
	if (has_rows(problems))
		wrong_write(page, reply, problems);
	else
		changes_write(page, reply, message_sheet_named(reply, "changes"), is_preview);
	html(page, "<p><a class=\"button plain\" href=\"/import\">%s</a></p>\n", say(page, N_("Another list")));
}

static void unreadable_page(struct exchange *exchange, const struct csv_fault *fault)
{
	struct out page = page_begin(exchange, 422, N_("Take over a list"));

	box_begin(&page, BOX_REFUSED, N_("The file could not be read; nothing was changed"));
	html(&page, "<p>%s</p>\n", say(&page, fault->why));
	if (fault->row)
		html(&page, "<p>%s %zu · %s %zu · %s %zu</p>\n", say(&page, N_("Row")), fault->row,
		     say(&page, N_("Column")), fault->column, say(&page, N_("Byte")), fault->byte);
	box_end(&page);
	html(&page, "<p><a class=\"button plain\" href=\"/import\">%s</a></p>\n", say(&page, N_("Another list")));
	page_end(&page);
}

/* What is confirmed later is exactly what was previewed: the converted text. */
static void form_replace(struct form *form, const char *name, struct str value)
{
	for (size_t i = 0; i < form->count; i++)
		if (str_is(form->at[i].name, name))
			form->at[i].value = value;
}

static void import_send(struct exchange *exchange, bool is_preview)
{
	const struct form *form = &exchange->request.form;
	struct message *command = talk_ask_command(exchange, STR("import_list"), form_value(form, "request"));

	message_field(command, STR("import_kind"), form_value(form, "import_kind"));
	message_field(command, STR("file"), form_value(form, "file"));
	if (is_preview)
		message_field(command, STR("preview"), STR("true"));
	talk_ask_sheet(exchange, "offices"); /* so that the changes name them */
}

void page_import_post(struct exchange *exchange)
{
	bool is_preview = str_is(form_value(&exchange->request.form, "preview"), "true");
	const struct message *reply;

	if (!talk_begun(exchange)) {
		struct str file;
		struct csv_fault fault;
		if (list_as_csv(&exchange->arena, form_value(&exchange->request.form, "file"), &file, &fault) != OK) {
			unreadable_page(exchange, &fault);
			return;
		}
		form_replace(&exchange->request.form, "file", file);
		import_send(exchange, is_preview);
		return;
	}
	reply = talk_reply(exchange, 0);
	/* Wrong rows are told in a table of their own; every other refusal like any refusal. */
	if (!has_rows(message_sheet_named(reply, "problems")) && outcome_page(exchange, N_("Take over a list")))
		return;
	struct out page = page_begin(exchange, 200, N_("Take over a list"));
	result_write(&page, reply, is_preview);
	page_end(&page);
}

/* An empty table with the headings that the reader knows. */
void page_import_template(struct exchange *exchange)
{
	struct str kind_code = exchange->request.params[0], columns[SHEET_COLUMN_LIMIT];
	struct response *response = &exchange->response;
	const struct record_spec *spec;
	struct sheet sheet;
	int kind;

	if (word_find(&import_kind_words, kind_code, &kind) != OK) {
		exchange->site->refuse(exchange, 404);
		return;
	}
	spec = import_spec((enum import_kind)kind);
	for (size_t i = 0; i < spec->count; i++)
		columns[i] = str_from(import_heading(&spec->fields[i]));
	sheet = sheet_new(&exchange->arena, kind_code, columns, spec->count);
	if (ods_write(&sheet, 1, &response->body) != OK) {
		exchange->site->refuse(exchange, 503);
		return;
	}
	response->status = 200;
	response->type = "application/vnd.oasis.opendocument.spreadsheet";
	response_header(response, "Content-Disposition",
	                str_printf(&exchange->arena, "attachment; filename=\"%.*s.ods\"", STR_FMT(kind_code)));
}
