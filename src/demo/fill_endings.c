/* How accounts of the demonstration office ended in its year, and what waits in the evening of its last day: each state
 * has somebody in it (G3.6, G3.7, G6, X16). */
#include "demo/fill_parts.h"

#include "law/words.h"

enum { MINUTE_MS = 60000, MORNING_MINUTE = 7 * 60 + 30 };

/* --- what a chapter needs --- */

static struct str day_text(struct fill *fill, int days_back)
{
	return str_copy(&fill->step, str_from(date_iso(date_add(fill->city->today, -days_back)).text));
}

/* The person as commands name him. */
static enum fail person_of(struct fill *fill, const char *stem, struct str *out)
{
	struct message reply;

	TRY(sheet_read(fill, staff_named(fill, "bureau-custodian"), "accounts", "person", staff_named(fill, stem)->id_no, &reply));
	const struct sheet *accounts = message_sheet_named(&reply, "accounts");
	if (!accounts || !accounts->row_count)
		return FAIL_NOT_FOUND;
	*out = str_copy(&fill->step, str_slice(sheet_cell(accounts, 0, STR("person")), 0, 16));
	return OK;
}

static enum fail opened(struct fill *fill, const char *stem, struct date until)
{
	struct sheet sheet = city_grants_of(&fill->step, fill->city, staff_named(fill, stem), until);

	return list_import(fill, IMPORT_GRANTS, &sheet);
}

static enum fail give(struct fill *fill, const char *who, const char *agency, const char *command, const struct pair_text *fields,
                      size_t count, struct str *entry_out)
{
	struct message reply;

	TRY(command_must(fill, staff_named(fill, who), agency, command, fields, count, &reply));
	if (entry_out)
		*entry_out = str_copy(fill->arena, message_get(&reply, "entry"));
	return OK;
}

static enum fail block_of(struct fill *fill, const char *stem, struct str *out)
{
	struct str person;
	struct message reply;

	TRY(person_of(fill, stem, &person));
	TRY(sheet_read(fill, staff_named(fill, "bureau-custodian"), "account_blocks", "block_state", STR("standing"), &reply));
	const struct sheet *blocks = message_sheet_named(&reply, "account_blocks");
	for (size_t row = 0; blocks && row < blocks->row_count; row++)
		if (str_starts(sheet_cell(blocks, row, STR("person")), person)) {
			*out = str_copy(fill->arena, sheet_cell(blocks, row, STR("key")));
			return OK;
		}
	return FAIL_NOT_FOUND;
}

static enum fail left(struct fill *fill, const char *custodian, const char *stem, const char *change, int days_back)
{
	const struct city_staff *staff = staff_named(fill, stem);
	struct str person;

	TRY(person_of(fill, stem, &person));
	return give(fill, custodian, NULL, "record_duty_change",
	            FIELDS({ "person", person }, { "office", staff->office }, { "duty_change", str_from(change) },
	                   { "effective", day_text(fill, days_back) }, { "letter_no", STR("高市人字第1150000031號") }), NULL);
}

static enum fail suspended(struct fill *fill, const char *stem, const char *cause, const char *incident, const char *remark)
{
	const struct city_staff *staff = staff_named(fill, stem);
	struct str person;

	TRY(person_of(fill, stem, &person));
	return give(fill, "bureau-supervisor", NULL, "suspend_account",
	            FIELDS({ "person", person }, { "office", staff->office }, { "suspend_cause", str_from(cause) },
	                   { "incident", str_from(incident) }, { "remark", str_from(remark) }), NULL);
}

static enum fail told_agency(struct fill *fill, const char *custodian, const char *stem, const char *letter, int days_back)
{
	struct str block;

	TRY(block_of(fill, stem, &block));
	return give(fill, custodian, NULL, "notify_nia",
	            FIELDS({ "block", block }, { "letter_no", str_from(letter) }, { "notified_on", day_text(fill, days_back) }), NULL);
}

/* --- the year --- */

static enum fail certificates_registered(struct fill *fill, int days_back)
{
	static const char *const offices[] = { "bureau", "sanmin", "zuoying" };

