/* The courier: the way to the data sources. It has neither stores nor keys nor listening sockets; of the
 * embedded source it reads one file. */
#include <stdio.h>
#include <string.h>

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
	enum fail fail = source ? local_source_look(source) : FAIL_NOT_FOUND;
	if (fail == OK)
		fail = local_source_ask(source, arena, &plan, &rows, wait_ms_out);
	if (fail == OK)
		return rows;
	diag_error("the source did not answer: %s", fail_name(fail));
	return rows_empty(plan.item, RESULT_ERROR);
}

static bool answer(void *source, struct arena *arena, const struct message *asked,
                   struct message *reply, int64_t *wait_ms_out)
{
	struct buf bytes = buf_on(arena);
	struct rows rows = asked_rows(source, arena, message_get(asked, "plan"), wait_ms_out);

	reply->kind = MESSAGE_ROWS;
	rows_pack(&bytes, &rows);
	message_put(reply, "rows", buf_str(&bytes));
	return true;
}

static void settle(void *source)
{
	if (source)
		local_source_settle(source);
}

static MUST_CHECK enum fail shut_in(const char *dir, struct arena *arena)
{
	const struct reachable paths[] = {
		{ str_c(arena, str_printf(arena, "%s/run", dir)), REACH_READ },
		{ str_c(arena, str_printf(arena, "%s/source.db", dir)), REACH_READ },
	};

	return sandbox_enter(paths, ARRAY_LEN(paths), KEEP_LOCAL);
}

static MUST_CHECK enum fail source_open(const char *dir, struct arena *arena, struct local_source **out)
{
	enum fail fail = local_source_open(str_c(arena, str_printf(arena, "%s/source.db", dir)), out);

	if (fail != FAIL_NOT_FOUND)
		return fail;
	diag_info("there is no source.db: questions to the source fail, pasted answers still work");
	return OK;
}

static int serve(const char *dir, struct local_source **source)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 18);
	enum fail fail = source_open(dir, &arena, source);

	if (fail != OK) {
		diag_error("source.db: %s", fail_name(fail));
		return 1;
	}
	fail = shut_in(dir, &arena);
	if (fail != OK) {
		diag_error("the courier cannot be shut in: %s", fail_name(fail));
		return 1;
	}
	const struct peer_work work = { .dir = dir, .socket_name = keeper_socket_name(SOCKET_COURIER), .takes = { MESSAGE_PLAN },
		                        .answer = answer, .settle = settle, .context = *source };
	return peer_run(&work);
}

int main(int argc, char **argv)
{
	struct local_source *source = NULL; /* stays so where there is none */

	diag_open("courier");
	if (argc < 2) {
		diag_error("usage: youju-courier DIR");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	process_keep_memory();
	crypto_open();
	int status = serve(argv[1], &source);
	local_source_close(&source);
	return status;
}
