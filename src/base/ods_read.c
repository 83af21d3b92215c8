#include <string.h>

#include <libxml/xmlreader.h>
#include <zip.h>

#include "base/ods.h"

enum { ENTRIES_MAX = 256, MIME_BYTES_MAX = 128, REPEAT_MAX = 1 << 24, ATTRIBUTE_BYTES_MAX = 256 };

static const char NOT_ODS[] = "The file is not an OpenDocument spreadsheet.";
static const char BROKEN[] = "The file is damaged or protected by a password.";
static const char TOO_LARGE[] = "The file is too large when unpacked.";
static const char TOO_MANY_ROWS[] = "The list has too many rows.";
static const char TOO_MANY_COLUMNS[] = "The list has too many columns.";
static const char TOO_LONG[] = "The text is too long.";
static const char NO_HEADING[] = "The first row does not name the columns.";
static const char OTHER_WIDTH[] = "A row has more cells than the heading.";

#define TABLE "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#define TEXT "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
#define OFFICE "urn:oasis:names:tc:opendocument:xmlns:office:1.0"

struct table {
	struct arena *arena;
	const struct ods_limits *limits;
	const char *why;
	xmlTextReaderPtr reader;
	struct sheet sheet;
	struct str cells[SHEET_COLUMN_LIMIT]; /* of the row at hand */
	size_t cell_count;   /* up to the last one that is not blank */
	size_t column;       /* where the next cell goes, blank ones counted */
	size_t blank_rows;   /* since the last row that was not */
	size_t row_repeat, cell_repeat;
	int comment;         /* depth of annotations */
	bool inside, done, in_row, in_cell, is_text, first_paragraph, has_heading;
	struct buf text;
};

static enum fail stop(struct table *table, const char *why, enum fail fail)
{
	table->why = why;
	return fail;
}

static bool is_element(xmlTextReaderPtr reader, const char *space, const char *name)
{
	const char *own = (const char *)xmlTextReaderConstLocalName(reader);
	const char *uri = (const char *)xmlTextReaderConstNamespaceUri(reader);

	return own && uri && strcmp(own, name) == 0 && strcmp(uri, space) == 0;
}

/* "" when absent or longer than any that counts. */
static struct str attribute(struct table *table, const char *space, const char *name)
{
	xmlChar *value = xmlTextReaderGetAttributeNs(table->reader, (const xmlChar *)name,
	                                             (const xmlChar *)space);
	struct str copy = STR("");

	if (value && strlen((const char *)value) <= ATTRIBUTE_BYTES_MAX)
		copy = str_copy(table->arena, str_from((const char *)value));
	xmlFree(value);
	return copy;
}

static size_t repeat_of(struct table *table, const char *name)
{
	struct str text = attribute(table, TABLE, name);
	uint64_t n;

	if (!text.len || str_to_u64(text, &n) != OK || n == 0)
		return 1;
	return n < REPEAT_MAX ? (size_t)n : REPEAT_MAX;
}

static enum fail row_put(struct table *table)
{
	struct str *row = sheet_row_add(table->arena, &table->sheet);

	for (size_t i = 0; i < table->cell_count; i++)
		row[i] = table->cells[i];
	return OK;
}

static enum fail heading_end(struct table *table)
{
	if (!table->cell_count)
		return stop(table, NO_HEADING, FAIL_SYNTAX);
	for (size_t i = 0; i < table->cell_count; i++)
		table->cells[i] = str_trim(table->cells[i]);
	struct str name = table->sheet.name;
	table->sheet = sheet_new(table->arena, name, table->cells, table->cell_count);
	table->has_heading = true;
	return OK;
}

/* Office programs end a table with a million blank rows, said once: they count only when a row that
 * is not blank follows. */
static enum fail row_end(struct table *table)
{
	size_t count = table->cell_count, repeat = table->row_repeat;

	table->in_row = false;
	if (!table->has_heading)
		return heading_end(table);
	if (!count) {
		table->blank_rows += repeat;
		return OK;
	}
	if (count > table->sheet.column_count)
		return stop(table, OTHER_WIDTH, FAIL_SYNTAX);
	if (table->sheet.row_count + table->blank_rows + repeat > table->limits->rows)
		return stop(table, TOO_MANY_ROWS, FAIL_TOO_LARGE);
	for (; table->blank_rows; table->blank_rows--)
		sheet_row_add(table->arena, &table->sheet);
	for (; repeat; repeat--)
		TRY(row_put(table));
	return OK;
}

