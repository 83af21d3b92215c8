#include "source/paste.h"

#include <stdlib.h>
#include <string.h>

#include "law/idno.h"

struct reader {
	struct arena *arena;
	const struct paste_ask *ask;
	const struct item_columns *item;
	struct date today;
	struct paste *paste;
	struct paste_problem *problems;
	struct str *cells;       /* of the rows so far */
	struct str *lines;       /* for repeated ones */
	size_t places[COLUMNS_MAX]; /* table form: which column stands at each tab */
	size_t place_count;
	size_t line;
	bool is_mixed;
};

static void problem_add(struct reader *reader, struct str column, const char *why)
{
	size_t n = reader->paste->problem_count++;

	if (n < PASTE_PROBLEMS_MAX)
		reader->problems[n] = (struct paste_problem){ reader->line, column, why };
}

static void line_unread(struct reader *reader, struct str column, const char *why)
{
	reader->paste->rows.unread_lines++;
	problem_add(reader, column, why);
}

/* --- whose records are these? --------------------------------------------------------------------------- */

static bool is_asked_number(const struct reader *reader, const char *text)
{
	for (size_t i = 0; i < reader->ask->number_count; i++)
		if (str_is(reader->ask->numbers[i].number, text))
			return true;
	return false;
}

/* Takes the next token off: what stands between blanks, tabs and full-width blanks. "" at the end. */
static struct str token_next(struct str *rest)
{
	static const struct str wide = STR_INIT("　");
	size_t len = 0;

	for (;;) {
		*rest = str_trim(*rest);
		if (!str_starts(*rest, wide))
			break;
		*rest = str_slice(*rest, wide.len, rest->len);
	}
	while (len < rest->len && rest->at[len] != ' ' && rest->at[len] != '\t' &&
	       !str_starts(str_slice(*rest, len, wide.len), wide))
		len++;
	struct str token = str_slice(*rest, 0, len);
	*rest = str_slice(*rest, len, rest->len);
	return token;
}

/* An identity number that holds its own check and was not asked for means another person. */
static bool names_another(const struct reader *reader, struct str line)
{
	for (struct str token = token_next(&line); token.len; token = token_next(&line)) {
		struct idno idno = idno_read(token, DATE_NONE);
		if (idno.fault == IDNO_FINE && !is_asked_number(reader, idno.text))
			return true;
	}
	return false;
}

/* --- crossings as lines --------------------------------------------------------------------------------- */

static struct str *row_cells(struct reader *reader)
{
	struct rows *rows = &reader->paste->rows;
	struct str *cells = reader->cells + rows->row_count * reader->item->count;

	for (size_t i = 0; i < reader->item->count; i++)
		cells[i] = STR("");
	return cells;
}

/* What was not granted, or breaks the column's form (a running number of many digits), stays out. */
static void cell_put(struct reader *reader, struct str *cells, const char *column, struct str cell)
{
	size_t i = column_find(reader->item, str_from(column));
	const char *why;

	if (reader->ask->columns & 1u << i && cell_check(&reader->item->columns[i], cell, &why) == OK)
		cells[i] = cell;
}

static bool direction_read(struct str token, struct str *out)
{
	for (int value = 1; value < direction_end; value++) {
		*out = word_code(&direction_words, value);
		if (str_is(token, word_zh(&direction_words, value)))
			return true;
	}
	return false;
}

/* The running number may be missing. */
static void crossing_read(struct reader *reader, struct str line)
{
	struct str rest = line, first = token_next(&rest), direction;
	struct str *cells = row_cells(reader);
	struct date date;
	const char *why;

	cell_put(reader, cells, "seq", first);
	if (!direction_read(first, &direction) && !direction_read(token_next(&rest), &direction)) {
		line_unread(reader, STR("direction"), N_("The line does not say 出境 or 入境 where it should."));
		return;
	}
	if (date_parse_input(token_next(&rest), reader->today, &date, &why) != OK) {
		line_unread(reader, STR("event_date"), why);
		return;
	}
	if (date.day > reader->today.day) {
		line_unread(reader, STR("event_date"), N_("The date lies ahead."));
		return;
	}
	cell_put(reader, cells, "direction", direction);
	cell_put(reader, cells, "event_date", str_printf(reader->arena, "%s", date_iso(date).text));
	reader->paste->rows.row_count++;
}

