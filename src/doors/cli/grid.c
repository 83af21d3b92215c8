#include "doors/cli/grid.h"

#include <string.h>

#include <utf8proc.h>

static size_t point_take(struct str text, size_t at, utf8proc_int32_t *out)
{
	utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text.at + at,
	                                        (utf8proc_ssize_t)(text.len - at), out);

	if (len > 0)
		return (size_t)len;
	*out = 0xfffd;
	return 1;
}

/* C0 and C1 controls, and the marks that turn the direction of writing around. */
static bool is_control(utf8proc_int32_t point)
{
	utf8proc_category_t category = utf8proc_category(point);

	return category == UTF8PROC_CATEGORY_CC ||
	       (category == UTF8PROC_CATEGORY_CF && point != 0x200d);
}

size_t text_width(struct str text)
{
	size_t width = 0;
	utf8proc_int32_t point;

	for (size_t at = 0; at < text.len;) {
		at += point_take(text, at, &point);
		/* Private-use characters are names that no font table knows: they are drawn wide. */
		if (is_control(point))
			width += 1;
		else if (utf8proc_category(point) == UTF8PROC_CATEGORY_CO)
			width += 2;
		else
			width += (size_t)utf8proc_charwidth(point);
	}
	return width;
}

void grid_cell(struct buf *out, struct str text)
{
	utf8proc_int32_t point;

	for (size_t at = 0; at < text.len;) {
		size_t len = point_take(text, at, &point);
		if (point == 0xfffd || is_control(point))
			buf_add(out, STR("\xef\xbf\xbd"));
		else
			buf_bytes(out, text.at + at, len);
		at += len;
	}
}

static void padded(struct buf *out, struct str text, size_t width)
{
	grid_cell(out, text);
	for (size_t have = text_width(text); have < width; have++)
		buf_byte(out, ' ');
}

static void line_add(struct buf *out, const struct str *cells, const size_t *widths, size_t count)
{
	for (size_t i = 0; i + 1 < count; i++) {
		padded(out, cells[i], widths[i]);
		buf_add(out, STR("  "));
	}
	if (count)
		grid_cell(out, cells[count - 1]);
	while (out->len && out->at[out->len - 1] == ' ')
		out->len--;
	buf_byte(out, '\n');
}

static void rule_add(struct buf *out, const size_t *widths, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t cell = 0; cell < widths[i]; cell++)
			buf_byte(out, '-');
		buf_add(out, i + 1 < count ? STR("  ") : STR("\n"));
	}
}

void grid_text(struct buf *out, const struct sheet *sheet, const struct str *titles)
{
	size_t widths[SHEET_COLUMN_LIMIT] = { 0 }, count = sheet->column_count;

	assert(count <= SHEET_COLUMN_LIMIT);
	if (!titles)
		titles = sheet->columns;
	for (size_t i = 0; i < count; i++)
		widths[i] = text_width(titles[i]);
	for (size_t cell = 0; cell < sheet->row_count * count; cell++) {
		size_t width = text_width(sheet->cells[cell]);
		if (width > widths[cell % count])
			widths[cell % count] = width;
	}
	line_add(out, titles, widths, count);
	rule_add(out, widths, count);
	for (size_t row = 0; row < sheet->row_count; row++)
		line_add(out, sheet->cells + row * count, widths, count);
}

static void csv_cell(struct buf *out, struct str text)
{
	bool formula = text.len && memchr("=+-@", text.at[0], 4) != NULL;
	bool quote = formula;

	for (size_t i = 0; i < text.len; i++)
		quote |= memchr("\",\r\n", text.at[i], 4) != NULL;
	if (!quote) {
		buf_add(out, text);
		return;
	}
	buf_byte(out, '"');
	if (formula)
		buf_byte(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '"')
			buf_byte(out, '"');
		buf_byte(out, (uint8_t)text.at[i]);
	}
	buf_byte(out, '"');
}

static void csv_line(struct buf *out, const struct str *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_byte(out, ',');
		csv_cell(out, cells[i]);
	}
	buf_add(out, STR("\r\n"));
}

void grid_csv(struct buf *out, const struct sheet *sheet)
{
	csv_line(out, sheet->columns, sheet->column_count);
	for (size_t row = 0; row < sheet->row_count; row++)
		csv_line(out, sheet->cells + row * sheet->column_count, sheet->column_count);
}

void grid_json(struct json_out *out, const struct sheet *sheet)
{
	json_put_array(out);
	for (size_t row = 0; row < sheet->row_count; row++) {
		json_put_object(out);
		for (size_t i = 0; i < sheet->column_count; i++) {
			json_put_key(out, sheet->columns[i]);
			json_put_str(out, sheet->cells[row * sheet->column_count + i]);
		}
		json_put_object_end(out);
	}
	json_put_array_end(out);
}
