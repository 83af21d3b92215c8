/* A sheet as an HTML table, or one row of it as a list of terms; looped from the columns declared
 * in sheets.def. */
#ifndef YOUJU_DOORS_WEB_TABLE_H
#define YOUJU_DOORS_WEB_TABLE_H

#include "doors/web/layout.h"
#include "law/sheets.h"

/* A cell as people read it: names for codes, ROC dates, local times. Lives in the arena. */
struct str cell_text(struct out *page, const struct column_spec *column, struct str cell);

/* key_path: where the first column leads, its value put behind; NULL: where the list's own links say. */
void table_write(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet,
                 const char *caption, const char *key_path);
/* The same with a box before each row, named pick:KEY; ticked where picked has it. Inside a form. */
void table_choose(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet, const char *caption,
                  const struct form *picked);
void terms_write(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet, size_t row);

/* A plain table of a sheet that no spec describes (answers of commands): columns as sent. */
void plain_table_write(struct out *page, const struct sheet *sheet, const char *caption);

const char *word_text(const struct out *page, const struct word_list *list, struct str code);
struct str date_text(struct out *page, struct str iso); /* 115年11月23日; as sent when it is no date */

#endif
