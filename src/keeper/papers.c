#include "keeper/papers.h"

#include "keeper/facts_parts.h"
#include "keeper/people.h"
#include "paper/roster.h"

static struct str roc(struct act *act, struct date date)
{
	return str_copy(act->arena, str_from(date_is_none(date) ? "" : date_roc(date).text));
}

static struct str number(struct act *act, uint64_t n)
{
	return str_printf(act->arena, "%llu", (unsigned long long)n);
}

static enum fail fill_appointment(struct act *act, struct paper *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	uint64_t entry = act->command.print_paper.about.n;
	struct person_shown shown;
	int duty;

	TRY(store_ask(act->keeper->tables, TABLES_print_appointment, VALUES(VALUE_INT("about", entry)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows) ? rows_fail(&rows) : FAIL_NOT_FOUND;
	TRY(person_show(act, (struct person_id){ (uint64_t)rows_i64(&rows, 0) }, &shown));
	TRY(row_word(&rows, 2, &duty_words, &duty));
	const struct appointment appointment = {
		.office = rows_copy(&rows, 1, act->arena), .name = shown.details.name,
		.title = str_printf(act->arena, "%.*s%.*s", STR_FMT(shown.details.unit), STR_FMT(shown.details.title)),
		.duty = str_from(word_zh(&duty_words, duty)), .deputy = rows_i64(&rows, 3),
		.from = roc(act, row_date(&rows, 4)), .until = roc(act, row_date(&rows, 5)),
		.ground = rows_copy(&rows, 6, act->arena), .letter_no = rows_copy(&rows, 7, act->arena),
		.entry = number(act, entry),
	};
	*out = appointment_paper(act->arena, &appointment, act->facts.now_ms);
	return rows_fail(&rows);
}

static enum fail (*const fills[])(struct act *act, struct paper *out) = {
	[PRINTED_APPOINTMENT] = fill_appointment,
};
static_assert(ARRAY_LEN(fills) == printed_paper_end, "every paper is filled");

enum fail paper_fill(struct act *act, struct paper *out)
{
	return fills[act->command.print_paper.printed_paper](act, out);
}
