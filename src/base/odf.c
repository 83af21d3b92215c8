#include "base/odf.h"

#include <zip.h>

/* The archive's earliest day: the same parts give the same bytes at any time. */
enum { DOS_DATE = 1 << 5 | 1 };

void xml_text(struct buf *out, struct str text)
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
void odf_line(struct buf *out, struct str line)
{
	for (size_t i = 0; i < line.len; i++) {
		bool blank = line.at[i] == ' ' && (i == 0 || line.at[i - 1] == ' ' || i + 1 == line.len);
		if (blank)
			buf_add(out, STR("<text:s/>"));
		else if (line.at[i] == '\t')
			buf_add(out, STR("<text:tab/>"));
		else
			xml_text(out, str_slice(line, i, 1));
	}
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

static void manifest_add(struct buf *out, const char *mime, const struct odf_part *parts, size_t count)
{
	buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	           "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\""
	           " manifest:version=\"1.2\"><manifest:file-entry manifest:full-path=\"/\""
	           " manifest:version=\"1.2\" manifest:media-type=\"%s\"/>", mime);
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "<manifest:file-entry manifest:full-path=\"%s\" manifest:media-type=\"text/xml\"/>",
		           parts[i].name);
	buf_add(out, STR("</manifest:manifest>\n"));
}

/* ODF 1.2 part 3, 3.3: the media type comes first and is not packed. */
static bool parts_add(zip_t *archive, const char *mime, const struct odf_part *parts, size_t count,
                      struct str manifest)
{
	bool ok = member_add(archive, "mimetype", str_from(mime), ZIP_CM_STORE);

	for (size_t i = 0; ok && i < count; i++)
		ok = member_add(archive, parts[i].name, parts[i].bytes, ZIP_CM_DEFLATE);
	return ok && member_add(archive, "META-INF/manifest.xml", manifest, ZIP_CM_DEFLATE);
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

static enum fail archive_write(zip_source_t *memory, const char *mime, const struct odf_part *parts, size_t count)
{
	AUTO(buf_close) struct buf manifest = buf_open();
	zip_error_t error;

	manifest_add(&manifest, mime, parts, count);
	zip_error_init(&error);
	zip_t *archive = zip_open_from_source(memory, ZIP_CREATE | ZIP_TRUNCATE, &error);
	zip_error_fini(&error);
	if (!archive)
		return FAIL_IO;
	if (!parts_add(archive, mime, parts, count, buf_str(&manifest)) || zip_close(archive) != 0) {
		zip_discard(archive);
		return FAIL_IO;
	}
	return OK;
}

enum fail odf_write(const char *mime, const struct odf_part *parts, size_t count, struct buf *out)
{
	zip_error_t error;

	zip_error_init(&error);
	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_error_fini(&error);
	if (!memory)
		return FAIL_IO;
	zip_source_keep(memory); /* the archive frees its own hold when it closes */
	enum fail fail = archive_write(memory, mime, parts, count);
	if (fail == OK)
		fail = memory_read(memory, out);
	zip_source_free(memory);
	return fail;
}
