/* Applications (G3.3, F1, X5): what may be applied for, and who may take which step when. The order of
 * steps is the table of application.def; here stands what a step asks beyond it. */
#include "law/application.h"
#include "law/decide.h"

static const struct step_offer NOTHING;

static struct verdict verdict_of(enum refusal refusal)
{
	return (struct verdict){ .refusal = refusal };
}

static struct verdict decide_step(const struct facts *facts, enum application_step step,
                                  struct step_offer offer, struct str digest)
{
	return verdict_of(application_step_refusal(facts, &facts->application, step, offer, digest));
}

/* --- the draft -------------------------------------------------------------------------------- */

/* G2.2, G3.1: each basis is in force, and each item is allowed by one of them at least. */
static struct verdict decide_bases_and_items(const struct facts *facts, struct texts items)
{
	uint32_t wanted, allowed = 0;

	if (!form_items_read(items, &wanted))       return refused(REFUSED_ITEM_UNKNOWN);
	for (size_t i = 0; i < facts->basis_count; i++) {
		if (!facts->bases[i].exists)        return refused(REFUSED_BASIS_UNKNOWN);
		allowed |= facts->bases[i].items;
	}
	if (wanted & ~allowed)                      return refused(REFUSED_ITEM_NOT_OF_BASIS);
	return granted();
}

static struct verdict decide_typed(const struct command_draft_application *ask)
{
	if (!phone_is_plausible(ask->phone))        return refused(REFUSED_PHONE_WRONG);
	if (ask->fax.len && !phone_is_plausible(ask->fax)) return refused(REFUSED_FAX_WRONG);
	if (!email_is_plausible(ask->email))        return refused(REFUSED_EMAIL_WRONG);
	if (ask->mobile.len && !phone_is_plausible(ask->mobile)) return refused(REFUSED_MOBILE_WRONG);
	return granted();
}

struct verdict decide_draft_application(const struct facts *facts, const struct command_draft_application *ask)
{
	const struct fact_application *old = &facts->application;
	struct verdict verdict;

	if (ask->application.n && !is_me(facts, old->applicant)) return refused(REFUSED_APPLICATION_UNKNOWN);
	if (ask->application.n && old->state != APPLICATION_DRAFT && old->state != APPLICATION_RETURNED)
		return refused(REFUSED_APPLICATION_NOT_AT_STEP);
	if (!facts->office.exists || facts->office.ended) return refused(REFUSED_OFFICE_UNKNOWN);
	if (ask->application.n && !str_eq(old->office, facts->office.office))
		return refused(REFUSED_OTHER_OFFICE);
	if (!facts->applicant.officer)              return refused(REFUSED_APPLICANT_NOT_OFFICER);
	if (!facts->applicant.card)                 return refused(REFUSED_CARD_NOT_BOUND);
	verdict = decide_bases_and_items(facts, ask->items);
	if (verdict.refusal)                        return verdict;
	verdict = decide_typed(ask);
	if (verdict.refusal)                        return verdict;
	if (facts->renewed_count != ask->renews.count) return refused(REFUSED_GRANT_UNKNOWN);
	return granted();
}

/* G3.2: without a custodian nobody looks after the accounts of an office. */
struct verdict decide_submit_application(const struct facts *facts, const struct command_submit_application *ask)
{
	if (!is_me(facts, facts->application.applicant)) return refused(REFUSED_APPLICATION_UNKNOWN);
	struct verdict verdict = decide_step(facts, STEP_SUBMIT, NOTHING, ask->digest);
	if (verdict.refusal)                        return verdict;
	if (!facts->applicant.custodian)            return refused(REFUSED_NO_CUSTODIAN);
	if (!facts->applicant.officer)              return refused(REFUSED_APPLICANT_NOT_OFFICER);
	if (!facts->applicant.card)                 return refused(REFUSED_CARD_NOT_BOUND);
	if (!facts->applicant.same)                 return refused(REFUSED_REGISTRY_CHANGED);
	for (size_t i = 0; i < facts->application.basis_count; i++)
		if (!facts->application.bases[i].exists) return refused(REFUSED_BASIS_UNKNOWN);
	return granted();
}

