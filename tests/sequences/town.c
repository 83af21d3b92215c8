#include "town.h"

#include <unistd.h>

#include "../unit/keeper/office.h"
#include "store/ledger.h"

enum { ARENA_BYTES = 1 << 28, BATCH_MAX = 512, TOKEN_MAX = 64, HOUR_MS = 3600000, DAY_MS = 24 * HOUR_MS,
       FROM_FRONT = 4, SEALS = 2, WAITING_MAX = 8 };

static struct office prepared, serving;
static struct card seals[SEALS];
static const char *const seal_offices[SEALS] = { "bureau", "sanmin" };
static const char *const seal_oids[SEALS] = { "2.16.886.101.20003", "2.16.886.101.20003.20069" };
static struct ledger *reader;
static struct arena batch_arena;
static uint64_t seen;
static town_watch *watching;
static const char *wrong;
static char tokens[CARD_COUNT][TOKEN_MAX]; /* of sessions in the browser; "" none */
static uint64_t sessions[CARD_COUNT], newest_session;
static struct arena waiting_arena;
static struct message waiting[WAITING_MAX]; /* plans that a slow source has not answered */
static size_t waiting_count;
static bool source_slow;

/* --- the prepared office --- */

static void granted(const struct message *reply)
{
	for (size_t i = 0; i < reply->head_count && !str_is(message_get(reply, "outcome"), "granted"); i++)
		fprintf(stderr, "# %.*s: %.*s\n", STR_FMT(reply->head[i].name), STR_FMT(reply->head[i].text));
	for (size_t s = 0; s < reply->sheet_count && !str_is(message_get(reply, "outcome"), "granted"); s++)
		for (size_t c = 0; c < reply->sheets[s].row_count * reply->sheets[s].column_count; c++)
			fprintf(stderr, "# %.*s\n", STR_FMT(reply->sheets[s].cells[c]));
	assert(str_is(message_get(reply, "outcome"), "granted"));
}

static void seals_issue(void)
{
	struct testca_order orders[SEALS];
	struct testca_issued issued[SEALS];
	struct testca *testca;
	char path[128], pin[1] = "";

	must(testca_open(prepared.dir, &testca));
	for (size_t i = 0; i < SEALS; i++)
		orders[i] = (struct testca_order){
			.issuer = TESTCA_GCA, .kind = CERT_AGENCY, .name = str_from(seal_offices[i]), .id_no = STR(""),
			.subject_serial = STR(""), .organisation_oid = str_from(seal_oids[i]), .pin = STR(""),
			.password = STR(""), .stem = str_printf(&prepared.arena, "seal%zu", i) };
	must(testca_issue(testca, &prepared.arena, prepared.now_ms, orders, SEALS, issued));
	testca_close(&testca);
	for (size_t i = 0; i < SEALS; i++) {
		snprintf(path, sizeof path, "%s/cards/seal%zu.pem", prepared.dir, i);
		must(card_open(&prepared.arena, path, pin, 0, &seals[i]));
	}
}

static const char ORGANISATION[] = "office,name,office_kind,parent\n"
	"sanmin,三民區公所,district_office,bureau\nzuoying,左營區公所,district_office,bureau\n"
	"home,無障礙之家,affiliate,bureau\nnia,移民署,nia,\n";

static const struct { int card; const char *office, *duty, *deputy, *to; } staff[] = {
	{ DAI, "bureau", "custodian", "true", "" }, { DAI, "sanmin", "custodian", "true", "" },
	{ SHEN, "bureau", "reviewer", "", "" }, { SHEN, "bureau", "supervisor", "true", "" },
	{ WU, "bureau", "auditor", "", "" }, { WU, "zuoying", "supervisor", "true", "" }, { MEI, "sanmin", "officer", "", "" },
	{ MEI, "home", "officer", "", "2027-01-15" }, { FANG, "sanmin", "officer", "", "" },
	{ FANG, "sanmin", "supervisor", "", "" }, { HU, "sanmin", "supervisor", "", "" },
	{ HU, "bureau", "supervisor", "true", "" }, { ZHU, "sanmin", "supervisor", "true", "" },
	{ ZHU, "zuoying", "officer", "", "" }, { QIU, "sanmin", "agency_head", "", "" },
	{ GUO, "sanmin", "custodian", "", "" }, { GUO, "zuoying", "custodian", "true", "" },
	{ GUO, "bureau", "custodian", "true", "" }, { LIN, "zuoying", "officer", "", "" },
	{ LIN, "sanmin", "officer", "true", "2027-03-31" }, { SU, "zuoying", "supervisor", "", "" },
	{ SU, "zuoying", "custodian", "", "" }, { SU, "zuoying", "officer", "", "" }, { SU, "zuoying", "agency_head", "", "" },
	{ FU, "nia", "nia_reviewer", "", "" }, { AI, "home", "officer", "", "" }, { PAN, "home", "supervisor", "", "" },
	{ PAN, "home", "agency_head", "true", "" }, { GONE, "sanmin", "officer", "", "2026-06-30" },
};

