/* The two TLS listeners and the loop that serves them: one thread, one epoll, no locks. While the
 * keeper works on a request its connection is suspended. More fronts mean more throughput. */
#ifndef YOUJU_DOORS_HTTP_SERVER_H
#define YOUJU_DOORS_HTTP_SERVER_H

#include "doors/http/exchange.h"

struct server;

struct server_setup {
	const struct site *site;
	int web_fd, card_fd; /* listening sockets */
	const char *run_folder; /* where the keeper listens; must outlive the server */
	const char *key_pem, *chain_pem; /* the server's own */
	const char *card_cas_pem; /* whose cards the browser may offer; the keeper decides, not TLS */
};

/* FAIL_CRYPTO when keys, certificates or sockets are unusable. The setup's strings are used only
 * during the call, the site for as long as the server lives. */
MUST_CHECK enum fail server_open(const struct server_setup *setup, struct server **out);
/* Serves until *stop. */
MUST_CHECK enum fail server_run(struct server *server, const volatile int *stop);
void server_close(struct server *server);

#endif
