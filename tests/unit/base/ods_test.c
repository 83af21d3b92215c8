#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <zip.h>

#include "base/ods.h"

#include <cmocka.h>

static const struct ods_limits limits = { 50, 8, 200, 1 << 20 };
static struct arena arena;
static const char *why;

#define NAMESPACES                                                                                 \
	" xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""                       \
	" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""                           \
	" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
#define DOCUMENT(rows)                                                                             \
	"<office:document-content" NAMESPACES "><table:table table:name=\"t\">" rows               \
	"</table:table></office:document-content>"
#define ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define CELL(text) "<table:table-cell office:value-type=\"string\"><text:p>" text "</text:p></table:table-cell>"
#define BLANK(n) "<table:table-cell table:number-columns-repeated=\"" n "\"/>"

/* An archive as somebody else's program might make it. */
static struct str packed(const char *mime, struct str content)
{
	struct buf out = buf_on(&arena);
	zip_error_t error;
	struct zip_stat stat;

	zip_error_init(&error);
	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(memory);
	zip_t *archive = zip_open_from_source(memory, ZIP_CREATE, &error);
	zip_file_add(archive, "mimetype", zip_source_buffer(archive, mime, strlen(mime), 0), 0);
	zip_file_add(archive, "content.xml", zip_source_buffer(archive, content.at, content.len, 0), 0);
	assert_int_equal(zip_close(archive), 0);
	zip_stat_init(&stat);
	assert_int_equal(zip_source_stat(memory, &stat), 0);
	assert_int_equal(zip_source_open(memory), 0);
	zip_source_read(memory, buf_room(&out, (size_t)stat.size), stat.size);
	zip_source_close(memory);
	zip_source_free(memory);
	zip_error_fini(&error);
	return buf_str(&out);
}

static enum fail read_content(const char *content, struct sheet *out)
{
	return ods_read(&arena, packed("application/vnd.oasis.opendocument.spreadsheet", str_from(content)),
	                &limits, out, &why);
}

static void cell_is(const struct sheet *sheet, size_t row, const char *column, const char *text)
{
	assert_true(str_is(sheet_cell(sheet, row, str_from(column)), text));
}

static void what_is_written_can_be_read(void **state)
{
	static const struct str columns[] = { STR_INIT("案號"), STR_INIT("b<&>\"") };
	struct sheet sheets[2], read;
	struct buf file = buf_on(&arena), again = buf_on(&arena);

	(void)state;
	sheets[0] = sheet_new(&arena, STR("案件"), columns, 2);
	struct str *row = sheet_row_add(&arena, &sheets[0]);
	row[0] = STR("0012");
	row[1] = STR("  a  b\tc\n<&>\"=1 ");
	sheet_row_add(&arena, &sheets[0]);
	sheet_row_add(&arena, &sheets[0])[1] = STR("𠀋");
	sheets[1] = sheet_new(&arena, STR("other"), columns, 1);
	assert_int_equal(ods_write(sheets, 2, &file), OK);
	assert_int_equal(ods_write(sheets, 2, &again), OK);
	assert_true(str_eq(buf_str(&file), buf_str(&again)));
	assert_int_equal(ods_read(&arena, buf_str(&file), &limits, &read, &why), OK);
	assert_true(str_is(read.name, "案件"));
	assert_int_equal(read.row_count, 3);
	cell_is(&read, 0, "案號", "0012");
	cell_is(&read, 0, "b<&>\"", "  a  b\tc\n<&>\"=1 ");
	cell_is(&read, 1, "案號", "");
	cell_is(&read, 2, "b<&>\"", "𠀋");
}

static void the_media_type_comes_first_and_unpacked(void **state)
{
	static const struct str columns[] = { STR_INIT("a") };
	struct sheet sheet = sheet_new(&arena, STR("t"), columns, 1);
	struct buf file = buf_on(&arena);

	(void)state;
	assert_int_equal(ods_write(&sheet, 1, &file), OK);
	assert_memory_equal(file.at + 30, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 54);
}