static void staff_import(void)
{
	struct buf file = buf_on(&prepared.arena);

	buf_add(&file, STR("id_no,name,office,duty,deputy,valid_from,valid_to,card_serial,ground\n"));
	for (size_t i = 0; i < ARRAY_LEN(staff); i++) {
		int card = staff[i].card;
		buf_printf(&file, "%s,%s,%s,%s,%s,2026-01-01,%s,%.*s,%s\n", office_people[card].id_no,
		           office_people[card].name, staff[i].office, staff[i].duty, staff[i].deputy, staff[i].to,
		           STR_FMT(prepared.serials[card]),
		           strcmp(staff[i].duty, "auditor") == 0 ? "section_chief_or_above" : "");
	}
	granted(office_import(&prepared, "staff", str_c(&prepared.arena, buf_str(&file))));
}

static void basis_enter(const char *basis, const char *day_test, const char *items)
{
	char entry[24];

	const struct message *reply = office_do(&prepared, CHEN, "propose_basis", NULL,
		FIELDS("basis", basis, "name", basis, "data_request", "社會救助法第44條之3", "day_test", day_test, "items",
		       items, "valid_from", "2026-11-24"));
	granted(reply);
	snprintf(entry, sizeof entry, "%llu", (unsigned long long)message_get_u64(reply, "entry"));
	granted(office_do(&prepared, WANG, "approve_proposal", NULL, FIELDS("proposal", entry)));
}

static void parameter_enter(const char *name, const char *value)
{
	char entry[24];

	const struct message *reply = office_do(&prepared, CHEN, "propose_parameter", NULL,
		FIELDS("name", name, "value", value, "effective", "2026-11-24", "reason", "試行"));
	granted(reply);
	snprintf(entry, sizeof entry, "%llu", (unsigned long long)message_get_u64(reply, "entry"));
	granted(office_do(&prepared, WANG, "approve_proposal", NULL, FIELDS("proposal", entry)));
}

/* Officers, supervisors and custodians are parties of cases as well. */
static const struct { const char *case_no, *office, *basis; int party; } parties[] = {
	{ "113-0041", "sanmin", "B_LOW", -1 }, { "113-0041", "sanmin", "B_LOW", HU },
	{ "113-0041", "sanmin", "B_LOW", MEI }, { "113-0042", "sanmin", "L_CHILD", -1 },
	{ "113-0042", "sanmin", "L_CHILD", FANG }, { "113-0042", "sanmin", "L_CHILD", ZHU },
	{ "113-0043", "zuoying", "L_CHILD", -1 }, { "113-0043", "zuoying", "L_CHILD", SU },
	{ "113-0044", "home", "B_LOW", -1 }, { "113-0044", "home", "B_LOW", PAN },
};

static void cases_import(void)
{
	struct buf file = buf_on(&prepared.arena);

	buf_add(&file, STR("case_no,office,legal_basis,opened_on,party_no,id_no,name,birth_date,person_kind,relation\n"));
	for (size_t i = 0; i < ARRAY_LEN(parties); i++) {
		size_t number = 1;
		for (size_t k = 0; k < i; k++)
			number += strcmp(parties[k].case_no, parties[i].case_no) == 0;
		bool known = parties[i].party >= 0;
		buf_printf(&file, "%s,%s,%s,2026-11-01,%zu,%s,%s,%s,registered_national,claimant\n", parties[i].case_no,
		           parties[i].office, parties[i].basis, number,
		           known ? office_people[parties[i].party].id_no : "X100000009",
		           known ? office_people[parties[i].party].name : "張測試", known ? "" : "1960-01-01");
	}
	granted(office_import(&prepared, "cases", str_c(&prepared.arena, buf_str(&file))));
}

