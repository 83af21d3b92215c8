/* What the files of the residence test share among themselves. */
#ifndef YOUJU_LAW_RESIDENCE_PARTS_H
#define YOUJU_LAW_RESIDENCE_PARTS_H

#include "law/residence.h"

/* The rows of one person in the order of time, inside one date by alternation. */
struct residence_history {
	const struct residence_row *rows;
	size_t count;
	bool starts_inside; /* before the first row; meaningless when count is 0 */
};

/* What to assume where a row must be missing: as few or as many absent days as the rows allow. */
enum residence_reading { READING_SHORTEST, READING_LONGEST, READING_COUNT };

struct residence_trips {
	struct residence_trip *at;
	size_t count;
};

struct residence_history residence_history_make(struct arena *arena, const struct residence_row *rows,
                                                size_t count);

/* Two rows of one direction follow each other, the earlier not before from nor after last. */
bool residence_history_has_conflict(const struct residence_history *history, struct date from,
                                    struct date last);
bool residence_history_is_inside(const struct residence_history *history, struct date end_of_day);

/* tail: the day from which nothing is known (data_as_of), or DATE_NONE. */
struct residence_trips residence_history_trips(struct arena *arena,
                                               const struct residence_history *history,
                                               enum residence_reading reading, struct date tail);

/* The days of a trip that are absent; first > last when none is. Open ends reach to the ends of time. */
struct residence_window residence_absent(const struct residence_trip *trip,
                                         enum residence_convention convention,
                                         bool same_day_is_absent);

/* |window| minus the union of the absent days: a union, never a sum, for two trips may share a day. */
int32_t residence_days_count(const struct residence_trips *trips, struct residence_window window,
                             enum residence_convention convention, bool same_day_is_absent);

bool residence_holds(int32_t days, const struct residence_rules *rules);

/* The window of the year-th year before (0: the latest), not cut at birth. */
struct residence_window residence_year_window(const struct residence_question *ask,
                                              enum residence_window_kind kind, int32_t fixed_days,
                                              size_t year);
struct residence_window residence_window_from_birth(struct residence_window window, struct date born);

/* The day after which the records are silent inside the window, or DATE_NONE. */
struct date residence_tail(const struct residence_question *ask,
                           const struct residence_history *history, struct residence_window window);

/* The first anchor after the question's at which the count by the chosen convention gives another
 * verdict, if nobody crosses the border after the last row; DATE_NONE when there is none. */
struct date residence_flip(const struct residence_question *ask, const struct residence_rules *rules,
                           const struct residence_history *history,
                           const struct residence_trips *trips);

static inline struct date date_later(struct date a, struct date b)
{
	return a.day > b.day ? a : b;
}

static inline struct date date_sooner(struct date a, struct date b)
{
	return a.day < b.day ? a : b;
}

#endif
