/* A list of the real one's size becomes a small table quickly, and answers at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/cert_crl.h"
#include "base/cert_make.h"
#include "base/time.h"

enum { ENTRIES = 515000, SERIAL_BYTES = 16 };
static const int64_t NOW_MS = 1790000000000;

static struct arena arena;
static struct key key;
static uint8_t *serials;

static void serial_fill(uint8_t *at, uint64_t n)
{
	struct hash hash = hash_two(0, &n, sizeof n, "", 0);

	memcpy(at, hash.at, SERIAL_BYTES);
	at[0] = (uint8_t)((at[0] & 0x7f) | 0x01);
}

static int setup(void **state)
{
	(void)state;
	arena = arena_open(256 << 20);
	serials = arena_bytes(&arena, (size_t)ENTRIES * SERIAL_BYTES);
	for (uint64_t i = 0; i < ENTRIES; i++)
		serial_fill(serials + i * SERIAL_BYTES, i);
	return (int)key_make(KEY_P256, &key);
}

static int teardown(void **state)
{
	(void)state;
	key_close(&key);
	arena_close(&arena);
	return 0;
}

static struct str crl_of(size_t count, struct buf *out)
{
	struct crl_entry *entries = arena_array(&arena, struct crl_entry, count + 1);
	struct crl_order order = { .number = 1, .this_update_ms = NOW_MS, .next_update_ms = NOW_MS + 1000,
	                           .entries = entries, .count = count };

	for (size_t i = 0; i < count; i++)
		entries[i] = (struct crl_entry){ str_bytes(serials + i * SERIAL_BYTES, SERIAL_BYTES),
		                                 NOW_MS - (int64_t)i * 1000 };
	name_add(&order.issuer, OID_UNIT, STR("x"));
	assert_int_equal(crl_make(&order, key, out), OK);
	return buf_str(out);
}

static void a_real_sized_list_is_a_small_table(void **state)
{
	struct buf der = buf_open();
	struct crl_parts parts;
	struct crl crl;
	uint8_t stranger[SERIAL_BYTES];
	int64_t at_ms;

	(void)state;
	crl_of(ENTRIES, &der);
	int64_t start_ms = clock_monotonic_ms();
	assert_int_equal(crl_read(&arena, buf_str(&der), &parts), OK);
	assert_int_equal(crl_build(&parts, &crl), OK);
	int64_t took_ms = clock_monotonic_ms() - start_ms;
	print_message("# %zu bytes of DER became %zu in %d ms\n", der.len, crl_bytes(&crl), (int)took_ms);
	assert_int_equal(crl.count, ENTRIES);
	assert_true(crl_bytes(&crl) <= 16u << 20);
	for (size_t i = 0; i < ENTRIES; i++) {
		assert_true(crl_find(&crl, str_bytes(serials + i * SERIAL_BYTES, SERIAL_BYTES), &at_ms));
		assert_int_equal(at_ms, NOW_MS - (int64_t)i * 1000);
		serial_fill(stranger, ENTRIES + i);
		assert_false(crl_find(&crl, str_bytes(stranger, SERIAL_BYTES), &at_ms));
	}
	crl_close(&crl);
	buf_close(&der);
}

static void leading_zeros_and_lengths_do_not_matter(void **state)
{
	struct crl_entry entries[] = { { STR("\x01"), 0 }, { STR("\x7f\x00"), 0 }, { STR("\x00\x80"), 0 } };
	struct crl_order order = { .number = 1, .this_update_ms = NOW_MS, .next_update_ms = NOW_MS,
	                           .entries = entries, .count = ARRAY_LEN(entries) };
	struct buf der = buf_on(&arena);
	struct crl_parts parts;
	struct crl crl;
	int64_t at_ms;

	(void)state;
	assert_int_equal(crl_make(&order, key, &der), OK);
	assert_int_equal(crl_read(&arena, buf_str(&der), &parts), OK);
	assert_int_equal(crl_build(&parts, &crl), OK);
	assert_true(crl_find(&crl, STR("\x01"), &at_ms));
	assert_true(crl_find(&crl, STR("\x00\x00\x00\x01"), &at_ms));
	assert_true(crl_find(&crl, STR("\x7f\x00"), &at_ms));
	assert_true(crl_find(&crl, STR("\x80"), &at_ms));
	assert_false(crl_find(&crl, STR("\x7f"), &at_ms));
	assert_false(crl_find(&crl, STR("\x01\x01"), &at_ms));
	assert_false(crl_find(&crl, STR("\x01\x00\x80"), &at_ms));
	assert_false(crl_find(&crl, STR(""), &at_ms));
	crl_close(&crl);
}

static void an_empty_list_lists_nobody(void **state)
{
	struct buf der = buf_on(&arena);
	struct crl_parts parts;
	struct crl crl;
	int64_t at_ms;

	(void)state;
	assert_int_equal(crl_read(&arena, crl_of(0, &der), &parts), OK);
	assert_int_equal(crl_build(&parts, &crl), OK);
	assert_int_equal(crl.count, 0);
	assert_false(crl_find(&crl, STR("\x01"), &at_ms));
	crl_close(&crl);
}

/* Puts one more extension behind a list's own and reads it; the signature is not looked at here. */
static enum fail read_with_extension(const char *oid, bool critical, struct str value)
{
	struct buf out = buf_on(&arena);
	struct crl_parts parts;
	struct der_mark whole = der_open(&out, DER_SEQUENCE), body = der_open(&out, DER_SEQUENCE);

