/* Lists: reading is a command too. */
#include "keeper/parts.h"

#include <stdio.h>

#include "keeper/sheets.h"

enum { FILTER_BYTES_MAX = 400 };

static const char NO_LIST[] = N_("There is no such list.");
static const char NO_FILTER[] = N_("This list has no such filter.");
static const char FILTER_TWICE[] = N_("The filter was given twice.");
static const char FILTER_WRONG[] = N_("Write at most 400 bytes of valid UTF-8.");
static const char NO_WORD[] = N_("Choose one of the listed values.");
static const char NO_ENTRY[] = N_("Write the number of an entry.");
static const char NO_PAGE[] = N_("Write a whole number: the first column of the last row of the page before.");
static const char NO_LIMIT[] = N_("Write a whole number of rows.");

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

static struct sheet_asked asked_of(const struct act *act, const struct sheet_spec *spec)
{
	return (struct sheet_asked){
		.spec = spec, .me = act->facts.me, .office = scope_of(act, spec),
		.after = (int64_t)message_get_u64(act->message, "after"),
		.limit_rows = (int64_t)message_get_u64(act->message, "limit"),
		.today = act->facts.today, .now_ms = act->facts.now_ms, .filters = act->message->fields,
		.filter_count = act->message->field_count,
	};
}

/* The list of a hand-over is read for whoever holds the appointment, when the reader governs its office. */
static enum fail handover_aim(struct act *act, struct sheet_asked *asked)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct str text = STR("");
	uint64_t entry = 0;

	for (size_t i = 0; i < asked->filter_count; i++)
		if (str_is(asked->filters[i].name, "duty_entry"))
			text = asked->filters[i].text;
	asked->me.n = 0;
	if (str_to_u64(text, &entry) != OK)
		return OK;
	TRY(store_ask(act->keeper->tables, TABLES_fact_duty,
	              VALUES(VALUE_INT("entry", entry), VALUE_INT("today", asked->today.day)), &rows));
	if (rows_next(&rows) && (!asked->office.len || str_eq(asked->office, rows_text(&rows, 2))))
		asked->me.n = (uint64_t)rows_i64(&rows, 1);
	return rows_fail(&rows);
}

static enum fail asked_by_me(struct act *act, uint64_t asked, bool *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(act->keeper->tables, TABLES_keeper_question, VALUES(VALUE_INT("asked", asked)), &rows));
	*out = rows_next(&rows) && (uint64_t)rows_i64(&rows, 9) == act->facts.me.n;
	return rows_fail(&rows);
}

/* The one who asked sees the answer again; whoever else may list the question does not. */
static enum fail answer_put(struct act *act, struct message *reply, const struct sheet *sheet)
{
	uint64_t asked;
	bool mine;

	if (sheet->row_count != 1 || str_to_u64(sheet->cells[0], &asked) != OK)
		return OK;
	TRY(asked_by_me(act, asked, &mine));
	return mine ? question_put(act, asked, reply) : OK;
}

/* What was read stands in the log before anybody sees it. */
static enum fail sheet_reply(struct act *act, enum sheet_kind kind, const struct sheet *sheet, int64_t next)
{
	struct message reply = reply_to(act, MESSAGE_ANSWER);

	if (act->verdict.refusal == REFUSED_NOT)
		act->command.read_sheet.row_count = (int64_t)sheet->row_count;
	TRY(corridor_leave(act));
	reply_verdict(act, &reply);
	if (act->verdict.refusal == REFUSED_NOT) {
		message_sheet(&reply, *sheet);
		if (kind == SHEET_query)
			TRY(answer_put(act, &reply, sheet));
	}
	if (next)
		reply_put_u64(act, &reply, "next", (uint64_t)next);
	if (sheet_spec(kind)->scope == SCOPE_OFFICE && scope_of(act, sheet_spec(kind)).len)
		message_put(&reply, "scope", scope_of(act, sheet_spec(kind)));
	reply_session(act, &reply);
	reply_send(act, &reply);
	return OK;
}

static enum fail sheet_decide(struct act *act, enum sheet_kind kind)
{
	act->command.read_sheet.sheet = sheet_spec(kind)->name;
	act->command.read_sheet.row_count = 0;
	TRY(corridor_enter(act));
	act->verdict = law_decide(act->arena, &act->facts, &act->command);
	return OK;
}

/* --- long lists: the inspector reads them --- */

static void order_put(struct act *act, struct message *order, const struct sheet_asked *asked)
{
	message_put(order, "sheet", asked->spec->name);
	message_put(order, "me", str_hex16(act->arena, asked->me.n));
	message_put(order, "office", asked->office);
	message_put(order, "after", str_i64(act->arena, asked->after));
	message_put(order, "limit", str_i64(act->arena, asked->limit_rows));
	message_put(order, "today", str_copy(act->arena, str_from(date_iso(asked->today).text)));
	message_put(order, "now", str_i64(act->arena, asked->now_ms));
	for (size_t i = 0; i < asked->filter_count; i++)
		message_field(order, asked->filters[i].name, asked->filters[i].text);
}

