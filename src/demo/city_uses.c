/* What the officers asked in the past year. */
#include "demo/city_lib.h"

enum { YEAR_DAYS = 365, RECHECK_DAYS = 80, USES_MAX = 4000, OFFICERS_MAX = CITY_CARDS,
       FIRST_MINUTE = 8 * 60 + 10, LAST_MINUTE = 17 * 60 + 20 };

static const int64_t MINUTE_MS = 60000;

/* Days off as far as they are known to us; a real office takes over the list of its own authority. */
const char *const city_holidays[] = {
	"2025-09-29", "2025-10-06", "2025-10-10", "2025-10-24", "2025-12-25", "2026-01-01", "2026-02-16",
	"2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-02-27", "2026-04-03", "2026-04-06",
	"2026-05-01", "2026-06-19", "2026-09-25", "2026-09-28", "2026-10-09", "2026-10-26", "2026-12-25",
	"2027-01-01", NULL,
};

bool city_is_workday(struct date day)
{
	for (const char *const *holiday = city_holidays; *holiday; holiday++)
		if (str_is(str_from(*holiday), date_iso(day).text))
			return false;
	return date_weekday(day) < 5;
}

struct officers {
	const struct city_staff *at[OFFICERS_MAX];
	size_t count;
};

/* Deputies ask only when they stand in: not here. */
static void officers_find(const struct city *city, struct officers *out)
{
	out->count = 0;
	for (size_t i = 0; i < CITY_STAFF; i++) {
		const struct city_staff *staff = &city->staff[i];
		if (staff->has_card && staff->duties[0].duty == DUTY_OFFICER)
			out->at[out->count++] = staff;
	}
}

/* Applications and changes concern a case in its first half year; the re-check every older one. */
static bool may_ask(const struct city_staff *asker, const struct city_case *asked, struct date day,
                    enum purpose purpose)
{
	int age_days = day.day - asked->opened_on.day;

	if (!str_eq(asker->office, asked->office) || !str_starts(asked->basis, STR("B_")))
		return false;
	if (age_days < 0 || (!date_is_none(asked->closed_on) && asked->closed_on.day <= day.day))
		return false;
	return purpose == PURPOSE_YEARLY_RECHECK ? age_days > 180
	       : purpose == PURPOSE_APPLICATION  ? age_days <= 60
	                                         : age_days > 30;
}

static const struct city_case *case_drawn(const struct city *city, struct lot *lot,
                                          const struct city_staff *asker, struct date day, enum purpose purpose)
{
	size_t first = lot_draw(lot, CITY_CASES);

	for (size_t i = 0; i < CITY_CASES; i++) {
		const struct city_case *one = &city->cases[(first + i) % CITY_CASES];
		if (may_ask(asker, one, day, purpose))
			return one;
	}
	return NULL;
}

static enum purpose purpose_drawn(struct lot *lot, bool recheck)
{
	if (recheck && lot_draw(lot, 5) > 0)
		return PURPOSE_YEARLY_RECHECK;
	return lot_draw(lot, 3) == 0 ? PURPOSE_CHANGE_REPORT : PURPOSE_APPLICATION;
}

/* One case, all its parties, a minute or two each. Returns the minute after. */
static int32_t case_ask(struct lot *lot, const struct city_staff *asker, const struct city_case *asked,
                        struct date day, int32_t minute, enum purpose purpose, struct city_use *uses, size_t *count)
{
	for (size_t i = 0; i < asked->party_count && *count < USES_MAX; i++) {
		if (asked->parties[i].born.day >= day.day)
			continue;
		uses[(*count)++] = (struct city_use){
			.at_ms = date_local_start_ms(day) + minute * MINUTE_MS + lot_between(lot, 0, 59999),
			.asker = asker,
			.asked = asked,
			.party_no = (int64_t)i + 1,
			.purpose = purpose,
		};
		minute += lot_between(lot, 1, 3);
	}
	return minute;
}

static void day_fill(const struct city *city, const struct officers *officers, struct date day,
                     struct city_use *uses, size_t *count)
{
	bool recheck = city->today.day - day.day <= RECHECK_DAYS;
	struct lot lot = lot_of(city->seed, 5, (uint64_t)day.day);
	int32_t minute = FIRST_MINUTE;

	/* One question after the other through the day: the list is in order of time by itself. */
	for (;;) {
		minute += lot_between(&lot, recheck ? 5 : 40, recheck ? 90 : 240);
		if (minute > LAST_MINUTE)
			return;
		enum purpose purpose = purpose_drawn(&lot, recheck);
		const struct city_staff *asker = officers->at[lot_draw(&lot, officers->count)];
		const struct city_case *asked = case_drawn(city, &lot, asker, day, purpose);
		if (asked)
			minute = case_ask(&lot, asker, asked, day, minute, purpose, uses, count);
	}
}

void city_uses(struct arena *arena, const struct city *city, struct city_use **out, size_t *count_out)
{
	struct officers officers;

	*out = arena_array(arena, struct city_use, USES_MAX);
	*count_out = 0;
	officers_find(city, &officers);
	assert(officers.count > 0);
	for (int32_t back = YEAR_DAYS; back > 0; back--)
		if (city_is_workday(date_add(city->today, -back)))
			day_fill(city, &officers, date_add(city->today, -back), *out, count_out);
}
