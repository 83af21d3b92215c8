/* Duties, lists, endings and cards. */
#include <stdio.h>
#include <string.h>

#include "deeds_parts.h"

enum { FILE_BYTES = 512 };
static char file[FILE_BYTES];

/* --- duties --- */

static const char *some_duty(void)
{
	return ONE_OF("officer", "officer", "custodian", "supervisor", "supervisor", "agency_head", "reviewer", "nia_reviewer",
	              "auditor", "inspector", "records_keeper", "operator");
}

static uint64_t reviewing(enum duty duty)
{
	for (size_t i = 0; i < model.duties.count; i++)
		if (model.duties.at[i].duty == duty && duty_in_force(&model.duties.at[i], today()))
			return model.duties.at[i].person;
	return someone();
}

/* The reviewers of the two authorities are tempted to be both. */
static bool appoints_reviewer(void)
{
	bool nia = chance(50);
	uint64_t person = reviewing(nia ? DUTY_REVIEWER : DUTY_NIA_REVIEWER);

	if (!chance(8))
		return false;
	ask("appoint_duty", actor(LEADERS, BUREAU, false, person));
	person_field("person", person);
	field("office", "%s", nia ? "nia" : "bureau");
	field("duty", "%s", nia ? "nia_reviewer" : "reviewer");
	day("valid_from", 0);
	return true;
}

void deed_appoint(void)
{
	enum office office = some_office();
	uint64_t person = someone();

	if (appoints_reviewer())
		return;

	ask("appoint_duty", actor(LEADERS | DUTY_BIT(DUTY_AGENCY_HEAD), office, true, person));
	person_field("person", person);
	field("office", "%s", office_code(office));
	field("duty", "%s", some_duty());
	if (chance(40))
		field("deputy", "true");
	day("valid_from", (int)roll(4) - 2);
	if (chance(30))
		day("valid_to", (int)roll(20));
	if (chance(60))
		field("ground", "section_chief_or_above");
	if (chance(20))
		field("consent_letter_no", "高市社准1");
}

static const struct m_duty *some_duty_row(void)
{
	const struct m_duty *duty = PICK_ROW(model.duties);

	for (size_t i = 0; town_source_waits() && chance(95) && i < model.duties.count; i++)
		if (model.duties.at[i].person == model.queries.at[model.queries.count - 1].asker &&
		    model.duties.at[i].duty == DUTY_OFFICER && duty_in_force(&model.duties.at[i], today()))
			return &model.duties.at[i];
	return chance(50) ? &model.duties.at[roll(model.duties.count)] : duty;
}

void deed_end_duty(void)
{
	const struct m_duty *duty = some_duty_row();

	ask("end_duty", actor(LEADERS | DUTY_BIT(DUTY_AGENCY_HEAD), duty->office, true, duty->person));
	number("duty_entry", duty->entry);
	field("duty_end", "reassigned");
	day("ended_on", (int)roll(3) - 1);
	if (chance(50))
		field("left_vacant", "true");
}

void deed_hand_over(void)
{
	const struct m_duty *duty = some_duty_row();
	uint64_t person = someone();

	ask("hand_over_duty", actor(LEADERS | DUTY_BIT(DUTY_AGENCY_HEAD), duty->office, true, chance(50) ? duty->person : person));
	number("duty_entry", duty->entry);
	person_field("person", person);
	day("handed_on", (int)roll(3) - 1);
	if (chance(60))
		field("ground", "section_chief_or_above");
}

void deed_import(void)
{
	static const int spare[] = { TOWN_PEOPLE, TOWN_PEOPLE + 1, TOWN_PEOPLE + 2, TOWN_PEOPLE + 3 };
	int who = (int)roll(TOWN_PEOPLE);
	size_t kind = roll(3);
	struct str serial = town_serial(chance(30) ? spare[roll(4)] : who);

	ask("import_list", actor(LEADERS, BUREAU, false, model_person(who)));
	field("import_kind", "%s", kind == 0 ? "staff" : kind == 1 ? "grants" : "leave");
	if (kind == 0)
		snprintf(file, sizeof file, "id_no,name,office,duty,deputy,valid_from,card_serial\n%s,%s,%s,%s,%s,2026-11-01,%.*s\n",
		         town_id_no(who), town_name(who), office_code(some_office()),
		         ONE_OF("officer", "supervisor", "custodian", "agency_head", "reviewer", "operator", "auditor"),
		         chance(30) ? "true" : "", STR_FMT(serial));
	else if (kind == 1)
		snprintf(file, sizeof file, "id_no,office,item,legal_basis,valid_from,valid_to\n%s,%s,item_1,%s,2026-11-01,2027-12-31\n",
		         town_id_no(who), office_code(some_office()), ONE_OF("B_LOW", "L_CHILD"));
	else
		snprintf(file, sizeof file, "id_no,first_day,last_day,leave_kind\n%s,2026-11-20,2026-12-05,annual\n",
		         town_id_no(who));
	order.file = file;
	order.way = WAY_CARD;
}

