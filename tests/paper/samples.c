#include "samples.h"

#include "paper/form_f1.h"
#include "paper/letter.h"
#include "paper/roster.h"

static const int64_t MADE_MS = 1795508100000; /* 2026-11-24 */

static struct str bases[] = { STR_INIT("社會救助法第44條之3（第4條第6項）"), STR_INIT("老人福利法第12條之1") };
static struct str items[] = { STR_INIT("item_1"), STR_INIT("item_5") };

static struct application_form form_sample(void)
{
	struct application_form form = application_form_blank();

	form.agency_name = STR("高雄市三民區公所");
	form.agency_address = STR("807 高雄市三民區哈爾濱街215號");
	form.name = STR("王小明");
	form.id_no = STR("A123456789");
	form.cert_serial = STR("5A202D14B39787D0886C37184AC9B76A");
	form.card_number = STR("TP24010112345678");
	form.phone = STR("07-3228160 分機 123");
	form.fax = STR("07-3226700");
	form.email = STR("wang.hsiaoming@example.gov.tw");
	form.mobile = STR("0912-345-678");
	form.basis_names = (struct texts){ ARRAY_LEN(bases), bases };
	form.items = (struct texts){ ARRAY_LEN(items), items };
	form.purpose = PURPOSE_YEARLY_RECHECK;
	form.purpose_text = STR("審查低收入戶及中低收入老人生活津貼申請人最近一年居住國內日數。");
	return form;
}

static const struct f1_print filed = {
	.application = STR_INIT("1234"), .printed_at = STR_INIT("115年11月24日 16:35"),
	.edition = STR_INIT("107年7月24日"), .digest = STR_INIT("q0Vn3yqk2mJYt0bq8m0cXl8m5eB4v1VqQm5yqk2mJYs"),
};

static struct paper f1_plain(struct arena *arena)
{
	struct application_form form = form_sample();

	return form_f1_paper(arena, &form, &filed, MADE_MS);
}

static struct paper f1_blank(struct arena *arena)
{
	struct application_form form = application_form_blank();
	struct f1_print print = { .printed_at = STR("115年11月24日 16:35"), .edition = STR("107年7月24日") };

	return form_f1_paper(arena, &form, &print, MADE_MS);
}

/* Ext-A, Ext-B and the private plane of 全字庫; signed with cards. */
static struct paper f1_rare(struct arena *arena)
{
	struct application_form form = form_sample();
	struct f1_print print = filed;

	form.name = STR("㐀𠮷𤭢\xf3\xb0\x80\x80");
	print.signatures[0] = (struct f1_signature){ STR("業務單位蓋章"), STR("陳𡘙美"), STR("社會課課長"),
		STR("7F3A0000000000000000000000000A01"), STR("115年11月24日 15:02"), STR("1241") };
	print.signatures[1] = (struct f1_signature){ STR("首長核章"), STR("林大同"), STR("區長"),
		STR("7F3A0000000000000000000000000B02"), STR("115年11月24日 16:10"), STR("1250") };
	print.signature_count = 2;
	return form_f1_paper(arena, &form, &print, MADE_MS);
}

/* Far longer than the form has room for. */
static struct paper f1_long(struct arena *arena)
{
	struct application_form form = form_sample();
	struct buf purpose = buf_on(arena);

	for (int i = 1; i <= 160; i++)
		buf_printf(&purpose, "第%d點：審查申請人及其戶內人口最近一年居住國內日數是否超過一百八十三日。", i);
	form.purpose_text = buf_str(&purpose);
	form.name = STR("迪魯瑪帝普瑪芙伊斯瑪哈山阿卜杜拉巴哈魯丁阿布巴卡爾賽義德穆罕默德");
	form.email = STR("a-very-long-address-without-a-blank-in-it.of-the-social-affairs-section@district.kaohsiung.example.gov.tw");
	return form_f1_paper(arena, &form, &filed, MADE_MS);
}

static struct paper long_list(struct arena *arena)
{
	static const uint16_t widths[] = { 200, 500, 1000 };
	struct paper paper = paper_new(arena, STR("名冊"), MADE_MS);

	paper_heading(&paper, STR("名冊"));
	struct paper_table *table = paper_table(&paper, widths, 3);
	table->head_rows = 1;
	struct paper_row *row = paper_row(&paper, table, 0);
	paper_head(&paper, row, STR("序號"));
	paper_head(&paper, row, STR("姓名"));
	paper_head(&paper, row, STR("備註"));
	for (int i = 1; i <= 300; i++) {
		row = paper_row(&paper, table, 0);
		paper_cell(&paper, row, str_printf(arena, "%d", i));
		paper_cell(&paper, row, STR("王小明"));
		paper_cell(&paper, row, i % 7 ? STR("") : STR("備註較長時自動換行，列高隨之增加，不致截斷文字；跨頁時表頭重複列印於次頁頁首，以利閱讀。"));
	}
	return paper;
}

static struct paper no_glyph(struct arena *arena)
{
	struct paper paper = paper_new(arena, STR("缺字"), MADE_MS);

	paper_paragraph(&paper, STR("姓名：王\xef\xa3\xbf明")); /* U+F8FF: a private character that nobody has */
	return paper;
}

/* --- letters and lists --- */

