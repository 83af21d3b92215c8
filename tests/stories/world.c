#include "world.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/local.h"
#include "demo/testca.h"
#include "doors/cli/talk.h"
#include "travellers.h"

extern char **environ;

enum { START_TRIES = 15000, DAY_MS = 86400000 };

bool ask_is_signed(const struct ask *ask)
{
	enum command_kind kind = ask->is_sheet ? COMMAND_NONE : command_find(ask->name);

	return kind != COMMAND_NONE && command_spec(kind)->is_signed;
}

bool world_has_session(const struct world *world, const struct player *who)
{
	for (size_t i = 0; i < ARRAY_LEN(world->sessions); i++)
		if (strcmp(world->sessions[i], who->key) == 0)
			return true;
	return false;
}

void world_session(struct world *world, const struct player *who, bool has)
{
	for (size_t i = 0; i < ARRAY_LEN(world->sessions); i++) {
		char *place = world->sessions[i];
		bool mine = strcmp(place, who->key) == 0;
		if (mine && !has)
			*place = 0;
		if (mine || (has && !*place)) {
			if (has)
				snprintf(place, sizeof world->sessions[i], "%s", who->key);
			return;
		}
	}
	assert(!has); /* more sessions at once than a story needs */
}

const char *world_session_path(const struct world *world, const struct player *who, char out[256])
{
	snprintf(out, 256, "%s/session-%s", world->dir, who->key);
	return out;
}

static enum fail spawn(const char *program, const char *const *argv, pid_t *pid_out)
{
	char *args[8];

	memcpy(args, argv, sizeof args);
	return posix_spawnp(pid_out, program, NULL, NULL, args, environ) == 0 ? OK : FAIL_IO;
}

static enum fail waited(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return FAIL_IO;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? OK : FAIL_CLOSED;
}

enum fail world_copy(const char *from, const char *to)
{
	const char *argv[8] = { "cp", "-a", "--reflink=auto", "--sparse=always", from, to, NULL };
	pid_t pid;

	TRY(spawn("cp", argv, &pid));
	return waited(pid);
}

/* A service that ended before it was told to will never answer. */
static enum fail service_lives(struct world *world)
{
	if (!world->service || waitpid(world->service, NULL, WNOHANG) != world->service)
		return OK;
	world->service = 0;
	return FAIL_CLOSED;
}

static enum fail counter_reach(void *host, int *fd_out)
{
	struct world *world = host;
	char run[256];

	snprintf(run, sizeof run, "%s/run", world->dir);
	for (int tries = 0; tries < START_TRIES; tries++) {
		if (local_connect(run, "counter.sock", fd_out) == OK)
			return OK;
		TRY(service_lives(world));
		nanosleep(&(struct timespec){ 0, 2000000 }, NULL);
	}
	return FAIL_TIMEOUT;
}

static enum fail operator_say(struct world *world, struct message *message, struct message *out)
{
	struct line line = line_to(counter_reach, world);
	enum fail fail = line_ask(&line, world->arena, message, out);

	line_close(&line);
	return fail;
}

static enum fail clock_set(struct world *world)
{
	struct message message = message_new(world->arena, MESSAGE_OPERATOR, 0), reply;

	message_put(&message, "verb", STR("clock"));
	message_put(&message, "os_user", STR("stories"));
	message_put(&message, "detail", str_copy(world->arena, str_from(time_utc(world->now_ms).text)));
	TRY(operator_say(world, &message, &reply));
	return str_is(message_get(&reply, "outcome"), "granted") ? OK : FAIL_CLOCK;
}

static enum fail crls_renew(struct world *world)
{
	AUTO(testca_close) struct testca *testca = NULL;

	TRY(testca_open(world->dir, &testca));
	return testca_reissue_crls(testca, world->now_ms, 0);
}

enum fail world_clock(struct world *world, int64_t at_ms)
{
	bool days = at_ms - world->now_ms >= DAY_MS / 2;

	world->now_ms = at_ms;
	if (days)
		TRY(crls_renew(world));
	return clock_set(world);
}

/* A port that the kernel gave and nobody uses now. */
static enum fail port_open(int *fd_out, int *port_out)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;

	*fd_out = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (*fd_out < 0 || bind(*fd_out, (const struct sockaddr *)&address, sizeof address) != 0 ||
	    getsockname(*fd_out, (struct sockaddr *)&address, &size) != 0)
		return FAIL_IO;
	*port_out = ntohs(address.sin_port);
	return OK;
}

