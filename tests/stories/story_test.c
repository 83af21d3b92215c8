/* How stories are read and understood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/file.h"
#include "steps.h"

#include <cmocka.h>

static enum fail read_text(struct arena *arena, const char *text, struct stories *out, struct str *why)
{
	char path[] = "/tmp/youju-story-XXXXXX";
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");

	fputs(text, file);
	fclose(file);
	*out = (struct stories){ 0 };
	enum fail fail = stories_read(arena, path, out, why);
	remove(path);
	return fail;
}

static void a_story_is_read_sentence_by_sentence(void **state)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 22);
	struct stories stories;
	struct str why;

	(void)state;
	assert_int_equal(read_text(&arena, "# remark\nstory: G1  a name\n given a\n when   b  c\n  | x | y |\n"
	                                   "  | 1 | |\n and d\n then e\n", &stories, &why), OK);
	assert_int_equal(stories.count, 1);
	assert_true(str_is(stories.at[0]->name, "G1 a name"));
	assert_int_equal(stories.at[0]->count, 4);
	assert_true(str_is(stories.at[0]->at[1].text, "b c"));
	assert_true(str_is(stories.at[0]->at[1].rows, "x,y\n1,\n"));
	assert_int_equal(stories.at[0]->at[2].word, WORD_WHEN);
	assert_int_equal(stories.at[0]->at[3].line, 8);
}

static void a_wrong_line_is_named(void **state)
{
	static const char *const wrong_texts[] = {
		"when a\n", "story:\n", "story: x\nand a\n", "story: x\nnonsense\n", "| a |\n", "story: x\n\n| a |\n",
	};
	AUTO(arena_close) struct arena arena = arena_open(1 << 22);
	struct stories stories;
	struct str why;
	size_t at;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong_texts); i++) {
		assert_int_equal(read_text(&arena, wrong_texts[i], &stories, &why), FAIL_SYNTAX);
		assert_true(str_find(why, STR(":"), &at));
	}
}

static void a_pattern_takes_the_least_words(void **state)
{
	struct slots slots;

	(void)state;
	assert_true(pattern_match(STR("{who} asks {range} for party {subject} of {case_no}"),
	                          STR("mei asks residence for party 1 of 113-0041"), &slots));
	assert_true(str_is(slot_get(&slots, "case_no"), "113-0041"));
	assert_true(pattern_match(STR("{a} of {b}"), STR("x of y of z"), &slots));
	assert_true(str_is(slot_get(&slots, "a"), "x"));
	assert_true(str_is(slot_get(&slots, "b"), "y of z"));
	assert_false(pattern_match(STR("{a} of {b}"), STR("of y"), &slots));
	assert_false(pattern_match(STR("granted"), STR("granted now"), &slots));
	assert_false(pattern_match(STR("{a}"), STR(""), &slots));
}

static void clauses_end_at_commas_outside_quotes(void **state)
{
	struct str rest = STR("main, saying \"a, b\", log +1");

	(void)state;
	assert_true(str_is(clause_take(&rest), "main"));
	assert_true(str_is(clause_take(&rest), "saying \"a, b\""));
	assert_true(str_is(clause_take(&rest), "log +1"));
	assert_int_equal(rest.len, 0);
}

static void every_sentence_of_every_story_is_known(void **state)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 24);
	const char *folder = getenv("STORIES");
	struct str names, name;
	struct stories stories = { 0 };
	struct str why;

	(void)state;
	assert_non_null(folder);
	names = str_from(getenv("STORY_FILES"));
	while (str_cut(&names, ' ', &name))
		assert_int_equal(stories_read(&arena, str_printf(&arena, "%s/%.*s", folder, STR_FMT(name)).at,
		                              &stories, &why), OK);
	assert_true(stories.count > 50);
	for (size_t i = 0; i < stories.count; i++)
		for (size_t k = 0; k < stories.at[i]->count; k++)
			if (!step_is_known(&stories.at[i]->at[k]))
				fail_msg("%s:%zu is no known sentence", stories.at[i]->file, stories.at[i]->at[k].line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_story_is_read_sentence_by_sentence),
		cmocka_unit_test(a_wrong_line_is_named),
		cmocka_unit_test(a_pattern_takes_the_least_words),
		cmocka_unit_test(clauses_end_at_commas_outside_quotes),
		cmocka_unit_test(every_sentence_of_every_story_is_known),
	};

	crypto_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
