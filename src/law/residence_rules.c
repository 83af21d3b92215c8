/* The parameters of the residence test by name: defaults, ranges, print (DOMAIN 4.3). */
#include "law/residence.h"

struct residence_rules residence_rules_default(void)
{
	return (struct residence_rules){
		.threshold_days = 183,
		.window = WINDOW_BOTH_ENDS,
		.fixed_days = 366,
		.anchor = ANCHOR_ASKED,
		.convention = CONVENTION_B,
		.check_conventions = (1u << CONVENTION_COUNT) - 1,
		.check_windows = 1u << WINDOW_BOTH_ENDS | 1u << WINDOW_END_INCLUSIVE |
		                 1u << WINDOW_END_EXCLUSIVE,
		.margin_days = 3,
		.years = 1,
		.lookback_days = 730,
	};
}

/* --- reading values: each returns false when the value is outside its range ---------------------- */

static bool read_between(struct str value, uint64_t least, uint64_t most, int32_t *out)
{
	uint64_t n;

	if (str_to_u64(value, &n) != OK || n < least || n > most)
		return false;
	*out = (int32_t)n;
	return true;
}

static bool read_either(struct str value, const char *no, const char *yes, bool *out)
{
	*out = str_is(value, yes);
	return *out || str_is(value, no);
}

/* A comma-separated list of words, maybe empty, as bits. */
static bool read_set(struct str value, const struct residence_word *words, size_t count,
                     unsigned *out)
{
	struct str word;
	unsigned bits = 0;

	while (str_cut(&value, ',', &word)) {
		word = str_trim(word);
		size_t i = residence_word_find(words, count, word);
		if (word.len && i == count)
			return false;
		bits |= word.len ? 1u << i : 0;
	}
	*out = bits;
	return true;
}

static bool read_op(struct residence_rules *rules, struct str value)
{
	return read_either(value, "gt", "ge", &rules->at_least);
}

static bool read_threshold(struct residence_rules *rules, struct str value)
{
	return read_between(value, 1, 366, &rules->threshold_days);
}

static bool read_window(struct residence_rules *rules, struct str value)
{
	struct str fixed = STR("fixed:");
	size_t kind = residence_word_find(residence_window_words, WINDOW_FIXED, value);

	if (str_starts(value, fixed) &&
	    !read_between(str_slice(value, fixed.len, value.len), 1, RESIDENCE_MAX_WINDOW,
	                  &rules->fixed_days))
		return false;
	rules->window = (enum residence_window_kind)kind;
	return kind != WINDOW_FIXED || str_starts(value, fixed);
}

static bool read_anchor(struct residence_rules *rules, struct str value)
{
	size_t i = residence_word_find(residence_anchor_words, ANCHOR_COUNT, value);

	rules->anchor = (enum residence_anchor)i;
	return i < ANCHOR_COUNT;
}

static bool read_convention(struct residence_rules *rules, struct str value)
{
	size_t i = residence_word_find(residence_convention_words, CONVENTION_COUNT, value);

	rules->convention = (enum residence_convention)i;
	return i < CONVENTION_COUNT;
}

static bool read_same_day(struct residence_rules *rules, struct str value)
{
	return read_either(value, "by_convention", "one_day", &rules->same_day_is_absent);
}

static bool read_check_conventions(struct residence_rules *rules, struct str value)
{
	return read_set(value, residence_convention_words, CONVENTION_COUNT, &rules->check_conventions);
}

static bool read_check_windows(struct residence_rules *rules, struct str value)
{
	return read_set(value, residence_window_words, WINDOW_FIXED, &rules->check_windows);
}

static bool read_margin(struct residence_rules *rules, struct str value)
{
	return read_between(value, 0, 15, &rules->margin_days);
}

static bool read_years(struct residence_rules *rules, struct str value)
{
	return read_between(value, 1, RESIDENCE_MAX_YEARS, &rules->years) && rules->years != 2;
}

static bool read_combine(struct residence_rules *rules, struct str value)
{
	(void)rules; /* no statute adds the years up (E19) */
	return str_is(value, "each");
}

static bool read_lookback(struct residence_rules *rules, struct str value)
{
	return read_between(value, 0, 3650, &rules->lookback_days);
}

static bool read_no_row(struct residence_rules *rules, struct str value)
{
	return read_either(value, "review", "present", &rules->no_row_is_present);
}

