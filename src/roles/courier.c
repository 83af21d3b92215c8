/* The courier: the way to the data sources, to responders and to the mail system of the machine. It has neither
 * stores nor keys nor listening sockets; of the embedded source it reads one file. */
#include <stdio.h>
#include <string.h>

#include "base/cert_fetch.h"
#include "base/crypto.h"
#include "base/diag.h"
#include "roles/mailing.h"
#include "roles/peer.h"
#include "roles/sandbox.h"
#include "roles/supervise.h"
#include "source/local.h"

struct courier {
	const char *dir;
	struct local_source *source; /* NULL: there is none */
	struct courier_settings settings;
};

static struct rows asked_rows(struct local_source *source, struct arena *arena, struct str bytes,
                              int64_t *wait_ms_out)
{
	struct source_plan plan;
	struct rows rows;

	if (source_plan_unpack(bytes, &plan) != OK)
		return rows_empty(ITEM_1, RESULT_MALFORMED);
	enum fail fail = source ? local_source_ask(source, arena, &plan, &rows, wait_ms_out) : FAIL_NOT_FOUND;
	if (fail == OK)
		return rows;
	diag_error("the source did not answer: %s", fail_name(fail));
	return rows_empty(plan.item, RESULT_ERROR);
}

enum { OCSP_SECONDS = 5 };

/* What a responder says about a card goes to the keeper as it is. */
static bool carry(struct arena *arena, const struct message *asked, struct message *reply)
{
	struct buf answer = buf_on(arena);
	enum fail fail = ocsp_carry(str_c(arena, message_get(asked, "url")), message_get(asked, "question"), OCSP_SECONDS, &answer);

	reply->kind = MESSAGE_OCSP_ANSWER;
	if (fail == OK)
		message_put(reply, "answer", buf_str(&answer));
	else
		message_put(reply, "fail", str_from(fail_name(fail)));
	return true;
}

static bool answer(void *context, struct arena *arena, const struct message *asked,
                   struct message *reply, int64_t *wait_ms_out)
{
	const struct courier *courier = context;
	struct buf bytes = buf_on(arena);

	if (asked->kind == MESSAGE_OCSP)
		return carry(arena, asked, reply);
	if (asked->kind == MESSAGE_MAIL) {
		mail_carry(courier->dir, &courier->settings, arena, asked, reply);
		return true;
	}
	struct rows rows = asked_rows(courier->source, arena, message_get(asked, "plan"), wait_ms_out);

	reply->kind = MESSAGE_ROWS;
	rows_pack(&bytes, &rows);
	message_put(reply, "rows", buf_str(&bytes));
	return true;
}

/* Only what its settings need: the network for responders and the mail system, one folder for mails. */
static MUST_CHECK enum fail shut_in(const struct courier *courier, struct arena *arena)
{
	const struct courier_settings *settings = &courier->settings;
	struct reachable paths[4];
	size_t count = 0;

	paths[count++] = (struct reachable){ str_c(arena, str_printf(arena, "%s/run", courier->dir)), REACH_READ };
	paths[count++] = (struct reachable){ str_c(arena, str_printf(arena, "%s/source.db", courier->dir)), REACH_READ };
	if (settings->network) /* names of responders are looked up by what stands below /etc */
		paths[count++] = (struct reachable){ "/etc", REACH_READ };
	if (settings->delivery == MAIL_TO_FILES)
		paths[count++] = (struct reachable){ str_c(arena, str_printf(arena, "%s/mail", courier->dir)), REACH_WRITE };
	bool network = settings->network || settings->delivery == MAIL_BY_SMTP;
	return sandbox_enter(paths, count, network ? KEEP_LOCAL | KEEP_NETWORK : KEEP_LOCAL);
}

static MUST_CHECK enum fail source_open(struct courier *courier, struct arena *arena)
{
	enum fail fail = local_source_open(str_c(arena, str_printf(arena, "%s/source.db", courier->dir)), &courier->source);

	if (fail != FAIL_NOT_FOUND)
		return fail;
	diag_info("there is no source.db: questions to the source fail, pasted answers still work");
	return OK;
}

static int serve(struct courier *courier, struct arena *arena)
{
	enum fail fail = source_open(courier, arena);
	if (fail != OK) {
		diag_error("source.db: %s", fail_name(fail));
		return 1;
	}
	fail = shut_in(courier, arena);
	if (fail != OK) {
		diag_error("the courier cannot be shut in: %s", fail_name(fail));
		return 1;
	}
	const struct peer_work work = { courier->dir, keeper_socket_name(SOCKET_COURIER),
		                        { MESSAGE_PLAN, MESSAGE_OCSP, MESSAGE_MAIL }, answer, courier };
	return peer_run(&work);
}

int main(int argc, char **argv)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 18);
	struct courier courier = { 0 };
	const char *why;

	diag_open("courier");
	if (argc < 2) {
		diag_error("usage: youju-courier DIR [SETTING=VALUE ...]");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	process_keep_memory();
	crypto_open();
	courier.dir = argv[1];
	if (courier_settings_read(&arena, argv + 2, &courier.settings, &why) != OK ||
	    !mail_settings_are_fit(&courier.settings, &why)) {
		diag_error("youju.conf: %s is wrong", why);
		return EXIT_SETTINGS;
	}
	int status = serve(&courier, &arena);
	local_source_close(&courier.source);
	return status;
}
