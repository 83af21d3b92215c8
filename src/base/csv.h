/* Comma-separated values (RFC 4180) as office programs write them: read into a sheet, write from one.
 *
 * Read: UTF-8 with or without BOM, UTF-16 with BOM, and CP950 (Big5) once csv_codes_open was called;
 * lines end in CRLF, LF or CR; the first row names the columns, every row has as many cells, and a
 * row of one blank cell is a row of blank cells, so that row numbers stay those of the file. */
#ifndef YOUJU_BASE_CSV_H
#define YOUJU_BASE_CSV_H

#include "base/sheet.h"

struct csv_limits {
	size_t rows, columns, cell_bytes; /* rows without the heading */
};

/* Where reading stopped: row and column from 1 (row 1 is the heading), byte of the text from 0. */
struct csv_fault {
	size_t row, column, byte;
	const char *why; /* msgid that names the rule */
};

/* Loads the table for CP950, which lies in a file: before the process shuts itself in. */
void csv_codes_open(void);

/* The text as UTF-8 without mark: UTF-8, UTF-16 with a mark, or CP950 (Big5). A view into bytes, or in the
 * arena. FAIL_SYNTAX: *fault_out names the byte of the file. */
MUST_CHECK enum fail csv_utf8(struct arena *arena, struct str bytes, struct str *out,
                              struct csv_fault *fault_out);

/* Cells are views into the text, or copies in the arena. FAIL_SYNTAX or FAIL_TOO_LARGE with
 * *fault_out filled. */
MUST_CHECK enum fail csv_read(struct arena *arena, struct str bytes, const struct csv_limits *limits,
                              struct sheet *out, struct csv_fault *fault_out);

/* With BOM and CRLF. A cell that a spreadsheet would take for a formula (= + - @ or a tab in front)
 * gets an apostrophe before it. */
void csv_write(struct buf *out, const struct sheet *sheet);

#endif
