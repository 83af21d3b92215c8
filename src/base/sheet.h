/* A table of text in memory: what a list, an import and a paper have in common. */
#ifndef YOUJU_BASE_SHEET_H
#define YOUJU_BASE_SHEET_H

#include "base/buf.h"

enum { SHEET_COLUMN_LIMIT = 64, SHEET_ROW_LIMIT = 100000 };

/* Row-major: cell (row, column) is cells[row * column_count + column]. Lives in an arena. */
struct sheet {
	struct str name;
	size_t column_count, row_count, row_cap;
	struct str *columns; /* names */
	struct str *cells;
};

struct sheet sheet_new(struct arena *arena, struct str name, const struct str *columns, size_t count);
/* Returns the new row's cells, all "". The pointer is valid until the next row is added. */
struct str *sheet_row_add(struct arena *arena, struct sheet *sheet);
struct str sheet_cell(const struct sheet *sheet, size_t row, struct str column); /* "" when absent */

/* Wire form: bounded, refuses anything beyond the limits above. Texts of a read sheet are views
 * into the bytes read. */
void sheet_pack(struct buf *out, const struct sheet *sheet);
MUST_CHECK enum fail sheet_unpack(struct arena *arena, struct str *rest, struct sheet *out);

#endif
