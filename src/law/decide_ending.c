/* How an account ends (G3.6, G3.7, G6). Two clocks run: blocked here, at once and by whoever is nearest;
 * ended at the agency, by the custodian and with the agency certificate. */
#include "law/decide.h"

enum refusal refusal_of_block(const struct fact_block *block)
{
	if (!block->entry.n)                        return REFUSED_NOT;
	switch (block->kind) {
	case block_kind_none:
	case block_kind_end:
		break;
	case BLOCK_DUTY_CHANGE:
		return REFUSED_ACCOUNT_CHANGED;
	case BLOCK_CARD_LOST:
		return REFUSED_ACCOUNT_CARD_LOST;
	case BLOCK_SUSPENDED:
		return block->suspend_cause == SUSPEND_IDLE ? REFUSED_ACCOUNT_IDLE : REFUSED_ACCOUNT_SUSPENDED;
	}
	return REFUSED_ACCOUNT_SUSPENDED;
}

static bool is_of_office(const struct fact_account *account, struct str office)
{
	for (size_t i = 0; i < account->office_count; i++)
		if (str_eq(account->offices[i], office))
			return true;
	return false;
}

static bool stands(const struct fact_account *account, struct str office, enum block_kind kind,
                   struct date from)
{
	for (size_t i = 0; i < account->blocks.count; i++) {
		const struct fact_block *block = &account->blocks.at[i];
		if (block->kind == kind && str_eq(block->office, office) && block->starts_on.day <= from.day)
			return true;
	}
	return false;
}

struct verdict decide_record_duty_change(const struct facts *facts, const struct command_record_duty_change *ask)
{
	const struct fact_account *account = &facts->account;

	if (!account->exists)                       return refused(REFUSED_PERSON_UNKNOWN);
	if (!governs_office(facts, command_duties(COMMAND_record_duty_change), ask->office))
		return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, ask->person))              return refused(REFUSED_OWN_ACT);
	if (!is_of_office(account, ask->office))    return refused(REFUSED_ACCOUNT_UNKNOWN);
	if (stands(account, ask->office, BLOCK_DUTY_CHANGE, ask->effective))
		return refused(REFUSED_BLOCKED_ALREADY);
	return granted();
}

static bool governs_one_of(const struct facts *facts, uint32_t duties)
{
	for (size_t i = 0; i < facts->account.office_count; i++)
		if (governs_office(facts, duties, facts->account.offices[i]))
			return true;
	return false;
}

/* The holder himself, or whoever he reaches by telephone: custodian or supervisor. */
struct verdict decide_report_card_lost(const struct facts *facts, const struct command_report_card_lost *ask)
{
	const struct fact_account *account = &facts->account;
	bool own = is_me(facts, ask->person);
	uint32_t others = DUTY_BIT(DUTY_CUSTODIAN) | DUTY_BIT(DUTY_SUPERVISOR);

	if (!account->exists)                       return refused(REFUSED_PERSON_UNKNOWN);
	if (!account->office_count)                 return refused(REFUSED_ACCOUNT_UNKNOWN);
	if (!own && !governs_one_of(facts, others)) return refused(REFUSED_OTHER_OFFICE);
	if (ask->lost_on.day > facts->today.day)    return refused(REFUSED_DATE_IN_FUTURE);
	if (!own && !ask->told.len)                 return refused(REFUSED_TOLD_NEEDED);
	if (!account->has_card)                     return refused(REFUSED_BLOCKED_ALREADY);
	return granted();
}

/* G6: one step; what has to follow (referral, termination) comes after. */
struct verdict decide_suspend_account(const struct facts *facts, const struct command_suspend_account *ask)
{
	const struct fact_account *account = &facts->account;

	if (!account->exists)                       return refused(REFUSED_PERSON_UNKNOWN);
	if (!governs_office(facts, command_duties(COMMAND_suspend_account), ask->office))
		return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, ask->person))              return refused(REFUSED_OWN_ACT);
	if (!is_of_office(account, ask->office))    return refused(REFUSED_ACCOUNT_UNKNOWN);
	if (ask->suspend_cause == SUSPEND_VIOLATION && !ask->incident.len && !ask->remark.len)
		return refused(REFUSED_INCIDENT_NEEDED);
	if (stands(account, ask->office, BLOCK_SUSPENDED, facts->today))
		return refused(REFUSED_BLOCKED_ALREADY);
	return granted();
}

static bool is_idle(const struct facts *facts, struct date last_used, enum parameter days)
{
	return !date_is_none(last_used) &&
	       last_used.day + parameter_int(&facts->parameters, days) <= facts->today.day;
}

