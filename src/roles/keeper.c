/* The keeper: vault keys, all writing, the single order of events. It has no network. */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/time.h"
#include "keeper/keeper.h"
#include "roles/sandbox.h"
#include "roles/server.h"
#include "roles/supervise.h"

static volatile sig_atomic_t stop;

static void on_stop(int signal_number)
{
	(void)signal_number;
	stop = 1;
}

static MUST_CHECK enum fail shut_in(const char *dir)
{
	const struct reachable paths[] = { { dir, REACH_WRITE }, { "/etc/ssl", REACH_READ },
		                           { "/dev/urandom", REACH_READ } };

	return sandbox_enter(paths, ARRAY_LEN(paths), 0);
}

/* A demonstration may live at another time: DIR/run/demo-clock is the instant at which its clock starts. */
static int64_t simulated_now(void *context)
{
	return clock_wall_ms() + *(const int64_t *)context;
}

static MUST_CHECK enum fail demo_clock(const char *dir, int64_t *shift_out, bool *simulated_out)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 16);
	const char *path = str_printf(&arena, "%s/run/demo-clock", dir).at;
	struct str text;
	int64_t at_ms;

	*simulated_out = file_exists(path);
	if (!*simulated_out)
		return OK;
	TRY(file_load(&arena, path, 64, &text));
	TRY(time_parse_utc(str_trim(text), &at_ms));
	*shift_out = at_ms - clock_wall_ms();
	return OK;
}

static MUST_CHECK enum fail serve(const char *dir, bool *opened_out)
{
	AUTO(server_close) struct server *server = NULL;
	AUTO(keeper_close) struct keeper *keeper = NULL;
	int listening[SOCKET_COUNT];
	int64_t shift_ms = 0;
	const struct keeper_options simulated = { simulated_now, &shift_ms };
	bool is_simulated;

	for (int i = 0; i < SOCKET_COUNT; i++)
		listening[i] = KEEPER_FIRST_FD + i;
	TRY(shut_in(dir));
	server = server_open(listening);
	TRY(demo_clock(dir, &shift_ms, &is_simulated));
	TRY(keeper_open(dir, server_out(server), is_simulated ? &simulated : NULL, &keeper));
	*opened_out = true;
	return server_run(server, keeper, &stop);
}

/* Damaged stores stay damaged however often the keeper is started: somebody has to look. */
static bool is_lasting(enum fail fail, bool opened)
{
	return fail == FAIL_NOT_FOUND || (!opened && (fail == FAIL_CORRUPT || fail == FAIL_CONFLICT));
}

int main(int argc, char **argv)
{
	const struct sigaction action = { .sa_handler = on_stop };
	bool opened = false;

	diag_open("keeper");
	if (argc != 2) {
		diag_error("usage: youju-keeper DIR");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	process_keep_memory();
	crypto_open();
	enum fail fail = serve(argv[1], &opened);
	if (fail != OK)
		diag_error("the keeper stops: %s%s", fail_name(fail), opened || fail == FAIL_NOT_FOUND ? ""
		           : "; see youju log check and youju rebuild --compare");
	return fail == OK ? 0 : is_lasting(fail, opened) ? EXIT_SETTINGS : 1;
}
