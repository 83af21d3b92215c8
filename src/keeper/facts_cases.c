#include "keeper/facts_parts.h"

enum { PARTY_DIGITS_MAX = 4, HOUR_MS = 3600 * 1000, UNCONFIRMED_MAX = 1024 };

static enum fail case_read(struct facts_context *context, int statement, struct store_values values,
                           struct fact_case *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	*out = (struct fact_case){ .case_no = STR(""), .office = STR(""), .basis = STR(""),
		                   .opened_on = DATE_NONE, .closed_on = DATE_NONE };
	TRY(store_ask(context->tables, statement, values, &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	*out = (struct fact_case){
		.id = { (uint64_t)rows_i64(&rows, 0) },
		.case_no = rows_copy(&rows, 1, context->arena),
		.office = rows_copy(&rows, 2, context->arena),
		.basis = rows_copy(&rows, 3, context->arena),
		.opened_on = row_date(&rows, 4), .closed_on = row_date(&rows, 5),
		.unconfirmed = rows_i64(&rows, 6), .party_count = rows_i64(&rows, 7),
		.unconfirmed_parties = rows_i64(&rows, 8),
	};
	return rows_fail(&rows);
}

enum fail load_case(struct facts_context *context, struct str case_no, struct fact_case *out)
{
	return case_read(context, TABLES_fact_case, VALUES(VALUE_TEXT("case_no", case_no)), out);
}

enum fail load_party_of(struct facts_context *context, struct case_id case_id, struct person_id person,
                        int64_t *party_no_out, bool *unconfirmed_out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	*party_no_out = 0;
	*unconfirmed_out = false;
	if (!case_id.n || !person.n)
		return OK;
	TRY(store_ask(context->tables, TABLES_fact_party_of_person,
	              VALUES(VALUE_INT("person", person.n), VALUE_INT("case", case_id.n)), &rows));
	if (rows_next(&rows)) {
		*party_no_out = rows_i64(&rows, 0);
		*unconfirmed_out = rows_i64(&rows, 1);
	}
	return rows_fail(&rows);
}

enum fail load_case_acted_on(struct facts_context *context, struct str case_no, struct facts *facts)
{
	int64_t my_party_no;
	bool unconfirmed;

	TRY(load_case(context, case_no, &facts->case_));
	TRY(load_party_of(context, facts->case_.id, facts->me, &my_party_no, &unconfirmed));
	facts->case_.i_am_party = my_party_no != 0;
	return OK;
}

enum fail load_party_at(struct facts_context *context, struct case_id case_id, int64_t party_no,
                        struct person_id *person_out, bool *unconfirmed_out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	person_out->n = 0;
	*unconfirmed_out = false;
	if (!case_id.n)
		return OK;
	TRY(store_ask(context->tables, TABLES_fact_party,
	              VALUES(VALUE_INT("case", case_id.n), VALUE_INT("party_no", party_no)), &rows));
	if (rows_next(&rows)) {
		person_out->n = (uint64_t)rows_i64(&rows, 0);
		*unconfirmed_out = rows_i64(&rows, 1);
	}
	return rows_fail(&rows);
}

enum fail load_open_case(struct facts_context *context, const struct command *command,
                         struct facts *facts)
{
	const struct command_open_case *open = &command->open_case;

	facts->basis = rules_basis(context->cache, open->legal_basis, facts->today);
	return load_case(context, open->case_no, &facts->case_);
}

enum fail load_add_party(struct facts_context *context, const struct command *command,
                         struct facts *facts)
{
	const struct command_add_party *add = &command->add_party;
	struct details said = { add->name, DATE_NONE, STR(""), STR(""), STR("") };
	bool unconfirmed;

	TRY(load_case_acted_on(context, add->case_no, facts));
	facts->office = rules_office(context->cache, facts->case_.office);
	TRY(load_number(context, add->id_no, facts, &facts->subject));
	if (birthday_read(add->birth_date, facts->today, &said.birth_date) == OK)
		TRY(load_same(context, &said, add->person_kind, &facts->subject));
	return load_party_of(context, facts->case_.id, facts->subject.person, &facts->subject.party_no,
	                     &unconfirmed);
}

static enum fail unconfirmed_read(struct facts_context *context, struct fact_case *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	int64_t *numbers = arena_array(context->arena, int64_t, UNCONFIRMED_MAX);

	TRY(store_ask(context->tables, TABLES_fact_parties_unconfirmed,
	              VALUES(VALUE_INT("case", out->id.n)), &rows));
	while (rows_next(&rows))
		numbers[out->unconfirmed_count++] = rows_i64(&rows, 0);
	out->unconfirmed_at = numbers;
	return rows_fail(&rows);
}

enum fail load_confirm_case(struct facts_context *context, const struct command *command,
                            struct facts *facts)
{
	uint64_t mine = 0;

	TRY(load_case_acted_on(context, command->confirm_case.case_no, facts));
	if (!facts->case_.id.n)
		return OK;
	TRY(row_exists(context, TABLES_fact_entered_by,
	               VALUES(VALUE_INT("case", facts->case_.id.n), VALUE_INT("person", facts->me.n)),
	               &mine));
	facts->case_.entered_by_me = mine != 0;
	return unconfirmed_read(context, &facts->case_);
}

static bool is_party_no(struct str typed, int64_t *out)
{
	return typed.len <= PARTY_DIGITS_MAX && str_to_i64(typed, out) == OK && *out > 0;
}

static enum fail load_subject(struct facts_context *context, struct str typed, struct facts *facts)
{
	struct fact_subject *subject = &facts->subject;
	int64_t party_no;
	bool unconfirmed;

	typed = str_trim(typed);
	if (is_party_no(typed, &party_no)) {
		TRY(load_party_at(context, facts->case_.id, party_no, &subject->person, &unconfirmed));
		subject->party_no = subject->person.n ? party_no : 0;
		return OK;
	}
	TRY(load_number(context, typed, facts, subject));
	return load_party_of(context, facts->case_.id, subject->person, &subject->party_no, &unconfirmed);
}

static enum fail load_granted(struct facts_context *context, enum item item, struct str basis,
                              struct str office, struct facts *facts)
{
	uint64_t entry = 0;

	TRY(row_exists(context, TABLES_fact_granted,
	               VALUES(VALUE_INT("person", facts->me.n),
	                      VALUE_TEXT("item", word_code(&item_words, (int)item)),
	                      VALUE_TEXT("basis", basis), VALUE_TEXT("office", office),
	                      VALUE_INT("today", facts->today.day)),
	               &entry));
	facts->item_granted = entry != 0;
	return OK;
}

static enum fail load_asked(struct facts_context *context, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	int64_t hour_ms = facts->now_ms - HOUR_MS, day_ms = date_local_start_ms(facts->today);

	TRY(store_ask(context->tables, TABLES_fact_asked,
	              VALUES(VALUE_INT("person", facts->me.n), VALUE_INT("hour_ms", hour_ms),
	                     VALUE_INT("day_ms", day_ms)),
	              &rows));
	if (rows_next(&rows)) {
		facts->asked_last_hour = rows_i64(&rows, 0);
		facts->asked_today = rows_i64(&rows, 1);
	}
	return rows_fail(&rows);
}

static void due_put(struct facts_context *context, struct facts *facts)
{
	const struct parameters *parameters = &facts->parameters;
	struct date last = rules_workday_after(context->cache, facts->today,
	                                       parameter_int(parameters, PARAMETER_PASTE_DAYS));

	facts->workday_due_ms = date_local_start_ms(date_add(last, 1));
	facts->accept_by = rules_workday_after(context->cache, facts->today,
	                                       parameter_int(parameters, PARAMETER_TWO_PERSON_AFTER_DAYS));
}

enum fail load_question(struct facts_context *context, struct str case_no, struct str subject, enum item item,
                        struct str basis, struct facts *facts)
{
	TRY(load_case(context, case_no, &facts->case_));
	facts->office = rules_office(context->cache, facts->case_.office);
	facts->basis = rules_basis(context->cache, basis, facts->today);
	TRY(load_subject(context, subject, facts));
	TRY(load_granted(context, item, basis, facts->case_.office, facts));
	due_put(context, facts);
	return OK;
}

enum fail load_ask(struct facts_context *context, const struct command *command, struct facts *facts)
{
	const struct command_ask *ask = &command->ask;

	TRY(load_question(context, ask->case_no, ask->subject, ask->item, ask->legal_basis, facts));
	TRY(load_asked(context, facts));
	return ask->authorization.len ? load_code(context, ask->authorization, facts) : OK;
}

enum fail load_accept(struct facts_context *context, const struct command *command, struct facts *facts)
{
	TRY(load_query(context, command->accept_query.asked, facts, NULL));
	due_put(context, facts);
	return OK;
}

static enum fail query_read(struct facts_context *context, const struct rows_found *rows,
                            struct fact_query *out)
{
	struct arena *arena = context->arena;
	struct str state = rows_text(rows, 12);
	int item, range, waits_for, verdict = 0;

	TRY(row_word(rows, 7, &item_words, &item));
	TRY(row_word(rows, 8, &query_range_words, &range));
	TRY(row_word(rows, 9, &waits_for_words, &waits_for));
	if (!rows_is_null(rows, 13))
		TRY(row_word(rows, 13, &answer_code_words, &verdict));
	*out = (struct fact_query){
		.id = { (uint64_t)rows_i64(rows, 0) }, .asker = { (uint64_t)rows_i64(rows, 2) },
		.subject = { (uint64_t)rows_i64(rows, 3) }, .case_id = { (uint64_t)rows_i64(rows, 4) },
		.case_no = rows_copy(rows, 18, arena), .office = rows_copy(rows, 19, arena),
		.basis = rows_copy(rows, 20, arena), .rule = rows_copy(rows, 6, arena),
		.case_closed = !rows_is_null(rows, 21), .item = (enum item)item,
		.range = (enum query_range)range, .waits_for = (enum waits_for)waits_for,
		.anchor = row_date(rows, 10), .due_ms = row_int(rows, 11), .open = str_is(state, "open"),
		.answered = str_is(state, "answered"), .failed = str_is(state, "failed"),
		.verdict = (enum answer_code)verdict, .has_day_table = !rows_is_null(rows, 14),
		.released = !rows_is_null(rows, 15), .to_accept = !rows_is_null(rows, 16),
		.accept_by = row_date(rows, 16), .accepted = !rows_is_null(rows, 17),
		.to_explain = rows_i64(rows, 22),
	};
	return OK;
}

enum fail load_query(struct facts_context *context, struct query_id id, struct facts *facts,
                     struct session_id *session_out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(context->tables, TABLES_fact_query, VALUES(VALUE_INT("asked", id.n)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	TRY(query_read(context, &rows, &facts->query));
	facts->subject.person = facts->query.subject;
	facts->subject.party_no = rows_i64(&rows, 5);
	if (session_out)
		session_out->n = (uint64_t)rows_i64(&rows, 1);
	return rows_fail(&rows);
}

/* The grant may have ended and the case been closed since the question was asked. */
enum fail load_again(struct facts_context *context, struct facts *facts)
{
	const struct fact_query *query = &facts->query;

	if (!query->id.n)
		return OK;
	TRY(case_read(context, TABLES_fact_case_of_id, VALUES(VALUE_INT("case", query->case_id.n)),
	              &facts->case_));
	facts->office = rules_office(context->cache, query->office);
	facts->basis = rules_basis(context->cache, query->basis, facts->today);
	due_put(context, facts);
	return load_granted(context, query->item, query->basis, query->office, facts);
}
