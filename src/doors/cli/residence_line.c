#include "doors/cli/residence_line.h"

#include "base/json.h"
#include "doors/cli/residence_print.h"

struct line {
	struct arena *arena;
	struct residence_question ask;
	struct residence_rules rules;
	bool has_anchor, has_window, is_one_year;
	const char *why; /* what is wrong with the member being read */
};

static bool wrong(struct line *line, const char *why)
{
	line->why = why;
	return false;
}

/* Dates that the calendar of the Republic can write, with room for years to count back. */
static bool read_date(struct line *line, const struct json *value, struct date *out)
{
	static const struct ymd first = { 1912, 1, 1 }, last = { 2199, 12, 31 };
	struct date from, to, date;

	if (value->kind != JSON_IS_STR || date_parse_iso(value->text, &date) != OK)
		return wrong(line, "write a date that exists, as \"20241231\" or \"2024-12-31\"");
	if (!date_from_ymd(first, &from) || !date_from_ymd(last, &to) || date.day < from.day ||
	    date.day > to.day)
		return wrong(line, "the date lies outside 1912-01-01 to 2199-12-31");
	*out = date;
	return true;
}

static bool read_optional_date(struct line *line, const struct json *value, struct date *out)
{
	return value->kind == JSON_IS_NULL || read_date(line, value, out);
}

static bool read_direction(struct line *line, const struct json *value, enum direction *out)
{
	int direction;

	if (value->kind == JSON_IS_STR && word_find(&direction_words, value->text, &direction) == OK &&
	    direction != direction_none) {
		*out = (enum direction)direction;
		return true;
	}
	return wrong(line, "the direction of a row is \"out\" or \"in\"");
}

static bool read_rows(struct line *line, const struct json *value)
{
	if (value->kind != JSON_IS_ARRAY)
		return wrong(line, "write a list of rows such as [\"20240110\",\"out\"]");
	if (value->count > RESIDENCE_MAX_ROWS)
		return wrong(line, "there are more than 5000 rows");
	struct residence_row *rows = arena_array(line->arena, struct residence_row, value->count + 1);
	for (size_t i = 0; i < value->count; i++) {
		const struct json *row = &value->items[i];
		if (row->kind != JSON_IS_ARRAY || row->count != 2)
			return wrong(line, "a row is a date and a direction, such as [\"20240110\",\"out\"]");
		if (!read_date(line, &row->items[0], &rows[i].date) ||
		    !read_direction(line, &row->items[1], &rows[i].direction))
			return false;
	}
	line->ask.rows = rows;
	line->ask.row_count = value->count;
	return true;
}

static bool read_anchor(struct line *line, const struct json *value)
{
	line->has_anchor = true;
	return read_date(line, value, &line->ask.anchor);
}

static bool read_window(struct line *line, const struct json *value)
{
	line->has_window = true;
	if (value->kind != JSON_IS_ARRAY || value->count != 2)
		return wrong(line, "write its first and last day, such as [\"20240101\",\"20241230\"]");
	if (!read_date(line, &value->items[0], &line->ask.window.first) ||
	    !read_date(line, &value->items[1], &line->ask.window.last))
		return false;
	int32_t days = residence_window_days(line->ask.window);
	if (days < 1 || days > RESIDENCE_MAX_WINDOW)
		return wrong(line, "the window has 1 to 1098 days, the first day first");
	return true;
}

static bool read_coverage(struct line *line, const struct json *value)
{
	struct str text = value->kind == JSON_IS_STR ? value->text : STR("");

	line->ask.coverage_all = str_is(text, "all");
	line->is_one_year = str_is(text, "one_year");
	if (line->ask.coverage_all || line->is_one_year || str_is(text, "unknown"))
		return true;
	return read_date(line, value, &line->ask.coverage_from) ||
	       wrong(line, "coverage is \"all\", \"one_year\", \"unknown\" or the date from which the "
	                   "source answers");
}

static bool read_person(struct line *line, const struct json *value)
{
	int kind;

	if (value->kind != JSON_IS_STR || word_find(&person_kind_words, value->text, &kind) != OK)
		return wrong(line, "the kind of person is registered_national, unregistered_national, "
		                   "foreign_resident, mainland, hk_macau or unknown");
	line->ask.person = (enum person_kind)kind;
	return true;
}

static bool read_as_of(struct line *line, const struct json *value)
{
	return read_optional_date(line, value, &line->ask.data_as_of);
}

static bool read_born(struct line *line, const struct json *value)
{
	return read_optional_date(line, value, &line->ask.born);
}

static bool read_seen_on(struct line *line, const struct json *value)
{
	return read_optional_date(line, value, &line->ask.seen_on);
}

static bool read_registration(struct line *line, const struct json *value)
{
	line->ask.registration_is_live = value->boolean;
	return value->kind == JSON_IS_BOOL || wrong(line, "write true or false");
}

