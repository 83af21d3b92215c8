#include <string.h>

#include "keeper/facts_parts.h"

enum { BLOCKS_MAX = 64, OFFICES_MAX = 64, SESSIONS_MAX = 256, GRANTS_MAX = 256 };

/* A word that need not be there: 0 for null. */
static enum fail word_or_none(const struct rows_found *rows, int column, const struct word_list *list, int *out)
{
	*out = 0;
	return rows_is_null(rows, column) ? OK : row_word(rows, column, list, out);
}

static enum fail block_read(struct arena *arena, const struct rows_found *rows, struct fact_block *out)
{
	int kind, change, cause;

	TRY(row_word(rows, 1, &block_kind_words, &kind));
	TRY(word_or_none(rows, 2, &duty_change_words, &change));
	TRY(word_or_none(rows, 3, &suspend_cause_words, &cause));
	*out = (struct fact_block){
		.entry = { (uint64_t)rows_i64(rows, 0) }, .kind = (enum block_kind)kind,
		.duty_change = (enum duty_change)change, .suspend_cause = (enum suspend_cause)cause,
		.person = { (uint64_t)rows_i64(rows, 4) }, .recorder = { (uint64_t)rows_i64(rows, 5) },
		.office = rows_copy(rows, 6, arena), .starts_on = row_date(rows, 7),
		.last_used = row_date(rows, 8), .over = rows_i64(rows, 9), .notified = rows_i64(rows, 10),
		.confirmed = rows_i64(rows, 11),
	};
	return OK;
}

static enum fail blocks_load(struct facts_context *context, struct person_id person, struct fact_blocks *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct fact_block *found = arena_array(context->arena, struct fact_block, BLOCKS_MAX);
	size_t count = 0;

	TRY(store_ask(context->tables, TABLES_fact_blocks, VALUES(VALUE_INT("person", person.n)), &rows));
	while (count < BLOCKS_MAX && rows_next(&rows))
		TRY(block_read(context->arena, &rows, &found[count++]));
	*out = (struct fact_blocks){ count, found };
	return rows_fail(&rows);
}

enum fail load_my_block(struct facts_context *context, struct facts *facts)
{
	struct fact_blocks blocks;

	TRY(blocks_load(context, facts->me, &blocks));
	for (size_t i = 0; i < blocks.count && !facts->my_block.entry.n; i++)
		if (blocks.at[i].starts_on.day <= facts->today.day)
			facts->my_block = blocks.at[i];
	return OK;
}

static enum fail offices_load(struct facts_context *context, struct date today, struct fact_account *account)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct str *offices = arena_array(context->arena, struct str, OFFICES_MAX);

	TRY(store_ask(context->tables, TABLES_fact_offices_of_person,
	              VALUES(VALUE_INT("person", account->person.n), VALUE_INT("today", today.day)), &rows));
	while (account->office_count < OFFICES_MAX && rows_next(&rows))
		offices[account->office_count++] = rows_copy(&rows, 0, context->arena);
	account->offices = offices;
	return rows_fail(&rows);
}

static enum fail sessions_find(struct facts_context *context, int statement, struct store_values values,
                               struct fact_sessions *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct session_id *sessions = arena_array(context->arena, struct session_id, SESSIONS_MAX);
	size_t count = 0;

	TRY(store_ask(context->tables, statement, values, &rows));
	while (count < SESSIONS_MAX && rows_next(&rows))
		sessions[count++].n = (uint64_t)rows_i64(&rows, 0);
	*out = (struct fact_sessions){ count, sessions };
	return rows_fail(&rows);
}

enum fail load_sessions(struct facts_context *context, struct person_id person, struct fact_sessions *out)
{
	return sessions_find(context, TABLES_fact_sessions_of_person, VALUES(VALUE_INT("person", person.n)), out);
}

enum fail load_sessions_replaced(struct facts_context *context, const struct command *command,
                                 struct facts *facts)
{
	if (!facts->me.n)
		return OK;
	return sessions_find(context, TABLES_fact_sessions_of_channel,
	                     VALUES(VALUE_INT("person", facts->me.n),
	                            VALUE_TEXT("channel", word_code(&channel_words, (int)command->channel))),
	                     &facts->account.sessions);
}

/* Everything but the grants, which belong to one office. */
enum fail load_account_of(struct facts_context *context, struct person_id person, struct facts *facts)
{
	struct fact_account *account = &facts->account;
	uint64_t found = 0;

	account->person = person;
	TRY(row_exists(context, TABLES_fact_person_known, VALUES(VALUE_INT("person", person.n)), &found));
	account->exists = found != 0;
	TRY(row_exists(context, TABLES_fact_card_standing, VALUES(VALUE_INT("person", person.n)), &found));
	account->has_card = found != 0;
	TRY(offices_load(context, facts->today, account));
	TRY(blocks_load(context, person, &account->blocks));
	return load_sessions(context, person, &account->sessions);
}

static enum fail block_load(struct facts_context *context, struct entry_id entry, struct fact_block *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(context->tables, TABLES_fact_block, VALUES(VALUE_INT("block", entry.n)), &rows));
	if (rows_next(&rows))
		TRY(block_read(context->arena, &rows, out));
	return rows_fail(&rows);
}

