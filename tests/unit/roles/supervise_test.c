#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/local.h"
#include "roles/supervise.h"

#include <cmocka.h>

/* The supervisor looks for roles beside its own executable, so the test copies itself into a folder
 * with a libexec of shell scripts and runs there. */
static char folder[] = "/tmp/youju-supervise-XXXXXX";

static void script_write(const char *role, const char *text)
{
	char path[96];

	snprintf(path, sizeof path, "%s/libexec/youju-%s", folder, role);
	FILE *script = fopen(path, "w");
	assert_non_null(script);
	fprintf(script, "#!/bin/sh\n%s\n", text);
	fclose(script);
	assert_int_equal(chmod(path, 0755), 0);
}

static int supervised(const char *stop_after)
{
	char command[256];

	snprintf(command, sizeof command, "cp /proc/%d/exe %s/run-here && timeout -s TERM %s %s/run-here %s/data",
	         getpid(), folder, stop_after, folder, folder);
	return system(command);
}

static struct str told(struct arena *arena)
{
	char path[96];
	struct str text = STR("");

	snprintf(path, sizeof path, "%s/data/told", folder);
	return file_load(arena, path, 4096, &text) == OK ? text : STR("");
}

static void a_role_that_ends_is_started_again(void **state)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 16);

	(void)state;
	script_write("keeper", "[ -e /proc/self/fd/8 ] && echo start >>$1/told; exit 1");
	supervised("0.6");
	assert_true(str_starts(told(&arena), STR("start\nstart\nstart\n")));
}

static void wrong_settings_end_everything(void **state)
{
	(void)state;
	script_write("keeper", "exit 78");
	assert_int_equal(WEXITSTATUS(supervised("9")), 3);
}

static void one_data_directory_has_one_supervisor(void **state)
{
	AUTO(supervisor_close) struct supervisor *first = NULL;
	AUTO(supervisor_close) struct supervisor *second = NULL;
	AUTO(local_close) int fd = -1;
	char data[64], run[64];

	(void)state;
	snprintf(data, sizeof data, "%s/data", folder);
	snprintf(run, sizeof run, "%s/data/run", folder);
	assert_int_equal(supervisor_open("/nowhere", &first), FAIL_NOT_FOUND);
	assert_int_equal(supervisor_open(data, &first), OK);
	assert_int_equal(supervisor_open(data, &second), FAIL_BUSY);
	assert_int_equal(local_connect(run, "front.sock", &fd), OK);
	supervisor_close(&first);
	assert_int_equal(supervisor_open(data, &second), OK);
}

static int folders_make(void **state)
{
	char path[64];

	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/libexec", folder);
	if (dir_make(path) != OK)
		return -1;
	snprintf(path, sizeof path, "%s/data", folder);
	return dir_make(path) == OK ? 0 : -1;
}

static int folders_remove(void **state)
{
	char command[96];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static int supervise(const char *dir)
{
	AUTO(supervisor_close) struct supervisor *supervisor = NULL;

	if (supervisor_open(dir, &supervisor) != OK || supervisor_start(supervisor, 1 << ROLE_KEEPER) != OK)
		return 2;
	return supervisor_run(supervisor) == OK ? 0 : 3;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_role_that_ends_is_started_again),
		cmocka_unit_test(wrong_settings_end_everything),
		cmocka_unit_test(one_data_directory_has_one_supervisor),
	};

	if (argc == 2)
		return supervise(argv[1]);
	return cmocka_run_group_tests(tests, folders_make, folders_remove);
}
