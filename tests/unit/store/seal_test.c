#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "store/seal.h"

#include <cmocka.h> /* last: it makes a macro of fail */

static char folder[64], key[96], state[96];
static struct arena arena;

static int folder_new(void **unused)
{
	(void)unused;
	strcpy(folder, "/tmp/youju-seal-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(key, sizeof key, "%s/log.key", folder);
	snprintf(state, sizeof state, "%s/sealed", folder);
	arena = arena_open(4 * 1024 * 1024);
	return 0;
}

static int folder_end(void **unused)
{
	char command[128];

	(void)unused;
	arena_close(&arena);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static struct seal opened(void)
{
	struct seal seal;

	assert_int_equal(seal_open(key, state, STR("demo.log"), &seal), OK);
	return seal;
}

/* Heads of one and two leaves, and of another log with two. */
struct heads { struct hash one, two, other; struct proof grown, none; };

static struct heads heads_make(void)
{
	struct hash a = merkle_leaf(STR("a")), b = merkle_leaf(STR("b")), c = merkle_leaf(STR("c"));

	return (struct heads){ .one = a, .two = merkle_node(&a, &b), .other = merkle_node(&c, &b),
		               .grown = { .count = 1, .at = { b } }, .none = { .count = 0 } };
}

static void signs_what_grew_and_verifies(void **unused)
{
	struct heads heads = heads_make();
	struct buf note = buf_on(&arena);
	struct note_coverage coverage;
	struct note parsed;
	struct stat stat_;

	(void)unused;
	assert_int_equal(seal_create(key, state, STR("demo.log")), OK);
	assert_int_equal(stat(key, &stat_), 0);
	assert_int_equal(stat_.st_mode & 0777, 0600);
	struct seal seal = opened();
	assert_int_equal(seal_sign(&seal, 1, &heads.one, &heads.none, &note), OK);
	seal_close(&seal);
	seal = opened();
	assert_int_equal(seal.size, 1);
	buf_empty(&note);
	assert_int_equal(seal_sign(&seal, 2, &heads.two, &heads.grown, &note), OK);
	struct note_key k = seal_key(&seal);
	assert_int_equal(note_parse(&arena, buf_str(&note), &parsed), OK);
	assert_int_equal(note_verify(&arena, &parsed, &k, 1, &coverage), OK);
	assert_int_equal(seal_sign(&seal, 2, &heads.two, &heads.none, &note), OK);
	seal_close(&seal);
}

static void refuses_forks_and_older_logs(void **unused)
{
	struct heads heads = heads_make();
	struct buf note = buf_on(&arena);

	(void)unused;
	assert_int_equal(seal_create(key, state, STR("demo.log")), OK);
	struct seal seal = opened();
	assert_int_equal(seal_sign(&seal, 0, &heads.one, &heads.none, &note), FAIL_CONFLICT);
	assert_int_equal(seal_sign(&seal, 1, &heads.one, &heads.none, &note), OK);
	note.len = 0;
	assert_int_equal(seal_sign(&seal, 2, &heads.other, &heads.grown, &note), FAIL_UNTRUSTED);
	assert_int_equal(seal_sign(&seal, 1, &heads.other, &heads.none, &note), FAIL_UNTRUSTED);
	assert_int_equal(seal_sign(&seal, 2, &heads.two, &heads.grown, &note), OK);
	note.len = 0;
	assert_int_equal(seal_sign(&seal, 1, &heads.one, &heads.none, &note), FAIL_UNTRUSTED);
	assert_int_equal(note.len, 0);
	seal_close(&seal);
}

static enum fail no_flush(enum file_event event, const char *path, uint64_t at, struct str bytes)
{
	(void)path;
	(void)at;
	(void)bytes;
	return event == FILE_DID_FLUSH ? FAIL_IO : OK;
}

static void no_signature_without_a_durable_state(void **unused)
{
	static const struct file_hooks hooks = { no_flush };
	struct heads heads = heads_make();
	struct buf note = buf_on(&arena);

	(void)unused;
	assert_int_equal(seal_create(key, state, STR("demo.log")), OK);
	struct seal seal = opened();
	file_hooks = &hooks;
	assert_int_equal(seal_sign(&seal, 1, &heads.one, &heads.none, &note), FAIL_IO);
	file_hooks = NULL;
	assert_int_equal(note.len, 0);
	seal_close(&seal);
}

static void damaged_missing_or_foreign_state_is_refused(void **unused)
{
	struct seal seal;

	(void)unused;
	assert_int_equal(seal_open(key, state, STR("demo.log"), &seal), FAIL_NOT_FOUND);
	assert_int_equal(seal_create(key, state, STR("demo log")), FAIL_SYNTAX);
	assert_int_equal(seal_create(key, state, STR("demo.log")), OK);
	assert_int_equal(seal_create(key, state, STR("demo.log")), FAIL_CONFLICT);
	assert_int_equal(seal_open(key, state, STR("other.log"), &seal), FAIL_CONFLICT);
	assert_int_equal(file_save(state, STR("demo.log\n1\n")), OK);
	assert_int_equal(seal_open(key, state, STR("demo.log"), &seal), FAIL_CORRUPT);
	assert_int_equal(file_remove(state), OK);
	assert_int_equal(seal_open(key, state, STR("demo.log"), &seal), FAIL_NOT_FOUND);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_new, folder_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(signs_what_grew_and_verifies),
		IN_FOLDER(refuses_forks_and_older_logs),
		IN_FOLDER(no_signature_without_a_durable_state),
		IN_FOLDER(damaged_missing_or_foreign_state_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
