#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "doors/http/receiving.h"

enum { HERE, THERE };

static int line[2];
static struct receiving receiving;
static gnutls_session_t tls;

static int open_line(void **state)
{
	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, line), 0);
	assert_int_equal(gnutls_init(&tls, GNUTLS_SERVER | GNUTLS_NONBLOCK), 0);
	receiving_open(&receiving, tls, line[HERE]);
	return 0;
}

static int close_line(void **state)
{
	(void)state;
	gnutls_deinit(tls);
	close(line[HERE]);
	if (line[THERE] >= 0)
		close(line[THERE]);
	return 0;
}

static void say(const void *bytes, size_t len)
{
	assert_int_equal(send(line[THERE], bytes, len, 0), (ssize_t)len);
}

static void hears(size_t len, const char *want)
{
	char at[8192];

	assert_int_equal(receiving_pull(&receiving, at, len), (ssize_t)strlen(want));
	assert_memory_equal(at, want, strlen(want));
}

static void hears_nothing_yet(void)
{
	char at[16];

	errno = 0;
	assert_int_equal(receiving_pull(&receiving, at, sizeof at), -1);
	assert_int_equal(errno, EAGAIN);
}

static void records_are_handed_over_as_they_are_asked_for(void **state)
{
	(void)state;
	say("head1body1head2body2", 20);
	hears(5, "head1");
	hears(5, "body1");
	assert_int_equal(recv(line[HERE], (char[1]){ 0 }, 1, MSG_DONTWAIT), -1); /* all was read at once */
	hears(5, "head2");
	hears(100, "body2");
	hears_nothing_yet();
	say("x", 1);
	hears(5, "x");
}

static void long_records_pass_by(void **state)
{
	static char sent[4096], got[8192];

	(void)state;
	memset(sent, 'r', sizeof sent);
	say(sent, sizeof sent);
	hears(5, "rrrrr");
	assert_int_equal(receiving_pull(&receiving, got, sizeof got), RECEIVED_BYTES_MAX - 5);
	assert_int_equal(receiving_pull(&receiving, got, sizeof got), sizeof sent - RECEIVED_BYTES_MAX);
	hears_nothing_yet();
}

static void the_end_is_told(void **state)
{
	(void)state;
	say("last", 4);
	close(line[THERE]);
	line[THERE] = -1;
	hears(2, "la");
	hears(5, "st");
	hears(5, "");
}

/* What was read before stays to be had; what comes meanwhile waits in the socket. */
static void at_rest_nobody_looks(void **state)
{
	(void)state;
	say("abcd", 4);
	hears(2, "ab");
	receiving_rest(&receiving, true);
	say("ef", 2);
	hears(5, "cd");
	hears_nothing_yet();
	hears_nothing_yet();
	receiving_rest(&receiving, false);
	hears(5, "ef");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(records_are_handed_over_as_they_are_asked_for, open_line, close_line),
		cmocka_unit_test_setup_teardown(long_records_pass_by, open_line, close_line),
		cmocka_unit_test_setup_teardown(the_end_is_told, open_line, close_line),
		cmocka_unit_test_setup_teardown(at_rest_nobody_looks, open_line, close_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
