/* Reading an answer back. What is read is written again and compared, so that only our own spelling
 * passes; the reader itself has only to be safe with any JSON. */
#include "law/answer_parts.h"

#include <string.h>

static bool member_int(const struct json *object, struct str key, int64_t min, int64_t max, int64_t *out)
{
	const struct json *member = json_member(object, key);

	if (!member || member->kind != JSON_IS_INT || member->n < min || member->n > max)
		return false;
	*out = member->n;
	return true;
}

static bool member_true(const struct json *object, struct str key)
{
	const struct json *member = json_member(object, key);

	return member && member->kind == JSON_IS_BOOL && member->boolean;
}

/* "" leaves 0: what must stand is found missing when the document is written again. */
static bool member_word(const struct json *object, struct str key, const struct word_list *words, int *out)
{
	struct str code = json_text(object, key);

	*out = 0;
	return !code.len || word_find(words, code, out) == OK;
}

static bool text_date(struct str text, struct date *out)
{
	*out = DATE_NONE;
	return !text.len || date_parse_iso(text, out) == OK;
}

static bool member_array(const struct json *object, struct str key, size_t max, const struct json **out)
{
	const struct json *member = json_member(object, key);

	if (!member || member->kind != JSON_IS_ARRAY || member->count > max)
		return false;
	*out = member;
	return true;
}

static bool member_window(const struct json *object, struct residence_window *out)
{
	const struct json *window;

	return member_array(object, STR("window"), 2, &window) && window->count == 2 &&
	       window->items[0].kind == JSON_IS_STR && window->items[1].kind == JSON_IS_STR &&
	       date_parse_iso(window->items[0].text, &out->first) == OK &&
	       date_parse_iso(window->items[1].text, &out->last) == OK;
}

static bool read_day_count(const struct json *value, struct residence_days *out)
{
	const struct json *min = value, *max = value;

	if (value->kind == JSON_IS_ARRAY && value->count == 2) {
		min = &value->items[0];
		max = &value->items[1];
	}
	if (min->kind != JSON_IS_INT || max->kind != JSON_IS_INT || min->n < 0 || max->n > INT16_MAX ||
	    min->n > max->n)
		return false;
	*out = (struct residence_days){ (int32_t)min->n, (int32_t)max->n };
	return true;
}

static bool member_days(const struct json *object, struct residence_year *year)
{
	const struct json *days = json_member(object, STR("days"));

	year->is_counted = days != NULL;
	if (!days)
		return true;
	if (days->kind != JSON_IS_OBJECT || days->count != CONVENTION_COUNT)
		return false;
	for (size_t i = 0; i < CONVENTION_COUNT; i++)
		if (!read_day_count(&days->items[i], &year->days[i]))
			return false;
	return true;
}

static bool member_reasons(const struct json *object, unsigned *out)
{
	const struct json *reasons;

	*out = 0;
	if (!member_array(object, STR("reasons"), REVIEW_COUNT, &reasons))
		return json_member(object, STR("reasons")) == NULL;
	for (size_t i = 0; i < reasons->count; i++) {
		size_t word = residence_word_find(residence_reason_words, REVIEW_COUNT, reasons->items[i].text);
		if (reasons->items[i].kind != JSON_IS_STR || word == REVIEW_COUNT)
			return false;
		*out |= REVIEW_BIT(word);
	}
	return true;
}

static bool member_verdict(const struct json *object, struct str key, enum residence_verdict *out)
{
	size_t verdict = residence_word_find(residence_verdict_words, VERDICT_COUNT, json_text(object, key));

	*out = (enum residence_verdict)verdict;
	return verdict < VERDICT_COUNT;
}

static bool member_state(const struct json *object, enum residence_state_source *out)
{
	struct str name = json_text(object, STR("state"));

	for (size_t i = 0; i < STATE_COUNT; i++)
		if (str_is(name, state_names[i])) {
			*out = (enum residence_state_source)i;
			return true;
		}
	return false;
}

