/* usage: keeper_power ROUNDS [SEED]
 * A whole keeper over log, vault and tables, stopped at any operation by a power cut or a kill. After
 * every restart: each answer that left has its durable entries, the same request gives the same
 * answer, and the tables are what the log says. Then flushes are switched off in turn. */
#include <unistd.h>

#include "../unit/keeper/office.h"
#include "base/time.h"
#include "disk.h"
#include "keeper/rebuild.h"
#include "store/sql_tables.h"
#include "vfs.h"

enum { ANSWERS_MAX = 256, LIFE_ROUNDS = 12, ASKS_A_ROUND = 4, ROUNDS_TO_FIND = 150, COMMAND_BYTES = 256 };

/* What an officer was told. */
struct answered {
	char request[32];
	uint64_t asked, entry;
	struct hash asked_leaf, leaf, answer;
};

static struct office office;
static char template[64], root[64];
static int64_t template_ms;
static struct answered answers[ANSWERS_MAX];
static size_t answer_count;

/* --- talking to a keeper that may stop at any word --- */

static bool courier_answers(size_t from, size_t to)
{
	for (; from < to; from++) {
		struct message reply = message_new(&office.arena, MESSAGE_ROWS, office.heard[from].id);
		struct buf bytes = buf_on(&office.arena);
		struct source_plan plan;
		struct rows rows;
		int64_t wait_ms;
		if (office.heard[from].kind != MESSAGE_PLAN)
			continue;
		must(source_plan_unpack(message_get(&office.heard[from], "plan"), &plan));
		must(local_source_ask(office.source, &office.arena, &plan, &rows, &wait_ms));
		rows_pack(&bytes, &rows);
		message_put(&reply, "rows", buf_str(&bytes));
		if (keeper_run(office.keeper, PEER_COURIER, FROM_COURIER, &reply) != OK)
			return false;
	}
	return true;
}

static const struct message *say(const struct message *message)
{
	office.heard_count = 0;
	if (keeper_run(office.keeper, PEER_COUNTER, FROM_CLI, message) != OK)
		return NULL;
	for (size_t from = 0;;) {
		if (keeper_settle(office.keeper) != OK)
			return NULL;
		size_t to = office.heard_count;
		if (from == to)
			return office_reply(&office, message->id);
		if (!courier_answers(from, to))
			return NULL;
		from = to;
	}
}

/* The question of officer Mei about her case; NULL when the keeper stopped. */
static const struct message *ask(const char *request)
{
	static const char *const fields[] = { "case_no", "113-0041", "subject", "1", "legal_basis", "B_LOW",
		                              "purpose", "yearly_recheck", "item", "item_1", "range",
		                              "residence", "anchor_date", "2026-11-24" };
	struct message nonce = message_new(&office.arena, MESSAGE_NONCE, ++office.next_id);
	const struct message *reply = say(&nonce);

	if (!reply)
		return NULL;
	struct message message = message_new(&office.arena, MESSAGE_COMMAND, ++office.next_id);
	message_put(&message, "nonce", message_get(reply, "nonce"));
	message_put(&message, "command", STR("ask"));
	message_put(&message, "request", str_from(request));
	for (size_t i = 0; i < ARRAY_LEN(fields); i += 2)
		message_field(&message, str_from(fields[i]), str_from(fields[i + 1]));
	office_sign(&office, &message, CARD_MEI, "chain", "signature");
	return say(&message);
}

static bool is_answer(const struct message *reply)
{
	return reply && str_is(message_get(reply, "outcome"), "granted");
}

/* --- what was promised --- */

static bool leaf_of(struct ledger *ledger, uint64_t index, struct hash *out)
{
	struct str entry;

	if (ledger_read(ledger, index, &office.arena, &entry) != OK)
		return false;
	*out = merkle_leaf(entry);
	return true;
}

static struct ledger *reader(void)
{
	struct ledger *ledger;
	char path[128];

	snprintf(path, sizeof path, "%s/log", root);
	return ledger_open(path, LEDGER_READ, &ledger) == OK ? ledger : NULL;
}