static void grants_import(void)
{
	static const struct { int card; const char *office, *basis, *items[3]; } grants[] = {
		{ MEI, "sanmin", "B_LOW", { "item_1" } }, { MEI, "sanmin", "L_CHILD", { "item_1", "item_7" } },
		{ FANG, "sanmin", "L_CHILD", { "item_1", "item_7" } }, { LIN, "zuoying", "L_CHILD", { "item_1", "item_7" } },
		{ LIN, "sanmin", "L_CHILD", { "item_7" } }, { ZHU, "zuoying", "L_CHILD", { "item_1" } },
		{ SU, "zuoying", "L_CHILD", { "item_1", "item_7" } },
		{ AI, "home", "B_LOW", { "item_1" } },
	};
	struct buf file = buf_on(&prepared.arena);

	buf_add(&file, STR("id_no,office,item,legal_basis,valid_from,valid_to,letter_no,granted_on\n"));
	for (size_t i = 0; i < ARRAY_LEN(grants); i++)
		for (size_t k = 0; k < ARRAY_LEN(grants[i].items) && grants[i].items[k]; k++)
			buf_printf(&file, "%s,%s,%s,%s,2026-01-01,%s,高市社1,2025-12-01\n",
			           office_people[grants[i].card].id_no, grants[i].office, grants[i].items[k], grants[i].basis,
			           i % 3 == 2 ? "2026-11-27" : "2027-06-30");
	granted(office_import(&prepared, "grants", str_c(&prepared.arena, buf_str(&file))));
}

void town_make(void)
{
	office_make(&prepared);
	seals_issue();
	granted(office_first_start(&prepared));
	granted(office_import(&prepared, "organisation", ORGANISATION));
	staff_import();
	basis_enter("B_LOW", "true", "item_1");
	basis_enter("L_CHILD", "false", "item_1,item_7");
	parameter_enter("two_person.before", "history");
	cases_import();
	grants_import();
	for (size_t i = 0; i < SEALS; i++)
		granted(office_do(&prepared, CHEN, "register_agency", NULL,
		                  FIELDS("office", seal_offices[i], "organisation_oid", seal_oids[i])));
	keeper_close(&prepared.keeper);
	batch_arena = arena_open(ARENA_BYTES);
	waiting_arena = arena_open(ARENA_BYTES);
}

void town_remove(void)
{
	arena_close(&batch_arena);
	arena_close(&waiting_arena);
	for (size_t i = 0; i < SEALS; i++)
		card_close(&seals[i]);
	office_remove(&prepared);
}

/* --- a copy of it --- */

static void shell(const char *command)
{
	int status = system(command);

	assert(status == 0);
}

static void serve(void)
{
	char path[128];

	office_open(&serving);
	snprintf(path, sizeof path, "%s/log", serving.dir);
	must(ledger_open(path, LEDGER_READ, &reader));
}

void town_begin(town_watch *watch)
{
	bool shm = access("/dev/shm", W_OK) == 0;
	char command[256];

	serving = prepared;
	serving.arena = arena_open(ARENA_BYTES);
	snprintf(serving.dir, sizeof serving.dir, "%s/youju-sequences-XXXXXX", shm ? "/dev/shm" : "/tmp");
	assert(mkdtemp(serving.dir));
	snprintf(command, sizeof command, "cp -a %s/. %s", prepared.dir, serving.dir);
	shell(command);
	memset(tokens, 0, sizeof tokens);
	memset(sessions, 0, sizeof sessions);
	newest_session = seen = 0;
	waiting_count = 0;
	arena_empty(&waiting_arena);
	wrong = NULL;
	watching = watch;
	serve();
}

static void stop(void)
{
	keeper_close(&serving.keeper);
	ledger_close(reader);
	reader = NULL;
}

