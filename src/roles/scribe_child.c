#include "roles/scribe_child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/time.h"
#include "roles/sandbox.h"

enum { HEAD_BYTES = 5, PRESS_ARENA_BYTES = 256 << 20, READ_BYTES = 65536 };

enum fail fonts_shut_in(const char *run_folder, unsigned promises)
{
	const struct reachable paths[] = { { "/usr/share/fonts/truetype/cns11643", REACH_READ },
		                           { "/var/cache/fontconfig", REACH_READ },
		                           { run_folder, REACH_READ } };

	return sandbox_enter(paths, ARRAY_LEN(paths) - (run_folder ? 0 : 1), promises);
}

static void pipe_write(int fd, struct str bytes)
{
	while (bytes.len) {
		ssize_t put = write(fd, bytes.at, bytes.len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			_exit(1);
		bytes = str_slice(bytes, (size_t)put, bytes.len);
	}
}

/* A press that turns in circles ends by itself even if nobody waits for it any more. */
static void limits_set(int64_t patience_ms)
{
	rlim_t seconds = (rlim_t)(patience_ms / 1000 + 1);
	struct rlimit limit = { seconds, seconds };

	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	setrlimit(RLIMIT_CPU, &limit);
}

static void child_become(const struct child_work *work, struct str paper, int fd)
{
	struct arena arena = arena_open_secret(PRESS_ARENA_BYTES);
	struct buf head = buf_on(&arena), file = buf_on(&arena);
	uint32_t missing = 0;

	limits_set(work->patience_ms);
	enum fail fail = fonts_shut_in(NULL, 0);
	if (fail == OK)
		fail = work->press(&arena, paper, &file, &missing);
	if (fail == OK && file.len > PRINTED_BYTES_MAX)
		fail = FAIL_TOO_LARGE;
	buf_byte(&head, (uint8_t)fail);
	buf_u32be(&head, missing);
	pipe_write(fd, buf_str(&head));
	if (fail == OK)
		pipe_write(fd, buf_str(&file));
	_exit(0);
}

/* Everything until the child shuts its end. */
static enum fail pipe_read(int fd, int64_t patience_ms, struct buf *out)
{
	int64_t until_ms = clock_monotonic_ms() + patience_ms;

	for (;;) {
		struct pollfd polled = { .fd = fd, .events = POLLIN };
		int64_t left_ms = until_ms - clock_monotonic_ms();
		if (left_ms <= 0)
			return FAIL_TIMEOUT;
		if (poll(&polled, 1, (int)left_ms) <= 0)
			continue;
		size_t before = out->len;
		ssize_t got = read(fd, buf_room(out, READ_BYTES), READ_BYTES);
		out->len = before + (got > 0 ? (size_t)got : 0);
		if (got == 0)
			return OK;
		if (got < 0 && errno != EINTR)
			return FAIL_IO;
		if (out->len > HEAD_BYTES + PRINTED_BYTES_MAX)
			return FAIL_TOO_LARGE;
	}
}

static struct printed printed_of(struct str came, int status)
{
	struct printed printed = { .fail = FAIL_CLOSED, .bytes = STR("") };
	uint32_t missing;
	uint8_t fail;

	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || take_u8(&came, &fail) != OK ||
	    take_u32be(&came, &missing) != OK || fail >= FAIL_COUNT || (fail == OK && came.len == 0))
		return printed;
	return (struct printed){ (enum fail)fail, missing, came };
}

static struct printed child_wait(struct arena *arena, pid_t pid, int fd, int64_t patience_ms)
{
	struct buf came = buf_on(arena);
	int status;

	enum fail fail = pipe_read(fd, patience_ms, &came);
	if (fail != OK)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (fail != OK)
		return (struct printed){ .fail = fail, .bytes = STR("") };
	return printed_of(buf_str(&came), status);
}

struct printed child_print(struct arena *arena, const struct child_work *work, struct str paper)
{
	const struct printed failed = { .fail = FAIL_IO, .bytes = STR("") };
	int ends[2];

	if (pipe(ends) != 0)
		return failed;
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		child_become(work, paper, ends[1]);
	}
	close(ends[1]);
	struct printed printed = pid < 0 ? failed : child_wait(arena, pid, ends[0], work->patience_ms);
	close(ends[0]);
	return printed;
}
