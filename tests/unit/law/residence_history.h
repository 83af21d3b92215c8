/* Histories as in the worked examples: "O20240110 I20240311". */
#ifndef YOUJU_TESTS_RESIDENCE_HISTORY_H
#define YOUJU_TESTS_RESIDENCE_HISTORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/residence.h"

static inline struct date on(const char *iso)
{
	struct date date;

	if (!iso || !*iso)
		return DATE_NONE;
	assert_int_equal(date_parse_iso(str_from(iso), &date), OK);
	return date;
}

static inline size_t history_read(const char *text, struct residence_row *out)
{
	struct str rest = str_from(text), word;
	size_t count = 0;

	while (str_cut(&rest, ' ', &word))
		if (word.len) {
			out[count].direction = word.at[0] == 'O' ? DIR_OUT : DIR_IN;
			assert_int_equal(date_parse_iso(str_slice(word, 1, 8), &out[count++].date), OK);
		}
	return count;
}

#endif
