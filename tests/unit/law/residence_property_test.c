/* The interval arithmetic against a second, plainer way: walk every day, know whether the person was
 * inside at 00:00 and at 24:00 and how many rows the day has, and judge the day by its definition. */
#include "residence_history.h"

#include <string.h>

enum { HISTORIES = 100000, DOUBTFUL = 20000, FLIPS = 400, MAX_ROWS = 96, SPAN = 1600 };

static uint64_t seed = 20261124;

static uint32_t dice(uint32_t sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 33) % sides;
}

struct diary { /* of every day from .first on */
	int32_t first;
	uint8_t out[SPAN], in[SPAN];
	bool starts_inside;
};

static void diary_write(struct diary *diary, const struct residence_row *rows, size_t count,
                        int32_t first, bool starts_inside)
{
	memset(diary, 0, sizeof *diary);
	diary->first = first;
	diary->starts_inside = starts_inside;
	for (size_t i = 0; i < count; i++) {
		uint8_t *rows_of = rows[i].direction == DIR_OUT ? diary->out : diary->in;
		rows_of[rows[i].date.day - first]++;
	}
}

static bool is_resident(int convention, bool s, bool e, int n)
{
	switch (convention) {
	case 0: return e;
	case 1: return s;
	case 2: return s || e || n > 0;
	default: return s && e && n == 0;
	}
}

/* Out and in on one date, in this order, as one trip. */
static bool has_day_trip(bool s, int out, int in)
{
	return out >= 1 && in >= (s ? 1 : 2);
}

static void diary_count(const struct diary *diary, struct residence_window window, bool one_day,
                        int counts[4])
{
	bool s = diary->starts_inside;

	memset(counts, 0, 4 * sizeof *counts);
	for (int32_t day = diary->first; day <= window.last.day; day++) {
		int out = diary->out[day - diary->first], in = diary->in[day - diary->first];
		bool e = out == in ? s : in > out;
		bool is_lost = one_day && has_day_trip(s, out, in);
		for (int c = 0; c < 4 && day >= window.first.day; c++)
			counts[c] += !is_lost && is_resident(c, s, e, out + in);
		s = e;
	}
}

/* A history that can be true: directions alternate, dates do not decrease. */
static size_t history_invent(struct residence_row *rows, int32_t first, int32_t last)
{
	static const uint32_t gaps[] = { 1, 4, 12, 60, 250 };
	uint32_t gap = gaps[dice(ARRAY_LEN(gaps))];
	enum direction direction = dice(4) ? DIR_OUT : DIR_IN;
	size_t count = 0;

	for (int32_t day = first + (int32_t)dice(400); day <= last && count < MAX_ROWS - 2;
	     day += (int32_t)(dice(3) ? dice(gap + 1) : dice(3))) {
		rows[count++] = (struct residence_row){ { day }, direction };
		direction = direction == DIR_OUT ? DIR_IN : DIR_OUT;
	}
	return count;
}

static void rows_shuffle(struct residence_row *rows, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t j = dice((uint32_t)i);
		struct residence_row row = rows[i - 1];
		rows[i - 1] = rows[j];
		rows[j] = row;
	}
}

static struct residence_question question_invent(struct residence_row *rows)
{
	struct residence_question ask = residence_question_empty();

	ask.anchor = (struct date){ 19000 + (int32_t)dice(2000) };
	ask.rows = rows;
	ask.row_count = history_invent(rows, ask.anchor.day - 1100, ask.anchor.day + 20);
	ask.coverage_all = true;
	ask.person = PERSON_REGISTERED;
	return ask;
}

/* Shuffled rows of which every date has as many exits as entries leave the start open. */
static bool is_ambiguous(const struct residence_row *rows, size_t count)
{
	int balance = 0;

	for (size_t i = 0; i < count; i++) {
		if (i && rows[i].date.day != rows[i - 1].date.day && balance)
			return false;
		balance += rows[i].direction == DIR_OUT ? 1 : -1;
	}
	return !balance;
}

