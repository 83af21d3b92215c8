/* What the keeper answered: told in full when it is not what a test expects. */
#ifndef YOUJU_TESTS_OUTCOME_H
#define YOUJU_TESTS_OUTCOME_H

#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static inline void outcome_is(const struct message *reply, const char *outcome, const char *refusal)
{
	assert_non_null(reply);
	struct str got = message_get(reply, "outcome"), why = message_get(reply, "refusal");
	if (!str_is(got, outcome) || !str_is(why, refusal)) {
		for (size_t i = 0; i < reply->head_count; i++)
			print_message("# %.*s = %.*s\n", STR_FMT(reply->head[i].name), STR_FMT(reply->head[i].text));
		for (size_t s = 0; s < reply->sheet_count; s++)
			for (size_t c = 0; c < reply->sheets[s].row_count * reply->sheets[s].column_count; c++)
				print_message("# %.*s\n", STR_FMT(reply->sheets[s].cells[c]));
	}
	assert_true(str_is(got, outcome));
	assert_true(str_is(why, refusal));
}

#endif