static void answer_keep(const char *request, const struct message *reply)
{
	struct answered *kept = &answers[answer_count];
	struct ledger *ledger = reader();

	if (!ledger || answer_count == ANSWERS_MAX)
		return;
	snprintf(kept->request, sizeof kept->request, "%s", request);
	kept->entry = message_get_u64(reply, "entry");
	kept->asked = message_get_u64(reply, "asked_entry");
	kept->answer = hash_bytes(message_get(reply, "answer"));
	if (leaf_of(ledger, kept->entry, &kept->leaf) && leaf_of(ledger, kept->asked, &kept->asked_leaf))
		answer_count++;
	ledger_close(ledger);
}

static const char *entries_kept(void)
{
	struct ledger *ledger = reader();
	const char *lost = ledger ? NULL : "the log cannot be read";

	for (size_t i = 0; i < answer_count && !lost; i++) {
		struct hash asked, leaf;
		if (!leaf_of(ledger, answers[i].asked, &asked) || !leaf_of(ledger, answers[i].entry, &leaf))
			lost = "an answer without its entry";
		else if (!hash_eq(&asked, &answers[i].asked_leaf) || !hash_eq(&leaf, &answers[i].leaf))
			lost = "an entry has other bytes";
	}
	ledger_close(ledger);
	return lost;
}

static const char *tables_agree(void)
{
	struct ledger *ledger = reader();
	struct store *tables = NULL;
	struct rebuild_report report;
	char path[128];

	snprintf(path, sizeof path, "%s/youju.db", root);
	const char *lost = ledger ? NULL : "the log cannot be read";
	if (!lost && store_open(path, STORE_READ, &sql_tables, &tables) != OK)
		lost = "the tables cannot be read";
	if (!lost && tables_compare(tables, ledger, NULL, NULL, &office.arena, &report) != OK)
		lost = "the tables cannot be compared";
	if (!lost && report.count)
		lost = "the tables are not what the log says";
	store_close(&tables);
	ledger_close(ledger);
	return lost;
}

/* Idempotence needs log, tables and vault together. A keeper that stops meanwhile has lost nothing. */
static const char *answer_again(void)
{
	if (answer_count == 0)
		return NULL;
	const struct answered *kept = &answers[disk_dice(answer_count)];
	const struct message *reply = ask(kept->request);
	if (!reply)
		return disk_is_dead() ? NULL : "the keeper stops at an old request";
	struct hash answer = hash_bytes(message_get(reply, "answer"));
	if (!is_answer(reply) || message_get_u64(reply, "entry") != kept->entry)
		return "the same request has another outcome";
	return hash_eq(&answer, &kept->answer) ? NULL : "an answer is gone from the vault";
}

/* --- living --- */

static const char *keeper_start(void)
{
	const struct keeper_options options = { office_now, &office };
	struct keeper_out out = { office_hear, &office };

	office.heard_count = 0;
	if (keeper_open(root, out, &options, &office.keeper) != OK) {
		office.keeper = NULL;
		return disk_is_dead() ? NULL : "the keeper does not start";
	}
	keeper_joined(office.keeper, PEER_COURIER, FROM_COURIER);
	if (keeper_settle(office.keeper) != OK)
		return disk_is_dead() ? NULL : "the keeper stops at once";
	const char *lost = entries_kept();
	if (!lost && !disk_is_dead())
		lost = tables_agree();
	if (disk_is_dead()) /* the check itself met the end: nothing can be said */
		return NULL;
	return lost ? lost : answer_again();
}

static void fuse_set(void)
{
	uint64_t dice = disk_dice(4);

	if (dice == 1)
		disk_fuse(disk_dice(300));
	if (dice > 1)
		disk_fuse_flushes(disk_dice(40));
}

static const char *round_run(void)
{
	fuse_set();
	const char *lost = keeper_start();
	for (unsigned i = 0; i < ASKS_A_ROUND && office.keeper && !lost && !disk_is_dead(); i++) {
		uint8_t bytes[16];
		for (size_t k = 0; k < sizeof bytes; k++)
			bytes[k] = (uint8_t)disk_dice(256);
		const char *request = str_c(&office.arena, base64url_text(&office.arena, bytes, sizeof bytes));
		const struct message *reply = ask(request);
		if (is_answer(reply))
			answer_keep(request, reply);
		else if (!disk_is_dead())
			lost = "a lawful question has no answer";
	}
	keeper_close(&office.keeper);
	office.keeper = NULL;
	if (disk_dice(3))
		disk_cut_power();
	else
		disk_kill_process();
	return lost;
}