	der_put_small(&out, 1);
	der_put(&out, DER_SEQUENCE, STR("\x06\x01\x2a"));
	der_put(&out, DER_SEQUENCE, STR(""));
	der_put_time(&out, NOW_MS);
	struct der_mark tagged = der_open(&out, DER_CONTEXT_CONSTRUCTED);
	struct der_mark list = der_open(&out, DER_SEQUENCE), extension = der_open(&out, DER_SEQUENCE);
	der_put_oid(&out, oid);
	if (critical)
		der_put(&out, DER_BOOLEAN, STR("\xff"));
	der_put(&out, DER_OCTET_STRING, value);
	der_close(&out, extension);
	der_close(&out, list);
	der_close(&out, tagged);
	der_close(&out, body);
	der_put(&out, DER_SEQUENCE, STR("\x06\x01\x2a"));
	der_put(&out, DER_BIT_STRING, STR("\x00\x01"));
	der_close(&out, whole);
	return crl_read(&arena, buf_str(&out), &parts);
}

static void lists_that_may_be_partial_are_refused(void **state)
{
	(void)state;
	assert_int_equal(read_with_extension("2.5.29.20", false, STR("\x02\x01\x05")), OK);
	assert_int_equal(read_with_extension("2.5.29.27", true, STR("\x02\x01\x05")), FAIL_UNTRUSTED);
	assert_int_equal(read_with_extension("2.5.29.27", false, STR("\x02\x01\x05")), FAIL_UNTRUSTED);
	assert_int_equal(read_with_extension("2.5.29.28", true, STR("\x30\x03\x81\x01\xff")), OK);
	assert_int_equal(read_with_extension("2.5.29.28", true, STR("\x30\x03\x84\x01\xff")), FAIL_UNTRUSTED);
	assert_int_equal(read_with_extension("2.5.29.28", true, STR("\x30\x02\xa0\x00")), FAIL_UNTRUSTED);
	assert_int_equal(read_with_extension("1.2.3", true, STR("")), FAIL_UNTRUSTED);
	assert_int_equal(read_with_extension("1.2.3", false, STR("")), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_real_sized_list_is_a_small_table),
		cmocka_unit_test(leading_zeros_and_lengths_do_not_matter),
		cmocka_unit_test(an_empty_list_lists_nobody),
		cmocka_unit_test(lists_that_may_be_partial_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
