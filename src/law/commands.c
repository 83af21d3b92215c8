#include "law/commands.h"

#include <string.h>

#define COMMAND(name, label, duties, door)                                                         \
	static const struct field_spec *fields_of_##name(size_t *count_out)                        \
	{                                                                                          \
		typedef struct command_##name this_record;                                         \
		static const struct field_spec fields[] = {                                        \
			{ STR_INIT(""), FIELD_TEXT, offsetof(this_record, unused), NEED_NOT, 0, NULL, "" },
#define COMMAND_END(name)                                                                          \
		};                                                                                 \
		*count_out = ARRAY_LEN(fields) - 1;                                                \
		return fields + 1;                                                                 \
	}
#define FIELD(kind, ctype, member, name, need, max, words, label)                                  \
	{ STR_INIT(name), kind, offsetof(this_record, member), need, max, words, label },
#include "law/commands.def"
#undef COMMAND
#undef COMMAND_END
#undef FIELD

static struct command_spec specs[COMMAND_KIND_COUNT];

static void specs_make(void)
{
	if (specs[1].record.fields)
		return;
	struct command_spec *spec = specs + 1;
#define COMMAND(command, text, who, where)                                                         \
	*spec = (struct command_spec){ .record = { .name = STR(#command), .label = text,           \
		                                   .size = sizeof(struct command_##command) },     \
		                       .duties = who,                                          \
		                       .door = (enum command_door)((where) & ~(DOOR_SIGNED | DOOR_AGENCY)), \
		                       .is_signed = ((where) & DOOR_SIGNED) != 0,              \
		                       .with_agency = ((where) & DOOR_AGENCY) != 0 };          \
	spec->record.fields = fields_of_##command(&spec->record.count);                            \
	spec++;
#define COMMAND_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/commands.def"
#undef COMMAND
#undef COMMAND_END
#undef FIELD
}

const struct command_spec *command_spec(enum command_kind kind)
{
	assert(kind > COMMAND_NONE && kind < COMMAND_KIND_COUNT);
	specs_make();
	return &specs[kind];
}

enum command_kind command_find(struct str name)
{
	specs_make();
	for (int kind = 1; kind < COMMAND_KIND_COUNT; kind++)
		if (str_eq(specs[kind].record.name, name))
			return (enum command_kind)kind;
	return COMMAND_NONE;
}

void *command_body(struct command *command)
{
	return &command->first_start; /* every member of the union starts at the same place */
}

const void *command_body_const(const struct command *command)
{
	return &command->first_start;
}

struct command command_new(enum command_kind kind)
{
	struct command command;

	memset(&command, 0, sizeof command);
	command.kind = kind;
	command.request = command.content = command.address = STR("");
	record_blank(&command_spec(kind)->record, command_body(&command));
	return command;
}

static const char UNKNOWN_FIELD[] = "This command has no such field.";
static const char TWICE[] = "The field was given twice.";
static const char MISSING[] = "This field is required.";

static void problem_add(struct problem *problems, size_t *count, struct str field, const char *why)
{
	if (*count < PROBLEMS_MAX)
		problems[(*count)++] = (struct problem){ field, why };
}

bool command_read(struct arena *arena, enum command_kind kind, const struct pair *pairs, size_t count,
                  struct date today, struct command *out, struct problem problems[PROBLEMS_MAX],
                  size_t *problems_out)
{
	const struct record_spec *spec = &command_spec(kind)->record;
	struct command command = command_new(kind);
	void *body = command_body(&command);
	const char *why;
	bool *seen = arena_array(arena, bool, spec->count);

	*problems_out = 0;
	for (size_t i = 0; i < count; i++) {
		const struct field_spec *field = record_field(spec, pairs[i].name);
		if (!field)
			problem_add(problems, problems_out, pairs[i].name, UNKNOWN_FIELD);
		else if (seen[field - spec->fields])
			problem_add(problems, problems_out, field->name, TWICE);
		else if (record_set(arena, field, str_trim(pairs[i].text), today, body, &why) != OK)
			problem_add(problems, problems_out, field->name, why);
		if (field)
			seen[field - spec->fields] = true;
	}
	for (size_t i = 0; i < spec->count; i++)
		if (spec->fields[i].required && !record_has(&spec->fields[i], body)) {
			bool said = false;
			for (size_t k = 0; k < *problems_out; k++)
				said |= str_eq(problems[k].field, spec->fields[i].name);
			if (!said)
				problem_add(problems, problems_out, spec->fields[i].name, MISSING);
		}
	*out = command;
	return *problems_out == 0;
}

struct str command_canonical(struct arena *arena, const struct command *command)
{
	const struct record_spec *spec = &command_spec(command->kind)->record;
	const void *body = command_body_const(command);
	struct buf buf = buf_on(arena);
	struct json_out out = json_to(&buf);

	json_put_object(&out);
	json_put_key(&out, STR("command"));
	json_put_str(&out, spec->name);
	for (size_t i = 0; i < spec->count; i++) {
		if (!record_has(&spec->fields[i], body))
			continue;
		json_put_key(&out, spec->fields[i].name);
		json_put_str(&out, record_get(arena, &spec->fields[i], body));
	}
	json_put_object_end(&out);
	return buf_str(&buf);
}
