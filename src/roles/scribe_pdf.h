/* Paper to PDF: letters as letters (a text layer), tags, embedded subsets of the fonts of 全字庫. */
#ifndef YOUJU_ROLES_SCRIBE_PDF_H
#define YOUJU_ROLES_SCRIBE_PDF_H

#include "paper/paper.h"

/* Appends the file to out; the same paper gives the same bytes. The paper must have been checked.
 * FAIL_NOT_FOUND: no font has the character *missing_out (a code point), and a name would have lost
 * it. FAIL_TOO_LARGE: joined rows of a table are higher than a page. FAIL_IO: no fonts, or the
 * library refuses. */
MUST_CHECK enum fail scribe_pdf(struct arena *arena, const struct paper *paper, struct buf *out,
                                uint32_t *missing_out);

#endif
