/* The command line against a keeper that says what it is told to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cert_cms.h"
#include "base/file.h"
#include "doors/cli/ask.h"
#include "doors/cli/grid.h"
#include "doors/cli/help.h"
#include "doors/cli/values.h"
#include "doors/cli/verbs.h"
#include "fake_keeper.h"

#include <cmocka.h>

static const struct verb verb_rows[] = {
	{ .name = "do", .args = "DIR COMMAND", .label = "Give a command", .text = "", .args_min = 2,
	  .args_max = CLI_ARGS_MAX, .run = verb_do, .more = help_commands,
	  .options = { ASK_OPTIONS, { "with", "CARD", "" }, { "list", "FIELD", "" }, { "out", "FILE", "" },
	               { "request", "ID", "" } } },
	{ .name = "show", .args = "DIR LIST", .label = "Read a list", .text = "", .args_min = 2,
	  .args_max = CLI_ARGS_MAX, .run = verb_show, .more = help_sheets,
	  .options = { ASK_OPTIONS, { "after", "KEY", "" }, { "limit", "N", "" }, { "csv", NULL, "" } } },
};
static const struct verbs verbs = { verb_rows, ARRAY_LEN(verb_rows) };
static const struct counter_way way = { fake_open, fake_reach, fake_close };

static char folder[] = "/tmp/youju-cli-XXXXXX";
static char printed[65536], complained[65536];

static void slurp(FILE *from, char *out, size_t cap)
{
	rewind(from);
	size_t got = fread(out, 1, cap - 1, from);
	out[got] = 0;
	fclose(from);
}

/* Runs the command line (blanks separate arguments, ~ stands for one inside) with input as standard
 * input; leaves what it wrote in printed and complained. */
static int run(const char *line, const char *input)
{
	char copy[1024], *argv[64] = { "youju" };
	int argc = 1, old[3];
	FILE *files[3] = { tmpfile(), tmpfile(), tmpfile() };

	fputs(input, files[0]);
	rewind(files[0]);
	snprintf(copy, sizeof copy, "%s", line);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
		for (char *at = word; (at = strchr(at, '~'));)
			*at = ' ';
		argv[argc++] = word;
	}
	fflush(stdout);
	for (int i = 0; i < 3; i++) {
		old[i] = dup(i);
		dup2(fileno(files[i]), i);
	}
	int code = verbs_main(verbs, argc, argv);
	fflush(stdout);
	fflush(stderr);
	for (int i = 0; i < 3; i++) {
		dup2(old[i], i);
		close(old[i]);
	}
	fclose(files[0]);
	slurp(files[1], printed, sizeof printed);
	slurp(files[2], complained, sizeof complained);
	return code;
}

#define ASK "do office ask --as card.pem --request req-1 case_no=113-0041 legal_basis=B_LOW " \
	"purpose=yearly_recheck item=item_1 range=residence anchor_date=2026-11-24 "

static void an_answer_is_a_letter(void **state)
{
	struct fake_keeper fake;

	(void)state;
	fake_keeper_open(&fake);
	message_put(&fake.reply, "outcome", STR("granted"));
	message_put(&fake.reply, "asked_entry", STR("17"));
	message_put(&fake.reply, "entry", STR("18"));
	message_put(&fake.reply, "receipt", STR("pending"));
	message_put(&fake.reply, "answer", STR("{\"verdict\":\"not_eligible\",\"days\":{\"A\":100,\"B\":101},"
	                                       "\"reasons\":[]}"));
	assert_int_equal(run(ASK "subject=1", ""), EXIT_GRANTED);
	assert_non_null(strstr(printed, "Not eligible"));
	assert_non_null(strstr(printed, "A 100, B 101"));
	assert_non_null(strstr(printed, "Asked in entry:           17\n"));
	assert_string_equal(message_get(&fake.last, "request").at, "req-1");
	assert_int_equal(run(ASK "subject=1 --json", ""), EXIT_GRANTED);
	assert_non_null(strstr(printed, "{\"verdict\":\"granted\",\"refusal\":null,"));
	assert_non_null(strstr(printed, "\"asked_entry\":17,"));
	fake_keeper_close(&fake);
}

static void the_card_signs_what_is_sent(void **state)
{
	struct fake_keeper fake;
	struct cms_facts facts;
	struct str signature;

	(void)state;
	fake_keeper_open(&fake);
	message_put(&fake.reply, "outcome", STR("granted"));
	assert_int_equal(run(ASK "subject=1", ""), EXIT_GRANTED);
	assert_int_equal(base64url_read(&fake.arena, message_get(&fake.last, "signature"), &signature), OK);
	assert_int_equal(cms_verify(&fake.arena, signature, fake.last_signed, fake.nonce, &facts), CMS_GOOD);
	assert_true(str_eq(facts.signer_der, message_get(&fake.last, "chain")));
	fake_keeper_close(&fake);
}

