#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "doors/api/api.h"
#include "law/sheets.h"

static struct arena arena;
static struct json whole;

static const struct json *path(const char *folder, struct str name)
{
	return json_member(json_member(&whole, STR("paths")),
	                   str_printf(&arena, "/api/v1/%s/%.*s", folder, STR_FMT(name)));
}

static void every_command_of_people_is_described(void **state)
{
	(void)state;
	for (int kind = 1; kind < COMMAND_KIND_COUNT; kind++) {
		const struct command_spec *spec = command_spec((enum command_kind)kind);
		const struct json *at = path("commands", spec->record.name);
		assert_int_equal(at != NULL, spec->door == DOOR_PEOPLE);
		if (at)
			assert_non_null(json_member(at, STR("post")));
	}
}

static void every_sheet_is_described(void **state)
{
	(void)state;
	for (int kind = 1; kind < SHEET_KIND_COUNT; kind++) {
		const struct json *at = path("sheets", sheet_spec((enum sheet_kind)kind)->name);
		assert_non_null(at);
		assert_non_null(json_member(at, STR("get")));
		assert_non_null(json_member(at, STR("post")));
	}
}

static void it_is_openapi_3_1_and_made_once(void **state)
{
	(void)state;
	assert_true(str_is(json_text(&whole, STR("openapi")), "3.1.0"));
	assert_ptr_equal(openapi_text().at, openapi_text().at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_of_people_is_described),
		cmocka_unit_test(every_sheet_is_described),
		cmocka_unit_test(it_is_openapi_3_1_and_made_once),
	};

	arena = arena_open(64 << 20);
	if (json_read(&arena, openapi_text(), &whole) != OK)
		return 1;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
