#include <linux/landlock.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "roles/sandbox.h"

#include <cmocka.h>

static char folder[] = "/tmp/youju-sandbox-XXXXXX";

/* Each attempt runs in a process of its own, because there is no way back out. */
static bool succeeds_inside(bool (*attempt)(void), unsigned promises)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		const struct reachable paths[] = { { folder, REACH_WRITE }, { "/nowhere", REACH_READ } };
		sandbox_start();
		if (sandbox_enter(paths, ARRAY_LEN(paths), promises) != OK)
			_exit(2);
		_exit(attempt() ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
	return WEXITSTATUS(status) == 0;
}

static bool write_inside(void)
{
	char path[64];

	snprintf(path, sizeof path, "%s/a", folder);
	return file_save(path, STR("a")) == OK;
}

static bool read_outside(void)
{
	struct file file;

	return file_open("/etc/passwd", FILE_READ, &file) == OK;
}

static bool open_network(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool open_local(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool run_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return false;
}

static bool dump_core(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max > 0;
}

static bool has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

static void only_what_was_promised_works(void **state)
{
	(void)state;
	assert_true(succeeds_inside(write_inside, 0));
	assert_false(succeeds_inside(open_network, KEEP_LOCAL));
	assert_true(succeeds_inside(open_network, KEEP_NETWORK));
	assert_false(succeeds_inside(open_local, 0));
	assert_true(succeeds_inside(open_local, KEEP_LOCAL));
	assert_false(succeeds_inside(run_program, KEEP_LOCAL | KEEP_NETWORK));
	assert_false(succeeds_inside(dump_core, 0));
}

static void files_elsewhere_are_out_of_reach(void **state)
{
	(void)state;
	if (!has_landlock())
		skip();
	assert_false(succeeds_inside(read_outside, 0));
}

static int folder_make(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **state)
{
	char command[96];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_was_promised_works),
		cmocka_unit_test(files_elsewhere_are_out_of_reach),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
