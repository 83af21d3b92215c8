/* Inside the law only: one decide_<command> and one account_<command> for each row of commands.def.
 *
 * decide_<topic>.c holds the refusals, one a line in the order a lawyer would ask, the grant last.
 * account_<topic>.c holds what a grant writes into the log. law.c asks the questions that every
 * command shares (who, in force, entitled) and finds the two functions of a command. */
#ifndef YOUJU_LAW_DECIDE_H
#define YOUJU_LAW_DECIDE_H

#include "law/law.h"

static inline struct verdict granted(void)
{
	return (struct verdict){ .refusal = REFUSED_NOT };
}

static inline struct verdict refused(enum refusal refusal)
{
	return (struct verdict){ .refusal = refusal };
}

/* detail "" counts as none. */
static inline struct verdict refused_since(enum refusal refusal, const char *detail)
{
	return (struct verdict){ .refusal = refusal, .detail = *detail ? detail : NULL };
}

#define COMMAND(name, label, duties, door)                                                         \
	struct verdict decide_##name(const struct facts *facts, const struct command_##name *ask); \
	void account_##name(const struct facts *facts, const struct command *command, struct events *out);
#define COMMAND_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/fields.inc"
#include "law/commands.def"
#undef COMMAND
#undef COMMAND_END
#undef FIELD

/* F1.id_no, with the check that failed. */
static inline struct verdict number_refused(const struct fact_subject *typed)
{
	return refused_since(REFUSED_ID_NO_INVALID, idno_explain(typed->number_fault));
}

/* What every command asks first: who gives it, and may he. */
struct verdict decide_who(const struct facts *facts, const struct command_spec *spec);

/* What an important step asks last: did the person sign it. */
struct verdict decide_signature(const struct facts *facts, const struct command *command);

/* What the log must hold of a refusal. */
void account_refusal(const struct facts *facts, const struct command *command, enum refusal refusal,
                     struct events *out);

/* The rows of an import: what is wrong, or what changes. decide_import_list has granted before. */
struct verdict decide_import_rows(struct arena *arena, const struct facts *facts,
                                  const struct command_import_list *ask);

/* law/separation.c: what one person may not be at the same time, and where a duty can exist. */
bool duties_conflict(const struct fact_duties *held, const struct fact_duty *wanted, bool consent);
bool duty_fits_office(enum duty duty, enum office_kind kind);

/* The first office in which the person holds one of these duties; "" when there is none. */
struct str office_of_duty(const struct facts *facts, uint32_t duties);
/* One of these duties in that office, or custodian or supervisor of the bureau. */
bool governs_office(const struct facts *facts, uint32_t duties, struct str office);
bool holds_bureau_duty(const struct facts *facts); /* custodian or supervisor of the bureau */
uint32_t command_duties(enum command_kind kind);
bool is_me(const struct facts *facts, struct person_id person);

/* A good card that is bound to nobody leaves a request for the custodian, once a day. */
void card_presented(const struct facts *facts, const struct command *command, struct events *out);

/* Why a person whose account is blocked may not: REFUSED_NOT when it is not. */
enum refusal refusal_of_block(const struct fact_block *block);

/* ask: somebody else has to accept the question afterwards (two_person.after). */
bool needs_acceptance(const struct facts *facts, const struct command_ask *ask);

/* ask, request_authorization: somebody else has to allow the question beforehand (two_person.before). */
bool needs_authorization(const struct facts *facts, const struct command_ask *ask);
/* Everything about a question but the second person and the quota. */
struct verdict decide_question(const struct facts *facts, const struct command_ask *ask);
/* The code that came with a question. */
struct verdict decide_authorization(const struct facts *facts, const struct command_ask *ask);

/* Shared by account_*.c. Content is sealed by the keeper. */
void sessions_end(const struct fact_sessions *sessions, enum sign_out_cause cause, struct events *out);
struct document document_of(struct str content);
struct str address_of(const struct command *command);

#endif
