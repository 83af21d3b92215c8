#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/clause.h"
#include "law/refusals.h"

static void clauses_are_cited_as_the_guideline_counts(void **state)
{
	static const struct { const char *rule, *cited; } cases[] = {
		{ "G1", "要點第一點" },           { "G3.4b", "要點第三點第四款" },
		{ "G4.1.3", "要點第四點第一款第三目" }, { "F1.id_no", "附表一" },
		{ "F2.item3", "附表二" },         { "F9", "" },
		{ "X18", "" },                    { "login.max_failures", "" },
		{ "G", "" },                      { "Gx", "" },
		{ "G3.4.1.2", "" },               { "", "" },
		{ "G3-4", "" },
	};
	struct arena arena = arena_open(1 << 16);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str cited = clause_citation(&arena, str_from(cases[i].rule));
		assert_true(str_is(cited, cases[i].cited));
	}
	arena_close(&arena);
}

static void every_clause_that_refuses_can_be_cited(void **state)
{
	struct arena arena = arena_open(1 << 16);

	(void)state;
	for (int refusal = 1; refusal < REFUSAL_COUNT; refusal++) {
		struct str rule = str_from(refusal_spec((enum refusal)refusal)->rule);
		if (str_starts(rule, STR("G")) || str_starts(rule, STR("F")))
			assert_true(clause_citation(&arena, rule).len > 0);
	}
	arena_close(&arena);
}

/* What a person is told must lead somewhere: to a clause, a parameter that exists, a decision or a control. */
static void every_rule_that_refuses_says_what_it_is(void **state)
{
	struct arena arena = arena_open(1 << 16);

	(void)state;
	for (int refusal = 1; refusal < REFUSAL_COUNT; refusal++) {
		struct str rule = str_from(refusal_spec((enum refusal)refusal)->rule);
		assert_true(clause_citation(&arena, rule).len > 0 || rule_label(rule)[0]);
	}
	assert_string_equal(rule_label(STR("query.colour")), "");
	assert_string_equal(rule_label(STR("G3.4b")), "");
	arena_close(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clauses_are_cited_as_the_guideline_counts),
		cmocka_unit_test(every_clause_that_refuses_can_be_cited),
		cmocka_unit_test(every_rule_that_refuses_says_what_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
