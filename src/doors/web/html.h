/* The one writer of markup. Its format is a literal that the compiler checks, its %s always
 * escapes, and there is no raw form: a text can never become markup.
 *
 * Formats: %s %.*s %d %u %zu %ld %lu %lld %llu %%. */
#ifndef YOUJU_DOORS_WEB_HTML_H
#define YOUJU_DOORS_WEB_HTML_H

#include "base/buf.h"
#include "doors/language.h"

struct exchange;

struct out {
	struct buf *buf;
	enum language language;
	struct exchange *exchange; /* whose reply this page is */
};

void html(struct out *page, const char *format, ...) PRINTF_LIKE(2, 3);

/* A value for a query string: everything but letters, digits and -._~ as %XX. */
struct str url_text(struct arena *arena, struct str text);

/* The text in the page's language. */
const char *say(const struct out *page, const char *msgid);

#endif
