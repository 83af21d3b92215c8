/* What one person may not be in one office at the same time, and where a duty can exist. */
#include "law/decide.h"

/* Who judges does not do what is judged. X18 leaves the custodian out: G3.2 charges him with audit
 * work, which he prepares and the auditor judges. */
static const enum duty conflicts[][2] = {
	{ DUTY_AUDITOR, DUTY_OFFICER },    /* X18 audit.not_officer */
	{ DUTY_INSPECTOR, DUTY_OFFICER },  /* X18, for the bureau's own spot checks (G4.2.1) */
	{ DUTY_OPERATOR, DUTY_OFFICER },   /* who runs the machine sees no person */
	{ DUTY_OPERATOR, DUTY_CUSTODIAN },
	{ DUTY_OPERATOR, DUTY_AUDITOR },
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

static bool pair_conflicts(enum duty one, enum duty other)
{
	for (size_t i = 0; i < ARRAY_LEN(conflicts); i++)
		if ((conflicts[i][0] == one && conflicts[i][1] == other) ||
		    (conflicts[i][0] == other && conflicts[i][1] == one))
			return true;
	return false;
}

static bool over_before(const struct fact_duty *held, struct date day)
{
	return !date_is_none(held->valid_to) && held->valid_to.day < day.day;
}

bool duties_conflict(const struct fact_duties *held, const struct fact_duty *wanted)
{
	for (size_t i = 0; i < held->count; i++)
		if (str_eq(held->at[i].office, wanted->office) &&
		    pair_conflicts(held->at[i].duty, wanted->duty) &&
		    !over_before(&held->at[i], wanted->valid_from) &&
		    !over_before(wanted, held->at[i].valid_from))
			return true;
	return false;
}

bool duty_fits_office(enum duty duty, enum office_kind kind)
{
	return offices_of_duty[duty] & OFFICE_BIT(kind);
}
