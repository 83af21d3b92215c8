#include "asking.h"

#include "source/paste.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct source_number asked = { NUMBER_NATIONAL, STR_INIT("A123456789") };

static struct paste_ask ask_of(enum item item, enum result_class outcome)
{
	return (struct paste_ask){ .item = item, .outcome = outcome, .numbers = &asked, .number_count = 1,
		                       .columns = columns_all(columns_of(item)), .first = on("20241031"),
		                       .last = on("20251031"),
		                       .pasted_at_ms = date_local_start_ms(on("20251031")) };
}

static enum fail paste(struct arena *arena, const char *text, enum item item, struct paste *out)
{
	struct paste_ask ask = ask_of(item, RESULT_FOUND);
	const char *why;
	enum fail fail = paste_read(arena, str_from(text), &ask, out, &why);

	assert_int_equal(fail == OK, why[0] == 0);
	return fail;
}

static const char e25[] = "1 出境 20250310\n2 入境 20250402\n3 出境 20250620\n4 入境 20250620\n"
			  "5 出境 20250815\n6 入境 20250915\n";

static void the_example_gives_its_count(void **state)
{
	struct arena arena = arena_open(1 << 24);
	struct residence_question question = residence_question_empty();
	struct residence_rules rules = residence_rules_default();
	const char *why;
	struct paste got;

	(void)state;
	assert_int_equal(paste(&arena, e25, ITEM_1, &got), OK);
	assert_int_equal(got.rows.row_count, 6);
	assert_int_equal(got.line_count, 6);
	assert_int_equal(got.problem_count + got.repeated_count + got.rows.unread_lines, 0);
	assert_true(str_is(rows_cell(&got.rows, 0, 0), "1"));
	assert_true(str_is(rows_cell(&got.rows, 0, 1), "out"));
	assert_true(str_is(rows_cell(&got.rows, 0, 2), "2025-03-10"));
	assert_int_equal(rows_check(&got.rows, got.rows.columns, &why), OK);
	question.anchor = on("20251031");
	residence_take_rows(&arena, &got.rows, &question);
	struct residence_answer answer = residence_decide(&arena, &question, &rules);
	assert_int_equal(answer.verdict, VERDICT_ELIGIBLE);
	assert_int_equal(answer.years[0].days[CONVENTION_B].min, 312);
	arena_close(&arena);
}

static void lines_are_sorted_and_read_in_several_forms(void **state)
{
	struct arena arena = arena_open(1 << 24);
	struct paste got;

	(void)state;
	assert_int_equal(paste(&arena, "\xef\xbb\xbf\n", ITEM_1, &got), FAIL_SYNTAX);
	assert_int_equal(paste(&arena,
	                       "3\t入境\t20250402 桃園 CI100\r\n　1　出境　2025/03/10\n\n出境 114/05/01\n"
	                       "9 入境 1140502\n10 出境 20251031", ITEM_1, &got), OK);
	assert_int_equal(got.rows.row_count, 5); /* the last one today */
	assert_true(str_is(rows_cell(&got.rows, 0, 2), "2025-03-10"));
	assert_true(str_is(rows_cell(&got.rows, 1, 2), "2025-04-02"));
	assert_true(str_is(rows_cell(&got.rows, 2, 2), "2025-05-01"));
	assert_true(str_is(rows_cell(&got.rows, 3, 2), "2025-05-02"));
	arena_close(&arena);
}

