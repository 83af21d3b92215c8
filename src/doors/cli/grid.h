/* A sheet on a terminal, as CSV or as JSON. */
#ifndef YOUJU_DOORS_CLI_GRID_H
#define YOUJU_DOORS_CLI_GRID_H

#include "base/json.h"
#include "base/sheet.h"

size_t text_width(struct str text); /* in terminal cells: East Asian wide characters take two */

/* The text as a terminal may have it: control characters become U+FFFD. */
void grid_cell(struct buf *out, struct str text);

/* Columns aligned, headings from titles (one per column; NULL: the sheet's own names). No
 * cell can steer the terminal. */
void grid_text(struct buf *out, const struct sheet *sheet, const struct str *titles);
/* RFC 4180; a cell that a spreadsheet would take for a formula gets an apostrophe in front. */
void grid_csv(struct buf *out, const struct sheet *sheet);
/* An array of objects, every value a string. */
void grid_json(struct json_out *out, const struct sheet *sheet);

#endif
