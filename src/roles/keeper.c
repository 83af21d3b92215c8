/* The keeper: vault keys, all writing, the single order of events. It has no network. */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "base/crypto.h"
#include "base/diag.h"
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

static MUST_CHECK enum fail serve(const char *dir)
{
	AUTO(server_close) struct server *server = NULL;
	AUTO(keeper_close) struct keeper *keeper = NULL;
	int listening[SOCKET_COUNT];

	for (int i = 0; i < SOCKET_COUNT; i++)
		listening[i] = KEEPER_FIRST_FD + i;
	TRY(shut_in(dir));
	server = server_open(listening);
	TRY(keeper_open(dir, server_out(server), NULL, &keeper));
	return server_run(server, keeper, &stop);
}

int main(int argc, char **argv)
{
	const struct sigaction action = { .sa_handler = on_stop };

	diag_open("keeper");
	if (argc != 2) {
		diag_error("usage: youju-keeper DIR");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	crypto_open();
	enum fail fail = serve(argv[1]);
	if (fail != OK)
		diag_error("the keeper stops: %s", fail_name(fail));
	return fail == OK ? 0 : fail == FAIL_NOT_FOUND ? EXIT_SETTINGS : 1;
}
