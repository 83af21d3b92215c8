#include "paper/paper.h"

#include <string.h>

enum { A4_WIDTH_DMM = 2100, A4_HEIGHT_DMM = 2970, MARGIN_DMM = 200 };
enum { HEADING_DPT = 180, BODY_DPT = 130, TABLE_DPT = 120, LABEL_DMM = 95 };

struct paper paper_new(struct arena *arena, struct str title, int64_t created_ms)
{
	return (struct paper){
		.arena = arena, .title = title, .subject = STR(""), .author = STR(""),
		.language = STR("zh-TW"), .created_ms = created_ms, .width_dmm = A4_WIDTH_DMM,
		.height_dmm = A4_HEIGHT_DMM, .margin_dmm = MARGIN_DMM, .foot = STR(""), .code = STR(""), .mark = STR(""),
	};
}

static void *grown(struct arena *arena, const void *old, size_t size, size_t count, size_t cap)
{
	void *room = arena_bytes_of(arena, size, cap);

	if (count)
		memcpy(room, old, size * count);
	return room;
}

static struct paper_block *block_add(struct paper *paper, enum paper_block_kind kind, struct str text)
{
	if (paper->block_count == paper->block_cap) {
		paper->block_cap = paper->block_cap ? paper->block_cap * 2 : 16;
		paper->blocks = grown(paper->arena, paper->blocks, sizeof *paper->blocks, paper->block_count,
		                      paper->block_cap);
	}
	struct paper_block *block = &paper->blocks[paper->block_count++];
	*block = (struct paper_block){ .kind = kind, .label = STR(""), .text = text, .size_dpt = BODY_DPT };
	return block;
}

struct paper_block *paper_heading(struct paper *paper, struct str text)
{
	struct paper_block *block = block_add(paper, PAPER_HEADING, text);

	block->size_dpt = HEADING_DPT;
	block->align = PAPER_CENTRE;
	block->after_dmm = 40;
	block->keep = true;
	return block;
}

struct paper_block *paper_paragraph(struct paper *paper, struct str text)
{
	struct paper_block *block = block_add(paper, PAPER_PARAGRAPH, text);

	block->after_dmm = 15;
	return block;
}

struct paper_block *paper_item(struct paper *paper, struct str label, struct str text)
{
	struct paper_block *block = paper_paragraph(paper, text);

	block->label = label;
	block->label_dmm = LABEL_DMM;
	return block;
}

void paper_break(struct paper *paper)
{
	block_add(paper, PAPER_BREAK, STR(""));
}

struct paper_table *paper_table(struct paper *paper, const uint16_t *widths_dmm, size_t count)
{
	struct paper_block *block = block_add(paper, PAPER_TABLE, STR(""));
	struct paper_table *table = arena_new(paper->arena, struct paper_table);

	assert(count > 0 && count <= PAPER_COLUMNS_MAX);
	memcpy(table->widths_dmm, widths_dmm, count * sizeof *widths_dmm);
	table->column_count = count;
	table->ruled = true;
	table->size_dpt = TABLE_DPT;
	block->table = table;
	return table;
}

struct paper_row *paper_row(struct paper *paper, struct paper_table *table, uint16_t height_dmm)
{
	if (table->row_count == table->row_cap) {
		table->row_cap = table->row_cap ? table->row_cap * 2 : 16;
		table->rows = grown(paper->arena, table->rows, sizeof *table->rows, table->row_count,
		                    table->row_cap);
	}
	struct paper_row *row = &table->rows[table->row_count++];
	*row = (struct paper_row){ .height_dmm = height_dmm,
		                   .cells = arena_array(paper->arena, struct paper_cell, table->column_count) };
	return row;
}

struct paper_cell *paper_cell(struct paper *paper, struct paper_row *row, struct str text)
{
	struct paper_cell *cell = &row->cells[row->count++];

	(void)paper;
	*cell = (struct paper_cell){ .text = text, .columns = 1, .rows = 1, .valign = PAPER_MIDDLE };
	return cell;
}

struct paper_cell *paper_head(struct paper *paper, struct paper_row *row, struct str text)
{
	struct paper_cell *cell = paper_cell(paper, row, text);

	cell->head = true;
	cell->align = PAPER_CENTRE;
	return cell;
}

struct paper_cell *paper_span(struct paper_cell *cell, uint16_t columns, uint16_t rows)
{
	cell->columns = columns;
	cell->rows = rows;
	return cell;
}

struct str paper_tick(bool ticked)
{
	return ticked ? STR("☑") : STR("☐");
}

struct str paper_clean(struct arena *arena, struct str text)
{
	struct buf out = buf_on(arena);

	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = (uint8_t)text.at[i];
		if (c == '\t')
			buf_byte(&out, ' ');
		else if (c == '\n' || (c >= 0x20 && c != 0x7f))
			buf_byte(&out, c);
	}
	return buf_str(&out);
}

void paper_texts(const struct paper *paper, void (*each)(void *context, struct str text), void *context)
{
	for (size_t i = 0; i < paper->block_count; i++) {
		const struct paper_block *block = &paper->blocks[i];
		const struct paper_table *table = block->table;
		each(context, block->label);
		each(context, block->text);
		for (size_t r = 0; table && r < table->row_count; r++)
			for (size_t c = 0; c < table->rows[r].count; c++)
				each(context, table->rows[r].cells[c].text);
	}
	each(context, paper->foot);
}

/* --- the private area of plane 15: U+F0000 … U+FFFFD, F3 B0 80 80 … F3 BF BF BD --- */

struct private_found { struct buf out; };

static void private_find(void *context, struct str text)
{
	struct private_found *found = context;
	size_t known;

	for (size_t i = 0; i + 4 <= text.len; i++) {
		const uint8_t *at = (const uint8_t *)text.at + i;
		if (at[0] != 0xf3 || at[1] < 0xb0)
			continue;
		struct str letter = str_slice(text, i, 4);
		unsigned point = 0xc0000u | (at[1] & 0x3fu) << 12 | (at[2] & 0x3fu) << 6 | (at[3] & 0x3fu);
		if (!str_find(buf_str(&found->out), letter, &known))
			buf_printf(&found->out, "「%.*s」U+%05X", STR_FMT(letter), point);
	}
}

struct str paper_private(const struct paper *paper)
{
	struct private_found found = { buf_on(paper->arena) };

	paper_texts(paper, private_find, &found);
	return buf_str(&found.out);
}

void paper_private_note(const struct paper *paper, struct buf *out)
{
	struct str letters = paper_private(paper);

	if (letters.len)
		buf_printf(out, "\n全字庫（CNS 11643）私用區字元 %.*s", STR_FMT(letters));
}
