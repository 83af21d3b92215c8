/* SQLite leaves copies of rows that it moves in the unused parts of pages, whatever secure_delete says: what is erased
 * must have stood in one place only. Each key here begins with a mark and its number, so that a copy anywhere in the
 * file is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "store/sql_vault.h"
#include "store/store.h"

#include <cmocka.h>

enum { LIVES = 6, KEYS = 3000, KEY_BYTES = 40, COMMITS = 150, FILE_BYTES_MAX = 64 << 20 };

static const char mark[8] = "\xf7kEy\x01\x02\x03\xf7";
static char folder[] = "/tmp/youju-erase-XXXXXX";
static bool erased[KEYS];
static uint64_t dice_state = 20261125;

static uint32_t dice(uint32_t sides)
{
	dice_state = dice_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(dice_state >> 33) % sides;
}

static void key_of(uint32_t number, uint8_t key[KEY_BYTES])
{
	memset(key, (int)(number % 251) + 1, KEY_BYTES);
	memcpy(key, mark, sizeof mark);
	memcpy(key + sizeof mark, &number, sizeof number);
}

static void key_add(struct store *store, uint32_t number)
{
	uint8_t key[KEY_BYTES];

	key_of(number, key);
	assert_int_equal(store_run(store, VAULT_document_add,
	                           VALUES(VALUE_INT("id", 1 + number), VALUE_TEXT("period", STR("2026Q4")),
	                                  VALUE_INT("log_size", number), VALUE_BYTES("sealed", STR("x")))), OK);
	assert_int_equal(store_run(store, VAULT_document_key_add,
	                           VALUES(VALUE_INT("id", 1 + number), VALUE_TEXT("period", STR("2026Q4")),
	                                  VALUE_BYTES("wrapped", str_bytes(key, sizeof key)))), OK);
}

/* Most are erased long after they were added, some right away; now and then the newest are swept. */
static void commit(struct store *store, uint32_t from, uint32_t to)
{
	assert_int_equal(store_begin(store), OK);
	for (uint32_t n = from; n < to; n++)
		key_add(store, n);
	for (uint32_t i = 0; i < to - from; i++) {
		uint32_t n = dice(to);
		erased[n] = true;
		assert_int_equal(store_run(store, VAULT_document_key_erase, VALUES(VALUE_INT("id", 1 + n))), OK);
	}
	if (dice(3) == 0) {
		uint32_t n = to - 1 - dice(20);
		assert_int_equal(store_run(store, VAULT_document_keys_sweep, VALUES(VALUE_INT("log_size", n))), OK);
		assert_int_equal(store_run(store, VAULT_documents_sweep, VALUES(VALUE_INT("log_size", n))), OK);
		memset(erased + n, true, to - n);
	}
	assert_int_equal(store_commit(store), OK);
}

static void copies_count(struct str file, size_t *left, size_t *living)
{
	bool seen[KEYS] = { false };

	*left = *living = 0;
	for (size_t at = 0; at + KEY_BYTES <= file.len; at++) {
		uint32_t number;
		if (memcmp(file.at + at, mark, sizeof mark) != 0)
			continue;
		memcpy(&number, file.at + at + sizeof mark, sizeof number);
		assert_true(number < KEYS);
		*left += erased[number];
		*living += !erased[number] && !seen[number];
		seen[number] = true;
	}
}

static void life(unsigned number)
{
	AUTO(arena_close) struct arena arena = arena_open(FILE_BYTES_MAX * 2);
	AUTO(store_close) struct store *store = NULL;
	size_t left, living, kept = 0;
	char path[64];
	struct str file;

	memset(erased, false, sizeof erased);
	snprintf(path, sizeof path, "%s/%u.db", folder, number);
	assert_int_equal(store_open(path, STORE_WRITE_FULL, &sql_vault, &store), OK);
	for (uint32_t i = 0; i < COMMITS; i++)
		commit(store, KEYS / COMMITS * i, KEYS / COMMITS * (i + 1));
	assert_int_equal(store_scrub(store), OK);
	assert_int_equal(file_load(&arena, path, FILE_BYTES_MAX, &file), OK);
	copies_count(file, &left, &living);
	for (size_t n = 0; n < KEYS; n++)
		kept += !erased[n];
	assert_int_equal(left, 0);
	assert_int_equal(living, kept);
	assert_true(kept > KEYS / 10);
}

static void no_byte_of_an_erased_key_is_left(void **state)
{
	(void)state;
	for (unsigned i = 0; i < LIVES; i++)
		life(i);
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
	const struct CMUnitTest tests[] = { cmocka_unit_test(no_byte_of_an_erased_key_is_left) };

	return cmocka_run_group_tests_name("store/erase", tests, folder_make, folder_remove);
}
