/* Commands: what can be asked of the system. One table (commands.def) makes the structs, the forms
 * of web, API and CLI, and the list of who may. */
#ifndef YOUJU_LAW_COMMANDS_H
#define YOUJU_LAW_COMMANDS_H

#include "law/record.h"

enum command_door { DOOR_PEOPLE, DOOR_CARD, DOOR_OPERATOR, DOOR_INTERNAL };
/* Beside DOOR_PEOPLE: an important step, signed with the card of whoever takes it (decision 0090); one under
 * which an agency certificate signs the same text, too (decision 0093). */
enum { DOOR_SIGNED = 16, DOOR_AGENCY = 32 };

enum command_kind {
	COMMAND_NONE,
#define COMMAND(name, label, duties, door) COMMAND_##name,
#define COMMAND_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/fields.inc"
#include "law/commands.def"
#undef COMMAND
#undef COMMAND_END
#undef FIELD
	COMMAND_KIND_COUNT
};

/* "unused" keeps commands without fields a legal struct. */
#define COMMAND(name, label, duties, door) struct command_##name { char unused;
#define COMMAND_END(name) };
#define FIELD(kind, ctype, member, name, need, max, words, label) ctype member;
#include "law/commands.def"
#undef COMMAND
#undef COMMAND_END
#undef FIELD

struct command {
	enum command_kind kind;
	enum channel channel;
	struct str request; /* 22 characters of base64url (128 bits); "" for internal commands */
	struct str content; /* keyed digest of the fields, by the keeper; "" without request */
	struct str address; /* of the workstation, at most 64 bytes; "local" for the CLI */
	union {
#define COMMAND(name, label, duties, door) struct command_##name name;
#define COMMAND_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/commands.def"
#undef COMMAND
#undef COMMAND_END
#undef FIELD
	};
};

struct command_spec {
	struct record_spec record;
	uint32_t duties; /* DUTY_BIT of each duty that may give it; 0 any signed-in person */
	enum command_door door;
	bool is_signed;   /* parameter step.signature */
	bool with_agency; /* G3.6, X25 */
};

const struct command_spec *command_spec(enum command_kind kind);
enum command_kind command_find(struct str name); /* COMMAND_NONE when unknown */
struct command command_new(enum command_kind kind);
void *command_body(struct command *command);
const void *command_body_const(const struct command *command);

/* Name and text, as forms, JSON and CLI give them. */
struct pair {
	struct str name, text;
};

/* One thing wrong with one field. */
struct problem {
	struct str field;
	const char *why; /* English msgid naming the rule and the next step */
};

enum { PROBLEMS_MAX = 16 };

/* Reads every field; unknown names, missing required ones and wrong forms become problems (at most
 * PROBLEMS_MAX). Returns true when there are none. */
bool command_read(struct arena *arena, enum command_kind kind, const struct pair *pairs, size_t count,
                  struct date today, struct command *out, struct problem problems[PROBLEMS_MAX],
                  size_t *problems_out);

/* The canonical text of all fields, secret ones too, over which the content digest is computed. */
struct str command_canonical(struct arena *arena, const struct command *command);

#endif
