/* A keeper that knows one case and remembers nothing but sessions: it answers the front's frames
 * from tables, for tests of pages and for measuring the front alone. usage: fake_keeper DIR */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/cert.h"
#include "base/file.h"
#include "base/local.h"
#include "counter/message.h"
#include "law/refusals.h"
#include "law/sheets.h"

enum { SESSIONS = 64, SILENCE_MS = 3000 };

static struct { char token[44], name[64]; } sessions[SESSIONS];
static size_t session_count;
static uint64_t entries = 1000;
static int64_t silent_until_ms;

static const char ANSWER_YES[] =
	"{\"verdict\":\"eligible\",\"provisional\":\"eligible\",\"days\":{\"A\":312,\"B\":312,\"C\":314,"
	"\"D\":309},\"bounds\":[312,312],\"reasons\":[],\"window\":[\"2024-10-31\",\"2025-10-31\"],"
	"\"anchor\":\"2025-10-31\",\"rule\":\"residence/1+p0\",\"data_as_of\":\"2025-10-31\",\"next_flip\":"
	"\"2026-05-02\",\"letter\":\"經查申請人於113年10月31日至114年10月31日止，居住國內共312日，符合最近一年"
	"居住國內超過一百八十三日之規定。\"}";
static const char ANSWER_NO[] =
	"{\"verdict\":\"not_eligible\",\"provisional\":\"not_eligible\",\"days\":{\"A\":121,\"B\":120,\"C\":"
	"122,\"D\":120},\"bounds\":[120,120],\"reasons\":[],\"window\":[\"2024-10-31\",\"2025-10-31\"],"
	"\"anchor\":\"2025-10-31\",\"rule\":\"residence/1+p0\",\"data_as_of\":\"2025-10-31\",\"next_flip\":\"\","
	"\"letter\":\"經查申請人於113年10月31日至114年10月31日止，居住國內共120日，未超過一百八十三日。\"}";
static const char ANSWER_REVIEW[] =
	"{\"verdict\":\"needs_review\",\"provisional\":\"eligible\",\"days\":{\"A\":186,\"B\":186,\"C\":189,"
	"\"D\":183},\"bounds\":[183,189],\"reasons\":[\"conventions_disagree\",\"near_threshold\"],\"window\":"
	"[\"2024-10-31\",\"2025-10-31\"],\"anchor\":\"2025-10-31\",\"rule\":\"residence/1+p0\","
	"\"data_as_of\":\"2025-10-31\",\"next_flip\":\"2025-11-03\",\"letter\":\"\"}";

