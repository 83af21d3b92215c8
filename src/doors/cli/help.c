#include "doors/cli/help.h"

#include "doors/language.h"
#include "law/commands.h"
#include "law/parameters.h"
#include "law/sheets.h"

const struct exit_row exit_rows[] = {
	{ EXIT_GRANTED, N_("granted, or done") },
	{ EXIT_FOUND, N_("a check or comparison found a difference") },
	{ EXIT_USAGE, N_("wrong arguments or fields; nothing was asked") },
	{ EXIT_REFUSED, N_("refused by the law; the refusal is in the log where the rules demand it") },
	{ EXIT_FAILED, N_("the machine or the data source failed") },
};
const size_t exit_rows_count = ARRAY_LEN(exit_rows);

enum { NAME_COLUMN = 24 };

static void row_put(struct cli *cli, struct str name, const char *label)
{
	buf_printf(&cli->out, "  %-*.*s %s\n", NAME_COLUMN, STR_FMT(name), cli_say(cli, label));
}

static void options_put(struct cli *cli, const struct option *options, size_t count)
{
	for (size_t i = 0; i < count && options[i].name; i++) {
		struct str name = str_printf(cli->arena, "--%s%s%s", options[i].name,
		                             options[i].arg ? " " : "", options[i].arg ? options[i].arg : "");
		row_put(cli, name, options[i].label);
	}
}

static void exits_put(struct cli *cli)
{
	buf_printf(&cli->out, "\n%s\n", cli_say(cli, N_("Exit codes:")));
	for (size_t i = 0; i < exit_rows_count; i++)
		row_put(cli, str_printf(cli->arena, "%d", exit_rows[i].code), exit_rows[i].label);
}

int help_verb(struct cli *cli, const struct verb *verb, struct str topic)
{
	buf_printf(&cli->out, "youju %s %s\n%s\n", verb->name, verb->args, cli_say(cli, verb->label));
	if (*verb->text)
		buf_printf(&cli->out, "\n%s\n", cli_say(cli, verb->text));
	buf_printf(&cli->out, "\n%s\n", cli_say(cli, N_("Options:")));
	options_put(cli, verb->options, VERB_OPTIONS_MAX);
	options_put(cli, common_options, common_options_count);
	if (verb->more && !verb->more(cli, topic))
		return cli_error(cli, topic, N_("There is no such topic."));
	exits_put(cli);
	return EXIT_GRANTED;
}

int help_all(struct cli *cli, struct verbs verbs)
{
	buf_printf(&cli->out, "youju\n%s\n\n%s\n",
	           cli_say(cli, N_("Every look-up has a legal basis, and leaves evidence.")),
	           cli_say(cli, N_("Verbs:")));
	for (size_t i = 0; i < verbs.count; i++)
		row_put(cli, str_from(verbs.at[i].name), verbs.at[i].label);
	buf_printf(&cli->out, "\n%s\n", cli_say(cli, N_("youju VERB --help explains one of them.")));
	exits_put(cli);
	return EXIT_GRANTED;
}

static const char *const kind_labels[] = {
	[FIELD_TEXT] = N_("text"),          [FIELD_INT] = N_("whole number"), [FIELD_BOOL] = N_("true or false"),
	[FIELD_DATE] = N_("date"),          [FIELD_TIME] = N_("time"),        [FIELD_WORD] = N_("one of"),
	[FIELD_TEXTS] = N_("list"),         [FIELD_ENTRY] = N_("entry number"),
	[FIELD_PERSON] = N_("person's 16 hexadecimal digits"),           [FIELD_DOCUMENT] = N_("document"),
	[FIELD_SECRET] = N_("secret: only as @FILE or @-"),
};

static void words_put(struct cli *cli, const struct word_list *list)
{
	for (int value = 1; value < list->end; value++)
		buf_printf(&cli->out, "      %-*.*s %s\n", NAME_COLUMN - 4, STR_FMT(word_code(list, value)),
		           cli->chinese ? word_zh(list, value) : word_en(list, value));
}

