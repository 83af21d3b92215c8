/* What one person may not be in one office at the same time, and where a duty can exist. */
#include "law/decide.h"

struct conflict {
	enum duty one, other;
	bool anywhere;    /* also when they are held in two offices */
	bool consentable; /* X18: with the bureau's written consent */
};

/* Who judges does not do what is judged. X18 leaves the custodian out: G3.2 charges him with audit
 * work, which he prepares and the auditor judges. */
static const struct conflict conflicts[] = {
	{ DUTY_AUDITOR, DUTY_OFFICER, false, true },        /* X18 audit.not_officer */
	{ DUTY_INSPECTOR, DUTY_OFFICER, false, false },     /* X18, for the bureau's own spot checks (G4.2.1) */
	{ DUTY_INSPECTOR, DUTY_CUSTODIAN, false, false },   /* what is inspected is his work */
	{ DUTY_INSPECTOR, DUTY_REVIEWER, false, false },    /* accounts are inspected as well (F2.item1) */
	{ DUTY_AUDITOR, DUTY_REVIEWER, false, false },
	{ DUTY_AUDITOR, DUTY_RECORDS_KEEPER, false, false }, /* who destroys does not judge destruction (F2.item4) */
	{ DUTY_NIA_REVIEWER, DUTY_REVIEWER, true, false },  /* G3.3: two authorities review */
	{ DUTY_NIA_REVIEWER, DUTY_OFFICER, true, false },
	{ DUTY_NIA_INSPECTOR, DUTY_OFFICER, true, false },  /* G4.2.2 */
	{ DUTY_OPERATOR, DUTY_OFFICER, false, false },      /* who runs the machine sees no person */
	{ DUTY_OPERATOR, DUTY_CUSTODIAN, false, false },
	{ DUTY_OPERATOR, DUTY_SUPERVISOR, false, false },
	{ DUTY_OPERATOR, DUTY_AUDITOR, false, false },
	{ DUTY_OPERATOR, DUTY_INSPECTOR, false, false },
};

#define OFFICE_BIT(kind) (1u << (kind))
enum { CITY = OFFICE_BIT(OFFICE_BUREAU) | OFFICE_BIT(OFFICE_AFFILIATE) | OFFICE_BIT(OFFICE_DISTRICT) };

static const unsigned offices_of_duty[] = {
	[duty_none] = 0,
	[DUTY_OFFICER] = CITY,
	[DUTY_CUSTODIAN] = CITY, /* G3.2: the bureau and each district office */
	[DUTY_SUPERVISOR] = CITY,
	[DUTY_AGENCY_HEAD] = CITY,
	[DUTY_REVIEWER] = OFFICE_BIT(OFFICE_BUREAU), /* G3.3 */
	[DUTY_NIA_REVIEWER] = OFFICE_BIT(OFFICE_NIA),
	[DUTY_AUDITOR] = CITY,
	[DUTY_INSPECTOR] = OFFICE_BIT(OFFICE_BUREAU), /* G4.2.1 */
	[DUTY_NIA_INSPECTOR] = OFFICE_BIT(OFFICE_NIA), /* G4.2.2 */
	[DUTY_RECORDS_KEEPER] = CITY,
	[DUTY_OPERATOR] = CITY,
};
static_assert(ARRAY_LEN(offices_of_duty) == duty_end, "every duty has its kinds of office");

static const struct conflict *conflict_of(enum duty one, enum duty other)
{
	for (size_t i = 0; i < ARRAY_LEN(conflicts); i++) {
		const struct conflict *row = &conflicts[i];
		if ((row->one == one && row->other == other) || (row->one == other && row->other == one))
			return row;
	}
	return NULL;
}

static bool over_before(const struct fact_duty *held, struct date day)
{
	return !date_is_none(held->valid_to) && held->valid_to.day < day.day;
}

static bool excludes(const struct fact_duty *held, const struct fact_duty *wanted, bool consent)
{
	const struct conflict *row = conflict_of(held->duty, wanted->duty);

	return row && !(row->consentable && consent) && (row->anywhere || str_eq(held->office, wanted->office)) &&
	       !over_before(held, wanted->valid_from) && !over_before(wanted, held->valid_from);
}

bool duties_conflict(const struct fact_duties *held, const struct fact_duty *wanted, bool consent)
{
	for (size_t i = 0; i < held->count; i++)
		if (excludes(&held->at[i], wanted, consent))
			return true;
	return false;
}

bool duty_fits_office(enum duty duty, enum office_kind kind)
{
	return offices_of_duty[duty] & OFFICE_BIT(kind);
}
