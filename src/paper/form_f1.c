#include "paper/form_f1.h"

enum { LINE_DMM = 92, TALL_DMM = 190, STAMP_DMM = 330, HEAD_DMM = 80, TICK_DPT = 150, TITLE_DPT = 200 };
/* So many columns that every row of the form finds its edges among them: 標籤 | 一 … | 標籤 | 值 | 勾選. */
static const uint16_t widths[] = { 330, 110, 140, 360, 300, 310, 150 };

struct pen {
	struct paper *paper;
	struct paper_table *table;
};

static struct paper_row *line(struct pen *pen, uint16_t height_dmm)
{
	return paper_row(pen->paper, pen->table, height_dmm);
}

static struct paper_cell *head(struct pen *pen, struct paper_row *row, struct str text, uint16_t columns, uint16_t rows)
{
	return paper_span(paper_head(pen->paper, row, text), columns, rows);
}

static struct paper_cell *value(struct pen *pen, struct paper_row *row, struct str text, uint16_t columns)
{
	return paper_span(paper_cell(pen->paper, row, paper_clean(pen->paper->arena, text)), columns, 1);
}

/* 標籤 | 值 | 標籤 | 值 */
static void pair(struct pen *pen, struct str label, struct str text, struct str label2, struct str text2)
{
	struct paper_row *row = line(pen, LINE_DMM);

	head(pen, row, label, 1, 1);
	value(pen, row, text, 3);
	head(pen, row, label2, 1, 1);
	value(pen, row, text2, 2);
}

static void single(struct pen *pen, struct str label, struct str text, uint16_t height_dmm)
{
	struct paper_row *row = line(pen, height_dmm);

	head(pen, row, label, 1, 1);
	value(pen, row, text, 6);
}

static void agency(struct pen *pen, const struct application_form *form)
{
	struct paper_row *row = line(pen, LINE_DMM);

	head(pen, row, STR("使用機關"), 1, 2);
	head(pen, row, STR("中文名稱"), 2, 1);
	value(pen, row, form->agency_name, 4);
	row = line(pen, LINE_DMM);
	head(pen, row, STR("機關地址"), 2, 1);
	value(pen, row, form->agency_address, 4);
}

/* --- 申請項目 / 子項 / 勾選 --- */

static uint16_t group_rows(size_t first)
{
	size_t end = first;

	while (end < FORM_ITEM_COUNT && str_is(str_from(form_items[end].group), form_items[first].group))
		end++;
	return (uint16_t)(end - first);
}

static void items(struct pen *pen, const struct application_form *form)
{
	struct paper_row *row = line(pen, HEAD_DMM);
	uint32_t ticked = 0;
	size_t next_group = 0;

	if (!form_items_read(form->items, &ticked))
		ticked = 0;
	head(pen, row, STR("申請項目"), 1, 1);
	head(pen, row, STR("子項"), 5, 1);
	head(pen, row, STR("勾選"), 1, 1);
	for (size_t i = 0; i < FORM_ITEM_COUNT; i++) {
		row = line(pen, LINE_DMM);
		if (i == next_group) {
			head(pen, row, str_from(form_items[i].group), 1, group_rows(i));
			next_group += group_rows(i);
		}
		head(pen, row, str_from(form_items[i].number), 1, 1);
		value(pen, row, str_from(form_items[i].label), 4);
		struct paper_cell *tick = value(pen, row, paper_tick(ticked >> form_items[i].item & 1), 1);
		tick->align = PAPER_CENTRE;
		tick->size_dpt = TICK_DPT;
	}
}

/* Room for the wet stamps; what was signed by card stands below the frame, as the alternative. */
static void seals(struct pen *pen)
{
	struct paper_row *row = line(pen, STAMP_DMM);

	head(pen, row, str_from(FORM_UNIT_SEAL), 1, 1);
	value(pen, row, STR(""), 3);
	head(pen, row, str_from(FORM_HEAD_SEAL), 1, 1);
	value(pen, row, STR(""), 2);
}

