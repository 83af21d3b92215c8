#include "base/cert_crl.h"

#include <stdlib.h>
#include <string.h>

enum { SERIAL_BYTES_MAX = 20, DATE_BYTES = 4 };

static struct str zeros_dropped(struct str bytes)
{
	while (bytes.len && bytes.at[0] == 0)
		bytes = str_slice(bytes, 1, bytes.len - 1);
	return bytes;
}

/* The serial of the next entry; time_out is what follows it. */
static enum fail entry_take(struct str *rest, struct str *serial, struct str *time_out)
{
	struct der entry, integer;

	TRY(der_take_tag(rest, DER_SEQUENCE, &entry));
	TRY(der_take(&entry.body, &integer));
	TRY(der_unsigned(&integer, serial));
	if (serial->len > SERIAL_BYTES_MAX || !zeros_dropped(*serial).len)
		return FAIL_SYNTAX;
	*time_out = entry.body;
	return OK;
}

static enum fail time_take(struct str rest, int64_t *revoked_at_ms)
{
	struct der time;

	TRY(der_take(&rest, &time));
	return der_time(&time, revoked_at_ms);
}

/* IssuingDistributionPoint: only "user certificates only" leaves a list complete for us. */
static enum fail distribution_check(struct str value)
{
	struct der list, part;

	TRY(der_take_tag(&value, DER_SEQUENCE, &list));
	while (list.body.len) {
		TRY(der_take(&list.body, &part));
		if (part.tag != DER_CONTEXT + 1)
			return FAIL_UNTRUSTED;
	}
	return OK;
}

static enum fail key_id_take(struct str value, struct str *out)
{
	struct der list, part;

	TRY(der_take_tag(&value, DER_SEQUENCE, &list));
	if (!der_next_is(list.body, DER_CONTEXT + 0))
		return OK;
	TRY(der_take(&list.body, &part));
	*out = part.body;
	return OK;
}

static enum fail number_take(struct str value, struct str *out)
{
	struct der integer;

	TRY(der_take(&value, &integer));
	return der_unsigned(&integer, out);
}

static enum fail extension_take(struct arena *arena, struct str *rest, struct crl_parts *parts)
{
	struct der extension, oid, flag, octets;
	bool critical = false;

	TRY(der_take_tag(rest, DER_SEQUENCE, &extension));
	TRY(der_take_tag(&extension.body, DER_OID, &oid));
	if (der_next_is(extension.body, DER_BOOLEAN)) {
		TRY(der_take(&extension.body, &flag));
		critical = flag.body.len == 1 && flag.body.at[0] != 0;
	}
	TRY(der_take_tag(&extension.body, DER_OCTET_STRING, &octets));
	struct str name = der_oid_text(arena, oid.body);
	if (str_is(name, "2.5.29.35"))
		return key_id_take(octets.body, &parts->issuer_key_id);
	if (str_is(name, "2.5.29.20"))
		return number_take(octets.body, &parts->number);
	if (str_is(name, "2.5.29.28"))
		return distribution_check(octets.body);
	return critical || str_is(name, "2.5.29.27") ? FAIL_UNTRUSTED : OK;
}

static enum fail extensions_take(struct arena *arena, struct str *rest, struct crl_parts *parts)
{
	struct der tagged, list;

	if (!rest->len)
		return OK;
	TRY(der_take_tag(rest, DER_CONTEXT_CONSTRUCTED + 0, &tagged));
	TRY(der_take_tag(&tagged.body, DER_SEQUENCE, &list));
	while (list.body.len)
		TRY(extension_take(arena, &list.body, parts));
	return tagged.body.len || rest->len ? FAIL_SYNTAX : OK;
}

static enum fail body_read(struct arena *arena, struct str body, struct str outer_algorithm,
                           struct crl_parts *parts)
{
	struct der version, algorithm, issuer, time, list;
	struct str number;

	TRY(der_take(&body, &version));
	TRY(der_unsigned(&version, &number));
	if (number.len != 1 || number.at[0] != 1)
		return FAIL_SYNTAX;
	TRY(der_take_tag(&body, DER_SEQUENCE, &algorithm));
	if (!str_eq(algorithm.whole, outer_algorithm)) /* RFC 5280 5.1.1.2 */
		return FAIL_SYNTAX;
	TRY(der_take_tag(&body, DER_SEQUENCE, &issuer));
	parts->issuer = issuer.whole;
	TRY(der_take(&body, &time));
	TRY(der_time(&time, &parts->this_update_ms));
	if (der_next_is(body, DER_UTC_TIME) || der_next_is(body, DER_GENERAL_TIME)) {
		TRY(der_take(&body, &time));
		TRY(der_time(&time, &parts->next_update_ms));
	}
	if (der_next_is(body, DER_SEQUENCE)) {
		TRY(der_take(&body, &list));
		parts->entries = list.body;
	}
	return extensions_take(arena, &body, parts);
}

enum fail crl_read(struct arena *arena, struct str der, struct crl_parts *out)
{
	struct der whole, body, algorithm, oid, signature;
	struct crl_parts parts = { .entries = STR(""), .issuer_key_id = STR(""), .number = STR(""),
	                           .next_update_ms = INT64_MAX };

