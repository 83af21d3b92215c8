#include "keeper/sheets.h"

#include "keeper/facts_parts.h"
#include "law/holder.h"
#include "law/idno.h"

enum { FIXED_VALUES = 7, SEARCH_ROWS_MAX = 100000, PERSON_CHARS = 16 };

/* What is handed over is the task list of whoever hands over: the same statement for another person. */
#define TABLES_sheet_handover TABLES_sheet_my_tasks

static const int statements[SHEET_KIND_COUNT] = {
#define SHEET(name, label, duties, scope, flags) [SHEET_##name] = TABLES_sheet_##name,
#define FILTER(name, kind, label)
#define COLUMN(name, kind, label)
#define SHEET_END(name)
#include "law/sheets.def"
#undef SHEET
#undef FILTER
#undef COLUMN
#undef SHEET_END
};

/* Each person is opened once a page. */
struct names {
	size_t count;
	struct { uint64_t person; struct str shown; } at[SHEET_PAGE_ROWS];
};

/* The page goes on without the name of somebody whose details were destroyed. */
static enum fail person_shown(struct facts_context *context, uint64_t person, struct names *names,
                              struct str *out)
{
	struct str name;

	for (size_t i = 0; i < names->count; i++)
		if (names->at[i].person == person) {
			*out = names->at[i].shown;
			return OK;
		}
	TRY(load_name(context, (struct person_id){ person }, &name));
	*out = str_printf(context->arena, name.len ? "%016llx %.*s" : "%016llx", (unsigned long long)person,
	                  STR_FMT(name));
	if (names->count < SHEET_PAGE_ROWS) {
		names->at[names->count].person = person;
		names->at[names->count++].shown = *out;
	}
	return OK;
}

static struct str number_shown(struct arena *arena, enum column_kind kind, int64_t n)
{
	switch (kind) {
	case COLUMN_BOOL:
		return n ? STR("true") : STR("false");
	case COLUMN_DATE:
		return str_copy(arena, str_from(date_iso((struct date){ (int32_t)n }).text));
	case COLUMN_TIME:
		return str_copy(arena, str_from(time_utc(n).text));
	case COLUMN_PERSON:
		return str_hex16(arena, (uint64_t)n);
	case COLUMN_TEXT:
	case COLUMN_INT:
	case COLUMN_ENTRY:
	case COLUMN_WORD:
	case COLUMN_OFFICE:
	case COLUMN_REFUSAL:
	case COLUMN_LABEL:
	case COLUMN_CODED:
	case COLUMN_DOCUMENT:
	case COLUMN_FILE:
	case COLUMN_HOLDER:
		break;
	}
	return str_i64(arena, n);
}

/* "number:digest" as the statement gives it; a document that was destroyed leaves an empty cell. */
static enum fail document_shown(struct facts_context *context, enum column_kind kind, struct str cell,
                                struct str *out)
{
	struct str digest = cell, number, content;
	int64_t id;

	if (!str_cut(&digest, ':', &number) || str_to_i64(number, &id) != OK)
		return FAIL_CORRUPT;
	enum fail fail = load_document(context, (uint64_t)id, digest, &content);
	*out = STR("");
	if (fail == OK)
		*out = kind == COLUMN_FILE ? base64_text(context->arena, content.at, content.len) : content;
	return fail == FAIL_NOT_FOUND ? OK : fail;
}

static bool is_document(enum column_kind kind)
{
	return kind == COLUMN_DOCUMENT || kind == COLUMN_FILE;
}

static enum fail holder_shown(struct facts_context *context, struct str cell, struct str *out)
{
	struct holder holder;
	struct str text;

	TRY(document_shown(context, COLUMN_DOCUMENT, cell, &text));
	*out = STR("");
	if (!text.len)
		return OK;
	if (holder_read(context->arena, text, &holder) != OK)
		return FAIL_CORRUPT;
	*out = str_printf(context->arena, "%.*s ******%.*s", STR_FMT(holder.name), STR_FMT(holder.last_four));
	return OK;
}