void town_end(void)
{
	char command[128];

	stop();
	arena_close(&serving.arena);
	snprintf(command, sizeof command, "rm -rf %s", serving.dir);
	shell(command);
}

const char *town_wrong(void)
{
	return wrong;
}

/* --- the log --- */

static void log_follow(void)
{
	struct event *events = arena_array(&batch_arena, struct event, BATCH_MAX);
	uint64_t entries[BATCH_MAX];
	size_t count = 0;
	struct str bytes;

	must(ledger_follow(reader));
	for (; seen < ledger_size(reader); seen++) {
		assert(count < BATCH_MAX);
		must(ledger_read(reader, seen, &batch_arena, &bytes));
		must(event_decode(&batch_arena, bytes, &events[count]));
		if (events[count].kind == EVENT_signed_in)
			newest_session = seen;
		entries[count++] = seen;
	}
	const char *found = count ? watching(events, entries, count) : NULL;
	if (found && !wrong)
		wrong = found;
	arena_empty(&batch_arena);
}

/* Keeps the plan beyond the order: through its own frame. */
static void plan_take(const struct message *plan)
{
	struct buf frame = buf_on(&waiting_arena);
	size_t used;

	if (!source_slow || waiting_count == WAITING_MAX) {
		office_courier(&serving, plan);
		return;
	}
	message_pack(&frame, plan);
	must(message_unpack(&waiting_arena, buf_str(&frame), &used, &waiting[waiting_count++]));
}

static void settle(void)
{
	for (size_t from = 0;;) {
		must(keeper_settle(serving.keeper));
		log_follow();
		size_t to = serving.heard_count;
		if (from == to)
			return;
		for (; from < to; from++)
			if (serving.heard[from].kind == MESSAGE_PLAN)
				plan_take(&serving.heard[from]);
	}
}

void town_source_slow(bool slow)
{
	source_slow = slow;
}

bool town_source_waits(void)
{
	return waiting_count > 0;
}

void town_source_answers(void)
{
	serving.heard_count = 0;
	for (size_t i = 0; i < waiting_count; i++)
		office_courier(&serving, &waiting[i]);
	waiting_count = 0;
	arena_empty(&waiting_arena);
	settle();
}

static const struct message *said(enum peer peer, uint64_t from, const struct message *message)
{
	serving.heard_count = 0;
	office_run(&serving, peer, from, message);
	settle();
	for (size_t i = serving.heard_count; i > 0; i--)
		if (serving.heard_by[i - 1] == from && serving.heard[i - 1].id == message->id)
			return &serving.heard[i - 1];
	return NULL;
}

void town_restart(void)
{
	waiting_count = 0; /* its questions have failed as restarted */
	stop();
	serve();
	log_follow();
}

/* The operator's word for "look at the clock" makes the keeper do what is due. */
static void tick(void)
{
	struct message clock = message_new(&serving.arena, MESSAGE_OPERATOR, ++serving.next_id);
	int64_t wait_ms;

	message_put(&clock, "verb", STR("clock"));
	serving.heard_count = 0;
	office_run(&serving, PEER_COUNTER, FROM_CLI, &clock);
	must(keeper_tick(serving.keeper, &wait_ms));
	settle();
}

void town_pass(int64_t ms)
{
	struct testca *testca;

	arena_empty(&serving.arena);
	serving.now_ms += ms;
	if (ms > DAY_MS / 2) { /* lists of revoked cards come twice a day */
		must(testca_open(serving.dir, &testca));
		must(testca_reissue_crls(testca, serving.now_ms, 0));
		testca_close(&testca);
	}
	for (int i = 0; i < 4; i++) /* each does so much at once */
		tick();
}

/* --- orders --- */

static const char *seal_put(struct message *message, const struct order *order)
{
	struct str der;

	for (size_t i = 0; order->seal && i < SEALS; i++) {
		if (strcmp(order->seal, seal_offices[i]) != 0)
			continue;
		must(cms_sign(&serving.arena, &seals[i], signed_text(&serving.arena, message), message_get(message, "nonce"),
		              serving.now_ms, false, &der));
		message_put(message, "chain2", seals[i].cert_der);
		message_put(message, "signature2", base64url_text(&serving.arena, der.at, der.len));
	}
	return order->seal;
}

