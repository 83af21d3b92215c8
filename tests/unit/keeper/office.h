/* A whole office in one process: a keeper over a fresh data directory, cards of a test authority, the
 * simulated agency as courier, and a sealer. For tests of the keeper only. */
#ifndef YOUJU_TESTS_OFFICE_H
#define YOUJU_TESTS_OFFICE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cert_cms.h"
#include "base/file.h"
#include "counter/signed.h"
#include "demo/testca.h"
#include "journal/checkpoint.h"
#include "keeper/init.h"
#include "keeper/keeper.h"
#include "source/local.h"

/* Who has a card; the first two start the office. Whoever needs more people names them before. */
#ifndef OFFICE_PEOPLE
#define OFFICE_PEOPLE(PERSON)                          \
	PERSON(CARD_CUSTODIAN, "A123456789", "陳專責")   \
	PERSON(CARD_SUPERVISOR, "A100000001", "林主管")  \
	PERSON(CARD_MEI, "A200000003", "王小美")         \
	PERSON(CARD_LIN, "E123456783", "林左營")
#endif

#define PERSON_CARD(card, id, name) card,
enum office_card { OFFICE_PEOPLE(PERSON_CARD) CARD_COUNT };
#undef PERSON_CARD
static const enum office_card FIRST_CARD = (enum office_card)0, SECOND_CARD = (enum office_card)1;
enum { FROM_CLI = 1, FROM_COURIER = 2, FROM_SEALER = 3, FROM_MESSENGER = 4, HEARD_MAX = 64 };

struct office {
	char dir[64];
	struct arena arena;
	struct keeper *keeper;
	struct card cards[CARD_COUNT];
	struct str serials[CARD_COUNT];
	struct local_source *source;
	struct message heard[HEARD_MAX]; /* what the keeper sent, oldest first */
	uint64_t heard_by[HEARD_MAX];
	size_t heard_count;
	uint64_t next_id;
	int64_t now_ms;
	bool courier_silent;
};

#define PERSON_ROW(card, id, name) [card] = { id, name },
static const struct { const char *id_no, *name; } office_people[CARD_COUNT] = { OFFICE_PEOPLE(PERSON_ROW) };
#undef PERSON_ROW

static inline int64_t office_now(void *context)
{
	return ((struct office *)context)->now_ms++;
}

/* Keeps a message beyond the call: through its own frame. */
static inline void office_hear(void *context, uint64_t connection, const struct message *message)
{
	struct office *office = context;
	struct buf frame = buf_on(&office->arena);
	size_t used;

	message_pack(&frame, message);
	assert(office->heard_count < HEARD_MAX);
	enum fail fail = message_unpack(&office->arena, buf_str(&frame), &used,
	                                &office->heard[office->heard_count]);
	assert(fail == OK);
	office->heard_by[office->heard_count++] = connection;
}

static inline void must(enum fail outcome)
{
	if (outcome != OK)
		fprintf(stderr, "# failed: %s\n", fail_name(outcome));
	assert(outcome == OK);
}

static inline void office_open(struct office *office)
{
	const struct keeper_options options = { office_now, office };

	must(keeper_open(office->dir, (struct keeper_out){ office_hear, office }, &options, &office->keeper));
	keeper_joined(office->keeper, PEER_COURIER, FROM_COURIER);
	keeper_joined(office->keeper, PEER_MESSENGER, FROM_MESSENGER);
}

static inline void office_cards(struct office *office)
{
	struct testca *testca;
	struct testca_order orders[CARD_COUNT] = { 0 };
	struct testca_issued issued[CARD_COUNT];
	char path[128];

	must(testca_create(office->dir, office->now_ms, true));
	must(testca_open(office->dir, &testca));
	for (int i = 0; i < CARD_COUNT; i++) {
		orders[i] = (struct testca_order){
			.issuer = TESTCA_MOICA_G2, .kind = CERT_PERSON, .name = str_from(office_people[i].name),
			.id_no = str_from(office_people[i].id_no), .subject_serial = STR(""),
			.organisation_oid = STR(""), .pin = STR(""), .password = STR(""),
			.stem = str_printf(&office->arena, "card%d", i),
		};
	}
	must(testca_issue(testca, &office->arena, office->now_ms, orders, CARD_COUNT, issued));
	must(testca_reissue_crls(testca, office->now_ms, 0));
	testca_close(&testca);
	for (int i = 0; i < CARD_COUNT; i++) {
		char pin[1] = "";
		office->serials[i] = issued[i].serial;
		snprintf(path, sizeof path, "%s/cards/card%d.pem", office->dir, i);
		must(card_open(&office->arena, path, pin, 0, &office->cards[i]));
	}
}

