
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "outcome.h"
#include "store/sql_tables.h"
#include "store/sql_vault.h"

static struct office office;

static void the_office_starts(void **state)
{
	(void)state;
	outcome_is(office_first_start(&office), "granted", "");
	outcome_is(office_first_start(&office), "refused", "first_start_over");
}

static void lists_are_imported(void **state)
{
	char *staff = NULL;

	(void)state;
	outcome_is(office_import(&office, "organisation",
	                         "office,name,office_kind,parent\n"
	                         "sanmin,三民區公所,district_office,bureau\n"
	                         "zuoying,左營區公所,district_office,bureau\n"), "granted", "");
	assert_true(asprintf(&staff,
	                     "id_no,name,office,duty,valid_from,card_serial\n"
	                     "A200000003,王小美,sanmin,officer,2026-01-01,%.*s\n"
	                     "E123456783,林左營,zuoying,officer,2026-01-01,%.*s\n",
	                     STR_FMT(office.serials[CARD_MEI]), STR_FMT(office.serials[CARD_LIN])) > 0);
	outcome_is(office_import(&office, "staff", staff), "granted", "");
	free(staff);
	outcome_is(office_do(&office, CARD_CUSTODIAN, "propose_basis", NULL,
	                     FIELDS("basis", "B_LOW", "name", "低收入戶", "data_request", "社會救助法第44條之3",
	                            "day_test", "true", "items", "item_1", "valid_from", "2026-11-24")),
	           "granted", "");
	const struct message *proposals = office_show(&office, CARD_SUPERVISOR, "proposals", NO_FIELDS);
	outcome_is(proposals, "granted", "");
	assert_int_equal(proposals->sheet_count, 1);
	struct str proposal = sheet_cell(&proposals->sheets[0], 0, STR("key"));
	outcome_is(office_do(&office, CARD_CUSTODIAN, "approve_proposal", NULL, FIELDS("proposal", proposal.at)),
	           "refused", "own_act");
	outcome_is(office_do(&office, CARD_SUPERVISOR, "approve_proposal", NULL,
	                     FIELDS("proposal", str_c(&office.arena, proposal))), "granted", "");
	outcome_is(office_import(&office, "cases",
	                         "case_no,office,legal_basis,opened_on,party_no,id_no,name,birth_date,person_kind,relation\n"
	                         "113-0041,sanmin,B_LOW,2026-11-01,1,X100000009,張測試,1960-01-01,registered_national,claimant\n"),
	           "granted", "");
	outcome_is(office_import(&office, "grants",
	                         "id_no,office,item,legal_basis,valid_from,valid_to\n"
	                         "A200000003,sanmin,item_1,B_LOW,2026-01-01,2027-12-31\n"), "granted", "");
}

static const char *const question[] = { "case_no", "113-0041", "subject", "1", "legal_basis", "B_LOW", "purpose",
	                                "yearly_recheck", "item", "item_1", "range", "residence",
	                                "anchor_date", "2026-11-24", NULL };

static void an_officer_is_answered(void **state)
{
	(void)state;
	const struct message *reply = office_do(&office, CARD_MEI, "ask", "AAAAAAAAAAAAAAAAAAAAAA", question);
	size_t at;

	outcome_is(reply, "granted", "");
	assert_true(str_find(message_get(reply, "answer"), STR("\"verdict\":\"needs_review\""), &at));
	assert_int_equal(message_get_u64(reply, "entry"), message_get_u64(reply, "asked_entry") + 1);
}

static void the_same_request_has_the_same_outcome(void **state)
{
	(void)state;
	const struct message *first = office_do(&office, CARD_MEI, "ask", "BAAAAAAAAAAAAAAAAAAAAA", question);
	uint64_t entry = message_get_u64(first, "entry");
	const struct message *again = office_do(&office, CARD_MEI, "ask", "BAAAAAAAAAAAAAAAAAAAAA", question);

	outcome_is(again, "granted", "");
	assert_int_equal(message_get_u64(again, "entry"), entry);
	assert_true(message_get(again, "answer").len > 0);
	const char *other[ARRAY_LEN(question)];
	memcpy(other, question, sizeof other);
	other[3] = "2";
	outcome_is(office_do(&office, CARD_MEI, "ask", "BAAAAAAAAAAAAAAAAAAAAA", other), "refused",
	           "request_reused");
}

static void another_office_is_refused(void **state)
{
	(void)state;
	outcome_is(office_do(&office, CARD_LIN, "ask", NULL, question), "refused", "case_of_other_office");
}