static bool read_count(const struct json *object, struct residence_year *year)
{
	int64_t days;

	if (!member_window(object, &year->window) || !member_state(object, &year->state) ||
	    !member_days(object, year) || !member_int(object, STR("window_days"), 0, INT16_MAX, &days))
		return false;
	year->window_days = (int32_t)days;
	return true;
}

static bool read_years(const struct json *object, struct residence_answer *out)
{
	const struct json *years;
	int64_t decider;

	if (!member_array(object, STR("years"), RESIDENCE_MAX_YEARS, &years))
		return json_member(object, STR("years")) == NULL;
	if (years->count < 2 || !member_int(object, STR("decider"), 0, (int64_t)years->count - 1, &decider))
		return false;
	out->year_count = years->count;
	out->decider = (size_t)decider;
	for (size_t i = 0; i < years->count; i++) {
		struct residence_year *year = &out->years[i];
		const struct json *item = &years->items[i];
		if (item->kind != JSON_IS_OBJECT || !read_count(item, year) ||
		    !member_reasons(item, &year->reasons) ||
		    !member_verdict(item, STR("verdict"), &year->verdict) ||
		    !member_verdict(item, STR("provisional"), &year->provisional))
			return false;
	}
	return true;
}

static bool read_residence(const struct json *object, struct residence_answer *out)
{
	struct str convention = json_text(object, STR("convention"));
	size_t word = residence_word_find(residence_convention_words, CONVENTION_COUNT, convention);

	*out = (struct residence_answer){ .data_as_of = DATE_NONE, .next_flip = DATE_NONE };
	if (!convention.len)
		return true;
	if (word == CONVENTION_COUNT || !member_reasons(object, &out->reasons) ||
	    !member_verdict(object, STR("verdict"), &out->verdict) ||
	    !member_verdict(object, STR("provisional"), &out->provisional) ||
	    !text_date(json_text(object, STR("next_flip")), &out->next_flip) ||
	    !text_date(json_text(object, STR("data_as_of")), &out->data_as_of))
		return false;
	out->convention = (enum residence_convention)word;
	out->year_count = 1;
	out->years[0] = (struct residence_year){ .verdict = out->verdict, .provisional = out->provisional,
		                                 .reasons = out->reasons };
	return read_count(object, &out->years[0]) && read_years(object, out);
}

static bool read_columns(const struct json *object, struct answer_document *out, size_t *count_out)
{
	const struct item_columns *all = columns_of(out->item);
	const struct json *columns;

	*count_out = 0;
	if (!member_array(object, STR("columns"), COLUMNS_MAX, &columns))
		return json_member(object, STR("columns")) == NULL;
	for (size_t i = 0; i < columns->count; i++) {
		size_t column = column_find(all, columns->items[i].text);
		if (columns->items[i].kind != JSON_IS_STR || column == all->count)
			return false;
		out->columns |= 1u << column;
	}
	*count_out = columns->count;
	return true;
}

static bool read_rows(struct arena *arena, const struct json *object, size_t columns, struct answer_document *out)
{
	const struct json *rows;

	if (!member_array(object, STR("rows"), ROWS_MAX, &rows))
		return json_member(object, STR("rows")) == NULL;
	struct str *cells = arena_array(arena, struct str, rows->count * columns + 1);
	for (size_t row = 0; row < rows->count; row++) {
		const struct json *line = &rows->items[row];
		if (line->kind != JSON_IS_ARRAY || line->count != columns)
			return false;
		for (size_t i = 0; i < columns; i++)
			cells[row * columns + i] = line->items[i].text;
	}
	out->has_rows = true;
	out->shown_rows = rows->count;
	out->cells = cells;
	return true;
}