static bool read_doubts(struct line *line, const struct json *value)
{
	static const unsigned outside =
		REVIEW_BIT(REVIEW_SOURCE_INCOMPLETE) | REVIEW_BIT(REVIEW_IDENTITY_UNRESOLVED) |
		REVIEW_BIT(REVIEW_DUAL_DOCUMENT) | REVIEW_BIT(REVIEW_DISPUTED) |
		REVIEW_BIT(REVIEW_NO_DAY_TEST);

	for (size_t i = 0; i < value->count || value->kind != JSON_IS_ARRAY; i++) {
		size_t reason = value->kind == JSON_IS_ARRAY
		                        ? residence_word_find(residence_reason_words, REVIEW_COUNT,
		                                              value->items[i].text)
		                        : REVIEW_COUNT;
		if (reason == REVIEW_COUNT || !(REVIEW_BIT(reason) & outside))
			return wrong(line, "a list of source_incomplete, identity_unresolved, dual_document, "
			                   "disputed, no_day_test");
		line->ask.doubts |= REVIEW_BIT(reason);
	}
	return true;
}

/* A list stands for its words with commas; numbers may be written as such. */
static bool parameter_text(struct line *line, const struct json *value, struct str *out)
{
	struct buf text = buf_on(line->arena);

	if (value->kind == JSON_IS_INT)
		buf_i64(&text, value->n);
	else if (value->kind == JSON_IS_STR)
		buf_add(&text, value->text);
	else if (value->kind != JSON_IS_ARRAY)
		return wrong(line, "the value of a parameter is text, a number or a list of words");
	for (size_t i = 0; value->kind == JSON_IS_ARRAY && i < value->count; i++) {
		buf_add(&text, i ? STR(",") : STR(""));
		if (value->items[i].kind != JSON_IS_STR)
			return wrong(line, "the value of a parameter is text, a number or a list of words");
		buf_add(&text, value->items[i].text);
	}
	*out = buf_str(&text);
	return true;
}

static bool read_parameters(struct line *line, const struct json *value)
{
	if (value->kind != JSON_IS_OBJECT)
		return wrong(line, "write an object such as {\"residence.window\":\"both_ends\"}");
	for (size_t i = 0; i < value->count; i++) {
		struct str text;
		if (!parameter_text(line, &value->items[i], &text) ||
		    residence_rules_set(&line->rules, value->keys[i], text, &line->why) != OK)
			return false;
	}
	return true;
}

static bool read_ignored(struct line *line, const struct json *value)
{
	(void)line;
	(void)value;
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct line *line, const struct json *value);
} members[] = {
	{ "id", read_ignored },          { "note", read_ignored },
	{ "rows", read_rows },           { "anchor", read_anchor },
	{ "window", read_window },       { "coverage", read_coverage },
	{ "person", read_person },       { "data_as_of", read_as_of },
	{ "born", read_born },           { "birth_date", read_born },
	{ "seen_on", read_seen_on },     { "registration_live", read_registration },
	{ "doubts", read_doubts },       { "parameters", read_parameters },
};

static bool read_member(struct line *line, struct str name, const struct json *value)
{
	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		if (str_is(name, members[i].name))
			return members[i].read(line, value);
	return wrong(line, "there is no member of this name");
}

/* What only the whole line can tell. Returns the member that is wrong, or NULL. */
static const char *line_check(struct line *line)
{
	const char *member = NULL;

	if (line->has_anchor == line->has_window) {
		member = "anchor";
		line->why = "give either an anchor or a window";
	} else if (line->has_window && line->rules.years > 1) {
		member = "window";
		line->why = "three years are counted from an anchor";
	} else if (!line->ask.rows) {
		member = "rows";
		line->why = "give the list of rows, [] when there are none";
	}
	return member;
}

static void print_error(struct json_out *json, struct str member, const char *why, struct arena *arena)
{
	json_put_key(json, STR("error"));
	json_put_str(json, str_printf(arena, "%.*s: %s", STR_FMT(member), why));
	json_put_object_end(json);
}

static void print_id(struct json_out *json, const struct json *id)
{
	json_put_key(json, STR("id"));
	if (id && id->kind == JSON_IS_STR)
		json_put_str(json, id->text);
	else if (id && id->kind == JSON_IS_INT)
		json_put_i64(json, id->n);
	else
		json_put_null(json);
}

static bool line_read(struct line *line, const struct json *object, struct str *member_out)
{
	for (size_t i = 0; i < object->count; i++) {
		*member_out = object->keys[i];
		if (!read_member(line, object->keys[i], &object->items[i]))
			return false;
	}
	const char *member = line_check(line);
	*member_out = str_from(member);
	if (line->is_one_year && !member)
		line->ask.coverage_from = residence_span_of(&line->ask, &line->rules).first;
	return member == NULL;
}

bool residence_line_answer(struct arena *arena, struct str text, bool full, struct buf *out)
{
	struct line line = { .arena = arena, .ask = residence_question_empty(),
		                 .rules = residence_rules_default() };
	struct json_out json = json_to(out);
	struct json object;
	struct str member = STR("line");

	line.why = "this is not a JSON object on one line";
	bool is_object = json_read(arena, text, &object) == OK && object.kind == JSON_IS_OBJECT;
	json_put_object(&json);
	print_id(&json, is_object ? json_member(&object, STR("id")) : NULL);
	bool fine = is_object && line_read(&line, &object, &member);
	if (fine)
		residence_answer_print(&json, arena, &line.ask, &line.rules, full);
	else
		print_error(&json, member, line.why, arena);
	buf_byte(out, '\n');
	return fine;
}
