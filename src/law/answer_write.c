/* The answer document and the day table as canonical JSON. */
#include "law/answer_parts.h"

const char *const state_names[] = {
	[STATE_UNKNOWN] = "unknown", [STATE_LAST_ROW] = "last_row",
	[STATE_INFERRED] = "inferred", [STATE_PRESUMED] = "presumed",
};
const char day_letters[DAY_KIND_COUNT] = {
	[DAY_RESIDENT] = 'r', [DAY_ABSENT] = 'a', [DAY_DOUBTFUL] = 'd', [DAY_UNBORN] = 'u',
};

static_assert(DIR_IN == DIR_OUT + 1, "a digit holds the two bits of a day's crossings");

static void put_text(struct json_out *out, struct str key, struct str text)
{
	if (!text.len)
		return;
	json_put_key(out, key);
	json_put_str(out, text);
}

static void put_int(struct json_out *out, struct str key, int64_t n)
{
	json_put_key(out, key);
	json_put_i64(out, n);
}

static void put_true(struct json_out *out, struct str key, bool value)
{
	if (!value)
		return;
	json_put_key(out, key);
	json_put_bool(out, true);
}

static void put_date(struct json_out *out, struct str key, struct date date)
{
	struct time_text text = date_iso(date);

	put_text(out, key, str_from(text.text));
}

static void put_window(struct json_out *out, struct residence_window window)
{
	struct time_text first = date_iso(window.first), last = date_iso(window.last);

	json_put_key(out, STR("window"));
	json_put_array(out);
	json_put_str(out, str_from(first.text));
	json_put_str(out, str_from(last.text));
	json_put_array_end(out);
}

static void put_pair(struct json_out *out, struct residence_days days)
{
	json_put_array(out);
	json_put_i64(out, days.min);
	json_put_i64(out, days.max);
	json_put_array_end(out);
}

static void put_days(struct json_out *out, const struct residence_year *year)
{
	if (!year->is_counted)
		return;
	json_put_key(out, STR("days"));
	json_put_object(out);
	for (size_t i = 0; i < CONVENTION_COUNT; i++) {
		json_put_key(out, residence_convention_words[i].name);
		if (year->days[i].min == year->days[i].max)
			json_put_i64(out, year->days[i].min);
		else
			put_pair(out, year->days[i]);
	}
	json_put_object_end(out);
}

static void put_reasons(struct json_out *out, unsigned reasons)
{
	json_put_key(out, STR("reasons"));
	json_put_array(out);
	for (size_t i = 0; i < REVIEW_COUNT; i++)
		if (reasons & REVIEW_BIT(i))
			json_put_str(out, residence_reason_words[i].name);
	json_put_array_end(out);
}

/* What the count of one year rests on. */
static void put_count(struct json_out *out, const struct residence_year *year,
                      enum residence_convention convention)
{
	put_window(out, year->window);
	put_int(out, STR("window_days"), year->window_days);
	put_text(out, STR("state"), str_from(state_names[year->state]));
	put_days(out, year);
	if (year->is_counted) {
		json_put_key(out, STR("bounds"));
		put_pair(out, year->days[convention]);
	}
}

static void put_years(struct json_out *out, const struct residence_answer *residence)
{
	if (residence->year_count < 2)
		return;
	put_int(out, STR("decider"), (int64_t)residence->decider);
	json_put_key(out, STR("years"));
	json_put_array(out);
	for (size_t i = 0; i < residence->year_count; i++) {
		const struct residence_year *year = &residence->years[i];
		json_put_object(out);
		put_text(out, STR("verdict"), residence_verdict_words[year->verdict].name);
		put_text(out, STR("provisional"), residence_verdict_words[year->provisional].name);
		put_reasons(out, year->reasons);
		put_count(out, year, residence->convention);
		json_put_object_end(out);
	}
	json_put_array_end(out);
}

static void put_residence(struct json_out *out, const struct residence_answer *residence)
{
	if (!residence->year_count)
		return;
	put_text(out, STR("convention"), residence_convention_words[residence->convention].name);
	put_count(out, &residence->years[residence->decider], residence->convention);
	put_date(out, STR("next_flip"), residence->next_flip);
	put_years(out, residence);
}

