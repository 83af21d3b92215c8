/* What the border records say: the order of the rows, whether they can be true, and the trips. */
#include "law/residence_parts.h"

#include <string.h>

/* Stable, so that rows of one date keep the order in which the source gave them. */
static void rows_sort(struct residence_row *rows, struct residence_row *spare, size_t count)
{
	size_t left = count / 2, i = 0, j = left, k = 0;

	if (count < 2)
		return;
	rows_sort(rows, spare, left);
	rows_sort(rows + left, spare, count - left);
	if (rows[left - 1].date.day <= rows[left].date.day)
		return;
	memcpy(spare, rows, count * sizeof *rows);
	while (i < left && j < count)
		rows[k++] = spare[j].date.day < spare[i].date.day ? spare[j++] : spare[i++];
	while (i < left)
		rows[k++] = spare[i++];
	while (j < count)
		rows[k++] = spare[j++];
}

static size_t date_end(const struct residence_row *rows, size_t count, size_t from)
{
	size_t end = from + 1;

	while (end < count && rows[end].date.day == rows[from].date.day)
		end++;
	return end;
}

/* Exits minus entries on one date. */
static int date_balance(const struct residence_row *rows, size_t from, size_t end)
{
	int balance = 0;

	for (size_t i = from; i < end; i++)
		balance += rows[i].direction == DIR_OUT ? 1 : -1;
	return balance;
}

/* Before the first row the person was where its direction starts from. When the first date has as many
 * exits as entries, the next uneven date tells; when there is none, the order in which the rows came. */
static bool starts_inside(const struct residence_row *rows, size_t count)
{
	for (size_t from = 0, end; from < count; from = end) {
		end = date_end(rows, count, from);
		int balance = date_balance(rows, from, end);
		if (balance)
			return balance > 0;
	}
	return rows[0].direction == DIR_OUT;
}

/* Orders the rows of one date by alternation from where the person was at 00:00. Rows that cannot
 * alternate stand side by side afterwards: that is a record conflict. Returns the state at 24:00. */
static bool date_alternate(struct residence_row *rows, size_t from, size_t end, bool inside)
{
	size_t left[direction_end] = { 0 };

	for (size_t i = from; i < end; i++)
		left[rows[i].direction]++;
	for (size_t i = from; i < end; i++) {
		enum direction next = inside ? DIR_OUT : DIR_IN;
		if (!left[next])
			next = next == DIR_OUT ? DIR_IN : DIR_OUT;
		left[next]--;
		rows[i].direction = next;
		inside = next == DIR_IN;
	}
	return inside;
}

struct residence_history residence_history_make(struct arena *arena, const struct residence_row *rows,
                                                size_t count)
{
	struct residence_history history = { .count = count };

	assert(count <= RESIDENCE_MAX_ROWS);
	if (count == 0)
		return history;
	struct residence_row *sorted = arena_array(arena, struct residence_row, 2 * count);
	memcpy(sorted, rows, count * sizeof *sorted);
	rows_sort(sorted, sorted + count, count);
	history.rows = sorted;
	history.starts_inside = starts_inside(sorted, count);
	bool inside = history.starts_inside;
	for (size_t from = 0, end; from < count; from = end) {
		end = date_end(sorted, count, from);
		inside = date_alternate(sorted, from, end, inside);
	}
	return history;
}

bool residence_history_has_conflict(const struct residence_history *history, struct date from,
                                    struct date last)
{
	for (size_t i = 1; i < history->count; i++) {
		const struct residence_row *earlier = &history->rows[i - 1], *later = &history->rows[i];
		if (earlier->direction == later->direction && earlier->date.day <= last.day &&
		    later->date.day >= from.day)
			return true;
	}
	return false;
}

bool residence_history_is_inside(const struct residence_history *history, struct date end_of_day)
{
	bool inside = history->starts_inside;

	for (size_t i = 0; i < history->count && history->rows[i].date.day <= end_of_day.day; i++)
		inside = history->rows[i].direction == DIR_IN;
	return inside;
}

/* The exit that must have happened before this entry, although no row shows it: for the shortest
 * absence on the day of the entry, for the longest on the day of the row before. */
static struct residence_trip trip_without_exit(const struct residence_row *before,
                                               const struct residence_row *entry,
                                               enum residence_reading reading)
{
	struct date out = reading == READING_SHORTEST ? entry->date : before->date;

	return (struct residence_trip){ .out = out, .in = entry->date, .is_completed = true };
}

/* The entry that must have happened between two exits: on the day of the first or of the second. */
static struct residence_trip trip_without_entry(struct date out, const struct residence_row *exit,
                                                enum residence_reading reading)
{
	struct date in = reading == READING_SHORTEST ? out : exit->date;

	return (struct residence_trip){ .out = out, .in = in, .is_completed = true };
}

/* After the tail nothing is known. Shortest: somebody abroad came back on that day, somebody here
 * stayed. Longest: the reverse. */
static void trips_end(struct residence_trips *trips, bool is_out, struct date out,
                      enum residence_reading reading, struct date tail)
{
	struct residence_trip last = { .out = out, .in = DATE_NONE };

	if (!date_is_none(tail) && is_out && reading == READING_SHORTEST) {
		last.in = tail;
		last.is_completed = true;
	}
	if (!date_is_none(tail) && !is_out && reading == READING_LONGEST) {
		last.out = tail;
		last.is_completed = true;
		is_out = true;
	}
	if (is_out)
		trips->at[trips->count++] = last;
}

struct residence_trips residence_history_trips(struct arena *arena,
                                               const struct residence_history *history,
                                               enum residence_reading reading, struct date tail)
{
	struct residence_trips trips = { arena_array(arena, struct residence_trip, history->count + 1),
		                             0 };
	bool is_out = history->count && !history->starts_inside;
	struct date out = DATE_NONE;

	for (size_t i = 0; i < history->count; i++) {
		const struct residence_row *row = &history->rows[i];
		if (row->direction == DIR_OUT && is_out)
			trips.at[trips.count++] = trip_without_entry(out, row, reading);
		if (row->direction == DIR_IN)
			trips.at[trips.count++] = is_out ? (struct residence_trip){ .out = out, .in = row->date }
			                                 : trip_without_exit(row - 1, row, reading);
		is_out = row->direction == DIR_OUT;
		out = row->date;
	}
	trips_end(&trips, is_out, out, reading, tail);
	return trips;
}

void residence_rows_print(struct arena *arena, const struct residence_row *rows, size_t count,
                          struct buf *out)
{
	struct residence_history history = residence_history_make(arena, rows, count);

	for (size_t i = 0; i < history.count; i++)
		buf_printf(out, "%s %.*s\n", date_compact(history.rows[i].date).text,
		           STR_FMT(word_code(&direction_words, (int)history.rows[i].direction)));
}