/* Until the agency has it, the applicant may take it back. */
struct verdict decide_withdraw_application(const struct facts *facts, const struct command_withdraw_application *ask)
{
	enum application_state state = facts->application.state;

	(void)ask;
	if (!is_me(facts, facts->application.applicant)) return refused(REFUSED_APPLICATION_UNKNOWN);
	if (state == APPLICATION_TRANSMITTED || state == APPLICATION_NIA_REVIEWED || state == APPLICATION_GRANTED ||
	    state == APPLICATION_REJECTED || state == APPLICATION_WITHDRAWN)
		return refused(REFUSED_APPLICATION_NOT_AT_STEP);
	return granted();
}

/* --- the steps -------------------------------------------------------------------------------- */

struct verdict decide_endorse_application(const struct facts *facts, const struct command_endorse_application *ask)
{
	return decide_step(facts, STEP_ENDORSE, NOTHING, ask->digest);
}

struct verdict decide_approve_application(const struct facts *facts, const struct command_approve_application *ask)
{
	struct step_offer offer = { .ground = ask->acting_decision && ask->ground.len > 0 };

	return decide_step(facts, STEP_APPROVE, offer, ask->digest);
}

struct verdict decide_forward_application(const struct facts *facts, const struct command_forward_application *ask)
{
	struct verdict verdict = decide_step(facts, STEP_FORWARD, NOTHING, ask->digest);

	if (verdict.refusal)                        return verdict;
	if (ask->letter_date.day > facts->today.day) return refused(REFUSED_DATE_IN_FUTURE);
	return granted();
}

static bool checks_pass(const struct command_review_application *ask)
{
	const struct record_spec *spec = &command_spec(COMMAND_review_application)->record;

	for (size_t i = 0; i < spec->count; i++) {
		const void *member = (const char *)ask + spec->fields[i].offset;
		if (spec->fields[i].words == &check_answer_words && *(const int *)member != CHECK_PASS)
			return false;
	}
	return true;
}

struct verdict decide_review_application(const struct facts *facts, const struct command_review_application *ask)
{
	struct verdict verdict = decide_step(facts, STEP_REVIEW, NOTHING, ask->digest);

	if (verdict.refusal)                        return verdict;
	if (!checks_pass(ask))                      return refused(REFUSED_CHECKPOINT_FAILED);
	return granted();
}

/* --- lists ------------------------------------------------------------------------------------ */

static bool stands_twice(const struct facts *facts, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (facts->applications[i].id.n == facts->applications[at].id.n)
			return true;
	return false;
}

static struct verdict decide_list(const struct facts *facts, enum application_step step, struct step_offer offer)
{
	if (!facts->application_count)              return refused(REFUSED_LIST_EMPTY);
	for (size_t i = 0; i < facts->application_count; i++) {
		enum refusal refusal = application_listed_refusal(facts, &facts->applications[i], step, offer);
		if (refusal != REFUSED_NOT)         return verdict_of(refusal);
		if (stands_twice(facts, i))         return refused(REFUSED_APPLICATION_TWICE);
	}
	return granted();
}

struct verdict decide_transmit_applications(const struct facts *facts,
                                            const struct command_transmit_applications *ask)
{
	struct verdict verdict = decide_list(facts, STEP_TRANSMIT, NOTHING);

	if (verdict.refusal)                        return verdict;
	if (ask->letter_date.day > facts->today.day) return refused(REFUSED_DATE_IN_FUTURE);
	return granted();
}

struct verdict decide_record_nia_review(const struct facts *facts, const struct command_record_nia_review *ask)
{
	struct step_offer offer = { .letter = ask->letter_no.len > 0 && !date_is_none(ask->letter_date) };
	struct verdict verdict = decide_list(facts, STEP_NIA_REVIEW, offer);

