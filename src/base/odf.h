/* What all OpenDocument files have in common: the archive around the parts, and text inside XML. */
#ifndef YOUJU_BASE_ODF_H
#define YOUJU_BASE_ODF_H

#include "base/buf.h"

struct odf_part {
	const char *name; /* "content.xml" */
	struct str bytes;
};

/* Appends the archive to out: the media type first and unpacked, the parts, a manifest. The same
 * parts give the same bytes. FAIL_IO when the library refuses. */
MUST_CHECK enum fail odf_write(const char *mime, const struct odf_part *parts, size_t count, struct buf *out);

/* As content of an element or a quoted attribute. Characters that XML 1.0 cannot hold are left out. */
void xml_text(struct buf *out, struct str text);
/* A line of text: blanks and tabs as ODF wants them. */
void odf_line(struct buf *out, struct str line);

#endif