static const char *const rows_of_sheets[][32] = {
	[SHEET_my_tasks] = { "1", "paste_answer", "113-0041", "", "2026-11-20T02:11:00.000Z", "2026-11-22", "true", "430", "1",
	                     "2", "accept_query", "113-0099", "officer", "2026-11-21T06:30:00.000Z", "2026-12-05", "false", "431", "2",
	                     "3", "confirm_case", "113-0102", "", "", "", "false", "113-0102", "", NULL },
	[SHEET_my_cases] = { "11", "113-0041", "sanmin", "B_LOW", "2024-03-01", "", "3", "false",
	                     "15", "113-0099", "sanmin", "B_ELDER", "2024-05-17", "", "1", "true", NULL },
	[SHEET_case_head] = { "7", "113-0041", "B_LOW", "2024-06-03", "" },
	[SHEET_case_parties] = { "1", "00000000000000a1 王小明", "claimant", "registered_national", "", "false", "412", "eligible",
	                         "2", "00000000000000a2 陳美玲", "household_member", "registered_national", "", "false", "", "",
	                         "3", "00000000000000a3 NGUYEN THI LAN", "household_member", "foreign_resident", "I-77", "true", "", "", },
	[SHEET_my_queries] = { "412", "2026-11-20T02:11:00.000Z", "113-0041", "1", "item_1", "residence", "answered", "eligible", "413",
	                       "430", "2026-11-21T06:30:00.000Z", "113-0099", "1", "item_1", "residence", "open", "", "", NULL },
	[SHEET_open_authorizations] = { "440", "2026-11-24T01:00:00.000Z", "00000000000000b3 陳美", "00000000000000a1 王小明",
	                                "113-0041", "appeal", "item_1", "history", "2026-11-20", "1", "court",
	                                "2026-11-24T01:05:00.000Z", NULL },
	[SHEET_my_authorizations] = { "440", "2026-11-24T01:00:00.000Z", "113-0041", "1", "item_1", "history", "2026-11-20", "granted",
	                              "0", "1", "2026-11-24T09:02:00.000Z", NULL },
	[SHEET_offices_lacking] = { "3", "taoyuan", "missing", "missing", "", "missing", NULL },
	[SHEET_handover] = { "1", "review_answer", "113-0041", "", "2026-11-20T02:11:00.000Z", "2026-12-04", "false", "412", "3", NULL },
	[SHEET_office_queries] = { "401", "2026-11-18T13:00:00.000Z", "00000000000000b3 陳美", "sanmin", "113-0041", "appeal", "item_1",
	                           "history", "answered", "false", "true", NULL },
	[SHEET_not_justified] = { "401", "2026-11-18T03:00:00.000Z", "00000000000000b3 陳美", "sanmin", "113-0041", "item_1", "history",
	                          "2026-11-19T01:00:00.000Z", "2026-11-21", "", "true", NULL },
	[SHEET_query] = { "430", "2026-11-21T06:30:00.000Z", "113-0041", "1", "B_LOW", "yearly_recheck", "item_1", "residence",
	                  "2026-11-21", "person", "2026-11-25T16:00:00.000Z", "open", "", "", "", "", "false", "", NULL },
	[SHEET_people] = { "21", "00000000000000b1 林怡君", "sanmin", "officer", "false", "2024-01-01", "", "0a1b2c",
	                   "22", "00000000000000b2 張志豪", "sanmin", "supervisor", "false", "2024-01-01", "2027-01-01", "0a1b2d", NULL },
	[SHEET_offices] = { "2", "sanmin", "三民區公所", "district_office", "bureau", "false", "false", "1",
	                    "3", "taoyuan", "桃源區公所", "district_office", "bureau", "true", "false", "0", NULL },
	[SHEET_bases] = { "4", "B_LOW", "低收入戶", "社會救助法 §4(6)", "社會救助法 §44-3", "true", "item_1", "2018-07-24", "",
	                  "5", "L_DV", "家庭暴力防治", "", "家暴法 §58", "false", "item_1,item_2", "2018-07-24", "", NULL },
	[SHEET_refusals] = { "501", "2026-11-20T03:00:00.000Z", "00000000000000b1 林怡君", "sanmin", "subject_not_in_case", "113-0041", NULL },
	[SHEET_parameters] = { "0", "residence.margin", "3", "2018-07-24", NULL },
	[SHEET_status] = { "1", "Size of the log", "1000", "2", "Newest checkpoint", "999", NULL },
	[SHEET_KIND_COUNT - 1 + 1] = { NULL },
};

static void put_n(struct arena *arena, struct message *reply, const char *name, uint64_t n)
{
	message_put(reply, name, str_printf(arena, "%llu", (unsigned long long)n));
}

static void put_rows(struct arena *arena, struct message *reply, enum sheet_kind kind)
{
	const struct sheet_spec *spec = sheet_spec(kind);
	struct str columns[SHEET_COLUMNS_MAX];
	struct sheet sheet;

	for (size_t c = 0; c < spec->column_count; c++)
		columns[c] = spec->columns[c].name;
	sheet = sheet_new(arena, spec->name, columns, spec->column_count);
	for (const char *const *cell = rows_of_sheets[kind]; cell < rows_of_sheets[kind] + 24 && *cell;) {
		struct str *row = sheet_row_add(arena, &sheet);
		for (size_t c = 0; c < spec->column_count; c++)
			row[c] = str_from(*cell++);
	}
	message_sheet(reply, sheet);
}

static void refuse(struct arena *arena, struct message *reply, enum refusal refusal)
{
	message_put(reply, "outcome", STR("refused"));
	message_put(reply, "refusal", refusal_spec(refusal)->code);
	put_n(arena, reply, "entry", ++entries);
	message_put(reply, "receipt", STR("pending"));
}

static bool put_session(const struct message *ask, struct message *reply)
{
	struct str token = message_get(ask, "session");

	message_put(reply, "demo", STR("1"));
	message_put(reply, "origin", STR("demo.kaohsiung.example"));
	if (message_get(ask, "chain").len) /* a program's card needs no session */
		return true;
	for (size_t i = 0; i < session_count && i < SESSIONS; i++)
		if (str_is(token, sessions[i].token)) {
			message_put(reply, "person", STR("00000000000000b1"));
			message_put(reply, "name", str_from(sessions[i].name));
			message_put(reply, "office", STR("sanmin"));
			message_put(reply, "duties", STR("officer,supervisor,custodian,auditor"));
			return true;
		}
	return false;
}

