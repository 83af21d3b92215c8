#include "law/decide.h"

struct rule_of_command {
	struct verdict (*decide)(const struct facts *facts, const struct command *command);
	void (*account)(const struct facts *facts, const struct command *command, struct events *out);
};

#define COMMAND(name, label, duties, door)                                                         \
	static struct verdict dispatch_##name(const struct facts *facts, const struct command *command) \
	{                                                                                          \
		return decide_##name(facts, &command->name);                                       \
	}
#define COMMAND_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/commands.def"
#undef COMMAND

static const struct rule_of_command rules[] = {
	[COMMAND_NONE] = { NULL, NULL },
#define COMMAND(name, label, duties, door) [COMMAND_##name] = { dispatch_##name, account_##name },
#include "law/commands.def"
#undef COMMAND
#undef COMMAND_END
#undef FIELD
};
static_assert(ARRAY_LEN(rules) == COMMAND_KIND_COUNT, "every command has its rule");

bool is_bureau(struct str office)
{
	return str_eq(office, BUREAU_OFFICE);
}

bool is_me(const struct facts *facts, struct person_id person)
{
	return person.n && person.n == facts->me.n;
}

uint32_t command_duties(enum command_kind kind)
{
	return command_spec(kind)->duties;
}

bool holds_duty(const struct facts *facts, uint32_t duties)
{
	return office_of_duty(facts, duties).len > 0;
}

bool holds_duty_in(const struct facts *facts, uint32_t duties, struct str office)
{
	for (size_t i = 0; i < facts->my_duties.count; i++) {
		const struct fact_duty *held = &facts->my_duties.at[i];
		if ((DUTY_BIT(held->duty) & duties) && str_eq(held->office, office))
			return true;
	}
	return false;
}

struct str office_of_duty(const struct facts *facts, uint32_t duties)
{
	for (size_t i = 0; i < facts->my_duties.count; i++)
		if (DUTY_BIT(facts->my_duties.at[i].duty) & duties)
			return facts->my_duties.at[i].office;
	return STR("");
}

bool holds_bureau_duty(const struct facts *facts)
{
	return holds_duty_in(facts, DUTY_BIT(DUTY_CUSTODIAN) | DUTY_BIT(DUTY_SUPERVISOR), BUREAU_OFFICE);
}

bool governs_office(const struct facts *facts, uint32_t duties, struct str office)
{
	return holds_duty_in(facts, duties, office) || holds_bureau_duty(facts);
}

struct verdict law_decide(struct arena *arena, const struct facts *facts, const struct command *command)
{
	assert(command->kind > COMMAND_NONE && command->kind < COMMAND_KIND_COUNT);
	struct verdict verdict = decide_who(facts, command_spec(command->kind));

	if (verdict.refusal == REFUSED_NOT)
		verdict = rules[command->kind].decide(facts, command);
	if (verdict.refusal == REFUSED_NOT)
		verdict = decide_signature(facts, command);
	if (verdict.refusal == REFUSED_NOT && command->kind == COMMAND_import_list)
		verdict = decide_import_rows(arena, facts, &command->import_list);
	return verdict;
}

/* A session stands in the entry when a person's command caused it, not when the keeper acted alone. */
static bool names_session(enum command_kind kind)
{
	return command_spec(kind)->door == DOOR_PEOPLE || kind == COMMAND_read_sheet;
}

static void envelope_fill(const struct facts *facts, const struct command *command,
                          const struct verdict *verdict, struct events *out)
{
	if (names_session(command->kind))
		for (size_t i = 0; i < out->count; i++)
			out->at[i].session = facts->session.id;
	/* The number of a reused request belongs to the entry of its first use. */
	if (out->count && verdict->refusal != REFUSED_REQUEST_REUSED) {
		out->at[0].request = command->request;
		out->at[0].content = command->content;
	}
	if (out->count && verdict->refusal == REFUSED_NOT && facts->step.presented)
		out->at[0].signature = document_of(facts->step.proof);
}

void law_account(const struct facts *facts, const struct command *command,
                 const struct verdict *verdict, struct events *out)
{
	assert(out->count == 0);
	if (verdict->refusal == REFUSED_NOT)
		rules[command->kind].account(facts, command, out);
	else
		account_refusal(facts, command, verdict->refusal, out);
	envelope_fill(facts, command, verdict, out);
}
