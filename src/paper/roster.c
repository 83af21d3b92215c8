#include "paper/roster.h"

enum { PAGE_DMM = 1700, STAMP_DMM = 260, NOTE_DPT = 120, LIST_DPT = 105 };

static void note(struct paper *paper, struct str text)
{
	struct paper_block *block = paper_paragraph(paper, text);

	block->size_dpt = NOTE_DPT;
	block->after_dmm = 8;
}

static void sheet_put(struct paper *paper, const struct sheet *sheet, const uint16_t *widths_dmm)
{
	struct paper_table *table = paper_table(paper, widths_dmm, sheet->column_count);
	struct paper_row *row = paper_row(paper, table, 80);

	paper->blocks[paper->block_count - 1].before_dmm = 20;
	table->head_rows = 1;
	table->size_dpt = LIST_DPT;
	for (size_t c = 0; c < sheet->column_count; c++)
		paper_head(paper, row, sheet->columns[c]);
	for (size_t r = 0; r < sheet->row_count; r++) {
		row = paper_row(paper, table, 0);
		for (size_t c = 0; c < sheet->column_count; c++)
			paper_cell(paper, row, paper_clean(paper->arena, sheet->cells[r * sheet->column_count + c]));
	}
}

/* 移交人 |      | 接交人 |      | … */
static void signers_put(struct paper *paper, const struct str *signers, size_t count)
{
	uint16_t widths[2 * ROSTER_SIGNERS_MAX] = { 0 };
	struct paper_row *row;

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++) {
		widths[2 * i] = 200;
		widths[2 * i + 1] = (uint16_t)(PAGE_DMM / count - 200);
	}
	struct paper_table *table = paper_table(paper, widths, 2 * count);
	paper->blocks[paper->block_count - 1].before_dmm = 60;
	row = paper_row(paper, table, STAMP_DMM);
	for (size_t i = 0; i < count; i++) {
		paper_head(paper, row, signers[i]);
		paper_cell(paper, row, STR(""));
	}
}

struct paper roster_paper(struct arena *arena, const struct roster *roster, int64_t created_ms)
{
	struct paper paper = paper_new(arena, roster->title, created_ms);
	struct buf foot = buf_on(arena);

	paper.author = roster->author;
	paper_heading(&paper, roster->title);
	for (size_t i = 0; i < roster->note_count; i++)
		note(&paper, roster->notes[i]);
	sheet_put(&paper, roster->sheet, roster->widths_dmm);
	signers_put(&paper, roster->signers, roster->signer_count);
	buf_add(&foot, roster->foot);
	paper_private_note(&paper, &foot);
	paper.foot = buf_str(&foot);
	return paper;
}

/* --- transmission --- */

static struct str sent_note(struct arena *arena, const struct transmission *sent)
{
	return str_printf(arena, "發文日期：%.*s　發文字號：%.*s　申請案共 %zu 件", STR_FMT(sent->letter_date),
	                  STR_FMT(sent->letter_no), sent->count);
}

static struct str sent_foot(struct arena *arena, const struct transmission *sent)
{
	return str_printf(arena, "日誌項 %.*s", STR_FMT(sent->entry));
}

/* What both papers say of each application; the last two columns are their own. */
static struct str *sent_row(struct arena *arena, struct sheet *sheet, const struct transmission *sent, size_t i)
{
	struct str *row = sheet_row_add(arena, sheet);

	row[0] = str_u64(arena, i + 1);
	row[1] = sent->at[i].number;
	row[2] = sent->at[i].office;
	row[3] = sent->at[i].name;
	return row;
}

struct paper cover_list_paper(struct arena *arena, const struct transmission *sent, int64_t created_ms)
{
	static const struct str columns[] = { STR_INIT("序號"), STR_INIT("申請案"), STR_INIT("使用機關"), STR_INIT("使用者姓名"),
		                              STR_INIT("申請項目"), STR_INIT("申請表內容摘要") };
	static const uint16_t widths[] = { 120, 170, 380, 280, 200, 550 };
	struct sheet sheet = sheet_new(arena, STR("sent"), columns, ARRAY_LEN(columns));
	struct roster roster = { .title = STR("內政部移民署線上應用服務帳號申請案傳送清冊"), .author = sent->office,
		                 .sheet = &sheet, .widths_dmm = widths, .signer_count = 2, .note_count = 2,
		                 .signers = { STR("承辦人"), STR("主管") }, .foot = sent_foot(arena, sent) };

