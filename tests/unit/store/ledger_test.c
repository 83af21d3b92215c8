#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/time.h"
#include "journal/checkpoint.h"
#include "store/log_check.h"

#include <cmocka.h> /* last: it makes a macro of fail */

/* 2026-11-23, the fourth quarter. */
#define AT_MS INT64_C(1795422600125)
#define QUARTER_MS (INT64_C(92) * 86400000)

static char folder[64], log_folder[80];
static struct arena arena;

static int folder_new(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/youju-ledger-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(log_folder, sizeof log_folder, "%s/log", folder);
	arena = arena_open(256 * 1024 * 1024);
	return 0;
}

static int folder_end(void **state)
{
	char command[128];

	(void)state;
	arena_close(&arena);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static struct ledger *writer(void)
{
	struct ledger *ledger;

	assert_int_equal(ledger_open(log_folder, LEDGER_WRITE, &ledger), OK);
	return ledger;
}

static struct str entry_of(uint64_t i)
{
	struct str text = str_printf(&arena, "{\"v\":1,\"at\":\"%s\",\"n\":%llu,\"pad\":\"%*s\"}",
	                             time_utc(AT_MS).text, (unsigned long long)i, (int)(i * 37 % 300), "");

	return text;
}

static void stage(struct ledger *ledger, uint64_t i, int64_t at_ms)
{
	uint64_t index;

	assert_int_equal(ledger_stage(ledger, entry_of(i), at_ms, &index), OK);
	assert_int_equal(index, i);
}

static void append(struct ledger *ledger, uint64_t count)
{
	for (uint64_t i = 0; i < count; i++)
		stage(ledger, ledger_size(ledger) + i, AT_MS);
	assert_int_equal(ledger_commit(ledger), OK);
}

static void holds(struct ledger *ledger, uint64_t count)
{
	struct frontier frontier = { 0 };
	struct ledger_scan scan = ledger_scan(ledger, 0);
	struct str entry;
	uint64_t index;

	assert_int_equal(ledger_size(ledger), count);
	for (uint64_t i = 0; i < count; i++) {
		assert_int_equal(ledger_scan_next(&scan, &index, &entry), OK);
		assert_int_equal(index, i);
		assert_true(str_eq(entry, entry_of(i)));
		struct hash leaf = merkle_leaf(entry);
		frontier_add(&frontier, &leaf, NULL);
	}
	assert_int_equal(ledger_scan_next(&scan, &index, &entry), FAIL_NOT_FOUND);
	ledger_scan_close(&scan);
	struct hash root = frontier_root(&frontier), own = ledger_root(ledger), read;
	assert_memory_equal(&root, &own, sizeof root);
	assert_int_equal(ledger_root_at(ledger, count, &read), OK);
	assert_memory_equal(&root, &read, sizeof root);
}

static void entries_survive_closing_and_killing(void **state)
{
	struct ledger *ledger = writer();
	struct str entry;

	(void)state;
	holds(ledger, 0);
	append(ledger, 1);
	append(ledger, 700);
	append(ledger, 3);
	ledger_close(ledger);
	ledger = writer();
	holds(ledger, 704);
	append(ledger, 300);
	assert_int_equal(ledger_read(ledger, 1003, &arena, &entry), OK);
	assert_true(str_eq(entry, entry_of(1003)));
	assert_int_equal(ledger_read(ledger, 1004, &arena, &entry), FAIL_NOT_FOUND);
	ledger_close(ledger);
	assert_int_equal(file_remove(str_c(&arena, str_printf(&arena, "%s/settled", log_folder))), OK);
	assert_int_equal(file_remove(str_c(&arena, str_printf(&arena, "%s/level-0", log_folder))), OK);
	assert_int_equal(file_remove(str_c(&arena, str_printf(&arena, "%s/index", log_folder))), OK);
	ledger = writer();
	holds(ledger, 1004);
	ledger_close(ledger);
}

static void a_command_that_fails_returns_to_its_mark(void **state)
{
	struct ledger *ledger = writer();

	(void)state;
	stage(ledger, 0, AT_MS);
	struct ledger_mark mark = ledger_mark(ledger);
	for (uint64_t i = 1; i < 50; i++)
		stage(ledger, i, AT_MS + (i > 20 ? QUARTER_MS : 0));
	ledger_rollback(ledger, mark);
	assert_int_equal(ledger_staged(ledger), 1);
	stage(ledger, 1, AT_MS);
	assert_int_equal(ledger_commit(ledger), OK);
	mark = ledger_mark(ledger);
	stage(ledger, 2, AT_MS);
	ledger_rollback(ledger, mark);
	assert_int_equal(ledger_commit(ledger), OK);
	holds(ledger, 2);
	ledger_close(ledger);
}

static void a_group_that_crosses_quarters_makes_segments(void **state)
{
	struct ledger *ledger = writer();

	(void)state;
	for (uint64_t i = 0; i < 90; i++)
		stage(ledger, i, AT_MS + (int64_t)(i / 30) * QUARTER_MS);
	assert_int_equal(ledger_commit(ledger), OK);
	for (unsigned n = 1; n <= 4; n++) {
		struct str path = str_printf(&arena, "%s/segments/%08u", log_folder, n);
		assert_int_equal(file_exists(str_c(&arena, path)), n < 4);
	}
	ledger_close(ledger);
	ledger = writer();
	holds(ledger, 90);
	assert_int_equal(ledger_stage(ledger, entry_of(90), AT_MS, NULL), FAIL_CLOCK);
	ledger_close(ledger);
}

static void sizes_at_the_limits(void **state)
{
	struct ledger *ledger = writer();
	char *big = process_bytes(ENTRY_BYTES_MAX + 1);
	struct str entry;

	(void)state;
	memset(big, 'x', ENTRY_BYTES_MAX + 1);
	assert_int_equal(ledger_stage(ledger, str_bytes(big, ENTRY_BYTES_MAX + 1), AT_MS, NULL),
	                 FAIL_TOO_LARGE);
	assert_int_equal(ledger_stage(ledger, STR(""), AT_MS, NULL), FAIL_TOO_LARGE);
	for (int i = 0; i < 300; i++)
		assert_int_equal(ledger_stage(ledger, str_bytes(big, ENTRY_BYTES_MAX), AT_MS, NULL), OK);
	assert_int_equal(ledger_commit(ledger), OK);
	ledger_close(ledger);
	ledger = writer();
	assert_int_equal(ledger_read(ledger, 299, &arena, &entry), OK);
	assert_memory_equal(entry.at, big, ENTRY_BYTES_MAX);
	enum fail result = OK;
	while (result == OK)
		result = ledger_stage(ledger, str_bytes(big, ENTRY_BYTES_MAX), AT_MS, NULL);
	assert_int_equal(result, FAIL_FULL);
	ledger_close(ledger);
	process_free(big);
}

static void one_writer_and_readers_that_follow(void **state)
{
	struct ledger *ledger = writer(), *reader, *second;

	(void)state;
	assert_int_equal(ledger_open(log_folder, LEDGER_WRITE, &second), FAIL_BUSY);
	append(ledger, 300);
	assert_int_equal(ledger_open(log_folder, LEDGER_READ, &reader), OK);
	holds(reader, 300);
	stage(ledger, 300, AT_MS);
	assert_int_equal(ledger_follow(reader), OK);
	holds(reader, 300);
	assert_int_equal(ledger_commit(ledger), OK);
	append(ledger, 500);
	assert_int_equal(ledger_follow(reader), OK);
	holds(reader, 801);
	ledger_close(reader);
	ledger_close(ledger);
}

static void tiles_and_bundles_are_prefixes(void **state)
{
	struct ledger *ledger = writer();
	struct buf whole = buf_on(&arena), part = buf_on(&arena);

	(void)state;
	append(ledger, 600);
	assert_int_equal(ledger_tile(ledger, (struct tile){ false, 0, 1, 256 }, &whole), OK);
	assert_int_equal(ledger_tile(ledger, (struct tile){ false, 0, 1, 17 }, &part), OK);
	assert_int_equal(whole.len, TILE_BYTES);
	assert_int_equal(part.len, 17 * HASH_BYTES);
	assert_memory_equal(whole.at, part.at, part.len);
	assert_int_equal(ledger_tile(ledger, (struct tile){ false, 0, 2, 88 }, &part), OK);
	assert_int_equal(ledger_tile(ledger, (struct tile){ false, 0, 2, 89 }, &part), FAIL_NOT_FOUND);
	assert_int_equal(ledger_tile(ledger, (struct tile){ false, 1, 0, 2 }, &part), OK);
	assert_int_equal(ledger_tile(ledger, (struct tile){ false, 1, 0, 3 }, &part), FAIL_NOT_FOUND);
	buf_empty(&part);
	assert_int_equal(ledger_tile(ledger, (struct tile){ true, 0, 2, 2 }, &part), OK);
	struct str rest = buf_str(&part), entry;
	assert_int_equal(bundle_take(&rest, &entry), OK);
	assert_true(str_eq(entry, entry_of(512)));
	ledger_close(ledger);
}

static struct str note_of(struct ledger *ledger, uint64_t size)
{
	static const uint8_t secret[32] = { 9 };
	struct checkpoint checkpoint = { .origin = STR("demo.log"), .size = size, .extension = STR("") };
	struct buf text = buf_on(&arena), note = buf_on(&arena);

	assert_int_equal(ledger_root_at(ledger, size, &checkpoint.root), OK);
	checkpoint_add(&text, &checkpoint);
	assert_int_equal(note_sign(STR("demo.log"), secret, buf_str(&text), &note), OK);
	return buf_str(&note);
}

static void every_published_checkpoint_is_kept(void **state)
{
	struct ledger *ledger = writer();
	struct checkpoint checkpoint;
	struct receipt receipt;
	struct str note, text;

	(void)state;
	assert_int_equal(ledger_checkpoint(ledger, &arena, &note), FAIL_NOT_FOUND);
	for (unsigned i = 0; i < 40; i++) {
		append(ledger, 10);
		assert_int_equal(ledger_publish(ledger, note_of(ledger, ledger_size(ledger))), OK);
	}
	append(ledger, 1);
	assert_int_equal(ledger_publish(ledger, note_of(ledger, 200)), FAIL_CONFLICT);
	ledger_close(ledger);
	ledger = writer();
	assert_int_equal(ledger_published(ledger), 400);
	for (uint64_t i = 0; i < 400; i++) {
		assert_int_equal(ledger_checkpoint_of(ledger, i, &arena, &note), OK);
		assert_int_equal(checkpoint_peek(&arena, note, &checkpoint), OK);
		assert_int_equal(checkpoint.size, i / 10 * 10 + 10);
	}
	assert_int_equal(ledger_checkpoint_of(ledger, 400, &arena, &note), FAIL_NOT_FOUND);
	assert_int_equal(ledger_receipt(ledger, 400, &arena, &text), FAIL_NOT_FOUND);
	assert_int_equal(ledger_receipt(ledger, 123, &arena, &text), OK);
	assert_int_equal(receipt_parse(&arena, text, &receipt), OK);
	struct hash leaf = merkle_leaf(entry_of(123));
	assert_int_equal(receipt_verify(&arena, &receipt, &leaf), OK);
	ledger_close(ledger);
}

static void proofs_between_any_two_sizes(void **state)
{
	struct ledger *ledger = writer();
	struct hash old_root, root;
	struct proof proof;

	(void)state;
	append(ledger, 1500);
	root = ledger_root(ledger);
	for (uint64_t old = 0; old <= 1500; old += 97) {
		assert_int_equal(ledger_root_at(ledger, old, &old_root), OK);
		assert_int_equal(ledger_consistency(ledger, old, 1500, &proof), OK);
		assert_int_equal(consistency_verify(old, &old_root, 1500, &root, &proof), OK);
		struct hash leaf = merkle_leaf(entry_of(old));
		if (old == 1500)
			break;
		assert_int_equal(ledger_inclusion(ledger, old, 1500, &proof), OK);
		assert_int_equal(inclusion_verify(&leaf, old, 1500, &root, &proof), OK);
	}
	assert_int_equal(ledger_consistency(ledger, 5, 1501, &proof), FAIL_NOT_FOUND);
	ledger_close(ledger);
}

/* Flips one byte of the first segment, past its head. */
static void damage(long at)
{
	struct str path = str_printf(&arena, "%s/segments/00000001", log_folder);
	FILE *file = fopen(str_c(&arena, path), "r+");

	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	int byte = fgetc(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	assert_true(fputc(byte ^ 1, file) != EOF);
	assert_int_equal(fclose(file), 0);
}

static void damaged_entries_are_refused(void **state)
{
	struct ledger *ledger = writer(), *again;
	struct str entry;

	(void)state;
	append(ledger, 5);
	append(ledger, 5);
	damage(512 + 64 + 10);
	assert_int_equal(ledger_read(ledger, 0, &arena, &entry), FAIL_CORRUPT);
	assert_int_equal(ledger_read(ledger, 7, &arena, &entry), OK);
	ledger_close(ledger);
	assert_int_equal(file_remove(str_c(&arena, str_printf(&arena, "%s/settled", log_folder))), OK);
	assert_int_equal(ledger_open(log_folder, LEDGER_WRITE, &again), FAIL_CORRUPT);
	damage(512 + 64 + 10);
	again = writer();
	holds(again, 10);
	ledger_close(again);
}

static void a_check_on_all_cores_finds_what_was_damaged(void **state)
{
	struct ledger *ledger = writer();
	uint8_t public_key[32], secret[32] = { 9 };
	struct log_check found;

	(void)state;
	assert_int_equal(ed25519_public(secret, public_key), OK);
	struct note_key key = note_key_make(STR("demo.log"), NOTE_ED25519, public_key);
	append(ledger, 20000);
	assert_int_equal(ledger_publish(ledger, note_of(ledger, 20000)), OK);
	assert_int_equal(log_check(log_folder, &key, 0, (struct progress){ 0 }, &found), OK);
	assert_string_equal(found.defect, "");
	assert_int_equal(found.size, 20000);
	assert_int_equal(found.checkpoint_size, 20000);
	damage(512 + 64 + 10);
	damage(2000000);
	assert_int_equal(log_check(log_folder, &key, 3, (struct progress){ 0 }, &found), OK);
	assert_string_not_equal(found.defect, "");
	assert_int_equal(found.damaged, 2);
	assert_int_equal(found.first_damaged, 0);
	assert_int_equal(found.size, 20000);
	ledger_close(ledger);
}

static enum fail fails_on_flush(enum file_event event, const char *path, uint64_t at, struct str bytes)
{
	(void)path;
	(void)at;
	(void)bytes;
	return event == FILE_DID_FLUSH ? FAIL_IO : OK;
}

static void a_failed_flush_breaks_the_ledger(void **state)
{
	static const struct file_hooks hooks = { fails_on_flush };
	struct ledger *ledger = writer();

	(void)state;
	append(ledger, 3);
	stage(ledger, 3, AT_MS);
	file_hooks = &hooks;
	assert_int_equal(ledger_commit(ledger), FAIL_IO);
	file_hooks = NULL;
	assert_true(ledger_is_broken(ledger));
	assert_int_equal(ledger_size(ledger), 3);
	assert_int_equal(ledger_stage(ledger, entry_of(3), AT_MS, NULL), FAIL_CLOSED);
	assert_int_equal(ledger_commit(ledger), FAIL_CLOSED);
	assert_int_equal(ledger_publish(ledger, note_of(ledger, 3)), FAIL_CLOSED);
	ledger_close(ledger);
	ledger = writer();
	assert_true(ledger_size(ledger) == 3 || ledger_size(ledger) == 4);
	holds(ledger, ledger_size(ledger));
	ledger_close(ledger);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_new, folder_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(entries_survive_closing_and_killing),
		IN_FOLDER(a_command_that_fails_returns_to_its_mark),
		IN_FOLDER(a_group_that_crosses_quarters_makes_segments),
		IN_FOLDER(sizes_at_the_limits),
		IN_FOLDER(one_writer_and_readers_that_follow),
		IN_FOLDER(tiles_and_bundles_are_prefixes),
		IN_FOLDER(every_published_checkpoint_is_kept),
		IN_FOLDER(proofs_between_any_two_sizes),
		IN_FOLDER(damaged_entries_are_refused),
		IN_FOLDER(a_check_on_all_cores_finds_what_was_damaged),
		IN_FOLDER(a_failed_flush_breaks_the_ledger),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
