/* Appointments: the one a command is about, what the person holds besides, who else stands there. */
#include "keeper/facts_parts.h"

static enum fail person_known(struct facts_context *context, struct person_id person, bool *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(context->tables, TABLES_fact_person, VALUES(VALUE_INT("person", person.n)), &rows));
	*out = rows_next(&rows);
	return rows_fail(&rows);
}

enum fail load_appoint(struct facts_context *context, const struct command *command, struct facts *facts)
{
	const struct command_appoint_duty *appoint = &command->appoint_duty;

	facts->office = rules_office(context->cache, appoint->office);
	TRY(person_known(context, appoint->person, &facts->person_exists));
	return load_duty_same(context, appoint->person, appoint->office, appoint->duty, appoint->deputy,
	                      facts->today, &facts->their_duties, &facts->duty);
}

enum fail load_staffing(struct facts_context *context, struct str office, struct entry_id without,
                        struct date today, struct fact_staffing *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	*out = (struct fact_staffing){ 0 };
	TRY(store_ask(context->tables, TABLES_fact_staffing,
	              VALUES(VALUE_TEXT("office", office), VALUE_INT("entry", without.n),
	                     VALUE_INT("today", today.day)), &rows));
	if (rows_next(&rows))
		*out = (struct fact_staffing){ rows_i64(&rows, 0), rows_i64(&rows, 1), rows_i64(&rows, 2),
			                       rows_i64(&rows, 3) };
	return rows_fail(&rows);
}

static enum fail load_standing(struct facts_context *context, struct entry_id entry, struct facts *facts)
{
	struct fact_duties found;

	TRY(load_duties(context, TABLES_fact_duty,
	                VALUES(VALUE_INT("entry", entry.n), VALUE_INT("today", facts->today.day)), &found));
	if (!found.count)
		return OK;
	facts->duty = found.at[0];
	facts->office = rules_office(context->cache, facts->duty.office);
	return load_staffing(context, facts->duty.office, entry, facts->today, &facts->staffing);
}

enum fail load_end_duty(struct facts_context *context, const struct command *command, struct facts *facts)
{
	return load_standing(context, command->end_duty.duty_entry, facts);
}

enum fail load_hand_over(struct facts_context *context, const struct command *command, struct facts *facts)
{
	const struct command_hand_over_duty *ask = &command->hand_over_duty;

	TRY(load_standing(context, ask->duty_entry, facts));
	TRY(person_known(context, ask->person, &facts->person_exists));
	return load_duty_same(context, ask->person, facts->duty.office, facts->duty.duty, facts->duty.deputy,
	                      facts->today, &facts->their_duties, &facts->successor_duty);
}

enum fail load_notice(struct facts_context *context, const struct command *command, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct entry_id entry = command->report_staff_change.notice;
	int duty;

	TRY(store_ask(context->tables, TABLES_fact_staff_notice, VALUES(VALUE_INT("entry", entry.n)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	TRY(row_word(&rows, 1, &duty_words, &duty));
	facts->notice = (struct fact_notice){ entry, rows_copy(&rows, 0, context->arena), (enum duty)duty,
		                              row_date(&rows, 2) };
	return rows_fail(&rows);
}
