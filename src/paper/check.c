#include "paper/paper.h"

static enum fail text_check(struct str text)
{
	if (text.len > PAPER_TEXT_MAX)
		return FAIL_TOO_LARGE;
	if (!str_is_utf8(text))
		return FAIL_SYNTAX;
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = (uint8_t)text.at[i];
		if ((c < 0x20 && c != '\n') || c == 0x7f)
			return FAIL_SYNTAX;
	}
	return OK;
}

static enum fail size_check(uint16_t size_dpt)
{
	return size_dpt >= PAPER_SIZE_MIN && size_dpt <= PAPER_SIZE_MAX ? OK : FAIL_SYNTAX;
}

static enum fail length_check(uint16_t length_dmm)
{
	return length_dmm <= PAPER_LENGTH_MAX ? OK : FAIL_TOO_LARGE;
}

/* open[c]: how many rows from here on column c is still covered by a cell above. */
static enum fail row_check(const struct paper_table *table, size_t at, uint16_t open[PAPER_COLUMNS_MAX])
{
	const struct paper_row *row = &table->rows[at];
	size_t column = 0;

	TRY(length_check(row->height_dmm));
	for (size_t i = 0; i < row->count; i++) {
		const struct paper_cell *cell = &row->cells[i];
		while (column < table->column_count && open[column])
			open[column++]--;
		TRY(text_check(cell->text));
		if (cell->size_dpt)
			TRY(size_check(cell->size_dpt));
		if (cell->columns == 0 || cell->rows == 0 || cell->columns > table->column_count - column ||
		    cell->rows > table->row_count - at)
			return FAIL_SYNTAX;
		for (size_t end = column + cell->columns; column < end; column++) {
			if (open[column])
				return FAIL_SYNTAX;
			open[column] = (uint16_t)(cell->rows - 1);
		}
	}
	for (; column < table->column_count; column++) {
		if (!open[column])
			return FAIL_SYNTAX;
		open[column]--;
	}
	return OK;
}

static enum fail table_check(const struct paper_table *table)
{
	uint16_t open[PAPER_COLUMNS_MAX] = { 0 };

	if (table->column_count == 0 || table->column_count > PAPER_COLUMNS_MAX || table->row_count == 0)
		return FAIL_SYNTAX;
	if (table->row_count > PAPER_ROWS_MAX || table->head_rows > table->row_count)
		return FAIL_TOO_LARGE;
	TRY(size_check(table->size_dpt));
	for (size_t i = 0; i < table->column_count; i++) {
		if (table->widths_dmm[i] == 0)
			return FAIL_SYNTAX;
		TRY(length_check(table->widths_dmm[i]));
	}
	for (size_t i = 0; i < table->row_count; i++)
		TRY(row_check(table, i, open));
	return OK;
}

static enum fail block_check(const struct paper_block *block)
{
	TRY(text_check(block->label));
	TRY(text_check(block->text));
	TRY(size_check(block->size_dpt));
	TRY(length_check(block->indent_dmm));
	TRY(length_check(block->label_dmm));
	TRY(length_check(block->before_dmm));
	TRY(length_check(block->after_dmm));
	if ((block->table != NULL) != (block->kind == PAPER_TABLE))
		return FAIL_SYNTAX;
	return block->table ? table_check(block->table) : OK;
}

enum fail paper_check(const struct paper *paper)
{
	const struct str texts[] = { paper->title, paper->subject, paper->author, paper->language,
		                     paper->foot, paper->code, paper->mark };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		TRY(text_check(texts[i]));
	TRY(length_check(paper->width_dmm));
	TRY(length_check(paper->height_dmm));
	if (paper->width_dmm <= 2 * paper->margin_dmm || paper->height_dmm <= 2 * paper->margin_dmm)
		return FAIL_SYNTAX;
	if (paper->block_count > PAPER_BLOCKS_MAX)
		return FAIL_TOO_LARGE;
	for (size_t i = 0; i < paper->block_count; i++)
		TRY(block_check(&paper->blocks[i]));
	return OK;
}
