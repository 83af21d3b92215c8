#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "paper/form_f1.h"
#include "paper/odt.h"

#include <cmocka.h>

static struct arena arena;

/* Two columns; the first cell of the first row covers two rows. */
static struct paper small(void)
{
	static const uint16_t widths[] = { 300, 700 };
	struct paper paper = paper_new(&arena, STR("標題"), 1795508100000);

	paper_heading(&paper, STR("標題"));
	paper_item(&paper, STR("一、"), STR("第一行\n第二行 <&\">"));
	struct paper_table *table = paper_table(&paper, widths, 2);
	struct paper_row *row = paper_row(&paper, table, 100);
	paper_span(paper_head(&paper, row, STR("機關")), 1, 2);
	paper_cell(&paper, row, STR("三民區公所"));
	row = paper_row(&paper, table, 0);
	paper_cell(&paper, row, paper_tick(true));
	paper.foot = STR("頁尾");
	return paper;
}

static struct str packed(const struct paper *paper)
{
	struct buf out = buf_on(&arena);

	assert_int_equal(paper_pack(&out, paper), OK);
	return buf_str(&out);
}

static void what_is_packed_unpacks_to_the_same(void **state)
{
	struct paper paper = small(), again;
	struct str bytes = packed(&paper);

	(void)state;
	assert_int_equal(paper_unpack(&arena, bytes, &again), OK);
	assert_true(str_eq(packed(&again), bytes));
	assert_int_equal(again.block_count, 3);
	assert_true(str_is(again.blocks[1].label, "一、"));
	assert_true(str_is(again.blocks[2].table->rows[1].cells[0].text, "☑"));
}

static void every_cut_is_refused(void **state)
{
	struct paper paper = small(), again;
	struct str bytes = packed(&paper);

	(void)state;
	for (size_t len = 0; len < bytes.len; len++)
		assert_int_not_equal(paper_unpack(&arena, str_slice(bytes, 0, len), &again), OK);
	struct buf more = buf_on(&arena);
	buf_add(&more, bytes);
	buf_byte(&more, 0);
	assert_int_equal(paper_unpack(&arena, buf_str(&more), &again), FAIL_SYNTAX);
}

static void words_beyond_their_list_are_refused(void **state)
{
	struct paper paper = small(), again;
	struct str bytes = packed(&paper);
	size_t unlike = 0;

	(void)state;
	/* Any byte may be changed: it is refused, or it is another paper that packs to just these bytes. */
	for (size_t i = 0; i < bytes.len; i++) {
		struct str copy = str_copy(&arena, bytes);
		((char *)(uintptr_t)copy.at)[i] ^= 0x55;
		if (paper_unpack(&arena, copy, &again) == OK)
			assert_true(str_eq(packed(&again), copy));
		else
			unlike++;
	}
	assert_true(unlike > bytes.len / 2);
}

static void a_grid_with_a_hole_is_refused(void **state)
{
	struct paper paper = small();
	struct paper_table *table = paper.blocks[2].table;

	(void)state;
	table->rows[1].count = 0;
	assert_int_equal(paper_check(&paper), FAIL_SYNTAX);
}

static void cells_one_over_the_other_are_refused(void **state)
{
	struct paper paper = small();
	struct paper_table *table = paper.blocks[2].table;

	(void)state;
	table->rows[1].cells[0].columns = 2;
	assert_int_equal(paper_check(&paper), FAIL_SYNTAX);
	table->rows[1].cells[0].columns = 1;
	table->rows[0].cells[0].rows = 3; /* beyond the last row */
	assert_int_equal(paper_check(&paper), FAIL_SYNTAX);
}

static void control_characters_are_refused(void **state)
{
	struct paper paper = small();

	(void)state;
	paper.blocks[1].text = STR("a\tb");
	assert_int_equal(paper_check(&paper), FAIL_SYNTAX);
	paper.blocks[1].text = STR("a\xff");
	assert_int_equal(paper_check(&paper), FAIL_SYNTAX);
	paper.blocks[1].text = paper_clean(&arena, STR("a\tb\x01\nc\x7f"));
	assert_true(str_is(paper.blocks[1].text, "a b\nc"));
	assert_int_equal(paper_check(&paper), OK);
}

