#include "law/refusals.h"

static const struct refusal_spec specs[] = {
	[REFUSED_NOT] = { STR_INIT(""), "", "", "" },
#define REFUSAL(id, code, rule, what, next) [REFUSED_##id] = { STR_INIT(code), rule, what, next },
#include "law/refusals.def"
#undef REFUSAL
};
static_assert(ARRAY_LEN(specs) == REFUSAL_COUNT, "every refusal has a row");

const struct refusal_spec *refusal_spec(enum refusal refusal)
{
	assert(refusal < REFUSAL_COUNT);
	return &specs[refusal];
}

enum refusal refusal_find(struct str code)
{
	for (int refusal = 1; refusal < REFUSAL_COUNT && code.len; refusal++)
		if (str_eq(specs[refusal].code, code))
			return (enum refusal)refusal;
	return REFUSED_NOT;
}

/* A rule of form F1 is called like its field (F1.email). */
static const struct { enum refusal refusal; const char *field; } fields[] = {
	{ REFUSED_CASE_UNKNOWN, "case_no" },           { REFUSED_CASE_OF_OTHER_OFFICE, "case_no" },
	{ REFUSED_CASE_CLOSED, "case_no" },            { REFUSED_CASE_EXISTS, "case_no" },
	{ REFUSED_SUBJECT_NOT_IN_CASE, "subject" },    { REFUSED_BASIS_UNKNOWN, "legal_basis" },
	{ REFUSED_BASIS_NOT_OF_CASE, "legal_basis" },  { REFUSED_ITEM_NOT_OF_BASIS, "item" },
	{ REFUSED_RANGE_NOT_OF_ITEM, "range" },        { REFUSED_REASON_NEEDED, "reason_code" },
	{ REFUSED_REASON_TEXT_NEEDED, "reason" },      { REFUSED_ANCHOR_OUT_OF_RANGE, "anchor_date" },
	{ REFUSED_AUTHORIZATION_COUNT, "ask_count" },  { REFUSED_DATE_IN_FUTURE, "date" },
	{ REFUSED_EFFECTIVE_IN_PAST, "effective" },    { REFUSED_DATES_REVERSED, "valid_to" },
	{ REFUSED_PARAMETER_UNKNOWN, "name" },         { REFUSED_PARAMETER_OUT_OF_RANGE, "value" },
	{ REFUSED_OFFICE_UNKNOWN, "office" },          { REFUSED_PERSON_UNKNOWN, "person" },
	{ REFUSED_OTHER_OFFICE, "office" },            { REFUSED_DUTY_UNKNOWN, "duty_entry" },
	{ REFUSED_DUTY_NOT_OF_OFFICE, "duty" },        { REFUSED_DUTIES_CONFLICT, "person" },
	{ REFUSED_AUDITOR_GROUND_NEEDED, "ground" },   { REFUSED_APPOINTMENT_LETTER_NEEDED, "letter_no" },
	{ REFUSED_OFFICE_LEFT_VACANT, "left_vacant" }, { REFUSED_NOTICE_UNKNOWN, "notice" },
	{ REFUSED_PROPOSAL_UNKNOWN, "proposal" },      { REFUSED_GRANT_UNKNOWN, "renews" },
	{ REFUSED_ACTING_GROUND_NEEDED, "ground" },    { REFUSED_LETTER_NEEDED, "letter_no" },
	{ REFUSED_ANSWER_REASON_NEEDED, "reason" },    { REFUSED_GRANT_TOO_LONG, "valid_to" },
	{ REFUSED_ACCOUNT_UNKNOWN, "person" },         { REFUSED_BLOCKED_ALREADY, "person" },
	{ REFUSED_BLOCK_UNKNOWN, "block" },            { REFUSED_BLOCK_OVER, "block" },
	{ REFUSED_BLOCK_NOT_BEGUN, "block" },          { REFUSED_NIA_STEP_DONE, "block" },
	{ REFUSED_NIA_NOT_NOTIFIED, "block" },         { REFUSED_NOT_A_VIOLATION, "block" },
	{ REFUSED_TOLD_NEEDED, "told" },               { REFUSED_INCIDENT_NEEDED, "incident" },
	{ REFUSED_CARD_REQUEST_UNKNOWN, "presented" }, { REFUSED_CARD_NUMBER_DIFFERS, "person" },
	{ REFUSED_CARD_NAME_UNEXPLAINED, "remark" },   { REFUSED_CARD_NOT_STANDING, "card_serial" },
};

const char *refusal_field(enum refusal refusal)
{
	const char *rule = refusal_spec(refusal)->rule;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (fields[i].refusal == refusal)
			return fields[i].field;
	return str_starts(str_from(rule), STR("F1.")) ? rule + sizeof "F1." - 1 : "";
}
