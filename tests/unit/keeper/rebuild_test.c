#include <sqlite3.h>

#include "base/file.h"
#include "keeper/rebuild.h"

#include "world.h"

static char tables_path[96], scratch_path[96], log_path[96];
static struct ledger *ledger;

/* The office of world.h, a question and an answer, as a log and as tables in a file. */
static int log_open(void **state)
{
	struct session_id custodian, supervisor, mei;
	struct command ask, deliver = world_command(COMMAND_deliver);

	world_open(state);
	world_office(&custodian, &supervisor);
	mei = world_sign_in("陳美", "0005", "c3");
	ask = world_ask("1");
	struct facts facts = world_facts(mei);
	granted(world_do(&ask, &facts, &deliver.deliver.asked.n));
	facts = world_facts((struct session_id){ 0 });
	facts.delivery = (struct fact_delivery){ .result = RESULT_FOUND, .verdict = ANSWER_NEEDS_REVIEW,
		                                 .answer = STR("{}"), .day_table = STR("{}"),
		                                 .rows_digest = STR(""), .data_as_of = DATE_NONE };
	granted(world_do(&deliver, &facts, NULL));
	ask = world_ask("Y200000002");
	facts = world_facts(mei);
	assert_int_equal(world_do(&ask, &facts, NULL).refusal, REFUSED_SUBJECT_NOT_IN_CASE);

	snprintf(tables_path, sizeof tables_path, "%s/youju.db", world.folder);
	snprintf(scratch_path, sizeof scratch_path, "%s/compare.db", world.folder);
	snprintf(log_path, sizeof log_path, "%s/log", world.folder);
	assert_int_equal(ledger_open(log_path, LEDGER_WRITE, &ledger), OK);
	return 0;
}

static int log_close(void **state)
{
	ledger_close(ledger);
	return world_close(state);
}

static void log_append(uint64_t from, uint64_t to)
{
	for (uint64_t i = from; i < to; i++)
		assert_int_equal(ledger_stage(ledger, world.entries[i], world.now_ms, NULL), OK);
	assert_int_equal(ledger_commit(ledger), OK);
}

static struct store *tables_open(void)
{
	struct store *tables = NULL;

	assert_int_equal(store_open(tables_path, STORE_WRITE_NORMAL, &sql_tables, &tables), OK);
	return tables;
}

static struct rebuild_report compared(struct store *tables, const char *scratch)
{
	struct rebuild_report report;

	assert_int_equal(tables_compare(tables, ledger, scratch, NULL, &world.arena, &report), OK);
	return report;
}

