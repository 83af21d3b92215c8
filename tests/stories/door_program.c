/* The stories by the command line: youju do and youju show with a card. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "world.h"

extern char **environ;

enum { ARGS_MAX = 64, OUTPUT_MAX = 4 * 1024 * 1024 };

static enum fail spawned(const char *program, const char *const *argv, const int in[2], const int out[2], pid_t *pid_out)
{
	posix_spawn_file_actions_t actions;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
	/* argv is const for us; posix_spawn does not change it. */
	char *args[ARGS_MAX + 1];
	size_t count = 0;
	for (; argv[count] && count < ARGS_MAX; count++)
		memcpy(&args[count], &argv[count], sizeof args[count]);
	args[count] = NULL;
	int failed = posix_spawn(pid_out, program, &actions, NULL, args, environ);
	posix_spawn_file_actions_destroy(&actions);
	return failed ? FAIL_IO : OK;
}

/* The input is small (a pipe's buffer holds it) or goes over a temporary file. */
static enum fail input_file(struct str input, int out[2])
{
	FILE *file = tmpfile();

	if (!file || fwrite(input.at, 1, input.len, file) != input.len || fflush(file) != 0)
		return FAIL_IO;
	out[0] = dup(fileno(file));
	out[1] = -1;
	fclose(file);
	return lseek(out[0], 0, SEEK_SET) == 0 ? OK : FAIL_IO;
}

static enum fail output_read(struct arena *arena, int fd, struct str *out)
{
	struct buf all = buf_on(arena);
	char room[65536];

	for (;;) {
		ssize_t got = read(fd, room, sizeof room);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || all.len + (size_t)got > OUTPUT_MAX)
			return FAIL_IO;
		if (got == 0)
			break;
		buf_bytes(&all, room, (size_t)got);
	}
	*out = buf_str(&all);
	return OK;
}

enum fail program_run(struct world *world, const char *program, const char *const *argv, struct str input, struct str *out,
                      int *code_out)
{
	int in[2], pipe_out[2], status;
	pid_t pid;

	TRY(input_file(input, in));
	if (pipe2(pipe_out, O_CLOEXEC) != 0)
		return FAIL_IO;
	enum fail fail = spawned(program, argv, in, pipe_out, &pid);
	close(in[0]);
	close(pipe_out[1]);
	if (fail == OK)
		fail = output_read(world->arena, pipe_out[0], out);
	close(pipe_out[0]);
	TRY(fail);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return FAIL_IO;
	if (!WIFEXITED(status))
		return FAIL_CLOSED;
	*code_out = WEXITSTATUS(status);
	return OK;
}

struct arguments {
	const char *at[ARGS_MAX];
	size_t count;
	struct buf input;
};

static void argument(struct arguments *arguments, const char *text)
{
	assert(arguments->count + 1 < ARGS_MAX);
	arguments->at[arguments->count++] = text;
}

/* Secrets come by standard input: single lines first, the one of many lines last. */
static void secrets_add(struct world *world, const struct ask *ask, const struct record_spec *spec,
                        struct arguments *arguments)
{
	size_t newline;

	for (int many = 0; many < 2; many++)
		for (size_t i = 0; i < ask->count; i++) {
			const struct field_spec *field = record_field(spec, ask->fields[i].name);
			struct str text = ask->fields[i].text;
			if (!field || field->kind != FIELD_SECRET || str_find(text, STR("\n"), &newline) != (many == 1))
				continue;
			argument(arguments, str_printf(world->arena, "%.*s=@-", STR_FMT(ask->fields[i].name)).at);
			buf_add(&arguments->input, text);
			buf_byte(&arguments->input, '\n');
		}
}

static bool is_secret(const struct record_spec *spec, struct str name)
{
	const struct field_spec *field = spec ? record_field(spec, name) : NULL;

	return field && field->kind == FIELD_SECRET;
}

static void who_add(struct world *world, const struct ask *ask, struct arguments *arguments)
{
	char path[256];
	bool signs = str_is(ask->name, "sign_in");

	if (signs || ask_is_signed(ask) || !world_has_session(world, ask->who)) {
		argument(arguments, "--as");
		argument(arguments, str_printf(world->arena, "%s/cards/%s.pem", world->dir, ask->who->key).at);
	}
	if (signs || (world_has_session(world, ask->who) && !ask_is_signed(ask))) {
		argument(arguments, "--session");
		argument(arguments, str_printf(world->arena, "%s", world_session_path(world, ask->who, path)).at);
	}
	if (ask->second) {
		argument(arguments, "--with");
		argument(arguments, str_printf(world->arena, "%s/cards/%s.pem", world->dir, ask->second->key).at);
	}
}

