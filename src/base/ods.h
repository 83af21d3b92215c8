/* OpenDocument spreadsheets (OASIS ODF 1.2) as office programs save them: the first table read into a
 * sheet, sheets written as tables. A library of its own (ods_dep): it links libzip and libxml2. */
#ifndef YOUJU_BASE_ODS_H
#define YOUJU_BASE_ODS_H

#include "base/sheet.h"

/* unpacked_bytes bounds what a small file may grow into. */
struct ods_limits {
	size_t rows, columns, cell_bytes, unpacked_bytes; /* rows without the heading */
};

/* Row 1 names the columns; blank cells at the end of a row and blank rows at the end of the table do
 * not count. Dates become ISO, numbers and truth values what the file stores, everything else the
 * text that is shown; comments are passed over. FAIL_SYNTAX or FAIL_TOO_LARGE with *why_out a msgid.
 * Everything lives in the arena. */
MUST_CHECK enum fail ods_read(struct arena *arena, struct str bytes, const struct ods_limits *limits,
                              struct sheet *out, const char **why_out);

/* Appends the file to out. Cells are text, so that a number keeps its leading zeros; the first row is
 * the heading. The same sheets give the same bytes. FAIL_IO when the library refuses. */
MUST_CHECK enum fail ods_write(const struct sheet *sheets, size_t count, struct buf *out);

#endif
