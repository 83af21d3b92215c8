/* What is known about each row of a list: every person, office and case that it names. */
#include <string.h>

#include "keeper/facts_parts.h"
#include "keeper/import_read.h"
#include "law/import_walk.h"

/* Persons whom the list names for the first time, by tag: the same number is the same person. */
struct newcomers {
	size_t cap;
	struct newcomer {
		struct str tag;
		struct person_id fresh;
	} *at;
};

static struct newcomers newcomers_for(struct arena *arena, size_t row_count)
{
	size_t cap = 16;

	while (cap < row_count * 2)
		cap *= 2;
	return (struct newcomers){ cap, arena_array(arena, struct newcomer, cap) };
}

/* FNV-1a; tags are HMACs, so nobody chooses their places. */
static size_t place_of(struct str tag, size_t cap)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < tag.len; i++)
		hash = (hash ^ (uint8_t)tag.at[i]) * 1099511628211u;
	return hash & (cap - 1);
}

static struct person_id fresh_for(struct newcomers *newcomers, const struct fact_subject *subject)
{
	size_t place = place_of(subject->tag, newcomers->cap);

	while (newcomers->at[place].fresh.n) {
		if (str_eq(newcomers->at[place].tag, subject->tag))
			return newcomers->at[place].fresh;
		place = (place + 1) & (newcomers->cap - 1);
	}
	newcomers->at[place] = (struct newcomer){ subject->tag, subject->fresh };
	return subject->fresh;
}

static enum fail row_subject(struct facts_context *context, struct str typed, const struct facts *facts,
                             struct newcomers *newcomers, struct fact_subject *out)
{
	TRY(load_number(context, typed, facts, out));
	if (out->tag.len && !out->person.n)
		out->fresh = fresh_for(newcomers, out);
	return OK;
}

static enum fail organisation_row(struct facts_context *context, const struct facts *facts,
                                  struct newcomers *newcomers, struct fact_row *out)
{
	const struct import_organisation *row = &out->row.organisation;

	(void)facts, (void)newcomers;
	out->office = rules_office(context->cache, row->office);
	out->parent_exists = rules_office(context->cache, row->parent).exists;
	return OK;
}

static enum fail staff_row(struct facts_context *context, const struct facts *facts,
                           struct newcomers *newcomers, struct fact_row *out)
{
	const struct import_staff *row = &out->row.staff;
	struct details said = { row->name, DATE_NONE, row->unit, row->title, row->email };

	out->office = rules_office(context->cache, row->office);
	TRY(row_subject(context, row->id_no, facts, newcomers, &out->subject));
	TRY(load_same(context, &said, person_kind_none, &out->subject));
	if (row->card_serial.len)
		TRY(row_exists(context, TABLES_fact_card,
		               VALUES(VALUE_TEXT("card_serial", row->card_serial)), &out->card_holder.n));
	if (!out->subject.person.n)
		return OK;
	out->card_bound_same = out->card_holder.n == out->subject.person.n;
	if (row->card_serial.len && !out->card_bound_same)
		TRY(load_sessions(context, out->subject.person, &out->sessions));
	return load_duty_same(context, out->subject.person, row->office, row->duty, row->deputy,
	                      facts->today, &out->their_duties, &out->duty);
}

static enum fail calendar_row(struct facts_context *context, const struct facts *facts,
                              struct newcomers *newcomers, struct fact_row *out)
{
	(void)facts, (void)newcomers;
	out->day_kind = rules_day(context->cache, out->row.calendar.day);
	return OK;
}

static enum fail cases_row(struct facts_context *context, const struct facts *facts,
                           struct newcomers *newcomers, struct fact_row *out)
{
	const struct import_cases *row = &out->row.cases;
	struct details said = { .name = row->name, .unit = STR(""), .title = STR("") };
	bool unconfirmed;

	out->office = rules_office(context->cache, row->office);
	out->basis = rules_basis(context->cache, row->legal_basis, facts->today);
	TRY(load_case(context, row->case_no, &out->case_));
	TRY(row_subject(context, row->id_no, facts, newcomers, &out->subject));
	if (birthday_read(row->birth_date, facts->today, &said.birth_date) == OK)
		TRY(load_same(context, &said, row->person_kind, &out->subject));
	TRY(load_party_at(context, out->case_.id, row->party_no, &out->party_person, &unconfirmed));
	TRY(load_party_of(context, out->case_.id, out->subject.person, &out->known_party_no,
	                  &out->party_unconfirmed));
	out->subject.party_no = out->known_party_no;
	return OK;
}

static enum fail grants_row(struct facts_context *context, const struct facts *facts,
                            struct newcomers *newcomers, struct fact_row *out)
{
	const struct import_grants *row = &out->row.grants;

