/* Papers of an application: form F1 as it was endorsed, the letter, and what goes to the agency. */
#include "keeper/papers_parts.h"
#include "law/application_form.h"
#include "paper/form_f1.h"
#include "paper/letter.h"
#include "paper/roster.h"

enum { SENT_MAX = 1000 };

static const char EDITION[] = "107年7月24日";

/* --- form F1 --- */

static struct str step_seal(struct str step)
{
	return str_is(step, "endorse") ? STR(FORM_UNIT_SEAL) : STR(FORM_HEAD_SEAL);
}

static enum fail signature_read(struct act *act, struct rows_found *rows, struct f1_signature *out)
{
	struct person_shown shown;

	TRY(person_show(act, (struct person_id){ (uint64_t)rows_i64(rows, 2) }, &shown));
	*out = (struct f1_signature){
		.step = step_seal(rows_text(rows, 1)), .name = shown.details.name,
		.title = paper_title(act, &shown.details), .serial = rows_copy(rows, 4, act->arena),
		.at = str_copy(act->arena, str_from(time_roc(rows_i64(rows, 3)).text)),
		.entry = paper_number(act, (uint64_t)rows_i64(rows, 0)),
	};
	return OK;
}

static enum fail signatures_load(struct act *act, struct f1_print *print)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(act->keeper->tables, TABLES_print_application_signed, ABOUT(act), &rows));
	while (print->signature_count < F1_SIGNATURES_MAX && rows_next(&rows)) {
		TRY(signature_read(act, &rows, &print->signatures[print->signature_count]));
		print->signature_count++;
	}
	return rows_fail(&rows);
}

/* The sealed form itself, never a copy of it: its digest is the one that every step names. */
static enum fail form_load(struct act *act, struct application_form *out, struct str *digest_out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct str text;

	TRY(store_ask(act->keeper->tables, TABLES_print_application, ABOUT(act), &rows));
	TRY(first_row(&rows));
	*digest_out = rows_copy(&rows, 1, act->arena);
	TRY(document_open(act, rows_i64(&rows, 0), *digest_out, &text));
	if (text.len == 0)
		return FAIL_NOT_FOUND;
	return application_form_read(act->arena, text, out);
}

enum fail fill_application(struct act *act, struct paper *out)
{
	struct f1_print print = { .edition = str_from(EDITION) };
	struct application_form form;

	TRY(form_load(act, &form, &print.digest));
	TRY(signatures_load(act, &print));
	print.application = paper_number(act, act->command.print_paper.about.n);
	print.printed_at = str_copy(act->arena, str_from(time_roc(act->facts.now_ms).text));
	*out = form_f1_paper(act->arena, &form, &print, act->facts.now_ms);
	return OK;
}

/* --- the letter to the bureau --- */

static enum fail people_put(struct act *act, struct rows_found *rows, struct letter *letter)
{
	struct person_shown custodian, applicant;

	TRY(person_show(act, (struct person_id){ (uint64_t)rows_i64(rows, 6) }, &custodian));
	TRY(person_show(act, (struct person_id){ (uint64_t)rows_i64(rows, 7) }, &applicant));
	letter->contact = custodian.details.name;
	letter->email = custodian.details.email;
	letter->subject = str_printf(act->arena, "檢送%.*s%.*s申請內政部移民署線上應用服務系統帳號之申請表，"
	                             "請惠予審核並傳送移民署複核，請查照。",
	                             STR_FMT(applicant.details.unit), STR_FMT(applicant.details.name));
	return OK;
}

/* What the custodian wrote, a point a line. */
static void points_put(struct act *act, struct str text, struct letter *letter)
{
	struct str line;

	letter->points[letter->point_count++] = STR("依貴局應用移民資訊管理作業要點第三點第三款規定辦理。");
	while (letter->point_count < LETTER_POINTS_MAX - 1 && str_cut(&text, '\n', &line))
		if (str_trim(line).len)
			letter->points[letter->point_count++] = paper_clean(act->arena, str_trim(line));
	if (str_trim(text).len) /* more lines than points: the rest is the last point */
		letter->points[letter->point_count++] = paper_clean(act->arena, str_trim(text));
}

