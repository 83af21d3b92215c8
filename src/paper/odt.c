#include "paper/odt.h"

#include <string.h>

#include "base/odf.h"
#include "base/time.h"

#define MIME "application/vnd.oasis.opendocument.text"
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NAMESPACES                                                                                 \
	" xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""                       \
	" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""                         \
	" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""                           \
	" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""                         \
	" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""                \
	" xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\""                  \
	" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\""                           \
	" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.2\""
/* Where the first is missing the office program takes the next. */
#define FONTS                                                                                      \
	"<office:font-face-decls><style:font-face style:name=\"Kai\""                              \
	" svg:font-family=\"'TW-Kai','標楷體','DFKai-SB','AR PL UKai TW'\"/>"                      \
	"</office:font-face-decls>"

enum { STYLES_MAX = 512, FOOT_DPT = 75 };

static const char *const aligns[] = { [PAPER_LEFT] = "start", [PAPER_CENTRE] = "center",
	                              [PAPER_RIGHT] = "end" };
static const char *const valigns[] = { [PAPER_TOP] = "top", [PAPER_MIDDLE] = "middle",
	                               [PAPER_BOTTOM] = "bottom" };

/* Styles that were written already. */
struct styles {
	struct buf *out;
	uint32_t letters[STYLES_MAX], heights[STYLES_MAX];
	size_t letter_count, height_count;
};

static bool seen(uint32_t *known, size_t *count, uint32_t key)
{
	for (size_t i = 0; i < *count; i++)
		if (known[i] == key)
			return true;
	if (*count < STYLES_MAX)
		known[(*count)++] = key;
	return false;
}

static void length_put(struct buf *out, const char *name, unsigned dmm)
{
	buf_printf(out, " %s=\"%u.%umm\"", name, dmm / 10, dmm % 10);
}

static void letters_put(struct buf *out, unsigned size_dpt)
{
	buf_printf(out, "<style:text-properties fo:font-size=\"%u.%upt\" style:font-size-asian=\"%u.%upt\"/>",
	           size_dpt / 10, size_dpt % 10, size_dpt / 10, size_dpt % 10);
}

/* --- styles --- */

static bool begins_page(const struct paper *paper, size_t number)
{
	return number > 0 && paper->blocks[number - 1].kind == PAPER_BREAK;
}

static void block_style(struct buf *out, const struct paper *paper, size_t number)
{
	const struct paper_block *block = &paper->blocks[number];

	buf_printf(out, "<style:style style:name=\"B%zu\" style:family=\"paragraph\""
	           " style:parent-style-name=\"Standard\"><style:paragraph-properties", number);
	length_put(out, "fo:margin-left", block->indent_dmm + block->label_dmm);
	if (block->label_dmm)
		buf_printf(out, " fo:text-indent=\"-%u.%umm\"", block->label_dmm / 10u, block->label_dmm % 10u);
	length_put(out, "fo:margin-top", block->before_dmm);
	length_put(out, "fo:margin-bottom", block->after_dmm);
	buf_printf(out, " fo:text-align=\"%s\"%s%s/>", aligns[block->align],
	           block->keep ? " fo:keep-with-next=\"always\"" : "",
	           begins_page(paper, number) ? " fo:break-before=\"page\"" : "");
	letters_put(out, block->size_dpt);
	buf_add(out, STR("</style:style>"));
}

static void cell_style(struct styles *styles, const struct paper_cell *cell, unsigned size_dpt)
{
	uint32_t key = (uint32_t)cell->align << 16 | size_dpt;

	if (seen(styles->letters, &styles->letter_count, key))
		return;
	buf_printf(styles->out, "<style:style style:name=\"L%u-%u\" style:family=\"paragraph\""
	           " style:parent-style-name=\"Standard\"><style:paragraph-properties fo:text-align=\"%s\"/>",
	           (unsigned)cell->align, size_dpt, aligns[cell->align]);
	letters_put(styles->out, size_dpt);
	buf_add(styles->out, STR("</style:style>"));
}

static void row_style(struct styles *styles, unsigned height_dmm)
{
	if (seen(styles->heights, &styles->height_count, height_dmm))
		return;
	buf_printf(styles->out, "<style:style style:name=\"H%u\" style:family=\"table-row\">"
	           "<style:table-row-properties", height_dmm);
	if (height_dmm)
		length_put(styles->out, "style:min-row-height", height_dmm);
	buf_add(styles->out, STR("/></style:style>"));
}