static void nothing_is_lost_over_a_restart(void **state)
{
	(void)state;
	keeper_close(&office.keeper);
	office_open(&office);
	const struct message *list = office_show(&office, CARD_MEI, "my_queries", NO_FIELDS);
	outcome_is(list, "granted", "");
	assert_int_equal(list->sheets[0].row_count, 2);
}

/* A file that is no database at all stands where the tables were: another version had made them. */
/* Whoever pastes twice, because the first answer was lost on the way, is told the answer again. */
static void a_pasted_answer_is_told_again(void **state)
{
	const char *const *by_person = FIELDS("case_no", "113-0041", "subject", "1", "legal_basis", "B_LOW", "purpose",
	                                     "yearly_recheck", "item", "item_1", "range", "residence", "anchor_date",
	                                     "2026-11-24", "waits_for", "person");

	(void)state;
	const struct message *waiting = office_do(&office, CARD_MEI, "ask", NULL, by_person);
	outcome_is(waiting, "waiting", "");
	const char *asked = str_c(&office.arena, message_get(waiting, "asked_entry"));
	const char *const *pasted = FIELDS("asked", asked, "result", "not_found");
	const struct message *first = office_do(&office, CARD_MEI, "paste_answer", "PASTEAAAAAAAAAAAAAAAAA", pasted);
	outcome_is(first, "granted", "");
	struct str answer = message_get(first, "answer");
	uint64_t entry = message_get_u64(first, "entry");
	const struct message *again = office_do(&office, CARD_MEI, "paste_answer", "PASTEAAAAAAAAAAAAAAAAA", pasted);
	outcome_is(again, "granted", "");
	assert_int_equal(message_get_u64(again, "entry"), entry);
	assert_true(answer.len > 0 && str_eq(message_get(again, "answer"), answer));
}

static void tables_of_another_version_are_made_again(void **state)
{
	char path[512];

	(void)state;
	keeper_close(&office.keeper);
	snprintf(path, sizeof path, "%s/youju.db.version", office.dir);
	must(file_save(path, STR("another")));
	snprintf(path, sizeof path, "%s/youju.db", office.dir);
	must(file_save(path, STR("made by another version")));
	office_open(&office);
	const struct message *list = office_show(&office, CARD_MEI, "my_queries", NO_FIELDS);
	outcome_is(list, "granted", "");
	assert_int_equal(list->sheets[0].row_count, 2);
}

static void a_silent_source_fails_the_question(void **state)
{
	int64_t wait_ms;

	(void)state;
	office.courier_silent = true;
	assert_null(office_do(&office, CARD_MEI, "ask", NULL, question));
	uint64_t asked = office.next_id;
	office.now_ms += 60000;
	must(keeper_tick(office.keeper, &wait_ms));
	office_settle(&office);
	const struct message *reply = office_reply(&office, asked);
	outcome_is(reply, "failed", "");
	assert_true(str_is(message_get(reply, "fail"), "timeout"));
	office.courier_silent = false;
}

static void a_restart_fails_what_was_open(void **state)
{
	(void)state;
	office.courier_silent = true;
	assert_null(office_do(&office, CARD_MEI, "ask", "CAAAAAAAAAAAAAAAAAAAAA", question));
	keeper_close(&office.keeper);
	office_open(&office);
	office.courier_silent = false;
	const struct message *reply = office_do(&office, CARD_MEI, "ask", "CAAAAAAAAAAAAAAAAAAAAA", question);
	outcome_is(reply, "failed", "");
	assert_true(str_is(message_get(reply, "fail"), "restarted"));
}

static bool is_zeros(struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bytes.at[i])
			return false;
	return true;
}

static int64_t rows_counted(const char *file, const struct store_catalog *catalog, int statement,
                            bool (*counts)(const struct rows_found *rows))
{
	AUTO(store_close) struct store *store = NULL;
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	char path[96];
	int64_t count = 0;

	snprintf(path, sizeof path, "%s/%s", office.dir, file);
	must(store_open(path, STORE_READ, catalog, &store));
	must(store_ask(store, statement, NO_VALUES, &rows));
	while (rows_next(&rows))
		count += !counts || counts(&rows);
	return count;
}

static int64_t rows_of(const char *file, const struct store_catalog *catalog, int statement)
{
	return rows_counted(file, catalog, statement, NULL);
}

/* An erased key is zeros. */
static bool is_living(const struct rows_found *rows)
{
	return !is_zeros(rows_text(rows, 2));
}

static int64_t keys_living(void)
{
	return rows_counted("vault.db", &sql_vault, VAULT_dump_document_key, is_living);
}