/* More cards, or such that something is wrong with. The keeper looks for new lists again afterwards. */
static inline void office_issue(struct office *office, const char *stem, struct testca_order *orders, size_t count,
                                struct testca_issued *issued, struct card *cards)
{
	struct testca *testca;
	char pin[1] = "";

	for (size_t i = 0; i < count; i++) {
		orders[i].subject_serial = orders[i].pin = orders[i].password = STR("");
		orders[i].stem = str_printf(&office->arena, "%s%zu", stem, i);
	}
	must(testca_open(office->dir, &testca));
	must(testca_issue(testca, &office->arena, office->now_ms, orders, count, issued));
	must(testca_reissue_crls(testca, office->now_ms, 0));
	testca_close(&testca);
	for (size_t i = 0; i < count; i++)
		must(card_open(&office->arena, str_printf(&office->arena, "%s/cards/%s%zu.pem", office->dir, stem, i).at, pin, 0, &cards[i]));
	office->now_ms += 6000;
}

static inline void office_source(struct office *office)
{
	struct local_person person = {
		.numbers = { { NUMBER_NATIONAL, STR("X100000009") } }, .number_count = 1,
		.name = STR("張測試"), .kind = PERSON_REGISTERED, .habit = HABIT_FOUR_COUNTS,
	};
	struct local_options options = { .seed = 7, .deletion_ms = INT64_MAX };
	char path[128];

	must(date_parse_iso(STR("2026-11-24"), &options.anchor));
	must(date_parse_iso(STR("1960-01-01"), &person.born));
	snprintf(path, sizeof path, "%s/source.db", office->dir);
	must(local_source_generate(path, &options, &person, 1));
	must(local_source_open(path, &office->source));
}

/* at_ms: when it begins; the office's clock goes on from there. */
static inline void office_make_at(struct office *office, int64_t at_ms)
{
	const struct init_options init = { STR("demo.youju.test/office"), true, 0, STR("localhost") };
	struct init_options options = init;

	memset(office, 0, sizeof *office);
	strcpy(office->dir, "/tmp/youju-office-XXXXXX");
	assert(mkdtemp(office->dir));
	office->arena = arena_open(1 << 28);
	options.at_ms = office->now_ms = at_ms;
	must(keeper_init(office->dir, &options));
	office_cards(office);
	office_source(office);
	office_open(office);
}

static inline void office_make(struct office *office)
{
	int64_t at_ms;

	must(time_parse_utc(STR("2026-11-24T01:00:00.000Z"), &at_ms));
	office_make_at(office, at_ms);
}

static inline void office_remove(struct office *office)
{
	char command[128];

	keeper_close(&office->keeper);
	local_source_close(&office->source);
	for (int i = 0; i < CARD_COUNT; i++)
		card_close(&office->cards[i]);
	arena_close(&office->arena);
	snprintf(command, sizeof command, "rm -rf %s", office->dir);
	if (system(command) != 0)
		fprintf(stderr, "# %s was not removed\n", office->dir);
}

/* --- talking --- */

static inline void office_run(struct office *office, enum peer peer, uint64_t from, const struct message *message)
{
	must(keeper_run(office->keeper, peer, from, message));
}

static inline void office_courier(struct office *office, const struct message *plan)
{
	struct source_plan asked;
	struct rows rows;
	int64_t wait_ms;
	struct message reply = message_new(&office->arena, MESSAGE_ROWS, plan->id);
	struct buf bytes = buf_on(&office->arena);

	must(source_plan_unpack(message_get(plan, "plan"), &asked));
	must(local_source_ask(office->source, &office->arena, &asked, &rows, &wait_ms));
	rows_pack(&bytes, &rows);
	message_put(&reply, "rows", buf_str(&bytes));
	office_run(office, PEER_COURIER, FROM_COURIER, &reply);
}

