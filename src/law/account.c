/* What the log must hold of a refusal (G3.4b: a refused question is evidence as well). */
#include "law/decide.h"

struct document document_of(struct str content)
{
	return (struct document){ .digest = STR(""), .content = content };
}

struct str address_of(const struct command *command)
{
	return command->address.len ? command->address : STR("unknown");
}

static void query_refused(const struct facts *facts, const struct command *command,
                          enum refusal refusal, struct events *out)
{
	const struct command_ask *ask = &command->ask;
	struct event_query_refused *event = &events_add(out, EVENT_query_refused)->query_refused;

	event->rule = refusal_spec(refusal)->code;
	event->case_id = facts->case_.id;
	event->person = facts->subject.person;
	if (facts->subject.by_number) {
		event->tag = facts->subject.tag;
		event->typed = document_of(ask->subject);
	}
	event->basis = ask->legal_basis;
	event->purpose = ask->purpose;
	event->item = ask->item;
	event->range = ask->range;
	event->channel = command->channel;
}

static void command_refused(const struct facts *facts, const struct command *command,
                            enum refusal refusal, struct events *out)
{
	struct event_command_refused *event = &events_add(out, EVENT_command_refused)->command_refused;

	event->command = command_spec(command->kind)->record.name;
	event->rule = refusal_spec(refusal)->code;
	if (command->kind == COMMAND_add_party && facts->subject.by_number)
		event->typed = document_of(command->add_party.id_no);
	if (command->kind == COMMAND_request_authorization && facts->subject.by_number)
		event->typed = document_of(command->request_authorization.subject);
	event->channel = command->channel;
}

/* C24: failures are counted by person; what is not the holder's failure locks nobody. */
static bool counts_as_failure(const struct facts *facts, enum refusal refusal)
{
	return refusal != REFUSED_SIGN_IN_LOCKED && refusal != REFUSED_REVOCATION_STALE &&
	       refusal != REFUSED_NO_DUTY && refusal != refusal_of_block(&facts->my_block);
}

/* Whoever makes a certificate of his own can write any serial into it: that is nobody's failure. */
static struct person_id holder_of(const struct facts *facts, enum refusal refusal)
{
	return refusal == REFUSED_CARD_FOREIGN ? (struct person_id){ 0 } : facts->card.bound_to;
}

/* Anybody can present any certificate, again and again. What is not a failure that locks somebody is entered
 * once an hour for a card and a rule, and of cards that are nobody's only so many; the rest is counted. */
static bool only_counts(const struct facts *facts, struct person_id holder, enum refusal refusal)
{
	const struct fact_presented *presented = &facts->presented;

	if (holder.n && counts_as_failure(facts, refusal))
		return false;
	for (size_t i = 0; i < presented->refused_rules.count; i++)
		if (str_eq(presented->refused_rules.at[i], refusal_spec(refusal)->code))
			return true;
	return !holder.n && presented->refused_hour >= parameter_int(&facts->parameters, PARAMETER_CARD_REFUSED_HOUR);
}

static void sign_in_refused(const struct facts *facts, const struct command *command, enum refusal refusal,
                            struct person_id holder, struct events *out)
{
	struct event_sign_in_refused *event = &events_add(out, EVENT_sign_in_refused)->sign_in_refused;

	event->rule = refusal_spec(refusal)->code;
	event->card_serial = facts->card.serial;
	event->person = holder;
	event->address = address_of(command);
	event->channel = command->channel;
}

static void card_refused(const struct facts *facts, const struct command *command,
                         enum refusal refusal, struct events *out)
{
	struct person_id holder = holder_of(facts, refusal);
	int64_t failures = facts->my_failures + 1;
	int64_t minutes = parameter_int(&facts->parameters, PARAMETER_LOGIN_LOCK_MINUTES);

	if (!only_counts(facts, holder, refusal))
		sign_in_refused(facts, command, refusal, holder, out);
	if (refusal == REFUSED_CARD_UNKNOWN)
		card_presented(facts, command, out);
	if (!holder.n || !counts_as_failure(facts, refusal) ||
	    failures < parameter_int(&facts->parameters, PARAMETER_LOGIN_MAX_FAILURES))
		return;
	struct event_sign_in_locked *lock = &events_add(out, EVENT_sign_in_locked)->sign_in_locked;
	lock->person = holder;
	lock->until = facts->now_ms + minutes * 60 * 1000;
	lock->failures = failures;
}

/* A question keeps its fate: what was granted and is not delivered any more is withheld. */
static void delivery_refused(const struct facts *facts, enum refusal refusal, struct events *out)
{
	if (!facts->query.open)
		return;
	struct event_query_withheld *event = &events_add(out, EVENT_query_withheld)->query_withheld;
	event->asked = facts->query.id;
	event->rule = refusal_spec(refusal)->code;
}

static bool is_preview(const struct command *command)
{
	return command->kind == COMMAND_import_list && command->import_list.preview;
}

void account_refusal(const struct facts *facts, const struct command *command, enum refusal refusal,
                     struct events *out)
{
	const struct command_spec *spec = command_spec(command->kind);
	bool by_person = spec->door == DOOR_PEOPLE || command->kind == COMMAND_read_sheet;

	if (command->kind == COMMAND_deliver)
		delivery_refused(facts, refusal, out);
	else if (spec->door == DOOR_CARD)
		card_refused(facts, command, refusal, out);
	else if (!by_person || !facts->session.id.n || is_preview(command) || refusal == REFUSED_SHEET_UNKNOWN)
		return;
	else if (command->kind == COMMAND_ask)
		query_refused(facts, command, refusal, out);
	else if (facts->session.live)
		command_refused(facts, command, refusal, out);
}