static enum fail cell_end(struct table *table)
{
	struct str text = buf_str(&table->text);
	size_t from = table->column;

	table->in_cell = false;
	table->column += table->cell_repeat;
	if (!text.len)
		return OK;
	if (text.len > table->limits->cell_bytes)
		return stop(table, TOO_LONG, FAIL_TOO_LARGE);
	if (table->column > table->limits->columns)
		return stop(table, TOO_MANY_COLUMNS, FAIL_TOO_LARGE);
	for (size_t i = table->cell_count; i < from; i++)
		table->cells[i] = STR("");
	for (size_t i = from; i < table->column; i++)
		table->cells[i] = text;
	table->cell_count = table->column;
	return OK;
}

static void row_begin(struct table *table)
{
	table->in_row = true;
	table->cell_count = table->column = 0;
	table->row_repeat = repeat_of(table, "number-rows-repeated");
}

/* What the file stores counts before what it shows: a date may be shown in any form. */
static void cell_begin(struct table *table)
{
	struct str type = attribute(table, OFFICE, "value-type");

	table->in_cell = true;
	table->comment = 0;
	table->first_paragraph = true;
	table->cell_repeat = repeat_of(table, "number-columns-repeated");
	table->text = buf_on(table->arena);
	table->is_text = false;
	if (str_is(type, "date"))
		buf_add(&table->text, str_slice(attribute(table, OFFICE, "date-value"), 0, 10));
	else if (str_is(type, "boolean"))
		buf_add(&table->text, attribute(table, OFFICE, "boolean-value"));
	else if (str_is(type, "float"))
		buf_add(&table->text, attribute(table, OFFICE, "value"));
	else
		table->is_text = true;
}

static void text_element(struct table *table)
{
	uint64_t spaces;

	if (is_element(table->reader, TEXT, "p")) {
		if (!table->first_paragraph)
			buf_byte(&table->text, '\n');
		table->first_paragraph = false;
	} else if (is_element(table->reader, TEXT, "tab")) {
		buf_byte(&table->text, '\t');
	} else if (is_element(table->reader, TEXT, "line-break")) {
		buf_byte(&table->text, '\n');
	} else if (is_element(table->reader, TEXT, "s")) {
		if (str_to_u64(attribute(table, TEXT, "c"), &spaces) != OK)
			spaces = 1;
		for (; spaces && table->text.len <= table->limits->cell_bytes; spaces--)
			buf_byte(&table->text, ' ');
	}
}

static enum fail element_end(struct table *table)
{
	if (is_element(table->reader, OFFICE, "annotation") && table->comment)
		table->comment--;
	else if (is_element(table->reader, TABLE, "table") && table->inside)
		table->done = true;
	else if (is_element(table->reader, TABLE, "table-row") && table->in_row)
		return row_end(table);
	else if ((is_element(table->reader, TABLE, "table-cell") ||
	          is_element(table->reader, TABLE, "covered-table-cell")) && table->in_cell)
		return cell_end(table);
	return OK;
}

static enum fail element_begin(struct table *table)
{
	if (table->in_cell && is_element(table->reader, OFFICE, "annotation"))
		table->comment++;
	else if (table->in_cell && table->is_text && !table->comment)
		text_element(table);
	else if (!table->inside && is_element(table->reader, TABLE, "table"))
		table->sheet.name = attribute(table, TABLE, "name");
	else if (table->inside && !table->in_row && is_element(table->reader, TABLE, "table-row"))
		row_begin(table);
	else if (table->in_row && !table->in_cell &&
	         (is_element(table->reader, TABLE, "table-cell") ||
	          is_element(table->reader, TABLE, "covered-table-cell")))
		cell_begin(table);
	table->inside = table->inside || is_element(table->reader, TABLE, "table");
	return xmlTextReaderIsEmptyElement(table->reader) ? element_end(table) : OK;
}

static enum fail characters(struct table *table)
{
	if (!table->in_cell || !table->is_text || table->comment || table->first_paragraph)
		return OK;
	buf_add(&table->text, str_from((const char *)xmlTextReaderConstValue(table->reader)));
	return table->text.len > table->limits->cell_bytes ? stop(table, TOO_LONG, FAIL_TOO_LARGE) : OK;
}

