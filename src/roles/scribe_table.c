/* Tables: rows that hang together stand on one page, a single row may go on over several. */
#include "roles/scribe_press.h"

static const double PAD = 4, RULE = 0.7, LEAST = 100 /* of a long row at the end of a page */;

/* A cell of the rows at hand, set. */
struct set_cell {
	const struct paper_cell *cell;
	size_t row; /* of the group */
	double x, width;
	PangoLayout *layout;
	int line; /* drawn so far */
};

struct group {
	size_t first, count; /* rows of the table */
	struct set_cell *cells;
	size_t cell_count;
	double *heights;
};

static double column_x(const struct paper_table *table, size_t column)
{
	double x = 0;

	for (size_t i = 0; i < column; i++)
		x += points(table->widths_dmm[i]);
	return x;
}

/* The rows from first on that cells tie together. */
static size_t group_rows(const struct paper_table *table, size_t first)
{
	size_t end = first + 1;

	for (size_t row = first; row < end; row++)
		for (size_t i = 0; i < table->rows[row].count; i++)
			if (row + table->rows[row].cells[i].rows > end)
				end = row + table->rows[row].cells[i].rows;
	return end - first;
}

static void cell_set(struct press *press, const struct paper_table *table, const struct paper_cell *cell,
                     size_t column, struct set_cell *out)
{
	out->cell = cell;
	out->x = press->left + column_x(table, column);
	out->width = column_x(table, column + cell->columns) - column_x(table, column);
	double measure = out->width - 2 * PAD;
	out->layout = text_set(press, cell->text, cell->size_dpt ? cell->size_dpt : table->size_dpt,
	                       measure > 1 ? measure : 1, cell->align);
}

static struct group group_set(struct press *press, const struct paper_table *table, size_t first)
{
	uint16_t open[PAPER_COLUMNS_MAX] = { 0 };
	struct group group = { .first = first, .count = group_rows(table, first) };

	group.cells = arena_array(press->arena, struct set_cell, group.count * table->column_count);
	group.heights = arena_array(press->arena, double, group.count);
	for (size_t r = 0; r < group.count; r++) {
		const struct paper_row *row = &table->rows[first + r];
		size_t column = 0;
		for (size_t i = 0; i < row->count; i++) {
			while (open[column])
				open[column++]--;
			struct set_cell *set = &group.cells[group.cell_count++];
			set->row = r;
			cell_set(press, table, &row->cells[i], column, set);
			for (size_t end = column + row->cells[i].columns; column < end; column++)
				open[column] = (uint16_t)(row->cells[i].rows - 1);
		}
		for (; column < table->column_count; column++)
			open[column]--;
	}
	return group;
}

static void group_end(struct group *group)
{
	for (size_t i = 0; i < group->cell_count; i++)
		g_object_unref(group->cells[i].layout);
}

static double rows_height(const struct group *group, size_t from, size_t count)
{
	double height = 0;

	for (size_t i = 0; i < count; i++)
		height += group->heights[from + i];
	return height;
}

/* What a cell over several rows lacks is given to the last of them. */
static void group_measure(const struct paper_table *table, struct group *group)
{
	for (size_t r = 0; r < group->count; r++)
		group->heights[r] = points(table->rows[group->first + r].height_dmm);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < group->cell_count; i++) {
			struct set_cell *set = &group->cells[i];
			size_t rows = set->cell->rows;
			if ((rows > 1) != (pass == 1))
				continue;
			double lacks = text_height(set->layout) + 2 * PAD - rows_height(group, set->row, rows);
			if (lacks > 0)
				group->heights[set->row + rows - 1] += lacks;
		}
	}
}

static void rule(struct press *press, double x, double y, double width, double height, double line)
{
	if (!press->cr)
		return;
	cairo_set_line_width(press->cr, line);
	cairo_rectangle(press->cr, x, y, width, height);
	cairo_stroke(press->cr);
}

static double inset(const struct set_cell *set, double height)
{
	double spare = height - text_height(set->layout);

	if (set->cell->valign == PAPER_TOP || spare < 2 * PAD)
		return PAD;
	return set->cell->valign == PAPER_MIDDLE ? spare / 2 : spare - PAD;
}

