#include "doors/web/html.h"

#include <stdarg.h>
#include <string.h>

static const char *const entities[256] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

/* How many bytes from i on need no escape, eight at a time: a byte equal to what was folded to zero borrows into
 * its high bit when one is taken off. '&' and '\'' differ in the lowest bit only, '<' and '>' in the next. */
static size_t plain_until(const char *text, size_t i, size_t len)
{
	const uint64_t ones = 0x0101010101010101, highs = ones << 7;

	for (; i + 8 <= len; i += 8) {
		uint64_t w;
		memcpy(&w, text + i, sizeof w);
		uint64_t ands = (w | ones) ^ ones * '\'', angles = (w | ones * 2) ^ ones * '>', quotes = w ^ ones * '"';
		if (((ands - ones) | (angles - ones) | (quotes - ones)) & ~w & highs)
			break;
	}
	while (i < len && !entities[(unsigned char)text[i]])
		i++;
	return i;
}

static void add_escaped(struct buf *buf, const char *text, size_t len)
{
	size_t from = 0;

	for (size_t i = plain_until(text, 0, len); i < len; i = plain_until(text, i + 1, len)) {
		const char *entity = entities[(unsigned char)text[i]];
		buf_bytes(buf, text + from, i - from);
		buf_bytes(buf, entity, strlen(entity));
		from = i + 1;
	}
	buf_bytes(buf, text + from, len - from);
}

/* Takes the conversion after the percent sign off the format. */
static const char *add_value(struct buf *buf, const char *at, va_list *values)
{
	const char *text;
	int len;

	if (*at == '%')
		return buf_byte(buf, '%'), at + 1;
	if (*at == 's')
		return text = va_arg(*values, const char *), add_escaped(buf, text, strlen(text)), at + 1;
	if (strncmp(at, ".*s", 3) == 0) {
		len = va_arg(*values, int);
		text = va_arg(*values, const char *);
		return add_escaped(buf, text, (size_t)len), at + 3;
	}
	if (*at == 'd')
		return buf_i64(buf, va_arg(*values, int)), at + 1;
	if (*at == 'u')
		return buf_u64(buf, va_arg(*values, unsigned)), at + 1;
	if (strncmp(at, "zu", 2) == 0)
		return buf_u64(buf, va_arg(*values, size_t)), at + 2;
	if (strncmp(at, "lld", 3) == 0)
		return buf_i64(buf, va_arg(*values, long long)), at + 3;
	if (strncmp(at, "llu", 3) == 0)
		return buf_u64(buf, va_arg(*values, unsigned long long)), at + 3;
	if (strncmp(at, "ld", 2) == 0)
		return buf_i64(buf, va_arg(*values, long)), at + 2;
	assert(strncmp(at, "lu", 2) == 0);
	return buf_u64(buf, va_arg(*values, unsigned long)), at + 2;
}

void html(struct out *page, const char *format, ...)
{
	const char *at = format, *percent;
	va_list values;

	va_start(values, format);
	while ((percent = strchr(at, '%'))) {
		buf_bytes(page->buf, at, (size_t)(percent - at));
		at = add_value(page->buf, percent + 1, &values);
	}
	buf_bytes(page->buf, at, strlen(at));
	va_end(values);
}

struct str url_text(struct arena *arena, struct str text)
{
	struct buf out = buf_on(arena);

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c && strchr("-._~", c)))
			buf_byte(&out, (uint8_t)c);
		else
			buf_printf(&out, "%%%02X", (unsigned char)c);
	}
	return buf_str(&out);
}

const char *say(const struct out *page, const char *msgid)
{
	return tr(page->language, msgid);
}
