#include <zip.h>

#include "base/ods.h"

#define MIME "application/vnd.oasis.opendocument.spreadsheet"
/* The archive's earliest day: the same sheets give the same bytes at any time. */
enum { DOS_DATE = 1 << 5 | 1 };

static const char MANIFEST[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\""
	" manifest:version=\"1.2\">"
	"<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" manifest:media-type=\"" MIME "\"/>"
	"<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
	"</manifest:manifest>\n";

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

/* Characters that XML 1.0 cannot hold at all are left out. */
static void escaped_add(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == '&')
			buf_add(out, STR("&amp;"));
		else if (c == '<')
			buf_add(out, STR("&lt;"));
		else if (c == '>')
			buf_add(out, STR("&gt;"));
		else if (c == '"')
			buf_add(out, STR("&quot;"));
		else if ((uint8_t)c >= 0x20 || c == '\t')
			buf_byte(out, (uint8_t)c);
	}
}

/* Two blanks in a row are one in ODF unless the second is said. */
static void line_add(struct buf *out, struct str line)
{
	buf_add(out, STR("<text:p>"));
	for (size_t i = 0; i < line.len; i++) {
		bool blank = line.at[i] == ' ' && (i == 0 || line.at[i - 1] == ' ' || i + 1 == line.len);
		if (blank)
			buf_add(out, STR("<text:s/>"));
		else if (line.at[i] == '\t')
			buf_add(out, STR("<text:tab/>"));
		else
			escaped_add(out, str_slice(line, i, 1));
	}
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
	escaped_add(out, sheet->name);
	buf_printf(out, "\"><table:table-column table:style-name=\"column\""
	           " table:number-columns-repeated=\"%zu\" table:default-cell-style-name=\"cell\"/>",
	           sheet->column_count);
	row_add(out, sheet->columns, sheet->column_count, "heading");
	for (size_t i = 0; i < sheet->row_count; i++)
		row_add(out, sheet->cells + i * sheet->column_count, sheet->column_count, "cell");
	buf_add(out, STR("</table:table>"));
}

static bool member_add(zip_t *archive, const char *name, struct str bytes, zip_int32_t method)
{
	zip_source_t *source = zip_source_buffer(archive, bytes.at, bytes.len, 0);
	zip_int64_t index = source ? zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8) : -1;

	if (index < 0) {
		if (source)
			zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(archive, (zip_uint64_t)index, method, 0) == 0 &&
	       zip_file_set_dostime(archive, (zip_uint64_t)index, 0, DOS_DATE, 0) == 0;
}

/* ODF 1.2 part 3, 3.3: the media type comes first and is not packed. */
static enum fail archive_write(zip_source_t *memory, struct str content)
{
	zip_error_t error;

	zip_error_init(&error);
	zip_t *archive = zip_open_from_source(memory, ZIP_CREATE | ZIP_TRUNCATE, &error);
	zip_error_fini(&error);
	if (!archive)
		return FAIL_IO;
	if (!member_add(archive, "mimetype", STR(MIME), ZIP_CM_STORE) ||
	    !member_add(archive, "content.xml", content, ZIP_CM_DEFLATE) ||
	    !member_add(archive, "META-INF/manifest.xml", str_from(MANIFEST), ZIP_CM_DEFLATE) ||
	    zip_close(archive) != 0) {
		zip_discard(archive);
		return FAIL_IO;
	}
	return OK;
}

static enum fail memory_read(zip_source_t *memory, struct buf *out)
{
	struct zip_stat stat;

	zip_stat_init(&stat);
	if (zip_source_stat(memory, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) ||
	    zip_source_open(memory) != 0)
		return FAIL_IO;
	zip_int64_t len = zip_source_read(memory, buf_room(out, (size_t)stat.size), stat.size);
	zip_source_close(memory);
	return len >= 0 && (zip_uint64_t)len == stat.size ? OK : FAIL_IO;
}

enum fail ods_write(const struct sheet *sheets, size_t count, struct buf *out)
{
	AUTO(buf_close) struct buf content = buf_open();
	zip_error_t error;

	buf_add(&content, str_from(HEAD));
	for (size_t i = 0; i < count; i++)
		table_add(&content, &sheets[i]);
	buf_add(&content, str_from(TAIL));
	zip_error_init(&error);
	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_error_fini(&error);
	if (!memory)
		return FAIL_IO;
	zip_source_keep(memory); /* the archive frees its own hold when it closes */
	enum fail fail = archive_write(memory, buf_str(&content));
	if (fail == OK)
		fail = memory_read(memory, out);
	zip_source_free(memory);
	return fail;
}