static void repeated_and_blank_cells_are_counted(void **state)
{
	struct sheet sheet;

	(void)state;
	assert_int_equal(read_content(DOCUMENT(
		ROW(CELL("a") CELL("b") CELL("c") BLANK("1020"))
		"<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>"
		ROW(BLANK("2") CELL("x") BLANK("1021"))
		ROW("<table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><text:p>y</text:p></table:table-cell>")
		"<table:table-row table:number-rows-repeated=\"1048570\">" BLANK("1024") "</table:table-row>"),
		&sheet), OK);
	assert_int_equal(sheet.column_count, 3);
	assert_int_equal(sheet.row_count, 4);
	cell_is(&sheet, 2, "c", "x");
	cell_is(&sheet, 3, "a", "y");
	cell_is(&sheet, 3, "b", "y");
	cell_is(&sheet, 3, "c", "");
}

static void stored_values_count_before_shown_ones(void **state)
{
	struct sheet sheet;

	(void)state;
	assert_int_equal(read_content(DOCUMENT(
		ROW(CELL("a") CELL("b") CELL("c") CELL("d"))
		ROW("<table:table-cell office:value-type=\"date\" office:date-value=\"2026-11-23T00:00:00\"><text:p>115/11/23</text:p></table:table-cell>"
		    "<table:table-cell office:value-type=\"float\" office:value=\"1070724\"><text:p>1,070,724</text:p></table:table-cell>"
		    "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>TRUE</text:p></table:table-cell>"
		    "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>a note</text:p></office:annotation>"
		    "<text:p>one<text:s text:c=\"2\"/><text:span>two</text:span></text:p><text:p>three</text:p></table:table-cell>")),
		&sheet), OK);
	cell_is(&sheet, 0, "a", "2026-11-23");
	cell_is(&sheet, 0, "b", "1070724");
	cell_is(&sheet, 0, "c", "true");
	cell_is(&sheet, 0, "d", "one  two\nthree");
}

static void only_the_first_table_is_read(void **state)
{
	struct sheet sheet;

	(void)state;
	assert_int_equal(read_content(DOCUMENT(ROW(CELL("a")) ROW(CELL("1")) "</table:table>"
	                                       "<table:table table:name=\"u\">" ROW(CELL("z"))), &sheet), OK);
	assert_int_equal(sheet.row_count, 1);
	assert_true(str_is(sheet.name, "t"));
}

static void bombs_and_strangers_are_refused(void **state)
{
	char *big = arena_bytes(&arena, limits.unpacked_bytes + 2);
	struct sheet sheet;

	(void)state;
	memset(big, ' ', limits.unpacked_bytes + 1);
	assert_int_equal(read_content(big, &sheet), FAIL_TOO_LARGE);
	assert_int_equal(read_content("<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>", &sheet),
	                 FAIL_SYNTAX);
	assert_int_equal(read_content("<a", &sheet), FAIL_SYNTAX);
	assert_int_equal(read_content(DOCUMENT(""), &sheet), FAIL_SYNTAX);
	assert_int_equal(read_content(DOCUMENT(ROW(CELL("a")) ROW(CELL("1") CELL("2"))), &sheet), FAIL_SYNTAX);
	assert_int_equal(read_content(DOCUMENT(ROW(CELL("a"))
		"<table:table-row table:number-rows-repeated=\"51\">" CELL("1") "</table:table-row>"), &sheet),
		FAIL_TOO_LARGE);
	assert_int_equal(read_content(DOCUMENT(ROW(CELL("a"))
		"<table:table-row table:number-rows-repeated=\"1000000\"/>" ROW(CELL("1"))), &sheet), FAIL_TOO_LARGE);
	assert_int_equal(read_content(DOCUMENT(ROW(BLANK("8") CELL("a"))), &sheet), FAIL_TOO_LARGE);
	assert_int_equal(ods_read(&arena, STR("no archive"), &limits, &sheet, &why), FAIL_SYNTAX);
	assert_int_equal(ods_read(&arena, STR(""), &limits, &sheet, &why), FAIL_SYNTAX);
	assert_int_equal(ods_read(&arena, packed("text/plain", STR("<a/>")), &limits, &sheet, &why), FAIL_SYNTAX);
	assert_true(why[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_can_be_read),
		cmocka_unit_test(the_media_type_comes_first_and_unpacked),
		cmocka_unit_test(repeated_and_blank_cells_are_counted),
		cmocka_unit_test(stored_values_count_before_shown_ones),
		cmocka_unit_test(only_the_first_table_is_read),
		cmocka_unit_test(bombs_and_strangers_are_refused),
	};

	arena = arena_open(1 << 26);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
