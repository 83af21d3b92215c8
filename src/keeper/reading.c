/* Lists: reading is a command too. */
#include "keeper/parts.h"

#include "keeper/sheets.h"

static const char NO_LIST[] = "There is no such list.";

/* Duties of the bureau see every office; others their own. */
static struct str scope_of(const struct act *act, const struct sheet_spec *spec)
{
	const struct fact_duties *duties = &act->facts.my_duties;
	struct str office = STR("");

	for (size_t i = 0; i < duties->count; i++) {
		if (spec->duties && !(DUTY_BIT(duties->at[i].duty) & spec->duties))
			continue;
		if (is_bureau(duties->at[i].office))
			return STR("");
		if (office.len == 0)
			office = duties->at[i].office;
	}
	return office.len ? office : STR("-");
}

static enum fail sheet_take(struct act *act, const struct sheet_spec *spec, struct sheet *out,
                            int64_t *next_out)
{
	struct facts_context context = facts_context_of(act);
	struct sheet_asked asked = {
		.spec = spec, .me = act->facts.me, .office = scope_of(act, spec),
		.after = (int64_t)message_get_u64(act->message, "after"),
		.limit_rows = (int64_t)message_get_u64(act->message, "limit"),
		.today = act->facts.today, .filters = act->message->fields,
		.filter_count = act->message->field_count,
	};

	return sheet_load(&context, &asked, out, next_out);
}

/* The one who asked sees the answer again; whoever else may list the question does not. */
static enum fail answer_put(struct act *act, struct message *reply, const struct sheet *sheet)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	uint64_t asked;

	if (sheet->row_count != 1 || str_to_u64(sheet->cells[0], &asked) != OK)
		return OK;
	TRY(store_ask(act->keeper->tables, TABLES_keeper_question, VALUES(VALUE_INT("asked", asked)), &rows));
	bool mine = rows_next(&rows) && (uint64_t)rows_i64(&rows, 9) == act->facts.me.n;
	TRY(rows_fail(&rows));
	return mine ? question_put(act, asked, reply) : OK;
}

static enum fail sheet_reply(struct act *act, enum sheet_kind kind)
{
	struct message reply = reply_to(act, MESSAGE_ANSWER);
	struct sheet sheet;
	int64_t next = 0;

	if (act->verdict.refusal == REFUSED_NOT) {
		TRY(sheet_take(act, sheet_spec(kind), &sheet, &next));
		act->command.read_sheet.row_count = (int64_t)sheet.row_count;
	}
	TRY(corridor_leave(act));
	reply_verdict(act, &reply);
	if (act->verdict.refusal == REFUSED_NOT) {
		message_sheet(&reply, sheet);
		if (kind == SHEET_query)
			TRY(answer_put(act, &reply, &sheet));
	}
	if (next)
		reply_put_u64(act, &reply, "next", (uint64_t)next);
	reply_session(act, &reply);
	reply_send(act, &reply);
	return OK;
}

enum fail handle_sheet(struct act *act)
{
	enum sheet_kind kind = sheet_find(message_get(act->message, "sheet"));
	struct problem problem = { STR("sheet"), NO_LIST };
	bool known;

	TRY(caller_find(act, &known));
	if (!known)
		return OK;
	if (kind == SHEET_NONE) {
		reply_problems(act, &problem, 1);
		return OK;
	}
	caller_envelope(act, COMMAND_read_sheet);
	act->command.read_sheet.sheet = sheet_spec(kind)->name;
	act->command.read_sheet.row_count = 0;
	TRY(corridor_enter(act));
	act->verdict = law_decide(act->arena, &act->facts, &act->command);
	return sheet_reply(act, kind);
}
