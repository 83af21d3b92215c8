#include "doors/list_file.h"

#include "base/ods.h"
#include "law/imports.h"

enum { CELL_BYTES_MAX = 4096, UNPACKED_BYTES_MAX = 48 * 1024 * 1024 };

static enum fail spreadsheet_read(struct arena *arena, struct str file, struct str *out, struct csv_fault *fault_out)
{
	static const struct ods_limits limits = { IMPORT_ROWS_MAX, SHEET_COLUMN_LIMIT, CELL_BYTES_MAX, UNPACKED_BYTES_MAX };
	struct buf text = buf_on(arena);
	struct sheet sheet;

	*fault_out = (struct csv_fault){ 0 };
	TRY(ods_read(arena, file, &limits, &sheet, &fault_out->why));
	csv_write(&text, &sheet);
	*out = buf_str(&text);
	return OK;
}

enum fail list_as_csv(struct arena *arena, struct str file, struct str *out, struct csv_fault *fault_out)
{
	if (str_starts(file, STR("PK\x03\x04")))
		return spreadsheet_read(arena, file, out, fault_out);
	return csv_utf8(arena, file, out, fault_out);
}
