/* What the files of facts share; nobody else includes it. */
#ifndef YOUJU_KEEPER_FACTS_PARTS_H
#define YOUJU_KEEPER_FACTS_PARTS_H

#include "keeper/facts.h"
#include "law/details.h"
#include "law/law.h"
#include "store/sql_tables.h"

/* facts_rules.c: from the cache, which is brought up to date first. */
struct fact_calendar_day {
	struct date day;
	enum day_kind kind;
};
MUST_CHECK enum fail rules_refresh(struct facts_context *context, struct date today, uint64_t rules_entry);
struct fact_office rules_office(const struct facts_cache *cache, struct str office);
struct fact_basis rules_basis(const struct facts_cache *cache, struct str basis, struct date today);
enum day_kind rules_day(const struct facts_cache *cache, struct date day);
bool rules_workday(const struct facts_cache *cache, struct date day);
struct date rules_workday_after(const struct facts_cache *cache, struct date day, int64_t count);
void rules_put(const struct facts_cache *cache, struct facts *facts); /* parameters and rule */

/* facts_people.c */
MUST_CHECK enum fail load_session(struct facts_context *context, struct facts *facts);
MUST_CHECK enum fail load_me(struct facts_context *context, struct facts *facts);
MUST_CHECK enum fail load_card(struct facts_context *context, struct fact_card *card, struct date today);
MUST_CHECK enum fail load_sign_in(struct facts_context *context, struct facts *facts);
MUST_CHECK enum fail load_duties(struct facts_context *context, int statement, struct store_values values,
                                 struct fact_duties *out);
MUST_CHECK enum fail load_duty_same(struct facts_context *context, struct person_id person,
                                    struct str office, enum duty duty, bool deputy, struct date today,
                                    struct fact_duties *their_out, struct fact_duty *same_out);
MUST_CHECK enum fail load_number(struct facts_context *context, struct str typed, const struct facts *facts,
                                 struct fact_subject *out);
MUST_CHECK enum fail load_person_of_number(struct facts_context *context, struct str number,
                                           struct person_id *out); /* 0: nobody's */
MUST_CHECK enum fail load_same(struct facts_context *context, const struct details *said,
                               enum person_kind kind, struct fact_subject *subject);
MUST_CHECK enum fail load_name(struct facts_context *context, struct person_id person,
                               struct str *out); /* "" when unknown or destroyed */
MUST_CHECK enum fail load_account(struct facts_context *context, struct person_id person,
                                  struct str office, bool *out);

/* A document as the entry's digest demands it. */
MUST_CHECK enum fail load_document(struct facts_context *context, uint64_t id, struct str digest, struct str *out);
MUST_CHECK enum fail load_person(struct facts_context *context, struct person_id person, int *kind_out,
                                 struct details *out); /* FAIL_NOT_FOUND when unknown or destroyed */

/* facts_application.c */
MUST_CHECK enum fail load_application_draft(struct facts_context *context, const struct command *command,
                                            struct facts *facts);
MUST_CHECK enum fail load_application_submit(struct facts_context *context, const struct command *command,
                                             struct facts *facts);
MUST_CHECK enum fail load_application_step(struct facts_context *context, const struct command *command,
                                           struct facts *facts);
MUST_CHECK enum fail load_application_grant(struct facts_context *context, const struct command *command,
                                            struct facts *facts);
MUST_CHECK enum fail load_applications_listed(struct facts_context *context, const struct command *command,
                                              struct facts *facts);
MUST_CHECK enum fail load_application_scan(struct facts_context *context, const struct command *command,
                                           struct facts *facts);

/* facts_cases.c */
MUST_CHECK enum fail load_case(struct facts_context *context, struct str case_no, struct fact_case *out);
/* The same, and whether the person who gives the command is a party of it. */
MUST_CHECK enum fail load_case_acted_on(struct facts_context *context, struct str case_no, struct facts *facts);
MUST_CHECK enum fail load_party_of(struct facts_context *context, struct case_id case_id,
                                   struct person_id person, int64_t *party_no_out, bool *unconfirmed_out);
MUST_CHECK enum fail load_party_at(struct facts_context *context, struct case_id case_id, int64_t party_no,
                                   struct person_id *person_out, bool *unconfirmed_out);
MUST_CHECK enum fail load_open_case(struct facts_context *context, const struct command *command,
                                    struct facts *facts);
MUST_CHECK enum fail load_add_party(struct facts_context *context, const struct command *command,
                                    struct facts *facts);
MUST_CHECK enum fail load_confirm_case(struct facts_context *context, const struct command *command,
                                       struct facts *facts);
/* What every question needs to be judged, asked or only requested. */
MUST_CHECK enum fail load_question(struct facts_context *context, struct str case_no, struct str subject,
                                   enum item item, struct str basis, struct facts *facts);
