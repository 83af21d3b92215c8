#include "roles/reach.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/local.h"
#include "base/time.h"
#include "counter/message.h"
#include "roles/supervise.h"

enum { START_MS = 15000, PUBLISH_MS = 3000, LOOK_EVERY_MS = 5, EXIT_BUSY = 75, EXIT_NO_DIRECTORY = 66 };

struct host {
	char run[PATH_MAX];
	pid_t supervisor; /* 0: a server runs already */
	enum fail ended;  /* why the supervisor is no more; OK otherwise */
};

/* The roles of one command, without the front: nobody else may come in by the network. */
static int roles_run(const char *dir)
{
	struct supervisor *supervisor;
	const unsigned roles = (1u << ROLE_COUNT) - 1 - (1u << ROLE_FRONT);

	supervisor_signals();
	enum fail fail = supervisor_open(dir, &supervisor);
	if (fail != OK)
		return fail == FAIL_BUSY ? EXIT_BUSY : fail == FAIL_NOT_FOUND ? EXIT_NO_DIRECTORY : 1;
	fail = supervisor_start(supervisor, roles);
	if (fail == OK)
		fail = supervisor_run(supervisor);
	supervisor_close(&supervisor);
	return fail == OK ? 0 : fail == FAIL_CONFLICT ? EXIT_SETTINGS : 1;
}

static enum fail supervisor_fork(const char *dir, pid_t *out)
{
	pid_t parent = getpid(), pid = fork();

	if (pid < 0)
		return FAIL_IO;
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
		_exit(getppid() == parent ? roles_run(dir) : 1);
	}
	*out = pid;
	return OK;
}

/* Has the supervisor ended? Then why; FAIL_BUSY means that somebody else serves by now. */
static enum fail supervisor_look(struct host *host)
{
	int status;

	if (!host->supervisor || waitpid(host->supervisor, &status, WNOHANG) != host->supervisor)
		return host->ended;
	host->supervisor = 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_BUSY)
		return OK;
	host->ended = WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_DIRECTORY ? FAIL_NOT_FOUND
										    : FAIL_CLOSED;
	return host->ended;
}

enum fail reach_connect(void *handle, int *fd_out)
{
	struct host *host = handle;
	int64_t until_ms = clock_monotonic_ms() + START_MS;

	for (;;) {
		enum fail fail = local_connect(host->run, keeper_socket_name(SOCKET_COUNTER), fd_out);
		if (fail == OK)
			return OK;
		TRY(supervisor_look(host));
		if (clock_monotonic_ms() > until_ms)
			return fail;
		nanosleep(&(struct timespec){ 0, LOOK_EVERY_MS * 1000000 }, NULL);
	}
}

enum fail reach_open(const char *dir, void **host_out)
{
	char conf[PATH_MAX];
	int fd;

	if (snprintf(conf, sizeof conf, "%s/youju.conf", dir) >= PATH_MAX || !file_exists(conf))
		return FAIL_NOT_FOUND;
	struct host *host = process_bytes(sizeof *host);
	snprintf(host->run, sizeof host->run, "%s/run", dir);
	enum fail fail = local_connect(host->run, keeper_socket_name(SOCKET_COUNTER), &fd);
	if (fail == OK)
		local_close(&fd);
	else
		fail = supervisor_fork(dir, &host->supervisor);
	if (fail != OK) {
		process_free(host);
		return fail;
	}
	*host_out = host;
	return OK;
}

/* Is the newest entry covered by a published checkpoint? */
static bool is_published(struct arena *arena, int fd, struct buf *pending)
{
	struct message ask = message_new(arena, MESSAGE_HEALTH, 1), reply;

	if (message_send(fd, &ask) != OK || message_receive(arena, fd, pending, PUBLISH_MS, &reply) != OK)
		return true; /* the keeper is gone: nothing to wait for */
	const struct sheet *metrics = message_sheet_named(&reply, "metrics");
	for (size_t row = 0; metrics && row < metrics->row_count; row++)
		if (str_is(metrics->cells[row * metrics->column_count], "youju_log_published"))
			return str_eq(metrics->cells[row * metrics->column_count + 1], message_get(&reply, "size"));
	return true;
}

/* Roles that were started for one command live until what it wrote has its receipt. */
static void published_await(struct host *host)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 24);
	AUTO(buf_close) struct buf pending = buf_open();
	int64_t until_ms = clock_monotonic_ms() + PUBLISH_MS;
	int fd;

	if (local_connect(host->run, keeper_socket_name(SOCKET_COUNTER), &fd) != OK)
		return;
	while (!is_published(&arena, fd, &pending) && clock_monotonic_ms() < until_ms)
		nanosleep(&(struct timespec){ 0, LOOK_EVERY_MS * 1000000 }, NULL);
	local_close(&fd);
}

void reach_close(void *handle)
{
	struct host *host = handle;

	if (host->supervisor) {
		published_await(host);
		kill(host->supervisor, SIGTERM);
		while (waitpid(host->supervisor, NULL, 0) < 0 && errno == EINTR)
			;
	}
	process_free(host);
}
