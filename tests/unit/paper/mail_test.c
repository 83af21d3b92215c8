/* The mail that reminds of tasks: word for word, and what may stand in its header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/crypto.h"
#include "base/time.h"
#include "paper/mail.h"

static struct arena arena;

static struct reminder reminder(void)
{
	struct reminder mail = {
		.to = STR("mei@kcg.gov.tw"), .from = STR("youju@kcg.gov.tw"), .link = STR("https://youju.kcg.gov.tw:8443/"),
		.stamp = STR("0123456789abcdef"), .tasks = 3, .overdue = 1,
	};

	assert_int_equal(time_parse_utc(STR("2026-11-24T00:00:05.000Z"), &mail.at_ms), OK);
	return mail;
}

static void the_header_is_word_for_word(void **state)
{
	static const char expected[] =
		"Date: Tue, 24 Nov 2026 08:00:05 +0800\r\n"
		"From: =?UTF-8?B?5pyJ5pOa?= <youju@kcg.gov.tw>\r\n"
		"To: <mei@kcg.gov.tw>\r\n"
		"Subject: =?UTF-8?B?5pyJ5pOa77ya5b6F6L6m5LqL6aCFIDMg5Lu2?=\r\n"
		"Message-ID: <0123456789abcdef@kcg.gov.tw>\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=UTF-8\r\n"
		"Content-Transfer-Encoding: base64\r\n"
		"\r\n";
	struct reminder mail = reminder();
	struct str text = reminder_mail(&arena, &mail);
	size_t at;

	(void)state;
	assert_true(str_find(text, STR("\r\n\r\n"), &at));
	assert_true(str_is(str_slice(text, 0, at + 4), expected));
}

static struct str body_of(struct str text)
{
	struct buf joined = buf_on(&arena);
	struct str line, body;
	size_t at;

	assert_true(str_find(text, STR("\r\n\r\n"), &at));
	text = str_slice(text, at + 4, text.len);
	while (str_cut(&text, '\n', &line) && line.len) {
		assert_true(line.len <= 77 && str_ends(line, STR("\r")));
		buf_add(&joined, str_slice(line, 0, line.len - 1));
	}
	assert_int_equal(base64_read(&arena, buf_str(&joined), &body), OK);
	return body;
}

static void the_body_tells_a_count_and_a_link(void **state)
{
	struct reminder mail = reminder();
	struct str body = body_of(reminder_mail(&arena, &mail));
	size_t at;

	(void)state;
	assert_true(str_starts(body, STR("您在有據系統有 3 件待辦事項，其中 1 件已逾期。\r\n")));
	assert_true(str_find(body, STR("\r\nhttps://youju.kcg.gov.tw:8443/\r\n"), &at));
	assert_true(str_find(body, STR("Tasks that wait for you in Youju: 3, overdue: 1."), &at));
	assert_false(str_find(body, STR("mei"), &at));
	mail.overdue = 0;
	assert_true(str_starts(body_of(reminder_mail(&arena, &mail)), STR("您在有據系統有 3 件待辦事項。\r\n")));
}

static void large_counts_fit(void **state)
{
	struct reminder mail = reminder();

	(void)state;
	mail.tasks = mail.overdue = 100000;
	assert_true(body_of(reminder_mail(&arena, &mail)).len > 100);
}

static void links_and_stamps_end_no_line(void **state)
{
	static const char *const links[] = { "", "http://youju.tw/", "https://a b/", "https://a/\r\nBcc: x@y.tw", "https://有據.tw/" };
	static const char *const stamps[] = { "", "a/b", "../x", "a b", "A", "a\n", "a@b" };

	(void)state;
	assert_true(link_is_fit(STR("https://localhost:8443/")) && stamp_is_fit(STR("09af")));
	for (size_t i = 0; i < ARRAY_LEN(links); i++)
		assert_false(link_is_fit(str_from(links[i])));
	for (size_t i = 0; i < ARRAY_LEN(stamps); i++)
		assert_false(stamp_is_fit(str_from(stamps[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_header_is_word_for_word),
		cmocka_unit_test(the_body_tells_a_count_and_a_link),
		cmocka_unit_test(large_counts_fit),
		cmocka_unit_test(links_and_stamps_end_no_line),
	};

	arena = arena_open(1 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