static enum fail grants_load(struct facts_context *context, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct fact_account *account = &facts->account;
	struct fact_grant *grants = arena_array(context->arena, struct fact_grant, GRANTS_MAX);

	TRY(store_ask(context->tables, TABLES_fact_grants_of_account,
	              VALUES(VALUE_INT("person", facts->block.person.n), VALUE_TEXT("office", facts->block.office),
	                     VALUE_INT("today", facts->today.day)),
	              &rows));
	while (account->grant_count < GRANTS_MAX && rows_next(&rows))
		grants[account->grant_count++].entry.n = (uint64_t)rows_i64(&rows, 0);
	account->grants = grants;
	return rows_fail(&rows);
}

/* What goes with an account that is terminated. */
static enum fail block_and_account_load(struct facts_context *context, struct entry_id entry, struct facts *facts)
{
	TRY(block_load(context, entry, &facts->block));
	if (!facts->block.entry.n)
		return OK;
	TRY(load_account_of(context, facts->block.person, facts));
	TRY(load_duties(context, TABLES_fact_duties_standing,
	                VALUES(VALUE_INT("person", facts->block.person.n),
	                       VALUE_TEXT("office", facts->block.office), VALUE_INT("today", facts->today.day)),
	                &facts->their_duties));
	return grants_load(context, facts);
}

static enum fail text_load(struct facts_context *context, int statement, struct store_values values, struct str *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(context->tables, statement, values, &rows));
	if (rows_next(&rows))
		*out = rows_copy(&rows, 0, context->arena);
	return rows_fail(&rows);
}

static bool is_custodian_of_bureau(const struct facts *facts)
{
	return holds_duty_in(facts, DUTY_BIT(DUTY_CUSTODIAN), BUREAU_OFFICE);
}

/* X25, X15: the certificate of the office, or the bureau's where the bureau acts. */
static enum fail agency_load(struct facts_context *context, struct facts *facts)
{
	struct str own = STR(""), bureau = STR("");

	TRY(text_load(context, TABLES_fact_agency, VALUES(VALUE_TEXT("office", facts->block.office)), &own));
	if (is_custodian_of_bureau(facts))
		TRY(text_load(context, TABLES_fact_agency, VALUES(VALUE_TEXT("office", BUREAU_OFFICE)), &bureau));
	facts->agency_registered = facts->agency_oid.len &&
				   (str_eq(own, facts->agency_oid) || str_eq(bureau, facts->agency_oid));
	return text_load(context, TABLES_fact_session_card, VALUES(VALUE_INT("session", facts->session.id.n)),
	                 &facts->my_card_serial);
}

enum fail load_record_duty_change(struct facts_context *context, const struct command *command, struct facts *facts)
{
	return load_account_of(context, command->record_duty_change.person, facts);
}

enum fail load_report_card_lost(struct facts_context *context, const struct command *command, struct facts *facts)
{
	return load_account_of(context, command->report_card_lost.person, facts);
}

enum fail load_suspend_account(struct facts_context *context, const struct command *command, struct facts *facts)
{
	return load_account_of(context, command->suspend_account.person, facts);
}

enum fail load_suspend_idle(struct facts_context *context, const struct command *command, struct facts *facts)
{
	const struct command_suspend_idle *ask = &command->suspend_idle;
	int64_t used_ms = 0;

	TRY(load_account_of(context, ask->person, facts));
	enum fail fail = store_number(context->tables, TABLES_fact_account_used,
	                              VALUES(VALUE_INT("person", ask->person.n), VALUE_TEXT("office", ask->office)),
	                              &used_ms);
	if (fail == FAIL_NOT_FOUND)
		return OK;
	TRY(fail);
	facts->account.last_used = time_local_date(used_ms);
	return OK;
}

enum fail load_terminate_account(struct facts_context *context, const struct command *command, struct facts *facts)
{
	TRY(block_and_account_load(context, command->terminate_account.block, facts));
	return agency_load(context, facts);
}

enum fail load_terminate_idle(struct facts_context *context, const struct command *command, struct facts *facts)
{
	return block_and_account_load(context, command->terminate_idle.block, facts);
}

enum fail load_notify_nia(struct facts_context *context, const struct command *command, struct facts *facts)
{
	return block_load(context, command->notify_nia.block, &facts->block);
}

enum fail load_confirm_nia(struct facts_context *context, const struct command *command, struct facts *facts)
{
	return block_load(context, command->confirm_nia.block, &facts->block);
}

enum fail load_refer_violation(struct facts_context *context, const struct command *command, struct facts *facts)
{
	return block_load(context, command->refer_violation.block, &facts->block);
}

enum fail load_propose_reinstatement(struct facts_context *context, const struct command *command, struct facts *facts)
{
	return block_load(context, command->propose_reinstatement.block, &facts->block);
}

enum fail load_approve_reinstatement(struct facts_context *context, const struct command *command, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct entry_id proposal = command->approve_reinstatement.proposal, block;

	TRY(store_ask(context->tables, TABLES_fact_reinstatement, VALUES(VALUE_INT("proposal", proposal.n)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	block.n = (uint64_t)rows_i64(&rows, 0);
	facts->reinstatement = (struct fact_reinstatement){
		.entry = proposal, .proposer = { (uint64_t)rows_i64(&rows, 1) }, .bureau = rows_i64(&rows, 2),
	};
	rows_end(&rows);
	return block_load(context, block, &facts->block);
}

enum fail load_register_agency(struct facts_context *context, const struct command *command, struct facts *facts)
{
	facts->office = rules_office(context->cache, command->register_agency.office);
	return OK;
}
