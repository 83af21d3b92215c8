/* Plans as the keeper makes them, for the tests of the room. */
#ifndef YOUJU_TESTS_SOURCE_ASKING_H
#define YOUJU_TESTS_SOURCE_ASKING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source/local.h"

static inline struct date on(const char *iso)
{
	struct date date;

	assert_int_equal(date_parse_iso(str_from(iso), &date), OK);
	return date;
}

static const char ANCHOR[] = "20261123";

static inline struct residence_question question_at_anchor(void)
{
	struct residence_question ask = residence_question_empty();

	ask.anchor = on(ANCHOR);
	ask.person = PERSON_REGISTERED;
	return ask;
}

static inline struct source_plan plan_for(const char *number, enum item item, enum query_range range)
{
	struct residence_question ask = question_at_anchor();
	struct residence_rules rules = residence_rules_default();
	struct residence_span span = residence_span_of(&ask, &rules);
	struct source_plan plan = { .item = item, .range = range, .number_count = 1, .name = STR(""),
		                        .born = DATE_NONE, .look_back = span.look_back,
		                        .first = span.first, .last = span.last, .patience_ms = 5000 };

	plan.numbers[0] = (struct source_number){ NUMBER_NATIONAL, str_from(number) };
	plan.columns = range == RANGE_RESIDENCE ? columns_starred(columns_of(item))
	                                        : columns_all(columns_of(item));
	plan.asked_at_ms = date_local_start_ms(ask.anchor) + 9 * 3600 * 1000;
	return plan;
}

#endif
