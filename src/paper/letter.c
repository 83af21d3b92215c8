#include "paper/letter.h"

enum { NAME_DPT = 220, SMALL_DPT = 110, RIGHT_DMM = 950, LABELS_DMM = 160, SIGN_DPT = 180 };

struct str chinese_number(size_t n)
{
	static const struct str numbers[] = {
		STR_INIT("〇"),   STR_INIT("一"),   STR_INIT("二"),   STR_INIT("三"),   STR_INIT("四"),
		STR_INIT("五"),   STR_INIT("六"),   STR_INIT("七"),   STR_INIT("八"),   STR_INIT("九"),
		STR_INIT("十"),   STR_INIT("十一"), STR_INIT("十二"), STR_INIT("十三"), STR_INIT("十四"),
		STR_INIT("十五"), STR_INIT("十六"), STR_INIT("十七"), STR_INIT("十八"), STR_INIT("十九"),
		STR_INIT("二十"),
	};

	assert(n < ARRAY_LEN(numbers));
	return numbers[n];
}

static void sender_line(struct paper *paper, const char *label, struct str text)
{
	struct paper_block *block;

	if (text.len == 0)
		return;
	block = paper_paragraph(paper, str_printf(paper->arena, "%s：%.*s", label, STR_FMT(text)));
	block->size_dpt = SMALL_DPT;
	block->indent_dmm = RIGHT_DMM;
	block->after_dmm = 8;
}

/* 主旨：, 說明：: the words hang behind the label. */
static struct paper_block *labelled(struct paper *paper, struct str label, struct str text)
{
	struct paper_block *block = paper_item(paper, label, text);

	block->label_dmm = LABELS_DMM;
	return block;
}

static void numbers_put(struct paper *paper, const struct letter *letter)
{
	static const char *const labels[] = { "發文日期", "發文字號", "速別", "密等及解密條件或保密期限", "附件" };
	const struct str texts[] = { letter->date, letter->number, STR("普通件"), STR(""), letter->attachments };

	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		struct paper_block *block =
			paper_paragraph(paper, str_printf(paper->arena, "%s：%.*s", labels[i], STR_FMT(texts[i])));
		block->size_dpt = SMALL_DPT;
		block->after_dmm = 8;
	}
}

static void body_put(struct paper *paper, const struct letter *letter)
{
	labelled(paper, STR("主旨："), letter->subject)->before_dmm = 50;
	if (letter->point_count)
		labelled(paper, STR("說明："), STR(""))->keep = true;
	for (size_t i = 0; i < letter->point_count; i++) {
		struct str label = str_printf(paper->arena, "%.*s、", STR_FMT(chinese_number(i + 1)));
		paper_item(paper, label, letter->points[i])->indent_dmm = LABELS_DMM / 2;
	}
}

struct paper letter_paper(struct arena *arena, const struct letter *letter, int64_t created_ms)
{
	struct paper paper = paper_new(arena, str_printf(arena, "%.*s　函", STR_FMT(letter->from)), created_ms);

	paper.author = letter->from;
	paper.subject = letter->subject;
	paper_heading(&paper, paper.title)->size_dpt = NAME_DPT;
	sender_line(&paper, "地址", letter->address);
	sender_line(&paper, "承辦人", letter->contact);
	sender_line(&paper, "電話", letter->phone);
	sender_line(&paper, "電子信箱", letter->email);
	struct paper_block *to = paper_paragraph(&paper, str_printf(arena, "受文者：%.*s", STR_FMT(letter->to)));
	to->size_dpt = 150;
	to->before_dmm = 50;
	to->after_dmm = 30;
	numbers_put(&paper, letter);
	body_put(&paper, letter);
	labelled(&paper, STR("正本："), letter->to)->before_dmm = 40;
	if (letter->copies.len)
		labelled(&paper, STR("副本："), letter->copies);
	struct paper_block *sign = paper_paragraph(&paper, letter->signature);
	sign->size_dpt = SIGN_DPT;
	sign->before_dmm = 80;
	return paper;
}

/* --- 通知移民署 --- */

static void account_row(struct paper *paper, struct paper_table *table, const char *label, struct str text)
{
	struct paper_row *row = paper_row(paper, table, 85);

	paper_head(paper, row, str_from(label));
	paper_cell(paper, row, text);
}

static void account_table(struct paper *paper, const struct nia_notice *notice)
{
	static const uint16_t widths[] = { 450, 1250 };
	struct paper_table *table = paper_table(paper, widths, 2);

	paper->blocks[paper->block_count - 1].before_dmm = 50;
	account_row(paper, table, "使用者姓名", notice->name);
	account_row(paper, table, "身分證字號", notice->id_no);
	account_row(paper, table, "自然人憑證序號", notice->serial);
	account_row(paper, table, "事由", notice->card_lost ? STR("自然人憑證遺失") : notice->reason);
	account_row(paper, table, "本系統停權時間", notice->since);
}

/* What comes back is entered by the custodian: date, by whom, reference. */
static void answer_table(struct paper *paper)
{
	static const uint16_t widths[] = { 540, 370, 370, 420 };
	static const struct str heads[] = { STR_INIT("移民署回復"), STR_INIT("終止日期"), STR_INIT("承辦人"), STR_INIT("文號") };
	struct paper_table *table = paper_table(paper, widths, ARRAY_LEN(widths));
	struct paper_row *row;

	paper->blocks[paper->block_count - 1].before_dmm = 50;
	row = paper_row(paper, table, 80);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		paper_head(paper, row, heads[i]);
	row = paper_row(paper, table, 180);
	paper_cell(paper, row, STR("☐ 已終止帳號使用權限\n☐ 其他："));
	for (size_t i = 1; i < ARRAY_LEN(heads); i++)
		paper_cell(paper, row, STR(""));
}

struct paper nia_notice_paper(struct arena *arena, const struct nia_notice *notice, int64_t created_ms)
{
	struct letter letter = {
		.from = notice->from, .address = notice->address, .contact = notice->contact, .phone = notice->phone,
		.email = notice->email, .to = STR("內政部移民署"), .date = notice->date, .number = notice->number,
		.attachments = STR(""), .copies = STR("高雄市政府社會局"), .signature = notice->signature,
	};

	letter.subject = str_printf(arena, "本機關使用者%.*s%s，請惠予終止其線上應用服務系統帳號之使用權限，請查照。",
	                            STR_FMT(notice->name),
	                            notice->card_lost ? "之自然人憑證遺失" : "已不使用貴署系統");
	letter.points[0] = notice->card_lost
		? STR("依高雄市政府社會局應用移民資訊管理作業要點第三點第七款規定辦理。")
		: STR("依高雄市政府社會局應用移民資訊管理作業要點第三點第六款規定辦理。");
	letter.points[1] = STR("帳號資料如下表；本機關業於系統先行停止其使用。請於終止後填復下欄，俾憑登錄。");
	letter.point_count = 2;
	struct paper paper = letter_paper(arena, &letter, created_ms);
	account_table(&paper, notice);
	answer_table(&paper);
	paper.foot = str_printf(arena, "日誌項 %.*s", STR_FMT(notice->entry));
	return paper;
}