/* The tables are written a little after the answers. */
static void tables_hold(int statement, int64_t expected)
{
	int64_t wait_ms;

	for (int i = 0; i < 300 && rows_of("youju.db", &sql_tables, statement) != expected; i++) {
		usleep(20000);
		must(keeper_tick(office.keeper, &wait_ms));
		office_settle(&office);
	}
	assert_int_equal(rows_of("youju.db", &sql_tables, statement), expected);
}

static void ticked(void)
{
	int64_t wait_ms;

	office.now_ms += 2000;
	usleep(1100000);
	must(keeper_tick(office.keeper, &wait_ms));
	office_settle(&office);
}

/* result.review_keep_days after the decision, in three steps: ordered, destroyed, confirmed. */
static void a_day_table_is_destroyed_after_the_decision(void **state)
{
	(void)state;
	outcome_is(office_do(&office, CARD_MEI, "decide_case", NULL,
	                     FIELDS("case_no", "113-0041", "decision", "deny", "decided_on", "2026-11-24")),
	           "granted", "");
	int64_t keys = keys_living();
	office.now_ms += 61ll * 86400000;
	ticked();
	assert_int_equal(keys_living(), keys);
	ticked();
	assert_int_equal(keys_living(), keys - 3);
	tables_hold(TABLES_dump_erasure, 3);
	tables_hold(TABLES_erasures_open, 0);
}

static const struct message *operator_says(const char *verb, const char *detail)
{
	struct message message = message_new(&office.arena, MESSAGE_OPERATOR, ++office.next_id);

	message_put(&message, "verb", str_from(verb));
	message_put(&message, "os_user", STR("root"));
	message_put(&message, "detail", str_from(detail));
	return office_say(&office, &message);
}

/* The copy holds its own order: it was made after the entry was durable. */
static void a_backup_holds_what_the_log_holds(void **state)
{
	char folder[96], copy[160];
	int64_t size;
	struct store *tables = NULL;

	(void)state;
	snprintf(folder, sizeof folder, "%s/run/backup", office.dir);
	must(dir_make(folder));
	const struct message *reply = operator_says("backup", folder);
	outcome_is(reply, "granted", "");
	snprintf(copy, sizeof copy, "%s/youju.db", folder);
	must(store_open(copy, STORE_READ, &sql_tables, &tables));
	must(store_number(tables, TABLES_applied_get, NO_VALUES, &size));
	store_close(&tables);
	assert_int_equal(size, message_get_u64(reply, "entry") + 1);
	outcome_is(operator_says("backup", "relative"), "invalid", "");
	outcome_is(operator_says("backup", "/nowhere/at/all"), "failed", "");
}

/* The answer could not be sealed: nobody saw it, and the question ends as failed. */
static void a_dropped_answer_ends_the_question(void **state)
{
	struct rlimit nothing = { 0, RLIM_INFINITY }, all = { RLIM_INFINITY, RLIM_INFINITY };

	(void)state;
	office.courier_silent = true;
	assert_null(office_do(&office, CARD_MEI, "ask", "DAAAAAAAAAAAAAAAAAAAAA", question));
	size_t plans = office.heard_count;
	setrlimit(RLIMIT_FSIZE, &nothing);
	for (size_t i = 0; i < plans; i++)
		if (office.heard[i].kind == MESSAGE_PLAN)
			office_courier(&office, &office.heard[i]);
	must(keeper_settle(office.keeper));
	setrlimit(RLIMIT_FSIZE, &all);
	outcome_is(office_reply(&office, office.next_id), "failed", "");
	ticked();
	office.courier_silent = false;
	const struct message *reply = office_do(&office, CARD_MEI, "ask", "DAAAAAAAAAAAAAAAAAAAAA", question);
	outcome_is(reply, "failed", "");
	assert_true(str_is(message_get(reply, "fail"), "error"));
}

static int make(void **state)
{
	(void)state;
	office_make(&office);
	signal(SIGXFSZ, SIG_IGN);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	office_remove(&office);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_office_starts),
		cmocka_unit_test(lists_are_imported),
		cmocka_unit_test(an_officer_is_answered),
		cmocka_unit_test(the_same_request_has_the_same_outcome),
		cmocka_unit_test(another_office_is_refused),
		cmocka_unit_test(nothing_is_lost_over_a_restart),
		cmocka_unit_test(tables_of_another_version_are_made_again),
		cmocka_unit_test(a_silent_source_fails_the_question),
		cmocka_unit_test(a_restart_fails_what_was_open),
		cmocka_unit_test(a_backup_holds_what_the_log_holds),
		cmocka_unit_test(a_pasted_answer_is_told_again),
		cmocka_unit_test(a_dropped_answer_ends_the_question),
		cmocka_unit_test(a_day_table_is_destroyed_after_the_decision),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
