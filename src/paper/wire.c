/* The canonical form, described once: the same walk writes a paper and reads one. */
#include "paper/paper.h"

struct wire {
	struct arena *arena;
	struct buf *out; /* NULL: reading */
	struct str in;
};

static const struct str MARK = STR_INIT("youju paper 1\n");

static enum fail wire_u16(struct wire *wire, uint16_t *n)
{
	if (!wire->out)
		return take_u16be(&wire->in, n);
	buf_u16be(wire->out, *n);
	return OK;
}

static enum fail wire_i64(struct wire *wire, int64_t *n)
{
	uint64_t bits = (uint64_t)*n;

	if (wire->out)
		buf_u64be(wire->out, bits);
	else
		TRY(take_u64be(&wire->in, &bits));
	*n = (int64_t)bits;
	return OK;
}

static enum fail wire_count(struct wire *wire, size_t max, size_t *n)
{
	uint32_t count = (uint32_t)*n;

	if (wire->out)
		buf_u32be(wire->out, count);
	else
		TRY(take_u32be(&wire->in, &count));
	*n = count;
	return count <= max ? OK : FAIL_TOO_LARGE;
}

/* A number below the given one: words and truth values. */
static enum fail wire_word(struct wire *wire, unsigned below, unsigned *n)
{
	uint8_t byte = (uint8_t)*n;

	if (wire->out)
		buf_byte(wire->out, byte);
	else
		TRY(take_u8(&wire->in, &byte));
	*n = byte;
	return byte < below ? OK : FAIL_SYNTAX;
}

static enum fail wire_bool(struct wire *wire, bool *value)
{
	unsigned n = *value;

	TRY(wire_word(wire, 2, &n));
	*value = n == 1;
	return OK;
}

static enum fail wire_text(struct wire *wire, struct str *text)
{
	size_t len = text->len;

	TRY(wire_count(wire, PAPER_TEXT_MAX, &len));
	if (!wire->out)
		return take_bytes(&wire->in, len, text);
	buf_add(wire->out, *text);
	return OK;
}

static enum fail wire_align(struct wire *wire, enum paper_align *align)
{
	unsigned n = *align;

	TRY(wire_word(wire, PAPER_ALIGN_COUNT, &n));
	*align = (enum paper_align)n;
	return OK;
}

static enum fail wire_valign(struct wire *wire, enum paper_valign *valign)
{
	unsigned n = *valign;

	TRY(wire_word(wire, PAPER_VALIGN_COUNT, &n));
	*valign = (enum paper_valign)n;
	return OK;
}

static enum fail wire_cell(struct wire *wire, struct paper_cell *cell)
{
	TRY(wire_text(wire, &cell->text));
	TRY(wire_u16(wire, &cell->columns));
	TRY(wire_u16(wire, &cell->rows));
	TRY(wire_u16(wire, &cell->size_dpt));
	TRY(wire_align(wire, &cell->align));
	TRY(wire_valign(wire, &cell->valign));
	return wire_bool(wire, &cell->head);
}

static enum fail wire_row(struct wire *wire, size_t columns, struct paper_row *row)
{
	TRY(wire_u16(wire, &row->height_dmm));
	TRY(wire_count(wire, columns, &row->count));
	if (!wire->out)
		row->cells = arena_array(wire->arena, struct paper_cell, row->count);
	for (size_t i = 0; i < row->count; i++)
		TRY(wire_cell(wire, &row->cells[i]));
	return OK;
}

/* A row takes at least six bytes, so what is reserved stays within reach of what came. */
static enum fail wire_table(struct wire *wire, struct paper_table *table)
{
	TRY(wire_count(wire, PAPER_COLUMNS_MAX, &table->column_count));
	for (size_t i = 0; i < table->column_count; i++)
		TRY(wire_u16(wire, &table->widths_dmm[i]));
	TRY(wire_count(wire, PAPER_ROWS_MAX, &table->head_rows));
	TRY(wire_bool(wire, &table->ruled));
	TRY(wire_u16(wire, &table->size_dpt));
	TRY(wire_count(wire, PAPER_ROWS_MAX, &table->row_count));
	if (!wire->out) {
		if (table->row_count > wire->in.len / 6)
			return FAIL_SYNTAX;
		table->row_cap = table->row_count;
		table->rows = arena_array(wire->arena, struct paper_row, table->row_count);
	}
	for (size_t i = 0; i < table->row_count; i++)
		TRY(wire_row(wire, table->column_count, &table->rows[i]));
	return OK;
}

static enum fail wire_block(struct wire *wire, struct paper_block *block)
{
	unsigned kind = block->kind;

	TRY(wire_word(wire, PAPER_BLOCK_COUNT, &kind));
	block->kind = (enum paper_block_kind)kind;
	TRY(wire_text(wire, &block->label));
	TRY(wire_text(wire, &block->text));
	TRY(wire_u16(wire, &block->size_dpt));
	TRY(wire_u16(wire, &block->indent_dmm));
	TRY(wire_u16(wire, &block->label_dmm));
	TRY(wire_u16(wire, &block->before_dmm));
	TRY(wire_u16(wire, &block->after_dmm));
	TRY(wire_align(wire, &block->align));
	TRY(wire_bool(wire, &block->keep));
	if (block->kind != PAPER_TABLE)
		return OK;
	if (!wire->out)
		block->table = arena_new(wire->arena, struct paper_table);
	return wire_table(wire, block->table);
}

static enum fail wire_paper(struct wire *wire, struct paper *paper)
{
	TRY(wire_text(wire, &paper->title));
	TRY(wire_text(wire, &paper->subject));
	TRY(wire_text(wire, &paper->author));
	TRY(wire_text(wire, &paper->language));
	TRY(wire_i64(wire, &paper->created_ms));
	TRY(wire_u16(wire, &paper->width_dmm));
	TRY(wire_u16(wire, &paper->height_dmm));
	TRY(wire_u16(wire, &paper->margin_dmm));
	TRY(wire_text(wire, &paper->foot));
	TRY(wire_text(wire, &paper->code));
	TRY(wire_text(wire, &paper->mark));
	TRY(wire_count(wire, PAPER_BLOCKS_MAX, &paper->block_count));
	if (!wire->out) {
		paper->block_cap = paper->block_count;
		paper->blocks = arena_array(wire->arena, struct paper_block, paper->block_count);
	}
	for (size_t i = 0; i < paper->block_count; i++)
		TRY(wire_block(wire, &paper->blocks[i]));
	return OK;
}

enum fail paper_pack(struct buf *out, const struct paper *paper)
{
	struct wire wire = { paper->arena, out, STR("") };
	struct paper walked = *paper; /* writing changes nothing below it */
	size_t start = out->len;

	TRY(paper_check(paper));
	buf_add(out, MARK);
	TRY(wire_paper(&wire, &walked));
	return out->len - start <= PAPER_BYTES_MAX ? OK : FAIL_TOO_LARGE;
}

enum fail paper_unpack(struct arena *arena, struct str bytes, struct paper *out)
{
	struct wire wire = { arena, NULL, bytes };
	struct paper paper = { .arena = arena };
	struct str mark;

	if (bytes.len > PAPER_BYTES_MAX)
		return FAIL_TOO_LARGE;
	TRY(take_bytes(&wire.in, MARK.len, &mark));
	if (!str_eq(mark, MARK))
		return FAIL_SYNTAX;
	TRY(wire_paper(&wire, &paper));
	if (wire.in.len)
		return FAIL_SYNTAX;
	TRY(paper_check(&paper));
	*out = paper;
	return OK;
}
