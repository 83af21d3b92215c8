#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "store/sql_tables.h"
#include "store/sql_vault.h"

#include <cmocka.h>

static char folder[] = "/tmp/youju-store-XXXXXX";
static char path[64], copy_path[64];

static int folder_make(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/a.db", folder);
	snprintf(copy_path, sizeof copy_path, "%s/b.db", folder);
	return 0;
}

static int folder_remove(void **state)
{
	char command[96];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static struct store *opened(enum store_mode mode)
{
	struct store *store = NULL;

	assert_int_equal(store_open(path, mode, &sql_vault, &store), OK);
	return store;
}

static enum fail add(struct store *store, int64_t id)
{
	return store_run(store, VAULT_document_add,
	                 VALUES(VALUE_BYTES("sealed", STR("\0\1")), VALUE_TEXT("period", STR("2026Q4")),
	                        VALUE_INT("log_size", 9), VALUE_INT("id", id)));
}

static int64_t count(struct store *store)
{
	int64_t n = -1;

	assert_int_equal(store_number(store, VAULT_document_count, NO_VALUES, &n), OK);
	return n;
}

static void prepare_all(const struct store_catalog *catalog)
{
	AUTO(store_close) struct store *store = NULL;
	struct store_value nothing[24];

	assert_int_equal(store_open("", STORE_MEMORY, catalog, &store), OK);
	for (size_t i = 0; i < catalog->statement_count; i++) {
		const struct store_statement *said = &catalog->statements[i];
		AUTO(rows_end) struct rows_found rows = ROWS_NONE;
		assert_true(said->field_count <= ARRAY_LEN(nothing));
		for (size_t f = 0; f < said->field_count; f++)
			nothing[f] = (struct store_value){ said->fields[f], STORE_NULL, 0, STR("") };
		assert_int_equal(store_ask(store, (int)i, (struct store_values){ nothing, said->field_count },
		                           &rows), OK);
	}
}

static void every_statement_can_be_prepared(void **state)
{
	(void)state;
	prepare_all(&sql_vault);
	prepare_all(&sql_tables);
}

static void values_are_bound_by_name(void **state)
{
	AUTO(store_close) struct store *store = opened(STORE_WRITE_FULL);
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	(void)state;
	assert_int_equal(add(store, -5), OK);
	assert_int_equal(add(store, -5), FAIL_CONFLICT);
	assert_int_equal(store_ask(store, VAULT_document_of, VALUES(VALUE_INT("id", -5)), &rows), OK);
	assert_true(rows_next(&rows));
	assert_true(str_is(rows_text(&rows, 0), "2026Q4"));
	assert_true(str_eq(rows_text(&rows, 1), STR("\0\1")));
	assert_true(rows_is_null(&rows, 2));
	assert_false(rows_next(&rows));
	assert_int_equal(rows_fail(&rows), OK);
}

static void marks_nest_in_a_transaction(void **state)
{
	AUTO(store_close) struct store *store = opened(STORE_WRITE_NORMAL);

	(void)state;
	assert_int_equal(count(store), 1);
	assert_int_equal(store_begin(store), OK);
	assert_int_equal(add(store, 1), OK);
	assert_int_equal(store_mark(store), OK);
	assert_int_equal(add(store, 2), OK);
	assert_int_equal(store_return(store), OK);
	assert_int_equal(store_mark(store), OK);
	assert_int_equal(add(store, 3), OK);
	assert_int_equal(store_keep(store), OK);
	assert_int_equal(store_commit(store), OK);
	assert_int_equal(count(store), 3);
	assert_int_equal(store_begin(store), OK);
	assert_int_equal(add(store, 4), OK);
	store_rollback(store);
	assert_int_equal(count(store), 3);
}

static void a_reader_cannot_write(void **state)
{
	AUTO(store_close) struct store *store = opened(STORE_READ);

	(void)state;
	assert_int_equal(count(store), 3);
	assert_int_not_equal(add(store, 77), OK);
}

static void a_missing_file_is_not_made_by_a_reader(void **state)
{
	struct store *store = NULL;

	(void)state;
	assert_int_equal(store_open(copy_path, STORE_READ, &sql_vault, &store), FAIL_NOT_FOUND);
	assert_false(file_exists(copy_path));
}

static void a_foreign_schema_is_refused(void **state)
{
	static const char *const texts[] = { "CREATE TABLE t (a INTEGER)", NULL };
	static const struct store_migration other[] = { { "001_other", texts } };
	struct store_catalog foreign = sql_vault;
	struct store *store = NULL;

	(void)state;
	foreign.migrations = other;
	assert_int_equal(store_open(path, STORE_WRITE_FULL, &foreign, &store), FAIL_CORRUPT);
}

static void a_backup_holds_the_same_rows_until_one_is_edited(void **state)
{
	AUTO(store_close) struct store *store = opened(STORE_WRITE_FULL);
	AUTO(store_close) struct store *copy = NULL;
	AUTO(arena_close) struct arena arena = arena_open(1 << 16);
	const struct store_table *documents = &sql_vault.tables[0];
	struct str differences[2];
	size_t count;

	(void)state;
	assert_int_equal(store_scrub(store), OK);
	assert_int_equal(store_backup(store, copy_path), OK);
	assert_int_equal(store_open(copy_path, STORE_WRITE_FULL, &sql_vault, &copy), OK);
	assert_int_equal(store_table_compare(store, copy, documents, &arena, 2, differences, &count), OK);
	assert_int_equal(count, 0);
	assert_int_equal(store_run(copy, VAULT_documents_sweep, VALUES(VALUE_INT("log_size", 0))), OK);
	assert_int_equal(store_changed(copy), 3);
	assert_int_equal(store_table_compare(store, copy, documents, &arena, 2, differences, &count), OK);
	assert_int_equal(count, 2);
	assert_true(str_is(differences[0], "table document: key -5 stands only in the tables"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_can_be_prepared),
		cmocka_unit_test(values_are_bound_by_name),
		cmocka_unit_test(marks_nest_in_a_transaction),
		cmocka_unit_test(a_reader_cannot_write),
		cmocka_unit_test(a_missing_file_is_not_made_by_a_reader),
		cmocka_unit_test(a_foreign_schema_is_refused),
		cmocka_unit_test(a_backup_holds_the_same_rows_until_one_is_edited),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
