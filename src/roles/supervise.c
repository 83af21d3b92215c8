#include "roles/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/local.h"
#include "base/time.h"
#include "roles/messenger_settings.h"
#include "roles/users.h"

enum { WAIT_FIRST_MS = 100, WAIT_MAX_MS = 1000, RUNS_WELL_MS = 2000, STOP_MS = 10000 };

static const char *const role_names[] = {
	[ROLE_KEEPER] = "keeper",       [ROLE_SEALER] = "sealer",       [ROLE_COURIER] = "courier",
	[ROLE_MESSENGER] = "messenger", [ROLE_INSPECTOR] = "inspector", [ROLE_SCRIBE] = "scribe",
	[ROLE_FRONT] = "front",
};
static_assert(ARRAY_LEN(role_names) == ROLE_COUNT, "every role has a name");

static const char *const socket_names[] = {
	[SOCKET_FRONT] = "front.sock",         [SOCKET_COURIER] = "courier.sock",
	[SOCKET_SEALER] = "sealer.sock",       [SOCKET_INSPECTOR] = "inspector.sock",
	[SOCKET_COUNTER] = "counter.sock",     [SOCKET_SCRIBE] = "scribe.sock",
	[SOCKET_MESSENGER] = "messenger.sock",
};
static_assert(ARRAY_LEN(socket_names) == SOCKET_COUNT, "every socket has a name");

struct child {
	pid_t pid; /* 0: does not run */
	bool wanted;
	int64_t started_ms, start_at_ms, wait_ms;
};

struct supervisor {
	char dir[PATH_MAX], libexec[PATH_MAX];
	int lock, sockets[SOCKET_COUNT];
	struct child children[ROLE_COUNT];
	sigset_t before; /* the signal mask that children get back */
	struct role_users users;
	struct arena settings; /* of the messenger, as words */
	char *messenger_words[MESSENGER_WORDS_MAX + 1];
	supervisor_chore *chore;  /* NULL: none */
	void *chore_context;
	int64_t chore_every_ms, chore_at_ms;
};

const char *keeper_socket_name(enum keeper_socket which)
{
	assert(which < SOCKET_COUNT);
	return socket_names[which];
}

static sigset_t watched_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	return set;
}

void supervisor_signals(void)
{
	sigset_t set = watched_signals();

	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* The role executables lie next to the running program. */
static enum fail libexec_find(char out[PATH_MAX])
{
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);

	if (len <= 0)
		return FAIL_IO;
	self[len] = 0;
	char *slash = strrchr(self, '/');
	if (!slash || snprintf(out, PATH_MAX, "%.*s/libexec", (int)(slash - self), self) >= PATH_MAX)
		return FAIL_TOO_LARGE;
	return OK;
}

static enum fail lock_take(struct supervisor *supervisor)
{
	char path[PATH_MAX + 8];

	snprintf(path, sizeof path, "%s/lock", supervisor->dir);
	supervisor->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (supervisor->lock < 0)
		return errno == ENOENT ? FAIL_NOT_FOUND : FAIL_IO;
	return flock(supervisor->lock, LOCK_EX | LOCK_NB) == 0 ? OK : FAIL_BUSY;
}

static enum fail sockets_make(struct supervisor *supervisor)
{
	char run[PATH_MAX + 8];

	snprintf(run, sizeof run, "%s/run", supervisor->dir);
	TRY(dir_make(run));
	for (int i = 0; i < SOCKET_COUNT; i++)
		TRY(local_listen(run, socket_names[i], &supervisor->sockets[i]));
	return OK;
}

/* Each role may call the keeper on its own socket only; the counter is for who started the service. */
static enum fail sockets_give(const struct supervisor *supervisor)
{
	static const enum role callers[SOCKET_COUNT] = {
		[SOCKET_FRONT] = ROLE_FRONT,         [SOCKET_COURIER] = ROLE_COURIER,
		[SOCKET_SEALER] = ROLE_SEALER,       [SOCKET_INSPECTOR] = ROLE_INSPECTOR,
		[SOCKET_COUNTER] = ROLE_COUNT,       [SOCKET_SCRIBE] = ROLE_SCRIBE,
		[SOCKET_MESSENGER] = ROLE_MESSENGER,
	};
	char path[PATH_MAX + 32];

	for (int i = 0; i < SOCKET_COUNT && supervisor->users.apart; i++) {
		if (callers[i] == ROLE_COUNT)
			continue;
		snprintf(path, sizeof path, "%s/run/%s", supervisor->dir, socket_names[i]);
		if (lchown(path, supervisor->users.user[callers[i]], 0) != 0)
			return FAIL_IO;
	}
	return OK;
}

