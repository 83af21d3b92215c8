#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/sql_tables.h"
#include "store/sqlite.h"

#include <cmocka.h>

static char folder[] = "/tmp/youju-remembered-XXXXXX";
static char path[64];
static struct store *store;
static sqlite3 *behind; /* the same file, not through the store */

static int open_both(void **state)
{
	(void)state;
	memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/a.db", folder);
	assert_int_equal(store_open(path, STORE_WRITE_NORMAL, &sql_tables, &store), OK);
	assert_int_equal(sqlite3_open(path, &behind), SQLITE_OK);
	return 0;
}

static int close_both(void **state)
{
	char command[96];

	(void)state;
	sqlite3_close(behind);
	store_close(&store);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static void person_add(int64_t person, const char *kind)
{
	assert_int_equal(store_run(store, TABLES_project_person_registered,
	                           VALUES(VALUE_INT("person", person), VALUE_INT("entry", person),
	                                  VALUE_TEXT("person_kind", str_from(kind)), VALUE_INT("details", 7),
	                                  VALUE_TEXT("details_digest", STR("d")), VALUE_NULL("import"))), OK);
}

/* "" when there is no such person. */
static const char *person_kind(int64_t person)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	static char kind[64];

	kind[0] = 0;
	assert_int_equal(store_ask(store, TABLES_fact_person, VALUES(VALUE_INT("person", person)), &rows), OK);
	if (rows_next(&rows)) {
		assert_int_equal(rows_kind(&rows, 0), STORE_TEXT);
		assert_int_equal(rows_i64(&rows, 1), 7);
		snprintf(kind, sizeof kind, "%.*s", STR_FMT(rows_text(&rows, 0)));
		assert_false(rows_next(&rows));
	}
	assert_int_equal(rows_fail(&rows), OK);
	return kind;
}

static void change_behind(const char *kind)
{
	char text[96];

	snprintf(text, sizeof text, "UPDATE person SET person_kind = '%s'", kind);
	assert_int_equal(sqlite3_exec(behind, text, NULL, NULL, NULL), SQLITE_OK);
}

static void rows_are_read_from_the_file_once(void **state)
{
	(void)state;
	person_add(1, "a");
	assert_string_equal(person_kind(1), "a");
	change_behind("b");
	assert_string_equal(person_kind(1), "a");
}

static void what_is_not_there_is_remembered_too(void **state)
{
	(void)state;
	assert_string_equal(person_kind(1), "");
	assert_int_equal(sqlite3_exec(behind, "INSERT INTO person VALUES (1, 1, 'a', 7, 'd', NULL)", NULL, NULL, NULL),
	                 SQLITE_OK);
	assert_string_equal(person_kind(1), "");
	person_add(2, "c");
	assert_string_equal(person_kind(1), "a");
}

static void writing_makes_forget(void **state)
{
	(void)state;
	person_add(1, "a");
	assert_string_equal(person_kind(1), "a");
	change_behind("b");
	assert_string_equal(person_kind(1), "a");
	person_add(2, "c");
	assert_string_equal(person_kind(1), "b");
}

static void writing_elsewhere_does_not(void **state)
{
	(void)state;
	person_add(1, "a");
	assert_string_equal(person_kind(1), "a");
	change_behind("b");
	assert_int_equal(store_run(store, TABLES_applied_set, VALUES(VALUE_INT("size", 9))), OK);
	assert_string_equal(person_kind(1), "a");
}

static void undoing_makes_forget(void **state)
{
	(void)state;
	assert_int_equal(store_begin(store), OK);
	assert_int_equal(store_mark(store), OK);
	person_add(1, "a");
	assert_string_equal(person_kind(1), "a");
	assert_int_equal(store_return(store), OK);
	assert_string_equal(person_kind(1), "");
	person_add(1, "b");
	assert_string_equal(person_kind(1), "b");
	store_rollback(store);
	assert_string_equal(person_kind(1), "");
}

static void a_write_that_fails_makes_forget(void **state)
{
	(void)state;
	person_add(1, "a");
	assert_string_equal(person_kind(1), "a");
	change_behind("b");
	assert_int_equal(store_run(store, TABLES_project_case_opened,
	                           VALUES(VALUE_INT("entry", 1), VALUE_NULL("case_no"), VALUE_NULL("office"),
	                                  VALUE_NULL("basis"), VALUE_NULL("opened_on"), VALUE_NULL("intake_no"),
	                                  VALUE_NULL("unconfirmed"), VALUE_NULL("session"), VALUE_NULL("import"))),
	                 FAIL_CONFLICT);
	assert_string_equal(person_kind(1), "b");
}

static void a_reader_remembers_nothing(void **state)
{
	struct store *reader = NULL;
	int64_t open;

	(void)state;
	assert_int_equal(store_open(path, STORE_READ, &sql_tables, &reader), OK);
	assert_null(reader->remembered);
	assert_int_equal(store_number(reader, TABLES_fact_state, NO_VALUES, &open), FAIL_NOT_FOUND);
	store_close(&reader);
}

/* More than there is room for: what does not fit is forgotten, never wrong; rows in use stay as they are. */
static void more_than_there_is_room_for(void **state)
{
	enum { PEOPLE = 40000 };
	AUTO(rows_end) struct rows_found held = ROWS_NONE;
	char kind[32];

	(void)state;
	assert_int_equal(store_begin(store), OK);
	for (int64_t i = 1; i <= PEOPLE; i++) {
		snprintf(kind, sizeof kind, "kind %lld", (long long)i);
		person_add(i, kind);
	}
	for (int round = 0; round < 3; round++) {
		for (int64_t i = 1; i <= PEOPLE; i++) {
			snprintf(kind, sizeof kind, "kind %lld", (long long)i);
			assert_string_equal(person_kind(i), kind);
		}
		if (round == 0) {
			assert_int_equal(store_ask(store, TABLES_fact_case, VALUES(VALUE_TEXT("case_no", STR("x"))),
			                           &held), OK);
			assert_false(rows_next(&held));
		}
	}
	store_rollback(store);
}

