/* Verdict and reasons: of one year, of three years, of a household. */
#include "law/residence_parts.h"

#include <stdlib.h>

/* What the rules look at when they judge one year (0: the latest). */
struct year_facts {
	const struct residence_question *ask;
	const struct residence_rules *rules;
	const struct residence_history *history;
	struct arena *arena;
	struct residence_trips trips[READING_COUNT]; /* without a tail: the usual case, made once */
	bool is_certain;                             /* both readings are the same */
	size_t year;
};

struct residence_question residence_question_empty(void)
{
	return (struct residence_question){ .anchor = DATE_NONE, .coverage_from = DATE_NONE,
		                                .born = DATE_NONE, .data_as_of = DATE_NONE,
		                                .seen_on = DATE_NONE };
}

bool residence_holds(int32_t days, const struct residence_rules *rules)
{
	return rules->at_least ? days >= rules->threshold_days : days > rules->threshold_days;
}

/* Rows may be newer than the source's own word on its age: then they are the better word. */
struct date residence_tail(const struct residence_question *ask,
                           const struct residence_history *history, struct residence_window window)
{
	struct date as_of = ask->data_as_of;

	if (date_is_none(as_of))
		return DATE_NONE;
	if (history->count)
		as_of = date_later(as_of, history->rows[history->count - 1].date);
	return as_of.day < window.last.day ? as_of : DATE_NONE;
}

/* --- counting --------------------------------------------------------------------------------- */

static struct residence_days days_of(const struct year_facts *facts, struct residence_window window,
                                     enum residence_convention convention)
{
	struct date tail = residence_tail(facts->ask, facts->history, window);
	struct residence_window lived = residence_window_from_birth(window, facts->ask->born);
	bool same_day = facts->rules->same_day_is_absent;
	int32_t count[READING_COUNT];

	for (int reading = 0; reading < READING_COUNT; reading++) {
		struct residence_trips trips = facts->trips[reading];
		if (!date_is_none(tail))
			trips = residence_history_trips(facts->arena, facts->history,
			                                (enum residence_reading)reading, tail);
		count[reading] = residence_days_count(&trips, lived, convention, same_day);
		if (facts->is_certain && date_is_none(tail))
			return (struct residence_days){ count[reading], count[reading] };
	}
	int32_t a = count[READING_SHORTEST], b = count[READING_LONGEST];
	return (struct residence_days){ a < b ? a : b, a < b ? b : a };
}

/* Two counts lead to the same result, at their lower and at their upper end. */
static bool days_agree(struct residence_days a, struct residence_days b,
                       const struct residence_rules *rules)
{
	return residence_holds(a.min, rules) == residence_holds(b.min, rules) &&
	       residence_holds(a.max, rules) == residence_holds(b.max, rules);
}

/* --- the state at the start of the window ------------------------------------------------------ */

/* Nobody crossed the border as far as the records reach: was the person here all the time, or away? */
static bool may_presume_presence(const struct year_facts *facts, struct residence_window window)
{
	const struct residence_question *ask = facts->ask;
	bool knows_a_life = ask->coverage_all ||
	                    (!date_is_none(ask->born) && !date_is_none(ask->coverage_from) &&
	                     ask->coverage_from.day <= ask->born.day);

	if (knows_a_life && ask->person == PERSON_REGISTERED)
		return true;
	/* Two years abroad end the registration (戶籍法 §16(3), §42): who is still registered and
	 * has not crossed in the two years before the window was here. */
	bool reaches_back = ask->coverage_all || (!date_is_none(ask->coverage_from) &&
	                                          ask->coverage_from.day <= window.first.day - 730);
	return facts->rules->no_row_is_present && ask->registration_is_live && reaches_back;
}

static enum residence_state_source state_source(const struct year_facts *facts,
                                                struct residence_window window)
{
	const struct residence_history *history = facts->history;

	if (history->count && history->rows[0].date.day < window.first.day)
		return STATE_LAST_ROW;
	if (history->count)
		return STATE_INFERRED;
	return may_presume_presence(facts, window) ? STATE_PRESUMED : STATE_UNKNOWN;
}

/* --- reasons for a person to look: one question each -------------------------------------------- */

static bool conventions_disagree(const struct year_facts *facts, const struct residence_year *year)
{
	const struct residence_rules *rules = facts->rules;

	for (unsigned c = 0; c < CONVENTION_COUNT; c++)
		if (rules->check_conventions & 1u << c &&
		    !days_agree(year->days[c], year->days[rules->convention], rules))
			return true;
	return false;
}

/* A window given by its two dates has no others to compare with, and the years of a three-year test
 * must lie side by side: there another kind of window would count a day twice or not at all. */