	(void)days_back;
	for (size_t i = 0; i < ARRAY_LEN(offices); i++)
		TRY(give(fill, "bureau-custodian", NULL, "register_agency",
		         FIELDS({ "office", str_from(offices[i]) },
		                { "organisation_oid", str_printf(&fill->step, "2.16.886.101.90028.20002.%zu", 20001 + i) }), NULL));
	return opened(fill, "nanzi-officer-3", DATE_NONE); /* who never signs in: suspended, then ended, by nobody */
}

/* Everybody with a card looks at the task list now and then, so that accounts are not idle. */
static enum fail everybody_looks(struct fill *fill, int days_back)
{
	struct message reply;

	(void)days_back;
	for (size_t i = 0; i < CITY_STAFF; i++) {
		if (!fill->city->staff[i].has_card)
			continue;
		TRY(sheet_read(fill, &fill->city->staff[i], "my_tasks", NULL, STR(""), &reply));
		arena_empty(&fill->step);
	}
	return OK;
}

static enum fail opened_for_nobody(struct fill *fill, int days_back)
{
	(void)days_back;
	return opened(fill, "zuoying-officer-4", DATE_NONE);
}

static enum fail accounts_opened(struct fill *fill, int days_back)
{
	static const char *const stems[] = { "nanzi-officer-2", "lingya-officer-2", "qianzhen-officer-2", "fengshan-officer-3" };

	(void)days_back;
	for (size_t i = 0; i < ARRAY_LEN(stems); i++)
		TRY(opened(fill, stems[i], DATE_NONE));
	return opened(fill, "xiaogang-officer-2", date_add(fill->city->today, -10)); /* runs out, and nobody renews it */
}

static enum fail one_leaves(struct fill *fill, int days_back)
{
	return left(fill, "bureau-custodian", "nanzi-officer-2", "left", days_back);
}

static enum fail leaver_terminated(struct fill *fill, int days_back)
{
	TRY(told_agency(fill, "bureau-custodian", "nanzi-officer-2", "高市社救助字第1150000101號", days_back));
	TRY(block_of(fill, "nanzi-officer-2", &fill->ended_block));
	return give(fill, "bureau-custodian", "agency-bureau", "terminate_account",
	            FIELDS({ "block", fill->ended_block }, { "letter_no", STR("高市社救助字第1150000101號") }), NULL);
}

static enum fail agency_answered(struct fill *fill, int days_back)
{
	return give(fill, "bureau-custodian", NULL, "confirm_nia",
	            FIELDS({ "block", fill->ended_block }, { "nia_ender", STR("nia") }, { "reference", STR("移署資字第1150000202號") },
	                   { "ended_on", day_text(fill, days_back) }), NULL);
}

static enum fail breach_found(struct fill *fill, int days_back)
{
	(void)days_back;
	return suspended(fill, "lingya-officer-2", "violation", "115-稽-03", "查詢與所辦案件無關，經稽核發現。");
}

static enum fail breach_referred(struct fill *fill, int days_back)
{
	struct str block;

	(void)days_back;
	TRY(block_of(fill, "lingya-officer-2", &block));
	return give(fill, "bureau-supervisor", NULL, "refer_violation",
	            FIELDS({ "block", block }, { "referred_to", STR("ethics_office") }, { "letter_no", STR("高市社政字第1150000006號") }), NULL);
}

static enum fail suspended_by_mistake(struct fill *fill, int days_back)
{
	(void)days_back;
	return suspended(fill, "qianzhen-officer-2", "other", "", "通報異常，先行停用。");
}

static enum fail given_back(struct fill *fill, int days_back)
{
	struct str block, proposal;

	(void)days_back;
	TRY(block_of(fill, "qianzhen-officer-2", &block));
	TRY(give(fill, "bureau-custodian", NULL, "propose_reinstatement",
	         FIELDS({ "block", block }, { "reason", STR("查明係系統誤報，無違規情事。") }), &proposal));
	return give(fill, "bureau-supervisor-deputy", NULL, "approve_reinstatement", FIELDS({ "proposal", proposal }), NULL);
}

static enum fail another_leaves(struct fill *fill, int days_back)
{
	return left(fill, "fengshan-custodian", "fengshan-officer-3", "transferred", days_back);
}