/* Nobody needs a document type in a spreadsheet but who wants to blow it up. */
static enum fail node_read(struct table *table)
{
	switch (xmlTextReaderNodeType(table->reader)) {
	case XML_READER_TYPE_ELEMENT:
		return element_begin(table);
	case XML_READER_TYPE_END_ELEMENT:
		return element_end(table);
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		return characters(table);
	case XML_READER_TYPE_DOCUMENT_TYPE:
	case XML_READER_TYPE_ENTITY_REFERENCE:
		return stop(table, NOT_ODS, FAIL_SYNTAX);
	default:
		return OK;
	}
}

static enum fail nodes_read(struct table *table)
{
	int more = 1;

	while (!table->done && (more = xmlTextReaderRead(table->reader)) == 1)
		TRY(node_read(table));
	if (more < 0)
		return stop(table, BROKEN, FAIL_SYNTAX);
	return table->has_heading ? OK : stop(table, NO_HEADING, FAIL_SYNTAX);
}

static void silent(void *context, xmlErrorPtr error)
{
	(void)context, (void)error;
}

static enum fail table_read(struct arena *arena, struct str xml, const struct ods_limits *limits,
                            struct sheet *out, const char **why_out)
{
	struct table table = { .arena = arena, .limits = limits, .why = NOT_ODS,
		               .sheet = { .name = STR("") }, .text = buf_on(arena) };

	table.reader = xmlReaderForMemory(xml.at, (int)xml.len, NULL, NULL,
	                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (!table.reader) {
		*why_out = BROKEN;
		return FAIL_SYNTAX;
	}
	xmlTextReaderSetStructuredErrorHandler(table.reader, silent, NULL);
	enum fail fail = nodes_read(&table);
	xmlFreeTextReader(table.reader);
	*why_out = table.why;
	*out = table.sheet;
	return fail;
}

/* The size that the archive states may be a lie: reading stops at the limit. */
static enum fail member_read(struct arena *arena, zip_t *archive, const char *name, size_t max,
                             struct str *out, const char **why_out)
{
	struct zip_stat stat;
	zip_file_t *file;

	*why_out = NOT_ODS;
	if (zip_stat(archive, name, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE))
		return FAIL_SYNTAX;
	*why_out = TOO_LARGE;
	if (stat.size > max)
		return FAIL_TOO_LARGE;
	*why_out = BROKEN;
	file = zip_fopen(archive, name, 0);
	if (!file)
		return FAIL_SYNTAX;
	char *bytes = arena_bytes(arena, (size_t)stat.size + 1);
	zip_int64_t len = zip_fread(file, bytes, stat.size + 1);
	bool closed = zip_fclose(file) == 0;
	if (len < 0 || (zip_uint64_t)len != stat.size || !closed)
		return FAIL_SYNTAX;
	*out = str_bytes(bytes, (size_t)len);
	return OK;
}

static enum fail archive_read(struct arena *arena, zip_t *archive, const struct ods_limits *limits,
                              struct sheet *out, const char **why_out)
{
	struct str mime, xml;

	*why_out = NOT_ODS;
	if (zip_get_num_entries(archive, 0) > ENTRIES_MAX)
		return FAIL_TOO_LARGE;
	TRY(member_read(arena, archive, "mimetype", MIME_BYTES_MAX, &mime, why_out));
	if (!str_starts(str_trim(mime), STR("application/vnd.oasis.opendocument.spreadsheet"))) {
		*why_out = NOT_ODS;
		return FAIL_SYNTAX;
	}
	TRY(member_read(arena, archive, "content.xml", limits->unpacked_bytes, &xml, why_out));
	return table_read(arena, xml, limits, out, why_out);
}

enum fail ods_read(struct arena *arena, struct str bytes, const struct ods_limits *limits,
                   struct sheet *out, const char **why_out)
{
	zip_error_t error;

	assert(limits->columns <= SHEET_COLUMN_LIMIT && limits->rows <= SHEET_ROW_LIMIT);
	assert(limits->unpacked_bytes <= INT32_MAX);
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.len, 0, &error);
	zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;
	zip_error_fini(&error);
	if (!archive) {
		if (source)
			zip_source_free(source);
		*why_out = NOT_ODS;
		return FAIL_SYNTAX;
	}
	enum fail fail = archive_read(arena, archive, limits, out, why_out);
	zip_discard(archive);
	return fail;
}