	if (der.len > CRL_MAX_BYTES)
		return FAIL_TOO_LARGE;
	TRY(der_take_tag(&der, DER_SEQUENCE, &whole));
	TRY(der_take_tag(&whole.body, DER_SEQUENCE, &body));
	TRY(der_take_tag(&whole.body, DER_SEQUENCE, &algorithm));
	TRY(der_take_tag(&whole.body, DER_BIT_STRING, &signature));
	if (der.len || whole.body.len || !signature.body.len || signature.body.at[0] != 0)
		return FAIL_SYNTAX;
	struct str algorithm_body = algorithm.body;
	TRY(der_take_tag(&algorithm_body, DER_OID, &oid));
	TRY(body_read(arena, body.body, algorithm.whole, &parts));
	parts.body = body.whole;
	parts.algorithm = oid.body;
	parts.signature = str_slice(signature.body, 1, signature.body.len);
	*out = parts;
	return OK;
}

static enum fail entries_measure(struct str entries, size_t *count, size_t *width)
{
	struct str serial, time;

	*count = 0;
	*width = 1;
	while (entries.len) {
		TRY(entry_take(&entries, &serial, &time));
		*width = serial.len > *width ? serial.len : *width;
		(*count)++;
	}
	return OK;
}

static void row_serial(const struct crl *crl, struct str serial, uint8_t *row)
{
	memset(row, 0, crl->width - serial.len);
	memcpy(row + crl->width - serial.len, serial.at, serial.len);
}

static size_t prefix_of(const struct crl *crl, const uint8_t *row)
{
	return (size_t)row[0] << 8 | (crl->width > 1 ? row[1] : 0);
}

/* How many rows begin with less: serials are random, so two bytes place a row almost where it belongs. */
static enum fail starts_count(struct str entries, struct crl *crl)
{
	uint8_t row[SERIAL_BYTES_MAX];
	struct str serial, time;

	while (entries.len) {
		TRY(entry_take(&entries, &serial, &time));
		row_serial(crl, serial, row);
		crl->starts[prefix_of(crl, row) + 1]++;
	}
	for (size_t i = 1; i <= CRL_PREFIXES; i++)
		crl->starts[i] += crl->starts[i - 1];
	return OK;
}

static enum fail rows_fill(struct str entries, struct crl *crl, uint32_t *next)
{
	uint8_t head[SERIAL_BYTES_MAX];
	struct str serial, time;
	int64_t at_ms;

	memcpy(next, crl->starts, CRL_PREFIXES * sizeof *next);
	while (entries.len) {
		TRY(entry_take(&entries, &serial, &time));
		TRY(time_take(time, &at_ms));
		row_serial(crl, serial, head);
		uint8_t *row = crl->rows + next[prefix_of(crl, head)]++ * (crl->width + DATE_BYTES);
		memcpy(row, head, crl->width);
		uint32_t seconds = at_ms < 0 ? 0 : at_ms / 1000 > UINT32_MAX ? UINT32_MAX
		                                                             : (uint32_t)(at_ms / 1000);
		for (size_t i = 0; i < DATE_BYTES; i++)
			row[crl->width + i] = (uint8_t)(seconds >> (24 - 8 * i));
	}
	return OK;
}

static int row_compare(const void *a, const void *b, void *width)
{
	return memcmp(a, b, *(const size_t *)width + DATE_BYTES);
}

static void rows_sort(struct crl *crl)
{
	for (size_t i = 0; i < CRL_PREFIXES; i++) {
		size_t count = crl->starts[i + 1] - crl->starts[i];
		if (count > 1)
			qsort_r(crl->rows + crl->starts[i] * (crl->width + DATE_BYTES), count, crl->width + DATE_BYTES,
			        row_compare, &crl->width);
	}
}

enum fail crl_build(const struct crl_parts *parts, struct crl *out)
{
	struct crl crl = { .this_update_ms = parts->this_update_ms,
	                   .next_update_ms = parts->next_update_ms };

	TRY(entries_measure(parts->entries, &crl.count, &crl.width));
	crl.rows = process_bytes(crl.count * (crl.width + DATE_BYTES) + 1);
	crl.starts = process_bytes((CRL_PREFIXES + 1) * sizeof *crl.starts);
	uint32_t *next = process_bytes(CRL_PREFIXES * sizeof *next);
	enum fail fail = starts_count(parts->entries, &crl);
	if (fail == OK)
		fail = rows_fill(parts->entries, &crl, next);
	process_free(next);
	if (fail) {
		crl_close(&crl);
		return fail;
	}
	rows_sort(&crl);
	*out = crl;
	return OK;
}

void crl_close(struct crl *crl)
{
	process_free(crl->rows);
	process_free(crl->starts);
	*crl = (struct crl){ 0 };
}

size_t crl_bytes(const struct crl *crl)
{
	return crl->count * (crl->width + DATE_BYTES) + (CRL_PREFIXES + 1) * sizeof *crl->starts;
}

bool crl_find(const struct crl *crl, struct str serial, int64_t *revoked_at_ms)
{
	uint8_t key[SERIAL_BYTES_MAX] = { 0 };
	size_t row_bytes = crl->width + DATE_BYTES;

	serial = zeros_dropped(serial);
	if (serial.len > crl->width)
		return false;
	row_serial(crl, serial, key);
	size_t low = crl->starts[prefix_of(crl, key)], high = crl->starts[prefix_of(crl, key) + 1];
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const uint8_t *row = crl->rows + middle * row_bytes;
		int order = memcmp(key, row, crl->width);
		if (order == 0) {
			const uint8_t *date = row + crl->width;
			*revoked_at_ms = 1000 * (int64_t)((uint32_t)date[0] << 24 | (uint32_t)date[1] << 16 |
			                                  (uint32_t)date[2] << 8 | date[3]);
			return true;
		}
		low = order > 0 ? middle + 1 : low;
		high = order > 0 ? high : middle;
	}
	return false;
}
