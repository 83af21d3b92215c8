#include "base/odf.h"
#include "base/ods.h"

#define MIME "application/vnd.oasis.opendocument.spreadsheet"
static const char HEAD[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<office:document-content"
	" xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
	" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
	" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
	" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
	" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\""
	" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""
	" office:version=\"1.2\"><office:automatic-styles>"
	"<number:text-style style:name=\"N1\"><number:text-content/></number:text-style>"
	"<style:style style:name=\"column\" style:family=\"table-column\">"
	"<style:table-column-properties style:column-width=\"3.5cm\"/></style:style>"
	"<style:style style:name=\"cell\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>"
	"<style:style style:name=\"heading\" style:family=\"table-cell\" style:data-style-name=\"N1\">"
	"<style:text-properties fo:font-weight=\"bold\"/></style:style>"
	"</office:automatic-styles><office:body><office:spreadsheet>";

static const char TAIL[] = "</office:spreadsheet></office:body></office:document-content>\n";

static void line_add(struct buf *out, struct str line)
{
	buf_add(out, STR("<text:p>"));
	odf_line(out, line);
	buf_add(out, STR("</text:p>"));
}

static void cell_add(struct buf *out, struct str text, const char *style)
{
	struct str line;

	if (!text.len) {
		buf_printf(out, "<table:table-cell table:style-name=\"%s\"/>", style);
		return;
	}
	buf_printf(out, "<table:table-cell table:style-name=\"%s\" office:value-type=\"string\">", style);
	while (str_cut(&text, '\n', &line))
		line_add(out, line);
	buf_add(out, STR("</table:table-cell>"));
}

static void row_add(struct buf *out, const struct str *cells, size_t count, const char *style)
{
	buf_add(out, STR("<table:table-row>"));
	for (size_t i = 0; i < count; i++)
		cell_add(out, cells[i], style);
	buf_add(out, STR("</table:table-row>"));
}

static void table_add(struct buf *out, const struct sheet *sheet)
{
	buf_add(out, STR("<table:table table:name=\""));
	xml_text(out, sheet->name);
	buf_printf(out, "\"><table:table-column table:style-name=\"column\""
	           " table:number-columns-repeated=\"%zu\" table:default-cell-style-name=\"cell\"/>",
	           sheet->column_count);
	row_add(out, sheet->columns, sheet->column_count, "heading");
	for (size_t i = 0; i < sheet->row_count; i++)
		row_add(out, sheet->cells + i * sheet->column_count, sheet->column_count, "cell");
	buf_add(out, STR("</table:table>"));
}

enum fail ods_write(const struct sheet *sheets, size_t count, struct buf *out)
{
	AUTO(buf_close) struct buf content = buf_open();

	buf_add(&content, str_from(HEAD));
	for (size_t i = 0; i < count; i++)
		table_add(&content, &sheets[i]);
	buf_add(&content, str_from(TAIL));
	const struct odf_part part = { "content.xml", buf_str(&content) };
	return odf_write(MIME, &part, 1, out);
}