	if (verdict.refusal)                        return verdict;
	for (size_t i = 0; i < facts->application_count; i++)
		if (facts->applications[i].transmission.n != ask->transmission.n)
			return refused(REFUSED_NOT_IN_TRANSMISSION);
	if (ask->returned.count + ask->rejected.count > 0 && !ask->reason.len)
		return refused(REFUSED_ANSWER_REASON_NEEDED);
	if (!date_is_none(ask->letter_date) && ask->letter_date.day > facts->today.day)
		return refused(REFUSED_DATE_IN_FUTURE);
	return granted();
}

/* --- the grant -------------------------------------------------------------------------------- */

/* A term of n years from a day ends on the day before the same date n years later. */
static bool is_within(struct date from, struct date to, int64_t years)
{
	struct ymd ymd = date_to_ymd(from);
	struct date end;

	ymd.year += (int)years;
	if (!date_from_ymd(ymd, &end)) {
		ymd.day--; /* 29 February */
		bool exists = date_from_ymd(ymd, &end);
		assert(exists);
	}
	return to.day < end.day;
}

struct verdict decide_grant_application(const struct facts *facts, const struct command_grant_application *ask)
{
	struct verdict verdict = decide_step(facts, STEP_GRANT, NOTHING, ask->digest);

	if (verdict.refusal)                        return verdict;
	if (!facts->applicant.officer)              return refused(REFUSED_APPLICANT_NOT_OFFICER);
	for (size_t i = 0; i < facts->application.basis_count; i++)
		if (!facts->application.bases[i].exists) return refused(REFUSED_BASIS_UNKNOWN);
	if (ask->valid_from.day < facts->today.day) return refused(REFUSED_EFFECTIVE_IN_PAST);
	if (ask->valid_to.day < ask->valid_from.day) return refused(REFUSED_DATES_REVERSED);
	if (!is_within(ask->valid_from, ask->valid_to, parameter_int(&facts->parameters, PARAMETER_GRANT_MAX_YEARS)))
		return refused(REFUSED_GRANT_TOO_LONG);
	return granted();
}

/* --- the other way ---------------------------------------------------------------------------- */

/* Who might take the next step may say no instead. */
static struct verdict decide_no(const struct facts *facts, struct str digest)
{
	const struct fact_application *application = &facts->application;
	enum application_step next = application_next(application->state, application->chain);

	if (!application->id.n)                     return refused(REFUSED_APPLICATION_UNKNOWN);
	if (next == STEP_NIA_REVIEW)                return refused(REFUSED_ANSWERED_ELSEWHERE);
	if (next == application_step_none || next == STEP_SUBMIT)
		return refused(REFUSED_APPLICATION_NOT_AT_STEP);
	return decide_step(facts, next, NOTHING, digest);
}

struct verdict decide_return_application(const struct facts *facts, const struct command_return_application *ask)
{
	return decide_no(facts, ask->digest);
}

struct verdict decide_reject_application(const struct facts *facts, const struct command_reject_application *ask)
{
	return decide_no(facts, ask->digest);
}

/* --- paper ------------------------------------------------------------------------------------ */

struct verdict decide_attach_scan(const struct facts *facts, const struct command_attach_scan *ask)
{
	const struct fact_application *application = &facts->application;
	int64_t kib = parameter_int(&facts->parameters, PARAMETER_APP_SCAN_MAX_KIB);

	if (!application->id.n)                     return refused(REFUSED_APPLICATION_UNKNOWN);
	if (!governs_office(facts, command_duties(COMMAND_attach_scan), application->office))
		return refused(REFUSED_OTHER_OFFICE);
	if (is_me(facts, application->applicant))   return refused(REFUSED_OWN_ACT);
	if (application->state == APPLICATION_DRAFT) return refused(REFUSED_APPLICATION_NOT_AT_STEP);
	if (!str_eq(ask->digest, application->digest)) return refused(REFUSED_FORM_STALE);
	if ((int64_t)facts->scan.len > kib * 1024)  return refused(REFUSED_SCAN_TOO_LARGE);
	if (!scan_media(facts->scan).len)           return refused(REFUSED_SCAN_UNREADABLE);
	return granted();
}
