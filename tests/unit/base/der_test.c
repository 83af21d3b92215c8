#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/crypto.h"
#include "base/der.h"
#include "base/time.h"

static struct arena arena;

static struct str hex(const char *text)
{
	struct str out;

	assert_int_equal(hex_read(&arena, str_from(text), &out), OK);
	return out;
}

static void lengths_are_minimal_and_definite(void **state)
{
	static const struct { const char *hex; enum fail fail; } cases[] = {
		{ "0400", OK },           { "040141", OK },       { "04", FAIL_SYNTAX },
		{ "0402ff", FAIL_SYNTAX }, { "04810141", FAIL_SYNTAX }, { "0480410000", FAIL_SYNTAX },
		{ "1f0100", FAIL_SYNTAX }, { "0482000141", FAIL_SYNTAX }, { "048500000000014100", FAIL_SYNTAX },
		{ "", FAIL_SYNTAX },
	};
	struct der der;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str rest = hex(cases[i].hex);
		assert_int_equal(der_take(&rest, &der), cases[i].fail);
	}
}

static void lengths_of_all_sizes_come_back(void **state)
{
	static const size_t sizes[] = { 0, 127, 128, 255, 256, 65535, 65536, 70000 };
	struct der der;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct buf buf = buf_on(&arena);
		struct der_mark mark = der_open(&buf, DER_SEQUENCE);
		buf_room(&buf, sizes[i]);
		der_close(&buf, mark);
		struct str rest = buf_str(&buf);
		assert_int_equal(der_take_tag(&rest, DER_SEQUENCE, &der), OK);
		assert_int_equal(der.body.len, sizes[i]);
		assert_int_equal(rest.len, 0);
	}
}

static void integers_have_one_spelling(void **state)
{
	static const struct { const char *hex, *value; } cases[] = {
		{ "020100", "00" }, { "02017f", "7f" }, { "02020080", "80" },
		{ "0202007f", NULL }, { "020180", NULL }, { "0200", NULL }, { "040101", NULL },
	};
	struct der der;
	struct str value;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str rest = hex(cases[i].hex);
		assert_int_equal(der_take(&rest, &der), OK);
		assert_int_equal(der_unsigned(&der, &value), cases[i].value ? OK : FAIL_SYNTAX);
		if (cases[i].value)
			assert_true(str_eq(value, hex(cases[i].value)));
	}
}

static void written_times_are_read_back(void **state)
{
	static const char *const texts[] = { "1970-01-01T00:00:00.000Z", "1999-12-31T23:59:59.000Z",
	                                     "2049-12-31T23:59:59.000Z", "2050-01-01T00:00:00.000Z",
	                                     "2024-02-29T12:34:56.000Z" };
	int64_t at_ms, again_ms;
	struct der der;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct buf buf = buf_on(&arena);
		assert_int_equal(time_parse_utc(str_from(texts[i]), &at_ms), OK);
		der_put_time(&buf, at_ms);
		struct str rest = buf_str(&buf);
		assert_int_equal(der_take(&rest, &der), OK);
		assert_int_equal(der.tag, i == 3 ? DER_GENERAL_TIME : DER_UTC_TIME);
		assert_int_equal(der_time(&der, &again_ms), OK);
		assert_int_equal(again_ms, at_ms);
	}
}

static void times_that_do_not_exist_are_refused(void **state)
{
	static const char *const texts[] = { "990229000000Z", "991301000000Z", "990101240000Z",
	                                     "990101006000Z", "990101000060Z", "9901010000Z",
	                                     "9901010000000", "99010100000:Z" };
	int64_t at_ms;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct der der = { DER_UTC_TIME, str_from(texts[i]), str_from(texts[i]) };
		assert_int_equal(der_time(&der, &at_ms), FAIL_SYNTAX);
	}
}

static void object_identifiers_come_back(void **state)
{
	static const char *const oids[] = { "2.16.886.1.100.2.51", "1.2.840.113549.1.9.25.3", "2.5.29.9",
	                                    "0.9.2342", "1.0.8571", "2.999.3" };
	static const char *const broken[] = { "", "80", "2b80", "2b8001", "ffffffffffffffffffff7f" };
	struct der der;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(oids); i++) {
		struct buf buf = buf_on(&arena);
		der_put_oid(&buf, oids[i]);
		struct str rest = buf_str(&buf);
		assert_int_equal(der_take(&rest, &der), OK);
		assert_true(str_is(der_oid_text(&arena, der.body), oids[i]));
	}
	for (size_t i = 0; i < ARRAY_LEN(broken); i++)
		assert_int_equal(der_oid_text(&arena, hex(broken[i])).len, 0);
}

static void pem_blocks_come_back_among_other_text(void **state)
{
	struct buf text = buf_on(&arena);
	struct str body = str_slice(hex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	                                "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
	                            0, 61);
	struct str label, out;

	(void)state;
	buf_add(&text, STR("a remark\r\n"));
	pem_put(&text, "X", body);
	buf_add(&text, STR("between\n"));
	pem_put(&text, "LONG NAME", STR(""));
	struct str rest = buf_str(&text);
	assert_int_equal(pem_take(&arena, &rest, &label, &out), OK);
	assert_true(str_is(label, "X") && str_eq(out, body));
	assert_int_equal(pem_take(&arena, &rest, &label, &out), OK);
	assert_true(str_is(label, "LONG NAME") && out.len == 0);
	assert_int_equal(pem_take(&arena, &rest, &label, &out), FAIL_NOT_FOUND);
}

static void broken_pem_is_refused(void **state)
{
	static const char *const texts[] = {
		"-----BEGIN X-----\nAAAA\n", "-----BEGIN X-----\nAAAA\n-----END Y-----\n",
		"-----BEGIN X\nAAAA\n-----END X-----\n", "-----BEGIN X-----\nA A\n-----END X-----\n",
		"-----BEGIN X-----\nAAAA\n-----END X----\n",
	};
	struct str label, out;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct str rest = str_from(texts[i]);
		assert_int_equal(pem_take(&arena, &rest, &label, &out), FAIL_SYNTAX);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lengths_are_minimal_and_definite),
		cmocka_unit_test(lengths_of_all_sizes_come_back),
		cmocka_unit_test(integers_have_one_spelling),
		cmocka_unit_test(written_times_are_read_back),
		cmocka_unit_test(times_that_do_not_exist_are_refused),
		cmocka_unit_test(object_identifiers_come_back),
		cmocka_unit_test(pem_blocks_come_back_among_other_text),
		cmocka_unit_test(broken_pem_is_refused),
	};

	arena = arena_open(8 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