static size_t put_columns(struct json_out *out, const struct answer_document *answer)
{
	const struct item_columns *all = columns_of(answer->item);
	size_t count = 0;

	if (!answer->columns)
		return 0;
	json_put_key(out, STR("columns"));
	json_put_array(out);
	for (size_t i = 0; i < all->count; i++)
		if (answer->columns & 1u << i) {
			json_put_str(out, all->columns[i].name);
			count++;
		}
	json_put_array_end(out);
	return count;
}

static void put_rows(struct json_out *out, const struct answer_document *answer, size_t columns)
{
	if (!answer->has_rows)
		return;
	json_put_key(out, STR("rows"));
	json_put_array(out);
	for (size_t row = 0; row < answer->shown_rows; row++) {
		json_put_array(out);
		for (size_t i = 0; i < columns; i++)
			json_put_str(out, answer->cells[row * columns + i]);
		json_put_array_end(out);
	}
	json_put_array_end(out);
}

struct str answer_document_write(struct arena *arena, const struct answer_document *answer, struct str *values_out)
{
	struct buf buf = buf_on(arena), bytes = buf_on(arena);
	struct json_values values = { .buf = &bytes };
	struct json_out out = values_out ? json_to_both(&buf, &values) : json_to(&buf);

	json_put_object(&out);
	put_int(&out, STR("v"), ANSWER_VERSION);
	put_text(&out, STR("item"), word_code(&item_words, (int)answer->item));
	put_text(&out, STR("range"), word_code(&query_range_words, (int)answer->range));
	put_date(&out, STR("anchor"), answer->anchor);
	put_text(&out, STR("result"), word_code(&result_class_words, (int)answer->result));
	put_text(&out, STR("verdict"), word_code(&answer_code_words, (int)answer->verdict));
	put_text(&out, STR("provisional"), word_code(&answer_code_words, (int)answer->provisional));
	if (answer->residence.year_count)
		put_reasons(&out, answer->residence.reasons);
	put_text(&out, STR("rule"), answer->rule);
	put_text(&out, STR("parameters"), answer->parameters);
	put_date(&out, STR("data_as_of"), answer->data_as_of);
	put_text(&out, STR("coverage"), answer->coverage_all ? STR("all") : STR(""));
	if (!answer->coverage_all)
		put_date(&out, STR("coverage"), answer->coverage_from);
	put_residence(&out, &answer->residence);
	put_true(&out, STR("household"), answer->is_household);
	put_true(&out, STR("municipality"), answer->needs_municipality);
	put_int(&out, STR("row_count"), answer->row_count);
	put_text(&out, STR("letter"), answer->letter);
	put_rows(&out, answer, put_columns(&out, answer));
	json_put_object_end(&out);
	if (values_out)
		*values_out = buf_str(&bytes);
	return buf_str(&buf);
}

static void put_trip(struct json_out *out, const struct residence_trip *trip)
{
	json_put_object(out);
	put_date(out, STR("out"), trip->out);
	put_date(out, STR("in"), trip->in);
	put_int(out, STR("absent_days"), trip->absent_days);
	put_true(out, STR("completed"), trip->is_completed);
	json_put_object_end(out);
}

struct str day_table_document_write(struct arena *arena, const struct residence_table *table, struct str *values_out)
{
	char *days = arena_array(arena, char, table->day_count), *crossings = arena_array(arena, char, table->day_count);
	struct buf buf = buf_on(arena), bytes = buf_on(arena);
	struct json_values values = { .buf = &bytes };
	struct json_out out = values_out ? json_to_both(&buf, &values) : json_to(&buf);

	for (size_t i = 0; i < table->day_count; i++) {
		days[i] = day_letters[table->days[i]];
		crossings[i] = (char)('0' + (table->crossings[i] >> DIR_OUT));
	}
	json_put_object(&out);
	put_int(&out, STR("v"), ANSWER_VERSION);
	put_window(&out, table->window);
	json_put_key(&out, STR("trips"));
	json_put_array(&out);
	for (size_t i = 0; i < table->trip_count; i++)
		put_trip(&out, &table->trips[i]);
	json_put_array_end(&out);
	json_put_key(&out, STR("days"));
	json_put_str(&out, str_bytes(days, table->day_count));
	json_put_key(&out, STR("crossings"));
	json_put_str(&out, str_bytes(crossings, table->day_count));
	json_put_object_end(&out);
	if (values_out)
		*values_out = buf_str(&bytes);
	return buf_str(&buf);
}
