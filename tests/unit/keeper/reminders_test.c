/* Reminder mails: whom they reach, on which days, and what follows when one does not leave. */
#include "outcome.h"

static struct office office;

static const char STAFF[] =
	"id_no,name,office,unit,title,email,duty,valid_from\n"
	"A123456789,陳專責,bureau,,,custodian@kcg.example.tw,custodian,2026-11-24\n"
	"A100000001,林主管,bureau,,,supervisor@kcg.example.tw,supervisor,2026-11-24\n"
	"A200000003,王小美,sanmin,社會課,課員,mei@kcg.example.tw,officer,2026-11-24\n" /* nothing waits for her */
	"E123456783,林左營,bureau,,,,supervisor,2026-11-24\n";                        /* no address */

static void granted(const struct message *reply)
{
	outcome_is(reply, "granted", "");
}

static const struct message *newest_mail(void)
{
	for (size_t i = office.heard_count; i > 0; i--)
		if (office.heard[i - 1].kind == MESSAGE_MAIL) {
			assert_int_equal(office.heard_by[i - 1], FROM_MESSENGER);
			return &office.heard[i - 1];
		}
	return NULL;
}

/* What is due at this hour, at once: the operator's word makes the next tick come. NULL: no mail. */
static const struct message *mail_at(const char *utc)
{
	struct message message = message_new(&office.arena, MESSAGE_OPERATOR, ++office.next_id);
	int64_t wait_ms;

	must(time_parse_utc(str_from(utc), &office.now_ms));
	message_put(&message, "verb", STR("clock"));
	message_put(&message, "os_user", STR("test"));
	granted(office_say(&office, &message));
	office.heard_count = 0;
	must(keeper_tick(office.keeper, &wait_ms));
	office_settle(&office);
	return newest_mail();
}

/* What the messenger says, and the mail that follows at once. */
static const struct message *mailed(const struct message *mail, const char *outcome, const char *why)
{
	struct message message = message_new(&office.arena, MESSAGE_MAILED, mail->id);

	message_put(&message, "outcome", str_from(outcome));
	if (why[0])
		message_put(&message, "why", str_from(why));
	office.heard_count = 0;
	office_run(&office, PEER_MESSENGER, FROM_MESSENGER, &message);
	office_settle(&office);
	return newest_mail();
}

static size_t times_in_log(const char *text)
{
	const char *command = str_printf(&office.arena, "cat %s/log/segments/* | grep -aoF '%s' | wc -l", office.dir, text).at;
	FILE *pipe = popen(command, "r");
	size_t times = 0;

	assert_non_null(pipe);
	assert_int_equal(fscanf(pipe, "%zu", &times), 1);
	pclose(pipe);
	return times;
}

static void both_are_reminded(const struct message *mail, struct str *first_to, struct str *first_stamp)
{
	assert_non_null(mail);
	assert_true(str_is(message_get(mail, "tasks"), "1") && str_is(message_get(mail, "overdue"), "0"));
	assert_int_equal(mail->head_count, 5);
	struct str to = str_copy(&office.arena, message_get(mail, "to"));
	*first_stamp = str_copy(&office.arena, message_get(mail, "stamp"));
	mail = mailed(mail, "sent", "");
	assert_non_null(mail);
	struct str other = message_get(mail, "to");
	assert_true(str_is(to, "custodian@kcg.example.tw") ? str_is(other, "supervisor@kcg.example.tw") :
	            str_is(to, "supervisor@kcg.example.tw") && str_is(other, "custodian@kcg.example.tw"));
	assert_null(mailed(mail, "sent", ""));
	*first_to = to;
}

static void nobody_is_reminded_unless_the_office_says_so(void **state)
{
	(void)state;
	assert_null(mail_at("2026-11-24T02:00:00.000Z"));
	granted(office_do(&office, CARD_CUSTODIAN, "propose_parameter", NULL,
	                  FIELDS("name", "reminder.daily", "value", "on", "effective", "2026-11-24")));
	struct str proposal = str_copy(&office.arena, message_get(office_reply(&office, office.next_id), "entry"));
	assert_null(mail_at("2026-11-24T02:10:00.000Z"));
	granted(office_do(&office, CARD_SUPERVISOR, "approve_proposal", NULL,
	                  FIELDS("proposal", str_c(&office.arena, proposal))));
}

static void whoever_has_tasks_and_an_address_is_reminded_once_a_day(void **state)
{
	struct str first, first_again, stamp, stamp_again;

	(void)state;
	both_are_reminded(mail_at("2026-11-24T02:20:00.000Z"), &first, &stamp);
	assert_null(mail_at("2026-11-24T02:21:00.000Z"));
	assert_null(mail_at("2026-11-24T12:00:00.000Z"));
	assert_null(mail_at("2026-11-24T23:59:59.000Z")); /* before eight */
	both_are_reminded(mail_at("2026-11-25T00:00:01.000Z"), &first_again, &stamp_again);
	assert_true(str_eq(first, first_again));
	assert_false(str_eq(stamp, stamp_again));
	assert_int_equal(times_in_log("\"reminder_sent\""), 4);
	assert_int_equal(times_in_log("kcg.example.tw"), 0);
}

