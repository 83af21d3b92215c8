/* PEM (RFC 7468), declared in base/der.h. */
#include <string.h>

#include "base/crypto.h"
#include "base/der.h"

enum { LINE_BYTES = 64 };

static const struct str begin = STR_INIT("-----BEGIN "), end = STR_INIT("-----END "),
                        dashes = STR_INIT("-----");

/* Joins the lines of base64 before the closing line; rest ends behind that line. */
static enum fail body_take(struct str *rest, struct str label, struct buf *body)
{
	struct str line;

	while (str_cut(rest, '\n', &line)) {
		line = str_trim(line);
		if (!str_starts(line, end)) {
			buf_add(body, line);
			continue;
		}
		struct str tail = str_slice(line, end.len, line.len);
		bool matches = tail.len == label.len + dashes.len && str_starts(tail, label);
		return matches ? OK : FAIL_SYNTAX;
	}
	return FAIL_SYNTAX;
}

enum fail pem_take(struct arena *arena, struct str *rest, struct str *label, struct str *out)
{
	struct str line, left = *rest;
	struct buf body = buf_on(arena);

	while (str_cut(&left, '\n', &line)) {
		line = str_trim(line);
		if (!str_starts(line, begin))
			continue;
		line = str_slice(line, begin.len, line.len);
		if (!str_ends(line, dashes))
			return FAIL_SYNTAX;
		struct str name = str_slice(line, 0, line.len - dashes.len);
		TRY(body_take(&left, name, &body));
		TRY(base64_read(arena, buf_str(&body), out));
		*label = name;
		*rest = left;
		return OK;
	}
	return FAIL_NOT_FOUND;
}

void pem_put(struct buf *buf, const char *label, struct str bytes)
{
	struct buf text = buf_open();

	base64_add(&text, bytes.at, bytes.len);
	buf_printf(buf, "%s%s%s\n", begin.at, label, dashes.at);
	for (size_t at = 0; at < text.len; at += LINE_BYTES) {
		buf_add(buf, str_slice(buf_str(&text), at, LINE_BYTES));
		buf_byte(buf, '\n');
	}
	buf_printf(buf, "%s%s%s\n", end.at, label, dashes.at);
	wipe(text.at, text.len);
	buf_close(&text);
}