static void table_styles(struct styles *styles, const struct paper *paper, size_t number)
{
	const struct paper_table *table = paper->blocks[number].table;
	unsigned width = 0;

	for (size_t i = 0; i < table->column_count; i++) {
		width += table->widths_dmm[i];
		buf_printf(styles->out, "<style:style style:name=\"T%zu.%zu\" style:family=\"table-column\">"
		           "<style:table-column-properties", number, i);
		length_put(styles->out, "style:column-width", table->widths_dmm[i]);
		buf_add(styles->out, STR("/></style:style>"));
	}
	buf_printf(styles->out, "<style:style style:name=\"T%zu\" style:family=\"table\">"
	           "<style:table-properties table:align=\"left\" table:border-model=\"collapsing\"%s", number,
	           begins_page(paper, number) ? " fo:break-before=\"page\"" : "");
	length_put(styles->out, "style:width", width);
	length_put(styles->out, "fo:margin-top", paper->blocks[number].before_dmm);
	length_put(styles->out, "fo:margin-bottom", paper->blocks[number].after_dmm);
	buf_add(styles->out, STR("/></style:style>"));
	for (size_t r = 0; r < table->row_count; r++) {
		const struct paper_row *row = &table->rows[r];
		row_style(styles, row->height_dmm);
		for (size_t c = 0; c < row->count; c++)
			cell_style(styles, &row->cells[c],
			           row->cells[c].size_dpt ? row->cells[c].size_dpt : table->size_dpt);
	}
}

static void fixed_styles(struct buf *out)
{
	for (int ruled = 0; ruled < 2; ruled++)
		for (int valign = 0; valign < PAPER_VALIGN_COUNT; valign++)
			buf_printf(out, "<style:style style:name=\"C%d-%d\" style:family=\"table-cell\">"
			           "<style:table-cell-properties style:vertical-align=\"%s\""
			           " fo:padding=\"1.2mm\" fo:border=\"%s\"/></style:style>",
			           ruled, valign, valigns[valign], ruled ? "0.7pt solid #000000" : "none");
}

static void styles_put(const struct paper *paper, struct buf *out)
{
	struct styles styles = { .out = out };

	fixed_styles(out);
	for (size_t i = 0; i < paper->block_count; i++) {
		block_style(out, paper, i);
		if (paper->blocks[i].table)
			table_styles(&styles, paper, i);
	}
}

/* --- content --- */

static void text_put(struct buf *out, struct str text)
{
	struct str line;
	bool first = true;

	while (str_cut(&text, '\n', &line)) {
		if (!first)
			buf_add(out, STR("<text:line-break/>"));
		odf_line(out, line);
		first = false;
	}
}

static void cell_put(struct buf *out, const struct paper_table *table, const struct paper_cell *cell)
{
	buf_printf(out, "<table:table-cell table:style-name=\"C%d-%d\"", table->ruled, (int)cell->valign);
	if (cell->columns > 1)
		buf_printf(out, " table:number-columns-spanned=\"%u\"", cell->columns);
	if (cell->rows > 1)
		buf_printf(out, " table:number-rows-spanned=\"%u\"", cell->rows);
	buf_printf(out, " office:value-type=\"string\"><text:p text:style-name=\"L%u-%u\">",
	           (unsigned)cell->align, cell->size_dpt ? cell->size_dpt : table->size_dpt);
	text_put(out, cell->text);
	buf_add(out, STR("</text:p></table:table-cell>"));
	for (unsigned i = 1; i < cell->columns; i++)
		buf_add(out, STR("<table:covered-table-cell/>"));
}

/* covered[c]: how many rows from here on a cell above covers column c. */
static void row_put(struct buf *out, const struct paper_table *table, size_t at, uint16_t *covered)
{
	const struct paper_row *row = &table->rows[at];
	size_t column = 0;

	buf_printf(out, "<table:table-row table:style-name=\"H%u\">", row->height_dmm);
	for (size_t i = 0; i <= row->count; i++) {
		for (; column < table->column_count && covered[column]; column++) {
			covered[column]--;
			buf_add(out, STR("<table:covered-table-cell/>"));
		}
		if (i == row->count)
			break;
		cell_put(out, table, &row->cells[i]);
		for (size_t end = column + row->cells[i].columns; column < end; column++)
			covered[column] = (uint16_t)(row->cells[i].rows - 1);
	}
	buf_add(out, STR("</table:table-row>"));
}

static void table_put(struct buf *out, const struct paper_table *table, size_t number)
{
	uint16_t covered[PAPER_COLUMNS_MAX] = { 0 };

	buf_printf(out, "<table:table table:name=\"T%zu\" table:style-name=\"T%zu\">", number, number);
	for (size_t i = 0; i < table->column_count; i++)
		buf_printf(out, "<table:table-column table:style-name=\"T%zu.%zu\"/>", number, i);
	if (table->head_rows)
		buf_add(out, STR("<table:table-header-rows>"));
	for (size_t i = 0; i < table->row_count; i++) {
		row_put(out, table, i, covered);
		if (i + 1 == table->head_rows)
			buf_add(out, STR("</table:table-header-rows>"));
	}
	buf_add(out, STR("</table:table>"));
}

static void block_put(struct buf *out, const struct paper_block *block, size_t number)
{
	bool heading = block->kind == PAPER_HEADING;

	if (block->kind == PAPER_TABLE) {
		table_put(out, block->table, number);
		return;
	}
	if (block->kind == PAPER_BREAK)
		return; /* the next block's style says it */
	buf_printf(out, "<text:%s text:style-name=\"B%zu\"%s>", heading ? "h" : "p", number,
	           heading ? " text:outline-level=\"1\"" : "");
	if (block->label.len) {
		odf_line(out, block->label);
		buf_add(out, STR("<text:tab/>"));
	}
	text_put(out, block->text);
	buf_add(out, heading ? STR("</text:h>") : STR("</text:p>"));
}