static struct message message_of(const struct order *order)
{
	struct message message = message_new(&serving.arena, order->is_sheet ? MESSAGE_SHEET : MESSAGE_COMMAND, 0);
	uint8_t fresh[16];

	random_bytes(fresh, sizeof fresh);
	if (order->way == WAY_CARD)
		message_put(&message, "nonce", office_nonce(&serving));
	message.id = ++serving.next_id;
	message_put(&message, order->is_sheet ? "sheet" : "command", str_from(order->name));
	message_put(&message, "request", base64url_text(&serving.arena, fresh, sizeof fresh));
	for (size_t i = 0; i < order->count; i++)
		message_field(&message, str_from(order->fields[i].name), str_from(order->fields[i].text));
	if (order->file)
		message_field(&message, STR("file"), str_from(order->file));
	return message;
}

static void front_put(struct message *message, const struct order *order)
{
	message_put(message, "channel", order->way == WAY_PROGRAM ? STR("api") : STR("web"));
	message_put(message, "address", STR("127.0.0.1"));
	if (order->way == WAY_SESSION && message->kind != MESSAGE_SIGN_IN)
		message_put(message, "session", str_from(tokens[order->person]));
	else
		message_put(message, "chain", serving.cards[order->person].cert_der);
}

static struct told told_from(const struct order *order, const struct message *reply, uint64_t session)
{
	struct str none = STR("");
	struct told told = { false, none, none, none, session };

	(void)order;
	if (!reply)
		return told;
	told.outcome = message_get(reply, "outcome");
	told.refusal = message_get(reply, "refusal");
	told.code = message_get(reply, "code");
	told.granted = str_is(told.outcome, "granted") || str_is(told.outcome, "waiting");
	return told;
}

/* The token of an ended session is tried once more before it is thrown away. */
static void token_keep(const struct order *order, const struct message *reply, const struct told *told)
{
	struct str token = message_get(reply, "session");

	if (order->way == WAY_SESSION && str_is(told->refusal, "session_ended"))
		tokens[order->person][0] = 0;
	if (strcmp(order->name, "sign_in") != 0 || !told->granted)
		return;
	assert(token.len < TOKEN_MAX);
	int holder = order->person;
	for (int i = TOWN_PEOPLE; i < CARD_COUNT; i++) /* a spare card opens the same person's session */
		for (int k = 0; k < TOWN_PEOPLE && holder == i; k++)
			if (strcmp(office_people[k].id_no, office_people[i].id_no) == 0)
				holder = k;
	memcpy(tokens[holder], token.at, token.len);
	tokens[holder][token.len] = 0;
	sessions[holder] = newest_session;
}

struct told town_order(const struct order *order)
{
	bool by_card = order->way == WAY_CARD;
	uint64_t session = order->way == WAY_SESSION ? sessions[order->person] : 0;

	arena_empty(&serving.arena);
	struct message message = message_of(order);
	if (strcmp(order->name, "sign_in") == 0) {
		message = message_new(&serving.arena, MESSAGE_SIGN_IN, ++serving.next_id);
		session = 0;
	}
	if (by_card) {
		office_sign(&serving, &message, (enum office_card)order->person, "chain", "signature");
		seal_put(&message, order);
	} else {
		front_put(&message, order);
	}
	const struct message *reply = said(by_card ? PEER_COUNTER : PEER_FRONT, by_card ? FROM_CLI : FROM_FRONT, &message);
	struct told told = told_from(order, reply, session);
	if (reply)
		token_keep(order, reply, &told);
	return told;
}

bool town_has_session(int person)
{
	return tokens[person][0] != 0;
}

int64_t town_now_ms(void)
{
	return serving.now_ms;
}

struct date town_today(void)
{
	return time_local_date(serving.now_ms);
}

uint64_t town_size(void)
{
	return seen;
}

struct str town_serial(int card)
{
	return prepared.serials[card];
}

const char *town_id_no(int card)
{
	return office_people[card].id_no;
}

const char *town_name(int card)
{
	return office_people[card].name;
}

int town_card_of(struct str serial)
{
	for (int i = 0; i < CARD_COUNT; i++)
		if (str_eq(serial, prepared.serials[i]))
			return i;
	return -1;
}
