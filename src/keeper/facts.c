#include "keeper/facts.h"

#include "keeper/facts_parts.h"

typedef enum fail loader(struct facts_context *context, const struct command *command,
                         struct facts *facts);

/* What the caller knows, everything else absent. */
static struct facts facts_begin(const struct facts *given)
{
	struct str none = STR("");
	struct fact_card no_card = { .name = none, .last_four = none, .serial = none, .number = none,
		                     .fingerprint = none, .valid_to = DATE_NONE, .known_valid_to = DATE_NONE };
	struct fact_subject subject = { .normalised = none, .tag = none };
	struct fact_delivery no_delivery = { .answer = none, .day_table = none, .rows_digest = none,
		                             .data_as_of = DATE_NONE };

	return (struct facts){
		.now_ms = given->now_ms, .today = given->today, .next_entry = given->next_entry,
		.session = given->session, .me = given->me,
		.new_token = given->new_token.len ? given->new_token : none,
		.card = given->card.presented ? given->card : no_card,
		.second_card = given->second_card.presented ? given->second_card : no_card,
		.step = given->step,
		.delivery = given->delivery.result ? given->delivery : no_delivery,
		.rule = none, .workday_due_ms = INT_NONE, .accept_by = DATE_NONE,
		.office = { .office = none, .name = none, .name_en = none, .parent = none, .address = none,
		            .phone = none },
		.basis = { .basis = none, .name = none },
		.application = { .office = none, .digest = none },
		.applicant = { .form = application_form_blank() },
		.scan = none,
		.case_ = { .case_no = none, .office = none, .basis = none, .opened_on = DATE_NONE,
		           .closed_on = DATE_NONE },
		.print = { .office = none, .digest = none, .file_digest = none },
		.subject = subject, .first_custodian = subject, .first_supervisor = subject,
		.query = { .case_no = none, .office = none, .basis = none, .rule = none,
		           .anchor = DATE_NONE, .due_ms = INT_NONE, .accept_by = DATE_NONE },
		.authorization = { .office = none, .anchor = DATE_NONE, .grant_by_ms = INT_NONE,
		                   .valid_until_ms = INT_NONE },
		.new_code = given->new_code.len ? given->new_code : none,
		.proposal = { .name = none, .value = none, .effective = DATE_NONE },
		.duty = { .office = none, .valid_from = DATE_NONE, .valid_to = DATE_NONE },
		.my_block = { .office = none, .starts_on = DATE_NONE, .last_used = DATE_NONE },
		.block = { .office = none, .starts_on = DATE_NONE, .last_used = DATE_NONE },
		.presented = { .serial = none, .number = none, .fingerprint = none, .name = none, .last_four = none,
		               .valid_to = DATE_NONE },
		.account = { .last_used = DATE_NONE }, .my_card_serial = none,
		.agency_oid = given->agency_oid.len ? given->agency_oid : none,
		.successor_duty = { .office = none, .valid_from = DATE_NONE, .valid_to = DATE_NONE },
		.notice = { .office = none, .due = DATE_NONE },
	};
}

static enum fail load_first_start(struct facts_context *context, const struct command *command,
                                  struct facts *facts)
{
	const struct command_first_start *first = &command->first_start;

	TRY(load_card(context, &facts->card, facts->today));
	TRY(load_refused(context, facts));
	TRY(load_card(context, &facts->second_card, facts->today));
	TRY(load_number(context, first->custodian_id_no, facts, &facts->first_custodian));
	return load_number(context, first->supervisor_id_no, facts, &facts->first_supervisor);
}

static enum fail load_for_sign_in(struct facts_context *context, const struct command *command,
                                  struct facts *facts)
{
	TRY(load_sign_in(context, facts));
	return load_sessions_replaced(context, command, facts);
}

static enum fail load_close_case(struct facts_context *context, const struct command *command,
                                 struct facts *facts)
{
	return load_case_acted_on(context, command->close_case.case_no, facts);
}

static enum fail load_decide_case(struct facts_context *context, const struct command *command,
                                  struct facts *facts)
{
	return load_case_acted_on(context, command->decide_case.case_no, facts);
}

