/* A small office for tests: tables, vault and law without the keeper around them. Commands walk from
 * facts over the law to sealed documents and tables, as the keeper's do. */
#ifndef YOUJU_TESTS_KEEPER_WORLD_H
#define YOUJU_TESTS_KEEPER_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "keeper/facts.h"
#include "keeper/project.h"
#include "law/law.h"
#include "store/sql_tables.h"

#include <cmocka.h>

enum { WORLD_START_DAY = 20780, WORLD_ENTRIES_MAX = 4096 }; /* a Monday: 2026-11-23 */

struct world {
	char folder[32];
	struct store *tables;
	struct vault *vault;
	struct facts_cache *cache;
	struct arena arena, kept;
	int64_t now_ms;
	uint64_t next_entry;
	struct str entries[WORLD_ENTRIES_MAX]; /* as the log would hold them */
};

static struct world world;

static int world_open(void **state)
{
	char path[64], keys[64];

	(void)state;
	crypto_open();
	world = (struct world){ .folder = "/tmp/youju-world-XXXXXX",
		                .now_ms = date_local_start_ms((struct date){ WORLD_START_DAY }) + 9 * 3600000 };
	assert_non_null(mkdtemp(world.folder));
	snprintf(path, sizeof path, "%s/vault.db", world.folder);
	snprintf(keys, sizeof keys, "%s/keys", world.folder);
	world.arena = arena_open_secret((size_t)1 << 30);
	world.kept = arena_open((size_t)1 << 28);
	world.cache = facts_cache_open();
	assert_int_equal(store_open("", STORE_MEMORY, &sql_tables, &world.tables), OK);
	assert_int_equal(vault_open(path, keys, VAULT_WRITE, &world.vault), OK);
	assert_int_equal(store_begin(world.tables), OK);
	return 0;
}

static int world_close(void **state)
{
	char command[64];

	(void)state;
	vault_close(&world.vault);
	store_close(&world.tables);
	facts_cache_close(&world.cache);
	arena_close(&world.arena);
	arena_close(&world.kept);
	snprintf(command, sizeof command, "rm -rf %s", world.folder);
	return system(command);
}

static struct facts_context world_context(void)
{
	return (struct facts_context){ &world.arena, world.tables, world.vault, world.cache, 0 };
}

static void documents_seal(struct event *event)
{
	const struct record_spec *spec = event_spec(event->kind);
	struct time_text period = time_quarter(event->at_ms);

	for (size_t i = 0; i < spec->count; i++) {
		struct document *document = (void *)((char *)event_body(event) + spec->fields[i].offset);
		struct sealed sealed;
		if (spec->fields[i].kind != FIELD_DOCUMENT || !document->content.len)
			continue;
		assert_int_equal(vault_seal(world.vault, str_from(period.text), 0, document->content, &sealed), OK);
		document->id = sealed.id.n;
		document->digest = base64url_text(&world.arena, sealed.digest.at, HASH_BYTES);
	}
}

/* The entry's number. */
static uint64_t world_event(struct event *event)
{
	event->at_ms = world.now_ms;
	documents_seal(event);
	assert_in_range(world.next_entry, 0, WORLD_ENTRIES_MAX - 1);
	world.entries[world.next_entry] = str_copy(&world.kept, event_encode(&world.arena, event));
	assert_int_equal(project_event(world.tables, event, world.next_entry), OK);
	world.next_entry++;
	assert_int_equal(project_applied(world.tables, world.next_entry), OK);
	return world.next_entry - 1;
}

static struct facts world_facts(struct session_id session)
{
	struct facts facts = { .now_ms = world.now_ms, .today = time_local_date(world.now_ms),
		               .next_entry = world.next_entry, .session.id = session };

	return facts;
}

/* Facts, law, events, tables. first_out: the number of the command's first entry; may be NULL. */
static struct verdict world_do(const struct command *command, struct facts *facts, uint64_t *first_out)
{
	struct facts_context context = world_context();
	struct events events = events_on(&world.arena);

	world.now_ms += 1000;
	facts->now_ms = world.now_ms;
	facts->next_entry = world.next_entry;
	facts->step.presented = command_spec(command->kind)->is_signed;
	assert_int_equal(facts_load(&context, command, facts), OK);
	struct verdict verdict = law_decide(&world.arena, facts, command);
	law_account(facts, command, &verdict, &events);
	if (first_out)
		*first_out = world.next_entry;
	for (size_t i = 0; i < events.count; i++) {
		if (facts->session.id.n && facts->session.live)
			events.at[i].session = facts->session.id;
		world_event(&events.at[i]);
	}
	return verdict;
}

static struct command world_command(enum command_kind kind)
{
	struct command command = command_new(kind);

	command.channel = CHANNEL_CLI;
	command.address = STR("local");
	return command;
}

static struct fact_card world_card(const char *name, const char *last_four, const char *serial)
{
	return (struct fact_card){ .presented = true, .valid_to = DATE_NONE, .known_valid_to = DATE_NONE,
		                   .name = str_from(name),
		                   .last_four = str_from(last_four), .serial = str_from(serial),
		                   .number = STR(""), .fingerprint = STR(""), .method = METHOD_CHALLENGE };
}