enum fail fill_letter(struct act *act, struct paper *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct letter letter = { .to = STR("高雄市政府社會局"), .attachments = STR("申請表1份"),
		                 .copies = STR("") };
	struct str text = STR("");

	TRY(store_ask(act->keeper->tables, TABLES_print_letter, ABOUT(act), &rows));
	TRY(first_row(&rows));
	letter.from = rows_copy(&rows, 0, act->arena);
	letter.address = rows_copy(&rows, 1, act->arena);
	letter.phone = rows_copy(&rows, 9, act->arena);
	letter.number = rows_copy(&rows, 2, act->arena);
	letter.date = str_printf(act->arena, "中華民國%.*s", STR_FMT(paper_roc(act, row_date(&rows, 3))));
	if (!rows_is_null(&rows, 4))
		TRY(document_open(act, rows_i64(&rows, 4), rows_text(&rows, 5), &text));
	TRY(people_put(act, &rows, &letter));
	points_put(act, text, &letter);
	TRY(paper_head_of(act, rows_copy(&rows, 8, act->arena), &letter.signature));
	*out = letter_paper(act->arena, &letter, act->facts.now_ms);
	return rows_fail(&rows);
}

/* --- a transmission --- */

static struct str items_said(struct act *act, struct str codes)
{
	struct buf out = buf_on(act->arena);
	struct str code;
	int item;

	while (str_cut(&codes, ',', &code))
		if (word_find(&item_words, code, &item) == OK)
			buf_printf(&out, "%s%s", out.len ? "、" : "", form_items[item - ITEM_1].number);
	return buf_str(&out);
}

static enum fail sent_read(struct act *act, struct rows_found *rows, struct sent_application *out)
{
	struct person_shown shown;

	TRY(person_show(act, (struct person_id){ (uint64_t)rows_i64(rows, 2) }, &shown));
	*out = (struct sent_application){
		.number = paper_number(act, (uint64_t)rows_i64(rows, 0)), .office = rows_copy(rows, 1, act->arena),
		.name = shown.details.name, .items = items_said(act, rows_copy(rows, 3, act->arena)),
		.digest = rows_copy(rows, 4, act->arena),
	};
	return OK;
}

static enum fail sent_rows(struct act *act, struct transmission *sent)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct sent_application *at = arena_array(act->arena, struct sent_application, SENT_MAX);

	TRY(store_ask(act->keeper->tables, TABLES_print_transmission_rows, ABOUT(act), &rows));
	while (sent->count < SENT_MAX && rows_next(&rows))
		TRY(sent_read(act, &rows, &at[sent->count++]));
	sent->at = at;
	return rows_fail(&rows);
}

static enum fail transmission_load(struct act *act, struct transmission *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(act->keeper->tables, TABLES_print_transmission, ABOUT(act), &rows));
	TRY(first_row(&rows));
	*out = (struct transmission){ .office = rows_copy(&rows, 0, act->arena),
		                      .letter_no = rows_copy(&rows, 1, act->arena),
		                      .letter_date = paper_roc(act, row_date(&rows, 2)),
		                      .entry = paper_number(act, act->command.print_paper.about.n) };
	TRY(rows_fail(&rows));
	return sent_rows(act, out);
}

enum fail fill_cover_list(struct act *act, struct paper *out)
{
	struct transmission sent;

	TRY(transmission_load(act, &sent));
	*out = cover_list_paper(act->arena, &sent, act->facts.now_ms);
	return OK;
}

enum fail fill_reply_form(struct act *act, struct paper *out)
{
	struct transmission sent;

	TRY(transmission_load(act, &sent));
	*out = reply_form_paper(act->arena, &sent, act->facts.now_ms);
	return OK;
}
