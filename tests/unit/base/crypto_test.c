#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/crypto.h"

#include <cmocka.h>

/* RFC 3394 section 4.6: 256 bits of key data under a 256-bit key. */
static void key_wrap_gives_the_published_bytes(void **state)
{
	static const uint8_t expected[WRAPPED_KEY_BYTES] = {
		0x28, 0xC9, 0xF4, 0x04, 0xC4, 0xB8, 0x10, 0xF4, 0xCB, 0xCC, 0xB3, 0x5C, 0xFB, 0x87,
		0xF8, 0x26, 0x3F, 0x57, 0x86, 0xE2, 0xD8, 0x0E, 0xD3, 0x26, 0xCB, 0xC7, 0xF0, 0xE7,
		0x1A, 0x99, 0xF4, 0x3B, 0xFB, 0x98, 0x8B, 0x9B, 0x7A, 0x02, 0xDD, 0x21,
	};
	uint8_t kek[32], key[32], wrapped[WRAPPED_KEY_BYTES], again[32];

	(void)state;
	for (int i = 0; i < 32; i++) {
		kek[i] = (uint8_t)i;
		key[i] = (uint8_t)(i < 16 ? i * 0x11 : i - 16);
	}
	assert_int_equal(key_wrap(kek, key, wrapped), OK);
	assert_memory_equal(wrapped, expected, sizeof expected);
	assert_int_equal(key_unwrap(kek, wrapped, again), OK);
	assert_memory_equal(again, key, sizeof key);
	wrapped[39] ^= 1;
	assert_int_equal(key_unwrap(kek, wrapped, again), FAIL_UNTRUSTED);
}

static void sealed_bytes_open_only_unchanged(void **state)
{
	static const uint8_t key[32] = { 1 }, nonce[12] = { 2 };
	AUTO(buf_close) struct buf sealed = buf_open();
	AUTO(buf_close) struct buf plain = buf_open();

	(void)state;
	assert_int_equal(gcm_seal(key, nonce, STR("about"), STR("content"), &sealed), OK);
	assert_int_equal(gcm_open(key, nonce, STR("about"), buf_str(&sealed), &plain), OK);
	assert_true(str_eq(buf_str(&plain), STR("content")));
	assert_int_equal(gcm_open(key, nonce, STR("other"), buf_str(&sealed), &plain), FAIL_UNTRUSTED);
	sealed.at[0] ^= 1;
	assert_int_equal(gcm_open(key, nonce, STR("about"), buf_str(&sealed), &plain), FAIL_UNTRUSTED);
}

/* RFC 4231 test case 2. */
static void keyed_digest_gives_the_published_bytes(void **state)
{
	static const uint8_t expected[4] = { 0x5b, 0xdc, 0xc1, 0x46 };
	struct hash mac = hmac_sha256(STR("Jefe"), STR("what do ya want for nothing?"));

	(void)state;
	assert_memory_equal(mac.at, expected, sizeof expected);
}

/* RFC 4231 test case 6: a key longer than a block. */
static void a_long_key_is_hashed_first(void **state)
{
	static const uint8_t expected[4] = { 0x60, 0xe4, 0x31, 0x59 };
	char key[131];

	(void)state;
	memset(key, 0xaa, sizeof key);
	struct hash mac = hmac_sha256(str_bytes(key, sizeof key),
	                              STR("Test Using Larger Than Block-Size Key - Hash Key First"));
	assert_memory_equal(mac.at, expected, sizeof expected);
}

static void a_child_draws_other_bytes(void **state)
{
	uint64_t mine, theirs = 0;
	int pipe_fds[2];

	(void)state;
	random_u64();
	assert_int_equal(pipe(pipe_fds), 0);
	pid_t pid = fork();
	if (pid == 0) {
		theirs = random_u64();
		_exit(write(pipe_fds[1], &theirs, sizeof theirs) == sizeof theirs ? 0 : 1);
	}
	mine = random_u64();
	assert_int_equal(read(pipe_fds[0], &theirs, sizeof theirs), sizeof theirs);
	waitpid(pid, NULL, 0);
	assert_true(mine != theirs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(key_wrap_gives_the_published_bytes),
		cmocka_unit_test(sealed_bytes_open_only_unchanged),
		cmocka_unit_test(keyed_digest_gives_the_published_bytes),
		cmocka_unit_test(a_long_key_is_hashed_first),
		cmocka_unit_test(a_child_draws_other_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
