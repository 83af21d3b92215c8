#include "keeper/papers.h"

#include "keeper/papers_parts.h"
#include "keeper/sheets.h"
#include "paper/letter.h"
#include "paper/roster.h"

struct str paper_roc(struct act *act, struct date date)
{
	return str_copy(act->arena, str_from(date_is_none(date) ? "" : date_roc(date).text));
}

struct str paper_number(struct act *act, uint64_t n)
{
	return str_u64(act->arena, n);
}

struct str paper_title(struct act *act, const struct details *details)
{
	return str_printf(act->arena, "%.*s%.*s", STR_FMT(details->unit), STR_FMT(details->title));
}

enum fail first_row(struct rows_found *rows)
{
	if (rows_next(rows))
		return OK;
	return rows_fail(rows) ? rows_fail(rows) : FAIL_NOT_FOUND;
}

enum fail paper_head_of(struct act *act, struct str office, struct str *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct person_shown shown;

	*out = STR("");
	TRY(store_ask(act->keeper->tables, TABLES_print_head,
	              VALUES(VALUE_TEXT("office", office), VALUE_INT("today", act->facts.today.day)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	TRY(person_show(act, (struct person_id){ (uint64_t)rows_i64(&rows, 0) }, &shown));
	*out = str_printf(act->arena, "%.*s　%.*s", STR_FMT(shown.details.title), STR_FMT(shown.details.name));
	return rows_fail(&rows);
}

/* Imported appointments state no ground of the guideline. */
static struct str ground_said(const struct rows_found *rows)
{
	int ground;

	if (rows_is_null(rows, 6) || word_find(&appointment_ground_words, rows_text(rows, 6), &ground) != OK)
		return STR("");
	return str_from(word_zh(&appointment_ground_words, ground));
}

static enum fail fill_appointment(struct act *act, struct paper *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct person_shown shown;
	int duty;

	TRY(store_ask(act->keeper->tables, TABLES_print_appointment, ABOUT(act), &rows));
	TRY(first_row(&rows));
	TRY(person_show(act, (struct person_id){ (uint64_t)rows_i64(&rows, 0) }, &shown));
	TRY(row_word(&rows, 2, &duty_words, &duty));
	const struct appointment appointment = {
		.office = rows_copy(&rows, 1, act->arena), .name = shown.details.name,
		.title = paper_title(act, &shown.details),
		.duty = str_from(word_zh(&duty_words, duty)), .deputy = rows_i64(&rows, 3),
		.from = paper_roc(act, row_date(&rows, 4)), .until = paper_roc(act, row_date(&rows, 5)),
		.ground = ground_said(&rows), .letter_no = rows_copy(&rows, 7, act->arena),
		.entry = paper_number(act, act->command.print_paper.about.n),
	};
	*out = appointment_paper(act->arena, &appointment, act->facts.now_ms);
	return rows_fail(&rows);
}

/* --- what is open when a duty is handed over (G3.2) --- */

static struct str date_said(struct act *act, struct str iso)
{
	struct date date;

	return date_parse_iso(iso, &date) == OK ? paper_roc(act, date) : STR("");
}

static struct str day_said(struct act *act, struct str utc)
{
	int64_t at_ms;

	return time_parse_utc(utc, &at_ms) == OK ? paper_roc(act, time_local_date(at_ms)) : STR("");
}

static void task_put(struct act *act, const struct sheet *tasks, size_t row, struct str *out, size_t number)
{
	int task;

	out[0] = paper_number(act, number);
	if (word_find(&task_words, sheet_cell(tasks, row, STR("task")), &task) == OK)
		out[1] = str_from(word_zh(&task_words, task));
	out[2] = sheet_cell(tasks, row, STR("about"));
	out[3] = day_said(act, sheet_cell(tasks, row, STR("since")));
	out[4] = date_said(act, sheet_cell(tasks, row, STR("due")));
}

static enum fail open_tasks(struct act *act, struct person_id holder, struct sheet *out)
{
	static const struct str columns[] = { STR_INIT("序號"), STR_INIT("待辦事項"), STR_INIT("標的"), STR_INIT("起始"),
		                              STR_INIT("期限") };
	struct facts_context context = facts_context_of(act);
	struct sheet_asked asked = { .spec = sheet_spec(SHEET_handover), .me = holder, .office = STR(""),
		                     .today = act->facts.today, .now_ms = act->facts.now_ms };
	struct sheet tasks, list = sheet_new(act->arena, STR("handover"), columns, ARRAY_LEN(columns));
	int64_t next;

	do {
		TRY(sheet_load(&context, &asked, &tasks, &next));
		for (size_t i = 0; i < tasks.row_count; i++)
			task_put(act, &tasks, i, sheet_row_add(act->arena, &list), list.row_count);
		asked.after = next;
	} while (next && list.row_count < PAPER_ROWS_MAX / 2);
	*out = list;
	return OK;
}

static enum fail fill_handover(struct act *act, struct paper *out)
{
	static const uint16_t widths[] = { 120, 620, 420, 320, 220 };
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct person_shown shown;
	struct sheet tasks;
	int duty;

	TRY(store_ask(act->keeper->tables, TABLES_print_appointment, ABOUT(act), &rows));
	TRY(first_row(&rows));
	struct person_id holder = { (uint64_t)rows_i64(&rows, 0) };
	TRY(row_word(&rows, 2, &duty_words, &duty));
	TRY(person_show(act, holder, &shown));
	TRY(open_tasks(act, holder, &tasks));
	struct str office = rows_copy(&rows, 1, act->arena);
	struct roster roster = {
		.title = str_printf(act->arena, "%.*s應用移民資訊業務移交清冊", STR_FMT(office)), .author = office,
		.sheet = &tasks, .widths_dmm = widths, .note_count = 2,
		.signers = { STR("移交人"), STR("接交人"), STR("監交人") }, .signer_count = 3,
		.foot = str_printf(act->arena, "日誌項 %.*s", STR_FMT(paper_number(act, act->command.print_paper.about.n))),
	};
	roster.notes[0] = str_printf(act->arena, "移交人：%.*s（%s）　接交人：", STR_FMT(shown.details.name),
	                             word_zh(&duty_words, duty));
	roster.notes[1] = str_printf(act->arena, "製表時間：%s　待辦共 %zu 項", time_roc(act->facts.now_ms).text, tasks.row_count);
	*out = roster_paper(act->arena, &roster, act->facts.now_ms);
	return rows_fail(&rows);
}

/* --- notice to the agency (G3.6, G3.7, X17) --- */

static enum fail number_open(struct act *act, struct person_id person, struct str *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	*out = STR("");
	TRY(store_ask(act->keeper->tables, TABLES_fact_person_numbers, VALUES(VALUE_INT("person", person.n)), &rows));
	if (rows_next(&rows))
		TRY(document_open(act, rows_i64(&rows, 0), rows_text(&rows, 1), out));
	return rows_fail(&rows);
}

static enum fail card_said(struct act *act, struct person_id person, struct str *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	*out = STR("");
	TRY(store_ask(act->keeper->tables, TABLES_print_card, VALUES(VALUE_INT("person", person.n)), &rows));
	if (rows_next(&rows))
		*out = str_printf(act->arena, "%s%.*s%s憑證序號 %.*s", rows_is_null(&rows, 1) ? "" : "卡號 ",
		                  STR_FMT(rows_text(&rows, 1)), rows_is_null(&rows, 1) ? "" : "\n",
		                  STR_FMT(rows_text(&rows, 0)));
	return rows_fail(&rows);
}

/* The official word of a duty change or suspension. */
static struct str reason_said(const struct rows_found *rows)
{
	int word;

	if (!rows_is_null(rows, 3) && word_find(&duty_change_words, rows_text(rows, 3), &word) == OK)
		return str_from(word_zh(&duty_change_words, word));
	if (!rows_is_null(rows, 4) && word_find(&suspend_cause_words, rows_text(rows, 4), &word) == OK)
		return str_from(word_zh(&suspend_cause_words, word));
	return STR("");
}

static enum fail notice_people(struct act *act, struct rows_found *rows, struct nia_notice *notice)
{
	struct person_id person = { (uint64_t)rows_i64(rows, 5) };
	struct person_shown shown, me;

	TRY(person_show(act, person, &shown));
	TRY(person_show(act, act->facts.me, &me));
	notice->name = shown.details.name;
	notice->contact = me.details.name;
	notice->email = me.details.email;
	TRY(number_open(act, person, &notice->id_no));
	TRY(card_said(act, person, &notice->serial));
	return paper_head_of(act, rows_copy(rows, 9, act->arena), &notice->signature);
}

static enum fail fill_notice(struct act *act, struct paper *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct nia_notice notice = { 0 };

	TRY(store_ask(act->keeper->tables, TABLES_print_notice, ABOUT(act), &rows));
	TRY(first_row(&rows));
	notice.from = rows_copy(&rows, 0, act->arena);
	notice.address = rows_copy(&rows, 1, act->arena);
	notice.phone = rows_copy(&rows, 10, act->arena);
	notice.card_lost = str_is(rows_text(&rows, 2), "card_lost");
	notice.reason = reason_said(&rows);
	notice.since = str_copy(act->arena, str_from(time_roc(rows_i64(&rows, 6)).text));
	notice.number = rows_copy(&rows, 7, act->arena);
	notice.date = paper_roc(act, row_date(&rows, 8));
	notice.entry = paper_number(act, act->command.print_paper.about.n);
	TRY(notice_people(act, &rows, &notice));
	*out = nia_notice_paper(act->arena, &notice, act->facts.now_ms);
	return rows_fail(&rows);
}

static enum fail (*const fills[])(struct act *act, struct paper *out) = {
	[PRINTED_APPOINTMENT] = fill_appointment, [PRINTED_APPLICATION] = fill_application,
	[PRINTED_LETTER] = fill_letter,           [PRINTED_COVER_LIST] = fill_cover_list,
	[PRINTED_REPLY_FORM] = fill_reply_form,   [PRINTED_NIA_NOTICE] = fill_notice,
	[PRINTED_HANDOVER] = fill_handover,
};
static_assert(ARRAY_LEN(fills) == printed_paper_end, "every paper is filled");

enum fail paper_fill(struct act *act, struct paper *out)
{
	return fills[act->command.print_paper.printed_paper](act, out);
}
