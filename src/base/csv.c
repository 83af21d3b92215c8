#include "base/csv.h"

#include <iconv.h>
#include <string.h>

enum { UTF16_UNIT = 2 };

static const char TOO_MANY_ROWS[] = "The list has too many rows.";
static const char TOO_MANY_COLUMNS[] = "The list has too many columns.";
static const char TOO_LONG[] = "The text is too long.";
static const char OTHER_WIDTH[] = "The row has another number of cells than the heading.";
static const char QUOTE_OPEN[] = "A quotation mark is never closed.";
static const char QUOTE_AFTER[] = "Only a comma or the end of the line may follow a closing quotation mark.";
static const char QUOTE_INSIDE[] = "A quotation mark stands inside a cell that does not begin with one.";
static const char NO_HEADING[] = "The first row does not name the columns.";
static const char BAD_CODE[] = "The text is neither UTF-8 nor Big5. Save the list as CSV UTF-8.";

static iconv_t cp950 = (iconv_t)-1;

void csv_codes_open(void)
{
	if (cp950 == (iconv_t)-1)
		cp950 = iconv_open("UTF-8", "CP950");
}

static void codepoint_add(struct buf *out, uint32_t code)
{
	if (code < 0x80) {
		buf_byte(out, (uint8_t)code);
		return;
	}
	if (code < 0x800) {
		buf_byte(out, (uint8_t)(0xc0 | code >> 6));
	} else if (code < 0x10000) {
		buf_byte(out, (uint8_t)(0xe0 | code >> 12));
		buf_byte(out, (uint8_t)(0x80 | (code >> 6 & 0x3f)));
	} else {
		buf_byte(out, (uint8_t)(0xf0 | code >> 18));
		buf_byte(out, (uint8_t)(0x80 | (code >> 12 & 0x3f)));
		buf_byte(out, (uint8_t)(0x80 | (code >> 6 & 0x3f)));
	}
	buf_byte(out, (uint8_t)(0x80 | (code & 0x3f)));
}

static uint32_t unit_at(struct str bytes, size_t at, bool big)
{
	uint8_t first = (uint8_t)bytes.at[at], second = (uint8_t)bytes.at[at + 1];

	return big ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
}

/* On failure *bad_out is the byte of bytes at which no character stands. */
static enum fail utf16_read(struct arena *arena, struct str bytes, bool big, struct str *out, size_t *bad_out)
{
	struct buf text = buf_on(arena);
	size_t at = 0;

	for (; at + UTF16_UNIT <= bytes.len; at += UTF16_UNIT) {
		uint32_t code = unit_at(bytes, at, big);
		*bad_out = at;
		if (code >= 0xdc00 && code < 0xe000)
			return FAIL_SYNTAX;
		if (code >= 0xd800 && code < 0xdc00) {
			at += UTF16_UNIT;
			uint32_t low = at + UTF16_UNIT <= bytes.len ? unit_at(bytes, at, big) : 0;
			if (low < 0xdc00 || low >= 0xe000)
				return FAIL_SYNTAX;
			code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
		}
		codepoint_add(&text, code);
	}
	*bad_out = at;
	*out = buf_str(&text);
	return at == bytes.len ? OK : FAIL_SYNTAX;
}

static enum fail cp950_read(struct arena *arena, struct str bytes, struct str *out, size_t *bad_out)
{
	size_t room = bytes.len * 2 + 16, left = bytes.len;
	char *text = arena_bytes(arena, room), *to = text;
	char *from = arena_bytes(arena, bytes.len + 1);

	*bad_out = 0;
	if (cp950 == (iconv_t)-1)
		return FAIL_SYNTAX;
	memcpy(from, bytes.at, bytes.len);
	iconv(cp950, NULL, NULL, NULL, NULL);
	bool whole = iconv(cp950, &from, &left, &to, &room) != (size_t)-1 && !left;
	*bad_out = bytes.len - left;
	*out = str_bytes(text, (size_t)(to - text));
	return whole ? OK : FAIL_SYNTAX;
}