static void letters_too_small_and_pages_too_narrow_are_refused(void **state)
{
	struct paper paper = small();

	(void)state;
	paper.blocks[0].size_dpt = PAPER_SIZE_MIN - 1;
	assert_int_equal(paper_check(&paper), FAIL_SYNTAX);
	paper.blocks[0].size_dpt = PAPER_SIZE_MIN;
	paper.margin_dmm = 1050;
	assert_int_equal(paper_check(&paper), FAIL_SYNTAX);
	paper.margin_dmm = 1049;
	assert_int_equal(paper_check(&paper), OK);
}

static void private_characters_are_named_once(void **state)
{
	struct paper paper = small();

	(void)state;
	assert_int_equal(paper_private(&paper).len, 0);
	paper.blocks[1].text = STR("\xf3\xb0\x80\x81 \xf3\xbf\xbf\xbd \xf3\xb0\x80\x81 𠀀");
	assert_true(str_is(paper_private(&paper), "「\xf3\xb0\x80\x81」U+F0001「\xf3\xbf\xbf\xbd」U+FFFFD"));
}

/* A field that is filled in stands on the form; two forms that differ in one field differ on paper. */
static void every_typed_field_changes_the_paper(void **state)
{
	const struct record_spec *spec = application_form_spec();
	struct application_form blank = application_form_blank();
	struct f1_print print = { 0 };
	struct paper paper = form_f1_paper(&arena, &blank, &print, 0);
	struct str before = packed(&paper);

	(void)state;
	for (size_t i = 0; i < spec->count; i++) {
		struct application_form form = blank;
		const struct field_spec *field = &spec->fields[i];
		if (field->kind != FIELD_TEXT || application_form_label(i)->id[0] == 0)
			continue;
		*(struct str *)((char *)&form + field->offset) = STR("值甲乙丙");
		paper = form_f1_paper(&arena, &form, &print, 0);
		assert_false(str_eq(packed(&paper), before));
	}
}

static size_t marks;
static void mark_count(void *context, struct str text)
{
	marks += str_eq(text, paper_tick(*(bool *)context));
}

static void as_many_marks_as_items(void **state)
{
	struct str codes[] = { STR("item_2"), STR("item_7") };
	struct application_form form = application_form_blank();
	struct f1_print print = { 0 };
	bool ticked = true;

	(void)state;
	form.items = (struct texts){ 2, codes };
	struct paper paper = form_f1_paper(&arena, &form, &print, 0);
	marks = 0;
	paper_texts(&paper, mark_count, &ticked);
	assert_int_equal(marks, 2);
	ticked = false;
	marks = 0;
	paper_texts(&paper, mark_count, &ticked);
	assert_int_equal(marks, 5);
}

static void odt_is_the_same_twice_and_begins_with_its_type(void **state)
{
	struct paper paper = small();
	struct buf one = buf_on(&arena), two = buf_on(&arena);

	(void)state;
	assert_int_equal(paper_odt(&paper, &one), OK);
	assert_int_equal(paper_odt(&paper, &two), OK);
	assert_true(str_eq(buf_str(&one), buf_str(&two)));
	assert_true(str_starts(str_slice(buf_str(&one), 30, 100),
	                       STR("mimetypeapplication/vnd.oasis.opendocument.text")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_packed_unpacks_to_the_same),
		cmocka_unit_test(every_cut_is_refused),
		cmocka_unit_test(words_beyond_their_list_are_refused),
		cmocka_unit_test(a_grid_with_a_hole_is_refused),
		cmocka_unit_test(cells_one_over_the_other_are_refused),
		cmocka_unit_test(control_characters_are_refused),
		cmocka_unit_test(letters_too_small_and_pages_too_narrow_are_refused),
		cmocka_unit_test(private_characters_are_named_once),
		cmocka_unit_test(every_typed_field_changes_the_paper),
		cmocka_unit_test(as_many_marks_as_items),
		cmocka_unit_test(odt_is_the_same_twice_and_begins_with_its_type),
	};

	arena = arena_open(256 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