/* --- a table -------------------------------------------------------------------------------------------- */

static size_t column_named(const struct item_columns *item, struct str name)
{
	size_t i = 0;

	while (i < item->count && !str_eq(item->columns[i].name, name) && !str_is(name, item->columns[i].zh))
		i++;
	return i;
}

/* The first line names the columns when every cell of it is the name of one. */
static bool heads_table(struct reader *reader, struct str line)
{
	struct str rest = line, name;
	size_t count = 0;

	while (str_cut(&rest, '\t', &name)) {
		size_t column = column_named(reader->item, str_trim(name));
		if (column == reader->item->count || count == COLUMNS_MAX)
			return false;
		reader->places[count++] = column;
	}
	reader->place_count = count;
	return count > 0;
}

static void table_row_read(struct reader *reader, struct str line)
{
	struct str *cells = row_cells(reader), rest = line, typed;
	const char *why;

	for (size_t place = 0; place < reader->place_count; place++) {
		const struct column *column = &reader->item->columns[reader->places[place]];
		struct str cell = STR("");
		if (!str_cut(&rest, '\t', &typed))
			typed = STR("");
		if (cell_read(reader->arena, column, typed, reader->today, &cell, &why) != OK) {
			line_unread(reader, column->name, why);
			return;
		}
		if (reader->ask->columns & 1u << reader->places[place])
			cells[reader->places[place]] = cell;
	}
	if (rest.len) {
		line_unread(reader, STR(""), N_("The line has more cells than columns."));
		return;
	}
	for (size_t i = 0; i < reader->item->count; i++)
		if (reader->item->columns[i].required && cells[i].len == 0 &&
		    reader->ask->columns & 1u << i) {
			line_unread(reader, reader->item->columns[i].name, N_("This column must be filled in."));
			return;
		}
	reader->paste->rows.row_count++;
}

/* --- the whole text ----------------------------------------------------------------------------------- */

/* Without running numbers two equal lines may be two trips on one day: only numbered lines repeat. */
static bool is_repeated(struct reader *reader, struct str line)
{
	size_t before = reader->paste->line_count - 1;
	struct str rest = line;
	uint64_t number;

	reader->lines[before] = line;
	if (reader->item->item <= ITEM_2 && str_to_u64(token_next(&rest), &number) != OK)
		return false;
	for (size_t i = 0; i < before; i++)
		if (str_eq(reader->lines[i], line))
			return true;
	return false;
}

static enum fail line_read(struct reader *reader, struct str line)
{
	if (reader->paste->line_count == ROWS_MAX)
		return FAIL_TOO_LARGE;
	reader->paste->line_count++;
	if (names_another(reader, line)) {
		reader->is_mixed = true;
		line_unread(reader, STR(""), N_("The line holds another person's identity number."));
	} else if (is_repeated(reader, line)) {
		reader->paste->repeated_count++;
		problem_add(reader, STR(""), N_("The line repeats an earlier one and counts once."));
	} else if (reader->place_count) {
		table_row_read(reader, line);
	} else if (reader->item->item <= ITEM_2) {
		crossing_read(reader, line);
	} else {
		line_unread(reader, STR(""), N_("The first line must name the columns."));
	}
	return OK;
}

static enum fail text_read(struct reader *reader, struct str text)
{
	struct str line;
	bool is_first = true;

	while (str_cut(&text, '\n', &line)) {
		reader->line++;
		if (line.len && line.at[line.len - 1] == '\r')
			line.len--;
		if (str_trim(line).len == 0)
			continue;
		if (is_first && heads_table(reader, line)) {
			is_first = false;
			continue;
		}
		is_first = false;
		TRY(line_read(reader, line));
	}
	return OK;
}

struct dated { struct str date; size_t row; };

static int dated_compare(const void *a, const void *b)
{
	const struct dated *left = a, *right = b;
	int order = str_compare(left->date, right->date); /* ISO dates sort as text */

	return order ? order : left->row < right->row ? -1 : 1;
}