/* Row and column by what could be read before the bad byte. */
static struct csv_fault bad_code(struct str before, size_t byte)
{
	struct csv_fault fault = { 1, 1, byte, BAD_CODE };

	for (size_t i = 0; i < before.len; i++) {
		if (before.at[i] == '\n') {
			fault.row++;
			fault.column = 1;
		} else if (before.at[i] == ',') {
			fault.column++;
		}
	}
	return fault;
}

enum fail csv_utf8(struct arena *arena, struct str bytes, struct str *out, struct csv_fault *fault_out)
{
	size_t mark = 0, bad = 0;
	enum fail fail = OK;

	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		mark = 3;
	else if (str_starts(bytes, STR("\xff\xfe")) || str_starts(bytes, STR("\xfe\xff")))
		mark = UTF16_UNIT;
	struct str rest = str_slice(bytes, mark, bytes.len), text = rest;
	if (mark == UTF16_UNIT)
		fail = utf16_read(arena, rest, bytes.at[0] == '\xfe', &text, &bad);
	else if (!str_is_utf8(rest))
		fail = cp950_read(arena, rest, &text, &bad);
	const char *nul = fail == OK ? memchr(text.at, 0, text.len) : NULL; /* all else has become UTF-8 */
	if (nul) {
		bad = (size_t)(nul - text.at);
		fail = FAIL_SYNTAX;
	}
	if (fail == OK)
		*out = text;
	else
		*fault_out = bad_code(nul ? str_slice(text, 0, bad) : mark == UTF16_UNIT ? STR("") : str_slice(rest, 0, bad),
		                      mark + bad);
	return fail;
}

struct reading {
	struct arena *arena;
	struct str text;
	size_t at, row, column; /* row and column of the cell at hand, from 1 */
	const struct csv_limits *limits;
	struct csv_fault *fault;
};

static enum fail stop(struct reading *reading, size_t at, const char *why, enum fail fail)
{
	*reading->fault = (struct csv_fault){ reading->row, reading->column, at, why };
	return fail;
}

static bool at_end(const struct reading *reading)
{
	return reading->at >= reading->text.len;
}

static bool ends_cell(char c)
{
	return c == ',' || c == '\r' || c == '\n';
}

/* A doubled mark inside stands for one. */
static enum fail quoted_read(struct reading *reading, struct str *out)
{
	size_t opened = reading->at++;
	struct buf cell = buf_on(reading->arena);

	for (;; reading->at++) {
		if (at_end(reading))
			return stop(reading, opened, QUOTE_OPEN, FAIL_SYNTAX);
		char c = reading->text.at[reading->at];
		if (c == '"') {
			reading->at++;
			if (at_end(reading) || reading->text.at[reading->at] != '"')
				break;
		}
		buf_byte(&cell, (uint8_t)c);
	}
	if (!at_end(reading) && !ends_cell(reading->text.at[reading->at]))
		return stop(reading, reading->at, QUOTE_AFTER, FAIL_SYNTAX);
	*out = buf_str(&cell);
	return OK;
}

static enum fail cell_read(struct reading *reading, struct str *out)
{
	size_t from = reading->at;

	if (!at_end(reading) && reading->text.at[from] == '"') {
		TRY(quoted_read(reading, out));
	} else {
		for (; !at_end(reading) && !ends_cell(reading->text.at[reading->at]); reading->at++)
			if (reading->text.at[reading->at] == '"')
				return stop(reading, reading->at, QUOTE_INSIDE, FAIL_SYNTAX);
		*out = str_slice(reading->text, from, reading->at - from);
	}
	if (out->len > reading->limits->cell_bytes)
		return stop(reading, from, TOO_LONG, FAIL_TOO_LARGE);
	return OK;
}

/* Cells up to the end of the line, which is passed over. */
static enum fail row_read(struct reading *reading, struct str *cells, size_t room, size_t *count_out)
{
	size_t count = 0;