static bool windows_disagree(const struct year_facts *facts, const struct residence_year *year)
{
	const struct residence_rules *rules = facts->rules;

	if (date_is_none(facts->ask->anchor) || rules->years > 1)
		return false;
	for (unsigned kind = 0; kind < WINDOW_KIND_COUNT; kind++) {
		if (!(rules->check_windows & 1u << kind) || kind == rules->window)
			continue;
		struct residence_window window = residence_year_window(
			facts->ask, (enum residence_window_kind)kind, rules->fixed_days, facts->year);
		struct residence_days days = days_of(facts, window, rules->convention);
		if (!days_agree(days, year->days[rules->convention], rules))
			return true;
	}
	return false;
}

/* The line lies between two whole numbers: for "more than 183" at 183.5. Doubled to stay whole. */
static bool is_near(int32_t days, const struct residence_rules *rules)
{
	int32_t line = 2 * rules->threshold_days + (rules->at_least ? -1 : 1);

	return abs(2 * days - line) < 2 * rules->margin_days;
}

static bool near_threshold(const struct year_facts *facts, const struct residence_year *year)
{
	struct residence_days days = year->days[facts->rules->convention];

	return is_near(days.min, facts->rules) || is_near(days.max, facts->rules);
}

static bool record_conflict(const struct year_facts *facts, const struct residence_year *year)
{
	struct date from = date_add(year->window.first, -facts->rules->lookback_days);

	return residence_history_has_conflict(facts->history, from, year->window.last);
}

static bool no_state_before_window(const struct year_facts *facts, const struct residence_year *year)
{
	(void)facts;
	return year->state == STATE_UNKNOWN;
}

static bool data_stale(const struct year_facts *facts, const struct residence_year *year)
{
	struct residence_days days = year->days[facts->rules->convention];

	if (date_is_none(residence_tail(facts->ask, facts->history, year->window)))
		return false;
	return facts->rules->stale_is_review ||
	       residence_holds(days.min, facts->rules) != residence_holds(days.max, facts->rules);
}

/* Rows are there, but the source does not vouch for the first days of the window. */
static bool source_incomplete(const struct year_facts *facts, const struct residence_year *year)
{
	const struct residence_question *ask = facts->ask;

	return facts->history->count && !ask->coverage_all && !date_is_none(ask->coverage_from) &&
	       ask->coverage_from.day > year->window.first.day;
}

/* By the records abroad on a day on which somebody met the person here: an entry on another
 * document (入出國查驗及資料蒐集利用辦法 §2, §5). */
static bool dual_document(const struct year_facts *facts, const struct residence_year *year)
{
	struct date seen = facts->ask->seen_on;

	(void)year;
	return facts->history->count && !date_is_none(seen) &&
	       !residence_history_is_inside(facts->history, seen) &&
	       !residence_history_is_inside(facts->history, date_add(seen, -1));
}

static bool born_in_window(const struct year_facts *facts, const struct residence_year *year)
{
	struct residence_window asked = residence_year_window(facts->ask, facts->rules->window,
	                                                      facts->rules->fixed_days, facts->year);

	(void)year;
	return !facts->rules->newborn_is_counted && !date_is_none(facts->ask->born) &&
	       facts->ask->born.day > asked.first.day;
}

typedef bool reason_test(const struct year_facts *facts, const struct residence_year *year);

/* Reasons without a test are known from outside only (residence_question.doubts). */
static reason_test *const tests[REVIEW_COUNT] = {
	[REVIEW_CONVENTIONS_DISAGREE] = conventions_disagree,
	[REVIEW_WINDOWS_DISAGREE] = windows_disagree,
	[REVIEW_NEAR_THRESHOLD] = near_threshold,
	[REVIEW_RECORD_CONFLICT] = record_conflict,
	[REVIEW_NO_STATE_BEFORE_WINDOW] = no_state_before_window,
	[REVIEW_DATA_STALE] = data_stale,
	[REVIEW_SOURCE_INCOMPLETE] = source_incomplete,
	[REVIEW_DUAL_DOCUMENT] = dual_document,
	[REVIEW_BORN_IN_WINDOW] = born_in_window,
};

/* Without a count, only these can be asked. */
static const unsigned asked_without_count =
	REVIEW_BIT(REVIEW_NO_STATE_BEFORE_WINDOW) | REVIEW_BIT(REVIEW_BORN_IN_WINDOW);

/* --- one year, all years, a household ------------------------------------------------------------ */

static unsigned year_reasons(const struct year_facts *facts, const struct residence_year *year)
{
	unsigned reasons = facts->ask->doubts;

	for (unsigned i = 0; i < REVIEW_COUNT; i++) {
		bool is_asked = year->is_counted || asked_without_count & REVIEW_BIT(i);
		if (tests[i] && is_asked && tests[i](facts, year))
			reasons |= REVIEW_BIT(i);
	}
	return reasons;
}

