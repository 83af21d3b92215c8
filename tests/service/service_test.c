/* The whole service as processes: killed at any moment, and with a disk that takes nothing more. What
 * was answered must stand in the log, what was asked must have exactly one end. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../unit/keeper/office.h"
#include "base/local.h"
#include "keeper/rebuild.h"
#include "law/events.h"
#include "store/sql_tables.h"

#include <cmocka.h>

enum { ROUNDS = 20, IN_FLIGHT = 8, SENT_MAX = 100, ANSWERS_MAX = 4096, START_MS = 10000, REFUSE_MS = 1000 };

static struct office office;
static const char *youju;
static pid_t supervisor;
static char run[96], token[64], today[48];
static uint64_t answers[ANSWERS_MAX];
static size_t answer_count;

static void sleep_ms(int64_t ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* --- a line to the keeper --- */

struct line { int fd; struct buf pending; };

static void line_close(struct line *line)
{
	local_close(&line->fd);
	buf_close(&line->pending);
}

static bool line_open(struct line *line)
{
	*line = (struct line){ -1, buf_open() };
	return local_connect(run, "counter.sock", &line->fd) == OK;
}

static enum fail line_ask(struct line *line, const struct message *message, int64_t patience_ms,
                          struct message *out)
{
	TRY(message_send(line->fd, message));
	return message_receive(&office.arena, line->fd, &line->pending, patience_ms, out);
}

static struct message question(void)
{
	const char *const fields[] = { "case_no", "113-0041", "subject", "1", "legal_basis", "B_LOW", "purpose",
		                       "yearly_recheck", "item", "item_1", "range", "residence",
		                       "anchor_date", today };
	struct message message = message_new(&office.arena, MESSAGE_COMMAND, ++office.next_id);
	uint8_t fresh[16];

	random_bytes(fresh, sizeof fresh);
	message_put(&message, "session", str_from(token));
	message_put(&message, "command", STR("ask"));
	message_put(&message, "request", base64url_text(&office.arena, fresh, sizeof fresh));
	for (size_t i = 0; i < ARRAY_LEN(fields); i += 2)
		message_field(&message, str_from(fields[i]), str_from(fields[i + 1]));
	return message;
}

static bool answer_take(const struct message *reply)
{
	if (!str_is(message_get(reply, "outcome"), "granted"))
		return false;
	assert_true(message_get(reply, "answer").len > 0);
	assert_true(answer_count < ANSWERS_MAX);
	answers[answer_count++] = message_get_u64(reply, "entry");
	return true;
}

static bool answered_within(int64_t patience_ms)
{
	struct line line;
	struct message asked = question(), reply;
	bool answered = line_open(&line) && line_ask(&line, &asked, patience_ms, &reply) == OK &&
	                answer_take(&reply);

	line_close(&line);
	return answered;
}

static void service_ready(void)
{
	int64_t until_ms = clock_monotonic_ms() + START_MS;

	while (!answered_within(3000)) {
		assert_true(clock_monotonic_ms() < until_ms);
		sleep_ms(20);
	}
}

/* --- the processes --- */

static pid_t role_pid(const char *role)
{
	char path[64], comm[32], name[32];
	FILE *children;
	int pid = 0, found = 0;

	snprintf(name, sizeof name, "youju-%.9s", role);
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", supervisor, supervisor);
	children = fopen(path, "r");
	while (children && !found && fscanf(children, "%d", &pid) == 1) {
		snprintf(path, sizeof path, "/proc/%d/comm", pid);
		FILE *file = fopen(path, "r");
		if (file && fscanf(file, "%31s", comm) == 1 && strcmp(comm, name) == 0)
			found = pid;
		if (file)
			fclose(file);
	}
	if (children)
		fclose(children);
	return found;
}

enum { ROLES_MAX = 16 };

/* The machine's own kill: supervisor and every role in the same moment, nobody left to tidy up. */
static void service_kill(void)
{
	int pids[ROLES_MAX], status;
	char path[64];
	size_t count = 0;

	snprintf(path, sizeof path, "/proc/%d/task/%d/children", supervisor, supervisor);
	FILE *children = fopen(path, "r");
	assert_non_null(children);
	while (count < ROLES_MAX && fscanf(children, "%d", &pids[count]) == 1)
		count++;
	fclose(children);
	kill(supervisor, SIGKILL);
	for (size_t i = 0; i < count; i++)
		kill(pids[i], SIGKILL);
	assert_int_equal(waitpid(supervisor, &status, 0), supervisor);
}

static void service_start(void)
{
	supervisor = fork();
	assert_true(supervisor >= 0);
	if (supervisor == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		execl(youju, youju, "serve", office.dir, (char *)NULL);
		_exit(127);
	}
}

