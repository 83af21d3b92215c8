/* The courier: the way to the data sources. It has neither stores nor keys nor listening sockets; of
 * the embedded source it reads one file. */
#include <stdio.h>
#include <string.h>

#include "base/cert_fetch.h"
#include "base/crypto.h"
#include "base/diag.h"
#include "roles/peer.h"
#include "roles/sandbox.h"
#include "roles/supervise.h"
#include "source/local.h"

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
	struct buf bytes = buf_on(arena);

	if (asked->kind == MESSAGE_OCSP)
		return carry(arena, asked, reply);
	struct rows rows = asked_rows(context, arena, message_get(asked, "plan"), wait_ms_out);

	reply->kind = MESSAGE_ROWS;
	rows_pack(&bytes, &rows);
	message_put(reply, "rows", buf_str(&bytes));
	return true;
}

/* Responders are asked over the network only where the operator says so: courier.network = on. The
 * supervisor reads that, for the courier as a user of its own cannot. */
static MUST_CHECK enum fail shut_in(const char *dir, bool network, struct arena *arena)
{
	const char *source = str_c(arena, str_printf(arena, "%s/source.db", dir));
	const char *run = str_c(arena, str_printf(arena, "%s/run", dir));
	/* Names of responders are looked up by what stands below /etc. */
	const struct reachable paths[] = { { run, REACH_READ }, { source, REACH_READ }, { "/etc", REACH_READ } };

	return sandbox_enter(paths, network ? 3 : 2, network ? KEEP_LOCAL | KEEP_NETWORK : KEEP_LOCAL);
}

int main(int argc, char **argv)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 16);
	AUTO(local_source_close) struct local_source *source = NULL;

	diag_open("courier");
	bool network = argc == 3 && strcmp(argv[2], "network") == 0;
	if (argc != 2 && !network) {
		diag_error("usage: youju-courier DIR [network]");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	process_keep_memory();
	crypto_open();
	enum fail fail = local_source_open(str_c(&arena, str_printf(&arena, "%s/source.db", argv[1])), &source);
	if (fail != OK && fail != FAIL_NOT_FOUND) {
		diag_error("source.db: %s", fail_name(fail));
		return 1;
	}
	if (fail == FAIL_NOT_FOUND)
		diag_info("there is no source.db: questions to the source fail, pasted answers still work");
	fail = shut_in(argv[1], network, &arena);
	if (fail != OK) {
		diag_error("the courier cannot be shut in: %s", fail_name(fail));
		return 1;
	}
	const struct peer_work work = { argv[1], keeper_socket_name(SOCKET_COURIER), MESSAGE_PLAN, MESSAGE_OCSP,
		                        answer, source };
	return peer_run(&work);
}
