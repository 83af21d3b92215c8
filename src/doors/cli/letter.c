#include "doors/cli/letter.h"

#include "doors/cli/grid.h"
#include "law/words.h"

enum { LABEL_CELLS = 18 };

/* Members that have a name for people; the others stand under their own. */
static const struct { const char *key, *label; } labels[] = {
	{ "verdict", "Answer" },
	{ "provisional", "Provisional" },
	{ "sentence", "For the letter" },
	{ "reasons", "Reasons" },
	{ "days", "Days in the country" },
	{ "window", "Window" },
	{ "anchor", "Anchor date" },
	{ "bounds", "Least and most days" },
	{ "next_flip", "Answer changes on" },
	{ "rule", "Rule version" },
	{ "data_as_of", "Data as of" },
	{ "result", "Result of the source" },
	{ "row_count", "Rows" },
	{ "fields", "Columns released" },
	{ "review_by", "Review due" },
	{ "due", "Due" },
};

static const char *label_of(struct str key)
{
	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (str_is(key, labels[i].key))
			return labels[i].label;
	return NULL;
}

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

static struct str word_of(struct cli *cli, struct str code)
{
	int value;

	if (word_find(&answer_code_words, code, &value) == OK)
		return str_from(cli->chinese ? word_zh(&answer_code_words, value)
		                             : word_en(&answer_code_words, value));
	return code;
}

static bool is_plain(const struct json *value)
{
	return value->kind != JSON_IS_ARRAY && value->kind != JSON_IS_OBJECT;
}

static void value_add(struct cli *cli, struct buf *out, const struct json *value)
{
	switch (value->kind) {
	case JSON_IS_NULL:
		buf_add(out, STR("-"));
		return;
	case JSON_IS_BOOL:
		buf_add(out, str_from(cli_say(cli, value->boolean ? "yes" : "no")));
		return;
	case JSON_IS_INT:
		buf_i64(out, value->n);
		return;
	case JSON_IS_STR:
		buf_add(out, word_of(cli, value->text));
		return;
	case JSON_IS_ARRAY:
	case JSON_IS_OBJECT:
		break;
	}
	for (size_t i = 0; i < value->count; i++) {
		if (i)
			buf_add(out, STR(", "));
		if (value->kind == JSON_IS_OBJECT) {
			buf_add(out, value->keys[i]);
			buf_byte(out, ' ');
		}
		value_add(cli, out, &value->items[i]);
	}
}

static struct str value_text(struct cli *cli, const struct json *value)
{
	struct buf text = buf_on(cli->arena);

	value_add(cli, &text, value);
	return buf_str(&text);
}

static bool is_table(const struct json *value)
{
	return value->kind == JSON_IS_ARRAY && value->count && value->items[0].kind == JSON_IS_OBJECT &&
	       value->items[0].count && value->items[0].count <= SHEET_COLUMN_LIMIT;
}

static void table_put(struct cli *cli, struct str name, const struct json *rows)
{
	const struct json *first = &rows->items[0];
	struct sheet sheet = sheet_new(cli->arena, name, first->keys, first->count);

	for (size_t row = 0; row < rows->count; row++) {
		struct str *cells = sheet_row_add(cli->arena, &sheet);
		for (size_t i = 0; i < first->count; i++) {
			const struct json *cell = json_member(&rows->items[row], first->keys[i]);
			if (cell)
				cells[i] = value_text(cli, cell);
		}
	}
	buf_byte(&cli->out, '\n');
	grid_text(&cli->out, &sheet, NULL);
}

void letter_put(struct cli *cli, struct str json)
{
	struct json object;

	if (json.len == 0 || json_read(cli->arena, json, &object) != OK || object.kind != JSON_IS_OBJECT)
		return;
	for (size_t i = 0; i < object.count; i++) {
		const struct json *value = &object.items[i];
		const char *label = label_of(object.keys[i]);
		if (is_table(value))
			table_put(cli, object.keys[i], value);
		else if (is_plain(value) || value->count)
			letter_line(cli, label ? label : str_c(cli->arena, object.keys[i]), value_text(cli, value));
	}
}
