#include "keeper/import_read.h"

#include <string.h>

#include "base/csv.h"
#include "law/import_headings.h"

enum { CELL_BYTES_MAX = 4096 };

static const char UNKNOWN_COLUMN[] = "The list has no such column.";
static const char COLUMN_TWICE[] = "The column stands there twice.";
static const char COLUMN_MISSING[] = "A column that is needed is missing.";
static const char CELL_MISSING[] = "The cell must not be empty.";

static void problem_add(struct import_file *file, size_t line, struct str field, const char *why)
{
	if (file->problem_count < IMPORT_PROBLEMS_SHOWN)
		file->problems[file->problem_count++] = (struct row_problem){ line, field, why };
}

static struct str column_name(struct arena *arena, size_t column)
{
	return str_printf(arena, "column %zu", column);
}

static bool is_taken(const struct field_spec *const *fields, size_t count, const struct field_spec *field)
{
	for (size_t i = 0; i < count; i++)
		if (fields[i] == field)
			return true;
	return false;
}

/* An unknown heading may be somebody's name in a file without headings: only its place is told. */
static void columns_read(struct arena *arena, const struct record_spec *spec, const struct sheet *sheet,
                         struct import_file *file, const struct field_spec **fields)
{
	for (size_t i = 0; i < sheet->column_count; i++) {
		fields[i] = import_heading_find(spec, sheet->columns[i]);
		if (!fields[i])
			problem_add(file, 1, column_name(arena, i + 1), UNKNOWN_COLUMN);
		else if (is_taken(fields, i, fields[i]))
			problem_add(file, 1, fields[i]->name, COLUMN_TWICE);
	}
	for (size_t i = 0; i < spec->count; i++)
		if (spec->fields[i].required && !is_taken(fields, sheet->column_count, &spec->fields[i]))
			problem_add(file, 1, spec->fields[i].name, COLUMN_MISSING);
}

/* csv_write puts an apostrophe before what a spreadsheet would take for a formula. */
static struct str unguarded(struct str cell)
{
	bool guarded = cell.len > 1 && cell.at[0] == '\'' && strchr("=+-@\t", cell.at[1]);

	return guarded ? str_slice(cell, 1, cell.len) : cell;
}

static void row_read(struct arena *arena, const struct record_spec *spec, const struct sheet *sheet,
                     size_t row, const struct field_spec *const *fields, struct date today,
                     struct import_file *file, struct import_row *out)
{
	void *body = &out->organisation; /* every member of the union starts at the same place */

	record_blank(spec, body);
	out->line = row + 2;
	for (size_t i = 0; i < sheet->column_count; i++) {
		struct str cell = str_trim(unguarded(sheet->cells[row * sheet->column_count + i]));
		const char *why;
		if (record_set(arena, fields[i], cell, today, body, &why) != OK)
			problem_add(file, out->line, fields[i]->name, why);
		else if (fields[i]->required && !record_has(fields[i], body))
			problem_add(file, out->line, fields[i]->name, CELL_MISSING);
	}
}

static bool is_blank(const struct sheet *sheet, size_t row)
{
	for (size_t i = 0; i < sheet->column_count; i++)
		if (str_trim(sheet->cells[row * sheet->column_count + i]).len)
			return false;
	return true;
}

struct import_file import_read(struct arena *arena, enum import_kind kind, struct str bytes,
                               struct date today)
{
	static const struct csv_limits limits = { IMPORT_ROWS_MAX, SHEET_COLUMN_LIMIT, CELL_BYTES_MAX };
	const struct field_spec *fields[SHEET_COLUMN_LIMIT];
	const struct record_spec *spec = import_spec(kind);
	struct import_file file = { .problems = arena_array(arena, struct row_problem, IMPORT_PROBLEMS_SHOWN) };
	struct csv_fault fault;
	struct sheet sheet;

	if (csv_read(arena, bytes, &limits, &sheet, &fault) != OK) {
		problem_add(&file, fault.row, str_printf(arena, "column %zu, byte %zu", fault.column, fault.byte),
		            fault.why);
		return file;
	}
	columns_read(arena, spec, &sheet, &file, fields);
	if (file.problem_count)
		return file;
	file.rows = arena_array(arena, struct import_row, sheet.row_count);
	for (size_t i = 0; i < sheet.row_count; i++)
		if (!is_blank(&sheet, i))
			row_read(arena, spec, &sheet, i, fields, today, &file, &file.rows[file.row_count++]);
	return file;
}
