/* How people travel, and how an agency fails: the histories of the simulated persons. */
#include "source/local_parts.h"

enum { DAYS_MADE = 1460 /* four years of history */ };

/* SplitMix64 (Steele, Lea, Flood 2014): every stream from its own starting point. */
static uint64_t die_next(struct die *die)
{
	uint64_t z = die->state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

struct die die_of(uint64_t seed, uint64_t n)
{
	struct die die = { seed * 0xd1342543de82ef95u + n };

	die.state = die_next(&die);
	return die;
}

uint64_t die_roll(struct die *die, uint64_t below)
{
	return die_next(die) % below;
}

int32_t die_between(struct die *die, int32_t least, int32_t most)
{
	return least + (int32_t)die_roll(die, (uint64_t)(most - least) + 1);
}

static void travel_add(struct travels *travels, struct date date, enum direction direction)
{
	if (travels->count < TRAVELS_MAX)
		travels->at[travels->count++] = (struct travel){ .date = date, .direction = direction };
}

static void trip_add(struct travels *travels, struct date out, int32_t nights)
{
	travel_add(travels, out, DIR_OUT);
	travel_add(travels, date_add(out, nights), DIR_IN);
}

/* Trips of least to most nights, with a pause of about pause days between them, up to the anchor. */
static void trips_make(struct die *die, struct date anchor, struct travels *out, int32_t pause,
                       int32_t least, int32_t most)
{
	struct date at = date_add(anchor, -DAYS_MADE + die_between(die, 0, pause));

	for (;;) {
		int32_t nights = die_between(die, least, most);
		if (at.day + nights >= anchor.day)
			return;
		trip_add(out, at, nights);
		at = date_add(at, nights + die_between(die, pause / 2 + 1, pause + pause / 2));
	}
}

static void travel_never(struct die *die, struct date anchor, struct travels *out)
{
	(void)die;
	(void)anchor;
	(void)out;
}

static void travel_rare(struct die *die, struct date anchor, struct travels *out)
{
	trips_make(die, anchor, out, 250, 3, 12);
}

static void travel_frequent(struct die *die, struct date anchor, struct travels *out)
{
	trips_make(die, anchor, out, 11, 1, 4);
}

static void travel_same_day(struct die *die, struct date anchor, struct travels *out)
{
	trips_make(die, anchor, out, 9, 0, 0);
}

static void travel_long_away(struct die *die, struct date anchor, struct travels *out)
{
	trips_make(die, anchor, out, 60, 110, 190);
}

static void travel_gone(struct die *die, struct date anchor, struct travels *out)
{
	travel_rare(die, date_add(anchor, -600), out);
	travel_add(out, date_add(anchor, -die_between(die, 400, 560)), DIR_OUT);
}

static void travel_conflict(struct die *die, struct date anchor, struct travels *out)
{
	travel_add(out, date_add(anchor, -die_between(die, 220, 260)), DIR_OUT);
	travel_add(out, date_add(anchor, -die_between(die, 60, 120)), DIR_OUT);
	travel_add(out, date_add(anchor, -die_between(die, 20, 50)), DIR_IN);
}

static void travel_deleted_exit(struct die *die, struct date anchor, struct travels *out)
{
	travel_rare(die, date_add(anchor, -400), out);
	travel_add(out, date_add(anchor, -die_between(die, 30, 90)), DIR_OUT);
	out->at[out->count - 1].is_deleted = true;
}

/* Out on the one passport; back on the other, which the query by national number does not show. */
static void travel_dual_passport(struct die *die, struct date anchor, struct travels *out)
{
	travel_add(out, date_add(anchor, -die_between(die, 200, 300)), DIR_OUT);
	travel_add(out, date_add(anchor, -die_between(die, 100, 180)), DIR_IN);
	out->at[out->count - 1].place = 1;
	out->at[out->count - 1].is_foreign_document = true;
}

/* The later half of the rows stands under the newer number. */
static void travel_two_numbers(struct die *die, struct date anchor, struct travels *out)
{
	trips_make(die, anchor, out, 90, 10, 60);
	for (size_t i = out->count / 2; i < out->count; i++)
		out->at[i].place = 1;
}

static void travel_duplicates(struct die *die, struct date anchor, struct travels *out)
{
	for (int i = 0; i < 3; i++) {
		struct date day = date_add(anchor, -300 + 80 * i + die_between(die, 0, 20));
		travel_add(out, day, DIR_OUT);
		travel_add(out, day, DIR_OUT);
		travel_add(out, date_add(day, die_between(die, 5, 30)), DIR_IN);
	}
}

/* Away since before the data end: whether the person is back, nobody can say. */
static void travel_stale(struct die *die, struct date anchor, struct travels *out)
{
	travel_add(out, date_add(anchor, -die_between(die, 205, 215)), DIR_OUT);
}

/* Over the start of the window both_ends and once inside it, so that A, B, C and D all differ: for a
 * window of n days the long trip takes n - 184 days of A. */
static void travel_four_counts(struct die *die, struct date anchor, struct travels *out)
{
	struct residence_window window = residence_window_at(anchor, WINDOW_BOTH_ENDS, 0);
	int32_t absent = residence_window_days(window) - 184, inside = 20;

	(void)die;
	trip_add(out, date_add(window.first, -200), 200 + absent - inside);
	trip_add(out, date_add(anchor, -60), inside);
}

static void travel_malformed(struct die *die, struct date anchor, struct travels *out)
{
	travel_frequent(die, anchor, out);
	out->at[out->count - 1].is_broken = true;
}

const struct habit habits[HABIT_COUNT] = {
	[HABIT_ANY] = { .name = "any", .travel = travel_rare },
	[HABIT_NEVER] = { .name = "never", .travel = travel_never },
	[HABIT_RARE] = { .name = "rare", .travel = travel_rare },
	[HABIT_FREQUENT] = { .name = "frequent", .travel = travel_frequent },
	[HABIT_SAME_DAY] = { .name = "same_day", .travel = travel_same_day },
	[HABIT_LONG_AWAY] = { .name = "long_away", .travel = travel_long_away },
	[HABIT_GONE] = { .name = "gone", .travel = travel_gone },
	[HABIT_CONFLICT] = { .name = "conflict", .travel = travel_conflict },
	[HABIT_DELETED_EXIT] = { .name = "deleted_exit", .travel = travel_deleted_exit },
	[HABIT_DUAL_PASSPORT] = { .name = "dual_passport", .travel = travel_dual_passport,
	                          .second_document = true },
	[HABIT_TWO_NUMBERS] = { .name = "two_numbers", .travel = travel_two_numbers },
	[HABIT_NEWBORN] = { .name = "newborn", .travel = travel_never },
	[HABIT_BLACK_SQUARE] = { .name = "black_square", .travel = travel_rare, .has_black_square = true },
	[HABIT_DUPLICATES] = { .name = "duplicates", .travel = travel_duplicates },
	[HABIT_STALE] = { .name = "stale", .travel = travel_stale, .lag_days = 40 },
	[HABIT_FOUR_COUNTS] = { .name = "four_counts", .travel = travel_four_counts },
	[HABIT_SLOW] = { .name = "slow", .travel = travel_frequent, .fault = LOCAL_SLOW },
	[HABIT_TIMEOUT] = { .name = "timeout", .travel = travel_frequent, .fault = LOCAL_TIMEOUT },
	[HABIT_MAINTENANCE] = { .name = "maintenance", .travel = travel_frequent,
	                        .fault = LOCAL_MAINTENANCE },
	[HABIT_DENIED] = { .name = "denied", .travel = travel_frequent, .fault = LOCAL_DENIED },
	[HABIT_ERROR] = { .name = "error", .travel = travel_frequent, .fault = LOCAL_ERROR },
	[HABIT_TRUNCATED] = { .name = "truncated", .travel = travel_frequent, .fault = LOCAL_TRUNCATED },
	[HABIT_MALFORMED] = { .name = "malformed", .travel = travel_malformed, .fault = LOCAL_MALFORMED },
	[HABIT_UNKNOWN] = { .name = "unknown", .travel = travel_never, .is_unknown = true },
};

/* Of a hundred people; what is missing to a hundred travels rarely. */
enum local_habit habit_drawn(struct die *die)
{
	static const struct { enum local_habit habit; uint64_t of_hundred; } shares[] = {
		{ HABIT_NEVER, 55 }, { HABIT_LONG_AWAY, 4 },   { HABIT_GONE, 2 },     { HABIT_FREQUENT, 4 },
		{ HABIT_SAME_DAY, 1 }, { HABIT_CONFLICT, 1 },
	};
	uint64_t roll = die_roll(die, 100);

	for (size_t i = 0; i < ARRAY_LEN(shares); i++) {
		if (roll < shares[i].of_hundred)
			return shares[i].habit;
		roll -= shares[i].of_hundred;
	}
	return HABIT_RARE;
}

const char *local_habit_name(enum local_habit habit)
{
	return habits[habit].name;
}
