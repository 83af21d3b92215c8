/* Asking the responder that a card names: nobody waits for it, and an answer that revokes counts at once. The openssl
 * program answers as the issuer would. */

#include "outcome.h"

static struct office office;

/* The question that the last group sent to the messenger; NULL: none. */
static const struct message *question(void)
{
	for (size_t i = 0; i < office.heard_count; i++)
		if (office.heard[i].kind == MESSAGE_OCSP)
			return &office.heard[i];
	return NULL;
}

static const struct message *sign_in(enum office_card card)
{
	struct message message = office_command(&office, MESSAGE_COMMAND, "sign_in", NULL, NO_FIELDS);

	office_sign(&office, &message, card, "chain", "signature");
	return office_say(&office, &message);
}

static struct str answered(const struct message *asked, enum office_card card, char status)
{
	struct str bytes, dir = str_from(office.dir);

	must(file_save(str_printf(&office.arena, "%.*s/question", STR_FMT(dir)).at, message_get(asked, "question")));
	must(file_save(str_printf(&office.arena, "%.*s/index.txt", STR_FMT(dir)).at,
	               str_printf(&office.arena, "%c\t400101000000Z\t%s\t%.*s\tunknown\t/CN=x\n", status,
	                          status == 'R' ? "251101000000Z" : "", STR_FMT(office.serials[card]))));
	/* The program knows capitals only. */
	const char *run = str_printf(&office.arena, "cd %.*s && sed -i 's/[0-9a-f]\\{16,\\}/\\U&/' index.txt && openssl ocsp -index index.txt "
	                             "-CA tls/testca/moica-g2.pem -rsigner tls/testca/moica-g2.pem -rkey tls/testca/moica-g2.key -reqin question "
	                             "-respout answer -ndays 30 >openssl.log 2>&1 || { cat index.txt openssl.log >&2; false; }", STR_FMT(dir)).at;
	assert_int_equal(system(run), 0);
	must(file_load(&office.arena, str_printf(&office.arena, "%.*s/answer", STR_FMT(dir)).at, 65536, &bytes));
	return bytes;
}

static void deliver(uint64_t id, struct str answer)
{
	struct message message = message_new(&office.arena, MESSAGE_OCSP_ANSWER, id);

	message_put(&message, "answer", answer);
	office.heard_count = 0;
	office_run(&office, PEER_MESSENGER, FROM_MESSENGER, &message);
	office_settle(&office);
}

static struct time_text today(void)
{
	return date_iso(time_local_date(office.now_ms));
}

static void nobody_is_asked_unless_the_office_says_so(void **state)
{
	(void)state;
	outcome_is(sign_in(CARD_SUPERVISOR), "granted", "");
	assert_null(question());
	outcome_is(office_do(&office, CARD_CUSTODIAN, "propose_parameter", NULL,
	                     FIELDS("name", "ocsp.use", "value", "if_named", "effective", today().text)), "granted", "");
	struct str proposal = str_copy(&office.arena, message_get(office_reply(&office, office.next_id), "entry"));
	outcome_is(office_do(&office, CARD_SUPERVISOR, "approve_proposal", NULL, FIELDS("proposal", str_c(&office.arena, proposal))),
	           "granted", "");
	outcome_is(office_do(&office, CARD_CUSTODIAN, "sign_out", NULL, NO_FIELDS), "granted", "");
}

static void the_list_decides_until_an_answer_is_there(void **state)
{
	(void)state;
	outcome_is(sign_in(CARD_SUPERVISOR), "granted", "");
	const struct message *asked = question();
	assert_non_null(asked);
	assert_true(str_starts(message_get(asked, "url"), STR("http://")));
	uint64_t id = asked->id;
	deliver(id, STR("<html>no</html>"));
	outcome_is(sign_in(CARD_SUPERVISOR), "granted", "");
	assert_null(question()); /* not asked again at once */
	office.now_ms += 700000;
	outcome_is(sign_in(CARD_SUPERVISOR), "granted", "");
	asked = question();
	assert_non_null(asked);
	id = asked->id;
	deliver(id, answered(asked, CARD_SUPERVISOR, 'V'));
	office.now_ms += 700000;
	outcome_is(sign_in(CARD_SUPERVISOR), "granted", "");
	assert_null(question()); /* the answer is good for a while */
}

static void an_answer_that_revokes_ends_the_sessions_of_the_card(void **state)
{
	(void)state;
	const struct message *reply = sign_in(CARD_CUSTODIAN);
	outcome_is(reply, "granted", "");
	assert_non_null(question());
	const struct message asked = *question();
	struct str token = message_get(reply, "session");
	struct message message = office_command(&office, MESSAGE_SHEET, "my_duties", NULL, NO_FIELDS);
	message_put(&message, "session", str_copy(&office.arena, token));
	struct str revoked = answered(&asked, CARD_CUSTODIAN, 'R');
	deliver(asked.id + 100, revoked); /* nobody asked that */
	outcome_is(office_say(&office, &message), "granted", "");
	deliver(asked.id, revoked);
	message.id = ++office.next_id;
	outcome_is(office_say(&office, &message), "refused", "session_ended");
	outcome_is(sign_in(CARD_CUSTODIAN), "refused", "card_revoked");
}

static int setup(void **state)
{
	(void)state;
	/* The responder's clock is the machine's. */
	office_make_at(&office, clock_wall_ms());
	return str_is(message_get(office_first_start(&office), "outcome"), "granted") ? 0 : -1;
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
		cmocka_unit_test(nobody_is_asked_unless_the_office_says_so),
		cmocka_unit_test(the_list_decides_until_an_answer_is_there),
		cmocka_unit_test(an_answer_that_revokes_ends_the_sessions_of_the_card),
	};

	crypto_open();
	return cmocka_run_group_tests(tests, setup, teardown);
}
