#include <stdio.h>

#include "base/file.h" /* before cmocka, which takes the name fail */

#include "decide_kit.h"

#include "base/crypto.h"

enum { ME = 0xA1, OTHER = 0xA2, SUBJECT = 0xB1, FRESH = 0xF1 };

static const char DIGEST[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

struct date scene_day(const char *iso)
{
	struct date date;

	assert_int_equal(date_parse_iso(str_from(iso), &date), OK);
	return date;
}

void scene_duty_add(struct scene *scene, enum duty duty, const char *office)
{
	struct fact_duties *held = &scene->facts.my_duties;

	assert_true(held->count < SCENE_DUTIES);
	scene->duties[held->count] = (struct fact_duty){
		.entry = { 20 + held->count }, .person = scene->facts.me, .office = str_from(office),
		.duty = duty, .valid_from = scene_day("2026-01-01"), .valid_to = DATE_NONE,
	};
	held->at = scene->duties;
	held->count++;
}

void scene_duty(struct scene *scene, enum duty duty, const char *office)
{
	scene->facts.my_duties.count = 0;
	scene_duty_add(scene, duty, office);
}

static struct fact_card card(const char *serial, const char *name, const char *last_four, uint64_t person)
{
	return (struct fact_card){ .presented = true, .name = str_from(name), .last_four = str_from(last_four),
		                   .serial = str_from(serial), .number = STR(""), .fingerprint = STR(""),
		                   .bound_to = { person }, .matches = true, .valid_to = DATE_NONE,
		                   .known_valid_to = DATE_NONE };
}

static struct fact_subject subject(const char *number, const char *tag, uint64_t person, uint64_t fresh)
{
	return (struct fact_subject){ .by_number = true, .number_valid = true, .number_kind = NUMBER_NATIONAL,
		                      .normalised = str_from(number), .tag = str_from(tag),
		                      .person = { person }, .details_same = true, .fresh = { fresh } };
}

static void good_state(struct scene *s)
{
	struct facts *facts = &s->facts;

	memset(facts, 0, sizeof *facts);
	facts->today = scene_day("2026-11-24");
	facts->now_ms = date_local_start_ms(facts->today) + 9 * 3600 * 1000;
	facts->next_entry = 100;
	facts->started = true;
	facts->parameters = parameters_initial();
	facts->rule = STR("residence/1+p0");
	facts->workday_due_ms = date_local_start_ms(scene_day("2026-11-28"));
	facts->accept_by = scene_day("2026-11-26");
	facts->session = (struct fact_session){ .id = { 7 }, .person = { ME }, .live = true,
		                                 .method = METHOD_MUTUAL_TLS };
	facts->me.n = ME;
	facts->new_token = str_from(DIGEST);
	facts->staffing = (struct fact_staffing){ 1, 1, 1, 1 };
	facts->my_account = facts->item_granted = true;
	facts->person_exists = true;
	facts->card = card("0A01", "林玫", "6789", ME);
	facts->second_card = card("0A02", "陳明", "0001", 0);
	facts->first_custodian = subject("A123456789", "tag-a", 0, FRESH);
	facts->first_supervisor = subject("A100000001", "tag-b", 0, FRESH + 1);
	facts->office = (struct fact_office){ .exists = true, .office = STR("sanmin"), .name = STR("三民區公所"),
		                              .name_en = STR(""), .parent = STR("bureau"), .address = STR(""), .phone = STR(""),
		                              .kind = OFFICE_DISTRICT };
	facts->basis = (struct fact_basis){ .exists = true, .basis = STR("B_LOW"), .day_test = true,
		                            .municipality = true, .items = 1u << ITEM_1 };
}

static void good_case(struct scene *s)
{
	struct facts *facts = &s->facts;

	s->unconfirmed[0] = 2;
	facts->case_ = (struct fact_case){ .id = { 30 }, .case_no = STR("113-0041"), .office = STR("sanmin"),
		                           .basis = STR("B_LOW"), .opened_on = scene_day("2024-01-02"),
		                           .closed_on = DATE_NONE, .party_count = 2, .unconfirmed = true,
		                           .unconfirmed_parties = 1, .unconfirmed_count = 1,
		                           .unconfirmed_at = s->unconfirmed };
	facts->subject = (struct fact_subject){ .normalised = STR(""), .tag = STR(""), .person = { SUBJECT },
		                                .party_no = 1, .fresh = { FRESH } };
	facts->query = (struct fact_query){ .id = { 41 }, .asker = { ME }, .subject = { SUBJECT },
		                            .case_id = { 30 }, .case_no = STR("113-0041"),
		                            .office = STR("sanmin"), .basis = STR("B_LOW"),
		                            .rule = STR("residence/1+p0"), .item = ITEM_1,
		                            .range = RANGE_RESIDENCE, .waits_for = WAITS_COURIER,
		                            .anchor = scene_day("2026-11-23"), .due_ms = INT_NONE,
		                            .open = true, .accept_by = DATE_NONE };
	facts->delivery = (struct fact_delivery){ .result = RESULT_FOUND, .verdict = ANSWER_ELIGIBLE,
		                                  .answer = STR("{\"v\":1}"), .day_table = STR(""),
		                                  .rows_digest = str_from(DIGEST), .row_count = 6,
		                                  .data_as_of = scene_day("2026-11-23") };
	facts->authorization = (struct fact_authorization){
		.entry = { 45 }, .asker = { OTHER }, .subject = { SUBJECT }, .case_id = { 30 }, .office = STR("sanmin"),
		.item = ITEM_1, .range = RANGE_HISTORY, .anchor = scene_day("2026-11-23"), .ask_count = 2,
		.grant_by_ms = facts->now_ms, .stands = true, .valid_until_ms = INT_NONE,
	};
	facts->new_code = STR("2026Q4:code");
	facts->proposal = (struct fact_proposal){ .entry = { 50 }, .kind = PROPOSAL_PARAMETER,
		                                  .proposer = { OTHER }, .name = STR("query.quota_hour"),
		                                  .value = STR("40"), .effective = facts->today };
}

/* --- the good command of each kind ---------------------------------------------------------- */

static void good_first_start(struct scene *s)
{
	s->facts.started = false;
	s->facts.session.id.n = 0;
	s->facts.card.bound_to.n = 0;
	s->command.first_start.office_name = STR("社會局");
	s->command.first_start.custodian_id_no = STR("A123456789");
	s->command.first_start.supervisor_id_no = STR("A100000001");
}

static void good_sign_in(struct scene *s)
{
	s->facts.session.id.n = 0;
}

static void good_sign_out(struct scene *s)
{
	s->facts.my_duties.count = 0;
}

static void good_import_list(struct scene *s)
{
	scene_duty(s, DUTY_CUSTODIAN, "bureau");
	s->command.import_list.file = STR("the file");
}

static void good_open_case(struct scene *s)
{
	s->facts.case_.id.n = 0;
	s->command.open_case.case_no = STR("115-0007");
	s->command.open_case.legal_basis = STR("B_LOW");
	s->command.open_case.intake_no = STR("R-9");
	s->command.open_case.received_on = s->facts.today;
}

static void good_add_party(struct scene *s)
{
	s->facts.subject = subject("E100000005", "tag-e", 0, FRESH);
	s->command.add_party.case_no = STR("113-0041");
	s->command.add_party.id_no = STR("E100000005");
	s->command.add_party.name = STR("王小明");
	s->command.add_party.birth_date = STR("0750315");
	s->command.add_party.person_kind = PERSON_REGISTERED;
	s->command.add_party.relation = RELATION_HOUSEHOLD;
	s->command.add_party.intake_no = STR("R-10");
	s->command.add_party.received_on = s->facts.today;
}

static void good_confirm_case(struct scene *s)
{
	scene_duty(s, DUTY_SUPERVISOR, "sanmin");
	s->command.confirm_case.case_no = STR("113-0041");
}

static void good_close_case(struct scene *s)
{
	s->command.close_case.case_no = STR("113-0041");
	s->command.close_case.closed_on = s->facts.today;
}

static void good_decide_case(struct scene *s)
{
	s->command.decide_case.case_no = STR("113-0041");
	s->command.decide_case.decision = DECISION_CONTINUE;
	s->command.decide_case.decided_on = s->facts.today;
}

static void good_appoint_duty(struct scene *s)
{
	scene_duty(s, DUTY_CUSTODIAN, "sanmin");
	s->command.appoint_duty.person.n = OTHER;
	s->command.appoint_duty.office = STR("sanmin");
	s->command.appoint_duty.duty = DUTY_OFFICER;
	s->command.appoint_duty.valid_from = s->facts.today;
	s->command.appoint_duty.letter_no = STR("高市社字第1號");
}

static void good_print_paper(struct scene *s)
{
	scene_duty(s, DUTY_CUSTODIAN, "sanmin");
	s->facts.print = (struct fact_print){ .exists = true, .person = { OTHER }, .office = STR("sanmin"),
		                              .digest = STR(""), .prints = 1, .file_digest = str_from(DIGEST),
		                              .file_bytes = 160000 };
	s->command.print_paper.printed_paper = PRINTED_APPOINTMENT;
	s->command.print_paper.about.n = 60;
}

static void good_end_duty(struct scene *s)
{
	scene_duty(s, DUTY_SUPERVISOR, "sanmin");
	s->facts.duty = (struct fact_duty){ .entry = { 60 }, .person = { OTHER }, .office = STR("sanmin"),
		                            .duty = DUTY_OFFICER, .valid_from = scene_day("2026-01-01"),
		                            .valid_to = DATE_NONE };
	s->command.end_duty.duty_entry.n = 60;
	s->command.end_duty.duty_end = DUTY_END_TRANSFERRED;
	s->command.end_duty.ended_on = s->facts.today;
}

static void good_hand_over_duty(struct scene *s)
{
	good_end_duty(s);
	s->command.hand_over_duty.duty_entry.n = 60;
	s->command.hand_over_duty.person.n = OTHER + 1;
	s->command.hand_over_duty.handed_on = s->facts.today;
}

static void good_report_staff_change(struct scene *s)
{
	scene_duty(s, DUTY_CUSTODIAN, "sanmin");
	s->facts.notice = (struct fact_notice){ { 62 }, STR("sanmin"), DUTY_CUSTODIAN, scene_day("2026-12-01") };
	s->command.report_staff_change.notice.n = 62;
	s->command.report_staff_change.letter_no = STR("高市三區社字第9號");
	s->command.report_staff_change.sent_on = s->facts.today;
}

static void good_propose_basis(struct scene *s)
{
	struct command_propose_basis *ask = &s->command.propose_basis;

	scene_duty(s, DUTY_CUSTODIAN, "bureau");
	s->items[0] = STR("item_1");
	s->items[1] = STR("item_5");
	ask->basis = STR("L_SPECIAL");
	ask->name = STR("特殊境遇家庭扶助條例");
	ask->data_request = STR("特殊境遇家庭扶助條例 §15-1");
	ask->items = (struct texts){ 2, s->items };
	ask->valid_from = s->facts.today;
}

static void good_propose_parameter(struct scene *s)
{
	scene_duty(s, DUTY_SUPERVISOR, "bureau");
	s->command.propose_parameter.name = STR("query.quota_hour");
	s->command.propose_parameter.value = STR("40");
	s->command.propose_parameter.effective = s->facts.today;
	s->command.propose_parameter.reason = STR("年度總清查");
}

static void good_approve_proposal(struct scene *s)
{
	scene_duty(s, DUTY_SUPERVISOR, "bureau");
	s->command.approve_proposal.proposal.n = 50;
}

static void good_reject_proposal(struct scene *s)
{
	scene_duty(s, DUTY_SUPERVISOR, "bureau");
	s->command.reject_proposal.proposal.n = 50;
	s->command.reject_proposal.reason = STR("不需要");
}

static void good_file_edition(struct scene *s)
{
	scene_duty(s, DUTY_CUSTODIAN, "bureau");
	s->command.file_edition.edition_kind = EDITION_GUIDELINE;
	s->command.file_edition.title = STR("作業要點");
	s->command.file_edition.dated = scene_day("2018-07-24");
	s->command.file_edition.text = STR("全文");
}

static void good_ask(struct scene *s)
{
	struct command_ask *ask = &s->command.ask;

	ask->case_no = STR("113-0041");
	ask->subject = STR("1");
	ask->legal_basis = STR("B_LOW");
	ask->purpose = PURPOSE_YEARLY_RECHECK;
	ask->item = ITEM_1;
	ask->range = RANGE_RESIDENCE;
	ask->anchor_date = scene_day("2026-11-23");
}

static void good_deliver(struct scene *s)
{
	s->command.deliver.asked.n = 41;
}

static void good_paste_answer(struct scene *s)
{
	s->facts.query.waits_for = WAITS_PERSON;
	s->command.paste_answer.asked.n = 41;
	s->command.paste_answer.result = RESULT_FOUND;
	s->command.paste_answer.lines = STR("1 出境 20250310");
}

static void good_release_day_table(struct scene *s)
{
	s->facts.query.open = false;
	s->facts.query.answered = s->facts.query.has_day_table = true;
	s->facts.query.verdict = ANSWER_ELIGIBLE;
	s->command.release_day_table.asked.n = 41;
	s->command.release_day_table.reason_code = REASON_LETTER;
}

static void good_accept_query(struct scene *s)
{
	scene_duty(s, DUTY_SUPERVISOR, "sanmin");
	s->facts.query.asker.n = OTHER;
	s->facts.query.to_accept = true;
	s->command.accept_query.asked.n = 41;
	s->command.accept_query.justified = true;
	s->command.accept_query.remark = STR("屬實");
}

static void good_explain_query(struct scene *s)
{
	s->facts.query.to_explain = true;
	s->command.explain_query.asked.n = 41;
	s->command.explain_query.explanation = STR("訴願書附件");
}

static void good_request_authorization(struct scene *s)
{
	struct command_request_authorization *ask = &s->command.request_authorization;

	s->facts.parameters.value[PARAMETER_TWO_PERSON_BEFORE] = STR("history");
	ask->case_no = STR("113-0041");
	ask->subject = STR("1");
	ask->legal_basis = STR("B_LOW");
	ask->purpose = PURPOSE_YEARLY_RECHECK;
	ask->item = ITEM_1;
	ask->range = RANGE_HISTORY;
	ask->anchor_date = scene_day("2026-11-23");
	ask->ask_count = 2;
	ask->reason_code = REASON_COURT;
}

static void good_grant_authorization(struct scene *s)
{
	scene_duty(s, DUTY_SUPERVISOR, "sanmin");
	s->command.grant_authorization.authorization.n = 45;
}

static void good_read_log(struct scene *s)
{
	scene_duty(s, DUTY_AUDITOR, "sanmin");
	s->command.read_log.first = 0;
	s->command.read_log.count = 256;
}

static void good_read_sheet(struct scene *s)
{
	s->command.read_sheet.sheet = STR("case_parties");
	s->command.read_sheet.row_count = 3;
}

static void good_read_signature(struct scene *s)
{
	s->facts.signature = (struct fact_signature){ { 60 }, { ME } };
	s->command.read_signature.signed_entry.n = 60;
}

static void good_accept_clock(struct scene *s)
{
	scene_duty(s, DUTY_CUSTODIAN, "bureau");
	s->facts.clock_stepped = true;
}

static void good_operator_act(struct scene *s)
{
	s->facts.session.id.n = 0;
	s->command.operator_act.verb = STR("backup");
	s->command.operator_act.os_user = STR("youju");
}

static void good_end_session(struct scene *s)
{
	s->command.end_session.ended_session.n = 7;
	s->command.end_session.cause = OUT_IDLE;
}

static void good_count_refusals(struct scene *s)
{
	s->command.count_refusals.count = 1200;
	s->command.count_refusals.since = s->facts.now_ms - 600000;
}

static void good_expire_query(struct scene *s)
{
	s->command.expire_query.asked.n = 41;
	s->command.expire_query.result = RESULT_TIMEOUT;
}

#include "decide_goods_ending.inc"
#include "decide_kit_application.inc"

static void (*const goods[])(struct scene *s) = {
	[COMMAND_NONE] = NULL,
#define COMMAND(name, label, duties, door) [COMMAND_##name] = good_##name,
#define COMMAND_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/fields.inc"
#include "law/commands.def"
#undef COMMAND
#undef COMMAND_END
#undef FIELD
};

/* --- a good list of each kind ----------------------------------------------------------------- */

static void good_organisation(struct scene *s, struct fact_row *row)
{
	struct import_organisation *new = &row->row.organisation;

	(void)s;
	row->office.exists = false;
	new->office = STR("zuoying");
	new->name = STR("左營區公所");
	new->office_kind = OFFICE_DISTRICT;
	new->parent = STR("bureau");
}

static void good_staff(struct scene *s, struct fact_row *row)
{
	struct import_staff *new = &row->row.staff;

	new->id_no = STR("E100000005");
	new->name = STR("王小明");
	new->office = STR("sanmin");
	new->unit = STR("社會課");
	new->duty = DUTY_OFFICER;
	new->valid_from = s->facts.today;
	new->card_serial = STR("0A05");
}

static void good_calendar(struct scene *s, struct fact_row *row)
{
	(void)s;
	row->row.calendar.day = scene_day("2027-01-01");
	row->row.calendar.day_kind = DAY_HOLIDAY;
}

static void good_cases(struct scene *s, struct fact_row *row)
{
	struct import_cases *new = &row->row.cases;

	(void)s;
	new->case_no = STR("115-0100");
	new->office = STR("sanmin");
	new->legal_basis = STR("B_LOW");
	new->opened_on = scene_day("2026-02-01");
	new->party_no = 1;
	new->id_no = STR("E100000005");
	new->name = STR("王小明");
	new->birth_date = STR("0750315");
	new->person_kind = PERSON_REGISTERED;
	new->relation = RELATION_CLAIMANT;
}

static void good_grants(struct scene *s, struct fact_row *row)
{
	struct import_grants *new = &row->row.grants;

	row->subject.person.n = OTHER;
	new->id_no = STR("E100000005");
	new->office = STR("sanmin");
	new->item = ITEM_1;
	new->legal_basis = STR("B_LOW");
	new->valid_from = s->facts.today;
	new->valid_to = scene_day("2029-11-23");
	new->letter_no = STR("移署資字第1號");
}

static void good_leave(struct scene *s, struct fact_row *row)
{
	(void)s;
	row->subject.person.n = OTHER;
	row->row.leave.id_no = STR("E100000005");
	row->row.leave.first_day = scene_day("2026-12-01");
	row->row.leave.last_day = scene_day("2026-12-03");
	row->row.leave.leave_kind = LEAVE_ANNUAL;
}

static void good_overtime(struct scene *s, struct fact_row *row)
{
	row->subject.person.n = OTHER;
	row->row.overtime.id_no = STR("E100000005");
	row->row.overtime.day = s->facts.today;
	row->row.overtime.from_time = STR("18:00");
	row->row.overtime.to_time = STR("2130");
}

static void (*const lists[])(struct scene *s, struct fact_row *row) = {
	[IMPORT_ORGANISATION] = good_organisation, [IMPORT_STAFF] = good_staff,
	[IMPORT_CALENDAR] = good_calendar, [IMPORT_CASES] = good_cases, [IMPORT_GRANTS] = good_grants,
	[IMPORT_LEAVE] = good_leave, [IMPORT_OVERTIME] = good_overtime,
};

void scene_import(struct scene *s, enum import_kind list)
{
	s->command.import_list.import_kind = list;
	for (size_t i = 0; i < SCENE_ROWS; i++) {
		struct fact_row *row = &s->rows[i];
		memset(row, 0, sizeof *row);
		record_blank(import_spec(list), &row->row.organisation);
		row->row.line = i + 2;
		row->subject = subject("E100000005", "tag-e", 0, FRESH);
		row->office = s->facts.office;
		row->basis = s->facts.basis;
		row->case_ = (struct fact_case){ .case_no = STR(""), .office = STR(""), .basis = STR(""),
			                         .opened_on = DATE_NONE, .closed_on = DATE_NONE };
		lists[list](s, row);
	}
	s->facts.rows = s->rows;
	s->facts.row_count = 1;
}

/* --- running ------------------------------------------------------------------------------- */

struct scene *scene_open(enum command_kind kind, enum import_kind list)
{
	struct scene *s = process_bytes(sizeof *s);

	s->arena = arena_open(1 << 24);
	s->command = command_new(kind);
	if (command_spec(kind)->door == DOOR_PEOPLE || command_spec(kind)->door == DOOR_CARD) {
		s->command.request = STR("RRRRRRRRRRRRRRRRRRRRRR");
		s->command.content = STR("CCCCCCCCCCCCCCCCCCCCCC");
	}
	s->command.channel = CHANNEL_WEB;
	s->command.address = STR("192.0.2.7");
	good_state(s);
	good_case(s);
	scene_duty(s, DUTY_OFFICER, "sanmin");
	goods[kind](s);
	if (kind == COMMAND_import_list)
		scene_import(s, list);
	return s;
}

void scene_close(struct scene *s)
{
	arena_close(&s->arena);
	process_free(s);
}

struct verdict scene_decide(struct scene *s)
{
	return law_decide(&s->arena, &s->facts, &s->command);
}

struct events scene_events(struct scene *s, const struct verdict *verdict)
{
	struct events events = events_on(&s->arena);

	law_account(&s->facts, &s->command, verdict, &events);
	return events;
}

static struct document *document_at(struct event *event, size_t field)
{
	return (struct document *)((char *)event_body(event) + event_spec(event->kind)->fields[field].offset);
}

static bool is_document(const struct event *event, size_t field)
{
	return event_spec(event->kind)->fields[field].kind == FIELD_DOCUMENT;
}

/* What the keeper does to a document. */
static void documents_seal(struct arena *arena, struct event *event)
{
	for (size_t i = 0; i < event_spec(event->kind)->count; i++) {
		struct document *document = document_at(event, i);
		if (!is_document(event, i) || !document->content.len)
			continue;
		struct hash hash = hash_bytes(document->content);
		document->id = i + 1;
		document->digest = base64url_text(arena, hash.at, HASH_BYTES);
	}
	if (event->signature.content.len) {
		struct hash hash = hash_bytes(event->signature.content);
		event->signature.id = 1;
		event->signature.digest = base64url_text(arena, hash.at, HASH_BYTES);
	}
}

/* For reading: the content in the place of the sealed document. */
static struct str documents_open(struct arena *arena, struct event *event, struct str line)
{
	for (size_t i = 0; i < event_spec(event->kind)->count; i++) {
		size_t at;
		if (!is_document(event, i) || !document_at(event, i)->id)
			continue;
		struct str text = document_text(arena, *document_at(event, i));
		assert_true(str_find(line, text, &at));
		struct str content = document_at(event, i)->content;
		line = str_printf(arena, "%.*ssealed %.*s%.*s", (int)at, line.at, STR_FMT(content),
		                  STR_FMT(str_slice(line, at + text.len, line.len)));
	}
	return line;
}

struct str scene_log(struct scene *s, struct events *events)
{
	static const char salt[] = "\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\"";
	struct buf out = buf_on(&s->arena);

	for (size_t i = 0; i < events->count; i++) {
		struct event *event = &events->at[i], again;
		documents_seal(&s->arena, event);
		struct str entry = event_encode(&s->arena, event);
		size_t at = 0;
		assert_int_equal(event_decode(&s->arena, entry, &again), OK);
		assert_true(str_find(entry, str_from(salt), &at));
		struct str rest = str_slice(entry, at + sizeof salt - 1, entry.len);
		rest = str_starts(rest, STR(",")) ? str_slice(rest, 1, rest.len) : rest;
		rest = documents_open(&s->arena, event, rest);
		buf_printf(&out, "%.*s {%.*s\n", STR_FMT(event_spec(event->kind)->name), STR_FMT(rest));
	}
	return buf_str(&out);
}

/* The section of the golden text that stands under "# name". */
static struct str golden_section(struct str golden, struct str name)
{
	struct str line, from = golden;

	while (str_cut(&golden, '\n', &line)) {
		if (!str_starts(line, STR("# ")) || !str_eq(str_slice(line, 2, line.len), name))
			continue;
		size_t end = golden.len;
		from = golden;
		if (str_find(golden, STR("\n# "), &end))
			end++;
		else
			end = golden.len;
		return str_slice(from, 0, end);
	}
	return STR("");
}

static struct str golden_text;

static void refusal_is_journaled(struct scene *s, const struct scene_case *it, const struct verdict *verdict)
{
	struct events events = scene_events(s, verdict);
	enum command_door door = command_spec(it->kind)->door;
	struct str log = scene_log(s, &events), code = refusal_spec(it->refusal)->code;
	size_t at;

	if (!events.count) {
		bool nobody = !s->facts.session.id.n || (!s->facts.session.live && it->kind != COMMAND_ask);
		assert_true(nobody || (door == DOOR_INTERNAL && it->kind != COMMAND_read_sheet) ||
		            it->refusal == REFUSED_SHEET_UNKNOWN || s->command.import_list.preview);
		return;
	}
	assert_true(str_find(log, str_printf(&s->arena, "\"rule\":\"%.*s\"", STR_FMT(code)), &at));
	assert_int_equal(events.at[0].kind, it->kind == COMMAND_ask ? EVENT_query_refused :
	                                    it->kind == COMMAND_deliver ? EVENT_query_withheld :
	                                    door == DOOR_CARD ? EVENT_sign_in_refused : EVENT_command_refused);
	assert_true(str_eq(events.at[0].request, s->command.request));
	if (door == DOOR_PEOPLE)
		assert_int_equal(events.at[0].session.n, s->facts.session.id.n);
}

static void case_runs(void **state)
{
	const struct scene_case *it = *state;
	struct scene *s = scene_open(it->kind, it->list);

	it->change(s);
	struct verdict verdict = scene_decide(s);
	if (verdict.refusal != it->refusal)
		print_error("%s: got %.*s\n", it->name, STR_FMT(refusal_spec(verdict.refusal)->code));
	assert_int_equal(verdict.refusal, it->refusal);
	if (it->field[0]) {
		assert_int_equal(verdict.problem_count, 1);
		assert_true(str_is(verdict.problems[0].field, it->field));
		assert_true(verdict.problems[0].why[0]);
	}
	if (it->refusal != REFUSED_NOT) {
		refusal_is_journaled(s, it, &verdict);
		scene_close(s);
		return;
	}
	struct events events = scene_events(s, &verdict);
	struct str log = scene_log(s, &events), expected = golden_section(golden_text, str_from(it->name));
	if (!str_eq(log, expected))
		fprintf(stderr, "# %s\n%.*s", it->name, STR_FMT(log));
	assert_true(str_eq(log, expected));
	scene_close(s);
}

int scene_main(int argc, char **argv, const char *group, const struct scene_case *cases, size_t count)
{
	struct CMUnitTest *tests = process_bytes(count * sizeof *tests);
	struct arena arena = arena_open(1 << 20);
	int failed = 1;

	for (size_t i = 0; i < count; i++)
		tests[i] = (struct CMUnitTest){ cases[i].name, case_runs, NULL, NULL, (void *)(uintptr_t)&cases[i] };
	if (argc == 2 && file_load(&arena, argv[1], 1 << 18, &golden_text) == OK)
		failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
	arena_close(&arena);
	process_free(tests);
	return failed;
}