/* --- endings --- */

/* Several blocks may stand against one account. */
static uint64_t to_block(enum office *office_out)
{
	const struct m_block *block = chance(35) ? PICK_ROW(model.blocks) : NULL;

	*office_out = block ? block->office : chance(50) ? SANMIN : some_office();
	return block ? block->person : someone();
}

void deed_duty_change(void)
{
	enum office office;
	uint64_t person = to_block(&office);

	ask("record_duty_change", actor(LEADERS, office, true, person));
	person_field("person", person);
	field("office", "%s", office_code(office));
	field("duty_change", "%s", ONE_OF("reassigned", "transferred", "duty_suspended", "left"));
	day("effective", chance(35) ? 1 : (int)roll(5) - 2);
}

void deed_card_lost(void)
{
	uint64_t person = someone();

	ask("report_card_lost", actor(LEADERS, some_office(), true, person));
	person_field("person", person);
	day("lost_on", -(int)roll(2));
	field("told", "本人來電");
}

void deed_suspend(void)
{
	enum office office;
	uint64_t person = to_block(&office);

	ask("suspend_account", actor(LEADERS | DUTY_BIT(DUTY_AUDITOR), office, true, person));
	person_field("person", person);
	field("office", "%s", office_code(office));
	field("suspend_cause", "%s", ONE_OF("violation", "other"));
	field("remark", "查核發現");
}

static void on_block(const char *name, uint32_t duties)
{
	const struct m_block *block = NULL;

	PICK_FIT(model.blocks, block, !block->over);
	ask(name, actor(duties, block ? block->office : SANMIN, true, block ? block->person : 0));
	number("block", block ? block->entry : 0);
}

void deed_terminate(void)
{
	on_block("terminate_account", DUTY_BIT(DUTY_CUSTODIAN));
	order.way = WAY_CARD;
	order.seal = chance(10) ? NULL : ONE_OF("bureau", "sanmin");
}

void deed_notify(void)
{
	on_block("notify_nia", LEADERS);
	field("letter_no", "高市社通1");
	day("notified_on", 0);
}

void deed_confirm_nia(void)
{
	on_block("confirm_nia", LEADERS);
	field("nia_ender", "%s", ONE_OF("nia", "custodian"));
	field("reference", "移署1");
	day("ended_on", 0);
}

void deed_refer(void)
{
	on_block("refer_violation", LEADERS);
	field("referred_to", "ethics_office");
	field("letter_no", "高市社政1");
}

void deed_propose_reinstatement(void)
{
	on_block("propose_reinstatement", LEADERS);
	field("reason", "查無違規");
}

void deed_approve_reinstatement(void)
{
	const struct m_reinstatement *proposal = NULL;

	PICK_FIT(model.reinstatements, proposal, !proposal->done);
	const struct m_block *block = proposal ? ROW_OF(model.blocks, entry, proposal->block) : NULL;
	uint64_t tempted[] = { block ? block->person : 0, block ? block->recorder : 0, proposal ? proposal->proposer : 0 };

	ask("approve_reinstatement", actor(LEADERS, block ? block->office : BUREAU, true, tempted[roll(3)]));
	number("proposal", proposal ? proposal->entry : 0);
}

void deed_confirm_card(void)
{
	const struct m_presented *card = PICK_ROW(model.presented);
	uint64_t person = someone();

	for (int i = 0; card && i < TOWN_PEOPLE && chance(97); i++)
		if (strcmp(town_id_no(i), town_id_no(card->card)) == 0)
			person = model_person(i);
	ask("confirm_card", actor(DUTY_BIT(DUTY_CUSTODIAN), chance(50) ? SANMIN : BUREAU, false, person));
	number("presented", card ? card->entry : 0);
	person_field("person", person);
}

void deed_unbind(void)
{
	const struct m_card *card = &model.cards.at[roll(model.cards.count)];

	ask("unbind_card", actor(DUTY_BIT(DUTY_CUSTODIAN), chance(50) ? SANMIN : BUREAU, false, card->person));
	field("card_serial", "%.*s", STR_FMT(town_serial(card->card)));
	field("remark", "換發");
}