static bool read_head(const struct json *object, struct answer_document *out)
{
	struct str coverage = json_text(object, STR("coverage"));
	int item, range, result, verdict, provisional;

	out->coverage_all = str_is(coverage, "all");
	if (!member_word(object, STR("item"), &item_words, &item) || !item ||
	    !member_word(object, STR("range"), &query_range_words, &range) ||
	    !member_word(object, STR("result"), &result_class_words, &result) ||
	    !member_word(object, STR("verdict"), &answer_code_words, &verdict) ||
	    !member_word(object, STR("provisional"), &answer_code_words, &provisional) ||
	    !text_date(json_text(object, STR("anchor")), &out->anchor) ||
	    !text_date(json_text(object, STR("data_as_of")), &out->data_as_of) ||
	    !text_date(out->coverage_all ? STR("") : coverage, &out->coverage_from) ||
	    !member_int(object, STR("row_count"), 0, INT32_MAX, &out->row_count))
		return false;
	out->item = (enum item)item;
	out->range = (enum query_range)range;
	out->result = (enum result_class)result;
	out->verdict = (enum answer_code)verdict;
	out->provisional = (enum answer_code)provisional;
	out->rule = json_text(object, STR("rule"));
	out->parameters = json_text(object, STR("parameters"));
	out->letter = json_text(object, STR("letter"));
	out->is_household = member_true(object, STR("household"));
	out->needs_municipality = member_true(object, STR("municipality"));
	return true;
}

enum fail answer_document_read(struct arena *arena, struct str text, struct answer_document *out)
{
	struct answer_document answer = { .cells = NULL };
	struct json object;
	size_t columns;

	TRY(json_read(arena, text, &object));
	if (object.kind != JSON_IS_OBJECT || !read_head(&object, &answer) ||
	    !read_residence(&object, &answer.residence) || !read_columns(&object, &answer, &columns) ||
	    !read_rows(arena, &object, columns, &answer) ||
	    !str_eq(answer_document_write(arena, &answer, NULL), text))
		return FAIL_SYNTAX;
	*out = answer;
	return OK;
}

static bool read_letters(struct arena *arena, struct str text, const char *letters, size_t kinds,
                         uint8_t **out)
{
	*out = arena_bytes_of(arena, 1, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		const char *letter = memchr(letters, text.at[i], kinds);
		if (!letter)
			return false;
		(*out)[i] = (uint8_t)(letter - letters);
	}
	return true;
}

static bool read_trips(struct arena *arena, const struct json *object, struct residence_table *out)
{
	const struct json *trips;
	int64_t days;

	if (!member_array(object, STR("trips"), RESIDENCE_MAX_ROWS + 1, &trips))
		return false;
	out->trips = arena_array(arena, struct residence_trip, trips->count + 1);
	out->trip_count = trips->count;
	for (size_t i = 0; i < trips->count; i++) {
		const struct json *item = &trips->items[i];
		struct residence_trip *trip = &out->trips[i];
		if (item->kind != JSON_IS_OBJECT || !text_date(json_text(item, STR("out")), &trip->out) ||
		    !text_date(json_text(item, STR("in")), &trip->in) ||
		    !member_int(item, STR("absent_days"), 0, INT16_MAX, &days))
			return false;
		trip->absent_days = (int32_t)days;
		trip->is_completed = member_true(item, STR("completed"));
	}
	return true;
}

enum fail day_table_document_read(struct arena *arena, struct str text, struct residence_table *out)
{
	struct residence_table table = { .day_count = 0 };
	struct json object;

	TRY(json_read(arena, text, &object));
	struct str days = object.kind == JSON_IS_OBJECT ? json_text(&object, STR("days")) : STR("");
	struct str crossings = object.kind == JSON_IS_OBJECT ? json_text(&object, STR("crossings")) : STR("");
	if (object.kind != JSON_IS_OBJECT || days.len != crossings.len ||
	    !member_window(&object, &table.window) || !read_trips(arena, &object, &table) ||
	    !read_letters(arena, days, day_letters, DAY_KIND_COUNT, &table.days) ||
	    !read_letters(arena, crossings, "0123", 4, &table.crossings))
		return FAIL_SYNTAX;
	table.day_count = days.len;
	for (size_t i = 0; i < table.day_count; i++)
		table.crossings[i] = (uint8_t)(table.crossings[i] << DIR_OUT);
	if (!str_eq(day_table_document_write(arena, &table, NULL), text))
		return FAIL_SYNTAX;
	*out = table;
	return OK;
}
