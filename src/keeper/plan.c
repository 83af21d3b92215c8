/* What leaves for the source: only what the policy row and the windows of the test need. */
#include "keeper/plan.h"

#include "keeper/people.h"

static enum fail numbers_open(struct act *act, struct person_id person, struct source_plan *plan)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	int kind = 0;

	TRY(store_ask(act->keeper->tables, TABLES_fact_person_numbers,
	              VALUES(VALUE_INT("person", person.n)), &rows));
	while (plan->number_count < SOURCE_NUMBERS_MAX && rows_next(&rows)) {
		struct source_number *number = &plan->numbers[plan->number_count];
		TRY(document_open(act, rows_i64(&rows, 0), rows_text(&rows, 1), &number->number));
		TRY(word_find(&number_kind_words, rows_text(&rows, 2), &kind));
		number->kind = (enum number_kind)kind;
		plan->number_count += number->number.len > 0;
	}
	return rows_fail(&rows);
}

/* The days of every window that the answer compares, and how far back the state before may stand. */
static void span_set(struct act *act, struct date anchor, struct source_plan *plan)
{
	struct residence_question question = residence_question_empty();

	question.anchor = anchor;
	struct residence_span span = residence_span_of(&question, &act->facts.answer_rules->residence);
	plan->look_back = span.look_back;
	plan->first = span.first;
	plan->last = span.last;
}

enum fail plan_make(struct act *act, enum item item, enum query_range range, struct date anchor,
                    struct person_id person, struct source_plan *out, enum person_kind *kind_out)
{
	struct person_shown shown;

	TRY(person_show(act, person, &shown));
	*out = (struct source_plan){ .item = item, .range = range, .name = shown.details.name,
		                     .born = shown.details.birth_date,
		                     .columns = answer_columns(item, range),
		                     .asked_at_ms = act->facts.now_ms };
	*kind_out = shown.kind;
	span_set(act, anchor, out);
	return numbers_open(act, person, out);
}