static void a_broken_line_is_tried_again_with_the_same_request(void **state)
{
	struct fake_keeper fake;

	(void)state;
	fake_keeper_open(&fake);
	fake.hang_up = 2;
	message_put(&fake.reply, "outcome", STR("granted"));
	assert_int_equal(run(ASK "subject=1", ""), EXIT_GRANTED);
	assert_int_equal(fake.heard, 3);
	assert_int_equal(fake.connections, 3);
	assert_true(str_is(message_get(&fake.last, "request"), "req-1"));
	fake_keeper_close(&fake);
}

static void a_refusal_names_rule_and_next_step(void **state)
{
	struct fake_keeper fake;

	(void)state;
	fake_keeper_open(&fake);
	message_put(&fake.reply, "outcome", STR("refused"));
	message_put(&fake.reply, "refusal", STR("subject_not_in_case"));
	assert_int_equal(run(ASK "subject=9", ""), EXIT_REFUSED);
	assert_non_null(strstr(printed, "G3.4b"));
	assert_non_null(strstr(printed, "Add the person to the case"));
	assert_int_equal(run(ASK "subject=9 --json", ""), EXIT_REFUSED);
	assert_non_null(strstr(printed, "\"rule\":\"G3.4b\""));
	fake_keeper_close(&fake);
}

static void C25_no_identity_number_stands_in_the_arguments(void **state)
{
	struct fake_keeper fake;

	(void)state;
	fake_keeper_open(&fake);
	message_put(&fake.reply, "outcome", STR("granted"));
	assert_int_equal(run(ASK "subject=A123456789", ""), EXIT_USAGE);
	assert_non_null(strstr(complained, "@-"));
	assert_non_null(strstr(complained, "§18"));
	assert_null(strstr(complained, "A123456789"));
	assert_int_equal(run(ASK "subject=a1234~56-780", ""), EXIT_USAGE); /* mistyped is no better */
	assert_int_equal(run("do office open_case --as card.pem case_no=A123456789", ""), EXIT_USAGE);
	assert_int_equal(run("do office add_party --as card.pem name=Wang", ""), EXIT_USAGE);
	assert_int_equal(fake.heard, 0);
	assert_int_equal(run(ASK "subject=@-", "A123456789\n"), EXIT_GRANTED);
	assert_true(str_is(fake.last.fields[6].text, "A123456789"));
	fake_keeper_close(&fake);
}

static void several_inputs_take_a_line_each(void **state)
{
	struct fake_keeper fake;

	(void)state;
	fake_keeper_open(&fake);
	message_put(&fake.reply, "outcome", STR("granted"));
	assert_int_equal(run("do office add_party --as card.pem case_no=1 id_no=@- name=@- person_kind=unknown "
	                     "relation=claimant intake_no=@@1 received_on=2026-11-24",
	                     "A123456789\r\n王小明\n"), EXIT_GRANTED);
	assert_true(str_is(fake.last.fields[1].text, "A123456789"));
	assert_true(str_is(fake.last.fields[2].text, "王小明"));
	assert_true(str_is(fake.last.fields[5].text, "@1"));
	fake_keeper_close(&fake);
}

static void wrong_use_is_told_before_anything_is_asked(void **state)
{
	struct fake_keeper fake;

	(void)state;
	fake_keeper_open(&fake);
	assert_int_equal(run("nothing", ""), EXIT_USAGE);
	assert_int_equal(run("do office", ""), EXIT_USAGE);
	assert_int_equal(run("do office deliver --as card.pem", ""), EXIT_USAGE); /* the keeper's own */
	assert_int_equal(run("do office ask --as card.pem", ""), EXIT_USAGE);
	assert_non_null(strstr(complained, "case_no: This field is required."));
	assert_int_equal(run(ASK "subject=1 colour=red", ""), EXIT_USAGE);
	assert_int_equal(run(ASK "subject", ""), EXIT_USAGE);
	assert_int_equal(run(ASK "subject=1 --nothing", ""), EXIT_USAGE);
	assert_int_equal(run("do office sign_out", ""), EXIT_USAGE);
	assert_int_equal(run("do office sign_out --as missing.pem", ""), EXIT_USAGE);
	assert_int_equal(run("do nowhere sign_out --as card.pem", ""), EXIT_FAILED);
	assert_int_equal(fake.heard, 0);
	fake_keeper_close(&fake);
}

static void a_pin_comes_from_a_descriptor(void **state)
{
	struct fake_keeper fake;
	int fds[2];

	(void)state;
	fake_keeper_open(&fake);
	message_put(&fake.reply, "outcome", STR("granted"));
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], "123456\n123456\n000000\n", 21), 21);
	assert_int_equal(dup2(fds[0], 77), 77);
	assert_int_equal(run("do office sign_in --as locked.pem --with locked.pem --pin-fd 77", ""), EXIT_GRANTED);
	assert_true(message_get(&fake.last, "signature2").len > 0);
	assert_int_equal(run("do office sign_in --as locked.pem --pin-fd 77", ""), EXIT_USAGE);
	assert_int_equal(fake.heard, 1);
	fake_keeper_close(&fake);
}

