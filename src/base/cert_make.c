#include "base/cert_make.h"

#include <stdio.h>

#include "base/cert_lib.h"

void name_add(struct name *name, const char *oid, struct str value)
{
	assert(name->count < NAME_PARTS_MAX);
	name->parts[name->count++] = (struct name_part){ oid, value };
}

/* RFC 5280 appendix A: country and serialNumber are PrintableString, the rest UTF8String here. */
static void name_put(struct buf *buf, const struct name *name)
{
	struct der_mark list = der_open(buf, DER_SEQUENCE);

	for (size_t i = 0; i < name->count; i++) {
		const struct name_part *part = &name->parts[i];
		bool printable = str_is(str_from(part->oid), OID_COUNTRY) ||
		                 str_is(str_from(part->oid), OID_SUBJECT_SERIAL);
		struct der_mark set = der_open(buf, DER_SET), pair = der_open(buf, DER_SEQUENCE);
		der_put_oid(buf, part->oid);
		der_put(buf, printable ? DER_PRINTABLE : DER_UTF8, part->value);
		der_close(buf, pair);
		der_close(buf, set);
	}
	der_close(buf, list);
}

static void algorithm_put(struct buf *buf, struct key key)
{
	struct der_mark mark = der_open(buf, DER_SEQUENCE);

	der_put_oid(buf, cert_algorithm_of(key.handle));
	if (EVP_PKEY_get_base_id(key.handle) == EVP_PKEY_RSA)
		der_put(buf, DER_NULL, STR(""));
	der_close(buf, mark);
}

static void public_key_put(struct buf *buf, struct key key)
{
	unsigned char *at = NULL;
	int len = i2d_PUBKEY(key.handle, &at);

	assert(len > 0);
	buf_bytes(buf, at, (size_t)len);
	OPENSSL_free(at);
}

struct str key_id(struct arena *arena, struct key key)
{
	struct buf bytes = buf_open();
	struct der info, algorithm, bits;

	public_key_put(&bytes, key);
	struct str rest = buf_str(&bytes);
	bool ok = der_take_tag(&rest, DER_SEQUENCE, &info) == OK &&
	          der_take_tag(&info.body, DER_SEQUENCE, &algorithm) == OK &&
	          der_take_tag(&info.body, DER_BIT_STRING, &bits) == OK;
	assert(ok);
	struct hash hash = hash_bytes(str_slice(bits.body, 1, bits.body.len));
	buf_close(&bytes);
	return str_copy(arena, str_bytes(hash.at, 20));
}

struct extension_mark { struct der_mark whole, octets; };

static struct extension_mark extension_open(struct buf *buf, const char *oid, bool critical)
{
	struct extension_mark mark;

	mark.whole = der_open(buf, DER_SEQUENCE);
	der_put_oid(buf, oid);
	if (critical)
		der_put(buf, DER_BOOLEAN, STR("\xff"));
	mark.octets = der_open(buf, DER_OCTET_STRING);
	return mark;
}

static void extension_close(struct buf *buf, struct extension_mark mark)
{
	der_close(buf, mark.octets);
	der_close(buf, mark.whole);
}

static void key_ids_put(struct buf *buf, struct str subject, struct str authority)
{
	if (subject.len) {
		struct extension_mark mark = extension_open(buf, "2.5.29.14", false);
		der_put(buf, DER_OCTET_STRING, subject);
		extension_close(buf, mark);
	}
	if (authority.len) {
		struct extension_mark mark = extension_open(buf, "2.5.29.35", false);
		struct der_mark list = der_open(buf, DER_SEQUENCE);
		der_put(buf, DER_CONTEXT + 0, authority);
		der_close(buf, list);
		extension_close(buf, mark);
	}
}

static void constraints_put(struct buf *buf, const struct cert_order *order)
{
	struct extension_mark mark = extension_open(buf, "2.5.29.19", true);
	struct der_mark list = der_open(buf, DER_SEQUENCE);

	if (order->is_ca)
		der_put(buf, DER_BOOLEAN, STR("\xff"));
	if (order->is_ca && order->path_len >= 0)
		der_put_small(buf, (uint8_t)order->path_len);
	der_close(buf, list);
	extension_close(buf, mark);
}

