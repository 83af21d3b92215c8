#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/csv.h"

#include <cmocka.h>

static const struct csv_limits limits = { 5, 4, 20 };
static struct arena arena;
static struct csv_fault fault;

static struct sheet good_bytes(struct str text)
{
	struct sheet sheet;

	assert_int_equal(csv_read(&arena, text, &limits, &sheet, &fault), OK);
	return sheet;
}

static struct sheet good(const char *text)
{
	return good_bytes(str_from(text));
}

static void bad(const char *text, enum fail fail, size_t row, size_t column, size_t byte)
{
	struct sheet sheet;

	assert_int_equal(csv_read(&arena, str_from(text), &limits, &sheet, &fault), fail);
	assert_int_equal(fault.row, row);
	assert_int_equal(fault.column, column);
	assert_int_equal(fault.byte, byte);
	assert_true(fault.why[0]);
}

static void cell_is(const struct sheet *sheet, size_t row, const char *column, const char *text)
{
	assert_true(str_is(sheet_cell(sheet, row, str_from(column)), text));
}

static void lines_may_end_in_any_way(void **state)
{
	static const char *const forms[] = { "a,b\r\n1,2\r\n3,4", "a,b\n1,2\n3,4\n", "a,b\r1,2\r3,4\r" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct sheet sheet = good(forms[i]);
		assert_int_equal(sheet.row_count, 2);
		cell_is(&sheet, 1, "b", "4");
	}
}

static void quotation_marks_hold_commas_lines_and_marks(void **state)
{
	struct sheet sheet = good("a,b\n\"x,\r\ny\",\"he said \"\"no\"\"\"\n");

	(void)state;
	cell_is(&sheet, 0, "a", "x,\r\ny");
	cell_is(&sheet, 0, "b", "he said \"no\"");
}

static void a_byte_order_mark_is_no_text(void **state)
{
	struct sheet sheet = good("\xef\xbb\xbf案號,b\n一,2\n");

	(void)state;
	cell_is(&sheet, 0, "案號", "一");
}

static void utf16_is_read_by_its_mark(void **state)
{
	static const char little[] = "\xff\xfe" "a\0\n\0\x40\xd8\x0b\xdc"; /* U+2000B */
	static const char big[] = "\xfe\xff" "\0a\0\n\0x";
	static const char lone[] = "\xff\xfe" "a\0\n\0\x0b\xdc";
	struct sheet sheet = good_bytes(str_bytes(little, sizeof little - 1));

	(void)state;
	cell_is(&sheet, 0, "a", "\xf0\xa0\x80\x8b");
	sheet = good_bytes(str_bytes(big, sizeof big - 1));
	cell_is(&sheet, 0, "a", "x");
	assert_int_equal(csv_read(&arena, str_bytes(lone, sizeof lone - 1), &limits, &sheet, &fault),
	                 FAIL_SYNTAX);
}

static void big5_is_read_once_its_table_is_loaded(void **state)
{
	static const char list[] = "a\n\xa4\xa4\xa4\xe5\n";
	struct sheet sheet;

	(void)state;
	bad(list, FAIL_SYNTAX, 1, 1, 0);
	csv_codes_open();
	sheet = good(list);
	cell_is(&sheet, 0, "a", "中文");
	bad("a\n\xff\xff\n", FAIL_SYNTAX, 2, 1, 2);
	bad("a,b\n1,2\n\xa4\xa4,\xa4\xa4\xff\n", FAIL_SYNTAX, 3, 2, 13);
}

static void blank_rows_keep_their_number(void **state)
{
	struct sheet sheet = good("a,b\n\n1,2\n");

	(void)state;
	assert_int_equal(sheet.row_count, 2);
	cell_is(&sheet, 0, "a", "");
	cell_is(&sheet, 1, "a", "1");
}

static void faults_tell_row_column_and_byte(void **state)
{
	(void)state;
	bad("", FAIL_SYNTAX, 1, 1, 0);
	bad("a,b\n1\n", FAIL_SYNTAX, 2, 1, 4);
	bad("a,b\n1,2,3\n", FAIL_SYNTAX, 2, 3, 9);
	bad("a,b\n1,\"2\n", FAIL_SYNTAX, 2, 2, 6);
	bad("a,b\n1,\"2\"x\n", FAIL_SYNTAX, 2, 2, 9);
	bad("a,b\n1,2\"\n", FAIL_SYNTAX, 2, 2, 7);
	bad("a,b,c,d,e\n", FAIL_SYNTAX, 1, 5, 9);
	bad("a\n123456789012345678901\n", FAIL_TOO_LARGE, 2, 1, 2);
	bad("a\n1\n2\n3\n4\n5\n6\n", FAIL_TOO_LARGE, 7, 1, 12);
}

static void what_is_written_can_be_read(void **state)
{
	static const struct str columns[] = { STR_INIT("a"), STR_INIT("b") };
	struct sheet sheet = sheet_new(&arena, STR("x"), columns, 2);
	struct buf text = buf_on(&arena);

	(void)state;
	struct str *row = sheet_row_add(&arena, &sheet);
	row[0] = STR("x,\"y\"\nz");
	row[1] = STR("張");
	csv_write(&text, &sheet);
	sheet = good_bytes(buf_str(&text));
	cell_is(&sheet, 0, "a", "x,\"y\"\nz");
	cell_is(&sheet, 0, "b", "張");
}

static void a_cell_is_never_a_formula(void **state)
{
	static const struct str columns[] = { STR_INIT("a") };
	static const char *const cells[] = { "=1+1", "+1", "-1", "@x", "\tx" };
	struct sheet sheet = sheet_new(&arena, STR("x"), columns, 1);
	struct buf text = buf_on(&arena);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		sheet_row_add(&arena, &sheet)[0] = str_from(cells[i]);
	csv_write(&text, &sheet);
	sheet = good_bytes(buf_str(&text));
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		assert_true(sheet.cells[i].at[0] == '\'');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_may_end_in_any_way),
		cmocka_unit_test(quotation_marks_hold_commas_lines_and_marks),
		cmocka_unit_test(a_byte_order_mark_is_no_text),
		cmocka_unit_test(utf16_is_read_by_its_mark),
		cmocka_unit_test(big5_is_read_once_its_table_is_loaded),
		cmocka_unit_test(blank_rows_keep_their_number),
		cmocka_unit_test(faults_tell_row_column_and_byte),
		cmocka_unit_test(what_is_written_can_be_read),
		cmocka_unit_test(a_cell_is_never_a_formula),
	};

	arena = arena_open(1 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
