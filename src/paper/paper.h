/* What is printed, as data: one model for PDF (made by the scribe) and ODT (made here).
 *
 * A paper is a run of blocks on pages of one size. Lengths are tenths of a millimetre (_dmm), sizes
 * of letters tenths of a point (_dpt). Texts are UTF-8; a line feed ends a line, other control
 * characters do not occur. Everything lives on one arena. */
#ifndef YOUJU_PAPER_PAPER_H
#define YOUJU_PAPER_PAPER_H

#include "base/buf.h"

enum {
	PAPER_TEXT_MAX = 64 * 1024,
	PAPER_BYTES_MAX = 8 * 1024 * 1024, /* of the packed form */
	PAPER_BLOCKS_MAX = 1000,
	PAPER_ROWS_MAX = 20000,
	PAPER_COLUMNS_MAX = 32,
	PAPER_LENGTH_MAX = 10000, /* dmm */
	PAPER_SIZE_MIN = 40,      /* dpt */
	PAPER_SIZE_MAX = 720
};

enum paper_align { PAPER_LEFT, PAPER_CENTRE, PAPER_RIGHT, PAPER_ALIGN_COUNT };
enum paper_valign { PAPER_TOP, PAPER_MIDDLE, PAPER_BOTTOM, PAPER_VALIGN_COUNT };
enum paper_block_kind { PAPER_HEADING, PAPER_PARAGRAPH, PAPER_TABLE, PAPER_BREAK, PAPER_BLOCK_COUNT };

/* text covers columns × rows of the table's grid; the cells below and beside are left out. */
struct paper_cell {
	struct str text;
	uint16_t columns, rows;
	uint16_t size_dpt; /* 0: the table's */
	enum paper_align align;
	enum paper_valign valign;
	bool head; /* says what the others are */
};

struct paper_row {
	uint16_t height_dmm; /* at least: room for a stamp */
	size_t count;
	struct paper_cell *cells; /* those that begin in this row, from left to right */
};

struct paper_table {
	uint16_t widths_dmm[PAPER_COLUMNS_MAX];
	size_t column_count, head_rows; /* head rows come again on every page */
	bool ruled;
	uint16_t size_dpt;
	size_t row_count, row_cap;
	struct paper_row *rows;
};

struct paper_block {
	enum paper_block_kind kind;
	struct str label; /* 一、 in front of a paragraph that hangs; "" none */
	struct str text;
	uint16_t size_dpt, indent_dmm, label_dmm, before_dmm, after_dmm;
	enum paper_align align;
	bool keep; /* on the same page as the next block's beginning */
	struct paper_table *table; /* PAPER_TABLE only */
};

struct paper {
	struct arena *arena;
	struct str title, subject, author, language; /* language: "zh-TW" */
	int64_t created_ms;
	uint16_t width_dmm, height_dmm, margin_dmm;
	struct str foot;    /* below every page, with the page's number; "" none */
	struct str code;    /* a QR code beside the foot; "" none */
	struct str mark;    /* of this very print, random: who has not the file cannot guess its digest */
	size_t block_count, block_cap;
	struct paper_block *blocks;
};

/* --- making one: A4 upright, 2 cm margins, zh-TW --- */

struct paper paper_new(struct arena *arena, struct str title, int64_t created_ms);
/* Each appends a block and returns it for changes; the pointer holds until the next block. */
struct paper_block *paper_heading(struct paper *paper, struct str text);
struct paper_block *paper_paragraph(struct paper *paper, struct str text);
struct paper_block *paper_item(struct paper *paper, struct str label, struct str text);
void paper_break(struct paper *paper); /* what follows begins a page */

/* The table's pointer holds as long as the arena. */
struct paper_table *paper_table(struct paper *paper, const uint16_t *widths_dmm, size_t count);
struct paper_row *paper_row(struct paper *paper, struct paper_table *table, uint16_t height_dmm);
/* The cell's pointer holds until the next cell of the row. */
struct paper_cell *paper_cell(struct paper *paper, struct paper_row *row, struct str text);
struct paper_cell *paper_head(struct paper *paper, struct paper_row *row, struct str text); /* a centred header cell */
struct paper_cell *paper_span(struct paper_cell *cell, uint16_t columns, uint16_t rows);    /* returns the cell */

struct str paper_tick(bool ticked); /* ☑ or ☐ */

/* Blanks and line ends as a line feed each, other control characters out: for texts from people. */
struct str paper_clean(struct arena *arena, struct str text);

/* The characters of the private area of plane 15 in it, "「󰀀」U+F0000" one after the other; "" when
 * there are none. They mean nothing outside the fonts of 全字庫 (CNS 11643), so their code is printed. */
struct str paper_private(const struct paper *paper);

/* Appends a line that names them, if there are any: for a foot. */
void paper_private_note(const struct paper *paper, struct buf *out);

/* Every text in order of reading, as a walk: headings, labels, paragraphs, cells, foot. */

void paper_texts(const struct paper *paper, void (*each)(void *context, struct str text), void *context);

/* Sizes, counts, texts, and that the cells of every table fill its grid without holes or overlaps.
 * FAIL_SYNTAX or FAIL_TOO_LARGE. */
MUST_CHECK enum fail paper_check(const struct paper *paper);

/* The canonical form, for the way to the scribe. Unpacking checks; texts are views into bytes.
 * The same paper gives the same bytes, and bytes that unpack pack to themselves. */
MUST_CHECK enum fail paper_pack(struct buf *out, const struct paper *paper);
MUST_CHECK enum fail paper_unpack(struct arena *arena, struct str bytes, struct paper *out);

#endif
