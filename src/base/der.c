#include "base/der.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"

static enum fail length_take(struct str *rest, size_t *out)
{
	uint8_t first, next;
	size_t len = 0;

	TRY(take_u8(rest, &first));
	if (first < 0x80) {
		*out = first;
		return OK;
	}
	unsigned octets = first & 0x7f;
	if (octets == 0 || octets > 4)
		return FAIL_SYNTAX;
	for (unsigned i = 0; i < octets; i++) {
		TRY(take_u8(rest, &next));
		len = len << 8 | next;
		if (len == 0)
			return FAIL_SYNTAX;
	}
	if (len < 0x80)
		return FAIL_SYNTAX;
	*out = len;
	return OK;
}

enum fail der_take(struct str *rest, struct der *out)
{
	struct str left = *rest, body;
	uint8_t tag;
	size_t len;

	TRY(take_u8(&left, &tag));
	if ((tag & 0x1f) == 0x1f)
		return FAIL_SYNTAX;
	TRY(length_take(&left, &len));
	TRY(take_bytes(&left, len, &body));
	*out = (struct der){ tag, body, { rest->at, rest->len - left.len } };
	*rest = left;
	return OK;
}

enum fail der_take_tag(struct str *rest, uint8_t tag, struct der *out)
{
	return der_next_is(*rest, tag) ? der_take(rest, out) : FAIL_SYNTAX;
}

bool der_next_is(struct str rest, uint8_t tag)
{
	return rest.len && (uint8_t)rest.at[0] == tag;
}

enum fail der_unsigned(const struct der *integer, struct str *out)
{
	struct str body = integer->body;

	if (integer->tag != DER_INTEGER || !body.len || body.at[0] & 0x80)
		return FAIL_SYNTAX;
	if (body.len > 1 && body.at[0] == 0) {
		body = str_slice(body, 1, body.len - 1);
		if (!(body.at[0] & 0x80))
			return FAIL_SYNTAX;
	}
	*out = body;
	return OK;
}

/* Reads count pairs of decimal digits into pairs. */
static enum fail pairs_read(struct str text, int *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int tens = text.at[2 * i] - '0', ones = text.at[2 * i + 1] - '0';
		if (tens < 0 || tens > 9 || ones < 0 || ones > 9)
			return FAIL_SYNTAX;
		pairs[i] = tens * 10 + ones;
	}
	return OK;
}

enum fail der_time(const struct der *time, int64_t *out_ms)
{
	bool is_utc = time->tag == DER_UTC_TIME;
	size_t count = is_utc ? 6 : 7;
	int pairs[7] = { 0 };
	struct date date;

	if ((!is_utc && time->tag != DER_GENERAL_TIME) || time->body.len != 2 * count + 1 ||
	    time->body.at[2 * count] != 'Z')
		return FAIL_SYNTAX;
	TRY(pairs_read(time->body, is_utc ? pairs + 1 : pairs, count));
	if (is_utc)
		pairs[0] = pairs[1] < 50 ? 20 : 19;
	if (!date_from_ymd((struct ymd){ pairs[0] * 100 + pairs[1], pairs[2], pairs[3] }, &date) ||
	    pairs[4] > 23 || pairs[5] > 59 || pairs[6] > 59)
		return FAIL_SYNTAX;
	*out_ms = (((int64_t)date.day * 24 + pairs[4]) * 60 + pairs[5]) * 60000 +
	          (int64_t)pairs[6] * 1000;
	return OK;
}

struct str der_oid_text(struct arena *arena, struct str body)
{
	enum { ARCS_MAX = 32 };
	struct buf text = buf_on(arena);
	uint64_t arc = 0;
	size_t arcs = 0;

