#include "doors/cli/verbs.h"

#include <string.h>

#include "doors/cli/ask.h"
#include "doors/cli/grid.h"
#include "doors/cli/letter.h"
#include "doors/cli/reply.h"
#include "doors/cli/values.h"
#include "doors/language.h"
#include "law/events.h"
#include "law/refusals.h"
#include "law/sheets.h"

static struct str date_said(struct cli *cli, struct str cell)
{
	struct date date;

	if (!cli->chinese || date_parse_iso(cell, &date) != OK)
		return cell;
	return str_copy(cli->arena, str_from(date_roc(date).text));
}

static struct str time_said(struct cli *cli, struct str cell)
{
	int64_t at_ms;

	if (time_parse_utc(cell, &at_ms) != OK)
		return cell;
	if (cli->chinese)
		return str_copy(cli->arena, str_from(time_roc(at_ms).text));
	int minute = time_local_minute(at_ms);
	return str_printf(cli->arena, "%s %02d:%02d", date_iso(time_local_date(at_ms)).text, minute / 60,
	                  minute % 60);
}

static struct str word_said(struct cli *cli, const struct word_list *words, struct str cell)
{
	int value;

	if (!words || word_find(words, cell, &value) != OK)
		return cell;
	return str_from(cli->chinese ? word_zh(words, value) : word_en(words, value));
}

/* list:code, with commas between where there are several. */
static struct str coded_said(struct cli *cli, struct str cell)
{
	struct buf out = buf_on(cli->arena);
	struct str rest = cell, code, list;

	while (rest.len && str_cut(&rest, ',', &code)) {
		bool known = str_cut(&code, ':', &list);
		if (out.len)
			buf_add(&out, STR("; "));
		buf_add(&out, known ? word_said(cli, word_list_find(list), code) : list);
	}
	return buf_str(&out);
}

/* The kind of an entry, or a text of ours. */
static struct str label_said(struct cli *cli, struct str cell)
{
	enum event_kind event = event_find(cell);

	return str_from(cli_say(cli, event == EVENT_NONE ? str_c(cli->arena, cell) : event_spec(event)->label));
}

static struct str cell_said(struct cli *cli, const struct column_spec *column, struct str cell)
{
	switch (column->kind) {
	case COLUMN_TEXT:
	case COLUMN_INT:
	case COLUMN_ENTRY:
	case COLUMN_OFFICE:
	case COLUMN_PERSON:
	case COLUMN_HOLDER:
		return cell;
	case COLUMN_BOOL:
		if (cell.len == 0)
			return cell;
		return str_from(cli_say(cli, str_is(cell, "true") || str_is(cell, "1") ? N_("yes") : N_("no")));
	case COLUMN_DATE:
		return date_said(cli, cell);
	case COLUMN_TIME:
		return time_said(cli, cell);
	case COLUMN_WORD:
		return word_said(cli, column->words, cell);
	case COLUMN_REFUSAL:
		if (refusal_find(cell) == REFUSED_NOT)
			return cell;
		return str_from(cli_say(cli, refusal_spec(refusal_find(cell))->what));
	case COLUMN_CODED:
		return coded_said(cli, cell);
	case COLUMN_DOCUMENT:
	case COLUMN_FILE:
		return cell;
	case COLUMN_LABEL:
		return label_said(cli, cell);
	}
	return cell;
}

static const struct column_spec *column_of(const struct sheet_spec *spec, struct str name)
{
	for (size_t i = 0; i < spec->column_count; i++)
		if (str_eq(spec->columns[i].name, name))
			return &spec->columns[i];
	return NULL;
}

static void table_put(struct cli *cli, const struct sheet_spec *spec, const struct sheet *sheet)
{
	struct sheet said = sheet_new(cli->arena, sheet->name, sheet->columns, sheet->column_count);
	struct str titles[SHEET_COLUMN_LIMIT];

	for (size_t i = 0; i < sheet->column_count; i++) {
		const struct column_spec *column = column_of(spec, sheet->columns[i]);
		titles[i] = column ? str_from(cli_say(cli, column->label)) : sheet->columns[i];
	}
	for (size_t row = 0; row < sheet->row_count; row++) {
		struct str *cells = sheet_row_add(cli->arena, &said);
		for (size_t i = 0; i < sheet->column_count; i++) {
			const struct column_spec *column = column_of(spec, sheet->columns[i]);
			struct str cell = sheet->cells[row * sheet->column_count + i];
			cells[i] = column ? cell_said(cli, column, cell) : cell;
		}
	}
	grid_text(&cli->out, &said, titles);
}

static void sheet_put(struct cli *cli, const struct sheet_spec *spec, const struct message *reply,
                      const struct sheet *sheet)
{
	struct str next = message_get(reply, "next");
	struct json_out json = json_to(&cli->out);

	if (cli_option(cli, "csv")) {
		grid_csv(&cli->out, sheet);
		return;
	}
	if (!cli->json) {
		table_put(cli, spec, sheet);
		letter_line(cli, N_("Entry"), message_get(reply, "entry"));
		letter_line(cli, N_("More rows: --after"), next);
		return;
	}
	json_put_object(&json);
	json_put_key(&json, STR("sheet"));
	json_put_str(&json, spec->name);
	json_put_key(&json, STR("rows"));
	grid_json(&json, sheet);
	json_put_key(&json, STR("next"));
	if (next.len)
		json_put_str(&json, next);
	else
		json_put_null(&json);
	json_put_object_end(&json);
	buf_byte(&cli->out, '\n');
}

int verb_show(struct cli *cli)
{
	enum sheet_kind kind = sheet_find(cli->args[1]);
	struct message ask = message_new(cli->arena, MESSAGE_SHEET, 0), reply;
	struct pair pairs[VALUES_MAX];
	const char *after = cli_option(cli, "after"), *limit = cli_option(cli, "limit");
	size_t count;

	if (kind == SHEET_NONE)
		return cli_error(cli, cli->args[1], N_("There is no such list; youju show --help names them."));
	if (!values_read(cli, NULL, 2, pairs, &count))
		return EXIT_USAGE;
	message_put(&ask, "sheet", sheet_spec(kind)->name);
	if (after)
		message_put(&ask, "after", str_from(after));
	if (limit)
		message_put(&ask, "limit", str_from(limit));
	for (size_t i = 0; i < count; i++)
		message_field(&ask, pairs[i].name, pairs[i].text);
	int code = ask_keeper(cli, str_c(cli->arena, cli->args[0]), &ask, &reply);
	if (code != EXIT_GRANTED)
		return code;
	const struct sheet *sheet = message_sheet_named(&reply, cli->args[1].at);
	if (reply_code(&reply) != EXIT_GRANTED || !sheet)
		return reply_put(cli, &reply);
	sheet_put(cli, sheet_spec(kind), &reply, sheet);
	return EXIT_GRANTED;
}
