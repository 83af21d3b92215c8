/* Which days of a trip are absent, and how many days of the window remain. */
#include "law/residence_parts.h"

/* How far the first and last absent day lie from the day of exit and the day of entry. */
static const struct { int32_t after_exit, after_entry; } edges[CONVENTION_COUNT] = {
	[CONVENTION_A] = { 0, -1 },
	[CONVENTION_B] = { 1, 0 },
	[CONVENTION_C] = { 1, -1 },
	[CONVENTION_D] = { 0, 0 },
};

struct residence_window residence_absent(const struct residence_trip *trip,
                                         enum residence_convention convention,
                                         bool same_day_is_absent)
{
	struct residence_window absent = { { INT32_MIN }, { INT32_MAX } };
	bool has_out = !date_is_none(trip->out), has_in = !date_is_none(trip->in);

	if (same_day_is_absent && has_out && has_in && trip->out.day == trip->in.day)
		return (struct residence_window){ trip->out, trip->out };
	if (has_out)
		absent.first = date_add(trip->out, edges[convention].after_exit);
	if (has_in)
		absent.last = date_add(trip->in, edges[convention].after_entry);
	return absent;
}

int32_t residence_days_count(const struct residence_trips *trips, struct residence_window window,
                             enum residence_convention convention, bool same_day_is_absent)
{
	int32_t days = residence_window_days(window);
	struct date next = window.first; /* the first day that no earlier trip has taken */

	for (size_t i = 0; i < trips->count; i++) {
		struct residence_window absent =
			residence_absent(&trips->at[i], convention, same_day_is_absent);
		struct date from = date_later(absent.first, next), to = date_sooner(absent.last, window.last);
		if (to.day < from.day)
			continue;
		days -= to.day - from.day + 1;
		next = date_add(to, 1);
	}
	return days;
}
