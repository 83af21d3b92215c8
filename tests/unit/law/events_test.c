#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/crypto.h"
#include "law/commands.h"
#include "law/events.h"
#include "law/imports.h"
#include "law/sheets.h"

/* Fills every member, so that each kind is encoded with all it can hold. */
static void fill(struct arena *arena, const struct record_spec *spec, void *record)
{
	static const char *const forms[] = {
		[FIELD_TEXT] = "text \"quoted\"", [FIELD_INT] = "-42", [FIELD_BOOL] = "true",
		[FIELD_DATE] = "2026-11-23", [FIELD_TIME] = "2026-11-23T08:30:00.125Z",
		[FIELD_TEXTS] = "a,b", [FIELD_ENTRY] = "17", [FIELD_PERSON] = "00000000deadbeef",
		[FIELD_DOCUMENT] = "0123456789abcdef:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	};
	const char *why;

	for (size_t i = 0; i < spec->count; i++) {
		const struct field_spec *field = &spec->fields[i];
		struct str text = field->kind == FIELD_WORD ? field->words->words[1].code
		                                            : str_from(forms[field->kind]);
		assert_int_equal(record_set(arena, field, str_slice(text, 0, field->max_bytes), DATE_NONE, record, &why), OK);
	}
}

static void every_kind_round_trips(void **state)
{
	struct arena arena = arena_open(1 << 24);

	(void)state;
	for (int kind = 1; kind < EVENT_KIND_COUNT; kind++) {
		struct event event = event_new((enum event_kind)kind), again;
		fill(&arena, event_spec(event.kind), event_body(&event));
		event.at_ms = 1763886600125;
		memset(event.salt, kind, sizeof event.salt);
		event.session.n = 5;
		event.request = STR("AAAAAAAAAAAAAAAAAAAAAA");
		event.content = STR("BBBBBBBBBBBBBBBBBBBBBB");
		if (kind % 2)
			assert_int_equal(document_read(STR("0123456789abcdef:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
			                               &event.signature), OK);
		struct str entry = event_encode(&arena, &event);
		assert_int_equal(event_decode(&arena, entry, &again), OK);
		assert_true(str_eq(event_encode(&arena, &again), entry));
		assert_int_equal(event_find(event_spec(event.kind)->name), kind);
	}
	arena_close(&arena);
}

static void other_spellings_are_refused(void **state)
{
	static const char good[] = "{\"v\":1,\"at\":\"2026-11-23T08:30:00.125Z\",\"kind\":\"clock_stepped\","
		"\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"clock\":\"2026-11-23T08:00:00.000Z\"}";
	static const char *const bad[] = {
		"", "{}", "[]", "{\"v\":2,\"at\":\"2026-11-23T08:30:00.125Z\"}",
		"{\"v\":1, \"at\":\"2026-11-23T08:30:00.125Z\",\"kind\":\"clock_stepped\",\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"clock\":\"2026-11-23T08:00:00.000Z\"}",
		"{\"v\":1,\"at\":\"2026-11-23T08:30:00.125Z\",\"kind\":\"clock_stepped\",\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\"}",
		"{\"v\":1,\"at\":\"2026-11-23T08:30:00.125Z\",\"kind\":\"clock_stepped\",\"salt\":\"AAAAAAAAAAAAAAAAAAAAAB\",\"clock\":\"2026-11-23T08:00:00.000Z\"}",
		"{\"v\":1,\"at\":\"2026-11-23T08:30:00.125Z\",\"kind\":\"clock_stepped\",\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"clock\":\"2026-11-23T08:00:00.000Z\",\"extra\":1}",
		"{\"v\":1,\"at\":\"2026-11-23T08:30:00.125Z\",\"kind\":\"unheard_of\",\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\"}",
	};
	struct arena arena = arena_open(1 << 20);
	struct event event;

	(void)state;
	assert_int_equal(event_decode(&arena, str_from(good), &event), OK);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_not_equal(event_decode(&arena, str_from(bad[i]), &event), OK);
	arena_close(&arena);
}

static void no_entry_can_hold_a_secret(void **state)
{
	(void)state;
	for (int kind = 1; kind < EVENT_KIND_COUNT; kind++)
		for (size_t i = 0; i < event_spec((enum event_kind)kind)->count; i++)
			assert_int_not_equal(event_spec((enum event_kind)kind)->fields[i].kind, FIELD_SECRET);
}

static void commands_tell_what_is_wrong(void **state)
{
	const struct pair pairs[] = {
		{ STR("case_no"), STR("113-0041") }, { STR("purpose"), STR("curiosity") },
		{ STR("anchor_date"), STR("131231") }, { STR("colour"), STR("red") }, { STR("case_no"), STR("x") },
	};
	struct arena arena = arena_open(1 << 20);
	struct problem problems[PROBLEMS_MAX];
	struct command command;
	size_t count;

	(void)state;
	assert_false(command_read(&arena, COMMAND_ask, pairs, ARRAY_LEN(pairs), (struct date){ 20781 }, &command, problems, &count));
	assert_int_equal(count, 8); /* purpose, anchor, colour, twice; subject, basis, item, range missing */
	arena_close(&arena);
}

static void every_table_has_its_rows(void **state)
{
	(void)state;
	for (int kind = 1; kind < import_kind_end; kind++)
		assert_true(str_eq(import_spec((enum import_kind)kind)->name, word_code(&import_kind_words, kind)));
	for (int kind = 1; kind < SHEET_KIND_COUNT; kind++)
		assert_true(sheet_spec((enum sheet_kind)kind)->column_count > 0);
	for (int kind = 1; kind < COMMAND_KIND_COUNT; kind++)
		assert_int_equal(command_find(command_spec((enum command_kind)kind)->record.name), kind);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_round_trips),
		cmocka_unit_test(other_spellings_are_refused),
		cmocka_unit_test(no_entry_can_hold_a_secret),
		cmocka_unit_test(commands_tell_what_is_wrong),
		cmocka_unit_test(every_table_has_its_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
