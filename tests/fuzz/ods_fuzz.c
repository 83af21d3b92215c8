#include <string.h>

#include <zip.h>

#include "base/ods.h"

static const struct ods_limits limits = { 1000, SHEET_COLUMN_LIMIT, 4096, 1 << 20 };

/* Fuzzing through a packed archive finds nothing: bytes that are no archive are taken for content. */
static struct str packed(struct arena *arena, const uint8_t *bytes, size_t len)
{
	static const char mime[] = "application/vnd.oasis.opendocument.spreadsheet";
	struct buf out = buf_on(arena);
	struct zip_stat stat;

	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_source_keep(memory);
	zip_t *archive = zip_open_from_source(memory, ZIP_CREATE, NULL);
	zip_file_add(archive, "mimetype", zip_source_buffer(archive, mime, sizeof mime - 1, 0), 0);
	zip_file_add(archive, "content.xml", zip_source_buffer(archive, bytes, len, 0), 0);
	if (zip_close(archive) == 0 && zip_source_stat(memory, &stat) == 0 && zip_source_open(memory) == 0) {
		zip_source_read(memory, buf_room(&out, (size_t)stat.size), stat.size);
		zip_source_close(memory);
	}
	zip_source_free(memory);
	return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open((size_t)256 << 20);
	struct str file = len > 1 && memcmp(bytes, "PK", 2) == 0 ? str_bytes(bytes, len)
								  : packed(&arena, bytes, len);
	struct sheet sheet;
	const char *why;

	if (ods_read(&arena, file, &limits, &sheet, &why) != OK)
		assert(why[0]);
	else
		assert(sheet.column_count > 0 && sheet.row_count <= limits.rows);
	arena_close(&arena);
	return 0;
}
