/* The front: listens to people and programs, speaks TLS, HTML and JSON, and asks the keeper. It has
 * no stores, no keys but the server's own, and no files after its start. */
#include <dirent.h>
#include <signal.h>

#include "base/config.h"
#include "base/crypto.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/file.h"
#include "doors/api/api.h"
#include "doors/http/listen.h"
#include "doors/http/server.h"
#include "doors/web/site.h"
#include "roles/sandbox.h"
#include "roles/supervise.h"

enum { PEM_BYTES_MAX = 256 * 1024 };

static volatile sig_atomic_t stop;

static void on_stop(int signal_number)
{
	(void)signal_number;
	stop = 1;
}

struct front {
	struct arena arena;
	const char *dir, *run, *key, *chain, *card_cas, *address, *web_origin, *card_origin, *card_service;
	uint16_t web_port, card_port;
};

static char *path_of(struct front *front, const char *name)
{
	return str_c(&front->arena, str_printf(&front->arena, "%s/%s", front->dir, name));
}

static MUST_CHECK enum fail pem_load(struct front *front, const char *name, const char **out)
{
	struct str text;

	TRY(file_load(&front->arena, path_of(front, name), PEM_BYTES_MAX, &text));
	*out = str_c(&front->arena, text);
	return OK;
}

/* All certificates below tls/ca, one after another: their names tell the browser which cards to
 * offer. */
static MUST_CHECK enum fail cas_load(struct front *front)
{
	struct buf all = buf_on(&front->arena);
	DIR *folder = opendir(path_of(front, "tls/ca"));
	enum fail fail = folder ? OK : FAIL_NOT_FOUND;

	for (const struct dirent *file; fail == OK && (file = readdir(folder));) {
		const char *pem = "";
		if (str_ends(str_from(file->d_name), STR(".pem")))
			fail = pem_load(front, str_c(&front->arena, str_printf(&front->arena, "tls/ca/%s",
			                                                      file->d_name)), &pem);
		buf_add(&all, str_from(pem));
		buf_byte(&all, '\n');
	}
	if (folder)
		closedir(folder);
	front->card_cas = str_c(&front->arena, buf_str(&all));
	return fail;
}

static const char *origin(struct front *front, struct str host, uint16_t port)
{
	return str_c(&front->arena, str_printf(&front->arena, "https://%.*s:%u", STR_FMT(host), port));
}

static MUST_CHECK enum fail settings_load(struct front *front)
{
	struct config config = { 0 };
	uint64_t web_port, card_port;
	struct str host;
	size_t line;

	TRY(config_load(&front->arena, path_of(front, "youju.conf"), &config, &line));
	TRY(config_number(&config, "front.web_port", 1, 65535, 8443, &web_port));
	TRY(config_number(&config, "front.card_port", 1, 65535, 8444, &card_port));
	host = config_text(&config, "front.host", STR("localhost"));
	front->address = str_c(&front->arena, config_text(&config, "front.address", STR("localhost")));
	front->card_service = str_c(&front->arena, config_text(&config, "front.card_service", STR("http://localhost:61161")));
	front->web_port = (uint16_t)web_port;
	front->card_port = (uint16_t)card_port;
	front->web_origin = origin(front, host, front->web_port);
	front->card_origin = origin(front, host, front->card_port);
	TRY(pem_load(front, "tls/server.key", &front->key));
	TRY(pem_load(front, "tls/server.pem", &front->chain));
	return cas_load(front);
}

static MUST_CHECK enum fail front_shut_in(const struct front *front)
{
	const struct reachable paths[] = { { front->run, REACH_READ } };

	return sandbox_enter(paths, ARRAY_LEN(paths), KEEP_NETWORK | KEEP_LOCAL);
}

static MUST_CHECK enum fail front_serve(struct front *front, int web_fd, int card_fd)
{
	const struct routes tables[] = { api_routes, web_routes };
	const struct site site = { tables, ARRAY_LEN(tables), front->card_origin, front->web_origin,
	                           site_refuse, front->card_service };
	const struct server_setup setup = {
		.site = &site, .web_fd = web_fd, .card_fd = card_fd, .run_folder = front->run,
		.key_pem = front->key, .chain_pem = front->chain, .card_cas_pem = front->card_cas,
	};
	struct server *server;
	enum fail fail;

	TRY(server_open(&setup, &server));
	fail = front_shut_in(front);
	if (fail == OK) {
		diag_info("serving %s and %s", front->web_origin, front->card_origin);
		fail = server_run(server, &stop);
	}
	server_close(server);
	return fail;
}

static MUST_CHECK enum fail listen_both(const struct front *front, int *web_fd, int *card_fd)
{
	TRY(listen_open(front->address, front->web_port, web_fd));
	return listen_open(front->address, front->card_port, card_fd);
}

static int front_main(struct front *front)
{
	enum fail fail = settings_load(front);
	int web_fd = -1, card_fd = -1;

	if (fail != OK) {
		diag_error("youju.conf or the files below tls/ are unusable: %s", fail_name(fail));
		return EXIT_SETTINGS;
	}
	fail = listen_both(front, &web_fd, &card_fd);
	if (fail != OK) {
		diag_error("cannot listen on %s, ports %u and %u: %s", front->address, front->web_port,
		           front->card_port, fail_name(fail));
		return fail == FAIL_NOT_FOUND ? EXIT_SETTINGS : 1;
	}
	fail = front_serve(front, web_fd, card_fd);
	if (fail != OK)
		diag_error("the front stops: %s", fail_name(fail));
	return fail == OK ? 0 : 1;
}

int main(int argc, char **argv)
{
	const struct sigaction action = { .sa_handler = on_stop };
	struct front front = { .arena = arena_open(16 * 1024 * 1024) };
	int status;

	diag_open("front");
	if (argc != 2) {
		diag_error("usage: youju-front DIR");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	process_keep_memory();
	crypto_open();
	csv_codes_open();
	front.dir = argv[1];
	front.run = path_of(&front, "run");
	status = front_main(&front);
	arena_close(&front.arena);
	return status;
}
