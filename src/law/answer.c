#include "law/answer.h"

/* 社會救助法 §4(6): 戶內人口均應. By reference §4-1(2). */
static const struct str household_bases[] = { STR_INIT("B_LOW"), STR_INIT("B_MIDLOW") };

static const enum answer_code codes_of_verdict[VERDICT_COUNT] = {
	[VERDICT_NONE] = answer_code_none,
	[VERDICT_ELIGIBLE] = ANSWER_ELIGIBLE,
	[VERDICT_NEEDS_REVIEW] = ANSWER_NEEDS_REVIEW,
	[VERDICT_NOT_ELIGIBLE] = ANSWER_NOT_ELIGIBLE,
};

struct answer_question answer_question_empty(void)
{
	return (struct answer_question){ .anchor = DATE_NONE, .today = DATE_NONE, .rule = STR(""),
		                         .basis = STR(""), .born = DATE_NONE, .seen_on = DATE_NONE };
}

uint32_t answer_columns(enum item item, enum query_range range)
{
	return policy_of(item, range)->columns;
}

static bool is_household(struct str basis)
{
	for (size_t i = 0; i < ARRAY_LEN(household_bases); i++)
		if (str_eq(household_bases[i], basis))
			return true;
	return false;
}

const struct answer_rules *answer_rules_make(struct arena *arena, const struct parameters *parameters)
{
	struct answer_rules *rules = arena_new(arena, struct answer_rules);
	struct buf text = buf_on(arena);
	const char *why;

	rules->residence = residence_rules_default();
	for (size_t i = 0; i < PARAMETER_COUNT; i++) {
		const struct parameter_spec *spec = parameter_spec((enum parameter)i);
		struct str value = parameters->value[i];
		if (!str_starts(spec->name, STR("residence.")))
			continue;
		if (spec->kind == PARAMETER_SET && str_is(value, "none"))
			value = STR("");
		enum fail fail = residence_rules_set(&rules->residence, spec->name, value, &why);
		assert(fail != FAIL_SYNTAX); /* propose_parameter has checked it */
	}
	residence_rules_print(&rules->residence, &text);
	rules->text = buf_str(&text);
	return rules;
}

static struct texts texts_room(struct arena *arena, size_t count)
{
	return (struct texts){ 0, arena_array(arena, struct str, count) };
}

static struct texts reason_texts(struct arena *arena, unsigned reasons)
{
	struct texts texts = texts_room(arena, REVIEW_COUNT);

	for (size_t i = 0; i < REVIEW_COUNT; i++)
		if (reasons & REVIEW_BIT(i))
			texts.at[texts.count++] = residence_reason_words[i].name;
	return texts;
}

static struct texts column_texts(struct arena *arena, enum item item, uint32_t columns)
{
	const struct item_columns *all = columns_of(item);
	struct texts texts = texts_room(arena, COLUMNS_MAX);

	for (size_t i = 0; i < all->count; i++)
		if (columns & 1u << i)
			texts.at[texts.count++] = all->columns[i].name;
	return texts;
}

/* --- what the range shows ------------------------------------------------------------------ */

/* one_year shows the last year of border crossings; what has no date of crossing has no such window. */
static bool row_in_range(const struct answer_question *question, const struct rows *rows, size_t row)
{
	size_t column = column_find(columns_of(rows->item), STR("event_date"));
	struct date date;

	if (question->range != RANGE_ONE_YEAR || column == columns_of(rows->item)->count)
		return true;
	enum fail fail = date_parse_iso(rows_cell(rows, row, column), &date);
	assert(fail == OK); /* rows_check */
	return date.day >= date_year_before(question->anchor).day && date.day <= question->anchor.day;
}

static void rows_show(struct arena *arena, const struct answer_question *question,
                      const struct rows *rows, struct answer_document *answer)
{
	const struct item_columns *all = columns_of(rows->item);
	struct str *cells = arena_array(arena, struct str, rows->row_count * all->count + 1);
	size_t used = 0;

	answer->has_rows = true;
	for (size_t row = 0; row < rows->row_count; row++) {
		if (!row_in_range(question, rows, row))
			continue;
		for (size_t i = 0; i < all->count; i++)
			if (answer->columns & 1u << i)
				cells[used++] = rows_cell(rows, row, i);
		answer->shown_rows++;
	}
	answer->cells = cells;
}

/* Every row with every delivered column, in the source's order: cells with a unit separator between,
 * rows ended by a line feed. */
static struct str rows_text(struct arena *arena, const struct rows *rows)
{
	const struct item_columns *all = columns_of(rows->item);
	struct buf out = buf_on(arena);

	for (size_t row = 0; row < rows->row_count; row++)
		for (size_t i = 0; i < all->count; i++) {
			buf_add(&out, rows_cell(rows, row, i));
			buf_byte(&out, i + 1 == all->count ? '\n' : 0x1f);
		}
	return buf_str(&out);
}

/* --- the two ways of answering ------------------------------------------------------------- */