/* --- every statement of the catalogue --- */

static bool has_word(const char *text, const char *word, size_t len)
{
	for (const char *at = text; (at = memmem(at, strlen(at), word, len)); at++)
		if ((at == text || (!isalnum((unsigned char)at[-1]) && at[-1] != '_')) &&
		    !isalnum((unsigned char)at[len]) && at[len] != '_')
			return true;
	return false;
}

static bool reads_table(const char *text, const char *table, size_t len)
{
	static const char *const leads[] = { "FROM ", "JOIN " };
	char name[64];

	for (size_t i = 0; i < ARRAY_LEN(leads); i++) {
		snprintf(name, sizeof name, "%s%.*s", leads[i], (int)len, table);
		if (has_word(text, name, strlen(name)))
			return true;
	}
	return false;
}

/* The table that a statement writes: its second or third word. */
static bool table_written(const char *text, const char **table, size_t *len)
{
	static const char *const leads[] = { "INSERT INTO ", "INSERT OR REPLACE INTO ", "INSERT OR IGNORE INTO ",
		                             "UPDATE ", "DELETE FROM " };

	for (size_t i = 0; i < ARRAY_LEN(leads); i++)
		if (strncmp(text, leads[i], strlen(leads[i])) == 0) {
			*table = text + strlen(leads[i]);
			*len = strcspn(*table, " (");
			return true;
		}
	return false;
}

/* Whether one of the columns that UPDATE sets stands in the other's text. */
static bool sets_a_word_of(const char *update, const char *text)
{
	const char *at = strstr(update, " SET ") + 5, *end = strstr(update, " WHERE ");

	for (end = end ? end : update + strlen(update); at < end; at++) {
		size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyz_");
		if (len && strncmp(at + len, " = ", 3) == 0 && has_word(text, at, len))
			return true;
		at += len;
	}
	return false;
}

/* Judged by the words of the texts, apart from what SQLite says. */
static void no_statement_writes_what_is_remembered_unnoticed(void **state)
{
	size_t remembered = 0, noticed = 0;

	(void)state;
	for (size_t i = 0; i < sql_tables.statement_count; i++) {
		const struct store_statement *kept = &sql_tables.statements[i];
		if (!kept->remembered)
			continue;
		remembered++;
		for (size_t j = 0; j < sql_tables.statement_count; j++) {
			const char *text = sql_tables.statements[j].text, *table;
			struct store_value none[STATEMENT_FIELDS_MAX];
			size_t len, count = sql_tables.statements[j].field_count;
			if (!table_written(text, &table, &len) || !reads_table(kept->text, table, len) ||
			    (text[0] == 'U' && !sets_a_word_of(text, kept->text)))
				continue;
			for (size_t f = 0; f < count; f++)
				none[f] = (struct store_value){ sql_tables.statements[j].fields[f], STORE_NULL, 0, STR("") };
			assert_int_equal(store_begin(store), OK);
			(void)!store_run(store, (int)j, (struct store_values){ none, count });
			store_rollback(store);
			int place = remembered_place(store->remembered, (int)i);
			if (!(store->prepared[j].forgotten >> place & 1))
				fail_msg("%.*s does not make %.*s forget", STR_FMT(sql_tables.statements[j].name),
				         STR_FMT(kept->name));
			noticed++;
		}
	}
	assert_true(remembered >= 10 && noticed >= 40);
}

static void a_question_makes_nobody_forget(void **state)
{
	static const int by_question[] = { TABLES_project_query_asked, TABLES_project_query_asked_2,
		                           TABLES_project_query_answered, TABLES_project_request };
	struct store_value none[STATEMENT_FIELDS_MAX];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(by_question); i++) {
		const struct store_statement *said = &sql_tables.statements[by_question[i]];
		for (size_t f = 0; f < said->field_count; f++)
			none[f] = (struct store_value){ said->fields[f], STORE_NULL, 0, STR("") };
		(void)!store_run(store, by_question[i], (struct store_values){ none, said->field_count });
		assert_non_null(store->prepared[by_question[i]].statement);
		assert_true(store->prepared[by_question[i]].forgotten == 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rows_are_read_from_the_file_once, open_both, close_both),
		cmocka_unit_test_setup_teardown(what_is_not_there_is_remembered_too, open_both, close_both),
		cmocka_unit_test_setup_teardown(writing_makes_forget, open_both, close_both),
		cmocka_unit_test_setup_teardown(writing_elsewhere_does_not, open_both, close_both),
		cmocka_unit_test_setup_teardown(undoing_makes_forget, open_both, close_both),
		cmocka_unit_test_setup_teardown(a_write_that_fails_makes_forget, open_both, close_both),
		cmocka_unit_test_setup_teardown(a_reader_remembers_nothing, open_both, close_both),
		cmocka_unit_test_setup_teardown(more_than_there_is_room_for, open_both, close_both),
		cmocka_unit_test_setup_teardown(no_statement_writes_what_is_remembered_unnoticed, open_both, close_both),
		cmocka_unit_test_setup_teardown(a_question_makes_nobody_forget, open_both, close_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
