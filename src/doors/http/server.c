#include "doors/http/server.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/time.h"
#include "doors/http/carrier.h"

enum { SWEEP_MS = 1000, WAIT_MS_MAX = 250, IDLE_SECONDS_MAX = 120 };

/* TLS 1.2 stays on the card listener: cards that sign PKCS#1 v1.5 only fail in TLS 1.3. No session
 * tickets there: a session could be resumed after the card was pulled. */
static const char WEB_PRIORITIES[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:"
	"+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305:-KX-ALL:+ECDHE-RSA:+ECDHE-ECDSA:"
	"%SERVER_PRECEDENCE";
static const char CARD_PRIORITIES[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:"
	"+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305:-KX-ALL:+ECDHE-RSA:+ECDHE-ECDSA:"
	"%SERVER_PRECEDENCE:%NO_TICKETS";

static void library_says(void *cls, const char *format, va_list values)
{
	/* What peers do wrong in TLS is not ours to report; a line for each would fill the disk. */
	(void)cls, (void)format, (void)values;
}

static struct MHD_Daemon *daemon_start(struct door *door, int fd, const struct server_setup *setup)
{
	bool is_card = door->listener == LISTENER_CARD;
	struct MHD_OptionItem trust[] = {
		{ is_card ? MHD_OPTION_HTTPS_MEM_TRUST : MHD_OPTION_END, 0,
		  (void *)(uintptr_t)setup->card_cas_pem },
		{ MHD_OPTION_END, 0, NULL },
	};

	return MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO |
	                        MHD_USE_ERROR_LOG, 0, NULL, NULL, carrier_access, door,
		MHD_OPTION_EXTERNAL_LOGGER, library_says, NULL,
		MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_HTTPS_MEM_KEY, setup->key_pem,
		MHD_OPTION_HTTPS_MEM_CERT, setup->chain_pem,
		MHD_OPTION_HTTPS_PRIORITIES, is_card ? CARD_PRIORITIES : WEB_PRIORITIES,
		MHD_OPTION_ARRAY, trust,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY_BYTES,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_PER_ADDRESS_MAX,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS_MAX,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_URI_LOG_CALLBACK, carrier_request_line, door,
		MHD_OPTION_NOTIFY_COMPLETED, carrier_completed, door,
		MHD_OPTION_NOTIFY_CONNECTION, carrier_connection, door,
		MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
		MHD_OPTION_END);
}

static MUST_CHECK enum fail watch(int epoll_fd, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0 ? OK : FAIL_IO;
}

static MUST_CHECK enum fail server_start(struct server *server, const struct server_setup *setup)
{
	const int fds[] = { setup->web_fd, setup->card_fd };

	for (size_t i = 0; i < 2; i++) {
		server->doors[i] = (struct door){ server, i ? LISTENER_CARD : LISTENER_WEB };
		server->daemons[i] = daemon_start(&server->doors[i], fds[i], setup);
		if (!server->daemons[i])
			return FAIL_CRYPTO;
		TRY(watch(server->epoll_fd,
		          MHD_get_daemon_info(server->daemons[i], MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd));
	}
	return OK;
}

enum fail server_open(const struct server_setup *setup, struct server **out)
{
	struct server *server = process_bytes(sizeof *server);
	enum fail fail;

	server->site = setup->site;
	server->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	server->link = link_open(setup->run_folder, server->epoll_fd);
	fail = server->epoll_fd < 0 ? FAIL_IO : server_start(server, setup);
	if (fail != OK) {
		server_close(server);
		return fail;
	}
	*out = server;
	return OK;
}

static void serve_daemons(struct server *server)
{
	for (size_t i = 0; i < 2; i++)
		MHD_run(server->daemons[i]);
}

/* Milliseconds until something is due without an event. */
static int wait_ms(const struct server *server)
{
	int64_t wait = WAIT_MS_MAX;

	for (size_t i = 0; i < 2; i++) {
		MHD_UNSIGNED_LONG_LONG due;
		if (MHD_get_timeout(server->daemons[i], &due) == MHD_YES && (int64_t)due < wait)
			wait = (int64_t)due;
	}
	return (int)wait;
}

enum fail server_run(struct server *server, const volatile int *stop)
{
	struct epoll_event events[4];
	int64_t swept_ms = clock_monotonic_ms();

	while (!*stop) {
		if (epoll_wait(server->epoll_fd, events, 4, wait_ms(server)) < 0 && errno != EINTR)
			return FAIL_IO;
		int64_t now_ms = clock_monotonic_ms();
		link_work(&server->link, now_ms, &server->meter);
		serve_daemons(server);
		link_flush(&server->link);
		if (now_ms - swept_ms < SWEEP_MS)
			continue;
		swept_ms = now_ms;
		server->meter.connections_shut += connections_sweep(&server->connections, now_ms);
	}
	return OK;
}

static void spare_free(struct server *server)
{
	while (server->spare) {
		struct exchange *exchange = server->spare;
		server->spare = exchange->next;
		arena_close(&exchange->arena);
		process_free(exchange);
	}
}

void server_close(struct server *server)
{
	link_close(&server->link);
	for (size_t i = 0; i < 2; i++)
		if (server->daemons[i])
			MHD_stop_daemon(server->daemons[i]);
	if (server->epoll_fd >= 0)
		close(server->epoll_fd);
	spare_free(server);
	process_free(server);
}