/* Named bits count from the left; DER drops trailing zero bits (X.690 11.2.2). */
static void usage_put(struct buf *buf, unsigned usage)
{
	static const struct { unsigned bit; uint8_t mask; } bits[] = {
		{ CERT_USE_SIGN, 0x80 }, { CERT_USE_ENCRYPT, 0x20 },
		{ CERT_USE_CERTIFY, 0x04 }, { CERT_USE_CRL, 0x02 },
	};
	uint8_t body[2] = { 0, 0 };

	if (!usage)
		return;
	for (size_t i = 0; i < ARRAY_LEN(bits); i++)
		if (usage & bits[i].bit)
			body[1] |= bits[i].mask;
	while (!(body[1] >> body[0] & 1))
		body[0]++;
	struct extension_mark mark = extension_open(buf, "2.5.29.15", true);
	der_put(buf, DER_BIT_STRING, str_bytes(body, sizeof body));
	extension_close(buf, mark);
}

static void extended_usage_put(struct buf *buf, const struct cert_order *order)
{
	if (!order->for_client && !order->for_server)
		return;
	struct extension_mark mark = extension_open(buf, "2.5.29.37", false);
	struct der_mark list = der_open(buf, DER_SEQUENCE);
	if (order->for_client)
		der_put_oid(buf, "1.3.6.1.5.5.7.3.2");
	if (order->for_server)
		der_put_oid(buf, "1.3.6.1.5.5.7.3.1");
	der_close(buf, list);
	extension_close(buf, mark);
}

static void attribute_put(struct buf *buf, const char *oid, uint8_t tag, struct str value)
{
	if (!value.len)
		return;
	struct der_mark pair = der_open(buf, DER_SEQUENCE);
	der_put_oid(buf, oid);
	struct der_mark set = der_open(buf, DER_SET);
	if (tag == DER_OID) {
		char dotted[128];
		snprintf(dotted, sizeof dotted, "%.*s", STR_FMT(value));
		der_put_oid(buf, dotted);
	} else {
		der_put(buf, tag, value);
	}
	der_close(buf, set);
	der_close(buf, pair);
}

static void attributes_put(struct buf *buf, const struct cert_order *order)
{
	static const char *const kinds[CERT_KIND_COUNT] = {
		[CERT_KIND_NONE] = "",
		[CERT_PERSON] = "2.16.886.1.100.3.1.1",
		[CERT_AGENCY] = "2.16.886.1.100.3.2.1.1",
		[CERT_UNIT] = "2.16.886.1.100.3.2.1.2",
		[CERT_SERVER] = "2.16.886.1.100.3.3.1",
	};

	if (order->kind == CERT_KIND_NONE)
		return;
	struct extension_mark mark = extension_open(buf, "2.5.29.9", false);
	struct der_mark list = der_open(buf, DER_SEQUENCE);
	attribute_put(buf, "2.16.886.1.100.2.1", DER_OID, str_from(kinds[order->kind]));
	attribute_put(buf, "2.16.886.1.100.2.51", DER_PRINTABLE, order->last_four);
	attribute_put(buf, "2.16.886.1.100.2.102", DER_OID, order->organisation_oid);
	attribute_put(buf, "2.16.886.1.100.2.204", DER_PRINTABLE, order->card_number);
	der_close(buf, list);
	extension_close(buf, mark);
}

static void addresses_put(struct buf *buf, const struct cert_order *order)
{
	if (order->crl_url.len) {
		struct extension_mark mark = extension_open(buf, "2.5.29.31", false);
		struct der_mark list = der_open(buf, DER_SEQUENCE), point = der_open(buf, DER_SEQUENCE);
		struct der_mark name = der_open(buf, DER_CONTEXT_CONSTRUCTED + 0);
		struct der_mark full = der_open(buf, DER_CONTEXT_CONSTRUCTED + 0);
		der_put(buf, DER_CONTEXT + 6, order->crl_url);
		der_close(buf, full);
		der_close(buf, name);
		der_close(buf, point);
		der_close(buf, list);
		extension_close(buf, mark);
	}
	if (order->ocsp_url.len) {
		struct extension_mark mark = extension_open(buf, "1.3.6.1.5.5.7.1.1", false);
		struct der_mark list = der_open(buf, DER_SEQUENCE), one = der_open(buf, DER_SEQUENCE);
		der_put_oid(buf, "1.3.6.1.5.5.7.48.1");
		der_put(buf, DER_CONTEXT + 6, order->ocsp_url);
		der_close(buf, one);
		der_close(buf, list);
		extension_close(buf, mark);
	}
}

static void alternative_names_put(struct buf *buf, struct str dns_name)
{
	if (!dns_name.len)
		return;
	struct extension_mark mark = extension_open(buf, "2.5.29.17", false);
	struct der_mark list = der_open(buf, DER_SEQUENCE);
	der_put(buf, DER_CONTEXT + 2, dns_name);
	der_put(buf, DER_CONTEXT + 7, STR("\x7f\x00\x00\x01"));
	der_close(buf, list);
	extension_close(buf, mark);
}

