#include "doors/cli/verbs.h"

#include "base/csv.h"
#include "base/file.h"
#include "doors/cli/ask.h"
#include "doors/cli/reply.h"
#include "doors/cli/together.h"
#include "doors/cli/values.h"
#include "doors/language.h"

static const char NO_COMMAND[] = N_("There is no such command; youju do --help lists them.");

static bool is_of_people(enum command_kind kind)
{
	if (kind == COMMAND_NONE)
		return false;
	enum command_door door = command_spec(kind)->door;
	return door == DOOR_PEOPLE || door == DOOR_CARD;
}

/* Names and completeness, before anybody types a PIN; the keeper judges the values. */
static bool names_hold(struct cli *cli, const struct record_spec *spec, const struct pair *pairs, size_t count)
{
	bool hold = true;

	for (size_t i = 0; i < count; i++)
		if (!record_field(spec, pairs[i].name)) {
			cli_error(cli, pairs[i].name, N_("This command has no such field."));
			hold = false;
		}
	for (size_t field = 0; field < spec->count; field++) {
		bool given = !spec->fields[field].required;
		for (size_t i = 0; i < count; i++)
			given |= str_eq(pairs[i].name, spec->fields[field].name);
		if (!given) {
			cli_error(cli, spec->fields[field].name, N_("This field is required."));
			hold = false;
		}
	}
	return hold;
}

/* After sign_in and sign_out the session file follows. */
static int session_follow(struct cli *cli, enum command_kind kind, const struct message *reply)
{
	const char *path = cli_option(cli, "session");
	struct str token = message_get(reply, "session");
	enum fail fail = OK;

	if (!path || reply_code(reply) != EXIT_GRANTED)
		return reply_code(reply);
	if (kind == COMMAND_sign_in && token.len)
		fail = file_save(path, token);
	if (kind == COMMAND_sign_out && file_exists(path))
		fail = file_remove(path);
	return fail == OK ? EXIT_GRANTED : cli_failed(cli, str_from(path), fail);
}

/* A list saved by an office's spreadsheet is in Big5 or UTF-16 as often as in UTF-8. */
static bool list_recoded(struct cli *cli, struct pair *pairs, size_t count)
{
	struct csv_fault fault;

	csv_codes_open();
	for (size_t i = 0; i < count; i++) {
		if (!str_is(pairs[i].name, "file"))
			continue;
		if (csv_utf8(cli->arena, pairs[i].text, &pairs[i].text, &fault) == OK)
			continue;
		cli_error(cli, str_printf(cli->arena, "file: %s %zu, %s %zu, %s %zu", cli_say(cli, N_("Row")), fault.row,
		                          cli_say(cli, N_("Column")), fault.column, cli_say(cli, N_("Byte")), fault.byte),
		          fault.why);
		return false;
	}
	return true;
}

/* A print goes where --out says; in JSON it stands in the reply. */
static bool has_place(struct cli *cli, enum command_kind kind)
{
	if (kind != COMMAND_print_paper || cli->json || cli_option(cli, "out"))
		return true;
	cli_error(cli, STR("--out"), N_("Say into which file the print shall go."));
	return false;
}

static int file_keep(struct cli *cli, const struct message *reply)
{
	const char *path = cli_option(cli, "out");
	struct str file = message_get(reply, "file");

	if (!path || !file.len)
		return EXIT_GRANTED;
	enum fail fail = file_save(path, file);
	return fail == OK ? EXIT_GRANTED : cli_failed(cli, str_from(path), fail);
}

int verb_do(struct cli *cli)
{
	enum command_kind kind = command_find(cli->args[1]);
	struct message ask = message_new(cli->arena, MESSAGE_COMMAND, 0), reply;
	struct pair pairs[VALUES_MAX];
	const char *request = cli_option(cli, "request");
	size_t count;

	if (!is_of_people(kind))
		return cli_error(cli, cli->args[1], NO_COMMAND);
	const struct record_spec *spec = &command_spec(kind)->record;
	if (!values_read(cli, spec, 2, pairs, &count) || !names_hold(cli, spec, pairs, count) ||
	    !has_place(cli, kind) ||
	    (kind == COMMAND_import_list && !list_recoded(cli, pairs, count)))
		return EXIT_USAGE;
	if (cli_option(cli, "list"))
		return do_together(cli, command_spec(kind), pairs, count, str_from(cli_option(cli, "list")));
	message_put(&ask, "command", spec->name);
	message_put(&ask, "request", request ? str_from(request) : request_new(cli->arena));
	for (size_t i = 0; i < count; i++)
		message_field(&ask, pairs[i].name, pairs[i].text);
	int code = ask_keeper(cli, str_c(cli->arena, cli->args[0]), &ask, &reply);
	if (code != EXIT_GRANTED)
		return code;
	reply_put(cli, &reply);
	int kept = file_keep(cli, &reply);
	if (kept != EXIT_GRANTED)
		return kept;
	return session_follow(cli, kind, &reply);
}
