#include "doors/cli/letter.h"

#include "doors/cli/grid.h"
#include "doors/language.h"
#include "law/residence.h"

enum { LABEL_CELLS = 24 };

enum part_kind { PART_WORD, PART_REASONS, PART_DAYS, PART_SPAN, PART_DATE, PART_TEXT, PART_NUMBER };

static const struct part {
	const char *key;
	enum part_kind kind;
	const struct word_list *words; /* of PART_WORD */
	const char *label;
} parts[] = {
	{ "verdict", PART_WORD, &answer_code_words, N_("Answer") },
	{ "provisional", PART_WORD, &answer_code_words, N_("The plain count alone says") },
	{ "reasons", PART_REASONS, NULL, N_("Reasons") },
	{ "days", PART_DAYS, NULL, N_("Days in the country") },
	{ "convention", PART_TEXT, NULL, N_("Counted by") },
	{ "bounds", PART_SPAN, NULL, N_("Least and most days") },
	{ "window", PART_SPAN, NULL, N_("Year looked at") },
	{ "anchor", PART_DATE, NULL, N_("Anchor date") },
	{ "next_flip", PART_DATE, NULL, N_("The answer would change on") },
	{ "data_as_of", PART_DATE, NULL, N_("Records as of") },
	{ "result", PART_WORD, &result_class_words, N_("Result of the source") },
	{ "row_count", PART_NUMBER, NULL, N_("Rows") },
	{ "rule", PART_TEXT, NULL, N_("Rule version") },
	{ "letter", PART_TEXT, NULL, N_("Sentence for the decision letter") },
};

void letter_line(struct cli *cli, const char *label, struct str value)
{
	const char *said = cli_say(cli, label);

	if (value.len == 0)
		return;
	buf_printf(&cli->out, "  %s:", said);
	for (size_t have = text_width(str_from(said)); have < LABEL_CELLS; have++)
		buf_byte(&cli->out, ' ');
	buf_byte(&cli->out, ' ');
	grid_cell(&cli->out, value);
	buf_byte(&cli->out, '\n');
}

static struct str word_said(struct cli *cli, const struct word_list *words, struct str code)
{
	int value;

	if (word_find(words, code, &value) != OK)
		return code;
	return str_from(cli->chinese ? word_zh(words, value) : word_en(words, value));
}

static struct str date_said(struct cli *cli, struct str text)
{
	struct date date;

	if (!cli->chinese || date_parse_iso(text, &date) != OK)
		return text;
	return str_copy(cli->arena, str_from(date_roc(date).text));
}

/* The official term in Chinese; in English the code reads well enough with blanks. */
static void reason_add(struct cli *cli, struct buf *out, struct str code)
{
	size_t at = residence_word_find(residence_reason_words, REVIEW_COUNT, code);

	if (cli->chinese && at < REVIEW_COUNT) {
		buf_add(out, residence_reason_words[at].zh);
		return;
	}
	for (size_t i = 0; i < code.len; i++)
		buf_byte(out, code.at[i] == '_' ? ' ' : (uint8_t)code.at[i]);
}

static void plain_add(struct cli *cli, struct buf *out, const struct json *value)
{
	if (value->kind == JSON_IS_STR)
		buf_add(out, date_said(cli, value->text));
	else if (value->kind == JSON_IS_INT)
		buf_i64(out, value->n);
	else if (value->kind == JSON_IS_BOOL)
		buf_add(out, str_from(cli_say(cli, value->boolean ? N_("yes") : N_("no"))));
	else
		buf_byte(out, '-');
}

/* [first, last], or one value. */
static void span_add(struct cli *cli, struct buf *out, const struct json *value)
{
	if (value->kind != JSON_IS_ARRAY) {
		plain_add(cli, out, value);
		return;
	}
	for (size_t i = 0; i < value->count; i++) {
		if (i)
			buf_add(out, STR(" – "));
		plain_add(cli, out, &value->items[i]);
	}
}