/* Both are open at once, so that they differ. */
static enum fail ports_set(struct world *world)
{
	int web = -1, card = -1, web_port = 0;
	enum fail fail = port_open(&web, &web_port);

	if (fail == OK)
		fail = port_open(&card, &world->card_port);
	close(web);
	close(card);
	TRY(fail);
	return file_save(str_printf(world->arena, "%s/youju.conf", world->dir).at,
	                 str_printf(world->arena, "front.host = localhost\nfront.address = 127.0.0.1\n"
	                            "front.web_port = %d\nfront.card_port = %d\nmail.delivery = file\n"
	                            "mail.from = youju@demo.youju.example\n", web_port, world->card_port));
}

static enum fail front_await(struct world *world)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)world->card_port),
		                       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	for (int tries = 0; tries < START_TRIES; tries++) {
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		bool listens = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
		close(fd);
		if (listens)
			return OK;
		TRY(service_lives(world));
		nanosleep(&(struct timespec){ 0, 2000000 }, NULL);
	}
	return FAIL_TIMEOUT;
}

enum fail world_start(struct world *world)
{
	const char *argv[8] = { "youju", "serve", world->dir, world->door->needs_front ? NULL : "--without-front" };
	const char *clock = str_printf(world->arena, "%s/run/demo-clock", world->dir).at;

	TRY(file_save(clock, str_from(time_utc(world->now_ms).text)));
	if (world->door->needs_front)
		TRY(ports_set(world));
	TRY(spawn(world->youju, argv, &world->service));
	TRY(clock_set(world));
	return world->door->needs_front ? front_await(world) : OK;
}

enum fail world_stop(struct world *world)
{
	if (!world->service)
		return OK;
	kill(world->service, SIGTERM);
	pid_t pid = world->service;
	world->service = 0;
	return waited(pid);
}

static enum fail imported(struct world *world, const char *kind, struct str file)
{
	struct ask ask = { .who = &cast[0], .name = STR("import_list"), .request = STR(""), .count = 2,
		           .fields = { { STR("import_kind"), str_from(kind) }, { STR("file"), file } } };
	struct said said;

	TRY(door_frames.pass(world, &ask, &said));
	if (str_is(said.outcome, "granted"))
		return OK;
	fprintf(stderr, "import of %s: %.*s %.*s\n%.*s", kind, STR_FMT(said.outcome), STR_FMT(said.refusal),
	        STR_FMT(said.problems));
	return FAIL_CONFLICT;
}

static struct str staff_file(struct world *world, const struct str *serials)
{
	struct buf file = buf_on(world->arena);

	buf_add(&file, STR("id_no,name,office,unit,title,duty,deputy,valid_from,valid_to,card_serial,card_number,ground\n"));
	for (size_t i = 2; i < cast_count; i++)
		if (*cast[i].office)
			buf_printf(&file, "%s,%s,%s,社會課,課員,%s,%s,2026-01-01,,%.*s,,%s\n", cast[i].id_no,
			           str_is(str_from(cast[i].key), "renamed") ? "江本名" : cast[i].name,
			           cast[i].office, cast[i].duty, cast[i].deputy ? "true" : "false", STR_FMT(serials[i]),
			           str_is(str_from(cast[i].duty), "auditor") ? "section_chief_or_above" : "");
	return buf_str(&file);
}

static struct str grants_file(struct world *world)
{
	static const char *const granted[][2] = {
		{ "item_1", "B_LOW" }, { "item_1", "B_ELDER" }, { "item_1", "L_CHILD" }, { "item_4", "L_CHILD" },
		{ "item_7", "L_CHILD" },
	};
	struct buf file = buf_on(world->arena);

	buf_add(&file, STR("id_no,office,item,legal_basis,valid_from,valid_to,letter_no\n"));
	for (size_t i = 0; i < cast_count; i++)
		for (size_t k = 0; cast[i].grants && k < ARRAY_LEN(granted); k++)
			buf_printf(&file, "%s,%s,%s,%s,2026-01-01,2027-12-31,高市社救助字第1號\n", cast[i].id_no,
			           cast[i].office, granted[k][0], granted[k][1]);
	return buf_str(&file);
}