static void service_stop(void)
{
	int status;

	kill(supervisor, SIGTERM);
	assert_int_equal(waitpid(supervisor, &status, 0), supervisor);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* --- rounds --- */

static bool is_all(const char *role)
{
	return strcmp(role, "all") == 0;
}

static void role_kill(const char *role)
{
	pid_t pid = is_all(role) ? 0 : role_pid(role);

	if (is_all(role)) {
		service_kill();
		return;
	}
	assert_true(pid > 0);
	kill(pid, SIGKILL);
}

static void questions_send_and_kill(const char *role, int64_t after_ms)
{
	int64_t until_ms = clock_monotonic_ms() + after_ms;
	struct line line;
	struct message reply;
	size_t waiting = 0, sent = 0;

	assert_true(line_open(&line));
	for (;;) {
		while (waiting < IN_FLIGHT && sent < SENT_MAX) {
			struct message asked = question();
			if (message_send(line.fd, &asked) != OK)
				break;
			waiting++;
			sent++;
		}
		if (until_ms && clock_monotonic_ms() >= until_ms) {
			role_kill(role);
			until_ms = 0;
		}
		enum fail fail = message_receive(&office.arena, line.fd, &line.pending, until_ms ? 5 : 300, &reply);
		if (fail == OK) {
			answer_take(&reply);
			waiting--;
		}
		if (fail != OK && (fail != FAIL_TIMEOUT || until_ms == 0))
			break;
		if (until_ms == 0 && strcmp(role, "keeper") != 0 && !is_all(role))
			break;
	}
	line_close(&line);
}

static void killed_at_any_moment(void **state)
{
	static const char *const roles[] = { "keeper", "all", "keeper", "courier", "sealer", "all", "front" };

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		questions_send_and_kill(roles[round % (int)ARRAY_LEN(roles)], 3 + (int64_t)(random_u64() % 60));
		if (is_all(roles[round % (int)ARRAY_LEN(roles)]))
			service_start();
		service_ready();
	}
	print_message("# %zu answers over %d kills\n", answer_count, ROUNDS);
}

static void file_limit(pid_t pid, rlim_t bytes)
{
	struct rlimit limit = { bytes, RLIM_INFINITY };

	assert_int_equal(prlimit(pid, RLIMIT_FSIZE, &limit, NULL), 0);
}

/* T24: no answer while the log takes nothing, told within a second; and on it goes by itself. */
static void a_full_disk_refuses_and_recovers(void **state)
{
	(void)state;
	file_limit(supervisor, 0);
	file_limit(role_pid("keeper"), 0);
	for (int i = 0; i < 5; i++) {
		int64_t before_ms = clock_monotonic_ms();
		assert_false(answered_within(REFUSE_MS));
		assert_true(clock_monotonic_ms() - before_ms <= REFUSE_MS + 200);
	}
	file_limit(supervisor, RLIM_INFINITY);
	pid_t keeper = role_pid("keeper");
	if (keeper > 0)
		prlimit(keeper, RLIMIT_FSIZE, &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY }, NULL);
	service_ready();
}

static enum event_kind kind_at(struct ledger *ledger, uint64_t index, struct event *event)
{
	struct str bytes;

	must(ledger_read(ledger, index, &office.arena, &bytes));
	must(event_decode(&office.arena, bytes, event));
	return event->kind;
}

static void every_answer_stands_in_the_log(void **state)
{
	struct ledger *ledger;
	struct event event;
	char path[96];

	(void)state;
	service_stop();
	snprintf(path, sizeof path, "%s/log", office.dir);
	must(ledger_open(path, LEDGER_READ, &ledger));
	for (size_t i = 0; i < answer_count; i++) {
		assert_true(answers[i] > 0 && answers[i] < ledger_size(ledger));
		assert_int_equal(kind_at(ledger, answers[i], &event), EVENT_query_answered);
		assert_int_equal(kind_at(ledger, event.query_answered.asked.n, &event), EVENT_query_asked);
	}
	ledger_close(ledger);
}

/* T23: each question ends once, also those that a kill cut off. */
static void every_question_has_one_end(void **state)
{
	uint64_t asked = 0, ended = 0;
	struct ledger *ledger;
	struct event event;
	char path[96];

	(void)state;
	snprintf(path, sizeof path, "%s/log", office.dir);
	must(ledger_open(path, LEDGER_READ, &ledger));
	for (uint64_t i = 0; i < ledger_size(ledger); i++) {
		enum event_kind kind = kind_at(ledger, i, &event);
		asked += kind == EVENT_query_asked;
		ended += kind == EVENT_query_answered || kind == EVENT_query_failed || kind == EVENT_query_withheld;
	}
	print_message("# %llu questions\n", (unsigned long long)asked);
	assert_true(asked - ended <= IN_FLIGHT); /* those still open when the service was stopped */
	ledger_close(ledger);
}