static bool read_stale(struct residence_rules *rules, struct str value)
{
	return read_either(value, "bounds", "review", &rules->stale_is_review);
}

static bool read_newborn(struct residence_rules *rules, struct str value)
{
	return read_either(value, "review", "count", &rules->newborn_is_counted);
}

static const struct {
	struct str name;
	bool (*read)(struct residence_rules *rules, struct str value);
	const char *range;
} parameters[] = {
	{ STR_INIT("residence.op"), read_op, "residence.op is gt or ge." },
	{ STR_INIT("residence.threshold"), read_threshold, "residence.threshold is 1 to 366 days." },
	{ STR_INIT("residence.window"), read_window,
	  "residence.window is both_ends, end_inclusive, end_exclusive or fixed:N with N from 1 to 1098." },
	{ STR_INIT("residence.anchor"), read_anchor,
	  "residence.anchor is asked, application_date, data_date, papers_complete, month_end or explicit." },
	{ STR_INIT("residence.convention"), read_convention, "residence.convention is A, B, C or D." },
	{ STR_INIT("residence.same_day"), read_same_day,
	  "residence.same_day is by_convention or one_day." },
	{ STR_INIT("residence.check_conventions"), read_check_conventions,
	  "residence.check_conventions is a list of A, B, C, D, or empty." },
	{ STR_INIT("residence.check_windows"), read_check_windows,
	  "residence.check_windows is a list of both_ends, end_inclusive, end_exclusive, or empty." },
	{ STR_INIT("residence.margin"), read_margin, "residence.margin is 0 to 15 days." },
	{ STR_INIT("residence.years"), read_years, "residence.years is 1 or 3." },
	{ STR_INIT("residence.combine"), read_combine, "residence.combine is each." },
	{ STR_INIT("residence.lookback_days"), read_lookback,
	  "residence.lookback_days is 0 to 3650 days." },
	{ STR_INIT("residence.no_row"), read_no_row, "residence.no_row is review or present." },
	{ STR_INIT("residence.stale"), read_stale, "residence.stale is bounds or review." },
	{ STR_INIT("residence.newborn"), read_newborn, "residence.newborn is review or count." },
};

enum fail residence_rules_set(struct residence_rules *rules, struct str name, struct str value,
                              const char **why_out)
{
	for (size_t i = 0; i < ARRAY_LEN(parameters); i++) {
		if (!str_eq(parameters[i].name, name))
			continue;
		struct residence_rules changed = *rules;
		*why_out = parameters[i].range;
		if (!parameters[i].read(&changed, value))
			return FAIL_SYNTAX;
		*rules = changed;
		*why_out = "";
		return OK;
	}
	*why_out = "There is no residence parameter of this name.";
	return FAIL_NOT_FOUND;
}

static void print_set(unsigned bits, const struct residence_word *words, size_t count,
                      struct buf *out)
{
	const char *before = "";

	for (size_t i = 0; i < count; i++) {
		if (!(bits & 1u << i))
			continue;
		buf_add(out, str_from(before));
		buf_add(out, words[i].name);
		before = ",";
	}
}

void residence_rules_print(const struct residence_rules *rules, struct buf *out)
{
	buf_printf(out, RESIDENCE_RULE " op=%s threshold=%d window=%.*s", rules->at_least ? "ge" : "gt",
	           rules->threshold_days, STR_FMT(residence_window_words[rules->window].name));
	if (rules->window == WINDOW_FIXED)
		buf_printf(out, ":%d", rules->fixed_days);
	buf_printf(out, " anchor=%.*s convention=%.*s same_day=%s check_conventions=",
	           STR_FMT(residence_anchor_words[rules->anchor].name),
	           STR_FMT(residence_convention_words[rules->convention].name),
	           rules->same_day_is_absent ? "one_day" : "by_convention");
	print_set(rules->check_conventions, residence_convention_words, CONVENTION_COUNT, out);
	buf_add(out, STR(" check_windows="));
	print_set(rules->check_windows, residence_window_words, WINDOW_FIXED, out);
	buf_printf(out, " margin=%d years=%d combine=each lookback_days=%d no_row=%s stale=%s newborn=%s",
	           rules->margin_days, rules->years, rules->lookback_days,
	           rules->no_row_is_present ? "present" : "review",
	           rules->stale_is_review ? "review" : "bounds",
	           rules->newborn_is_counted ? "count" : "review");
}
