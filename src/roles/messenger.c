/* The messenger: the way to the responders of the card authorities and to the mail system of the machine. Both may be
 * slow, so they have a process that no question waits for. It has neither stores nor keys nor listening sockets. */
#include <string.h>

#include "base/cert_fetch.h"
#include "base/crypto.h"
#include "base/diag.h"
#include "roles/mailing.h"
#include "roles/peer.h"
#include "roles/sandbox.h"
#include "roles/supervise.h"

enum { OCSP_SECONDS = 5 };

struct messenger {
	const char *dir;
	struct messenger_settings settings;
};

/* What a responder says about a card goes to the keeper as it is. */
static void ocsp_answer(struct arena *arena, const struct message *asked, struct message *reply)
{
	struct buf answer = buf_on(arena);
	enum fail fail = ocsp_carry(str_c(arena, message_get(asked, "url")), message_get(asked, "question"), OCSP_SECONDS, &answer);

	reply->kind = MESSAGE_OCSP_ANSWER;
	if (fail == OK)
		message_put(reply, "answer", buf_str(&answer));
	else
		message_put(reply, "fail", str_from(fail_name(fail)));
}

static bool answer(void *context, struct arena *arena, const struct message *asked, struct message *reply,
                   int64_t *wait_ms_out)
{
	const struct messenger *messenger = context;

	(void)wait_ms_out;
	if (asked->kind == MESSAGE_OCSP)
		ocsp_answer(arena, asked, reply);
	else
		mail_carry(messenger->dir, &messenger->settings, arena, asked, reply);
	return true;
}

/* Only what its settings need: the network for responders and the mail system, one folder for mails. */
static MUST_CHECK enum fail shut_in(const struct messenger *messenger, struct arena *arena)
{
	const struct messenger_settings *settings = &messenger->settings;
	struct reachable paths[3];
	size_t count = 0;

	paths[count++] = (struct reachable){ str_c(arena, str_printf(arena, "%s/run", messenger->dir)), REACH_READ };
	if (settings->network) /* names of responders are looked up by what stands below /etc */
		paths[count++] = (struct reachable){ "/etc", REACH_READ };
	if (settings->delivery == MAIL_TO_FILES)
		paths[count++] = (struct reachable){ str_c(arena, str_printf(arena, "%s/mail", messenger->dir)), REACH_WRITE };
	bool network = settings->network || settings->delivery == MAIL_BY_SMTP;
	return sandbox_enter(paths, count, network ? KEEP_LOCAL | KEEP_NETWORK : KEEP_LOCAL);
}

int main(int argc, char **argv)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 18);
	struct messenger messenger = { 0 };
	const char *why;

	diag_open("messenger");
	if (argc < 2) {
		diag_error("usage: youju-messenger DIR [SETTING=VALUE ...]");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	process_keep_memory();
	crypto_open();
	messenger.dir = argv[1];
	if (messenger_settings_read(&arena, argv + 2, &messenger.settings, &why) != OK ||
	    !mail_settings_are_fit(&messenger.settings, &why)) {
		diag_error("youju.conf: %s is wrong", why);
		return EXIT_SETTINGS;
	}
	enum fail fail = shut_in(&messenger, &arena);
	if (fail != OK) {
		diag_error("the messenger cannot be shut in: %s", fail_name(fail));
		return 1;
	}
	const struct peer_work work = { .dir = messenger.dir, .socket_name = keeper_socket_name(SOCKET_MESSENGER),
		                        .takes = { MESSAGE_OCSP, MESSAGE_MAIL }, .answer = answer, .context = &messenger };
	return peer_run(&work);
}