static void signatures(struct paper *paper, const struct f1_print *print)
{
	static const uint16_t columns[] = { 320, 330, 530, 370, 150 };
	static const struct str heads[] = { STR_INIT("憑證簽章（代核章）"), STR_INIT("簽章人"),
		                            STR_INIT("憑證序號"), STR_INIT("時間"), STR_INIT("日誌項") };
	struct paper_row *row;

	if (print->signature_count == 0)
		return;
	struct paper_table *table = paper_table(paper, columns, ARRAY_LEN(columns));
	paper->blocks[paper->block_count - 1].before_dmm = 30;
	table->size_dpt = 85;
	table->head_rows = 1;
	row = paper_row(paper, table, 0);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		paper_head(paper, row, heads[i]);
	for (size_t i = 0; i < print->signature_count; i++) {
		const struct f1_signature *signature = &print->signatures[i];
		row = paper_row(paper, table, 0);
		paper_cell(paper, row, signature->step);
		paper_cell(paper, row, str_printf(paper->arena, "%.*s %.*s", STR_FMT(signature->title),
		                                  STR_FMT(signature->name)));
		paper_cell(paper, row, signature->serial);
		paper_cell(paper, row, signature->at);
		paper_cell(paper, row, signature->entry);
	}
}

/* X6: the official form has neither date nor version; they stand below the frame. */
static void foot(struct paper *paper, const struct f1_print *print)
{
	struct arena *arena = paper->arena;
	struct str number = print->application.len
		? str_printf(arena, "申請案 %.*s", STR_FMT(print->application)) : STR("草稿（尚未送出）");
	struct buf text = buf_on(arena);

	buf_printf(&text, "附表一（F1）版次 %.*s　%.*s\n列印時間 %.*s", STR_FMT(print->edition), STR_FMT(number),
	           STR_FMT(print->printed_at));
	if (print->digest.len) {
		buf_printf(&text, "　內容摘要 %.*s", STR_FMT(print->digest));
		paper->code = str_printf(arena, "youju:F1:%.*s:%.*s", STR_FMT(print->application),
		                         STR_FMT(print->digest));
	}
	paper_private_note(paper, &text);
	paper->foot = buf_str(&text);
}

/* X7: the form does not say which of the two it means; both are printed. */
static struct str serial(struct arena *arena, const struct application_form *form)
{
	if (form->card_number.len == 0)
		return form->cert_serial;
	return str_printf(arena, "卡號 %.*s\n憑證序號 %.*s", STR_FMT(form->card_number), STR_FMT(form->cert_serial));
}

static struct str purpose(struct arena *arena, const struct application_form *form)
{
	if (form->purpose == purpose_none)
		return form->purpose_text;
	return str_printf(arena, "%s：%.*s", word_zh(&purpose_words, (int)form->purpose), STR_FMT(form->purpose_text));
}

static struct str lines(struct arena *arena, struct texts texts)
{
	struct buf out = buf_on(arena);

	for (size_t i = 0; i < texts.count; i++)
		buf_printf(&out, "%s%.*s", i ? "\n" : "", STR_FMT(texts.at[i]));
	return buf_str(&out);
}

struct paper form_f1_paper(struct arena *arena, const struct application_form *form,
                           const struct f1_print *print, int64_t created_ms)
{
	struct paper paper = paper_new(arena, STR(FORM_TITLE), created_ms);
	struct pen pen = { .paper = &paper };

	paper.subject = STR("附表一");
	paper.author = paper_clean(arena, form->agency_name);
	paper_heading(&paper, STR(FORM_TITLE))->size_dpt = TITLE_DPT;
	pen.table = paper_table(&paper, widths, ARRAY_LEN(widths));
	agency(&pen, form);
	pair(&pen, STR("使用者姓名"), form->name, STR("身分證字號"), form->id_no);
	single(&pen, STR("自然人憑證序號"), serial(arena, form), LINE_DMM);
	pair(&pen, STR("聯絡電話"), form->phone, STR("傳真"), form->fax);
	pair(&pen, STR("電子郵件信箱"), form->email, STR("手機"), form->mobile);
	single(&pen, STR("依據法令"), lines(arena, form->basis_names), TALL_DMM);
	single(&pen, STR("使用目的"), purpose(arena, form), TALL_DMM);
	items(&pen, form);
	seals(&pen);
	signatures(&paper, print);
	foot(&paper, print);
	return paper;
}
