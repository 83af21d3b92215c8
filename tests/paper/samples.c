#include "samples.h"

#include "paper/form_f1.h"

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

const struct sample samples[] = {
	{ "f1", f1_plain },       { "f1_blank", f1_blank }, { "f1_rare", f1_rare },
	{ "f1_long", f1_long },   { "list", long_list },    { "no_glyph", no_glyph },
};
const size_t samples_count = ARRAY_LEN(samples);
