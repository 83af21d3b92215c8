#include "doors/cli/residence_print.h"

static void put_text_or_null(struct json_out *json, struct str text)
{
	if (text.len)
		json_put_str(json, text);
	else
		json_put_null(json);
}

static void put_date(struct json_out *json, struct date date)
{
	put_text_or_null(json, str_from(date_compact(date).text));
}

static void put_bounds(struct json_out *json, struct residence_days days)
{
	json_put_array(json);
	json_put_i64(json, days.min);
	json_put_i64(json, days.max);
	json_put_array_end(json);
}

static void put_days(struct json_out *json, const struct residence_year *year)
{
	json_put_key(json, STR("days"));
	json_put_object(json);
	for (size_t c = 0; c < CONVENTION_COUNT; c++) {
		struct residence_days days = year->days[c];
		json_put_key(json, residence_convention_words[c].name);
		if (!year->is_counted)
			json_put_null(json);
		else if (days.min == days.max)
			json_put_i64(json, days.min);
		else
			put_bounds(json, days);
	}
	json_put_object_end(json);
}

static void put_reasons(struct json_out *json, unsigned reasons)
{
	json_put_key(json, STR("reasons"));
	json_put_array(json);
	for (size_t i = 0; i < REVIEW_COUNT; i++)
		if (reasons & REVIEW_BIT(i))
			json_put_str(json, residence_reason_words[i].name);
	json_put_array_end(json);
}

static void put_window(struct json_out *json, struct residence_window window)
{
	json_put_key(json, STR("window"));
	json_put_array(json);
	put_date(json, window.first);
	put_date(json, window.last);
	json_put_array_end(json);
}

static void put_verdicts(struct json_out *json, enum residence_verdict verdict,
                         enum residence_verdict provisional)
{
	json_put_key(json, STR("verdict"));
	json_put_str(json, residence_verdict_words[verdict].name);
	json_put_key(json, STR("provisional"));
	put_text_or_null(json, residence_verdict_words[provisional].name);
}

static void put_counts(struct json_out *json, const struct residence_year *year,
                       enum residence_convention convention, unsigned reasons)
{
	put_days(json, year);
	json_put_key(json, STR("bounds"));
	if (year->is_counted)
		put_bounds(json, year->days[convention]);
	else
		json_put_null(json);
	put_reasons(json, reasons);
	put_window(json, year->window);
}

static void put_years(struct json_out *json, const struct residence_answer *answer)
{
	json_put_key(json, STR("years"));
	json_put_array(json);
	for (size_t i = 0; i < answer->year_count; i++) {
		const struct residence_year *year = &answer->years[i];
		json_put_object(json);
		put_verdicts(json, year->verdict, year->provisional);
		put_counts(json, year, answer->convention, year->reasons);
		json_put_key(json, STR("window_days"));
		json_put_i64(json, year->window_days);
		json_put_object_end(json);
	}
	json_put_array_end(json);
}

static void put_trips(struct json_out *json, const struct residence_table *table)
{
	json_put_key(json, STR("trips"));
	json_put_array(json);
	for (size_t i = 0; i < table->trip_count; i++) {
		json_put_array(json);
		put_date(json, table->trips[i].out);
		put_date(json, table->trips[i].in);
		json_put_i64(json, table->trips[i].absent_days);
		json_put_array_end(json);
	}
	json_put_array_end(json);
}

/* One letter a day from the first day of the window on: R resident, A absent, ? doubtful, - unborn. */
static void put_calendar(struct json_out *json, struct arena *arena,
                         const struct residence_table *table)
{
	static const char letters[DAY_KIND_COUNT] = { [DAY_RESIDENT] = 'R', [DAY_ABSENT] = 'A',
		                                          [DAY_DOUBTFUL] = '?', [DAY_UNBORN] = '-' };
	char *text = arena_bytes(arena, table->day_count + 1);

	for (size_t i = 0; i < table->day_count; i++)
		text[i] = letters[table->days[i]];
	json_put_key(json, STR("calendar"));
	json_put_str(json, str_bytes(text, table->day_count));
}

static void put_full(struct json_out *json, struct arena *arena, const struct residence_question *ask,
                     const struct residence_rules *rules, const struct residence_answer *answer)
{
	struct buf text = buf_on(arena);

	residence_rules_print(rules, &text);
	json_put_key(json, STR("rule"));
	json_put_str(json, buf_str(&text));
	json_put_key(json, STR("data_as_of"));
	put_date(json, answer->data_as_of);
	put_years(json, answer);
	if (!(answer->reasons & REVIEW_BIT(REVIEW_NO_DAY_TEST))) {
		struct residence_table table = residence_table_make(arena, ask, rules, answer->decider);
		put_trips(json, &table);
		put_calendar(json, arena, &table);
	}
	text = buf_on(arena);
	residence_letter(answer, rules, &text);
	json_put_key(json, STR("letter"));
	json_put_str(json, buf_str(&text));
}

void residence_answer_print(struct json_out *json, struct arena *arena,
                            const struct residence_question *ask,
                            const struct residence_rules *rules, bool full)
{
	struct residence_answer answer = residence_decide(arena, ask, rules);

	put_verdicts(json, answer.verdict, answer.provisional);
	put_counts(json, &answer.years[answer.decider], answer.convention, answer.reasons);
	json_put_key(json, STR("next_flip"));
	put_date(json, answer.next_flip);
	if (full)
		put_full(json, arena, ask, rules, &answer);
	json_put_object_end(json);
}
