/* Paper to an OpenDocument text, which an office can go on writing in (OASIS ODF 1.2). */
#ifndef YOUJU_PAPER_ODT_H
#define YOUJU_PAPER_ODT_H

#include "paper/paper.h"

/* Appends the file to out; the same paper gives the same bytes. Same texts in the same order as the
 * PDF; the code at the foot is text, as pictures cannot be read aloud. FAIL_SYNTAX, FAIL_TOO_LARGE:
 * paper_check refuses; FAIL_IO: the library does. */
MUST_CHECK enum fail paper_odt(const struct paper *paper, struct buf *out);

#endif
