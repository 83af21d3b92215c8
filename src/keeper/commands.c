/* Commands of people: read, recognised when they come again, decided, answered. */
#include "keeper/parts.h"

#include "keeper/codes.h"
#include "law/request.h"

enum { ENTRIES_REPLY_BYTES = 8 << 20 };

static const char NO_COMMAND[] = "There is no such command.";

bool command_understood(struct act *act, enum command_kind kind)
{
	const struct message *message = act->message;
	struct problem problems[PROBLEMS_MAX];
	struct command command;
	size_t count;
	struct date today = time_local_date(keeper_wall_ms(act->keeper));
	bool good = command_read(act->arena, kind, message->fields, message->field_count, today, &command,
	                         problems, &count);
	struct str request;

	if (request_read(act->arena, message_get(message, "request"), &request) != OK) {
		problems[count < PROBLEMS_MAX ? count++ : count - 1] =
			(struct problem){ STR("request"), REQUEST_WRONG };
		good = false;
	}
	if (!good) {
		reply_problems(act, problems, count);
		return false;
	}
	caller_envelope(act, kind);
	command.channel = act->command.channel;
	command.address = act->command.address;
	command.request = request;
	act->command = command;
	return true;
}

/* --- what a verdict is answered with --- */

static void rows_reply(struct act *act, struct message *reply)
{
	static const struct str problem_columns[] = { STR_INIT("line"), STR_INIT("field"), STR_INIT("why") };
	static const struct str change_columns[] = { STR_INIT("line"), STR_INIT("what"), STR_INIT("about") };
	const struct verdict *verdict = &act->verdict;
	struct sheet problems = sheet_new(act->arena, STR("problems"), problem_columns, 3);
	struct sheet changes = sheet_new(act->arena, STR("changes"), change_columns, 3);

	for (size_t i = 0; i < verdict->problem_count && i < SHEET_ROW_LIMIT; i++) {
		struct str *row = sheet_row_add(act->arena, &problems);
		row[0] = str_u64(act->arena, verdict->problems[i].line);
		row[1] = verdict->problems[i].field;
		row[2] = str_from(verdict->problems[i].why);
	}
	for (size_t i = 0; i < verdict->change_count && i < SHEET_ROW_LIMIT; i++) {
		struct str *row = sheet_row_add(act->arena, &changes);
		row[0] = str_u64(act->arena, verdict->changes[i].line);
		row[1] = verdict->changes[i].what;
		row[2] = verdict->changes[i].about;
	}
	message_sheet(reply, problems);
	message_sheet(reply, changes);
}

/* The entries themselves, as they stand in the log. Few large ones end the page early: `next`. */
static enum fail entries_reply(struct act *act, struct message *reply)
{
	static const struct str columns[] = { STR_INIT("index"), STR_INIT("entry") };
	const struct command_read_log *ask = &act->command.read_log;
	struct sheet entries = sheet_new(act->arena, STR("entries"), columns, ARRAY_LEN(columns));
	uint64_t index = (uint64_t)ask->first, end = index + (uint64_t)ask->count;
	size_t bytes = 0;
	struct str entry;

	if (end > ledger_size(act->keeper->ledger))
		end = ledger_size(act->keeper->ledger);
	for (; index < end && bytes < ENTRIES_REPLY_BYTES; index++) {
		TRY(ledger_read(act->keeper->ledger, index, act->arena, &entry));
		struct str *row = sheet_row_add(act->arena, &entries);
		row[0] = str_u64(act->arena, index);
		row[1] = entry;
		bytes += entry.len;
	}
	if (index < end)
		reply_put_u64(act, reply, "next", index);
	message_sheet(reply, entries);
	return OK;
}

static enum fail reply_plain(struct act *act)
{
	struct message reply = reply_to(act, MESSAGE_ANSWER);