static void tables_are_what_the_log_says(void **state)
{
	struct ledger *ledger;
	struct store *tables;
	struct rebuild_report report;
	char path[96];

	(void)state;
	snprintf(path, sizeof path, "%s/log", office.dir);
	must(ledger_open(path, LEDGER_READ, &ledger));
	snprintf(path, sizeof path, "%s/youju.db", office.dir);
	must(store_open(path, STORE_READ, &sql_tables, &tables));
	must(tables_compare(tables, ledger, NULL, NULL, &office.arena, &report));
	for (size_t i = 0; i < report.count; i++)
		print_message("# %.*s\n", STR_FMT(report.at[i]));
	assert_int_equal(report.count, 0);
	store_close(&tables);
	ledger_close(ledger);
}

/* --- preparing --- */

static void granted(const struct message *reply)
{
	for (size_t i = 0; reply && i < reply->head_count; i++)
		if (!str_is(message_get(reply, "outcome"), "granted"))
			fprintf(stderr, "# %.*s = %.*s\n", STR_FMT(reply->head[i].name), STR_FMT(reply->head[i].text));
	assert(reply && str_is(message_get(reply, "outcome"), "granted"));
}

static void rules_approve(void)
{
	const struct message *list = office_show(&office, CARD_SUPERVISOR, "proposals", NO_FIELDS);
	struct sheet sheet = list->sheets[0];

	for (size_t i = 0; i < sheet.row_count; i++)
		granted(office_do(&office, CARD_SUPERVISOR, "approve_proposal", NULL,
		                  FIELDS("proposal", str_c(&office.arena, sheet_cell(&sheet, i, STR("key"))))));
}

static void lists_import(void)
{
	static char text[512];

	granted(office_import(&office, "organisation", "office,name,office_kind,parent\n"
	                                               "sanmin,三民區公所,district_office,bureau\n"));
	snprintf(text, sizeof text, "id_no,name,office,duty,valid_from,card_serial\n"
	                            "A200000003,王小美,sanmin,officer,%s,%.*s\n",
	         today, STR_FMT(office.serials[CARD_MEI]));
	granted(office_import(&office, "staff", text));
	granted(office_do(&office, CARD_CUSTODIAN, "propose_basis", NULL,
	                  FIELDS("basis", "B_LOW", "name", "低收入戶", "data_request", "社會救助法第44條之3",
	                         "day_test", "true", "items", "item_1", "valid_from", today)));
	granted(office_do(&office, CARD_CUSTODIAN, "propose_parameter", NULL,
	                  FIELDS("name", "query.quota_hour", "value", "1000", "effective", today)));
	granted(office_do(&office, CARD_CUSTODIAN, "propose_parameter", NULL,
	                  FIELDS("name", "query.quota_day", "value", "1000", "effective", today)));
	rules_approve();
	snprintf(text, sizeof text,
	         "case_no,office,legal_basis,opened_on,party_no,id_no,name,birth_date,person_kind,relation\n"
	         "113-0041,sanmin,B_LOW,%s,1,X100000009,張測試,1960-01-01,registered_national,claimant\n", today);
	granted(office_import(&office, "cases", text));
	snprintf(text, sizeof text, "id_no,office,item,legal_basis,valid_from,valid_to\n"
	                            "A200000003,sanmin,item_1,B_LOW,%s,%s\n", today,
	         date_iso(date_add(time_local_date(clock_wall_ms()), 300)).text);
	granted(office_import(&office, "grants", text));
}

static void ports_choose(void)
{
	int port = 20000 + (int)(random_u64() % 20000);
	char path[96];

	snprintf(path, sizeof path, "%s/youju.conf", office.dir);
	must(file_save(path, str_printf(&office.arena, "front.web_port = %d\nfront.card_port = %d\n", port, port + 1)));
}

static int make(void **state)
{
	(void)state;
	office_make_at(&office, clock_wall_ms() - 2000);
	snprintf(today, sizeof today, "%s", date_iso(time_local_date(office.now_ms)).text);
	snprintf(run, sizeof run, "%s/run", office.dir);
	granted(office_first_start(&office));
	lists_import();
	struct message sign_in = office_command(&office, MESSAGE_COMMAND, "sign_in", NULL, NO_FIELDS);
	office_sign(&office, &sign_in, CARD_MEI, "chain", "signature");
	const struct message *reply = office_say(&office, &sign_in);
	granted(reply);
	snprintf(token, sizeof token, "%.*s", STR_FMT(message_get(reply, "session")));
	assert(strlen(token) == 43);
	keeper_close(&office.keeper);
	ports_choose();
	service_start();
	service_ready();
	return 0;
}

static int drop(void **state)
{
	(void)state;
	office_remove(&office);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_at_any_moment),
		cmocka_unit_test(a_full_disk_refuses_and_recovers),
		cmocka_unit_test(every_answer_stands_in_the_log),
		cmocka_unit_test(every_question_has_one_end),
		cmocka_unit_test(tables_are_what_the_log_says),
	};

	if (argc != 2)
		return 2;
	youju = argv[1];
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, make, drop);
}
