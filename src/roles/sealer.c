/* The sealer: the signing key of the log and the last head it signed, nothing else. */
#include "base/crypto.h"
#include "base/diag.h"
#include "roles/peer.h"
#include "roles/sandbox.h"
#include "roles/sealing.h"
#include "roles/supervise.h"

static bool answer(void *context, struct arena *arena, const struct message *asked,
                   struct message *reply, int64_t *wait_ms_out)
{
	enum fail fail = sealer_answer(context, arena, asked, reply);

	(void)wait_ms_out;
	if (fail != OK && fail != FAIL_CONFLICT)
		diag_error("a head of %llu entries was not signed: %s",
		           (unsigned long long)message_get_u64(asked, "size"), fail_name(fail));
	return true;
}

static MUST_CHECK enum fail prepare(struct sealer *sealer, struct arena *arena, const char *dir)
{
	const char *sealed = str_c(arena, str_printf(arena, "%s/log/sealed", dir));
	const char *run = str_c(arena, str_printf(arena, "%s/run", dir));
	const struct reachable paths[] = { { sealed, REACH_WRITE }, { run, REACH_READ },
		                           { "/etc/ssl", REACH_READ }, { "/dev/urandom", REACH_READ } };

	TRY(sealer_open(dir, arena, sealer));
	return sandbox_enter(paths, ARRAY_LEN(paths), KEEP_LOCAL);
}

int main(int argc, char **argv)
{
	struct arena arena = arena_open_secret(1 << 20);
	struct sealer sealer = { .forgot = false };

	diag_open("sealer");
	if (argc != 2) {
		diag_error("usage: youju-sealer DIR");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	crypto_open();
	enum fail fail = prepare(&sealer, &arena, argv[1]);
	if (fail != OK) {
		diag_error("the sealer cannot start: %s", fail_name(fail));
		return fail == FAIL_IO || fail == FAIL_FULL ? 1 : EXIT_SETTINGS;
	}
	const struct peer_work work = { .dir = argv[1], .socket_name = keeper_socket_name(SOCKET_SEALER), .takes = { MESSAGE_SEAL },
		                        .answer = answer, .context = &sealer };
	int status = peer_run(&work);
	wipe(&sealer, sizeof sealer);
	arena_close(&arena);
	return status;
}