static void sign_in(struct arena *arena, const struct message *ask, struct message *reply)
{
	struct str chain = message_get(ask, "chain"), token;
	uint8_t bytes[32];
	size_t slot = session_count++ % SESSIONS;

	if (!chain.len) {
		refuse(arena, reply, REFUSED_CARD_UNFIT);
		return;
	}
	random_bytes(bytes, sizeof bytes);
	token = base64url_text(arena, bytes, sizeof bytes);
	snprintf(sessions[slot].token, sizeof sessions[slot].token, "%.*s", STR_FMT(token));
	snprintf(sessions[slot].name, sizeof sessions[slot].name, "林怡君");
	message_put(reply, "outcome", STR("granted"));
	message_put(reply, "session", token);
	put_n(arena, reply, "entry", ++entries);
	message_put(reply, "receipt", STR("pending"));
}

static void put_problems(struct arena *arena, struct message *reply, const struct problem *problems,
                         size_t count)
{
	static const struct str columns[] = { STR_INIT("field"), STR_INIT("why") };
	struct sheet sheet = sheet_new(arena, STR("problems"), columns, 2);

	for (size_t i = 0; i < count; i++) {
		struct str *row = sheet_row_add(arena, &sheet);
		row[0] = problems[i].field;
		row[1] = str_from(problems[i].why);
	}
	message_put(reply, "outcome", STR("invalid"));
	message_sheet(reply, sheet);
}

/* Absent for ten weeks of a year of 366 days. */
static struct str day_table(struct arena *arena)
{
	struct buf text = buf_on(arena);

	buf_add(&text, STR("{\"window\":[\"2024-10-31\",\"2025-10-31\"],\"trips\":[{\"out\":\"2025-01-09\",\"in\":"
	                   "\"2025-09-12\",\"absent_days\":246}],\"days\":\""));
	for (int i = 0; i < 366; i++)
		buf_byte(&text, i >= 71 && i < 317 ? 'a' : 'r');
	buf_add(&text, STR("\"}"));
	return buf_str(&text);
}

static void ask_question(struct arena *arena, const struct command *command, struct message *reply)
{
	struct str subject = command->ask.subject;

	if (!str_is(command->ask.case_no, "113-0041")) {
		refuse(arena, reply, REFUSED_CASE_UNKNOWN);
		return;
	}
	if (!str_is(subject, "1") && !str_is(subject, "2") && !str_is(subject, "3")) {
		refuse(arena, reply, REFUSED_SUBJECT_NOT_IN_CASE);
		return;
	}
	put_n(arena, reply, "asked_entry", ++entries);
	put_n(arena, reply, "entry", ++entries);
	message_put(reply, "receipt", STR("pending"));
	if (command->ask.waits_for == WAITS_PERSON) {
		message_put(reply, "outcome", STR("waiting"));
		return;
	}
	message_put(reply, "outcome", STR("granted"));
	message_put(reply, "answer", str_is(subject, "1") ? str_from(ANSWER_YES) : str_is(subject, "2")
	            ? str_from(ANSWER_NO) : str_from(ANSWER_REVIEW));
	if (!str_is(subject, "1"))
		message_put(reply, "day_table", day_table(arena));
}

static void import_list(struct arena *arena, const struct command *command, struct message *reply)
{
	static const struct str columns[] = { STR_INIT("line"), STR_INIT("what"), STR_INIT("value") };
	struct sheet sheet = sheet_new(arena, STR("changes"), columns, 3);
	struct str *row = sheet_row_add(arena, &sheet);

	row[0] = STR("2");
	row[1] = STR("added");
	row[2] = STR("2026-10-10");
	message_put(reply, "outcome", STR("granted"));
	message_sheet(reply, sheet);
	if (!command->import_list.preview)
		put_n(arena, reply, "entry", ++entries);
}