/* The messenger's part of youju.conf, and the folder in which it lays down mails. Wrong settings it tells itself. */
static enum fail messenger_prepare(struct supervisor *supervisor)
{
	struct messenger_settings settings;
	char mail[PATH_MAX + 8];
	const char *why;

	supervisor->settings = arena_open(1 << 20);
	messenger_words(&supervisor->settings, supervisor->dir, supervisor->messenger_words);
	enum fail fail = messenger_settings_read(&supervisor->settings, supervisor->messenger_words, &settings, &why);
	if (fail != OK || settings.delivery != MAIL_TO_FILES)
		return OK;
	snprintf(mail, sizeof mail, "%s/mail", supervisor->dir);
	return dir_make(mail);
}

enum fail supervisor_open(const char *dir, struct supervisor **out)
{
	AUTO(supervisor_close) struct supervisor *supervisor = process_bytes(sizeof *supervisor);

	supervisor->lock = -1;
	memset(supervisor->sockets, -1, sizeof supervisor->sockets);
	if (!realpath(dir, supervisor->dir))
		return FAIL_NOT_FOUND;
	TRY(libexec_find(supervisor->libexec));
	TRY(lock_take(supervisor));
	TRY(users_find(supervisor->dir, &supervisor->users));
	TRY(messenger_prepare(supervisor));
	TRY(sockets_make(supervisor));
	TRY(sockets_give(supervisor));
	sigset_t set = watched_signals();
	sigprocmask(SIG_BLOCK, &set, &supervisor->before);
	for (int signal_number = 1; signal_number < 32; signal_number++)
		if (sigismember(&set, signal_number))
			sigdelset(&supervisor->before, signal_number);
	*out = supervisor;
	supervisor = NULL;
	return OK;
}

/* Descriptors first go above all targets, so that none overwrites another before it is moved. */
static bool descriptors_pass(const struct supervisor *supervisor)
{
	int high[SOCKET_COUNT + 1];

	for (int i = 0; i <= SOCKET_COUNT; i++) {
		int from = i < SOCKET_COUNT ? supervisor->sockets[i] : supervisor->lock;
		high[i] = fcntl(from, F_DUPFD_CLOEXEC, KEEPER_LOCK_FD + 1);
		if (high[i] < 0)
			return false;
	}
	for (int i = 0; i <= SOCKET_COUNT; i++)
		if (dup2(high[i], KEEPER_FIRST_FD + i) < 0)
			return false;
	return true;
}

/* Runs in the new process and does not return. The lock goes to the keeper too: even if only the
 * supervisor is killed, nobody can start a second keeper before the first has ended. */
static void child_become(const struct supervisor *supervisor, enum role role, pid_t parent)
{
	char path[PATH_MAX + 32];
	char *arguments[2 + ARRAY_LEN(supervisor->messenger_words)] = { path, (char *)(uintptr_t)supervisor->dir };

	if (role == ROLE_MESSENGER)
		memcpy(&arguments[2], supervisor->messenger_words, sizeof supervisor->messenger_words);
	snprintf(path, sizeof path, "%s/youju-%s", supervisor->libexec, role_names[role]);
	if (role == ROLE_KEEPER && !descriptors_pass(supervisor))
		_exit(1);
	int program = open(path, O_PATH | O_CLOEXEC); /* its folder may let nobody else through */
	if (users_become(&supervisor->users, role) != OK) {
		diag_error("%s cannot give up root", path);
		_exit(EXIT_SETTINGS);
	}
	prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0); /* a change of user clears it */
	if (getppid() != parent)
		_exit(1);
	sigprocmask(SIG_SETMASK, &supervisor->before, NULL);
	if (supervisor->users.apart)
		execveat(program, "", arguments, environ, AT_EMPTY_PATH);
	else
		execv(path, arguments);
	diag_error("cannot start %s", path);
	_exit(EXIT_SETTINGS);
}

static enum fail child_start(struct supervisor *supervisor, enum role role)
{
	struct child *child = &supervisor->children[role];
	pid_t parent = getpid(), pid = fork();

	if (pid < 0)
		return FAIL_IO;
	if (pid == 0)
		child_become(supervisor, role, parent);
	child->pid = pid;
	child->started_ms = clock_monotonic_ms();
	return OK;
}

enum fail supervisor_start(struct supervisor *supervisor, unsigned roles)
{
	TRY(users_own(supervisor->dir, &supervisor->users));
	for (int role = 0; role < ROLE_COUNT; role++) {
		struct child *child = &supervisor->children[role];
		if (!(roles & 1u << role))
			continue;
		*child = (struct child){ .wanted = true, .wait_ms = WAIT_FIRST_MS };
		TRY(child_start(supervisor, (enum role)role));
	}
	return OK;
}

