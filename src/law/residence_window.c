/* Which days "最近一年" are. */
#include "law/residence_parts.h"

struct residence_window residence_window_at(struct date anchor, enum residence_window_kind kind,
                                            int32_t fixed_days)
{
	struct date year_before = date_year_before(anchor);

	switch (kind) {
	case WINDOW_BOTH_ENDS: /* as in the published Taipei appeal decisions */
		return (struct residence_window){ year_before, anchor };
	case WINDOW_END_INCLUSIVE:
		return (struct residence_window){ date_add(year_before, 1), anchor };
	case WINDOW_END_EXCLUSIVE: /* after 行政程序法 §48, 始日不計 */
		return (struct residence_window){ year_before, date_add(anchor, -1) };
	case WINDOW_FIXED:
		return (struct residence_window){ date_add(anchor, 1 - fixed_days), anchor };
	case WINDOW_KIND_COUNT:
		break;
	}
	assert(kind < WINDOW_KIND_COUNT);
	return (struct residence_window){ anchor, anchor };
}

int32_t residence_window_days(struct residence_window window)
{
	return window.last.day < window.first.day ? 0 : window.last.day - window.first.day + 1;
}

struct residence_window residence_year_window(const struct residence_question *ask,
                                              enum residence_window_kind kind, int32_t fixed_days,
                                              size_t year)
{
	struct date anchor = ask->anchor;

	if (date_is_none(anchor)) {
		assert(year == 0); /* three years are counted back from an anchor */
		return ask->window;
	}
	for (size_t i = 0; i < year; i++)
		anchor = date_year_before(anchor);
	return residence_window_at(anchor, kind, fixed_days);
}

/* Days before birth do not exist: they are neither resident nor absent. */
struct residence_window residence_window_from_birth(struct residence_window window, struct date born)
{
	if (!date_is_none(born))
		window.first = date_later(window.first, born);
	return window;
}

struct residence_span residence_span_of(const struct residence_question *ask,
                                        const struct residence_rules *rules)
{
	unsigned kinds = 1u << rules->window;
	struct residence_window all = residence_year_window(ask, rules->window, rules->fixed_days, 0);

	if (!date_is_none(ask->anchor))
		kinds |= rules->check_windows;
	for (unsigned kind = 0; kind < WINDOW_KIND_COUNT; kind++) {
		if (!(kinds & 1u << kind))
			continue;
		struct residence_window one =
			residence_year_window(ask, (enum residence_window_kind)kind, rules->fixed_days,
		                              (size_t)rules->years - 1);
		all.first = date_sooner(all.first, one.first);
		one = residence_year_window(ask, (enum residence_window_kind)kind, rules->fixed_days, 0);
		all.last = date_later(all.last, one.last);
	}
	return (struct residence_span){ date_add(all.first, -rules->lookback_days), all.first, all.last };
}