MUST_CHECK enum fail load_accept(struct facts_context *context, const struct command *command,
                                 struct facts *facts);
MUST_CHECK enum fail load_ask(struct facts_context *context, const struct command *command,
                              struct facts *facts);
MUST_CHECK enum fail load_query(struct facts_context *context, struct query_id id, struct facts *facts,
                                struct session_id *session_out); /* who asked; may be NULL */
MUST_CHECK enum fail load_again(struct facts_context *context, struct facts *facts);

/* facts_duties.c */
MUST_CHECK enum fail load_appoint(struct facts_context *context, const struct command *command,
                                  struct facts *facts);
MUST_CHECK enum fail load_end_duty(struct facts_context *context, const struct command *command,
                                   struct facts *facts);
MUST_CHECK enum fail load_hand_over(struct facts_context *context, const struct command *command,
                                    struct facts *facts);
MUST_CHECK enum fail load_notice(struct facts_context *context, const struct command *command,
                                 struct facts *facts);
/* Who stands in an office today, without the appointment named (0: none is left out). */
MUST_CHECK enum fail load_staffing(struct facts_context *context, struct str office, struct entry_id without,
                                   struct date today, struct fact_staffing *out);

/* facts_second.c: the second person beforehand */
MUST_CHECK enum fail load_code(struct facts_context *context, struct str typed, struct facts *facts);
MUST_CHECK enum fail load_request(struct facts_context *context, const struct command *command,
                                  struct facts *facts);
MUST_CHECK enum fail load_grant(struct facts_context *context, const struct command *command,
                                struct facts *facts);
/* facts_cards.c */
/* What was entered of refused sign-ins within this hour. */
MUST_CHECK enum fail load_refused(struct facts_context *context, struct facts *facts);
MUST_CHECK enum fail load_confirm_card(struct facts_context *context, const struct command *command,
                                       struct facts *facts);
MUST_CHECK enum fail load_unbind_card(struct facts_context *context, const struct command *command,
                                      struct facts *facts);

/* facts_ending.c */
MUST_CHECK enum fail load_sessions(struct facts_context *context, struct person_id person, struct fact_sessions *out);
/* Those that signing in by this way puts an end to. */
MUST_CHECK enum fail load_sessions_replaced(struct facts_context *context, const struct command *command,
                                            struct facts *facts);
MUST_CHECK enum fail load_account_of(struct facts_context *context, struct person_id person, struct facts *facts);
MUST_CHECK enum fail load_my_block(struct facts_context *context, struct facts *facts);
MUST_CHECK enum fail load_record_duty_change(struct facts_context *context, const struct command *command,
					     struct facts *facts);
MUST_CHECK enum fail load_report_card_lost(struct facts_context *context, const struct command *command,
					   struct facts *facts);
MUST_CHECK enum fail load_suspend_account(struct facts_context *context, const struct command *command,
					  struct facts *facts);
MUST_CHECK enum fail load_suspend_idle(struct facts_context *context, const struct command *command,
				       struct facts *facts);
MUST_CHECK enum fail load_terminate_account(struct facts_context *context, const struct command *command,
					    struct facts *facts);
MUST_CHECK enum fail load_terminate_idle(struct facts_context *context, const struct command *command,
					 struct facts *facts);
MUST_CHECK enum fail load_notify_nia(struct facts_context *context, const struct command *command,
				     struct facts *facts);
MUST_CHECK enum fail load_confirm_nia(struct facts_context *context, const struct command *command,
				      struct facts *facts);
MUST_CHECK enum fail load_refer_violation(struct facts_context *context, const struct command *command,
					  struct facts *facts);
MUST_CHECK enum fail load_propose_reinstatement(struct facts_context *context, const struct command *command,
						struct facts *facts);
MUST_CHECK enum fail load_approve_reinstatement(struct facts_context *context, const struct command *command,
						struct facts *facts);
MUST_CHECK enum fail load_register_agency(struct facts_context *context, const struct command *command,
					  struct facts *facts);

/* facts_import.c */
MUST_CHECK enum fail load_rows(struct facts_context *context, const struct command *command,
                               struct facts *facts);

/* facts_papers.c */
MUST_CHECK enum fail load_print(struct facts_context *context, const struct command *command,
                                struct facts *facts);

/* A word read from a table is one of its list, or the table was tampered with: FAIL_CORRUPT. */
MUST_CHECK enum fail row_word(const struct rows_found *rows, int column, const struct word_list *list, int *out);
struct date row_date(const struct rows_found *rows, int column);  /* DATE_NONE for null */
int64_t row_int(const struct rows_found *rows, int column);       /* INT_NONE for null */
MUST_CHECK enum fail row_exists(struct facts_context *context, int statement, struct store_values values,
                                uint64_t *out); /* first column of the first row, 0 for none */

#endif
