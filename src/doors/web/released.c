/* What the law released beyond the verdict: rows, trips, the calendar. */
#include "doors/web/answer.h"
#include "doors/web/table.h"
#include "law/columns.h"

static const struct column *column_named(const struct item_columns *item, struct str name)
{
	size_t at = column_find(item, name);

	return at < item->count ? &item->columns[at] : NULL;
}

static void heading_write(struct out *page, const struct item_columns *item, const struct json *columns)
{
	for (size_t c = 0; c < columns->count; c++) {
		const struct column *column = column_named(item, columns->items[c].text);
		if (column)
			html(page, "<th scope=\"col\">%s</th>", page->language == LANGUAGE_EN ? column->en : column->zh);
	}
}

static struct str shown_text(struct out *page, const struct column *column, struct str cell)
{
	if (column->kind == CELL_DATE)
		return date_text(page, cell);
	if (column->kind == CELL_WORD)
		return str_from(word_text(page, column->words, cell));
	return cell;
}

static void row_write(struct out *page, const struct item_columns *item, const struct json *columns,
                      const struct json *row)
{
	html(page, "<tr>");
	for (size_t c = 0; c < columns->count && c < row->count; c++) {
		const struct column *column = column_named(item, columns->items[c].text);
		if (column)
			html(page, "<td>%.*s</td>", STR_FMT(shown_text(page, column, row->items[c].text)));
	}
	html(page, "</tr>\n");
}

static bool is_list(const struct json *json)
{
	return json && json->kind == JSON_IS_ARRAY && json->count > 0;
}

void rows_write(struct out *page, const struct json *answer)
{
	const struct json *columns = json_member(answer, STR("columns")), *rows = json_member(answer, STR("rows"));
	int item;

	if (!is_list(columns) || !is_list(rows) || word_find(&item_words, json_text(answer, STR("item")), &item) != OK)
		return;
	html(page, "<h2>%s</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n"
	     "<table>\n<thead><tr>", say(page, N_("Records")), say(page, N_("Records")));
	heading_write(page, columns_of((enum item)item), columns);
	html(page, "</tr></thead>\n<tbody>\n");
	for (size_t r = 0; r < rows->count; r++)
		row_write(page, columns_of((enum item)item), columns, &rows->items[r]);
	html(page, "</tbody>\n</table>\n</div>\n");
}

static void trips_write(struct out *page, const struct json *trips)
{
	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table>\n<thead><tr>"
	     "<th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\" class=\"num\">%s</th>"
	     "</tr></thead>\n<tbody>\n", say(page, N_("Trips")), say(page, N_("Left on")), say(page, N_("Came back on")),
	     say(page, N_("Absent days")));
	for (size_t i = 0; i < trips->count; i++) {
		const struct json *trip = &trips->items[i], *days = json_member(trip, STR("absent_days"));
		struct str out = date_text(page, json_text(trip, STR("out")));
		struct str in = date_text(page, json_text(trip, STR("in")));
		html(page, "<tr><td>%.*s</td><td>%.*s</td><td class=\"num\">%lld</td></tr>\n", STR_FMT(out),
		     STR_FMT(in), days ? (long long)days->n : 0LL);
	}
	html(page, "</tbody>\n</table>\n</div>\n");
}

void day_table_write(struct out *page, const struct json *table)
{
	const struct json *trips = json_member(table, STR("trips"));
	const struct json *window = json_member(table, STR("window"));

	html(page, "<h2>%s</h2>\n", say(page, N_("Day calendar")));
	if (is_list(window))
		calendar_write(page, window->items[0].text, json_text(table, STR("days")),
		               json_text(table, STR("crossings")));
	if (is_list(trips))
		trips_write(page, trips);
}
