#include "life.h"

#include <unistd.h>

#include "../unit/keeper/office.h"
#include "disk.h"
#include "promise.h"
#include "vfs.h"
#include "watch.h"

enum { COMMAND_BYTES = 256, ARENA_BYTES = 1 << 28, VERSION_BYTES = 64 };

struct life life;
static struct office office;
static int64_t office_ms; /* when the office was ready */

/* --- the office --- */

static void granted(const struct message *reply)
{
	for (size_t i = 0; i < reply->head_count && !str_is(message_get(reply, "outcome"), "granted"); i++)
		fprintf(stderr, "# %.*s: %.*s\n", STR_FMT(reply->head[i].name), STR_FMT(reply->head[i].text));
	assert(str_is(message_get(reply, "outcome"), "granted"));
}

static void lists_import(void)
{
	char staff[512];

	granted(office_import(&office, "organisation", "office,name,office_kind,parent\n"
	                                               "sanmin,三民區公所,district_office,bureau\n"));
	snprintf(staff, sizeof staff,
	         "id_no,name,office,duty,valid_from,card_serial\nA200000003,王小美,sanmin,officer,2026-01-01,%.*s\n",
	         STR_FMT(office.serials[CARD_MEI]));
	granted(office_import(&office, "staff", staff));
	office_do(&office, CARD_CUSTODIAN, "propose_basis", NULL,
	          FIELDS("basis", "B_LOW", "name", "低收入戶", "data_request", "社會救助法第44條之3", "day_test",
	                 "true", "items", "item_1", "valid_from", "2026-12-31"));
	const struct message *proposals = office_show(&office, CARD_SUPERVISOR, "proposals", NO_FIELDS);
	struct str proposal = sheet_cell(&proposals->sheets[0], 0, STR("key"));
	granted(office_do(&office, CARD_SUPERVISOR, "approve_proposal", NULL,
	                  FIELDS("proposal", str_c(&office.arena, proposal))));
	granted(office_import(&office, "cases",
	              "case_no,office,legal_basis,opened_on,party_no,id_no,name,birth_date,person_kind,relation\n"
	              "113-0041,sanmin,B_LOW,2026-11-01,1,X100000009,張測試,1960-01-01,registered_national,"
	              "claimant\n"
	              "113-0042,sanmin,B_LOW,2026-06-01,1,X100000009,張測試,1960-01-01,registered_national,"
	              "claimant\n"));
	granted(office_import(&office, "grants", "id_no,office,item,legal_basis,valid_from,valid_to\n"
	                                         "A200000003,sanmin,item_1,B_LOW,2026-01-01,2027-12-31\n"));
}

/* Ready some minutes before the quarter ends: a life sees new keys and a new segment. Case 113-0042
 * was decided long ago, so the day tables of its answers are destroyed at the next start. */
static void office_prepare(void)
{
	int64_t at_ms;

	must(time_parse_utc(STR("2026-12-31T15:50:00.000Z"), &at_ms));
	office_make_at(&office, at_ms);
	granted(office_first_start(&office));
	lists_import();
	granted(office_do(&office, CARD_MEI, "decide_case", NULL,
	                  FIELDS("case_no", "113-0042", "decision", "deny", "decided_on", "2026-09-01")));
	keeper_close(&office.keeper);
	office_ms = office.now_ms;
}

void life_open(void)
{
	bool shm = access("/dev/shm", W_OK) == 0;

	vfs_register();
	office_prepare();
	disk_image_take(office.dir);
	snprintf(life.root, sizeof life.root, "%s/youju-power-XXXXXX", shm ? "/dev/shm" : "/tmp");
	if (!mkdtemp(life.root))
		abort();
	life.arena = arena_open(ARENA_BYTES);
}

void life_close(void)
{
	char command[COMMAND_BYTES];

	disk_end();
	arena_close(&life.arena);
	office_remove(&office);
	snprintf(command, sizeof command, "rm -rf %s", life.root);
	if (system(command) != 0)
		fprintf(stderr, "# %s was not removed\n", life.root);
}

/* Some lives begin with the tables of another version, without any, or with a sealer that never ran. */
void life_begin(uint64_t seed)
{
	char version[VERSION_BYTES + 1];

	disk_begin(life.root, seed);
	disk_image_put();
	uint64_t dice = disk_dice(4);
	if (dice == 0) {
		memset(version, '0', VERSION_BYTES);
		disk_rewrite(life_path("youju.db.version"), str_bytes(version, VERSION_BYTES));
	}
	if (dice == 1) {
		disk_forget(life_path("youju.db"));
		disk_forget(life_path("youju.db.version"));
	}
	if (dice == 2)
		disk_forget(life_path("log/sealed"));
	life.now_ms = office_ms;
	life.lost = NULL;
	watch_begin();
	promise_begin();
}

const char *life_path(const char *name)
{
	static char paths[4][128];
	static unsigned turn;
	char *path = paths[turn++ % ARRAY_LEN(paths)];

	snprintf(path, sizeof paths[0], "%s/%s", life.root, name);
	return path;
}

void life_lost(const char *what)
{
	if (!life.lost)
		life.lost = what;
}

/* --- starting and stopping --- */

static int64_t now(void *context)
{
	(void)context;
	return life.now_ms++;
}

/* Keeps a message beyond the call: through its own frame. */
static void work_keep(const struct message *message)
{
	struct buf frame = buf_on(&life.arena);
	size_t used;

	assert(life.heard_count < LIFE_HEARD_MAX);
	message_pack(&frame, message);
	must(message_unpack(&life.arena, buf_str(&frame), &used, &life.heard[life.heard_count++]));
}