static const char ORGANISATION[] =
	"office,name,name_en,office_kind,parent,indigenous,address,ended\n"
	"sanmin,高雄市三民區公所,Sanmin District Office,district_office,bureau,false,,false\n"
	"zuoying,高雄市左營區公所,Zuoying District Office,district_office,bureau,false,,false\n"
	"home,高雄市政府社會局無障礙之家,Accessible Home,affiliate,bureau,false,,false\n"
	"nia,內政部移民署,National Immigration Agency,nia,,false,,false\n";

/* By chen, with wang as second person. */
static enum fail basis_enter(struct world *world, const char *const fields[7])
{
	static const char *const names[] = { "basis", "name", "substantive", "data_request", "day_test", "items",
		                             "valid_from" };
	struct ask propose = { .who = &cast[1], .name = STR("propose_basis"), .request = STR("") };
	struct ask approve = { .who = &cast[0], .name = STR("approve_proposal"), .request = STR(""), .count = 1 };
	struct said said;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		propose.fields[propose.count++] = (struct pair){ str_from(names[i]), str_from(fields[i]) };
	TRY(door_frames.pass(world, &propose, &said));
	approve.fields[0] = (struct pair){ STR("proposal"),
		                           str_printf(world->arena, "%llu", (unsigned long long)said.entry) };
	if (str_is(said.outcome, "granted"))
		TRY(door_frames.pass(world, &approve, &said));
	if (str_is(said.outcome, "granted"))
		return OK;
	fprintf(stderr, "basis %s: %.*s %.*s\n%.*s", fields[0], STR_FMT(said.outcome), STR_FMT(said.refusal),
	        STR_FMT(said.problems));
	return FAIL_CONFLICT;
}

static enum fail bases_enter(struct world *world)
{
	static const char *const bases[][7] = {
		{ "B_LOW", "低收入戶", "社會救助法 §4(6)", "社會救助法 §44-3", "true", "item_1", "2026-11-24" },
		{ "B_ELDER", "中低收入老人生活津貼", "中低收入老人生活津貼發給辦法 §2", "老人福利法 §12-1", "true", "item_1",
		  "2026-11-24" },
		{ "L_CHILD", "兒童及少年福利與權益保障法", "兒少法 §22", "兒少法 §70", "false",
		  "item_1,item_3,item_4,item_5,item_6,item_7", "2026-11-24" },
	};

	for (size_t i = 0; i < ARRAY_LEN(bases); i++)
		TRY(basis_enter(world, bases[i]));
	return OK;
}

static enum fail first_start(struct world *world)
{
	struct ask ask = { .who = &cast[0], .second = &cast[1], .name = STR("first_start"), .request = STR(""),
		           .count = 3, .fields = { { STR("office_name"), STR("高雄市政府社會局") },
		                                   { STR("custodian_id_no"), str_from(cast[0].id_no) },
		                                   { STR("supervisor_id_no"), str_from(cast[1].id_no) } } };
	struct said said;

	TRY(door_frames.pass(world, &ask, &said));
	if (str_is(said.outcome, "granted"))
		return OK;
	fprintf(stderr, "first start: %.*s %.*s\n%.*s", STR_FMT(said.outcome), STR_FMT(said.refusal),
	        STR_FMT(said.problems));
	return FAIL_CONFLICT;
}

enum fail world_make(struct world *world, struct str *serials_out)
{
	const char *const init[] = { "youju", "init", world->dir, "--demo", "--at",
		                     str_copy(world->arena, str_from(time_utc(world->now_ms).text)).at, NULL };
	struct str printed;
	int code;

	TRY(program_run(world, world->youju, init, STR(""), &printed, &code));
	if (code != 0)
		return FAIL_CONFLICT;
	TRY(travellers_source(world->arena, world->dir, time_local_date(world->now_ms)));
	return cast_issue(world->arena, world->dir, world->now_ms, serials_out);
}

enum fail world_fill(struct world *world, const struct str *serials)
{
	TRY(world_start(world));
	TRY(first_start(world));
	TRY(bases_enter(world));
	TRY(imported(world, "organisation", str_from(ORGANISATION)));
	TRY(imported(world, "staff", staff_file(world, serials)));
	TRY(imported(world, "cases", travellers_cases(world->arena)));
	TRY(imported(world, "grants", grants_file(world)));
	return world_stop(world);
}