static void certificate_body_put(struct arena *arena, struct buf *buf, const struct cert_order *order,
                                 struct key issuer_key)
{
	struct der_mark body = der_open(buf, DER_SEQUENCE);
	struct der_mark version = der_open(buf, DER_CONTEXT_CONSTRUCTED + 0);

	der_put_small(buf, 2); /* v3 */
	der_close(buf, version);
	der_put_unsigned(buf, order->serial);
	algorithm_put(buf, issuer_key);
	name_put(buf, &order->issuer);
	struct der_mark validity = der_open(buf, DER_SEQUENCE);
	der_put_time(buf, order->not_before_ms);
	der_put_time(buf, order->not_after_ms);
	der_close(buf, validity);
	name_put(buf, &order->subject);
	public_key_put(buf, order->subject_key);
	struct der_mark tagged = der_open(buf, DER_CONTEXT_CONSTRUCTED + 3);
	struct der_mark extensions = der_open(buf, DER_SEQUENCE);
	key_ids_put(buf, key_id(arena, order->subject_key), order->issuer_key_id);
	constraints_put(buf, order);
	usage_put(buf, order->usage);
	extended_usage_put(buf, order);
	attributes_put(buf, order);
	addresses_put(buf, order);
	alternative_names_put(buf, order->dns_name);
	der_close(buf, extensions);
	der_close(buf, tagged);
	der_close(buf, body);
}

/* Certificate and CertificateList have one shape: body, algorithm, signature. */
static enum fail signed_put(struct arena *arena, struct buf *out, size_t body_at, struct der_mark whole,
                            struct key key)
{
	struct str body = str_slice(buf_str(out), body_at, out->len), signature;

	TRY(cert_bytes_sign(arena, key.handle, body, &signature));
	algorithm_put(out, key);
	struct der_mark bits = der_open(out, DER_BIT_STRING);
	buf_byte(out, 0);
	buf_add(out, signature);
	der_close(out, bits);
	der_close(out, whole);
	return OK;
}

enum fail cert_make(struct arena *arena, const struct cert_order *order, struct key issuer_key,
                    struct str *der_out)
{
	struct buf out = buf_on(arena);
	struct der_mark whole = der_open(&out, DER_SEQUENCE);
	size_t body_at = out.len;

	certificate_body_put(arena, &out, order, issuer_key);
	TRY(signed_put(arena, &out, body_at, whole, issuer_key));
	*der_out = buf_str(&out);
	return OK;
}

static void crl_body_put(struct buf *buf, const struct crl_order *order, struct key issuer_key)
{
	struct der_mark body = der_open(buf, DER_SEQUENCE);

	der_put_small(buf, 1); /* v2 */
	algorithm_put(buf, issuer_key);
	name_put(buf, &order->issuer);
	der_put_time(buf, order->this_update_ms);
	der_put_time(buf, order->next_update_ms);
	if (order->count) { /* RFC 5280 5.1.2.6: absent when empty */
		struct der_mark list = der_open(buf, DER_SEQUENCE);
		for (size_t i = 0; i < order->count; i++) {
			struct der_mark entry = der_open(buf, DER_SEQUENCE);
			der_put_unsigned(buf, order->entries[i].serial);
			der_put_time(buf, order->entries[i].revoked_at_ms);
			der_close(buf, entry);
		}
		der_close(buf, list);
	}
	struct der_mark tagged = der_open(buf, DER_CONTEXT_CONSTRUCTED + 0);
	struct der_mark extensions = der_open(buf, DER_SEQUENCE);
	key_ids_put(buf, STR(""), order->issuer_key_id);
	struct extension_mark number = extension_open(buf, "2.5.29.20", false);
	uint8_t bytes[8];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(order->number >> (56 - 8 * i));
	der_put_unsigned(buf, str_bytes(bytes, sizeof bytes));
	extension_close(buf, number);
	der_close(buf, extensions);
	der_close(buf, tagged);
	der_close(buf, body);
}

enum fail crl_make(const struct crl_order *order, struct key issuer_key, struct buf *out)
{
	struct arena arena = arena_open(1 << 16);
	struct der_mark whole = der_open(out, DER_SEQUENCE);
	size_t body_at = out->len;

	crl_body_put(out, order, issuer_key);
	enum fail fail = signed_put(&arena, out, body_at, whole, issuer_key);
	arena_close(&arena);
	return fail;
}
