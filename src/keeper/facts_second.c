/* A second person's word: found by the request's number, or by the code that was told. */
#include "keeper/facts_parts.h"

#include "keeper/codes.h"

static enum fail second_read(struct facts_context *context, const struct rows_found *rows,
                             struct fact_authorization *out)
{
	int item, range;

	TRY(row_word(rows, 6, &item_words, &item));
	TRY(row_word(rows, 7, &query_range_words, &range));
	*out = (struct fact_authorization){
		.entry = { (uint64_t)rows_i64(rows, 0) }, .asker = { (uint64_t)rows_i64(rows, 1) },
		.subject = { (uint64_t)rows_i64(rows, 2) }, .case_id = { (uint64_t)rows_i64(rows, 3) },
		.office = rows_copy(rows, 4, context->arena), .case_closed = !rows_is_null(rows, 5),
		.item = (enum item)item, .range = (enum query_range)range, .anchor = row_date(rows, 8),
		.ask_count = rows_i64(rows, 9), .used = rows_i64(rows, 10), .grant_by_ms = rows_i64(rows, 11),
		.granted = !rows_is_null(rows, 12), .valid_until_ms = row_int(rows, 13),
		.stands = rows_i64(rows, 15),
	};
	return OK;
}

static enum fail second_find(struct facts_context *context, uint64_t entry, struct facts *facts,
                             struct str *code_out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(context->tables, TABLES_fact_second_person,
	              VALUES(VALUE_INT("entry", entry), VALUE_INT("today", facts->today.day)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	TRY(second_read(context, &rows, &facts->authorization));
	*code_out = rows_copy(&rows, 14, context->arena);
	return rows_fail(&rows);
}

/* The index leads to the row by the keyed digest, which tells nothing about the code; that it is the
 * same is said by a comparison that takes as long for every code. */
enum fail load_code(struct facts_context *context, struct str typed, struct facts *facts)
{
	struct tag *tags = arena_array(context->arena, struct tag, VAULT_PERIODS_MAX);
	struct str plain = code_plain(context->arena, typed), code = STR("");
	size_t count = plain.len ? vault_tags(context->vault, plain, tags) : 0;
	uint64_t entry = 0;
	size_t at = 0;

	for (; at < count && !entry; at++)
		TRY(row_exists(context, TABLES_fact_second_person_of_code,
		               VALUES(VALUE_TEXT("code", str_from(tags[at].text))), &entry));
	if (!entry)
		return OK;
	TRY(second_find(context, entry, facts, &code));
	if (code.len != TAG_CHARS || !bytes_eq(code.at, tags[at - 1].text, TAG_CHARS))
		facts->authorization.entry.n = 0;
	return OK;
}

enum fail load_request(struct facts_context *context, const struct command *command, struct facts *facts)
{
	const struct command_request_authorization *ask = &command->request_authorization;

	return load_question(context, ask->case_no, ask->subject, ask->item, ask->legal_basis, facts);
}

enum fail load_grant(struct facts_context *context, const struct command *command, struct facts *facts)
{
	struct str code;

	return second_find(context, command->grant_authorization.authorization.n, facts, &code);
}
