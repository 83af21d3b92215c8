/* A data directory: made, served. */
#include <unistd.h>

#include "base/config.h"
#include "base/crypto.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/time.h"
#include "demo/testca.h"
#include "doors/language.h"
#include "keeper/init.h"
#include "roles/supervise.h"
#include "roles/verbs.h"

enum { RENEW_SECONDS = 6 * 3600, HOST_BYTES = 256, ORIGIN_RANDOM_BYTES = 4 };

const char INIT_TEXT[] =
	N_("Makes DIR with an empty log, its keys, a certificate for the server and youju.conf. The origin is "
	"the log's name for ever; it stands in every checkpoint and receipt. With --demo the log is for "
	"demonstration: its origin begins with \"demo.\", every page says so, and it can never become a "
	"real one. A demonstration may live at another time: DIR/run/demo-clock holds the instant at which "
	"its clock starts with the service. Afterwards two card holders start the office: youju do DIR first_start --as CARD --with "
	"CARD.");
const char SERVE_TEXT[] =
	N_("Starts keeper, sealer, courier, messenger, inspector, scribe and front of the data directory and keeps them "
	"running until SIGTERM or SIGINT.");

static struct str origin_default(struct cli *cli, const char *host, bool demo)
{
	uint8_t random[ORIGIN_RANDOM_BYTES];

	random_bytes(random, sizeof random);
	return str_printf(cli->arena, "%s%s/youju-%s", demo ? "demo." : "", host,
	                  hex_text(cli->arena, random, sizeof random).at);
}

int verb_init(struct cli *cli)
{
	const char *host = cli_option(cli, "host"), *origin = cli_option(cli, "origin");
	const char *at = cli_option(cli, "at");
	bool demo = cli_option(cli, "demo") != NULL;
	int64_t at_ms = clock_wall_ms();

	if (!host)
		host = "localhost";
	if (at && (!demo || time_parse_utc(str_from(at), &at_ms) != OK))
		return cli_error(cli, str_from(at), N_("Only a demonstration begins at another time, written as "
		                                    "2026-11-23T08:30:00.000Z."));
	struct init_options options = {
		.origin = origin ? str_from(origin) : origin_default(cli, host, demo),
		.demo = demo, .at_ms = at_ms, .host = str_from(host),
	};
	enum fail fail = keeper_init(str_c(cli->arena, cli->args[0]), &options);
	if (fail == FAIL_CONFLICT)
		return cli_error(cli, cli->args[0], N_("A log stands there already; nothing was changed."));
	if (fail == FAIL_SYNTAX)
		return cli_error(cli, options.origin, N_("This cannot be the name of a log, or a demonstration's "
		                                         "does not begin with \"demo.\"."));
	if (fail != OK)
		return cli_failed(cli, cli->args[0], fail);
	const struct told told[] = { { .key = "dir", .text = cli->args[0] }, { .key = "origin", .text = options.origin } };
	cli_tell(cli, told, ARRAY_LEN(told),
	         str_printf(cli->arena, "%.*s: %.*s", STR_FMT(cli->args[0]), STR_FMT(options.origin)));
	return EXIT_GRANTED;
}

static enum fail lists_renew(void *dir)
{
	return testca_renew(dir, clock_wall_ms());
}

/* Real authorities publish new lists twice a day; a demonstration's own does so while it is served. */
static enum fail demo_repeat(struct cli *cli, struct supervisor *supervisor)
{
	char *dir = str_c(cli->arena, cli->args[0]);
	struct config config = { 0 };
	uint64_t seconds;
	size_t line;

	if (!file_exists(str_c(cli->arena, str_printf(cli->arena, "%s/tls/testca", dir))))
		return OK;
	enum fail fail = config_load(cli->arena, str_c(cli->arena, str_printf(cli->arena, "%s/youju.conf", dir)), &config,
	                             &line);
	if (fail != OK && fail != FAIL_NOT_FOUND)
		return fail;
	TRY(config_number(&config, "demo.renew_seconds", 1, 86400, RENEW_SECONDS, &seconds));
	supervisor_repeat(supervisor, lists_renew, dir, (int64_t)seconds * 1000);
	return OK;
}

int verb_serve(struct cli *cli)
{
	struct supervisor *supervisor;
	unsigned roles = (1u << ROLE_COUNT) - 1;

	if (cli_option(cli, "without-front"))
		roles &= ~(1u << ROLE_FRONT);
	supervisor_signals();
	enum fail fail = supervisor_open(str_c(cli->arena, cli->args[0]), &supervisor);
	if (fail != OK)
		return cli_failed(cli, cli->args[0], fail);
	fail = testca_renew(str_c(cli->arena, cli->args[0]), clock_wall_ms());
	if (fail == OK)
		fail = demo_repeat(cli, supervisor);
	if (fail == OK)
		fail = supervisor_start(supervisor, roles);
	if (fail == OK && supervisor_roles_are_root(supervisor))
		diag_info("started as root and no users of their own: every role runs as root (docs/operations.md)");
	if (fail == OK)
		fail = supervisor_run(supervisor);
	supervisor_close(&supervisor);
	return fail == OK ? EXIT_GRANTED : cli_failed(cli, cli->args[0], fail);
}