static void hear(void *context, uint64_t connection, const struct message *message)
{
	(void)context;
	promise_hear(connection, message);
	if (connection == AT_COURIER || connection == AT_SEALER)
		work_keep(message);
	if (life.messages_left-- == 0)
		disk_stop();
}

static bool stopped(const char *what)
{
	if (!disk_is_dead())
		life_lost(what);
	life_stop();
	return false;
}

static bool keeper_start(void)
{
	const struct keeper_options options = { now, NULL };
	struct keeper_out out = { hear, NULL };

	if (keeper_open(life.root, out, &options, &life.keeper) != OK) {
		life.keeper = NULL;
		return stopped("the keeper does not start");
	}
	if (ledger_open(life_path("log"), LEDGER_READ, &life.reader) != OK)
		return stopped("the log cannot be read");
	keeper_joined(life.keeper, PEER_COURIER, AT_COURIER);
	return true;
}

static bool sealer_start(void)
{
	disk_actor = "the sealer's ";
	enum fail fail = sealer_open(life.root, &life.arena, &life.sealer);
	disk_actor = "";
	if (fail != OK)
		return stopped("the sealer does not start");
	life.has_sealer = true;
	if (life.sealer.forgot)
		life_lost("the sealer forgot what it signed");
	keeper_joined(life.keeper, PEER_SEALER, AT_SEALER);
	return true;
}

void life_start(void)
{
	vfs_checkpoint_pages(4 + (int)disk_dice(disk_dice(2) ? 12 : 48));
	life.heard_count = 0;
	life.courier_away = false;
	life.messages_left = UINT64_MAX;
	arena_empty(&life.arena);
	if (!keeper_start() || !sealer_start())
		return;
	watch_resume();
	life_tick();
}

void life_stop(void)
{
	keeper_close(&life.keeper);
	ledger_close(life.reader);
	life.reader = NULL;
	if (life.has_sealer && !life.sealer.forgot)
		seal_close(&life.sealer.seal);
	life.has_sealer = false;
}

/* --- at work --- */

bool life_order(const struct order *order, uint64_t *id_out)
{
	struct message message = message_new(&life.arena, MESSAGE_COMMAND, ++life.next_id);

	message_put(&message, "chain", office.cards[order->card].cert_der);
	message_put(&message, "channel", STR("web"));
	message_put(&message, "address", STR("10.0.0.1"));
	message_put(&message, "command", str_from(order->command));
	message_put(&message, "request", str_from(order->request));
	for (const char *const *field = order->fields; *field; field += 2)
		message_field(&message, str_from(field[0]), str_from(field[1]));
	*id_out = message.id;
	return keeper_run(life.keeper, PEER_FRONT, AT_FRONT, &message) == OK || stopped("the keeper stops at a command");
}

static enum fail courier_do(const struct message *plan)
{
	struct message reply = message_new(&life.arena, MESSAGE_ROWS, plan->id);
	struct buf bytes = buf_on(&life.arena);
	struct source_plan asked;
	struct rows rows;
	int64_t wait_ms;

	if (life.courier_away)
		return OK;
	must(source_plan_unpack(message_get(plan, "plan"), &asked));
	must(local_source_ask(office.source, &life.arena, &asked, &rows, &wait_ms));
	rows_pack(&bytes, &rows);
	message_put(&reply, "rows", buf_str(&bytes));
	return keeper_run(life.keeper, PEER_COURIER, AT_COURIER, &reply);
}

static enum fail sealer_do(const struct message *order)
{
	struct message reply = message_new(&life.arena, MESSAGE_SEALED, order->id);

	disk_actor = "the sealer's ";
	enum fail fail = sealer_answer(&life.sealer, &life.arena, order, &reply);
	disk_actor = "";
	if (fail != OK && fail != FAIL_CONFLICT && !disk_is_dead())
		life_lost("the sealer refuses a head of the log");
	promise_signed(message_get(&reply, "note"));
	TRY(keeper_run(life.keeper, PEER_SEALER, AT_SEALER, &reply));
	promise_published(message_get(&reply, "note"));
	return OK;
}

static bool work_do(void)
{
	enum fail fail = OK;

	for (size_t i = 0; i < life.heard_count && fail == OK; i++)
		fail = life.heard[i].kind == MESSAGE_PLAN ? courier_do(&life.heard[i]) : sealer_do(&life.heard[i]);
	life.heard_count = 0;
	return fail == OK || stopped("the keeper stops at an answer");
}

/* Messages leave only when a group is durable, so work_do hears nothing new. */
bool life_settle(void)
{
	do {
		if (keeper_settle(life.keeper) != OK)
			return stopped("the keeper stops at a commit");
		if (life.heard_count == 0)
			return true;
	} while (work_do());
	return false;
}

/* The operator's word for "look at the clock" makes the keeper do what is due. */
bool life_tick(void)
{
	struct message clock = message_new(&life.arena, MESSAGE_OPERATOR, ++life.next_id);
	int64_t wait_ms;

	message_put(&clock, "verb", STR("clock"));
	if (keeper_run(life.keeper, PEER_COUNTER, AT_COUNTER, &clock) != OK ||
	    keeper_tick(life.keeper, &wait_ms) != OK)
		return stopped("the keeper stops at its clock");
	return life_settle();
}