/* FAIL_CONFLICT when the role said that starting it again is of no use. */
static enum fail child_ended(struct supervisor *supervisor, enum role role, int status)
{
	struct child *child = &supervisor->children[role];
	int64_t now = clock_monotonic_ms();

	child->pid = 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SETTINGS)
		return FAIL_CONFLICT;
	if (now - child->started_ms > RUNS_WELL_MS)
		child->wait_ms = WAIT_FIRST_MS;
	child->start_at_ms = now + child->wait_ms;
	diag_error("%s ended (%s %d); starting it again in %lld ms", role_names[role],
	           WIFSIGNALED(status) ? "signal" : "status",
	           WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
	           (long long)child->wait_ms);
	child->wait_ms = child->wait_ms * 2 < WAIT_MAX_MS ? child->wait_ms * 2 : WAIT_MAX_MS;
	return OK;
}

static enum fail children_collect(struct supervisor *supervisor)
{
	int status;

	for (int role = 0; role < ROLE_COUNT; role++) {
		pid_t pid = supervisor->children[role].pid;
		if (pid > 0 && waitpid(pid, &status, WNOHANG) == pid)
			TRY(child_ended(supervisor, (enum role)role, status));
	}
	return OK;
}

/* Starts what is due; gives the milliseconds until the next is, or a long time. */
static enum fail children_due(struct supervisor *supervisor, int64_t *wait_out)
{
	int64_t now = clock_monotonic_ms(), wait = 60000;

	for (int role = 0; role < ROLE_COUNT; role++) {
		struct child *child = &supervisor->children[role];
		if (!child->wanted || child->pid)
			continue;
		if (child->start_at_ms <= now)
			TRY(child_start(supervisor, (enum role)role));
		else if (child->start_at_ms - now < wait)
			wait = child->start_at_ms - now;
	}
	*wait_out = wait;
	return OK;
}

static int signal_wait(int64_t wait_ms)
{
	sigset_t set = watched_signals();
	struct timespec wait = { wait_ms / 1000, wait_ms % 1000 * 1000000 };

	return sigtimedwait(&set, NULL, &wait);
}

void supervisor_repeat(struct supervisor *supervisor, supervisor_chore *chore, void *context, int64_t every_ms)
{
	supervisor->chore = chore;
	supervisor->chore_context = context;
	supervisor->chore_every_ms = every_ms;
	supervisor->chore_at_ms = clock_monotonic_ms() + every_ms;
}

/* A chore that fails is told and tried again at its next time; the roles go on. */
static void chore_due(struct supervisor *supervisor, int64_t *wait_ms)
{
	int64_t now = clock_monotonic_ms();

	if (!supervisor->chore)
		return;
	if (now >= supervisor->chore_at_ms) {
		enum fail fail = supervisor->chore(supervisor->chore_context);
		if (fail == OK)
			fail = users_own(supervisor->dir, &supervisor->users);
		if (fail != OK)
			diag_error("what is repeated has failed: %s", fail_name(fail));
		supervisor->chore_at_ms = now + supervisor->chore_every_ms;
	}
	if (supervisor->chore_at_ms - now < *wait_ms)
		*wait_ms = supervisor->chore_at_ms - now;
}

bool supervisor_roles_are_root(const struct supervisor *supervisor)
{
	return geteuid() == 0 && !supervisor->users.apart;
}

enum fail supervisor_run(struct supervisor *supervisor)
{
	int64_t wait_ms;

	for (;;) {
		TRY(children_collect(supervisor));
		TRY(children_due(supervisor, &wait_ms));
		chore_due(supervisor, &wait_ms);
		int got = signal_wait(wait_ms);
		if (got == SIGTERM || got == SIGINT)
			return OK;
	}
}

static void child_stop(struct child *child)
{
	int64_t until_ms = clock_monotonic_ms() + STOP_MS;

	child->wanted = false;
	if (child->pid <= 0)
		return;
	kill(child->pid, SIGTERM);
	while (waitpid(child->pid, NULL, WNOHANG) == 0) {
		if (clock_monotonic_ms() > until_ms) {
			kill(child->pid, SIGKILL);
			waitpid(child->pid, NULL, 0);
			break;
		}
		nanosleep(&(struct timespec){ 0, 2000000 }, NULL);
	}
	child->pid = 0;
}

void supervisor_close(struct supervisor **handle)
{
	struct supervisor *supervisor = *handle;

	if (!supervisor)
		return;
	for (int role = ROLE_COUNT - 1; role >= 0; role--)
		child_stop(&supervisor->children[role]);
	for (int i = 0; i < SOCKET_COUNT; i++)
		local_close(&supervisor->sockets[i]);
	local_close(&supervisor->lock);
	arena_close(&supervisor->settings);
	process_free(supervisor);
	*handle = NULL;
}