	for (size_t i = 0; i < sent->count; i++) {
		struct str *row = sent_row(arena, &sheet, sent, i);
		row[4] = sent->at[i].items;
		row[5] = sent->at[i].digest;
	}
	roster.notes[0] = str_printf(arena, "傳送機關：%.*s　受文者：內政部移民署", STR_FMT(sent->office));
	roster.notes[1] = sent_note(arena, sent);
	return roster_paper(arena, &roster, created_ms);
}

struct paper reply_form_paper(struct arena *arena, const struct transmission *sent, int64_t created_ms)
{
	static const struct str columns[] = { STR_INIT("序號"), STR_INIT("申請案"), STR_INIT("使用機關"), STR_INIT("使用者姓名"),
		                              STR_INIT("複核結果"), STR_INIT("退回或不同意之理由") };
	static const uint16_t widths[] = { 120, 170, 360, 270, 280, 500 };
	struct sheet sheet = sheet_new(arena, STR("reply"), columns, ARRAY_LEN(columns));
	struct roster roster = { .title = STR("內政部移民署線上應用服務帳號申請案回復單"), .author = sent->office,
		                 .sheet = &sheet, .widths_dmm = widths, .signer_count = 2, .note_count = 3,
		                 .signers = { STR("複核人員"), STR("主管") }, .foot = sent_foot(arena, sent) };

	for (size_t i = 0; i < sent->count; i++) {
		struct str *row = sent_row(arena, &sheet, sent, i);
		row[4] = STR("☐ 同意\n☐ 退回補正\n☐ 不同意");
	}
	roster.notes[0] = str_printf(arena, "受文者：%.*s　回復機關：內政部移民署", STR_FMT(sent->office));
	roster.notes[1] = sent_note(arena, sent);
	roster.notes[2] = STR("回復日期：　　年　　月　　日　回復文號：");
	return roster_paper(arena, &roster, created_ms);
}

/* --- appointment --- */

static void fact(struct paper *paper, struct paper_table *table, const char *label, struct str text)
{
	struct paper_row *row = paper_row(paper, table, 100);

	paper_head(paper, row, str_from(label));
	paper_cell(paper, row, paper_clean(paper->arena, text));
}

struct paper appointment_paper(struct arena *arena, const struct appointment *appointment, int64_t created_ms)
{
	static const uint16_t widths[] = { 400, 1300 };
	const struct str signers[] = { STR("受指派人"), STR("機關首長") };
	struct str title = str_printf(arena, "%.*s應用移民資訊職務指派書", STR_FMT(appointment->office));
	struct paper paper = paper_new(arena, title, created_ms);
	struct buf foot = buf_on(arena);

	paper.author = appointment->office;
	paper_heading(&paper, title);
	note(&paper, STR("依高雄市政府社會局應用移民資訊管理作業要點第三點第二款、第四點第一款規定，指派職務如下："));
	struct paper_table *table = paper_table(&paper, widths, 2);
	paper.blocks[paper.block_count - 1].before_dmm = 20;
	fact(&paper, table, "受指派人", appointment->name);
	fact(&paper, table, "單位職稱", appointment->title);
	fact(&paper, table, "職務", appointment->deputy ? str_printf(arena, "%.*s之職務代理人", STR_FMT(appointment->duty))
	                                                : appointment->duty);
	fact(&paper, table, "指派期間", str_printf(arena, "自 %.*s 起%s%.*s%s", STR_FMT(appointment->from),
	                                           appointment->until.len ? "至 " : "", STR_FMT(appointment->until),
	                                           appointment->until.len ? " 止" : ""));
	fact(&paper, table, "指派依據", appointment->ground);
	fact(&paper, table, "文號", appointment->letter_no);
	paper_paragraph(&paper, STR("受指派人應親自辦理，善盡個人資料保護及保密義務；職務異動時應即通報專責人員並辦理移交。"))->before_dmm = 40;
	signers_put(&paper, signers, ARRAY_LEN(signers));
	paper_paragraph(&paper, STR("中　華　民　國　　　　　年　　　　　月　　　　　日"))->before_dmm = 60;
	paper.blocks[paper.block_count - 1].align = PAPER_CENTRE;
	buf_printf(&foot, "日誌項 %.*s", STR_FMT(appointment->entry));
	paper_private_note(&paper, &foot);
	paper.foot = buf_str(&foot);
	return paper;
}