static struct paper forwarding(struct arena *arena)
{
	struct letter letter = {
		.from = STR("高雄市三民區公所"), .address = STR("807 高雄市三民區哈爾濱街215號"), .contact = STR("王小明"),
		.phone = STR("07-3228160 分機 123"), .email = STR("wang.hsiaoming@example.gov.tw"), .to = STR("高雄市政府社會局"),
		.date = STR("中華民國115年11月24日"), .number = STR("高市三區社字第11530012300號"),
		.attachments = STR("申請表1份"), .signature = STR("區長　林大同"),
		.subject = STR("檢送本所社會課王小明申請內政部移民署線上應用服務系統帳號之申請表1份，請惠予審核並傳送移民署複核，請查照。"),
		.points = { STR("依貴局應用移民資訊管理作業要點第三點第三款規定辦理。"),
		            STR("申請項目：中外旅客入出境紀錄查詢、申請居留資料查詢；申請表業經業務單位主管及首長核章，其內容摘要如表末所載。") },
		.point_count = 2,
	};

	return letter_paper(arena, &letter, MADE_MS);
}

static struct paper lost_card(struct arena *arena)
{
	struct nia_notice notice = {
		.from = STR("高雄市三民區公所"), .address = STR("807 高雄市三民區哈爾濱街215號"), .contact = STR("陳專責"),
		.phone = STR("07-3228160 分機 200"), .date = STR("中華民國115年11月24日"), .number = STR("高市三區社字第11530012400號"),
		.signature = STR("區長　林大同"), .card_lost = true, .name = STR("王小明"), .id_no = STR("A123456789"),
		.serial = STR("TP24010112345678"), .since = STR("115年11月24日 16:30"), .reason = STR(""), .entry = STR("2301"),
	};

	return nia_notice_paper(arena, &notice, MADE_MS);
}

static const struct sent_application sent_rows[] = {
	{ STR_INIT("1234"), STR_INIT("高雄市三民區公所"), STR_INIT("王小明"), STR_INIT("一、五"), STR_INIT("q0Vn3yqk2mJYt0bq8m0cXl8m5eB4v1VqQm5yqk2mJYs") },
	{ STR_INIT("1301"), STR_INIT("高雄市左營區公所"), STR_INIT("㐀𠮷𤭢"), STR_INIT("一"), STR_INIT("Zx0n3yqk2mJYt0bq8m0cXl8m5eB4v1VqQm5yqk2mJYt") },
};
static const struct transmission sent = { STR_INIT("高雄市政府社會局"), STR_INIT("高市社救助字第11530099900號"),
	                                  STR_INIT("115年11月26日"), STR_INIT("1400"), sent_rows, ARRAY_LEN(sent_rows) };

static struct paper cover_list(struct arena *arena)
{
	return cover_list_paper(arena, &sent, MADE_MS);
}

static struct paper reply_form(struct arena *arena)
{
	return reply_form_paper(arena, &sent, MADE_MS);
}

static struct paper appointment(struct arena *arena)
{
	struct appointment appointment = {
		.office = STR("高雄市三民區公所"), .name = STR("陳𡘙美"), .title = STR("社會課課長"), .duty = STR("稽核人員"),
		.from = STR("115年12月1日"), .until = STR("116年11月30日"), .letter_no = STR("高市三區人字第11530001號"),
		.ground = STR("股(課)長以上主管"), .entry = STR("88"), .deputy = true,
	};

	return appointment_paper(arena, &appointment, MADE_MS);
}

static struct paper handover(struct arena *arena)
{
	static const struct str columns[] = { STR_INIT("序號"), STR_INIT("移交事項"), STR_INIT("說明"), STR_INIT("日期") };
	static const uint16_t list_widths[] = { 120, 600, 680, 300 };
	struct sheet sheet = sheet_new(arena, STR("handover"), columns, ARRAY_LEN(columns));
	struct roster roster = { .title = STR("高雄市三民區公所應用移民資訊業務移交清冊"), .author = STR("高雄市三民區公所"),
		.notes = { STR("移交人：王小明（專責人員）　接交人：陳𡘙美　移交日期：115年11月30日") }, .note_count = 1,
		.sheet = &sheet, .widths_dmm = list_widths, .signers = { STR("移交人"), STR("接交人"), STR("監交人") },
		.signer_count = 3, .foot = STR("日誌項 2400") };

	for (int i = 1; i <= 40; i++) {
		struct str *row = sheet_row_add(arena, &sheet);
		row[0] = str_printf(arena, "%d", i);
		row[1] = STR("案件 113-0041（年度總清查）");
		row[2] = STR("戶內人口 3 人，待判定 1 人");
		row[3] = STR("115年11月24日");
	}
	return roster_paper(arena, &roster, MADE_MS);
}

const struct sample samples[] = {
	{ "f1", f1_plain },       { "f1_blank", f1_blank }, { "f1_rare", f1_rare },
	{ "f1_long", f1_long },   { "list", long_list },    { "no_glyph", no_glyph },
	{ "letter", forwarding }, { "lost_card", lost_card }, { "cover", cover_list },
	{ "reply", reply_form },  { "appointment", appointment }, { "handover", handover },
};
const size_t samples_count = ARRAY_LEN(samples);