static void intervals_equal_enumeration(void **state)
{
	struct arena arena = arena_open(1 << 20);
	struct residence_rules rules = residence_rules_default();
	struct diary diary;

	(void)state;
	for (int i = 0; i < HISTORIES; i++) {
		struct residence_row rows[MAX_ROWS];
		struct residence_question ask = question_invent(rows);
		rules.window = (enum residence_window_kind)dice(WINDOW_KIND_COUNT);
		rules.fixed_days = 1 + (int32_t)dice(400);
		bool inside = !ask.row_count || rows[0].direction == DIR_OUT;
		diary_write(&diary, rows, ask.row_count, ask.anchor.day - 1100, inside);
		if (!is_ambiguous(rows, ask.row_count))
			rows_shuffle(rows, ask.row_count);
		for (int one_day = 0; one_day < 2; one_day++) {
			int counts[4];
			rules.same_day_is_absent = one_day;
			struct residence_answer answer = residence_decide(&arena, &ask, &rules);
			diary_count(&diary, answer.years[0].window, one_day, counts);
			for (int c = 0; c < 4; c++) {
				assert_int_equal(answer.years[0].days[c].min, counts[c]);
				assert_int_equal(answer.years[0].days[c].max, counts[c]);
			}
			assert_int_equal(answer.provisional == VERDICT_ELIGIBLE, counts[1] > 183);
			assert_false(answer.reasons & REVIEW_BIT(REVIEW_RECORD_CONFLICT));
			arena_empty(&arena);
		}
	}
	arena_close(&arena);
}

/* --- one row lost, or the end unknown: every place where the missing row may have been --------------- */

struct extremes { int min[4], max[4]; };

static void extremes_add(struct extremes *extremes, const int counts[4])
{
	for (int c = 0; c < 4; c++) {
		if (counts[c] < extremes->min[c])
			extremes->min[c] = counts[c];
		if (counts[c] > extremes->max[c])
			extremes->max[c] = counts[c];
	}
}

static struct extremes extremes_of(const struct residence_row *rows, size_t count,
                                   struct residence_row missing, const int32_t *places,
                                   size_t place_count, struct residence_window window, int32_t first)
{
	struct extremes extremes = { { 9999, 9999, 9999, 9999 }, { -1, -1, -1, -1 } };
	struct residence_row all[MAX_ROWS + 1];
	struct diary diary;
	int counts[4];

	memcpy(all, rows, count * sizeof *rows);
	for (size_t i = 0; i < place_count; i++) {
		all[count] = (struct residence_row){ { places[i] }, missing.direction };
		size_t with = count + (places[i] != INT32_MAX);
		bool inside = with ? all[0].direction == DIR_OUT : true;
		diary_write(&diary, all, with, first, inside);
		diary_count(&diary, window, false, counts);
		extremes_add(&extremes, counts);
	}
	return extremes;
}

static void extremes_check(const struct residence_answer *answer, const struct extremes *extremes)
{
	for (int c = 0; c < 4; c++) {
		assert_int_equal(answer->years[0].days[c].min, extremes->min[c]);
		assert_int_equal(answer->years[0].days[c].max, extremes->max[c]);
	}
}