/* Commits, and lets the courier answer until nothing is asked any more. */
static inline void office_settle(struct office *office)
{
	for (size_t from = office->heard_count;;) {
		must(keeper_settle(office->keeper));
		size_t to = office->heard_count;
		if (from == to || office->courier_silent)
			return;
		for (; from < to; from++)
			if (office->heard[from].kind == MESSAGE_PLAN)
				office_courier(office, &office->heard[from]);
	}
}

static inline const struct message *office_reply(struct office *office, uint64_t id)
{
	for (size_t i = office->heard_count; i > 0; i--)
		if (office->heard_by[i - 1] == FROM_CLI && office->heard[i - 1].id == id)
			return &office->heard[i - 1];
	return NULL;
}

static inline const struct message *office_say(struct office *office, const struct message *message)
{
	office->heard_count = 0;
	office_run(office, PEER_COUNTER, FROM_CLI, message);
	office_settle(office);
	return office_reply(office, message->id);
}

static inline struct str office_nonce(struct office *office)
{
	struct message message = message_new(&office->arena, MESSAGE_NONCE, ++office->next_id);

	return message_get(office_say(office, &message), "nonce");
}

static inline void office_sign(struct office *office, struct message *message, enum office_card card,
                               const char *chain, const char *signature)
{
	struct str der;

	must(cms_sign(&office->arena, &office->cards[card], signed_text(&office->arena, message),
	              message_get(message, "nonce"), office->now_ms, false, &der));
	message_put(message, chain, office->cards[card].cert_der);
	message_put(message, signature, base64url_text(&office->arena, der.at, der.len));
}

/* fields: name, text, name, text, …, NULL. request NULL: a fresh one. */
static inline struct message office_command(struct office *office, enum message_kind kind, const char *name,
                                            const char *request, const char *const *fields)
{
	struct message message = message_new(&office->arena, kind, ++office->next_id);
	uint8_t fresh[16];

	random_bytes(fresh, sizeof fresh);
	message_put(&message, "nonce", office_nonce(office));
	message.id = ++office->next_id;
	message_put(&message, kind == MESSAGE_SHEET ? "sheet" : "command", str_from(name));
	message_put(&message, "request",
	            request ? str_from(request) : base64url_text(&office->arena, fresh, sizeof fresh));
	for (; *fields; fields += 2)
		message_field(&message, str_from(fields[0]), str_from(fields[1]));
	return message;
}

static inline const struct message *office_do(struct office *office, enum office_card card, const char *name,
                                              const char *request, const char *const *fields)
{
	struct message message = office_command(office, MESSAGE_COMMAND, name, request, fields);

	office_sign(office, &message, card, "chain", "signature");
	return office_say(office, &message);
}

static inline const struct message *office_show(struct office *office, enum office_card card, const char *name,
                                                const char *const *fields)
{
	struct message message = office_command(office, MESSAGE_SHEET, name, NULL, fields);

	office_sign(office, &message, card, "chain", "signature");
	return office_say(office, &message);
}

#define FIELDS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NO_FIELDS ((const char *const[]){ NULL })

/* --- the usual beginning --- */

static inline const struct message *office_first_start(struct office *office)
{
	struct message message = office_command(office, MESSAGE_COMMAND, "first_start", NULL,
		FIELDS("office_name", "高雄市政府社會局", "custodian_id_no", office_people[FIRST_CARD].id_no,
		       "supervisor_id_no", office_people[SECOND_CARD].id_no));

	office_sign(office, &message, FIRST_CARD, "chain", "signature");
	office_sign(office, &message, SECOND_CARD, "chain2", "signature2");
	return office_say(office, &message);
}

static inline const struct message *office_import(struct office *office, const char *kind, const char *rows)
{
	return office_do(office, FIRST_CARD, "import_list", NULL,
	                 FIELDS("import_kind", kind, "file", rows));
}

#endif
