/* Applications of the demonstration office: one waits at every step of the way, one was returned, one
 * is still a draft, and two went the whole way (G3.3). */
#include "demo/fill_parts.h"

#include "law/words.h"

enum { MINUTE_MS = 60000, TRANSMITTED_FIRST = 3 /* these go with the first list */ };

static const struct asked {
	const char *who, *office, *bases, *items, *purpose, *text, *phone;
	enum application_state until; /* how far it came */
} applications[] = {
	{ "sanmin-officer-2", "sanmin", "L_CHILD", "item_5", "protection", "辦理兒少保護案件，確認外籍父母之居留狀況",
	  "07-3228160 #201", APPLICATION_GRANTED },
	{ "sanmin-officer-3", "sanmin", "L_SPECIAL", "item_1,item_5", "application", "審查特殊境遇家庭扶助申請",
	  "07-3228160 #202", APPLICATION_GRANTED },
	{ "bureau-officer-4", "bureau", "L_DV", "item_5", "protection", "家庭暴力被害人子女居留狀況",
	  "07-3373376 #13", APPLICATION_NIA_REVIEWED },
	{ "bureau-officer-2", "bureau", "B_ELDER", "item_1", "yearly_recheck", "中低收入老人生活津貼年度總清查",
	  "07-3373376 #11", APPLICATION_TRANSMITTED },
	{ "bureau-officer", "bureau", "L_DV", "item_7", "protection", "家庭暴力案件追蹤行方不明移工",
	  "07-3373376 #12", APPLICATION_BUREAU_REVIEWED },
	{ "sanmin-officer-4", "sanmin", "L_DV", "item_5", "protection", "家庭暴力案件相對人居留資料",
	  "07-3228160 #203", APPLICATION_APPROVED },
	{ "sanmin-officer-4", "sanmin", "L_CHILD", "item_4", "protection", "無戶籍兒少之居留資料",
	  "07-3228160 #203", APPLICATION_FORWARDED },
	{ "sanmin-officer-5", "sanmin", "L_CHILD", "item_6", "application", "新住民家庭兒少之定居資料",
	  "07-3228160 #204", APPLICATION_RETURNED },
	{ "zuoying-officer-2", "zuoying", "L_DV", "item_5", "protection", "家庭暴力被害人居留狀況確認",
	  "07-5821501 #31", APPLICATION_ENDORSED },
	{ "sanmin-officer-2", "sanmin", "L_DV", "item_2", "protection", "家庭暴力案件相對人入出境查證",
	  "07-3228160 #201", APPLICATION_SUBMITTED },
	{ "sanmin-officer", "sanmin", "L_DV", "item_5", "protection", "家庭暴力案件居留資料", "07-3228160 #200",
	  APPLICATION_DRAFT },
};

struct application {
	const struct asked *asked;
	struct str no, digest; /* on the fill's arena */
};

static struct str kept(struct fill *fill, struct str text)
{
	return str_copy(fill->arena, text);
}

static struct str today_text(struct fill *fill)
{
	return str_copy(&fill->step, str_from(date_iso(time_local_date(fill->now_ms)).text));
}

static enum fail draft(struct fill *fill, const struct asked *asked, struct application *out)
{
	const struct city_staff *who = staff_named(fill, asked->who);
	struct message reply;

	TRY(command_must(fill, who, NULL, "draft_application",
	                 FIELDS({ "office", str_from(asked->office) }, { "phone", str_from(asked->phone) },
	                        { "email", str_printf(&fill->step, "%s@kcg.gov.tw", asked->who) },
	                        { "legal_bases", str_from(asked->bases) }, { "items", str_from(asked->items) },
	                        { "purpose", str_from(asked->purpose) }, { "purpose_text", str_from(asked->text) }), &reply));
	*out = (struct application){ .asked = asked, .no = kept(fill, message_get(&reply, "entry")) };
	TRY(sheet_read(fill, who, "application", "application", out->no, &reply));
	const struct sheet *sheet = message_sheet_named(&reply, "application");
	if (!sheet || !sheet->row_count)
		return FAIL_CONFLICT;
	out->digest = kept(fill, sheet_cell(sheet, 0, STR("digest")));
	return OK;
}

static enum fail step(struct fill *fill, const struct application *application, const char *stem, const char *command)
{
	struct message reply;

	return command_must(fill, staff_named(fill, stem), NULL, command,
	                    FIELDS({ "application", application->no }, { "digest", application->digest }), &reply);
}

static enum fail forward(struct fill *fill, const struct application *application)
{
	struct message reply;

	return command_must(fill, staff_named(fill, "sanmin-custodian"), NULL, "forward_application",
	                    FIELDS({ "application", application->no }, { "digest", application->digest },
	                           { "letter_no", str_printf(&fill->step, "高市三區社字第1150%.*s號", STR_FMT(application->no)) },
	                           { "letter_date", today_text(fill) },
	                           { "letter_text", STR("檢送本所同仁應用移民署線上應用服務系統帳號申請表一份，請查照惠辦。") }),
	                    &reply);
}

