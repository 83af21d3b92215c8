/* From which date on the answer would be another, if nobody crosses the border any more. */
#include "law/residence_parts.h"

struct outlook {
	bool holds;       /* in each of the years */
	int32_t distance; /* at least so many days must be won or lost before that changes; >= 1 */
};

static struct outlook outlook_at(struct residence_question ask, struct date anchor,
                                 const struct residence_rules *rules,
                                 const struct residence_trips *trips)
{
	struct outlook outlook = { true, INT32_MAX };
	int32_t needed = rules->threshold_days + (rules->at_least ? 0 : 1);

	ask.anchor = anchor;
	for (size_t year = 0; year < (size_t)rules->years; year++) {
		struct residence_window window =
			residence_year_window(&ask, rules->window, rules->fixed_days, year);
		window = residence_window_from_birth(window, ask.born);
		int32_t days = residence_days_count(trips, window, rules->convention,
		                                    rules->same_day_is_absent);
		int32_t distance = days >= needed ? days - needed + 1 : needed - days;
		outlook.holds = outlook.holds && days >= needed;
		outlook.distance = distance < outlook.distance ? distance : outlook.distance;
	}
	return outlook;
}

/* When the anchor moves by k days, the start of a window moves by k and at most one more (29 Feb), so
 * that the count changes by at most k + 1: nearer dates need not be looked at. */
static int32_t stride(struct outlook outlook)
{
	return outlook.distance > 2 ? outlook.distance - 1 : 1;
}

struct date residence_flip(const struct residence_question *ask, const struct residence_rules *rules,
                           const struct residence_history *history,
                           const struct residence_trips *trips)
{
	if (date_is_none(ask->anchor))
		return DATE_NONE;
	struct residence_window oldest = residence_year_window(ask, rules->window, rules->fixed_days,
	                                                       (size_t)rules->years - 1);
	struct outlook now = outlook_at(*ask, ask->anchor, rules, trips), then = now;
	/* Once every window lies behind the last row, nothing moves any more. */
	struct date settled = ask->anchor;
	if (history->count)
		settled = date_later(settled, history->rows[history->count - 1].date);
	settled = date_sooner(settled, date_add(ask->anchor, RESIDENCE_MAX_WINDOW));
	struct date end = date_add(settled, ask->anchor.day - oldest.first.day + 2);

	for (struct date at = date_add(ask->anchor, stride(now)); at.day <= end.day;
	     at = date_add(at, stride(then))) {
		then = outlook_at(*ask, at, rules, trips);
		if (then.holds != now.holds)
			return at;
	}
	return DATE_NONE;
}
