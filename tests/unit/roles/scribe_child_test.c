#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/time.h"
#include "roles/scribe_child.h"

#include <cmocka.h>

static struct arena arena;

static enum fail press_copy(struct arena *on, struct str paper, struct buf *out, uint32_t *missing_out)
{
	(void)on;
	(void)missing_out;
	buf_add(out, paper);
	return OK;
}

static enum fail press_refuse(struct arena *on, struct str paper, struct buf *out, uint32_t *missing_out)
{
	(void)on;
	(void)paper;
	(void)out;
	*missing_out = 0x2a6df;
	return FAIL_NOT_FOUND;
}

static enum fail press_crash(struct arena *on, struct str paper, struct buf *out, uint32_t *missing_out)
{
	(void)on;
	(void)missing_out;
	buf_add(out, paper);
	raise(SIGKILL);
	return OK;
}

static enum fail press_hang(struct arena *on, struct str paper, struct buf *out, uint32_t *missing_out)
{
	(void)on;
	(void)paper;
	(void)out;
	(void)missing_out;
	pause();
	return OK;
}

/* Everything but the fonts is out of reach; FAIL_UNTRUSTED when something was not. */
static enum fail press_pry(struct arena *on, struct str paper, struct buf *out, uint32_t *missing_out)
{
	(void)on;
	(void)missing_out;
	if (open("/etc/passwd", O_RDONLY) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ||
	    socket(AF_INET, SOCK_STREAM, 0) >= 0 || execl("/bin/true", "true", (char *)NULL) == 0)
		return FAIL_UNTRUSTED;
	buf_add(out, paper);
	return OK;
}

static struct printed printed(struct child_work work)
{
	return child_print(&arena, &work, STR("paper"));
}

static void what_the_press_made_comes_back(void **state)
{
	struct printed made = printed((struct child_work){ press_copy, 5000 });

	(void)state;
	assert_int_equal(made.fail, OK);
	assert_true(str_is(made.bytes, "paper"));
}

static void a_missing_character_is_named(void **state)
{
	struct printed made = printed((struct child_work){ press_refuse, 5000 });

	(void)state;
	assert_int_equal(made.fail, FAIL_NOT_FOUND);
	assert_int_equal(made.missing, 0x2a6df);
	assert_int_equal(made.bytes.len, 0);
}

static void a_crash_costs_one_print(void **state)
{
	(void)state;
	assert_int_equal(printed((struct child_work){ press_crash, 5000 }).fail, FAIL_CLOSED);
	assert_int_equal(printed((struct child_work){ press_copy, 5000 }).fail, OK);
}

static void a_press_that_hangs_is_ended(void **state)
{
	int64_t before_ms = clock_monotonic_ms();

	(void)state;
	assert_int_equal(printed((struct child_work){ press_hang, 200 }).fail, FAIL_TIMEOUT);
	assert_true(clock_monotonic_ms() - before_ms < 3000);
	assert_int_equal(printed((struct child_work){ press_copy, 5000 }).fail, OK);
}

static void a_press_reaches_fonts_and_nothing_else(void **state)
{
	(void)state;
	assert_int_equal(printed((struct child_work){ press_pry, 5000 }).fail, OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_press_made_comes_back),
		cmocka_unit_test(a_missing_character_is_named),
		cmocka_unit_test(a_crash_costs_one_print),
		cmocka_unit_test(a_press_that_hangs_is_ended),
		cmocka_unit_test(a_press_reaches_fonts_and_nothing_else),
	};

	arena = arena_open(64 << 20);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