	for (reading->column = 1;; reading->column++) {
		struct str cell;
		TRY(cell_read(reading, &cell));
		if (count == room)
			return stop(reading, reading->at, room == reading->limits->columns
			            ? TOO_MANY_COLUMNS : OTHER_WIDTH, FAIL_SYNTAX);
		cells[count++] = cell;
		if (at_end(reading) || reading->text.at[reading->at] != ',')
			break;
		reading->at++;
	}
	if (!at_end(reading) && reading->text.at[reading->at++] == '\r' && !at_end(reading) &&
	    reading->text.at[reading->at] == '\n')
		reading->at++;
	*count_out = count;
	return OK;
}

static enum fail heading_read(struct reading *reading, struct sheet *out)
{
	struct str cells[SHEET_COLUMN_LIMIT];
	size_t count;

	TRY(row_read(reading, cells, reading->limits->columns, &count));
	for (size_t i = 0; i < count; i++)
		cells[i] = str_trim(cells[i]);
	if (count == 1 && cells[0].len == 0)
		return stop(reading, 0, NO_HEADING, FAIL_SYNTAX);
	*out = sheet_new(reading->arena, STR(""), cells, count);
	return OK;
}

static enum fail rows_read(struct reading *reading, struct sheet *sheet)
{
	struct str cells[SHEET_COLUMN_LIMIT];

	while (!at_end(reading)) {
		size_t from = reading->at, count;
		reading->row++;
		TRY(row_read(reading, cells, sheet->column_count, &count));
		bool blank = count == 1 && cells[0].len == 0;
		if (count != sheet->column_count && !blank)
			return stop(reading, from, OTHER_WIDTH, FAIL_SYNTAX);
		if (sheet->row_count == reading->limits->rows)
			return stop(reading, from, TOO_MANY_ROWS, FAIL_TOO_LARGE);
		struct str *row = sheet_row_add(reading->arena, sheet);
		for (size_t i = 0; i < count; i++)
			row[i] = cells[i];
	}
	return OK;
}

enum fail csv_read(struct arena *arena, struct str bytes, const struct csv_limits *limits,
                   struct sheet *out, struct csv_fault *fault_out)
{
	struct reading reading = { .arena = arena, .row = 1, .limits = limits, .fault = fault_out };
	struct sheet sheet;

	assert(limits->columns <= SHEET_COLUMN_LIMIT && limits->rows <= SHEET_ROW_LIMIT);
	*fault_out = (struct csv_fault){ 1, 1, 0, BAD_CODE };
	TRY(csv_utf8(arena, bytes, &reading.text, fault_out));
	TRY(heading_read(&reading, &sheet));
	TRY(rows_read(&reading, &sheet));
	*out = sheet;
	return OK;
}

static void cell_write(struct buf *out, struct str cell)
{
	bool formula = cell.len && strchr("=+-@\t", cell.at[0]);
	bool quoted = memchr(cell.at, '"', cell.len) || memchr(cell.at, ',', cell.len) ||
		      memchr(cell.at, '\n', cell.len) || memchr(cell.at, '\r', cell.len);

	if (quoted)
		buf_byte(out, '"');
	if (formula)
		buf_byte(out, '\'');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.at[i] == '"')
			buf_byte(out, '"');
		buf_byte(out, (uint8_t)cell.at[i]);
	}
	if (quoted)
		buf_byte(out, '"');
}

static void row_write(struct buf *out, const struct str *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_byte(out, ',');
		cell_write(out, cells[i]);
	}
	buf_add(out, STR("\r\n"));
}

void csv_write(struct buf *out, const struct sheet *sheet)
{
	buf_add(out, STR("\xef\xbb\xbf"));
	row_write(out, sheet->columns, sheet->column_count);
	for (size_t i = 0; i < sheet->row_count; i++)
		row_write(out, sheet->cells + i * sheet->column_count, sheet->column_count);
}