/* false: nobody is there to read it, or too many read already. */
static bool inspector_asked(struct act *act, enum sheet_kind kind)
{
	struct sheet_asked asked = asked_of(act, sheet_spec(kind));
	struct reading *reading;
	uint64_t inspector;

	if (!(sheet_spec(kind)->flags & SHEET_LONG) ||
	    !peer_connection(act->keeper, PEER_INSPECTOR, &inspector))
		return false;
	reading = readings_add(&act->keeper->readings);
	if (!reading)
		return false;
	reading->connection = act->connection;
	reading->message = act->message->id;
	reading->session = act->facts.session.id;
	reading->channel = act->command.channel;
	reading->sheet = (int)kind;
	reading->until_ms = clock_monotonic_ms() + READING_PATIENCE_MS;
	snprintf(reading->token, sizeof reading->token, "%.*s", STR_FMT(act->token));
	struct message order = message_new(act->arena, MESSAGE_READ_SHEET, reading->id);
	order_put(act, &order, &asked);
	outgoing_add(act->keeper, inspector, &order, false);
	act->keeper->tables_wanted = true;
	return true;
}

/* Decided again, as the officer may have been blocked since. */
static enum fail reading_reply(struct keeper *keeper, struct reading *reading, const struct message *read)
{
	struct message asked = { .kind = MESSAGE_SHEET, .id = reading->message };
	struct act act = act_of(keeper, PEER_FRONT, reading->connection, &asked);
	enum sheet_kind kind = (enum sheet_kind)reading->sheet;

	act.token = str_copy(act.arena, str_from(reading->token));
	caller_envelope(&act, COMMAND_read_sheet);
	act.command.channel = reading->channel;
	act.facts.session.id = reading->session;
	reading->id = 0;
	if (!read || read->sheet_count != 1) {
		reply_failed(&act, read ? FAIL_IO : FAIL_TIMEOUT);
		return OK;
	}
	TRY(sheet_decide(&act, kind));
	return sheet_reply(&act, kind, &read->sheets[0], (int64_t)message_get_u64(read, "next"));
}

enum fail handle_sheet_read(struct act *act)
{
	struct reading *reading = readings_find(&act->keeper->readings, act->message->id);

	return reading ? reading_reply(act->keeper, reading, act->message) : OK;
}

enum fail readings_tick(struct keeper *keeper)
{
	for (size_t i = 0; i < READINGS_MAX; i++) {
		struct reading *reading = &keeper->readings.at[i];
		if (reading->id && reading->until_ms < clock_monotonic_ms())
			TRY(reading_reply(keeper, reading, NULL));
	}
	return OK;
}

/* An empty value is no filter. */
static const char *value_wrong(const struct filter_spec *filter, struct str value)
{
	uint64_t entry;
	int word;

	if (value.len > FILTER_BYTES_MAX || !str_is_utf8(value))
		return FILTER_WRONG;
	if (value.len && filter->kind == FILTER_WORD && word_find(filter->words, value, &word) != OK)
		return NO_WORD;
	if (filter->kind != FILTER_ENTRY && filter->kind != FILTER_KEY)
		return NULL;
	return value.len && str_to_u64(value, &entry) != OK ? NO_ENTRY : NULL;
}

static const char *filter_wrong(const struct act *act, const struct sheet_spec *spec, size_t at)
{
	const struct pair *pair = &act->message->fields[at];
	const struct filter_spec *filter = NULL;

	for (size_t i = 0; i < spec->filter_count; i++)
		if (str_eq(spec->filters[i].name, pair->name))
			filter = &spec->filters[i];
	if (!filter)
		return NO_FILTER;
	for (size_t i = 0; i < at; i++)
		if (str_eq(act->message->fields[i].name, pair->name))
			return FILTER_TWICE;
	return value_wrong(filter, pair->text);
}

static bool is_row_number(struct str text)
{
	int64_t n;

	return text.len == 0 || (str_to_i64(text, &n) == OK && n >= 0);
}

/* True when page marks and filters were understood; otherwise what is wrong has been answered. */
static bool sheet_understood(struct act *act, enum sheet_kind kind)
{
	struct problem problem = { STR("sheet"), NULL };

	if (kind == SHEET_NONE)
		problem.why = NO_LIST;
	else if (!is_row_number(message_get(act->message, "after")))
		problem = (struct problem){ STR("after"), NO_PAGE };
	else if (!is_row_number(message_get(act->message, "limit")))
		problem = (struct problem){ STR("limit"), NO_LIMIT };
	for (size_t i = 0; i < act->message->field_count && !problem.why; i++)
		problem = (struct problem){ act->message->fields[i].name, filter_wrong(act, sheet_spec(kind), i) };
	if (!problem.why)
		return true;
	reply_problems(act, &problem, 1);
	return false;
}

enum fail handle_sheet(struct act *act)
{
	enum sheet_kind kind = sheet_find(message_get(act->message, "sheet"));
	struct facts_context context;
	struct sheet_asked asked;
	struct sheet sheet = { 0 };
	int64_t next = 0;
	bool known;

	TRY(caller_find(act, &known));
	if (!known || !sheet_understood(act, kind))
		return OK;
	caller_envelope(act, COMMAND_read_sheet);
	TRY(sheet_decide(act, kind));
	if (act->verdict.refusal == REFUSED_NOT) {
		if (inspector_asked(act, kind))
			return OK;
		context = facts_context_of(act);
		asked = asked_of(act, sheet_spec(kind));
		if (kind == SHEET_handover)
			TRY(handover_aim(act, &asked));
		TRY(sheet_load(&context, &asked, &sheet, &next));
		if (kind == SHEET_status && !asked.after)
			TRY(status_put(act, &sheet));
	}
	return sheet_reply(act, kind, &sheet, next);
}