static void field_put(struct cli *cli, const struct field_spec *field)
{
	buf_printf(&cli->out, "  %-*.*s %s (%s%s%s)\n", NAME_COLUMN, STR_FMT(field->name),
	           cli_say(cli, field->label), cli_say(cli, kind_labels[field->kind]),
	           field->required ? ", " : "", field->required ? cli_say(cli, N_("required")) : "");
	if (field->words)
		words_put(cli, field->words);
}

static void duties_put(struct cli *cli, uint32_t duties)
{
	bool any = false;

	buf_printf(&cli->out, "  %-*s ", NAME_COLUMN, cli_say(cli, N_("Who may:")));
	for (int duty = 1; duty < duty_end; duty++) {
		if (!(duties & DUTY_BIT(duty)))
			continue;
		buf_printf(&cli->out, "%s%s", any ? ", " : "",
		           cli->chinese ? word_zh(&duty_words, duty) : word_en(&duty_words, duty));
		any = true;
	}
	buf_printf(&cli->out, "%s\n", any ? "" : cli_say(cli, N_("anybody with a card")));
}

static bool may_be_given(const struct command_spec *spec)
{
	return spec->door == DOOR_PEOPLE || spec->door == DOOR_CARD;
}

static void command_put(struct cli *cli, const struct command_spec *spec)
{
	buf_printf(&cli->out, "\n%.*s: %s\n", STR_FMT(spec->record.name), cli_say(cli, spec->record.label));
	duties_put(cli, spec->duties);
	for (size_t i = 0; i < spec->record.count; i++)
		field_put(cli, &spec->record.fields[i]);
}

bool help_commands(struct cli *cli, struct str topic)
{
	enum command_kind kind = command_find(topic);

	if (kind != COMMAND_NONE && may_be_given(command_spec(kind))) {
		command_put(cli, command_spec(kind));
		return true;
	}
	buf_printf(&cli->out, "\n%s\n", cli_say(cli, N_("Commands (youju do DIR COMMAND --help shows the fields):")));
	for (int each = 1; each < COMMAND_KIND_COUNT; each++) {
		const struct command_spec *spec = command_spec((enum command_kind)each);
		if (may_be_given(spec))
			row_put(cli, spec->record.name, spec->record.label);
	}
	return topic.len == 0;
}

static void sheet_put(struct cli *cli, const struct sheet_spec *spec)
{
	buf_printf(&cli->out, "\n%.*s: %s\n", STR_FMT(spec->name), cli_say(cli, spec->label));
	duties_put(cli, spec->duties);
	if (spec->flags & SHEET_PERSONAL)
		buf_printf(&cli->out, "  %s\n", cli_say(cli, N_("Reading this list is itself recorded in the log.")));
	if (spec->filter_count)
		buf_printf(&cli->out, " %s\n", cli_say(cli, N_("Filters:")));
	for (size_t i = 0; i < spec->filter_count; i++) {
		row_put(cli, spec->filters[i].name, spec->filters[i].label);
		if (spec->filters[i].words)
			words_put(cli, spec->filters[i].words);
	}
	buf_printf(&cli->out, " %s\n", cli_say(cli, N_("Columns:")));
	for (size_t i = 0; i < spec->column_count; i++)
		row_put(cli, spec->columns[i].name, spec->columns[i].label);
}

bool help_sheets(struct cli *cli, struct str topic)
{
	enum sheet_kind kind = sheet_find(topic);

	if (kind != SHEET_NONE) {
		sheet_put(cli, sheet_spec(kind));
		return true;
	}
	buf_printf(&cli->out, "\n%s\n", cli_say(cli, N_("Lists (youju show DIR LIST --help shows the columns):")));
	for (int each = 1; each < SHEET_KIND_COUNT; each++)
		row_put(cli, sheet_spec((enum sheet_kind)each)->name, sheet_spec((enum sheet_kind)each)->label);
	return topic.len == 0;
}
