/* The trips and the calendar: what a person needs to check the count by hand. */
#include "law/residence_parts.h"

enum { TRIP_ABSENT = 1, TRIP_PRESENT = 2 }; /* what some reading says about a day */

/* Marks for each day of the table what one reading says. */
static void days_mark(const struct residence_table *table, const struct residence_trips *trips,
                      const struct residence_rules *rules, uint8_t *marks)
{
	struct date next = table->window.first;

	for (size_t i = 0; i < trips->count; i++) {
		struct residence_window absent =
			residence_absent(&trips->at[i], rules->convention, rules->same_day_is_absent);
		struct date from = date_later(absent.first, next);
		struct date to = date_sooner(absent.last, table->window.last);
		for (; next.day < from.day && next.day <= table->window.last.day; next.day++)
			marks[next.day - table->window.first.day] |= TRIP_PRESENT;
		for (; next.day <= to.day; next.day++)
			marks[next.day - table->window.first.day] |= TRIP_ABSENT;
	}
	for (; next.day <= table->window.last.day; next.day++)
		marks[next.day - table->window.first.day] |= TRIP_PRESENT;
}

/* From marks to what is told of each day. */
static void days_name(struct residence_table *table, struct date born)
{
	static const uint8_t named[] = {
		[0] = DAY_DOUBTFUL, [TRIP_ABSENT] = DAY_ABSENT, [TRIP_PRESENT] = DAY_RESIDENT,
		[TRIP_ABSENT | TRIP_PRESENT] = DAY_DOUBTFUL,
	};

	for (size_t i = 0; i < table->day_count; i++)
		table->days[i] = named[table->days[i]];
	if (date_is_none(born))
		return;
	for (size_t i = 0; i < table->day_count && table->window.first.day + (int32_t)i < born.day; i++)
		table->days[i] = DAY_UNBORN;
}

static void crossings_mark(struct residence_table *table, const struct residence_history *history)
{
	for (size_t i = 0; i < history->count; i++) {
		const struct residence_row *row = &history->rows[i];
		if (row->date.day >= table->window.first.day && row->date.day <= table->window.last.day)
			table->crossings[row->date.day - table->window.first.day] |=
				(uint8_t)(1u << row->direction);
	}
}

static bool trip_touches(const struct residence_trip *trip, struct residence_window window)
{
	bool begins_after = !date_is_none(trip->out) && trip->out.day > window.last.day;
	bool ends_before = !date_is_none(trip->in) && trip->in.day < window.first.day;

	return !begins_after && !ends_before;
}

/* Each trip with the absent days that no earlier trip has taken already. */
static void trips_list(struct residence_table *table, const struct residence_trips *trips,
                       const struct residence_rules *rules, struct date born)
{
	struct residence_window lived = residence_window_from_birth(table->window, born);
	struct residence_trips one = { NULL, 1 };

	for (size_t i = 0; i < trips->count; i++) {
		struct residence_trip *trip = &trips->at[i];
		int32_t before = residence_window_days(lived);
		if (!trip_touches(trip, table->window))
			continue;
		one.at = trip;
		trip->absent_days =
			before - residence_days_count(&one, lived, rules->convention,
			                              rules->same_day_is_absent);
		struct date last = residence_absent(trip, rules->convention, rules->same_day_is_absent).last;
		if (trip->absent_days)
			lived.first = date_add(date_sooner(last, lived.last), 1);
		table->trips[table->trip_count++] = *trip;
	}
}

struct residence_table residence_table_make(struct arena *arena, const struct residence_question *ask,
                                            const struct residence_rules *rules, size_t year)
{
	struct residence_history history = residence_history_make(arena, ask->rows, ask->row_count);
	struct residence_table table = {
		.window = residence_year_window(ask, rules->window, rules->fixed_days, year)
	};
	struct date tail = residence_tail(ask, &history, table.window);
	struct residence_trips trips = { NULL, 0 };

	table.day_count = (size_t)residence_window_days(table.window);
	table.days = arena_bytes_of(arena, 1, table.day_count);
	table.crossings = arena_bytes_of(arena, 1, table.day_count);
	for (int reading = 0; reading < READING_COUNT; reading++) {
		trips = residence_history_trips(arena, &history, (enum residence_reading)reading, tail);
		days_mark(&table, &trips, rules, table.days);
	}
	days_name(&table, ask->born);
	crossings_mark(&table, &history);
	table.trips = arena_array(arena, struct residence_trip, trips.count + 1);
	trips_list(&table, &trips, rules, ask->born);
	return table;
}
