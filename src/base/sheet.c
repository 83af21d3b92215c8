#include "base/sheet.h"

#include <string.h>

struct sheet sheet_new(struct arena *arena, struct str name, const struct str *columns, size_t count)
{
	struct sheet sheet = { .name = name, .column_count = count,
		               .columns = arena_array(arena, struct str, count) };

	assert(count <= SHEET_COLUMN_LIMIT);
	for (size_t i = 0; i < count; i++)
		sheet.columns[i] = columns[i];
	return sheet;
}

struct str *sheet_row_add(struct arena *arena, struct sheet *sheet)
{
	size_t width = sheet->column_count;

	if (sheet->row_count == sheet->row_cap) {
		size_t cap = sheet->row_cap ? sheet->row_cap * 2 : 16;
		struct str *cells = arena_array(arena, struct str, cap * width);
		if (sheet->row_count)
			memcpy(cells, sheet->cells, sheet->row_count * width * sizeof *cells);
		sheet->cells = cells;
		sheet->row_cap = cap;
	}
	struct str *row = sheet->cells + sheet->row_count++ * width;
	for (size_t i = 0; i < width; i++)
		row[i] = STR("");
	return row;
}

struct str sheet_cell(const struct sheet *sheet, size_t row, struct str column)
{
	assert(row < sheet->row_count);
	for (size_t i = 0; i < sheet->column_count; i++)
		if (str_eq(sheet->columns[i], column))
			return sheet->cells[row * sheet->column_count + i];
	return STR("");
}

static void text_pack(struct buf *out, struct str text)
{
	assert(text.len <= UINT32_MAX);
	buf_u32be(out, (uint32_t)text.len);
	buf_add(out, text);
}

static enum fail text_unpack(struct str *rest, struct str *out)
{
	uint32_t len;

	TRY(take_u32be(rest, &len));
	return take_bytes(rest, len, out);
}

void sheet_pack(struct buf *out, const struct sheet *sheet)
{
	text_pack(out, sheet->name);
	buf_u16be(out, (uint16_t)sheet->column_count);
	buf_u32be(out, (uint32_t)sheet->row_count);
	for (size_t i = 0; i < sheet->column_count; i++)
		text_pack(out, sheet->columns[i]);
	for (size_t i = 0; i < sheet->row_count * sheet->column_count; i++)
		text_pack(out, sheet->cells[i]);
}

enum fail sheet_unpack(struct arena *arena, struct str *rest, struct sheet *out)
{
	struct sheet sheet = { 0 };
	uint16_t columns;
	uint32_t rows;

	TRY(text_unpack(rest, &sheet.name));
	TRY(take_u16be(rest, &columns));
	TRY(take_u32be(rest, &rows));
	size_t cells = (size_t)rows * columns;
	if (columns > SHEET_COLUMN_LIMIT || rows > SHEET_ROW_LIMIT || (rows && !columns) ||
	    cells > rest->len / 4) /* every cell takes at least its length */
		return FAIL_TOO_LARGE;
	sheet.column_count = columns;
	sheet.row_count = sheet.row_cap = rows;
	sheet.columns = arena_array(arena, struct str, columns);
	sheet.cells = arena_array(arena, struct str, cells);
	for (size_t i = 0; i < columns; i++)
		TRY(text_unpack(rest, &sheet.columns[i]));
	for (size_t i = 0; i < cells; i++)
		TRY(text_unpack(rest, &sheet.cells[i]));
	*out = sheet;
	return OK;
}