/* The missing row stands at either neighbour's date. */
static void a_lost_row_gives_the_bounds_of_its_neighbours(void **state)
{
	struct arena arena = arena_open(1 << 20);
	struct residence_rules rules = residence_rules_default();

	(void)state;
	for (int i = 0; i < DOUBTFUL; i++) {
		struct residence_row rows[MAX_ROWS];
		struct residence_question ask = question_invent(rows);
		if (ask.row_count < 3)
			continue;
		size_t lost = 1 + dice((uint32_t)ask.row_count - 2);
		int32_t places[2] = { rows[lost - 1].date.day, rows[lost + 1].date.day };
		struct residence_row missing = rows[lost];
		/* Rows of one date alternate by themselves: a loss among them is not seen. */
		bool seen = rows[lost - 1].date.day < missing.date.day &&
		            missing.date.day < rows[lost + 1].date.day &&
		            (lost < 2 || rows[lost - 2].date.day < rows[lost - 1].date.day) &&
		            (lost + 2 >= ask.row_count || rows[lost + 1].date.day < rows[lost + 2].date.day);
		if (!seen)
			continue;
		memmove(rows + lost, rows + lost + 1, (--ask.row_count - lost) * sizeof *rows);
		struct residence_answer answer = residence_decide(&arena, &ask, &rules);
		struct extremes extremes = extremes_of(rows, ask.row_count, missing, places, 2,
		                                       answer.years[0].window, ask.anchor.day - 1100);
		extremes_check(&answer, &extremes);
		arena_empty(&arena);
	}
	arena_close(&arena);
}

/* After data_as_of one more row may stand on that day, or none. */
static void an_unknown_tail_gives_both_bounds(void **state)
{
	struct arena arena = arena_open(1 << 20);
	struct residence_rules rules = residence_rules_default();

	(void)state;
	for (int i = 0; i < DOUBTFUL; i++) {
		struct residence_row rows[MAX_ROWS];
		struct residence_question ask = question_invent(rows);
		ask.data_as_of = date_add(ask.anchor, -1 - (int32_t)dice(500));
		while (ask.row_count && rows[ask.row_count - 1].date.day > ask.data_as_of.day)
			ask.row_count--;
		bool inside = !ask.row_count || rows[ask.row_count - 1].direction == DIR_IN;
		struct residence_row unknown = { ask.data_as_of, inside ? DIR_OUT : DIR_IN };
		int32_t places[2] = { ask.data_as_of.day, INT32_MAX };
		if (ask.row_count == 0)
			continue;
		struct residence_answer answer = residence_decide(&arena, &ask, &rules);
		struct extremes extremes = extremes_of(rows, ask.row_count, unknown, places, 2,
		                                       answer.years[0].window, ask.anchor.day - 1100);
		extremes_check(&answer, &extremes);
		bool disagree = extremes.min[1] <= 183 && extremes.max[1] > 183;
		assert_int_equal((answer.reasons >> REVIEW_DATA_STALE) & 1, disagree);
		arena_empty(&arena);
	}
	arena_close(&arena);
}

static struct date flip_by_walking(struct arena *arena, struct residence_question ask,
                                   const struct residence_rules *rules, int32_t days)
{
	enum residence_verdict now = residence_decide(arena, &ask, rules).provisional;

	for (int32_t i = 0; i < days; i++) {
		ask.anchor = date_add(ask.anchor, 1);
		if (residence_decide(arena, &ask, rules).provisional != now)
			return ask.anchor;
		arena_empty(arena);
	}
	return DATE_NONE;
}

static void the_flip_date_is_the_first_that_a_walk_finds(void **state)
{
	struct arena arena = arena_open(1 << 20);
	struct residence_rules rules = residence_rules_default();

	(void)state;
	for (int i = 0; i < FLIPS; i++) {
		struct residence_row rows[MAX_ROWS];
		struct residence_question ask = question_invent(rows);
		rules.years = i % 8 ? 1 : 3;
		rules.window = (enum residence_window_kind)dice(WINDOW_FIXED);
		struct date flip = residence_decide(&arena, &ask, &rules).next_flip;
		struct date walked = flip_by_walking(&arena, ask, &rules, rules.years == 3 ? 1150 : 400);
		assert_int_equal(flip.day, walked.day);
		arena_empty(&arena);
	}
	arena_close(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intervals_equal_enumeration),
		cmocka_unit_test(a_lost_row_gives_the_bounds_of_its_neighbours),
		cmocka_unit_test(an_unknown_tail_gives_both_bounds),
		cmocka_unit_test(the_flip_date_is_the_first_that_a_walk_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