static void granted(struct verdict verdict)
{
	if (verdict.refusal)
		print_error("refused: %.*s\n", STR_FMT(refusal_spec(verdict.refusal)->code));
	for (size_t i = 0; i < verdict.problem_count; i++)
		print_error("line %zu %.*s: %s\n", verdict.problems[i].line,
		            STR_FMT(verdict.problems[i].field), verdict.problems[i].why);
	assert_int_equal(verdict.refusal, REFUSED_NOT);
}

static struct session_id world_sign_in(const char *name, const char *last_four, const char *serial)
{
	struct command command = world_command(COMMAND_sign_in);
	struct facts facts = world_facts((struct session_id){ 0 });
	uint64_t entry;

	facts.card = world_card(name, last_four, serial);
	facts.new_token = STR("0123456789012345678901234567890123456789012");
	granted(world_do(&command, &facts, &entry));
	return (struct session_id){ entry };
}

static struct verdict world_import(struct session_id session, enum import_kind kind, const char *file)
{
	struct command command = world_command(COMMAND_import_list);
	struct facts facts = world_facts(session);

	command.import_list.import_kind = kind;
	command.import_list.file = str_from(file);
	return world_do(&command, &facts, NULL);
}

static void world_log_opened(void)
{
	struct event event = event_new(EVENT_log_opened);

	event.log_opened.origin = STR("demo.example/office");
	event.log_opened.demo = true;
	event.log_opened.software = STR("test");
	world_event(&event);
}

static void world_first_start(void)
{
	struct command command = world_command(COMMAND_first_start);
	struct facts facts = world_facts((struct session_id){ 0 });

	command.first_start.office_name = STR("社會局");
	command.first_start.custodian_id_no = STR("A123456789");
	command.first_start.supervisor_id_no = STR("A200000003");
	facts.card = world_card("王一", "6789", "c1");
	facts.second_card = world_card("李二", "0003", "c2");
	granted(world_do(&command, &facts, NULL));
}

static void world_basis(struct session_id proposer, struct session_id approver)
{
	static struct str items[] = { STR_INIT("item_1") };
	struct command propose = world_command(COMMAND_propose_basis);
	struct command approve = world_command(COMMAND_approve_proposal);
	struct facts facts = world_facts(proposer);
	uint64_t proposal;

	propose.propose_basis.basis = STR("B_LOW");
	propose.propose_basis.name = STR("低收入戶");
	propose.propose_basis.data_request = STR("社會救助法 §44-3");
	propose.propose_basis.day_test = true;
	propose.propose_basis.items = (struct texts){ 1, items };
	propose.propose_basis.valid_from = time_local_date(world.now_ms);
	granted(world_do(&propose, &facts, &proposal));
	approve.approve_proposal.proposal.n = proposal;
	facts = world_facts(approver);
	granted(world_do(&approve, &facts, NULL));
}

#define STAFF_HEAD "id_no,name,office,unit,title,duty,deputy,valid_from,valid_to,card_serial,card_number\n"
#define CASES_HEAD "case_no,office,legal_basis,opened_on,closed_on,party_no,id_no,name,birth_date,person_kind,relation\n"

/* Bureau with two people, 三民區公所 with officer Mei (card c3) and a case with two parties. */
static void world_office(struct session_id *custodian_out, struct session_id *supervisor_out)
{
	world_log_opened();
	world_first_start();
	*custodian_out = world_sign_in("王一", "6789", "c1");
	*supervisor_out = world_sign_in("李二", "0003", "c2");
	world_basis(*custodian_out, *supervisor_out);
	granted(world_import(*custodian_out, IMPORT_ORGANISATION,
	                     "office,name,office_kind,parent\nsanmin,三民區公所,district_office,bureau\n"));
	granted(world_import(*custodian_out, IMPORT_STAFF,
	                     STAFF_HEAD "E100000005,陳美,sanmin,社會課,課員,officer,,2026-01-01,,c3,\n"
	                     "E200000007,林督,sanmin,社會課,課長,supervisor,,2026-01-01,,c4,\n"));
	granted(world_import(*custodian_out, IMPORT_CASES,
	                     CASES_HEAD "113-0041,sanmin,B_LOW,2024-03-01,,1,S223456786,張三,1960-01-02,registered_national,claimant\n"
	                     "113-0041,sanmin,B_LOW,2024-03-01,,2,X100000009,張四,,registered_national,household_member\n"));
	granted(world_import(*custodian_out, IMPORT_GRANTS,
	                     "id_no,office,item,legal_basis,valid_from,valid_to,letter_no\n"
	                     "E100000005,sanmin,item_1,B_LOW,2026-01-01,2028-12-31,\n"));
}

static struct command world_ask(const char *subject)
{
	struct command command = world_command(COMMAND_ask);

	command.ask.case_no = STR("113-0041");
	command.ask.subject = str_from(subject);
	command.ask.legal_basis = STR("B_LOW");
	command.ask.purpose = PURPOSE_YEARLY_RECHECK;
	command.ask.item = ITEM_1;
	command.ask.range = RANGE_RESIDENCE;
	command.ask.anchor_date = time_local_date(world.now_ms);
	return command;
}

#endif