	if (!body.len || body.at[body.len - 1] & 0x80)
		return STR("");
	for (size_t i = 0; i < body.len; i++) {
		uint8_t octet = (uint8_t)body.at[i];
		if (arc >> 56 || (arc == 0 && octet == 0x80) || arcs == ARCS_MAX)
			return STR("");
		arc = arc << 7 | (octet & 0x7f);
		if (octet & 0x80)
			continue;
		uint64_t first = arc < 80 ? arc / 40 : 2;
		if (arcs++ == 0)
			buf_printf(&text, "%d.%llu", (int)first, (unsigned long long)(arc - first * 40));
		else
			buf_printf(&text, ".%llu", (unsigned long long)arc);
		arc = 0;
	}
	return buf_str(&text);
}

struct der_mark der_open(struct buf *buf, uint8_t tag)
{
	buf_byte(buf, tag);
	buf_byte(buf, 0);
	return (struct der_mark){ buf->len };
}

void der_close(struct buf *buf, struct der_mark mark)
{
	size_t len = buf->len - mark.body_at;
	size_t octets = 0;

	assert(len <= UINT32_MAX);
	if (len < 0x80) {
		buf->at[mark.body_at - 1] = (char)len;
		return;
	}
	while (len >> (8 * octets))
		octets++;
	buf_room(buf, octets);
	memmove(buf->at + mark.body_at + octets, buf->at + mark.body_at, len);
	buf->at[mark.body_at - 1] = (char)(0x80 | octets);
	for (size_t i = 0; i < octets; i++)
		buf->at[mark.body_at + i] = (char)(uint8_t)(len >> (8 * (octets - 1 - i)));
}

void der_put(struct buf *buf, uint8_t tag, struct str body)
{
	struct der_mark mark = der_open(buf, tag);

	buf_add(buf, body);
	der_close(buf, mark);
}

static void arc_put(struct buf *buf, uint64_t arc)
{
	unsigned shift = 0;

	while (arc >> (shift + 7))
		shift += 7;
	for (; shift; shift -= 7)
		buf_byte(buf, (uint8_t)(0x80 | (arc >> shift & 0x7f)));
	buf_byte(buf, (uint8_t)(arc & 0x7f));
}

void der_put_oid(struct buf *buf, const char *dotted)
{
	struct der_mark mark = der_open(buf, DER_OID);
	struct str rest = str_from(dotted), part;
	uint64_t arc, first = 0;

	for (size_t i = 0; str_cut(&rest, '.', &part); i++) {
		enum fail fail = str_to_u64(part, &arc);
		assert(fail == OK);
		if (i == 0)
			first = arc;
		else
			arc_put(buf, i == 1 ? first * 40 + arc : arc);
	}
	der_close(buf, mark);
}

void der_put_unsigned(struct buf *buf, struct str bytes)
{
	struct der_mark mark = der_open(buf, DER_INTEGER);

	while (bytes.len && bytes.at[0] == 0)
		bytes = str_slice(bytes, 1, bytes.len - 1);
	if (!bytes.len || bytes.at[0] & 0x80)
		buf_byte(buf, 0);
	buf_add(buf, bytes);
	der_close(buf, mark);
}

void der_put_small(struct buf *buf, uint8_t n)
{
	assert(n < 0x80);
	der_put(buf, DER_INTEGER, str_bytes(&n, 1));
}

void der_put_time(struct buf *buf, int64_t at_ms)
{
	char text[32];
	int64_t seconds = at_ms / 1000, day = seconds / 86400, rest = seconds % 86400;
	struct ymd ymd = date_to_ymd((struct date){ (int32_t)day });
	bool is_utc = ymd.year < 2050;

	assert(at_ms >= 0 && ymd.year <= 9999);
	int len = snprintf(text, sizeof text, "%02d%02d%02d%02d%02d%02d%02dZ", ymd.year / 100,
	                   ymd.year % 100, ymd.month, ymd.day, (int)(rest / 3600),
	                   (int)(rest / 60 % 60), (int)(rest % 60));
	size_t skip = is_utc ? 2 : 0;
	der_put(buf, is_utc ? DER_UTC_TIME : DER_GENERAL_TIME,
	        str_bytes(text + skip, (size_t)len - skip));
}
