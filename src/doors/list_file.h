/* Lists as people have them: a spreadsheet, or CSV in UTF-8, UTF-16 or Big5. */
#ifndef YOUJU_DOORS_LIST_FILE_H
#define YOUJU_DOORS_LIST_FILE_H

#include "base/csv.h"

/* CSV in UTF-8: what is that already goes on as it came. FAIL_SYNTAX or FAIL_TOO_LARGE with *fault_out:
 * why, and row, column and byte where the reader knows them (row 0: it does not). */
MUST_CHECK enum fail list_as_csv(struct arena *arena, struct str file, struct str *out, struct csv_fault *fault_out);

#endif