static void edit(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(tables_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void tables_in_use_are_those_of_the_log(void **state)
{
	AUTO(store_close) struct store *tables = tables_open();

	(void)state;
	log_append(0, world.next_entry);
	assert_int_equal(tables_follow(tables, ledger), OK);
	struct rebuild_report report = compared(tables, scratch_path);
	assert_int_equal(report.count, 0);
	assert_int_equal(report.entries, world.next_entry);
	assert_false(file_exists(scratch_path));
	/* And those that the commands made as they went are the same. */
	assert_int_equal(compared(world.tables, NULL).count, 0);
}

static void a_restart_in_the_middle_changes_nothing(void **state)
{
	uint64_t end;

	(void)state;
	end = world.next_entry;
	for (uint64_t cut = 0; cut <= end; cut += 5) {
		log_append(ledger_size(ledger), cut);
		AUTO(store_close) struct store *tables = tables_open();
		assert_int_equal(tables_follow(tables, ledger), OK);
	}
	log_append(ledger_size(ledger), end);
	AUTO(store_close) struct store *tables = tables_open();
	assert_int_equal(tables_follow(tables, ledger), OK);
	assert_int_equal(tables_follow(tables, ledger), OK);
	assert_int_equal(compared(tables, NULL).count, 0);
}

static void made(const char *sql)
{
	struct store *tables = tables_open();

	log_append(0, world.next_entry);
	assert_int_equal(tables_follow(tables, ledger), OK);
	store_close(&tables);
	edit(sql);
}

static void an_edited_row_is_found_without_its_content(void **state)
{
	(void)state;
	made("UPDATE query SET verdict = 'eligible', state = 'answered'");
	AUTO(store_close) struct store *tables = tables_open();
	struct rebuild_report report = compared(tables, NULL);
	assert_int_equal(report.count, 1);
	assert_non_null(strstr(str_c(&world.arena, report.at[0]), "table query: key "));
	assert_non_null(strstr(str_c(&world.arena, report.at[0]), "differs in verdict"));
	assert_null(strstr(str_c(&world.arena, report.at[0]), "eligible"));
}

static void removed_and_added_rows_are_found(void **state)
{
	size_t at;

	(void)state;
	made("DELETE FROM refusal; INSERT INTO calendar VALUES (20790, 'holiday', 7, NULL);"
	     "UPDATE party SET person = person + 1 WHERE party_no = 2");
	AUTO(store_close) struct store *tables = tables_open();
	struct rebuild_report report = compared(tables, NULL);
	assert_int_equal(report.count, 3);
	assert_true(str_find(report.at[0], STR("calendar: key 20790 stands only in the tables"), &at));
	assert_true(str_find(report.at[1], STR("/2 differs in person"), &at));
	assert_true(str_find(report.at[2], STR("stands only in the log"), &at));
}

static void a_trigger_is_found(void **state)
{
	size_t at;

	(void)state;
	made("CREATE TRIGGER quiet AFTER INSERT ON refusal BEGIN DELETE FROM refusal; END");
	AUTO(store_close) struct store *tables = tables_open();
	struct rebuild_report report = compared(tables, NULL);
	assert_int_equal(report.count, 1);
	assert_true(str_find(report.at[0], STR("schema: key trigger/quiet"), &at));
}

static void a_position_beyond_the_log_is_found(void **state)
{
	(void)state;
	made("UPDATE applied SET size = size + 1");
	AUTO(store_close) struct store *tables = tables_open();
	assert_int_equal(tables_follow(tables, ledger), FAIL_CORRUPT);
	assert_in_range(compared(tables, NULL).count, 1, 2);
}

static void steps_count(void *context, uint64_t done, uint64_t total)
{
	assert_in_range(done, 1, total);
	++*(int *)context;
}

static void edited_tables_are_made_anew(void **state)
{
	int steps = 0;
	struct rebuild_progress progress = { steps_count, &steps };

	(void)state;
	made("DELETE FROM session; DROP TABLE refusal");
	assert_int_equal(tables_rebuild(tables_path, ledger, &progress), OK);
	assert_in_range(steps, 1, 100);
	AUTO(store_close) struct store *tables = tables_open();
	assert_int_equal(compared(tables, NULL).count, 0);
}

static void an_entry_of_a_later_version_is_not_guessed(void **state)
{
	AUTO(store_close) struct store *tables = tables_open();

	(void)state;
	log_append(0, 3);
	assert_int_equal(ledger_stage(ledger, STR("{\"v\":2}"), world.now_ms, NULL), OK);
	assert_int_equal(ledger_commit(ledger), OK);
	assert_int_equal(tables_follow(tables, ledger), FAIL_CORRUPT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define WITH_LOG(name) cmocka_unit_test_setup_teardown(name, log_open, log_close)
		WITH_LOG(tables_in_use_are_those_of_the_log),
		WITH_LOG(a_restart_in_the_middle_changes_nothing),
		WITH_LOG(an_edited_row_is_found_without_its_content),
		WITH_LOG(removed_and_added_rows_are_found),
		WITH_LOG(a_trigger_is_found),
		WITH_LOG(a_position_beyond_the_log_is_found),
		WITH_LOG(edited_tables_are_made_anew),
		WITH_LOG(an_entry_of_a_later_version_is_not_guessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