static void no_line_disappears(void **state)
{
	struct arena arena = arena_open(1 << 24);
	struct paste got;

	(void)state;
	assert_int_equal(paste(&arena,
	                       "查詢結果\n1 出境 20250310\n2 轉機 20250311\n3 入境 20250231\n4 入境 250402\n"
	                       "5 入境 20251101\n1 出境 20250310\n", ITEM_1, &got), OK);
	assert_int_equal(got.line_count, 7);
	assert_int_equal(got.rows.row_count, 1);
	assert_int_equal(got.rows.unread_lines, 5);
	assert_int_equal(got.repeated_count, 1);
	assert_int_equal(got.problem_count, 6);
	assert_int_equal(got.rows.row_count + got.rows.unread_lines + got.repeated_count, got.line_count);
	for (size_t i = 0; i < got.problem_count; i++)
		assert_true(got.problems[i].why[0]);
	assert_int_equal(got.problems[0].line, 1);
	assert_int_equal(got.problems[5].line, 7);
	arena_close(&arena);
}

static void another_persons_number_refuses_all(void **state)
{
	struct arena arena = arena_open(1 << 24);
	struct paste got;

	(void)state;
	assert_int_equal(paste(&arena, "1 出境 20250310 A123456789\n2 入境 20250402 a123456789", ITEM_1,
	                       &got), OK);
	assert_int_equal(paste(&arena, "1 出境 20250310 A123456789\n2 入境 20250402 Ａ200000003", ITEM_1,
	                       &got), FAIL_CONFLICT);
	assert_int_equal(got.problems[0].line, 2);
	assert_int_equal(paste(&arena, "1 出境 20250310 A200000000", ITEM_1, &got), OK); /* no number */
	arena_close(&arena);
}

static void outcome_and_lines_must_agree(void **state)
{
	static const struct { enum result_class outcome; const char *text; enum fail fail; } cases[] = {
		{ RESULT_FOUND, "", FAIL_SYNTAX }, { RESULT_FOUND, "nothing\n", FAIL_SYNTAX },
		{ RESULT_NOT_FOUND, "", OK }, { RESULT_NOT_FOUND, " \n\n", OK },
		{ RESULT_NOT_FOUND, e25, FAIL_SYNTAX }, { RESULT_NOT_ASKED, "", OK },
		{ RESULT_NOT_ASKED, e25, FAIL_SYNTAX }, { RESULT_FOUND, "1 出境 20250310 \xff", FAIL_SYNTAX },
		{ RESULT_TIMEOUT, "", FAIL_SYNTAX },
	};
	struct arena arena = arena_open(1 << 26);
	const char *why;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct paste_ask ask = ask_of(ITEM_1, cases[i].outcome);
		struct paste got;
		assert_int_equal(paste_read(&arena, str_from(cases[i].text), &ask, &got, &why), cases[i].fail);
		if (cases[i].fail == OK)
			assert_int_equal(rows_check(&got.rows, ask.columns, &why), OK);
	}
	arena_close(&arena);
}

/* Looked up for one year and nothing there: where the person was before, nobody knows. */
static void not_found_in_a_year_is_no_proof_of_presence(void **state)
{
	struct arena arena = arena_open(1 << 24);
	struct paste_ask ask = ask_of(ITEM_1, RESULT_NOT_FOUND);
	struct residence_rules rules = residence_rules_default();
	const char *why;
	struct paste got;

	(void)state;
	for (int is_history = 0; is_history < 2; is_history++) {
		struct residence_question question = residence_question_empty();
		ask.is_history = is_history;
		assert_int_equal(paste_read(&arena, STR(""), &ask, &got, &why), OK);
		question.anchor = on("20251031");
		question.person = PERSON_REGISTERED;
		residence_take_rows(&arena, &got.rows, &question);
		struct residence_answer answer = residence_decide(&arena, &question, &rules);
		assert_int_equal(answer.verdict, is_history ? VERDICT_ELIGIBLE : VERDICT_NEEDS_REVIEW);
	}
	arena_close(&arena);
}

