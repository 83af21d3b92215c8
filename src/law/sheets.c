#include "law/sheets.h"

static struct sheet_spec specs[SHEET_KIND_COUNT];

/* Columns whose name is not the name of their word list. */
static const struct word_list *words_of(struct str column)
{
	static const struct { const char *column; const struct word_list *words; } others[] = {
		{ "verdict", &answer_code_words },  { "last_verdict", &answer_code_words },
		{ "result", &result_class_words },  { "range", &query_range_words },
		{ "from_duty", &duty_words },       { "my_duty", &duty_words },
		{ "next_step", &application_step_words },
	};

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (str_is(column, others[i].column))
			return others[i].words;
	return word_list_find(column);
}

static void sheet_column(struct sheet_spec *spec, struct str name, enum column_kind kind, const char *label)
{
	assert(spec->column_count < SHEET_COLUMNS_MAX);
	struct column_spec column = { name, kind, label, NULL };
	if (kind == COLUMN_WORD) {
		column.words = words_of(name);
		assert(column.words);
	}
	spec->columns[spec->column_count++] = column;
}

static void sheet_filter(struct sheet_spec *spec, struct str name, enum filter_kind kind, const char *label)
{
	const struct word_list *words = kind == FILTER_WORD ? word_list_find(name) : NULL;

	assert(spec->filter_count < SHEET_FILTERS_MAX);
	assert((kind == FILTER_WORD) == (words != NULL));
	spec->filters[spec->filter_count++] = (struct filter_spec){ name, kind, label, words };
}

static void specs_make(void)
{
	if (specs[1].label)
		return;
	struct sheet_spec *spec = specs + 1;
#define SHEET(sheet, text, who, where, how)                                                        \
	*spec = (struct sheet_spec){ .name = STR(#sheet), .label = text, .duties = who,            \
		                     .scope = where, .flags = how };
#define FILTER(name, kind, label) sheet_filter(spec, STR(#name), kind, label);
#define COLUMN(name, kind, label) sheet_column(spec, STR(#name), kind, label);
#define SHEET_END(name) spec++;
#include "law/sheets.def"
#undef SHEET
#undef FILTER
#undef COLUMN
#undef SHEET_END
}

const struct sheet_spec *sheet_spec(enum sheet_kind kind)
{
	assert(kind > SHEET_NONE && kind < SHEET_KIND_COUNT);
	specs_make();
	return &specs[kind];
}

enum sheet_kind sheet_find(struct str name)
{
	specs_make();
	for (int kind = 1; kind < SHEET_KIND_COUNT; kind++)
		if (str_eq(specs[kind].name, name))
			return (enum sheet_kind)kind;
	return SHEET_NONE;
}

bool filter_is_personal(const struct filter_spec *filter, struct str value)
{
	uint64_t id;

	return filter->kind == FILTER_PERSON && value.len > 0 && str_hex_to_u64(value, &id) != OK;
}
