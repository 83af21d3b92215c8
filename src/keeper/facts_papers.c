/* What the law asks before a paper is printed. */
#include "keeper/facts_parts.h"

static const int statements[] = {
	[PRINTED_APPOINTMENT] = TABLES_print_fact_appointment,
	[PRINTED_APPLICATION] = TABLES_print_fact_application,
	[PRINTED_LETTER] = TABLES_print_fact_letter,
	[PRINTED_COVER_LIST] = TABLES_print_fact_transmission,
	[PRINTED_REPLY_FORM] = TABLES_print_fact_transmission,
	[PRINTED_HANDOVER] = TABLES_print_fact_appointment,
	[PRINTED_NIA_NOTICE] = TABLES_print_fact_notice,
};
static_assert(ARRAY_LEN(statements) == printed_paper_end, "every paper has its statement");

static enum fail load_about(struct facts_context *context, const struct command_print_paper *ask,
                            struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(context->tables, statements[ask->printed_paper],
	              VALUES(VALUE_INT("about", ask->about.n), VALUE_INT("me", facts->me.n),
	                     VALUE_INT("today", facts->today.day)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	facts->print.exists = true;
	facts->print.person.n = (uint64_t)rows_i64(&rows, 0);
	facts->print.office = rows_copy(&rows, 1, context->arena);
	facts->print.reader = rows_i64(&rows, 2);
	if (!rows_is_null(&rows, 3))
		facts->print.digest = rows_copy(&rows, 3, context->arena);
	return rows_fail(&rows);
}

enum fail load_print(struct facts_context *context, const struct command *command, struct facts *facts)
{
	const struct command_print_paper *ask = &command->print_paper;
	struct str paper = word_code(&printed_paper_words, (int)ask->printed_paper);

	TRY(load_about(context, ask, facts));
	return store_number(context->tables, TABLES_print_count,
	                    VALUES(VALUE_INT("about", ask->about.n), VALUE_TEXT("printed_paper", paper)),
	                    &facts->print.prints);
}