static void a_mail_that_did_not_leave_is_told_and_tried_again(void **state)
{
	struct str other;
	size_t at;

	(void)state;
	const struct message *mail = mail_at("2026-11-26T01:00:00.000Z");
	assert_non_null(mail);
	assert_null(mailed(mail, "failed", "timeout")); /* the others wait, too */
	assert_null(mail_at("2026-11-26T01:09:00.000Z"));
	const struct message *status = office_show(&office, CARD_CUSTODIAN, "status", NO_FIELDS);
	granted(status);
	const struct sheet *sheet = &status->sheets[0];
	bool told = false;
	for (size_t i = 0; i < sheet->row_count; i++)
		told |= str_find(sheet->cells[i * sheet->column_count + 1], STR("did not leave"), &at) &&
		        str_is(sheet->cells[i * sheet->column_count + 2], "1 (timeout)");
	assert_true(told);
	mail = mail_at("2026-11-26T01:10:30.000Z");
	assert_non_null(mail);
	other = str_copy(&office.arena, message_get(mail, "to"));
	assert_null(mailed(mail, "sent", ""));
	mail = mail_at("2026-11-26T01:10:31.000Z"); /* the second round: only who was not reached */
	assert_non_null(mail);
	assert_false(str_eq(message_get(mail, "to"), other));
	assert_null(mailed(mail, "sent", ""));
	assert_null(mail_at("2026-11-26T09:00:00.000Z"));
}

static void an_address_that_is_refused_holds_nobody_up(void **state)
{
	(void)state;
	const struct message *mail = mail_at("2026-11-27T01:00:00.000Z");
	assert_null(mail); /* a holiday */
	assert_null(mail_at("2026-11-28T01:00:00.000Z")); /* Saturday */
	mail = mail_at("2026-11-30T01:00:00.000Z");
	assert_non_null(mail);
	mail = mailed(mail, "refused", "SMTP 550");
	assert_non_null(mail); /* the other, at once */
	assert_null(mailed(mail, "sent", ""));
	assert_null(mail_at("2026-11-30T09:00:00.000Z")); /* and not again today */
}

static void an_answer_that_never_comes_is_waited_for_a_minute(void **state)
{
	(void)state;
	const struct message *mail = mail_at("2026-12-01T01:00:00.000Z");
	assert_non_null(mail);
	const struct message lost = *mail;
	assert_null(mail_at("2026-12-01T01:00:59.000Z"));
	assert_null(mail_at("2026-12-01T01:01:30.000Z"));
	size_t before = times_in_log("\"reminder_sent\"");
	assert_null(mailed(&lost, "sent", "")); /* too late to count */
	assert_int_equal(times_in_log("\"reminder_sent\""), before);
	mail = mail_at("2026-12-01T01:12:00.000Z");
	assert_non_null(mail);
	assert_null(mailed(mail, "sent", ""));
	mail = mail_at("2026-12-01T01:12:01.000Z");
	assert_non_null(mail);
	assert_null(mailed(mail, "sent", ""));
}

static void nobody_is_asked_without_a_messenger(void **state)
{
	(void)state;
	keeper_left(office.keeper, FROM_MESSENGER);
	assert_null(mail_at("2026-12-02T01:00:00.000Z"));
	keeper_joined(office.keeper, PEER_MESSENGER, FROM_MESSENGER);
	assert_non_null(mail_at("2026-12-02T01:00:01.000Z"));
}

static int setup(void **state)
{
	(void)state;
	office_make(&office);
	granted(office_first_start(&office));
	granted(office_import(&office, "organisation", "office,name,office_kind,parent\nbureau,高雄市政府社會局,bureau,\n"
	                                               "sanmin,高雄市三民區公所,district_office,bureau\n"));
	granted(office_import(&office, "calendar", "day,day_kind\n2026-11-27,holiday\n"));
	granted(office_import(&office, "staff", STAFF));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	office_remove(&office);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_reminded_unless_the_office_says_so),
		cmocka_unit_test(whoever_has_tasks_and_an_address_is_reminded_once_a_day),
		cmocka_unit_test(a_mail_that_did_not_leave_is_told_and_tried_again),
		cmocka_unit_test(an_address_that_is_refused_holds_nobody_up),
		cmocka_unit_test(an_answer_that_never_comes_is_waited_for_a_minute),
		cmocka_unit_test(nobody_is_asked_without_a_messenger),
	};

	crypto_open();
	return cmocka_run_group_tests(tests, setup, teardown);
}