static struct arguments arguments_of(struct world *world, const struct ask *ask)
{
	struct arguments arguments = { .input = buf_on(world->arena) };
	const struct record_spec *spec = ask->is_sheet ? NULL : &command_spec(command_find(ask->name))->record;

	argument(&arguments, "youju");
	argument(&arguments, ask->is_sheet ? "show" : "do");
	argument(&arguments, world->dir);
	argument(&arguments, str_c(world->arena, ask->name));
	argument(&arguments, "--json");
	who_add(world, ask, &arguments);
	if (ask->request.len) {
		argument(&arguments, "--request");
		argument(&arguments, str_c(world->arena, ask->request));
	}
	for (size_t i = 0; i < ask->count; i++)
		if (!is_secret(spec, ask->fields[i].name))
			argument(&arguments, str_printf(world->arena, "%.*s=%.*s", STR_FMT(ask->fields[i].name),
			                                STR_FMT(ask->fields[i].text)).at);
	if (spec)
		secrets_add(world, ask, spec, &arguments);
	return arguments;
}

static struct sheet rows_of(struct arena *arena, const struct json *rows)
{
	struct sheet sheet = { .name = STR("rows") };

	for (size_t row = 0; row < rows->count; row++) {
		const struct json *object = &rows->items[row];
		if (row == 0)
			sheet = sheet_new(arena, STR("rows"), object->keys, object->count);
		struct str *cells = sheet_row_add(arena, &sheet);
		for (size_t i = 0; i < object->count && i < sheet.column_count; i++)
			cells[i] = object->items[i].text;
	}
	return sheet;
}

static struct str problems_of(struct arena *arena, const struct json *problems)
{
	struct buf out = buf_on(arena);

	for (size_t row = 0; problems && row < problems->count; row++)
		for (size_t i = 0; i < problems->items[row].count; i++) {
			buf_add(&out, problems->items[row].items[i].text);
			buf_byte(&out, i + 1 < problems->items[row].count ? ' ' : '\n');
		}
	return buf_str(&out);
}

static uint64_t number_of(const struct json *object, struct str key)
{
	const struct json *member = json_member(object, key);

	return member && member->kind == JSON_IS_INT ? (uint64_t)member->n : 0;
}

static void said_from(struct world *world, const struct json *object, struct said *out)
{
	const struct json *rows = json_member(object, STR("rows")), *entries = json_member(object, STR("entries"));
	const struct json *answer = json_member(object, STR("answer"));

	out->outcome = rows ? STR("granted") : json_text(object, STR("verdict"));
	out->refusal = json_text(object, STR("refusal"));
	out->rule = json_text(object, STR("rule"));
	out->fail = json_text(object, STR("fail"));
	out->code = json_text(object, STR("code"));
	out->entry = number_of(object, STR("entry"));
	out->asked = number_of(object, STR("asked_entry"));
	out->problems = problems_of(world->arena, json_member(object, STR("problems")));
	out->has_day_table = json_member(object, STR("day_table")) != NULL;
	if (rows || entries)
		out->rows = rows_of(world->arena, rows ? rows : entries);
	if (answer)
		out->answer = json_again(world->arena, answer);
}

static bool exit_fits(struct str outcome, int code)
{
	static const struct { const char *outcome; int code; } fits[] = {
		{ "granted", 0 }, { "waiting", 0 }, { "refused", 3 }, { "invalid", 2 }, { "failed", 4 },
	};

	for (size_t i = 0; i < ARRAY_LEN(fits); i++)
		if (str_is(outcome, fits[i].outcome))
			return fits[i].code == code;
	return false;
}

static enum fail program_pass(struct world *world, const struct ask *ask, struct said *out)
{
	struct arguments arguments = arguments_of(world, ask);
	struct said said = { .outcome = STR("invalid"), .refusal = STR(""), .rule = STR(""), .fail = STR(""),
		             .answer = STR(""), .problems = STR("") };
	struct str printed;
	struct json object;
	int code;

	TRY(program_run(world, world->youju, arguments.at, buf_str(&arguments.input), &printed, &code));
	if (printed.len) {
		TRY(json_read(world->arena, str_trim(printed), &object));
		said_from(world, &object, &said);
	}
	said.exit_fits = exit_fits(said.outcome, code);
	*out = said;
	return OK;
}

const struct door door_program = { .name = "program", .pass = program_pass, .has_sessions = true };
