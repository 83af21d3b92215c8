#include "doors/cli/help.h"

#include "doors/language.h"

/* A line of text in troff: a leading dot or quote would be a request, a backslash an escape. */
static void man_text(struct buf *out, const char *text)
{
	bool fresh = true;

	for (; *text; text++) {
		if (fresh && (*text == '.' || *text == '\''))
			buf_add(out, STR("\\&"));
		if (*text == '\\')
			buf_add(out, STR("\\e"));
		else if (*text == '-')
			buf_add(out, STR("\\-"));
		else
			buf_byte(out, (uint8_t)*text);
		fresh = *text == '\n';
	}
	buf_byte(out, '\n');
}

static void man_entry(struct cli *cli, const char *name, const char *arg, const char *label)
{
	buf_add(&cli->out, STR(".TP\n.B "));
	man_text(&cli->out, name);
	if (arg) {
		buf_add(&cli->out, STR(".I "));
		man_text(&cli->out, arg);
	}
	man_text(&cli->out, cli_say(cli, label));
}

static void man_options(struct cli *cli, const struct option *options, size_t count)
{
	for (size_t i = 0; i < count && options[i].name; i++) {
		struct str name = str_printf(cli->arena, "--%s%s%s", options[i].name,
		                             options[i].arg ? " " : "", options[i].arg ? options[i].arg : "");
		man_entry(cli, name.at, NULL, options[i].label);
	}
}

static void man_section(struct cli *cli, const char *title)
{
	buf_printf(&cli->out, ".SH %s\n", title);
}

/* Help made of tables stands as it is: troff must not fill it. */
static void man_more(struct cli *cli, const struct verb *verb)
{
	struct buf page = cli->out;
	struct buf listing = buf_on(cli->arena);

	cli->out = listing;
	verb->more(cli, STR(""));
	buf_byte(&cli->out, 0);
	listing = cli->out;
	cli->out = page;
	man_section(cli, "LISTS");
	buf_add(&cli->out, STR(".nf\n"));
	man_text(&cli->out, listing.at);
	buf_add(&cli->out, STR(".fi\n"));
}

static void man_exits(struct cli *cli)
{
	man_section(cli, "EXIT STATUS");
	for (size_t i = 0; i < exit_rows_count; i++)
		man_entry(cli, str_printf(cli->arena, "%d", exit_rows[i].code).at, NULL, exit_rows[i].label);
}

static int man_program(struct cli *cli, struct verbs verbs)
{
	buf_add(&cli->out, STR(".TH YOUJU 1 \"\" \"youju\"\n"));
	man_section(cli, "NAME");
	buf_printf(&cli->out, "youju \\- %s\n",
	           cli_say(cli, N_("lawful look-ups that leave evidence")));
	man_section(cli, "SYNOPSIS");
	buf_add(&cli->out, STR(".B youju\n.I VERB\n[\\fIARGUMENTS\\fR]\n"));
	man_section(cli, "VERBS");
	for (size_t i = 0; i < verbs.count; i++)
		man_entry(cli, verbs.at[i].name, NULL, verbs.at[i].label);
	man_exits(cli);
	return EXIT_GRANTED;
}

int help_man(struct cli *cli, struct verbs verbs, const struct verb *verb)
{
	if (!verb)
		return man_program(cli, verbs);
	struct str upper = str_upper_ascii(cli->arena, str_from(verb->name));
	buf_printf(&cli->out, ".TH YOUJU\\-%.*s 1 \"\" \"youju\"\n", STR_FMT(upper));
	man_section(cli, "NAME");
	buf_printf(&cli->out, "youju\\-%s \\- ", verb->name);
	man_text(&cli->out, cli_say(cli, verb->label));
	man_section(cli, "SYNOPSIS");
	buf_printf(&cli->out, ".B youju %s\n", verb->name);
	man_text(&cli->out, verb->args);
	man_section(cli, "DESCRIPTION");
	man_text(&cli->out, cli_say(cli, *verb->text ? verb->text : verb->label));
	man_section(cli, "OPTIONS");
	man_options(cli, verb->options, VERB_OPTIONS_MAX);
	man_options(cli, common_options, common_options_count);
	if (verb->more)
		man_more(cli, verb);
	man_exits(cli);
	return EXIT_GRANTED;
}