/* {"A":184,"B":[179,190],…} */
static void days_add(struct cli *cli, struct buf *out, const struct json *days)
{
	for (size_t i = 0; days->kind == JSON_IS_OBJECT && i < days->count; i++) {
		if (i)
			buf_add(out, STR(", "));
		buf_add(out, days->keys[i]);
		buf_byte(out, ' ');
		span_add(cli, out, &days->items[i]);
	}
}

static void reasons_add(struct cli *cli, struct buf *out, const struct json *reasons)
{
	for (size_t i = 0; reasons->kind == JSON_IS_ARRAY && i < reasons->count; i++) {
		if (i)
			buf_add(out, cli->chinese ? STR("；") : STR("; "));
		reason_add(cli, out, reasons->items[i].text);
	}
}

static struct str part_said(struct cli *cli, const struct part *part, const struct json *value)
{
	struct buf out = buf_on(cli->arena);

	switch (part->kind) {
	case PART_WORD:
		return word_said(cli, part->words, value->text);
	case PART_REASONS:
		reasons_add(cli, &out, value);
		break;
	case PART_DAYS:
		days_add(cli, &out, value);
		break;
	case PART_SPAN:
		span_add(cli, &out, value);
		break;
	case PART_DATE:
	case PART_TEXT:
	case PART_NUMBER:
		plain_add(cli, &out, value);
		break;
	}
	return buf_str(&out);
}

/* Released records: "columns" names them, "rows" holds their cells. */
static void rows_put(struct cli *cli, const struct json *columns, const struct json *rows)
{
	struct str names[SHEET_COLUMN_LIMIT];

	if (!columns || !rows || columns->count == 0 || columns->count > SHEET_COLUMN_LIMIT)
		return;
	for (size_t i = 0; i < columns->count; i++)
		names[i] = columns->items[i].text;
	struct sheet sheet = sheet_new(cli->arena, STR("rows"), names, columns->count);
	for (size_t row = 0; row < rows->count; row++) {
		struct str *cells = sheet_row_add(cli->arena, &sheet);
		for (size_t i = 0; i < columns->count && i < rows->items[row].count; i++)
			cells[i] = rows->items[row].items[i].text;
	}
	buf_byte(&cli->out, '\n');
	grid_text(&cli->out, &sheet, NULL);
	buf_byte(&cli->out, '\n');
}

static bool object_read(struct cli *cli, struct str text, struct json *out)
{
	return text.len && json_read(cli->arena, text, out) == OK && out->kind == JSON_IS_OBJECT;
}

void letter_answer(struct cli *cli, struct str answer)
{
	struct json object;

	if (!object_read(cli, answer, &object))
		return;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		const struct json *value = json_member(&object, str_from(parts[i].key));
		if (value)
			letter_line(cli, parts[i].label, part_said(cli, &parts[i], value));
	}
	rows_put(cli, json_member(&object, STR("columns")), json_member(&object, STR("rows")));
}

void letter_day_table(struct cli *cli, struct str day_table)
{
	struct str names[] = { STR("out"), STR("in"), STR("absent_days") };
	struct str titles[] = { str_from(cli_say(cli, N_("Exit"))), str_from(cli_say(cli, N_("Entry into the country"))),
		                str_from(cli_say(cli, N_("Days absent"))) };
	struct json object;

	if (!object_read(cli, day_table, &object))
		return;
	const struct json *trips = json_member(&object, STR("trips"));
	struct sheet sheet = sheet_new(cli->arena, STR("trips"), names, ARRAY_LEN(names));
	for (size_t row = 0; trips && row < trips->count; row++) {
		struct str *cells = sheet_row_add(cli->arena, &sheet);
		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			const struct json *cell = json_member(&trips->items[row], names[i]);
			struct buf out = buf_on(cli->arena);
			if (cell)
				plain_add(cli, &out, cell);
			cells[i] = buf_str(&out);
		}
	}
	buf_byte(&cli->out, '\n');
	grid_text(&cli->out, &sheet, titles);
	buf_byte(&cli->out, '\n');
}
