/* Applications (form F1, G3.3): the step that is due, mostly. */
#include <string.h>

#include "deeds_parts.h"

void deed_draft(void)
{
	const struct m_application *old = PICK_ROW(model.applications);
	bool again = old && (old->state == APPLICATION_RETURNED || old->state == APPLICATION_DRAFT) && chance(60);
	enum office office = chance(50) ? SANMIN : chance(40) ? HOME : some_office();

	ask("draft_application", again ? actor(0, NOWHERE, false, old->applicant)
	                               : actor(DUTY_BIT(DUTY_OFFICER), office, false, 0));
	if (again && model_card_of(old->applicant) >= 0 && chance(90))
		order.person = model_card_of(old->applicant);
	if (again)
		number("application", old->id);
	else
		field("office", "%s", office_code(office));
	field("phone", "07-3228160");
	field("email", "a@b.tw");
	field("legal_bases", "%s", ONE_OF("L_CHILD", "B_LOW", "L_CHILD,B_LOW", "B_NONE"));
	field("purpose", "appeal");
	field("purpose_text", "審查");
	field("items", "%s", ONE_OF("item_1", "item_1", "item_7", "item_1,item_7"));
}

static void about(const struct m_application *application)
{
	number("application", application->id);
	field("digest", "%s", chance(95) ? application->digest : model.applications.at[0].digest);
}

static void checks(void)
{
	static const char *const points[] = { "check_identity", "check_duty", "check_basis", "check_items", "check_purpose",
		                              "check_seals", "check_paper" };

	for (size_t i = 0; i < ARRAY_LEN(points); i++)
		field(points[i], "%s", chance(99) ? "pass" : "fail");
}

static void letter(void)
{
	field("letter_no", "高市社%zu", 1 + roll(900));
	day("letter_date", -(int)roll(3));
}

static void answer_of_agency(const struct m_application *application)
{
	bool by_letter = chance(50);

	ask("record_nia_review", by_letter ? actor(DUTY_BIT(DUTY_CUSTODIAN), BUREAU, false, application->applicant)
	                                   : actor(DUTY_BIT(DUTY_NIA_REVIEWER), NIA, false, 0));
	number("transmission", application->transmission);
	number(ONE_OF("approved", "approved", "approved", "returned", "rejected"), application->id);
	field("reason", "資料不符");
	if (by_letter)
		letter();
}

/* The people who took a step already are tempted to take the next one too. */
static uint64_t tempted_by(const struct m_application *application)
{
	if (!application->step_count || chance(30))
		return application->applicant;
	return application->steps[roll(application->step_count)].person;
}

static void step_take(const struct m_application *application, enum application_state state)
{
	uint64_t tempted = tempted_by(application);
	enum office office = application->office;

	switch ((int)state) {
	case APPLICATION_DRAFT:
		ask("submit_application", actor(0, NOWHERE, false, application->applicant));
		if (chance(85) && model_card_of(application->applicant) >= 0)
			order.person = model_card_of(application->applicant);
		break;
	case APPLICATION_SUBMITTED: ask("endorse_application", actor(DUTY_BIT(DUTY_SUPERVISOR), office, false, tempted)); break;
	case APPLICATION_ENDORSED:
		ask("approve_application", actor(DUTY_BIT(DUTY_AGENCY_HEAD) | DUTY_BIT(DUTY_SUPERVISOR), office, false, tempted));
		if (chance(60)) {
			field("acting_decision", "true");
			field("ground", "首長公出");
		}
		break;
	case APPLICATION_APPROVED:
		if (application->short_chain) {
			ask("review_application", actor(DUTY_BIT(DUTY_REVIEWER), BUREAU, false, tempted));
			checks();
			break;
		}
		ask("forward_application", actor(DUTY_BIT(DUTY_CUSTODIAN), office, false, tempted));
		letter();
		field("letter_text", "檢送申請表");
		break;
	case APPLICATION_FORWARDED:
		ask("review_application", actor(DUTY_BIT(DUTY_REVIEWER), BUREAU, false, tempted));
		checks();
		break;
	case APPLICATION_BUREAU_REVIEWED:
		ask("transmit_applications", actor(DUTY_BIT(DUTY_CUSTODIAN), BUREAU, false, tempted));
		number("applications", application->id);
		letter();
		return;
	case APPLICATION_TRANSMITTED: answer_of_agency(application); return;
	default:
		ask("grant_application", actor(LEADERS, BUREAU, false, tempted));
		day("valid_from", (int)roll(2));
		day("valid_to", 1 + (int)roll(chance(50) ? 6 : 300));
		break;
	}
	about(application);
}

void deed_step(void)
{
	const struct m_application *application = NULL;

	PICK_FIT(model.applications, application, application->state != APPLICATION_GRANTED &&
	         application->state != APPLICATION_REJECTED && application->state != APPLICATION_WITHDRAWN);
	if (!application)
		deed_draft();
	else if (application->state == APPLICATION_RETURNED)
		deed_draft();
	else
		step_take(application, chance(92) ? application->state : (enum application_state)(1 + roll(8)));
}

void deed_say_no(void)
{
	const struct m_application *application = PICK_ROW(model.applications);

	if (!application) {
		deed_draft();
		return;
	}
	const char *name = ONE_OF("return_application", "return_application", "return_application", "reject_application",
	                          "withdraw_application");
	ask(name, actor(~0u, chance(50) ? application->office : BUREAU, false, tempted_by(application)));
	if (strcmp(name, "withdraw_application") == 0) {
		number("application", application->id);
		return;
	}
	about(application);
	field("reason", "請補正");
}

void deed_scan(void)
{
	const struct m_application *application = PICK_ROW(model.applications);

	if (!application) {
		deed_draft();
		return;
	}
	ask("attach_scan", actor(LEADERS, application->office, true, application->applicant));
	about(application);
	field("scan_kind", "%s", ONE_OF("form", "letter", "reply"));
	field("scan", "JVBERi0xLjcK");
}