static void every_item_is_read_as_a_table(void **state)
{
	static const struct { enum item item; const char *text; size_t rows, unread; } tables[] = {
		{ ITEM_1, "入出境別\t入出境日期\t姓名\n出境\t114/3/10\t王小明\nin\t2025-04-02\t王小明\n", 2, 0 },
		{ ITEM_2, "direction\tevent_date\tvisa_kind\nout\t20250310\t居留簽證\n", 1, 0 },
		{ ITEM_3, "application_no\treceived_on\tstatus\n114001\t114/1/2\t核准\n114002\t114/13/2\t核准\n", 1, 1 },
		{ ITEM_4, "category\tpermit_kind\tstatus\tvalid_to\nmainland\t臺灣地區居留證\t有效\t117/1/1\n", 1, 0 },
		{ ITEM_5, "application_no\treceived_on\tstatus\n1\t114/1/2\t\n2\t114/1/2\t核准\n", 1, 1 },
		{ ITEM_6, "申請案號\t收件日期\t案件狀態\n1\t114/1/2\t核准\t多\n2\t114/1/2\t核准\n", 1, 1 },
		{ ITEM_7, "reported_on\tstatus\n114/1/2\t已尋獲\n114/1/3\t不明\n", 1, 1 },
	};
	struct arena arena = arena_open(1 << 26);
	const char *why;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		struct paste got;
		assert_int_equal(paste(&arena, tables[i].text, tables[i].item, &got), OK);
		assert_int_equal(got.rows.row_count, tables[i].rows);
		assert_int_equal(got.rows.unread_lines, tables[i].unread);
		assert_int_equal(rows_check(&got.rows, got.rows.columns, &why), OK);
	}
	struct paste got;
	assert_int_equal(paste(&arena, "1 出境 20250310\n", ITEM_3, &got), FAIL_SYNTAX);
	arena_close(&arena);
}

static void what_was_not_granted_is_read_over(void **state)
{
	struct arena arena = arena_open(1 << 24);
	struct paste_ask ask = ask_of(ITEM_1, RESULT_FOUND);
	const char *why;
	struct paste got;

	(void)state;
	ask.columns = columns_starred(columns_of(ITEM_1));
	assert_int_equal(paste_read(&arena, STR("direction\tevent_date\tname\nout\t20250310\t王小明\n"), &ask,
	                            &got, &why), OK);
	assert_int_equal(rows_check(&got.rows, ask.columns, &why), OK);
	assert_int_equal(rows_cell(&got.rows, 0, 9).len, 0);
	assert_int_equal(paste_read(&arena, str_from(e25), &ask, &got, &why), OK);
	assert_int_equal(rows_cell(&got.rows, 0, 0).len, 0);
	arena_close(&arena);
}

static void too_much_is_refused(void **state)
{
	struct arena arena = arena_open(1 << 26);
	struct buf text = buf_open();
	struct paste_ask ask = ask_of(ITEM_1, RESULT_FOUND);
	const char *why;
	struct paste got;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_printf(&text, "%d %s 20250310\n", i, i % 2 ? "入境" : "出境");
	assert_int_equal(paste_read(&arena, buf_str(&text), &ask, &got, &why), OK);
	assert_int_equal(got.rows.row_count, 5000);
	buf_add(&text, STR("5000 出境 20250310\n"));
	assert_int_equal(paste_read(&arena, buf_str(&text), &ask, &got, &why), FAIL_TOO_LARGE);
	while (text.len <= PASTE_MAX_BYTES)
		buf_add(&text, STR("                                                  \n"));
	assert_int_equal(paste_read(&arena, buf_str(&text), &ask, &got, &why), FAIL_TOO_LARGE);
	buf_close(&text);
	arena_close(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_gives_its_count),
		cmocka_unit_test(lines_are_sorted_and_read_in_several_forms),
		cmocka_unit_test(no_line_disappears),
		cmocka_unit_test(another_persons_number_refuses_all),
		cmocka_unit_test(outcome_and_lines_must_agree),
		cmocka_unit_test(not_found_in_a_year_is_no_proof_of_presence),
		cmocka_unit_test(every_item_is_read_as_a_table),
		cmocka_unit_test(what_was_not_granted_is_read_over),
		cmocka_unit_test(too_much_is_refused),
	};

	crypto_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