static struct answer_document answer_begin(const struct answer_question *question, const struct rows *rows)
{
	return (struct answer_document){
		.item = question->item,
		.range = question->range,
		.anchor = question->anchor,
		.result = rows->result,
		.rule = question->rule,
		.parameters = STR(""),
		.data_as_of = rows->data_as_of,
		.coverage_all = rows->coverage_all,
		.coverage_from = rows->coverage_from,
		.needs_municipality = question->needs_municipality,
		.row_count = (int64_t)rows->row_count,
		.letter = STR(""),
		.residence = { .data_as_of = DATE_NONE, .next_flip = DATE_NONE },
	};
}

static struct residence_question residence_ask(struct arena *arena, const struct answer_question *question,
                                               const struct rows *rows)
{
	struct residence_question ask = residence_question_empty();

	ask.anchor = question->anchor;
	ask.person = question->person;
	ask.registration_is_live = question->registration_is_live;
	ask.born = question->born;
	ask.seen_on = question->seen_on;
	ask.doubts = question->doubts;
	residence_take_rows(arena, rows, &ask);
	return ask;
}

static void residence_reduce(struct arena *arena, const struct answer_question *question,
                             const struct rows *rows, struct answer_reduced *out)
{
	struct answer_document answer = answer_begin(question, rows);
	struct residence_question ask = residence_ask(arena, question, rows);
	const struct residence_rules *rules = &question->rules->residence;
	struct buf letter = buf_on(arena);

	answer.residence = residence_decide(arena, &ask, rules);
	answer.verdict = codes_of_verdict[answer.residence.verdict];
	answer.provisional = codes_of_verdict[answer.residence.provisional];
	answer.is_household = is_household(question->basis);
	residence_letter(&answer.residence, rules, &letter);
	answer.letter = buf_str(&letter);
	answer.parameters = question->rules->text;

	struct residence_table table = residence_table_make(arena, &ask, rules, answer.residence.decider);
	bool kept = answer.verdict != ANSWER_ELIGIBLE;
	struct str table_text = day_table_document_write(arena, &table, kept ? &out->table_values : NULL);
	out->delivery.verdict = answer.verdict;
	out->delivery.reasons = reason_texts(arena, answer.residence.reasons);
	out->delivery.answer = answer_document_write(arena, &answer, &out->answer_values);
	/* The officer sees trips where the decision has to rest on them (DOMAIN 4.4). */
	out->delivery.day_table = kept ? table_text : STR("");
	out->later_table = kept ? STR("") : table_text;
	if (kept)
		out->delivery.fields = column_texts(arena, question->item,
		                                    answer_columns(question->item, question->range));
}

static void records_reduce(struct arena *arena, const struct answer_question *question,
                           const struct rows *rows, struct answer_reduced *out)
{
	struct answer_document answer = answer_begin(question, rows);

	answer.columns = answer_columns(question->item, question->range);
	rows_show(arena, question, rows, &answer);
	answer.verdict = answer.shown_rows ? ANSWER_RELEASED : ANSWER_NOT_FOUND;
	out->delivery.verdict = answer.verdict;
	out->delivery.fields = column_texts(arena, question->item, answer.columns);
	out->shown = answer_document_write(arena, &answer, NULL);
	answer.has_rows = false;
	out->delivery.answer = answer_document_write(arena, &answer, &out->answer_values);
}

static struct answer_reduced reduced_begin(struct arena *arena, const struct rows *rows)
{
	return (struct answer_reduced){
		.delivery = { .result = rows->result, .answer = STR(""), .day_table = STR(""),
		              .rows_digest = STR(""), .row_count = (int64_t)rows->row_count,
		              .unread_lines = (int64_t)rows->unread_lines, .data_as_of = rows->data_as_of },
		.shown = STR(""), .later_table = STR(""), .answer_values = STR(""), .table_values = STR(""),
		.rows_text = rows_text(arena, rows), .why = "",
	};
}

/* A part of the records is no record: only the residence test knows what to do with it. */
static bool can_answer(const struct policy *policy, const struct rows *rows)
{
	return rows_say_something(rows) &&
	       (policy->needs_day_test || (rows->result != RESULT_TRUNCATED && rows->complete));
}

struct answer_reduced answer_reduce(struct arena *arena, const struct answer_question *question,
                                    const struct rows *rows)
{
	const struct policy *policy = policy_of(question->item, question->range);
	const char *why;

	assert(policy && rows->item == question->item);
	if (rows_check(rows, policy->columns, &why) != OK) {
		struct rows nothing = rows_empty(question->item, RESULT_MALFORMED);
		struct answer_reduced out = reduced_begin(arena, &nothing);
		out.why = why;
		return out;
	}
	struct answer_reduced out = reduced_begin(arena, rows);
	if (!can_answer(policy, rows)) {
		if (rows_say_something(rows))
			out.delivery.result = RESULT_TRUNCATED;
		return out;
	}
	if (policy->needs_day_test)
		residence_reduce(arena, question, rows, &out);
	else
		records_reduce(arena, question, rows, &out);
	return out;
}