/* Rows of one date keep the order in which they were pasted. */
static void rows_sort_by_date(struct reader *reader)
{
	struct rows *rows = &reader->paste->rows;
	size_t width = reader->item->count, date = column_find(reader->item, STR("event_date"));

	rows->cells = reader->cells;
	if (date == width)
		return;
	struct dated *order = arena_array(reader->arena, struct dated, rows->row_count + 1);
	struct str *sorted = arena_array(reader->arena, struct str, rows->row_count * width + 1);
	for (size_t i = 0; i < rows->row_count; i++)
		order[i] = (struct dated){ rows_cell(rows, i, date), i };
	qsort(order, rows->row_count, sizeof *order, dated_compare);
	for (size_t i = 0; i < rows->row_count; i++)
		memcpy(sorted + i * width, reader->cells + order[i].row * width, width * sizeof *sorted);
	rows->cells = sorted;
}

static size_t lines_at_most(struct str text)
{
	size_t count = 1;

	for (size_t i = 0; i < text.len && count < ROWS_MAX; i++)
		count += text.at[i] == '\n';
	return count;
}

static struct rows envelope_of(const struct paste_ask *ask, struct date today)
{
	struct rows rows = rows_empty(ask->item, ask->outcome);

	rows.asked_at_ms = rows.answered_at_ms = ask->pasted_at_ms;
	if (ask->outcome == RESULT_NOT_ASKED)
		return rows;
	rows.columns = ask->columns;
	rows.data_as_of = today;
	rows.coverage_all = ask->is_history;
	rows.coverage_from = ask->is_history ? DATE_NONE : ask->first;
	rows.complete = true;
	return rows;
}

/* Does what the person says fit to what was pasted? */
static enum fail outcome_check(const struct reader *reader, const char **why_out)
{
	const struct paste *paste = reader->paste;
	bool is_found = reader->ask->outcome == RESULT_FOUND;

	*why_out = "These are records of more than one person. Paste the records of one person only.";
	if (reader->is_mixed)
		return FAIL_CONFLICT;
	*why_out = "Lines were pasted, but the result says that there are none. Correct one of them.";
	if (!is_found && paste->line_count)
		return FAIL_SYNTAX;
	*why_out = "No line could be read. Paste the lines as the agency's page shows them, or choose 查無資料.";
	if (is_found && paste->rows.row_count == 0)
		return FAIL_SYNTAX;
	*why_out = "";
	return OK;
}

enum fail paste_read(struct arena *arena, struct str text, const struct paste_ask *ask,
                     struct paste *out, const char **why_out)
{
	struct reader reader = { .arena = arena, .ask = ask, .item = columns_of(ask->item), .paste = out };
	size_t lines = lines_at_most(text);

	*out = (struct paste){ .rows = rows_empty(ask->item, RESULT_MALFORMED) };
	*why_out = "A person ends a look-up with found, not found or not looked up.";
	if (ask->outcome != RESULT_FOUND && ask->outcome != RESULT_NOT_FOUND &&
	    ask->outcome != RESULT_NOT_ASKED)
		return FAIL_SYNTAX;
	*why_out = "The pasted text is too long.";
	if (text.len > PASTE_MAX_BYTES)
		return FAIL_TOO_LARGE;
	reader.today = time_local_date(ask->pasted_at_ms);
	reader.cells = arena_array(arena, struct str, lines * reader.item->count);
	reader.lines = arena_array(arena, struct str, lines);
	reader.problems = arena_array(arena, struct paste_problem, PASTE_PROBLEMS_MAX);
	*out = (struct paste){ .rows = envelope_of(ask, reader.today), .digest = hash_bytes(text),
		                   .problems = reader.problems };
	out->rows.cells = reader.cells;
	*why_out = "The pasted text is not UTF-8.";
	if (!str_is_utf8(text))
		return FAIL_SYNTAX;
	*why_out = "There are more than 5000 lines.";
	TRY(text_read(&reader, text));
	rows_sort_by_date(&reader);
	return outcome_check(&reader, why_out);
}
