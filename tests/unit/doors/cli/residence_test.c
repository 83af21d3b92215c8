#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "doors/cli/residence_line.h"
#include "doors/cli/residence_verb.h"

static void assert_answer(const char *line, bool full, const char *expected)
{
	struct arena arena = arena_open(RESIDENCE_LINE_ARENA_BYTES);
	struct buf out = buf_on(&arena);

	residence_line_answer(&arena, str_from(line), full, &out);
	assert_string_equal(str_c(&arena, buf_str(&out)), expected);
	arena_close(&arena);
}

static void answers_have_the_stable_members(void **state)
{
	(void)state;
	assert_answer("{\"id\":\"E15\",\"rows\":[[\"20090201\",\"out\"],[\"20090802\",\"in\"]],"
	              "\"anchor\":\"20091230\",\"coverage\":\"all\",\"person\":\"registered_national\","
	              "\"data_as_of\":\"20091230\",\"parameters\":{\"residence.window\":\"both_ends\"}}",
	              false,
	              "{\"id\":\"E15\",\"verdict\":\"needs_review\",\"provisional\":\"eligible\","
	              "\"days\":{\"A\":184,\"B\":184,\"C\":185,\"D\":183},\"bounds\":[184,184],"
	              "\"reasons\":[\"conventions_disagree\",\"windows_disagree\",\"near_threshold\"],"
	              "\"window\":[\"20081230\",\"20091230\"],\"next_flip\":null}\n");
	assert_answer("{\"id\":13,\"rows\":[[\"20250301\",\"out\"],[\"20250901\",\"out\"],"
	              "[\"20250920\",\"in\"]],\"anchor\":\"20251031\",\"coverage\":\"all\"}",
	              false,
	              "{\"id\":13,\"verdict\":\"needs_review\",\"provisional\":null,"
	              "\"days\":{\"A\":[163,347],\"B\":[163,347],\"C\":[165,348],\"D\":[162,345]},"
	              "\"bounds\":[163,347],\"reasons\":[\"record_conflict\"],"
	              "\"window\":[\"20241031\",\"20251031\"],\"next_flip\":null}\n");
	assert_answer("{\"id\":null,\"rows\":[],\"anchor\":\"20251001\",\"coverage\":\"one_year\","
	              "\"person\":\"registered_national\"}",
	              false,
	              "{\"id\":null,\"verdict\":\"needs_review\",\"provisional\":null,"
	              "\"days\":{\"A\":null,\"B\":null,\"C\":null,\"D\":null},\"bounds\":null,"
	              "\"reasons\":[\"no_state_before_window\"],"
	              "\"window\":[\"20241001\",\"20251001\"],\"next_flip\":null}\n");
}

static void three_years_rest_on_the_worst(void **state)
{
	(void)state;
	assert_answer("{\"id\":\"E20\",\"rows\":[[\"20240101\",\"out\"],[\"20250101\",\"in\"]],"
	              "\"anchor\":\"20250630\",\"coverage\":\"all\",\"parameters\":{"
	              "\"residence.window\":\"end_inclusive\",\"residence.years\":3,"
	              "\"residence.combine\":\"each\"}}",
	              false,
	              "{\"id\":\"E20\",\"verdict\":\"not_eligible\",\"provisional\":\"not_eligible\","
	              "\"days\":{\"A\":181,\"B\":180,\"C\":181,\"D\":180},\"bounds\":[180,180],"
	              "\"reasons\":[],\"window\":[\"20240701\",\"20250630\"],"
	              "\"next_flip\":\"20270704\"}\n");
}

static void the_full_answer_adds_trips_calendar_and_letter(void **state)
{
	(void)state;
	assert_answer("{\"id\":1,\"rows\":[[\"20250102\",\"out\"],[\"20250105\",\"in\"]],"
	              "\"window\":[\"20250101\",\"20250106\"],\"coverage\":\"all\",\"parameters\":{"
	              "\"residence.threshold\":1,\"residence.margin\":0}}",
	              true,
	              "{\"id\":1,\"verdict\":\"eligible\",\"provisional\":\"eligible\","
	              "\"days\":{\"A\":3,\"B\":3,\"C\":4,\"D\":2},\"bounds\":[3,3],\"reasons\":[],"
	              "\"window\":[\"20250101\",\"20250106\"],\"next_flip\":null,"
	              "\"rule\":\"residence/1 op=gt threshold=1 window=both_ends anchor=asked "
	              "convention=B same_day=by_convention check_conventions=A,B,C,D "
	              "check_windows=both_ends,end_inclusive,end_exclusive margin=0 years=1 combine=each "
	              "lookback_days=730 no_row=review stale=bounds newborn=review\",\"data_as_of\":null,"
	              "\"years\":[{\"verdict\":\"eligible\",\"provisional\":\"eligible\","
	              "\"days\":{\"A\":3,\"B\":3,\"C\":4,\"D\":2},\"bounds\":[3,3],\"reasons\":[],"
	              "\"window\":[\"20250101\",\"20250106\"],\"window_days\":6}],"
	              "\"trips\":[[\"20250102\",\"20250105\",3]],\"calendar\":\"RRAAAR\","
	              "\"letter\":\"經查入出境紀錄，自114年1月1日至114年1月6日止（計6日），居住國內計3日，"
	              "已超過1日，符合規定。（計日方式：出境當日計入、入境當日不計入居住國內日數；"
	              "計算規則及版本：residence/1）\"}\n");
}