static enum fail cell_of(struct facts_context *context, const struct sheet_spec *spec,
                         const struct rows_found *rows, int column, struct names *names, struct str *out)
{
	enum column_kind kind = spec->columns[column].kind;

	if (rows_is_null(rows, column)) {
		*out = STR("");
		return OK;
	}
	if (is_document(kind) && spec->flags & SHEET_PERSONAL)
		return document_shown(context, kind, rows_text(rows, column), out);
	if (kind == COLUMN_HOLDER)
		return holder_shown(context, rows_text(rows, column), out);
	if (rows_kind(rows, column) == STORE_TEXT) {
		*out = rows_copy(rows, column, context->arena);
		return OK;
	}
	if (kind == COLUMN_PERSON && spec->flags & SHEET_PERSONAL)
		return person_shown(context, (uint64_t)rows_i64(rows, column), names, out);
	*out = number_shown(context->arena, kind, rows_i64(rows, column));
	return OK;
}

static struct str filter_text(const struct sheet_asked *asked, struct str name)
{
	struct str text = STR("");

	for (size_t i = 0; i < asked->filter_count; i++)
		if (str_eq(asked->filters[i].name, name))
			text = str_trim(asked->filters[i].text);
	return text;
}

/* A filter that names an entry or a person comes as text and is compared as a number. */
static struct store_value filter_value(const struct sheet_asked *asked, const struct filter_spec *filter)
{
	struct str text = filter_text(asked, filter->name);
	uint64_t n;

	if ((filter->kind == FILTER_ENTRY || filter->kind == FILTER_KEY) && str_to_u64(text, &n) == OK)
		return (struct store_value){ filter->name, STORE_INT, (int64_t)n, STR("") };
	if (filter->kind == FILTER_PERSON && str_hex_to_u64(text, &n) == OK)
		return (struct store_value){ filter->name, STORE_INT, (int64_t)n, STR("") };
	return (struct store_value){ filter->name, STORE_TEXT, 0, text };
}

/* Cards that expire until then are to be renewed. */
static enum fail notice_day_find(struct facts_context *context, struct date today, struct date *out)
{
	struct parameters parameters;

	TRY(facts_parameters(context, today, &parameters));
	*out = date_add(today, (int32_t)parameter_int(&parameters, PARAMETER_CARD_EXPIRY_NOTICE_DAYS));
	return OK;
}

static int64_t limit_of(const struct sheet_asked *asked)
{
	return asked->limit_rows > 0 && asked->limit_rows < SHEET_PAGE_ROWS ? asked->limit_rows
									    : SHEET_PAGE_ROWS;
}

/* Whom a list is searched for: part of a name, an identity number, or the person's own id. Names stand
 * in the vault only, so they are compared row by row. */
struct wanted {
	bool any;
	int column;       /* of the person; -1: the statement itself compares */
	struct str name;  /* "" when a number or an id was typed */
	uint64_t person;
};

static enum fail wanted_read(struct facts_context *context, const struct sheet_asked *asked, struct wanted *out)
{
	struct str text = filter_text(asked, STR("person"));
	struct idno number = idno_read(text, asked->today);
	struct wanted wanted = { .any = text.len == 0, .column = -1, .name = STR("") };
	struct person_id person = { 0 };

	for (size_t i = 0; i < asked->spec->column_count; i++)
		if (str_is(asked->spec->columns[i].name, "person"))
			wanted.column = (int)i;
	if (wanted.any || wanted.column < 0 || str_hex_to_u64(text, &wanted.person) == OK) {
		*out = wanted;
		return OK;
	}
	if (number.fault == IDNO_FINE)
		TRY(load_person_of_number(context, idno_tagged(context->arena, &number), &person));
	if (!person.n)
		wanted.name = text; /* a Latin name may look like a passport number */
	wanted.person = person.n;
	*out = wanted;
	return OK;
}

static enum fail is_wanted(struct facts_context *context, const struct wanted *wanted, const struct rows_found *rows,
                           struct names *names, bool *out)
{
	struct str shown;
	uint64_t person;
	size_t at;