	out->office = rules_office(context->cache, row->office);
	out->basis = rules_basis(context->cache, row->legal_basis, facts->today);
	TRY(row_subject(context, row->id_no, facts, newcomers, &out->subject));
	if (!out->subject.person.n)
		return OK;
	TRY(load_account(context, out->subject.person, row->office, &out->account_exists));
	TRY(load_duties(context, TABLES_fact_duties_standing,
	                VALUES(VALUE_INT("person", out->subject.person.n), VALUE_TEXT("office", row->office),
	                       VALUE_INT("today", facts->today.day)),
	                &out->their_duties));
	return row_exists(context, TABLES_fact_grant_same,
	                  VALUES(VALUE_INT("person", out->subject.person.n),
	                         VALUE_TEXT("item", word_code(&item_words, (int)row->item)),
	                         VALUE_TEXT("basis", row->legal_basis), VALUE_TEXT("office", row->office),
	                         VALUE_INT("valid_from", row->valid_from.day),
	                         VALUE_INT("valid_to", row->valid_to.day)),
	                  &out->grant_entry.n);
}

static enum fail leave_row(struct facts_context *context, const struct facts *facts, struct newcomers *newcomers,
                           struct fact_row *out)
{
	const struct import_leave *row = &out->row.leave;
	uint64_t same = 0;

	TRY(row_subject(context, row->id_no, facts, newcomers, &out->subject));
	TRY(row_exists(context, TABLES_fact_absence_same,
	               VALUES(VALUE_INT("person", out->subject.person.n), VALUE_INT("first_day", row->first_day.day),
	                      VALUE_INT("last_day", row->last_day.day), VALUE_INT("cancelled", row->cancelled),
	                      VALUE_TEXT("leave_kind", word_code(&leave_kind_words, (int)row->leave_kind))), &same));
	out->stands_same = same != 0;
	return OK;
}

static enum fail overtime_row(struct facts_context *context, const struct facts *facts, struct newcomers *newcomers,
                              struct fact_row *out)
{
	const struct import_overtime *row = &out->row.overtime;
	uint64_t same = 0;

	TRY(row_subject(context, row->id_no, facts, newcomers, &out->subject));
	TRY(row_exists(context, TABLES_fact_overtime_same,
	               VALUES(VALUE_INT("person", out->subject.person.n), VALUE_INT("day", row->day.day),
	                      VALUE_INT("from_minute", minute_read(row->from_time)),
	                      VALUE_INT("to_minute", minute_read(row->to_time)),
	                      VALUE_INT("cancelled", row->cancelled)), &same));
	out->stands_same = same != 0;
	return OK;
}

typedef enum fail row_loader(struct facts_context *context, const struct facts *facts,
                             struct newcomers *newcomers, struct fact_row *out);

static row_loader *const row_loaders[import_kind_end] = {
	[IMPORT_ORGANISATION] = organisation_row,
	[IMPORT_STAFF] = staff_row,
	[IMPORT_CALENDAR] = calendar_row,
	[IMPORT_CASES] = cases_row,
	[IMPORT_GRANTS] = grants_row,
	[IMPORT_LEAVE] = leave_row,
	[IMPORT_OVERTIME] = overtime_row,
};

static struct fact_row row_blank(const struct import_row *row)
{
	struct str none = STR("");
	struct date never = DATE_NONE;

	return (struct fact_row){
		.row = *row,
		.subject = { .normalised = none, .tag = none },
		.office = { .office = none, .name = none, .name_en = none, .parent = none, .address = none,
		            .phone = none },
		.case_ = { .case_no = none, .office = none, .basis = none, .opened_on = never,
		           .closed_on = never },
		.duty = { .office = none, .valid_from = never, .valid_to = never },
		.basis = { .basis = none, .name = none },
	};
}

enum fail load_rows(struct facts_context *context, const struct command *command, struct facts *facts)
{
	const struct command_import_list *list = &command->import_list;
	struct import_file file = import_read(context->arena, list->import_kind, list->file, facts->today);

	facts->row_problem_count = file.problem_count;
	facts->row_problems = file.problems;
	if (file.problem_count)
		return OK;
	struct newcomers newcomers = newcomers_for(context->arena, file.row_count);
	struct fact_row *rows = arena_array(context->arena, struct fact_row, file.row_count);
	for (size_t i = 0; i < file.row_count; i++) {
		rows[i] = row_blank(&file.rows[i]);
		TRY(row_loaders[list->import_kind](context, facts, &newcomers, &rows[i]));
	}
	facts->row_count = file.row_count;
	facts->rows = rows;
	return OK;
}