static enum fail review(struct fill *fill, const struct application *application)
{
	struct message reply;
	struct str pass = STR("pass");

	return command_must(fill, staff_named(fill, "bureau-reviewer"), NULL, "review_application",
	                    FIELDS({ "application", application->no }, { "digest", application->digest },
	                           { "check_identity", pass }, { "check_duty", pass }, { "check_basis", pass },
	                           { "check_items", pass }, { "check_purpose", pass }, { "check_seals", pass },
	                           { "check_paper", pass }, { "remark", STR("查核無訛") }), &reply);
}

static enum fail give_back(struct fill *fill, const struct application *application)
{
	struct message reply;

	return command_must(fill, staff_named(fill, "bureau-reviewer"), NULL, "return_application",
	                    FIELDS({ "application", application->no }, { "digest", application->digest },
	                           { "reason", STR("使用目的請具體敘明所辦理之案件，並說明何以需要定居資料。") }), &reply);
}

/* The steps within the office and at the bureau, as far as this one came. */
static enum fail walk(struct fill *fill, const struct application *application)
{
	bool district = str_is(str_from(application->asked->office), "sanmin");
	const char *office = application->asked->office;
	enum application_state until = application->asked->until;

	if (until == APPLICATION_DRAFT)
		return OK;
	TRY(step(fill, application, application->asked->who, "submit_application"));
	if (until == APPLICATION_SUBMITTED)
		return OK;
	TRY(step(fill, application, str_printf(&fill->step, "%s-supervisor", office).at, "endorse_application"));
	if (until == APPLICATION_ENDORSED)
		return OK;
	TRY(step(fill, application, str_printf(&fill->step, "%s-head", office).at, "approve_application"));
	if (until == APPLICATION_APPROVED)
		return OK;
	if (district)
		TRY(forward(fill, application));
	if (until == APPLICATION_RETURNED)
		return give_back(fill, application);
	return until == APPLICATION_FORWARDED ? OK : review(fill, application);
}

static enum fail send(struct fill *fill, struct str numbers, const char *letter, struct str *out)
{
	struct message reply;

	TRY(command_must(fill, staff_named(fill, "bureau-custodian"), NULL, "transmit_applications",
	                 FIELDS({ "applications", numbers }, { "letter_no", str_from(letter) },
	                        { "letter_date", today_text(fill) }), &reply));
	TRY(sheet_read(fill, staff_named(fill, "bureau-custodian"), "transmissions", NULL, STR(""), &reply));
	const struct sheet *sheet = message_sheet_named(&reply, "transmissions");
	if (!sheet || !sheet->row_count)
		return FAIL_CONFLICT;
	*out = kept(fill, sheet_cell(sheet, sheet->row_count - 1, STR("key")));
	return OK;
}

static enum fail grant(struct fill *fill, const struct application *application)
{
	struct str to = str_copy(&fill->step, str_from(date_iso(date_add(time_local_date(fill->now_ms), 3 * 365)).text));
	struct message reply;

	return command_must(fill, staff_named(fill, "bureau-supervisor-deputy"), NULL, "grant_application",
	                    FIELDS({ "application", application->no }, { "digest", application->digest },
	                           { "valid_from", today_text(fill) }, { "valid_to", to }), &reply);
}

/* One list is answered, one answer is outstanding; of what was approved one waits to be granted. */
static enum fail agency(struct fill *fill, const struct application *all)
{
	struct str first = str_printf(fill->arena, "%.*s,%.*s,%.*s", STR_FMT(all[0].no), STR_FMT(all[1].no), STR_FMT(all[2].no)), sent;
	struct str by_letter = str_printf(fill->arena, "%.*s,%.*s", STR_FMT(all[1].no), STR_FMT(all[2].no));
	struct message reply;

	TRY(send(fill, first, "高市社救助字第11501號", &sent));
	TRY(command_must(fill, staff_named(fill, "nia-reviewer"), NULL, "record_nia_review",
	                 FIELDS({ "transmission", sent }, { "approved", all[0].no }), &reply));
	TRY(command_must(fill, staff_named(fill, "bureau-custodian-deputy"), NULL, "record_nia_review",
	                 FIELDS({ "transmission", sent }, { "approved", by_letter }, { "letter_no", STR("移署資字第11502號") },
	                        { "letter_date", today_text(fill) }), &reply));
	TRY(grant(fill, &all[0]));
	TRY(grant(fill, &all[1]));
	return send(fill, all[TRANSMITTED_FIRST].no, "高市社救助字第11503號", &sent);
}

enum fail applications_fill(struct fill *fill)
{
	struct application all[ARRAY_LEN(applications)];

	TRY(fill_clock(fill, fill->now_ms + MINUTE_MS, false));
	for (size_t i = 0; i < ARRAY_LEN(applications); i++) {
		TRY(draft(fill, &applications[i], &all[i]));
		TRY(walk(fill, &all[i]));
		arena_empty(&fill->step);
	}
	return agency(fill, all);
}