	*out = wanted->any || wanted->column < 0;
	if (*out || rows_is_null(rows, wanted->column))
		return OK;
	person = (uint64_t)rows_i64(rows, wanted->column);
	if (wanted->name.len == 0) {
		*out = person == wanted->person;
		return OK;
	}
	TRY(person_shown(context, person, names, &shown));
	*out = shown.len > PERSON_CHARS && str_find(str_slice(shown, PERSON_CHARS, shown.len), wanted->name, &at);
	return OK;
}

/* One row more than the page holds tells whether another page follows. */
static enum fail ask_rows(struct facts_context *context, enum sheet_kind kind, const struct sheet_asked *asked,
                          bool search, struct rows_found *out)
{
	struct store_value values[FIXED_VALUES + SHEET_FILTERS_MAX];
	size_t count = 0;
	struct date notice_day;

	TRY(notice_day_find(context, asked->today, &notice_day));
	values[count++] = VALUE_INT("me", asked->me.n);
	values[count++] = VALUE_TEXT("office", asked->office.len ? asked->office : STR(""));
	values[count++] = VALUE_INT("after", asked->after);
	values[count++] = VALUE_INT("limit_rows", search ? SEARCH_ROWS_MAX : limit_of(asked) + 1);
	values[count++] = VALUE_INT("today", asked->today.day);
	values[count++] = VALUE_INT("now", asked->now_ms);
	values[count++] = VALUE_INT("notice_day", notice_day.day);
	for (size_t i = 0; i < asked->spec->filter_count; i++)
		values[count++] = filter_value(asked, &asked->spec->filters[i]);
	return store_ask(context->tables, statements[kind], (struct store_values){ values, count }, out);
}

static int column_of(const struct sheet_spec *spec, const char *name)
{
	int column = 0;

	while (!str_is(spec->columns[column].name, name))
		column++;
	return column;
}

enum fail tasks_count(struct facts_context *context, struct person_id person, int64_t now_ms, struct task_count *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	const struct sheet_asked asked = { .spec = sheet_spec(SHEET_my_tasks), .me = person, .office = STR(""),
		                           .today = time_local_date(now_ms), .now_ms = now_ms };
	int overdue = column_of(asked.spec, "overdue");
	struct task_count count = { 0 };

	TRY(ask_rows(context, SHEET_my_tasks, &asked, true, &rows));
	for (; rows_next(&rows); count.tasks++)
		count.overdue += rows_i64(&rows, overdue);
	*out = count;
	return rows_fail(&rows);
}

static struct sheet sheet_begin(struct arena *arena, const struct sheet_spec *spec)
{
	struct str columns[SHEET_COLUMNS_MAX];

	for (size_t i = 0; i < spec->column_count; i++)
		columns[i] = spec->columns[i].name;
	return sheet_new(arena, spec->name, columns, spec->column_count);
}

enum fail sheet_load(struct facts_context *context, const struct sheet_asked *asked, struct sheet *out,
                     int64_t *next_out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	const struct sheet_spec *spec = asked->spec;
	struct sheet sheet = sheet_begin(context->arena, spec);
	struct names names = { 0 };
	struct wanted wanted;
	int64_t last = 0, next = 0;
	bool take;

	TRY(wanted_read(context, asked, &wanted));
	TRY(ask_rows(context, sheet_find(spec->name), asked, !wanted.any && wanted.column >= 0, &rows));
	assert((size_t)rows_columns(&rows) == spec->column_count);
	while (next == 0 && rows_next(&rows)) {
		TRY(is_wanted(context, &wanted, &rows, &names, &take));
		if (!take)
			continue;
		if ((int64_t)sheet.row_count == limit_of(asked)) {
			next = last;
			break;
		}
		struct str *cells = sheet_row_add(context->arena, &sheet);
		for (size_t i = 0; i < spec->column_count; i++)
			TRY(cell_of(context, spec, &rows, (int)i, &names, &cells[i]));
		last = rows_i64(&rows, 0);
	}
	TRY(rows_fail(&rows));
	*out = sheet;
	*next_out = next;
	return OK;
}
