#include <string.h>

#include "keeper/facts_parts.h"
#include "law/idno.h"

enum { DUTIES_MAX = 64 };

enum fail row_word(const struct rows_found *rows, int column, const struct word_list *list, int *out)
{
	return word_find(list, rows_text(rows, column), out) == OK ? OK : FAIL_CORRUPT;
}

struct date row_date(const struct rows_found *rows, int column)
{
	return rows_is_null(rows, column) ? DATE_NONE
					  : (struct date){ (int32_t)rows_i64(rows, column) };
}

int64_t row_int(const struct rows_found *rows, int column)
{
	return rows_is_null(rows, column) ? INT_NONE : rows_i64(rows, column);
}

enum fail row_exists(struct facts_context *context, int statement, struct store_values values,
                     uint64_t *out)
{
	int64_t found = 0;
	enum fail fail = store_number(context->tables, statement, values, &found);

	if (fail != OK && fail != FAIL_NOT_FOUND)
		return fail;
	*out = (uint64_t)found;
	return OK;
}

enum fail load_session(struct facts_context *context, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct session_id id = facts->session.id;
	int cause = 0;

	if (!id.n || facts->session.person.n)
		return OK;
	facts->session = (struct fact_session){ 0 };
	TRY(store_ask(context->tables, TABLES_fact_session, VALUES(VALUE_INT("session", id.n)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	if (!rows_is_null(&rows, 2))
		TRY(row_word(&rows, 2, &sign_out_cause_words, &cause));
	facts->session = (struct fact_session){ .id = id,
		                                .person = { (uint64_t)rows_i64(&rows, 0) },
		                                .live = rows_is_null(&rows, 1),
		                                .ended = (enum sign_out_cause)cause };
	facts->me = facts->session.person;
	return rows_fail(&rows);
}

static enum fail duty_read(struct arena *arena, const struct rows_found *rows, struct fact_duty *out)
{
	int duty;

	TRY(row_word(rows, 3, &duty_words, &duty));
	*out = (struct fact_duty){
		.entry = { (uint64_t)rows_i64(rows, 0) }, .person = { (uint64_t)rows_i64(rows, 1) },
		.office = rows_copy(rows, 2, arena), .duty = (enum duty)duty, .deputy = rows_i64(rows, 4),
		.valid_from = row_date(rows, 5), .valid_to = row_date(rows, 6),
	};
	return OK;
}

enum fail load_duties(struct facts_context *context, int statement, struct store_values values,
                      struct fact_duties *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct fact_duty found[DUTIES_MAX];
	size_t count = 0;

	TRY(store_ask(context->tables, statement, values, &rows));
	while (count < DUTIES_MAX && rows_next(&rows))
		TRY(duty_read(context->arena, &rows, &found[count++]));
	TRY(rows_fail(&rows));
	struct fact_duty *at = arena_array(context->arena, struct fact_duty, count);
	if (count)
		memcpy(at, found, count * sizeof *at);
	*out = (struct fact_duties){ count, at };
	return OK;
}

enum fail load_account(struct facts_context *context, struct person_id person, struct str office,
                       bool *out)
{
	uint64_t entry = 0;

	TRY(row_exists(context, TABLES_fact_account,
	               VALUES(VALUE_INT("person", person.n), VALUE_TEXT("office", office)), &entry));
	*out = entry != 0;
	return OK;
}

static enum fail standing_read(struct facts_context *context, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(context->tables, TABLES_fact_me, VALUES(VALUE_INT("person", facts->me.n)), &rows));
	if (rows_next(&rows)) {
		facts->my_account = rows_i64(&rows, 0);
		facts->my_failures = rows_i64(&rows, 1);
		facts->me_locked = rows_i64(&rows, 2) > facts->now_ms;
	}
	return rows_fail(&rows);
}

enum fail load_me(struct facts_context *context, struct facts *facts)
{
	if (!facts->me.n)
		return OK;
	TRY(load_duties(context, TABLES_fact_duties,
	                VALUES(VALUE_INT("person", facts->me.n), VALUE_INT("today", facts->today.day)),
	                &facts->my_duties));
	if (!facts->my_duties.count)
		TRY(load_my_block(context, facts));
	return standing_read(context, facts);
}

enum fail load_duty_same(struct facts_context *context, struct person_id person, struct str office,
                         enum duty duty, bool deputy, struct date today, struct fact_duties *their_out,
                         struct fact_duty *same_out)
{
	struct fact_duty same = { .office = STR("") };

	TRY(load_duties(context, TABLES_fact_duties_of_person,
	                VALUES(VALUE_INT("person", person.n), VALUE_INT("today", today.day)), their_out));
	for (size_t i = 0; i < their_out->count; i++)
		if (their_out->at[i].duty == duty && their_out->at[i].deputy == deputy &&
		    str_eq(their_out->at[i].office, office))
			same = their_out->at[i];
	*same_out = same;
	return OK;
}

static enum fail digest_read(struct arena *arena, struct str text, struct hash *out)
{
	struct str bytes;

	if (base64url_read(arena, text, &bytes) != OK || bytes.len != HASH_BYTES)
		return FAIL_CORRUPT;
	memcpy(out->at, bytes.at, HASH_BYTES);
	return OK;
}

/* A document as the entry's digest demands it. */
enum fail load_document(struct facts_context *context, uint64_t id, struct str digest,
                               struct str *out)
{
	struct buf content = buf_on(context->arena);
	struct hash expected;

	TRY(digest_read(context->arena, digest, &expected));
	TRY(vault_read(context->vault, (struct document_id){ id }, &expected, &content));
	*out = buf_str(&content);
	return OK;
}

enum fail load_person(struct facts_context *context, struct person_id person, int *kind_out,
                             struct details *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct str text;

	TRY(store_ask(context->tables, TABLES_fact_person, VALUES(VALUE_INT("person", person.n)), &rows));
	if (!rows_next(&rows))
		return rows.fail ? rows.fail : FAIL_NOT_FOUND;
	TRY(row_word(&rows, 0, &person_kind_words, kind_out));
	TRY(load_document(context, (uint64_t)rows_i64(&rows, 1), rows_text(&rows, 2), &text));
	return details_read(context->arena, text, out) == OK ? OK : FAIL_CORRUPT;
}

enum fail load_name(struct facts_context *context, struct person_id person, struct str *out)
{
	struct details details;
	int kind;
	enum fail fail = load_person(context, person, &kind, &details);

	*out = fail == OK ? details.name : STR("");
	return fail == FAIL_NOT_FOUND ? OK : fail;
}

static bool is_said(struct str said, struct str stored)
{
	return str_eq(detail_after(stored, said), stored);
}

/* Who says nothing about a unit or a birthday does not contradict the one that stands. */
static bool details_cover(const struct details *stored, const struct details *said)
{
	return is_said(said->name, stored->name) && is_said(said->unit, stored->unit) &&
	       is_said(said->title, stored->title) && is_said(said->email, stored->email) &&
	       (date_is_none(said->birth_date) || said->birth_date.day == stored->birth_date.day);
}

/* Details that were destroyed are the same as nothing. */
enum fail load_same(struct facts_context *context, const struct details *said, enum person_kind kind,
                    struct fact_subject *subject)
{
	struct details stored;
	int stored_kind;

	if (!subject->person.n)
		return OK;
	enum fail fail = load_person(context, subject->person, &stored_kind, &stored);
	if (fail == FAIL_NOT_FOUND)
		return OK;
	TRY(fail);
	subject->details = stored;
	subject->details_same = details_cover(&stored, said) &&
				(kind == person_kind_none || (int)kind == stored_kind);
	return OK;
}

enum fail load_person_of_number(struct facts_context *context, struct str number, struct person_id *out)
{
	struct tag *tags = arena_array(context->arena, struct tag, VAULT_PERIODS_MAX);
	size_t count = vault_tags(context->vault, number, tags);

	out->n = 0;
	for (size_t i = 0; i < count && !out->n; i++)
		TRY(row_exists(context, TABLES_fact_person_of_tag,
		               VALUES(VALUE_TEXT("tag", str_from(tags[i].text))), &out->n));
	return OK;
}

static uint64_t fresh_id(void)
{
	uint64_t id = random_u64();

	while (id == 0)
		id = random_u64();
	return id;
}

enum fail load_number(struct facts_context *context, struct str typed, const struct facts *facts,
                      struct fact_subject *out)
{
	struct idno number = idno_read_typed(typed, facts->today);
	struct fact_subject subject = {
		.by_number = true, .number_valid = number.fault == IDNO_FINE, .number_fault = number.fault,
		.number_kind = number.kind,
		.normalised = str_copy(context->arena, str_from(number.text)), .tag = STR(""),
		.fresh = { fresh_id() },
	};

	if (subject.normalised.len) {
		struct str tagged = idno_tagged(context->arena, &number);
		struct time_text period = time_quarter(facts->now_ms);
		struct tag tag;
		TRY(vault_tag(context->vault, str_from(period.text), tagged, &tag));
		subject.tag = str_copy(context->arena, str_from(tag.text));
		TRY(load_person_of_number(context, tagged, &subject.person));
	}
	*out = subject;
	return OK;
}
