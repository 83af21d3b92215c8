#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/idno.h"

static struct date on(int year, int month, int day)
{
	struct date date;

	assert_true(date_from_ymd((struct ymd){ year, month, day }, &date));
	return date;
}

static void valid_numbers_are_told_apart(void **state)
{
	static const struct { const char *numbers[24]; enum number_kind kind; } lists[] = {
		{ { "A123456789", "A100000001", "A200000003", "E123456783", "E100000005", "E200000007",
		    "S223456786", "X100000009", "Y200000002", "W100000001", "W200000003", "Z200000004",
		    "I100000003", "I200000005", "O100000004", "O200000006", "T160000005", "E161234567",
		    "E270000017" },
		  NUMBER_NATIONAL },
		{ { "A800000014", "E800000009", "E800123454", "E900000001", "E900123456", "B898765430" },
		  NUMBER_RESIDENT_NEW },
		{ { "FA12345689", "AC01234567", "EA00000003", "ED00000009", "EA12345679", "EB12345671",
		    "EC12345673", "ED12345675" },
		  NUMBER_RESIDENT_OLD },
		/* Typing errors that the check digit does not see. */
		{ { "A128456789", "A123056789", "A123406789", "A123456289" }, NUMBER_NATIONAL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		for (const char *const *number = lists[i].numbers; *number; number++) {
			struct idno idno = idno_read(str_from(*number), on(2026, 11, 24));
			assert_int_equal(idno.fault, IDNO_FINE);
			assert_int_equal(idno.kind, lists[i].kind);
			assert_string_equal(idno.text, *number);
		}
}

static void what_was_typed_is_folded(void **state)
{
	static const char *const typed[] = { "a123456789", " A123456789 ", "A123-456-789", "A123 456 789",
		                                 "Ａ１２３４５６７８９", "ａ１２３４５６７８９", "　A123456789　",
		                                 "A１２３－４５６－789\n" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
		struct idno idno = idno_read(str_from(typed[i]), DATE_NONE);
		assert_int_equal(idno.fault, IDNO_FINE);
		assert_string_equal(idno.text, "A123456789");
	}
}

static void wrong_numbers_are_explained(void **state)
{
	static const struct { const char *typed; enum idno_fault fault; } rows[] = {
		{ "A123456780", IDNO_CHECK },  { "FA12345688", IDNO_CHECK },     { "A323456789", IDNO_SECOND },
		{ "AE12345678", IDNO_SECOND }, { "A12345678", IDNO_LENGTH },     { "", IDNO_EMPTY },
		{ "   ", IDNO_EMPTY },         { "1123456789", IDNO_FIRST },     { "A12345678O", IDNO_DIGITS },
		{ "123456789012", IDNO_PERMIT }, { "A1234567890", IDNO_LENGTH }, { "A12345678?", IDNO_CHARACTER },
		{ "王一二三四五六七八九", IDNO_CHARACTER }, { "\xff\xff", IDNO_CHARACTER },
		{ "\xef\xbc", IDNO_CHARACTER }, { "A12345678901234567890123", IDNO_LENGTH }, { "A", IDNO_LENGTH },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct idno idno = idno_read(str_from(rows[i].typed), on(2026, 11, 24));
		assert_int_equal(idno.fault, rows[i].fault);
		assert_int_equal(idno.kind, number_kind_none);
		assert_true(idno_explain(idno.fault)[0]);
	}
	assert_string_equal(idno_explain(IDNO_FINE), "");
}

static void old_resident_numbers_end_with_year_119(void **state)
{
	(void)state;
	assert_int_equal(idno_read(STR("FA12345689"), on(2030, 12, 31)).fault, IDNO_FINE);
	assert_int_equal(idno_read(STR("FA12345689"), on(2031, 1, 1)).fault, IDNO_VOID);
	assert_int_equal(idno_read(STR("FA12345689"), on(2031, 1, 1)).kind, NUMBER_RESIDENT_OLD);
	assert_int_equal(idno_read(STR("A123456789"), on(2031, 1, 1)).fault, IDNO_FINE);
	assert_int_equal(idno_read(STR("E800000009"), on(2031, 1, 1)).fault, IDNO_FINE);
}

static void passports_have_no_check_digit(void **state)
{
	(void)state;
	assert_int_equal(idno_read_passport(STR("３1234567８")).kind, NUMBER_PASSPORT);
	assert_string_equal(idno_read_passport(STR(" ab-123 ")).text, "AB123");
	assert_int_equal(idno_read_passport(STR("")).fault, IDNO_EMPTY);
	assert_int_equal(idno_read_passport(STR("123456789012345678901")).fault, IDNO_LENGTH);
}

static void a_passport_is_one_when_people_say_so(void **state)
{
	static const char *const said[] = { "護照300123456", "護照：300-123-456", "護照號碼 ３００123456",
		                            "passport 300123456", "Passport:300123456", " passport_no=300123456" };
	struct arena arena = arena_open(1 << 16);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		struct idno number = idno_read_typed(str_from(said[i]), DATE_NONE);
		assert_int_equal(number.kind, NUMBER_PASSPORT);
		assert_string_equal(number.text, "300123456");
		assert_true(str_is(idno_tagged(&arena, &number), "passport:300123456"));
	}
	assert_int_equal(idno_read_typed(STR("300123456"), DATE_NONE).fault, IDNO_LENGTH);
	assert_int_equal(idno_read_typed(STR("護照"), DATE_NONE).fault, IDNO_EMPTY);
	struct idno national = idno_read_typed(STR("A123456789"), DATE_NONE);
	assert_int_equal(national.kind, NUMBER_NATIONAL);
	assert_true(str_is(idno_tagged(&arena, &national), "A123456789"));
	struct idno same = idno_read_typed(STR("護照A123456789"), DATE_NONE);
	assert_true(str_is(idno_tagged(&arena, &same), "passport:A123456789"));
	arena_close(&arena);
}

static void check_digits_are_made_as_they_are_checked(void **state)
{
	static const char *const numbers[] = { "A123456789", "AC01234567", "E800123454", "Z200000004" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		assert_int_equal(idno_check_digit(numbers[i]), numbers[i][9]);
}

static void lists_show_the_two_ends(void **state)
{
	(void)state;
	assert_string_equal(idno_mask(STR("A123456789")).text, "A123***789");
	assert_string_equal(idno_mask(STR("312345678")).text, "3*******8");
	assert_string_equal(idno_mask(STR("AB")).text, "**");
	assert_string_equal(idno_mask(STR("")).text, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_numbers_are_told_apart),
		cmocka_unit_test(what_was_typed_is_folded),
		cmocka_unit_test(wrong_numbers_are_explained),
		cmocka_unit_test(old_resident_numbers_end_with_year_119),
		cmocka_unit_test(passports_have_no_check_digit),
		cmocka_unit_test(a_passport_is_one_when_people_say_so),
		cmocka_unit_test(check_digits_are_made_as_they_are_checked),
		cmocka_unit_test(lists_show_the_two_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