/* C03: without a human. */
struct verdict decide_suspend_idle(const struct facts *facts, const struct command_suspend_idle *ask)
{
	const struct fact_account *account = &facts->account;

	if (!is_of_office(account, ask->office))    return refused(REFUSED_ACCOUNT_UNKNOWN);
	if (!is_idle(facts, account->last_used, PARAMETER_ACCOUNT_IDLE_SUSPEND_DAYS))
		return refused(REFUSED_NOT_IDLE);
	if (stands(account, ask->office, BLOCK_SUSPENDED, facts->today))
		return refused(REFUSED_BLOCKED_ALREADY);
	return granted();
}

struct verdict decide_terminate_idle(const struct facts *facts, const struct command_terminate_idle *ask)
{
	const struct fact_block *block = &facts->block;

	(void)ask;
	if (!block->entry.n)                        return refused(REFUSED_BLOCK_UNKNOWN);
	if (block->over)                            return refused(REFUSED_BLOCK_OVER);
	if (block->suspend_cause != SUSPEND_IDLE ||
	    !is_idle(facts, block->last_used, PARAMETER_ACCOUNT_IDLE_TERMINATE_DAYS))
		return refused(REFUSED_NOT_IDLE);
	return granted();
}

/* What every step on a block asks. */
static struct verdict decide_block(const struct facts *facts, enum command_kind command)
{
	const struct fact_block *block = &facts->block;

	if (!block->entry.n)                        return refused(REFUSED_BLOCK_UNKNOWN);
	if (!governs_office(facts, command_duties(command), block->office))
		return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, block->person))            return refused(REFUSED_OWN_ACT);
	return granted();
}

/* G3.6, X25: the agency certificate has many hands, so the custodian's own card stands beside it. */
struct verdict decide_terminate_account(const struct facts *facts, const struct command_terminate_account *ask)
{
	const struct fact_block *block = &facts->block;
	uint32_t custodian = DUTY_BIT(DUTY_CUSTODIAN);
	struct verdict verdict = decide_block(facts, COMMAND_terminate_account);

	(void)ask;
	if (verdict.refusal)                        return verdict;
	if (!holds_duty_in(facts, custodian, block->office) && !holds_duty_in(facts, custodian, BUREAU_OFFICE))
		return refused(REFUSED_DUTY_NOT_ENTITLED);
	if (block->over)                            return refused(REFUSED_BLOCK_OVER);
	if (block->starts_on.day > facts->today.day) return refused(REFUSED_BLOCK_NOT_BEGUN);
	if (!facts->second_card.presented)          return refused(REFUSED_AGENCY_CARD_NEEDED);
	if (facts->second_card.fault)               return refused(facts->second_card.fault);
	if (!facts->agency_registered)              return refused(REFUSED_AGENCY_OF_OTHER_OFFICE);
	return granted();
}

struct verdict decide_notify_nia(const struct facts *facts, const struct command_notify_nia *ask)
{
	struct verdict verdict = decide_block(facts, COMMAND_notify_nia);

	if (verdict.refusal)                        return verdict;
	if (ask->notified_on.day > facts->today.day) return refused(REFUSED_DATE_IN_FUTURE);
	if (facts->block.notified)                  return refused(REFUSED_NIA_STEP_DONE);
	return granted();
}

struct verdict decide_confirm_nia(const struct facts *facts, const struct command_confirm_nia *ask)
{
	struct verdict verdict = decide_block(facts, COMMAND_confirm_nia);

	if (verdict.refusal)                        return verdict;
	if (ask->ended_on.day > facts->today.day)   return refused(REFUSED_DATE_IN_FUTURE);
	if (facts->block.confirmed)                 return refused(REFUSED_NIA_STEP_DONE);
	if (ask->nia_ender == NIA_ENDER_NIA && !facts->block.notified)
		return refused(REFUSED_NIA_NOT_NOTIFIED);
	return granted();
}

struct verdict decide_refer_violation(const struct facts *facts, const struct command_refer_violation *ask)
{
	struct verdict verdict = decide_block(facts, COMMAND_refer_violation);

	(void)ask;
	if (verdict.refusal)                        return verdict;
	if (facts->block.kind != BLOCK_SUSPENDED || facts->block.suspend_cause != SUSPEND_VIOLATION)
		return refused(REFUSED_NOT_A_VIOLATION);
	return granted();
}

struct verdict decide_register_agency(const struct facts *facts, const struct command_register_agency *ask)
{
	(void)ask;
	if (!holds_bureau_duty(facts))              return refused(REFUSED_OTHER_OFFICE);
	if (!facts->office.exists || facts->office.ended) return refused(REFUSED_OFFICE_UNKNOWN);
	return granted();
}