static void cell_draw(struct press *press, const struct paper_table *table, const struct group *group,
                      struct set_cell *set)
{
	double y = press->y + rows_height(group, 0, set->row);
	double height = rows_height(group, set->row, set->cell->rows);
	const char *tag = set->cell->head ? "TH" : "TD";

	if (table->ruled)
		rule(press, set->x, y, set->width, height, RULE);
	tag_open(press, tag);
	set->line = 0;
	text_draw(press, set->layout, set->x + PAD, y + inset(set, height), height, &set->line);
	tag_shut(press, tag);
}

static void group_draw(struct press *press, const struct paper_table *table, struct group *group)
{
	size_t at = 0;

	for (size_t r = 0; r < group->count; r++) {
		tag_open(press, "TR");
		for (; at < group->cell_count && group->cells[at].row == r; at++)
			cell_draw(press, table, group, &group->cells[at]);
		tag_shut(press, "TR");
	}
	double height = rows_height(group, 0, group->count);
	if (table->ruled)
		rule(press, press->left, press->y, column_x(table, table->column_count), height, RULE);
	press->y += height;
}

/* --- a row that is higher than a page --- */

static bool piece_draw(struct press *press, const struct paper_table *table, struct group *group, bool *moved)
{
	double room = press->bottom - press->y, used = 0;
	bool done = true;

	*moved = false;
	tag_open(press, "TR");
	for (size_t i = 0; i < group->cell_count; i++) {
		struct set_cell *set = &group->cells[i];
		int before = set->line;
		tag_open(press, set->cell->head ? "TH" : "TD");
		double height = text_draw(press, set->layout, set->x + PAD, press->y + PAD, room - 2 * PAD,
		                          &set->line);
		tag_shut(press, set->cell->head ? "TH" : "TD");
		used = height > used ? height : used;
		*moved |= set->line > before;
		done &= set->line >= pango_layout_get_line_count(set->layout);
	}
	tag_shut(press, "TR");
	double height = done ? used + 2 * PAD : room;
	for (size_t i = 0; table->ruled && i < group->cell_count; i++)
		rule(press, group->cells[i].x, press->y, group->cells[i].width, height, RULE);
	press->y += height;
	return done;
}

static enum fail heads_press(struct press *press, const struct paper_table *table);

static enum fail long_row(struct press *press, const struct paper_table *table, struct group *group)
{
	bool moved;

	while (!piece_draw(press, table, group, &moved)) {
		if (!moved)
			return FAIL_TOO_LARGE;
		page_turn(press);
		TRY(heads_press(press, table));
	}
	return OK;
}

/* --- rows on pages --- */

/* The heads again on a new page; none when they would not leave half of it. */
static enum fail heads_press(struct press *press, const struct paper_table *table)
{
	for (size_t row = 0; row < table->head_rows;) {
		struct group group = group_set(press, table, row);
		group_measure(table, &group);
		if (press->y + rows_height(&group, 0, group.count) < (press->top + press->bottom) / 2)
			group_draw(press, table, &group);
		row += group.count;
		group_end(&group);
	}
	return OK;
}

static enum fail group_press(struct press *press, const struct paper_table *table, struct group *group)
{
	double height;

	group_measure(table, group);
	height = rows_height(group, 0, group->count);
	bool goes_on = group->count == 1 && height > press->bottom - press->top; /* needs several pages anyway */
	bool begins_here = goes_on && press->y + LEAST < press->bottom;
	if (press->y + height > press->bottom && !page_is_fresh(press) && !begins_here) {
		page_turn(press);
		if (group->first >= table->head_rows)
			TRY(heads_press(press, table));
	}
	if (press->y + height > press->bottom)
		return group->count == 1 ? long_row(press, table, group) : FAIL_TOO_LARGE;
	group_draw(press, table, group);
	return OK;
}

enum fail table_press(struct press *press, const struct paper_table *table)
{
	enum fail fail = OK;

	tag_open(press, "Table");
	for (size_t row = 0; row < table->row_count && fail == OK;) {
		struct group group = group_set(press, table, row);
		fail = group_press(press, table, &group);
		row += group.count;
		group_end(&group);
	}
	tag_shut(press, "Table");
	return fail;
}
