/* Lists of leave and overtime: against them questions at odd times are judged (DOMAIN M07, M08). */
#include "law/import_walk.h"

enum { MINUTES_A_DAY = 24 * 60, LEAVE_DAYS_MAX = 366 };

/* Two digits at a place, or -1. */
static int two_digits(struct str text, size_t at)
{
	char tens = text.at[at], ones = text.at[at + 1];

	return tens < '0' || tens > '9' || ones < '0' || ones > '9' ? -1 : (tens - '0') * 10 + (ones - '0');
}

int64_t minute_read(struct str text)
{
	bool parted = text.len == 5 && text.at[2] == ':';

	if (text.len != 4 && !parted)
		return -1;
	int hour = two_digits(text, 0), minute = two_digits(text, text.len - 2);
	int all = hour * 60 + minute;
	return hour < 0 || minute < 0 || minute > 59 || all > MINUTES_A_DAY ? -1 : all;
}

static bool person_checked(struct import_walk *walk, const struct fact_row *row)
{
	if (!row->subject.number_valid)
		row_problem_add(walk, row, STR("id_no"), "The identity number is not valid.");
	else if (!row->subject.person.n)
		row_problem_add(walk, row, STR("id_no"), "Nobody is registered under this number.");
	return row->subject.number_valid && row->subject.person.n;
}

void check_leave(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_leave *new = &row->row.leave;

	if (!person_checked(walk, row))
		return;
	if (new->last_day.day < new->first_day.day)
		row_problem_add(walk, row, STR("last_day"), "The end lies before the beginning.");
	if (new->last_day.day - new->first_day.day >= LEAVE_DAYS_MAX)
		row_problem_add(walk, row, STR("last_day"), "Leave of more than a year is a change of duty.");
	if ((*seen_number(walk, "l %.*s %d", STR_FMT(row->subject.tag), new->first_day.day))++)
		row_problem_add(walk, row, STR("first_day"), "The same row stands further up in this list.");
}

/* Overtime explains questions outside the hours of the office, so nobody enters his own. */
void check_overtime(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_overtime *new = &row->row.overtime;
	int64_t from = minute_read(new->from_time), to = minute_read(new->to_time);

	if (!person_checked(walk, row))
		return;
	if (is_me(walk->facts, row->subject.person))
		row_problem_add(walk, row, STR("id_no"), "Nobody enters overtime of his own.");
	if (from < 0)
		row_problem_add(walk, row, STR("from_time"), "Write the time as 18:30.");
	if (to < 0)
		row_problem_add(walk, row, STR("to_time"), "Write the time as 18:30.");
	if (from >= 0 && to >= 0 && to <= from)
		row_problem_add(walk, row, STR("to_time"), "The end lies before the beginning.");
	if ((*seen_number(walk, "o %.*s %d %lld", STR_FMT(row->subject.tag), new->day.day, (long long)from))++)
		row_problem_add(walk, row, STR("day"), "The same row stands further up in this list.");
}
