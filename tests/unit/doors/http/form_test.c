#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "doors/http/form.h"

static struct arena arena;

static enum fail read(const char *text, struct form *form)
{
	arena_empty(&arena);
	return form_read(&arena, str_from(text), form);
}

static void fields_are_decoded(void **state)
{
	struct form form;

	(void)state;
	assert_int_equal(read("a=1&name=%E7%8E%8B+x&e=", &form), OK);
	assert_int_equal(form.count, 3);
	assert_true(str_is(form_value(&form, "name"), "王 x"));
	assert_true(form_has(&form, "e"));
	assert_int_equal(form_value(&form, "e").len, 0);
	assert_false(form_has(&form, "b"));
	assert_int_equal(read("", &form), OK);
	assert_int_equal(form.count, 0);
}

static void what_is_wrong_is_rejected_never_repaired(void **state)
{
	static const char *const wrong[] = { "a", "a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "a=1&a=2",
	                                     "=1", "a=1&", "&a=1", "%01=1" };
	struct form form;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_int_equal(read(wrong[i], &form), FAIL_SYNTAX);
}

static void too_many_fields_are_too_large(void **state)
{
	struct buf text = buf_open();
	struct form form;

	(void)state;
	for (int i = 0; i <= FORM_FIELDS_MAX; i++)
		buf_printf(&text, "%sf%d=1", i ? "&" : "", i);
	assert_int_equal(form_read(&arena, buf_str(&text), &form), FAIL_TOO_LARGE);
	buf_close(&text);
}

static void a_cookie_said_twice_is_none(void **state)
{
	struct str value;

	(void)state;
	assert_true(cookie_value(STR("x=1; __Host-session=abc; y=2"), "__Host-session", &value));
	assert_true(str_is(value, "abc"));
	assert_false(cookie_value(STR("s=1; s=2"), "s", &value));
	assert_false(cookie_value(STR("session=1"), "s", &value));
	assert_false(cookie_value(STR(""), "s", &value));
	assert_false(cookie_value(STR("s"), "s", &value));
}

static const char TYPE[] = "multipart/form-data; boundary=xyz";

static enum fail parts(const char *body, struct form *form)
{
	arena_empty(&arena);
	return form_read_parts(&arena, str_from(TYPE), str_from(body), form);
}

static void parts_are_read(void **state)
{
	struct form form;

	(void)state;
	assert_int_equal(parts("--xyz\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\ncases\r\n"
	                       "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
	                       "Content-Type: text/csv\r\n\r\na,b\r\n--xy\r\n\xff\r\n--xyz--\r\n", &form), OK);
	assert_int_equal(form.count, 2);
	assert_true(str_is(form_value(&form, "kind"), "cases"));
	assert_true(str_is(form.at[1].file, "a.csv"));
	assert_true(str_is(form.at[1].value, "a,b\r\n--xy\r\n\xff"));
}

static void broken_parts_are_rejected(void **state)
{
	static const char *const wrong[] = {
		"", "--xy", "--xyz", "--xyz\r\n", "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
		"--xyz\r\n\r\n1\r\n--xyz--", "--xyz\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--xyz--",
		"--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--xyz--",
		("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
		 "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n2\r\n--xyz--"),
	};
	struct form form;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_int_not_equal(parts(wrong[i], &form), OK);
	assert_int_equal(form_read_parts(&arena, STR("multipart/form-data"), STR("--xyz--"), &form), FAIL_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_decoded),
		cmocka_unit_test(what_is_wrong_is_rejected_never_repaired),
		cmocka_unit_test(too_many_fields_are_too_large),
		cmocka_unit_test(a_cookie_said_twice_is_none),
		cmocka_unit_test(parts_are_read),
		cmocka_unit_test(broken_parts_are_rejected),
	};

	arena = arena_open(1 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
