#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "vault/vault.h"

#include <cmocka.h>

static char folder[] = "/tmp/youju-vault-XXXXXX";
static char path[64], keys[64];
static const struct str period = STR_INIT("2026Q4");
static const struct str content = STR_INIT("{\"name\":\"王\"}");

static int folder_make(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/vault.db", folder);
	snprintf(keys, sizeof keys, "%s/keys", folder);
	return 0;
}

static int folder_remove(void **state)
{
	char command[96];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static struct vault *opened(enum vault_mode mode)
{
	struct vault *vault = NULL;

	assert_int_equal(vault_open(path, keys, mode, &vault), OK);
	return vault;
}

static struct sealed fresh_for(struct vault *vault, uint64_t entry)
{
	struct sealed document;

	assert_int_equal(vault_seal(vault, period, entry, content, &document), OK);
	return document;
}

static struct sealed fresh(struct vault *vault)
{
	return fresh_for(vault, 7);
}

static void read_is(struct vault *vault, struct sealed document, enum fail expected)
{
	AUTO(buf_close) struct buf out = buf_open();

	assert_int_equal(vault_read(vault, document.id, &document.digest, &out), expected);
	assert_true(expected != OK || str_eq(buf_str(&out), content));
}

static void a_document_opens_before_and_after_its_commit(void **state)
{
	AUTO(vault_close) struct vault *vault = opened(VAULT_WRITE);
	struct sealed document = fresh(vault);

	(void)state;
	read_is(vault, document, OK);
	assert_int_equal(vault_commit(vault), OK);
	read_is(vault, document, OK);
	vault_close(&vault);
	vault = opened(VAULT_READ);
	read_is(vault, document, OK);
	document.digest.at[0] ^= 1;
	read_is(vault, document, FAIL_UNTRUSTED);
}

static void what_was_staged_after_a_mark_is_forgotten(void **state)
{
	AUTO(vault_close) struct vault *vault = opened(VAULT_WRITE);
	struct sealed kept = fresh(vault);
	struct vault_mark mark = vault_mark(vault);
	struct sealed lost = fresh(vault);

	(void)state;
	vault_return(vault, mark);
	assert_int_equal(vault_commit(vault), OK);
	read_is(vault, kept, OK);
	read_is(vault, lost, FAIL_NOT_FOUND);
}

static void an_erased_document_is_gone_for_good(void **state)
{
	AUTO(vault_close) struct vault *vault = opened(VAULT_WRITE);
	struct sealed document = fresh(vault);

	(void)state;
	assert_int_equal(vault_commit(vault), OK);
	assert_int_equal(vault_erase(vault, document.id), OK);
	assert_int_equal(vault_erase(vault, document.id), OK);
	assert_int_equal(vault_scrub(vault), OK);
	read_is(vault, document, FAIL_NOT_FOUND);
}

/* Also of half a group: where it crosses a quarter it is written in two parts. */
static void a_document_of_a_lost_entry_is_swept(void **state)
{
	AUTO(vault_close) struct vault *vault = opened(VAULT_WRITE);
	struct sealed before = fresh_for(vault, 99), lost = fresh_for(vault, 100);
	int64_t removed;

	(void)state;
	assert_int_equal(vault_commit(vault), OK);
	assert_int_equal(vault_sweep(vault, 100, &removed), OK);
	assert_int_equal(removed, 1);
	read_is(vault, before, OK);
	read_is(vault, lost, FAIL_NOT_FOUND);
}

static void a_document_outlives_its_period_when_rewrapped(void **state)
{
	AUTO(vault_close) struct vault *vault = opened(VAULT_WRITE);
	struct sealed moved = fresh(vault), stayed = fresh(vault);
	char key[96];

	(void)state;
	assert_int_equal(vault_commit(vault), OK);
	assert_int_equal(vault_rewrap(vault, moved.id, STR("2027Q1")), OK);
	vault_close(&vault);
	snprintf(key, sizeof key, "%s/period-2026Q4.key", keys);
	assert_int_equal(file_remove(key), OK);
	vault = opened(VAULT_WRITE);
	read_is(vault, moved, OK);
	read_is(vault, stayed, FAIL_UNTRUSTED);
}

static void tags_differ_by_period_and_number(void **state)
{
	AUTO(vault_close) struct vault *vault = opened(VAULT_WRITE);
	struct tag first, again, other, all[VAULT_PERIODS_MAX];

	(void)state;
	assert_int_equal(vault_tag(vault, STR("2026Q4"), STR("A123456789"), &first), OK);
	assert_int_equal(vault_tag(vault, STR("2026Q4"), STR("A123456789"), &again), OK);
	assert_int_equal(vault_tag(vault, STR("2027Q1"), STR("A123456789"), &other), OK);
	assert_string_equal(first.text, again.text);
	assert_memory_equal(first.text, "2026Q4:", 7);
	assert_memory_not_equal(first.text + 7, other.text + 7, 43);
	assert_int_equal(vault_tags(vault, STR("A123456789"), all), 2);
	assert_string_equal(all[0].text, other.text);
	assert_string_equal(all[1].text, first.text);
}

static void files_hold_no_content(void **state)
{
	AUTO(vault_close) struct vault *vault = opened(VAULT_WRITE);
	AUTO(arena_close) struct arena arena = arena_open(8 << 20);
	struct str bytes;
	size_t at;

	(void)state;
	fresh(vault);
	assert_int_equal(vault_commit(vault), OK);
	assert_int_equal(vault_scrub(vault), OK);
	assert_int_equal(file_load(&arena, path, 4 << 20, &bytes), OK);
	assert_false(str_find(bytes, content, &at));
	assert_false(str_find(bytes, STR("王"), &at));
}

static void a_short_key_file_is_found(void **state)
{
	struct vault *vault = NULL;
	char key[96];

	(void)state;
	snprintf(key, sizeof key, "%s/tag-2027Q1.key", keys);
	assert_int_equal(file_save(key, STR("short")), OK);
	assert_int_equal(vault_open(path, keys, VAULT_WRITE, &vault), FAIL_CORRUPT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_opens_before_and_after_its_commit),
		cmocka_unit_test(what_was_staged_after_a_mark_is_forgotten),
		cmocka_unit_test(an_erased_document_is_gone_for_good),
		cmocka_unit_test(a_document_of_a_lost_entry_is_swept),
		cmocka_unit_test(a_document_outlives_its_period_when_rewrapped),
		cmocka_unit_test(tags_differ_by_period_and_number),
		cmocka_unit_test(files_hold_no_content),
		cmocka_unit_test(a_short_key_file_is_found),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