static void life_begin(uint64_t seed)
{
	char command[COMMAND_BYTES];

	disk_begin(root, seed);
	snprintf(command, sizeof command, "cp -a %s/. %s/", template, root);
	if (system(command) != 0)
		abort();
	disk_adopt();
	answer_count = 0;
	office.now_ms = template_ms;
}

static const char *rounds_run(uint64_t seed, unsigned most, unsigned *rounds)
{
	const char *lost = NULL;

	for (*rounds = 0; *rounds < most && !lost; ++*rounds) {
		if (*rounds % LIFE_ROUNDS == 0)
			life_begin(seed + *rounds);
		lost = round_run();
	}
	return lost;
}

/* An office whose officer may ask; made once, copied for every life. */
static void template_make(void)
{
	char staff[512];

	office_make(&office);
	office_first_start(&office);
	office_import(&office, "organisation", "office,name,office_kind,parent\n"
	                                       "sanmin,三民區公所,district_office,bureau\n");
	snprintf(staff, sizeof staff,
	         "id_no,name,office,duty,valid_from,card_serial\nA200000003,王小美,sanmin,officer,2026-01-01,%.*s\n",
	         STR_FMT(office.serials[CARD_MEI]));
	office_import(&office, "staff", staff);
	office_do(&office, CARD_CUSTODIAN, "propose_basis", NULL,
	          FIELDS("basis", "B_LOW", "name", "低收入戶", "data_request", "社會救助法第44條之3", "day_test",
	                 "true", "items", "item_1", "valid_from", "2026-11-24"));
	const struct message *proposals = office_show(&office, CARD_SUPERVISOR, "proposals", NO_FIELDS);
	struct str proposal = sheet_cell(&proposals->sheets[0], 0, STR("key"));
	office_do(&office, CARD_SUPERVISOR, "approve_proposal", NULL,
	          FIELDS("proposal", str_c(&office.arena, proposal)));
	office_import(&office, "cases",
	              "case_no,office,legal_basis,opened_on,party_no,id_no,name,birth_date,person_kind,relation\n"
	              "113-0041,sanmin,B_LOW,2026-11-01,1,X100000009,張測試,1960-01-01,registered_national,"
	              "claimant\n");
	office_import(&office, "grants", "id_no,office,item,legal_basis,valid_from,valid_to\n"
	                                 "A200000003,sanmin,item_1,B_LOW,2026-01-01,2027-12-31\n");
	keeper_close(&office.keeper);
	office.keeper = NULL;
	strcpy(template, office.dir);
	template_ms = office.now_ms;
}

static void root_make(void)
{
	bool shm = access("/dev/shm", W_OK) == 0;

	snprintf(root, sizeof root, "%s/youju-power-XXXXXX", shm ? "/dev/shm" : "/tmp");
	if (!mkdtemp(root))
		abort();
}

static void roots_remove(void)
{
	char command[COMMAND_BYTES];

	office_remove(&office);
	snprintf(command, sizeof command, "rm -rf %s", root);
	if (system(command) != 0)
		fprintf(stderr, "# %s was not removed\n", root);
}

int main(int argc, char **argv)
{
	unsigned most = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 1000, rounds, failed = 0;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;

	vfs_register();
	template_make();
	root_make();
	int64_t start_ms = clock_monotonic_ms();
	const char *lost = rounds_run(seed, most, &rounds);
	failed += lost != NULL;
	printf("%s 1 - %u rounds over keeper, log, vault and tables lose nothing (%s; %lld ms, seed %llu)\n",
	       lost ? "not ok" : "ok", rounds, lost ? lost : "kept",
	       (long long)(clock_monotonic_ms() - start_ms), (unsigned long long)seed);
	for (size_t site = 0; argc > 3 && site < disk_sites(); site++) {
		disk_ignore(site);
		lost = rounds_run(seed, ROUNDS_TO_FIND, &rounds);
		printf("# without flush %zu of %s: %s (round %u)\n", site, disk_site_name(site),
		       lost ? lost : "nothing is lost", rounds);
	}
	disk_ignore(SIZE_MAX);
	disk_end();
	roots_remove();
	printf("1..1\n");
	return failed != 0;
}