static void wrong_lines_are_explained(void **state)
{
	static const struct { const char *line, *answer; } rows[] = {
		{ "nothing", "{\"id\":null,\"error\":\"line: this is not a JSON object on one line\"}\n" },
		{ "[1]", "{\"id\":null,\"error\":\"line: this is not a JSON object on one line\"}\n" },
		{ "{\"id\":1}", "{\"id\":1,\"error\":\"anchor: give either an anchor or a window\"}\n" },
		{ "{\"id\":1,\"anchor\":\"20250101\"}",
		  "{\"id\":1,\"error\":\"rows: give the list of rows, [] when there are none\"}\n" },
		{ "{\"anchor\":\"20250230\",\"id\":\"x\"}",
		  "{\"id\":\"x\",\"error\":\"anchor: write a date that exists, as \\\"20241231\\\" or "
		  "\\\"2024-12-31\\\"\"}\n" },
		{ "{\"anchor\":\"00010101\"}",
		  "{\"id\":null,\"error\":\"anchor: the date lies outside 1912-01-01 to 2199-12-31\"}\n" },
		{ "{\"data_asof\":\"20250101\"}",
		  "{\"id\":null,\"error\":\"data_asof: there is no member of this name\"}\n" },
		{ "{\"rows\":[[\"20250101\",\"up\"]]}",
		  "{\"id\":null,\"error\":\"rows: the direction of a row is \\\"out\\\" or \\\"in\\\"\"}\n" },
		{ "{\"window\":[\"20250102\",\"20250101\"]}",
		  "{\"id\":null,\"error\":\"window: the window has 1 to 1098 days, the first day first\"}\n" },
		{ "{\"parameters\":{\"residence.margin\":16}}",
		  "{\"id\":null,\"error\":\"parameters: residence.margin is 0 to 15 days.\"}\n" },
		{ "{\"parameters\":{\"residence.magic\":1}}",
		  "{\"id\":null,\"error\":\"parameters: There is no residence parameter of this name.\"}\n" },
		{ "{\"rows\":[],\"window\":[\"20250101\",\"20250102\"],\"parameters\":{\"residence.years\":3}}",
		  "{\"id\":null,\"error\":\"window: three years are counted from an anchor\"}\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_answer(rows[i].line, false, rows[i].answer);
}

static void unusual_values_never_stop_the_program(void **state)
{
	static const char *const lines[] = {
		"{\"rows\":{},\"id\":{}}", "{\"doubts\":7}", "{\"doubts\":[7]}", "{\"doubts\":[\"x\"]}",
		"{\"rows\":[[]]}", "{\"rows\":[[1,2]]}", "{\"person\":3}", "{\"coverage\":null}",
		"{\"window\":3}", "{\"parameters\":[]}", "{\"parameters\":{\"residence.op\":{}}}",
		"{\"parameters\":{\"residence.op\":[3]}}", "{\"registration_live\":1}", "{\"born\":1}", "{}",
		"{\"id\":1,\"id\":2}", "\xff", "{\"id\":\"\xff\"}",
	};
	struct arena arena = arena_open(RESIDENCE_LINE_ARENA_BYTES);
	struct buf out = buf_on(&arena);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		assert_false(residence_line_answer(&arena, str_from(lines[i]), true, &out));
		assert_true(str_find(buf_str(&out), STR("\"error\":\""), &(size_t){ 0 }));
		buf_empty(&out);
	}
	arena_close(&arena);
}

/* A line of the longest kind with the most values must fit the arena. */
static void the_longest_line_fits(void **state)
{
	static char line[RESIDENCE_LINE_MAX_BYTES + 1];
	struct arena arena = arena_open(RESIDENCE_LINE_ARENA_BYTES);
	struct buf out = buf_on(&arena);
	static const char *const fills[] = { "0,", "[],", "{}," };

	(void)state;
	for (size_t f = 0; f < ARRAY_LEN(fills); f++) {
		size_t step = strlen(fills[f]), len = (size_t)sprintf(line, "{\"rows\":[");
		while (len + step + 8 < sizeof line) {
			memcpy(line + len, fills[f], step);
			len += step;
		}
		strcpy(line + len - 1, "]}");
		assert_false(residence_line_answer(&arena, str_from(line), false, &out));
		arena_empty(&arena);
		out = buf_on(&arena);
	}
	arena_close(&arena);
}

/* Runs the verb with its output thrown away: standard output belongs to the test protocol. */
static int verb_quietly(int argc, char **argv)
{
	fflush(stdout);
	int kept = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY);
	assert_true(kept >= 0 && nowhere >= 0);
	dup2(nowhere, STDOUT_FILENO);
	int status = verb_residence(argc, argv);
	fflush(stdout);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	close(nowhere);
	return status;
}

static void the_verb_reads_files(void **state)
{
	static const char lines[] = "\n{}\n{\"rows\":[],\"anchor\":\"20250101\"}";
	char path[] = "/tmp/youju-residence-XXXXXX";
	char *arguments[] = { "residence", path }, *wrong[] = { "residence", "--nothing" };
	char *missing[] = { "residence", "/nonexistent/file" };
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_true(write(fd, lines, strlen(lines)) == (ssize_t)strlen(lines));
	close(fd);
	assert_int_equal(verb_quietly(2, arguments), 0);
	assert_int_equal(verb_quietly(2, wrong), 2);
	assert_int_equal(verb_quietly(2, missing), 1);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_have_the_stable_members),
		cmocka_unit_test(three_years_rest_on_the_worst),
		cmocka_unit_test(the_full_answer_adds_trips_calendar_and_letter),
		cmocka_unit_test(wrong_lines_are_explained),
		cmocka_unit_test(unusual_values_never_stop_the_program),
		cmocka_unit_test(the_longest_line_fits),
		cmocka_unit_test(the_verb_reads_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