static enum fail load_propose_basis(struct facts_context *context, const struct command *command,
                                    struct facts *facts)
{
	facts->basis = rules_basis(context->cache, command->propose_basis.basis, facts->today);
	return OK;
}

static enum fail load_proposal(struct facts_context *context, struct entry_id entry, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	int kind;

	TRY(store_ask(context->tables, TABLES_fact_proposal, VALUES(VALUE_INT("proposal", entry.n)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	TRY(row_word(&rows, 0, &proposal_kind_words, &kind));
	facts->proposal = (struct fact_proposal){
		.entry = entry, .kind = (enum proposal_kind)kind,
		.proposer = { (uint64_t)rows_i64(&rows, 1) }, .name = rows_copy(&rows, 2, context->arena),
		.value = rows_copy(&rows, 3, context->arena), .effective = row_date(&rows, 4),
	};
	return rows_fail(&rows);
}

static enum fail load_approve(struct facts_context *context, const struct command *command,
                              struct facts *facts)
{
	return load_proposal(context, command->approve_proposal.proposal, facts);
}

static enum fail load_reject(struct facts_context *context, const struct command *command,
                             struct facts *facts)
{
	return load_proposal(context, command->reject_proposal.proposal, facts);
}

/* Nobody stands behind deliver: the question's own session says whose right is decided again. */
static enum fail load_deliver(struct facts_context *context, const struct command *command,
                              struct facts *facts)
{
	facts->session = (struct fact_session){ 0 };
	facts->me.n = 0;
	TRY(load_query(context, command->deliver.asked, facts, &facts->session.id));
	TRY(load_session(context, facts));
	TRY(load_me(context, facts));
	return load_again(context, facts);
}

static enum fail load_paste(struct facts_context *context, const struct command *command,
                            struct facts *facts)
{
	TRY(load_query(context, command->paste_answer.asked, facts, NULL));
	return load_again(context, facts);
}

static enum fail load_release(struct facts_context *context, const struct command *command,
                              struct facts *facts)
{
	return load_query(context, command->release_day_table.asked, facts, NULL);
}

static enum fail load_explain(struct facts_context *context, const struct command *command,
                              struct facts *facts)
{
	return load_query(context, command->explain_query.asked, facts, NULL);
}

static enum fail load_expire(struct facts_context *context, const struct command *command,
                             struct facts *facts)
{
	return load_query(context, command->expire_query.asked, facts, NULL);
}

static enum fail load_end_session(struct facts_context *context, const struct command *command,
                                  struct facts *facts)
{
	facts->session = (struct fact_session){ .id = command->end_session.ended_session };
	return load_session(context, facts);
}

static enum fail load_signature(struct facts_context *context, const struct command *command,
                                struct facts *facts)
{
	struct entry_id entry = command->read_signature.signed_entry;

	TRY(row_exists(context, TABLES_fact_signature, VALUES(VALUE_INT("entry", entry.n)),
	               &facts->signature.signer.n));
	if (facts->signature.signer.n)
		facts->signature.entry = entry;
	return OK;
}

static loader *const loaders[COMMAND_KIND_COUNT] = {
	[COMMAND_first_start] = load_first_start,
	[COMMAND_sign_in] = load_for_sign_in,
	[COMMAND_import_list] = load_rows,
	[COMMAND_open_case] = load_open_case,
	[COMMAND_add_party] = load_add_party,
	[COMMAND_confirm_case] = load_confirm_case,
	[COMMAND_close_case] = load_close_case,
	[COMMAND_decide_case] = load_decide_case,
	[COMMAND_appoint_duty] = load_appoint,
	[COMMAND_end_duty] = load_end_duty,
	[COMMAND_record_duty_change] = load_record_duty_change,
	[COMMAND_report_card_lost] = load_report_card_lost,
	[COMMAND_suspend_account] = load_suspend_account,
	[COMMAND_suspend_idle] = load_suspend_idle,
	[COMMAND_terminate_account] = load_terminate_account,
	[COMMAND_terminate_idle] = load_terminate_idle,
	[COMMAND_notify_nia] = load_notify_nia,
	[COMMAND_confirm_nia] = load_confirm_nia,
	[COMMAND_refer_violation] = load_refer_violation,
	[COMMAND_propose_reinstatement] = load_propose_reinstatement,
	[COMMAND_approve_reinstatement] = load_approve_reinstatement,
	[COMMAND_register_agency] = load_register_agency,
	[COMMAND_draft_application] = load_application_draft,
	[COMMAND_submit_application] = load_application_submit,
	[COMMAND_withdraw_application] = load_application_step,
	[COMMAND_endorse_application] = load_application_step,
	[COMMAND_approve_application] = load_application_step,
	[COMMAND_forward_application] = load_application_step,
	[COMMAND_review_application] = load_application_step,
	[COMMAND_transmit_applications] = load_applications_listed,
	[COMMAND_record_nia_review] = load_applications_listed,
	[COMMAND_grant_application] = load_application_grant,
	[COMMAND_return_application] = load_application_step,
	[COMMAND_reject_application] = load_application_step,
	[COMMAND_attach_scan] = load_application_scan,
	[COMMAND_hand_over_duty] = load_hand_over,
	[COMMAND_report_staff_change] = load_notice,
	[COMMAND_confirm_card] = load_confirm_card,
	[COMMAND_unbind_card] = load_unbind_card,
	[COMMAND_propose_basis] = load_propose_basis,
	[COMMAND_approve_proposal] = load_approve,
	[COMMAND_reject_proposal] = load_reject,
	[COMMAND_ask] = load_ask,
	[COMMAND_deliver] = load_deliver,
	[COMMAND_paste_answer] = load_paste,
	[COMMAND_release_day_table] = load_release,
	[COMMAND_read_signature] = load_signature,
	[COMMAND_accept_query] = load_accept,
	[COMMAND_explain_query] = load_explain,
	[COMMAND_request_authorization] = load_request,
	[COMMAND_grant_authorization] = load_grant,
	[COMMAND_print_paper] = load_print,
	[COMMAND_expire_query] = load_expire,
	[COMMAND_end_session] = load_end_session,
};

/* Before log_opened there is no state: nothing has started. */
static enum fail load_state(struct facts_context *context, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	int64_t wall_ms = context->wall_ms ? context->wall_ms : facts->now_ms;
	uint64_t rules_entry = 0;

	TRY(store_ask(context->tables, TABLES_fact_state, NO_VALUES, &rows));
	if (rows_next(&rows)) {
		facts->demo = rows_i64(&rows, 0);
		facts->started = !rows_is_null(&rows, 1);
		rules_entry = (uint64_t)rows_i64(&rows, 2);
		facts->clock_stepped = !rows_is_null(&rows, 3) && wall_ms < rows_i64(&rows, 3);
		facts->clock_accepted_by.n = (uint64_t)rows_i64(&rows, 4);
	}
	TRY(rows_fail(&rows));
	TRY(rules_refresh(context, facts->today, rules_entry));
	rules_put(context->cache, facts);
	return OK;
}

enum fail facts_load(struct facts_context *context, const struct command *command, struct facts *facts)
{
	loader *load = loaders[command->kind];

	*facts = facts_begin(facts);
	TRY(load_state(context, facts));
	TRY(load_session(context, facts));
	TRY(load_me(context, facts));
	return load ? load(context, command, facts) : OK;
}

enum fail facts_parameters(struct facts_context *context, struct date today, struct parameters *out)
{
	struct facts facts = { .today = today };

	facts = facts_begin(&facts);
	TRY(load_state(context, &facts));
	*out = facts.parameters;
	return OK;
}

enum fail facts_workday_after(struct facts_context *context, struct date day, int64_t count,
                              struct date *out)
{
	struct parameters parameters;

	TRY(facts_parameters(context, day, &parameters));
	*out = rules_workday_after(context->cache, day, count);
	return OK;
}

bool facts_is_workday(const struct facts_context *context, struct date day)
{
	return rules_workday(context->cache, day);
}