static void content_put(const struct paper *paper, struct buf *out)
{
	buf_add(out, STR(XML "<office:document-content" NAMESPACES ">" FONTS "<office:automatic-styles>"));
	styles_put(paper, out);
	buf_add(out, STR("</office:automatic-styles><office:body><office:text>"));
	for (size_t i = 0; i < paper->block_count; i++)
		block_put(out, &paper->blocks[i], i);
	buf_add(out, STR("</office:text></office:body></office:document-content>\n"));
}

/* --- page and foot --- */

static void page_put(const struct paper *paper, struct buf *out)
{
	unsigned body_dmm = paper->margin_dmm > 150 ? paper->margin_dmm - 150u : 0;

	buf_add(out, STR("<office:automatic-styles><style:page-layout style:name=\"page\">"
	                 "<style:page-layout-properties"));
	length_put(out, "fo:page-width", paper->width_dmm);
	length_put(out, "fo:page-height", paper->height_dmm);
	length_put(out, "fo:margin-top", paper->margin_dmm);
	length_put(out, "fo:margin-left", paper->margin_dmm);
	length_put(out, "fo:margin-right", paper->margin_dmm);
	length_put(out, "fo:margin-bottom", body_dmm);
	buf_add(out, STR("/><style:footer-style><style:header-footer-properties fo:min-height=\"15mm\""
	                 " fo:margin-top=\"2.5mm\"/></style:footer-style></style:page-layout>"
	                 "<style:style style:name=\"foot\" style:family=\"paragraph\""
	                 " style:parent-style-name=\"Standard\">"));
	letters_put(out, FOOT_DPT);
	buf_add(out, STR("</style:style></office:automatic-styles>"));
}

static void foot_put(const struct paper *paper, struct buf *out)
{
	buf_add(out, STR("<office:master-styles><style:master-page style:name=\"Standard\""
	                 " style:page-layout-name=\"page\"><style:footer><text:p text:style-name=\"foot\">"));
	text_put(out, paper->foot);
	if (paper->code.len) {
		buf_add(out, STR("<text:line-break/>"));
		odf_line(out, paper->code);
	}
	buf_add(out, STR("<text:line-break/>第 <text:page-number text:select-page=\"current\">1</text:page-number>"
	                 " 頁，共 <text:page-count>1</text:page-count> 頁</text:p></style:footer>"
	                 "</style:master-page></office:master-styles>"));
}

static void style_part(const struct paper *paper, struct buf *out)
{
	buf_add(out, STR(XML "<office:document-styles" NAMESPACES ">" FONTS "<office:styles>"
	                 "<style:default-style style:family=\"paragraph\">"
	                 "<style:paragraph-properties fo:line-height=\"125%\"/>"
	                 "<style:text-properties style:font-name=\"Kai\" style:font-name-asian=\"Kai\""
	                 " fo:language=\"zh\" fo:country=\"TW\" style:language-asian=\"zh\""
	                 " style:country-asian=\"TW\"/></style:default-style>"
	                 "<style:style style:name=\"Standard\" style:family=\"paragraph\"/></office:styles>"));
	page_put(paper, out);
	foot_put(paper, out);
	buf_add(out, STR("</office:document-styles>\n"));
}

static void meta_part(const struct paper *paper, struct buf *out)
{
	struct time_text created = time_utc(paper->created_ms);

	created.text[19] = 'Z'; /* whole seconds */
	created.text[20] = 0;
	buf_add(out, STR(XML "<office:document-meta" NAMESPACES "><office:meta><meta:generator>youju</meta:generator><dc:title>"));
	xml_text(out, paper->title);
	buf_add(out, STR("</dc:title><dc:subject>"));
	xml_text(out, paper->subject);
	buf_add(out, STR("</dc:subject><meta:initial-creator>"));
	xml_text(out, paper->author);
	buf_add(out, STR("</meta:initial-creator><meta:user-defined meta:name=\"print\">"));
	xml_text(out, paper->mark);
	buf_printf(out, "</meta:user-defined><meta:creation-date>%s</meta:creation-date><dc:language>%.*s"
	           "</dc:language></office:meta></office:document-meta>\n", created.text, STR_FMT(paper->language));
}

enum fail paper_odt(const struct paper *paper, struct buf *out)
{
	AUTO(buf_close) struct buf content = buf_open();
	AUTO(buf_close) struct buf style = buf_open();
	AUTO(buf_close) struct buf meta = buf_open();

	TRY(paper_check(paper));
	content_put(paper, &content);
	style_part(paper, &style);
	meta_part(paper, &meta);
	const struct odf_part parts[] = { { "content.xml", buf_str(&content) },
		                          { "styles.xml", buf_str(&style) },
		                          { "meta.xml", buf_str(&meta) } };
	return odf_write(MIME, parts, ARRAY_LEN(parts), out);
}