static enum residence_verdict year_provisional(const struct residence_year *year,
                                               const struct residence_rules *rules)
{
	struct residence_days days = year->days[rules->convention];

	if (!year->is_counted || residence_holds(days.min, rules) != residence_holds(days.max, rules))
		return VERDICT_NONE;
	return residence_holds(days.min, rules) ? VERDICT_ELIGIBLE : VERDICT_NOT_ELIGIBLE;
}

static struct residence_year year_decide(const struct year_facts *facts)
{
	const struct residence_rules *rules = facts->rules;
	struct residence_window asked =
		residence_year_window(facts->ask, rules->window, rules->fixed_days, facts->year);
	struct residence_year year = { .window = residence_window_from_birth(asked, facts->ask->born) };

	year.window_days = residence_window_days(year.window);
	year.state = state_source(facts, asked);
	year.is_counted = year.state != STATE_UNKNOWN;
	for (unsigned c = 0; year.is_counted && c < CONVENTION_COUNT; c++)
		year.days[c] = days_of(facts, asked, (enum residence_convention)c);
	year.provisional = year_provisional(&year, rules);
	year.reasons = year_reasons(facts, &year);
	year.verdict = year.reasons ? VERDICT_NEEDS_REVIEW : year.provisional;
	assert(year.verdict != VERDICT_NONE);
	return year;
}

/* "Each": one clear year below the line decides; else a doubtful year makes the whole doubtful. That
 * is the worst of the years. */
static void years_combine(struct residence_answer *answer)
{
	for (size_t i = 1; i < answer->year_count; i++)
		if (answer->years[i].verdict > answer->years[answer->decider].verdict)
			answer->decider = i;
	answer->verdict = answer->years[answer->decider].verdict;
	answer->provisional = VERDICT_ELIGIBLE;
	for (size_t i = 0; i < answer->year_count; i++) {
		enum residence_verdict year = answer->years[i].provisional;
		if (answer->verdict == VERDICT_NEEDS_REVIEW)
			answer->reasons |= answer->years[i].reasons;
		if (year == VERDICT_NOT_ELIGIBLE ||
		    (year == VERDICT_NONE && answer->provisional == VERDICT_ELIGIBLE))
			answer->provisional = year;
	}
}

/* Statutes without a day test (特境條例, 兒少法, 家暴法): nothing is counted for them. */
static struct residence_answer no_day_test(const struct residence_question *ask)
{
	struct residence_answer answer = { .verdict = VERDICT_NEEDS_REVIEW, .year_count = 1,
		                               .reasons = REVIEW_BIT(REVIEW_NO_DAY_TEST),
		                               .data_as_of = ask->data_as_of, .next_flip = DATE_NONE };

	answer.years[0].verdict = VERDICT_NEEDS_REVIEW;
	answer.years[0].reasons = answer.reasons;
	return answer;
}

struct residence_answer residence_decide(struct arena *arena, const struct residence_question *ask,
                                         const struct residence_rules *rules)
{
	if (ask->doubts & REVIEW_BIT(REVIEW_NO_DAY_TEST))
		return no_day_test(ask);
	assert(rules->years == 1 || !date_is_none(ask->anchor));
	struct residence_history history = residence_history_make(arena, ask->rows, ask->row_count);
	struct residence_answer answer = { .year_count = (size_t)rules->years,
		                               .convention = rules->convention,
		                               .data_as_of = ask->data_as_of };

	struct year_facts facts = { .ask = ask, .rules = rules, .history = &history, .arena = arena };

	facts.is_certain = !residence_history_has_conflict(&history, (struct date){ INT32_MIN },
	                                                   (struct date){ INT32_MAX });
	for (int i = 0; i < (facts.is_certain ? 1 : READING_COUNT); i++)
		facts.trips[i] =
			residence_history_trips(arena, &history, (enum residence_reading)i, DATE_NONE);
	for (facts.year = 0; facts.year < answer.year_count; facts.year++)
		answer.years[facts.year] = year_decide(&facts);
	years_combine(&answer);
	answer.next_flip = DATE_NONE;
	if (answer.years[answer.year_count - 1].is_counted && facts.is_certain)
		answer.next_flip = residence_flip(ask, rules, &history, &facts.trips[READING_SHORTEST]);
	return answer;
}

enum residence_verdict residence_household(const enum residence_verdict *members, size_t count)
{
	enum residence_verdict worst = VERDICT_NONE;

	for (size_t i = 0; i < count; i++)
		worst = members[i] > worst ? members[i] : worst;
	return worst;
}