static void a_session_stands_in_a_file(void **state)
{
	struct fake_keeper fake;

	(void)state;
	fake_keeper_open(&fake);
	message_put(&fake.reply, "outcome", STR("granted"));
	message_put(&fake.reply, "session", STR("token-1"));
	assert_int_equal(run("do office sign_in --as card.pem --session session", ""), EXIT_GRANTED);
	assert_int_equal(run("do office sign_out --session session", ""), EXIT_GRANTED);
	assert_true(str_is(message_get(&fake.last, "session"), "token-1"));
	assert_int_equal(message_get(&fake.last, "chain").len, 0);
	assert_false(file_exists("session"));
	fake_keeper_close(&fake);
}

static void a_list_is_aligned_by_width(void **state)
{
	struct fake_keeper fake;
	struct str columns[] = { STR("key"), STR("office"), STR("ended"), STR("name") };

	(void)state;
	fake_keeper_open(&fake);
	struct sheet sheet = sheet_new(&fake.arena, STR("offices"), columns, 4);
	struct str *cells = sheet_row_add(&fake.arena, &sheet);
	cells[0] = STR("5"), cells[1] = STR("三民區公所"), cells[2] = STR("false"), cells[3] = STR("=1+1\x1b[2J");
	message_sheet(&fake.reply, sheet);
	message_put(&fake.reply, "outcome", STR("granted"));
	assert_int_equal(run("show office offices --as card.pem", ""), EXIT_GRANTED);
	assert_non_null(strstr(printed, "Entry  Office      Ended  Name\n"));
	assert_non_null(strstr(printed, "5      三民區公所  no     =1+1\xef\xbf\xbd[2J\n"));
	assert_int_equal(run("show office offices --as card.pem --csv", ""), EXIT_GRANTED);
	assert_non_null(strstr(printed, "5,三民區公所,false,\"'=1+1\x1b[2J\"\r\n"));
	assert_int_equal(run("show office offices --as card.pem --json", ""), EXIT_GRANTED);
	assert_non_null(strstr(printed, "{\"sheet\":\"offices\",\"rows\":[{\"key\":\"5\",\"office\":\"三民區公所\""));
	assert_int_equal(run("show office nothing --as card.pem", ""), EXIT_USAGE);
	fake_keeper_close(&fake);
}

static void help_comes_from_the_tables(void **state)
{
	(void)state;
	assert_int_equal(run("do --help", ""), EXIT_GRANTED);
	assert_non_null(strstr(printed, "release_day_table"));
	assert_null(strstr(printed, "expire_query"));
	assert_int_equal(run("do office ask --help", ""), EXIT_GRANTED);
	assert_non_null(strstr(printed, "anchor_date"));
	assert_non_null(strstr(printed, "yearly_recheck"));
	assert_int_equal(run("show office case_parties --help", ""), EXIT_GRANTED);
	assert_non_null(strstr(printed, "itself recorded"));
	assert_int_equal(run("do office nothing --help", ""), EXIT_USAGE);
}

static int card_write(const char *path, const char *pin)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 20);
	struct key key;
	struct str der;
	struct buf pem = buf_on(&arena);

	if (key_make(KEY_P256, &key) != OK)
		return -1;
	struct cert_order order = { .serial = STR("\x01"), .subject_key = key, .usage = CERT_USE_SIGN,
		                    .not_after_ms = 4000000000000, .path_len = -1, .kind = CERT_PERSON,
		                    .issuer_key_id = STR(""), .last_four = STR("6789"),
		                    .organisation_oid = STR(""), .card_number = STR(""),
		                    .crl_url = STR(""), .ocsp_url = STR(""), .dns_name = STR("") };
	name_add(&order.subject, OID_COMMON_NAME, STR("王小明"));
	name_add(&order.issuer, OID_UNIT, STR("test"));
	if (cert_make(&arena, &order, key, &der) != OK || key_write(&pem, key, str_from(pin)) != OK)
		return -1;
	pem_put(&pem, "CERTIFICATE", der);
	key_close(&key);
	return file_save(path, buf_str(&pem)) == OK ? 0 : -1;
}

static int set_up(void **state)
{
	(void)state;
	crypto_open();
	counter_way = &way;
	setenv("LC_ALL", "C.UTF-8", 1);
	if (!mkdtemp(folder) || chdir(folder) != 0)
		return -1;
	return card_write("card.pem", "") + card_write("locked.pem", "123456");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_a_letter),
		cmocka_unit_test(the_card_signs_what_is_sent),
		cmocka_unit_test(a_broken_line_is_tried_again_with_the_same_request),
		cmocka_unit_test(a_refusal_names_rule_and_next_step),
		cmocka_unit_test(C25_no_identity_number_stands_in_the_arguments),
		cmocka_unit_test(several_inputs_take_a_line_each),
		cmocka_unit_test(wrong_use_is_told_before_anything_is_asked),
		cmocka_unit_test(a_pin_comes_from_a_descriptor),
		cmocka_unit_test(a_session_stands_in_a_file),
		cmocka_unit_test(a_list_is_aligned_by_width),
		cmocka_unit_test(help_comes_from_the_tables),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