static const struct chapter {
	int days_back;
	enum fail (*live)(struct fill *fill, int days_back);
} chapters[] = {
	{ 366, certificates_registered }, { 250, everybody_looks }, { 200, opened_for_nobody }, { 130, everybody_looks },
	{ 90, accounts_opened },          { 45, one_leaves },       { 44, leaver_terminated },  { 37, agency_answered },
	{ 30, breach_found },             { 28, breach_referred },  { 25, suspended_by_mistake }, { 24, given_back },
	{ 20, everybody_looks },          { 5, another_leaves },
};

/* Whose accounts the chapters open: the list of all would open them again. */
static const char *const opened_stems[] = { "nanzi-officer-3", "zuoying-officer-4", "nanzi-officer-2", "lingya-officer-2",
	                                    "qianzhen-officer-2", "fengshan-officer-3", "xiaogang-officer-2" };

bool endings_has(const struct city *city, struct str id_no)
{
	for (size_t i = 0; i < ARRAY_LEN(opened_stems); i++)
		if (str_eq(city_staff_find(city, str_from(opened_stems[i]))->id_no, id_no))
			return true;
	return false;
}

enum fail endings_live(struct fill *fill, struct date since, struct date day)
{
	for (size_t i = 0; i < ARRAY_LEN(chapters); i++) {
		struct date of = date_add(fill->city->today, -chapters[i].days_back);
		if (of.day <= since.day || of.day > day.day)
			continue;
		TRY(fill_clock(fill, date_local_start_ms(of) + MORNING_MINUTE * (int64_t)MINUTE_MS, false));
		TRY(chapters[i].live(fill, chapters[i].days_back));
		arena_empty(&fill->step);
	}
	return OK;
}

/* --- the evening --- */

static enum fail card_lost(struct fill *fill)
{
	struct str person;

	TRY(person_of(fill, "fengshan-officer-2", &person));
	TRY(give(fill, "fengshan-custodian", NULL, "report_card_lost",
	         FIELDS({ "person", person }, { "lost_on", day_text(fill, 1) }, { "told", STR("本人以電話告知，公出途中遺失。") }), NULL));
	return told_agency(fill, "fengshan-custodian", "fengshan-officer-2", "高市鳳區社字第1150000077號", 1);
}

static enum fail account_to_be_given_back(struct fill *fill)
{
	struct str block;

	TRY(suspended(fill, "renwu-officer-2", "other", "", "久病請假，先行停用。"));
	TRY(block_of(fill, "renwu-officer-2", &block));
	return give(fill, "bureau-custodian", NULL, "propose_reinstatement",
	            FIELDS({ "block", block }, { "reason", STR("已銷假上班，仍承辦原業務。") }), NULL);
}

static enum fail history_asked(struct fill *fill, const char *who, const char *party, const char *cause)
{
	return give(fill, who, NULL, "ask",
	            FIELDS({ "case_no", STR("113-0041") }, { "subject", str_from(party) }, { "legal_basis", STR("B_LOW") },
	                   { "purpose", STR("yearly_recheck") }, { "item", STR("item_1") }, { "range", STR("history") },
	                   { "anchor_date", day_text(fill, 1) }, { "reason_code", str_from(cause) }), NULL);
}

static enum fail parameter_proposed(struct fill *fill, const char *name, const char *value, const char *reason)
{
	return give(fill, "bureau-custodian", NULL, "propose_parameter",
	            FIELDS({ "name", str_from(name) }, { "value", str_from(value) }, { "effective", day_text(fill, -14) },
	                   { "reason", str_from(reason) }), NULL);
}

enum fail evening_fill(struct fill *fill)
{
	TRY(fill_clock(fill, fill->now_ms + MINUTE_MS, false));
	TRY(history_asked(fill, "sanmin-officer", "2", "decision_letter"));
	TRY(history_asked(fill, "sanmin-officer-2", "3", "record_conflict"));
	TRY(parameter_proposed(fill, "residence.margin", "5", "年度檢討：放寬臨界日數之複核範圍"));
	TRY(parameter_proposed(fill, "session.idle_minutes", "8", "依資通安全檢查建議縮短閒置時間"));
	arena_empty(&fill->step);
	TRY(card_present(fill, "test-new-card"));
	TRY(card_lost(fill));
	TRY(account_to_be_given_back(fill));
	arena_empty(&fill->step);
	return left(fill, "sanmin-custodian", "sanmin-officer-3", "transferred", 1);
}