	reply_verdict(act, &reply);
	if (act->code.len && act->verdict.refusal == REFUSED_NOT)
		message_put(&reply, "code", act->code);
	if (act->command.kind == COMMAND_read_log && act->verdict.refusal == REFUSED_NOT)
		TRY(entries_reply(act, &reply));
	if (act->command.kind == COMMAND_read_signature && act->verdict.refusal == REFUSED_NOT)
		TRY(signature_put(act, &reply));
	if (act->command.kind == COMMAND_import_list)
		rows_reply(act, &reply);
	if (act->unread.row_count)
		message_sheet(&reply, act->unread);
	reply_session(act, &reply);
	reply_send(act, &reply);
	return OK;
}

static enum fail reply_asked(struct act *act)
{
	return act->verdict.refusal == REFUSED_NOT ? question_open(act) : reply_plain(act);
}

static enum fail answer(struct act *act)
{
	switch (act->command.kind) {
	case COMMAND_ask:
		return reply_asked(act);
	case COMMAND_paste_answer:
	case COMMAND_release_day_table:
		return act->verdict.refusal == REFUSED_NOT ? question_reply(act, act->facts.query.id.n)
		                                           : reply_plain(act);
	case COMMAND_print_paper:
		return act->verdict.refusal == REFUSED_NOT ? OK : reply_plain(act); /* the scribe is at it */
	default:
		return reply_plain(act);
	}
}

/* --- the way of a command --- */

/* What was pasted can only be read when it is known what was asked for. */
static enum fail corridor_pasted(struct act *act)
{
	TRY(corridor_enter(act));
	act->verdict = law_decide(act->arena, &act->facts, &act->command);
	if (act->verdict.refusal == REFUSED_NOT)
		TRY(question_pasted(act));
	return corridor_leave(act);
}

/* The code is thrown before the law looks: the grant writes its keyed digest. */
static enum fail corridor_granting(struct act *act)
{
	struct str code = code_new(act->arena);

	TRY(request_content(act, code_plain(act->arena, code), &act->facts.new_code));
	act->code = code;
	return corridor(act);
}

/* A paper is made first, and stands in the log before it leaves. */
static enum fail corridor_print(struct act *act)
{
	TRY(corridor_enter(act));
	act->verdict = law_decide(act->arena, &act->facts, &act->command);
	return act->verdict.refusal == REFUSED_NOT ? print_order(act) : corridor_leave(act);
}

static enum fail corridor_of(struct act *act, enum command_kind kind)
{
	switch (kind) {
	case COMMAND_paste_answer:
		return corridor_pasted(act);
	case COMMAND_grant_authorization:
		return corridor_granting(act);
	case COMMAND_print_paper:
		return corridor_print(act);
	default:
		return corridor(act);
	}
}

static enum fail person_command(struct act *act, enum command_kind kind)
{
	struct seen seen = { 0 };
	bool known;

	TRY(caller_find(act, &known));
	if (!known || !command_understood(act, kind))
		return OK;
	TRY(request_content(act, command_canonical(act->arena, &act->command), &act->command.content));
	TRY(request_seen(act, &seen));
	if (seen.found && seen.same)
		return request_answer(act, seen.entry);
	TRY(step_take(act));
	if (seen.found)
		TRY(corridor_refuse(act, REFUSED_REQUEST_REUSED));
	else
		TRY(corridor_of(act, kind));
	if (!seen.found && act->first_entry)
		request_numbers_add(&act->keeper->request_numbers, act->facts.me, act->command.request,
		                    act->first_entry);
	return answer(act);
}

static enum fail card_command(struct act *act, enum command_kind kind)
{
	if (kind == COMMAND_sign_in)
		return handle_sign_in(act);
	if (!command_understood(act, kind))
		return OK;
	TRY(cards_present(act));
	TRY(request_content(act, command_canonical(act->arena, &act->command), &act->command.content));
	TRY(corridor(act));
	refusal_count(act);
	return answer(act);
}

enum fail handle_command(struct act *act)
{
	enum command_kind kind = command_find(message_get(act->message, "command"));
	enum command_door door = kind ? command_spec(kind)->door : DOOR_INTERNAL;

	if (door == DOOR_PEOPLE)
		return person_command(act, kind);
	if (door == DOOR_CARD)
		return card_command(act, kind);
	struct problem problem = { STR("command"), NO_COMMAND };
	reply_problems(act, &problem, 1);
	return OK;
}