static void command_do(struct arena *arena, const struct message *ask, struct message *reply)
{
	enum command_kind kind = command_find(message_get(ask, "command"));
	struct problem problems[PROBLEMS_MAX];
	struct command command;
	size_t count = 0;

	if (!command_read(arena, kind, ask->fields, ask->field_count, time_local_date(clock_wall_ms()), &command,
	                  problems, &count)) {
		put_problems(arena, reply, problems, count);
		return;
	}
	if (kind == COMMAND_ask && str_is(command.ask.case_no, "999-9999"))
		silent_until_ms = clock_monotonic_ms() + SILENCE_MS;
	if (kind == COMMAND_ask && command.ask.range == RANGE_HISTORY && !command.ask.authorization.len) {
		refuse(arena, reply, REFUSED_SECOND_PERSON_NEEDED);
		return;
	}
	if (kind == COMMAND_ask) {
		ask_question(arena, &command, reply);
		return;
	}
	if (kind == COMMAND_import_list) {
		import_list(arena, &command, reply);
		return;
	}
	message_put(reply, "outcome", STR("granted"));
	put_n(arena, reply, "entry", ++entries);
	if (kind == COMMAND_grant_authorization)
		message_put(reply, "code", STR("7K2QF-0M9XB"));
	if (kind == COMMAND_paste_answer)
		message_put(reply, "answer", str_from(ANSWER_YES));
	if (kind == COMMAND_release_day_table)
		message_put(reply, "day_table", day_table(arena));
}

static struct message answer(struct arena *arena, const struct message *ask)
{
	struct message reply = message_new(arena, MESSAGE_ANSWER, ask->id);
	enum sheet_kind sheet;

	if (ask->kind == MESSAGE_HEALTH) {
		reply.kind = MESSAGE_HEALTH;
		message_put(&reply, "state", STR("ok"));
	} else if (ask->kind == MESSAGE_RESOURCE) {
		reply.kind = MESSAGE_RESOURCE;
		message_put(&reply, "body", STR("demo.kaohsiung.example\n1000\nabc=\n\n— demo.kaohsiung.example xyz=\n"));
	} else if (ask->kind == MESSAGE_NONCE) {
		reply.kind = MESSAGE_NONCE;
		message_put(&reply, "nonce", STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
		message_put(&reply, "seconds", STR("120"));
	} else if (ask->kind == MESSAGE_SIGN_IN && message_get(ask, "cms").len) {
		message_put(&reply, "outcome", STR("refused"));
		message_put(&reply, "refusal", refusal_spec(REFUSED_CARD_SIGNATURE)->code);
	} else if (ask->kind == MESSAGE_RECEIPT) {
		reply.kind = MESSAGE_RECEIPT;
		message_put(&reply, "proof", STR("c2sp.org/tlog-proof@v1\nindex 412\n"));
	} else if (ask->kind == MESSAGE_STEP_TEXT) {
		reply.kind = MESSAGE_STEP_TEXT;
		message_put(&reply, "nonce", STR("bm9uY2U"));
		message_put(&reply, "seconds", STR("120"));
		message_put(&reply, "text", str_printf(arena, "demo.kaohsiung.example\n%.*s\n", STR_FMT(message_get(ask, "command"))));
	} else if (ask->kind == MESSAGE_SIGN_IN) {
		sign_in(arena, ask, &reply);
	} else if (!put_session(ask, &reply)) {
		message_put(&reply, "outcome", STR("refused"));
		message_put(&reply, "refusal", refusal_spec(REFUSED_SESSION_ENDED)->code);
	} else if (ask->kind == MESSAGE_COMMAND) {
		command_do(arena, ask, &reply);
	} else if ((sheet = sheet_find(message_get(ask, "sheet"))) != SHEET_NONE) {
		message_put(&reply, "outcome", STR("granted"));
		put_rows(arena, &reply, sheet);
		/* one question is about an item that is entered by a form */
		if (sheet == SHEET_query && ask->field_count && str_is(ask->fields[0].text, "433"))
			reply.sheets[0].cells[6] = STR("item_3");
	}
	return reply;
}

static void serve(int fd)
{
	struct arena arena = arena_open(64 * 1024 * 1024);
	struct buf pending = buf_open();
	struct message ask;

	while (message_receive(&arena, fd, &pending, 600 * 1000, &ask) == OK) {
		struct message reply = answer(&arena, &ask);
		if (clock_monotonic_ms() >= silent_until_ms && message_send(fd, &reply) != OK)
			break;
		arena_empty(&arena);
	}
	buf_close(&pending);
	arena_close(&arena);
}

int main(int argc, char **argv)
{
	char run[4096];
	int listening, fd;

	if (argc != 2 || snprintf(run, sizeof run, "%s/run", argv[1]) >= (int)sizeof run)
		return 2;
	crypto_open();
	if (dir_make(run) != OK || local_listen(run, "front.sock", &listening) != OK)
		return 1;
	for (;;) {
		struct pollfd waiting = { .fd = listening, .events = POLLIN };
		poll(&waiting, 1, -1);
		if (local_accept(listening, &fd) != OK)
			continue;
		serve(fd);
		local_close(&fd);
	}
}
