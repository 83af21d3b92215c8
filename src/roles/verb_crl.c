/* youju crl DIR [FILE...]: takes revocation lists over into tls/crl, verified before they replace anything. */
#include "base/cert_fetch.h"
#include "base/cert_trust.h"
#include "base/config.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/time.h"
#include "doors/cli/ask.h"
#include "doors/language.h"
#include "roles/verbs.h"

const char CRL_TEXT[] =
	N_("Takes revocation lists over: each is verified against the authorities in DIR/tls/ca and must not be older than "
	"the one in use; then it replaces that one in one step, and the service uses it within seconds. Without FILE "
	"the lists are fetched from the addresses in youju.conf (crl.urls, http, blanks between). Run it from a timer at "
	"least twice a day: cards are refused when the list of their authority is older than crl.max_age_hours.");

enum { FETCH_SECONDS = 60, CAS_MAX = 64, WARN_HOURS = 24 };

struct taking {
	struct cli *cli;
	const char *dir;
	struct arena *arena;
	struct cert_trust *trust;
	size_t taken, failed;
};

static void line_put(struct taking *taking, struct str name, const char *what)
{
	buf_printf(&taking->cli->out, "%.*s: %s\n", STR_FMT(name), cli_say(taking->cli, what));
}

/* The authority whose list changed, in comparison with before. */
static bool changed_find(const struct cert_trust *trust, const int64_t *before, struct trust_status *out)
{
	for (size_t i = 0; i < trust_ca_count(trust); i++) {
		trust_status(trust, i, out);
		if (out->has_crl && out->crl_this_update_ms != before[i])
			return true;
	}
	return false;
}

static int list_take(struct taking *taking, struct str name, struct str bytes)
{
	int64_t before[CAS_MAX];
	struct trust_status status;

	for (size_t i = 0; i < trust_ca_count(taking->trust); i++) {
		trust_status(taking->trust, i, &status);
		before[i] = status.has_crl ? status.crl_this_update_ms : INT64_MIN;
	}
	enum fail fail = trust_add_crl(taking->trust, bytes);
	if (fail != OK) {
		taking->failed++;
		return cli_failed(taking->cli, name, fail);
	}
	if (!changed_find(taking->trust, before, &status)) {
		line_put(taking, name, N_("this list is in use already"));
		return EXIT_GRANTED;
	}
	const char *path = str_c(taking->arena, str_printf(taking->arena, "%s/tls/crl/%.*s.crl", taking->dir,
	                                                  STR_FMT(status.subject_key_id)));
	fail = file_save(path, bytes);
	if (fail != OK)
		return cli_failed(taking->cli, str_from(path), fail);
	taking->taken++;
	line_put(taking, name, N_("taken over"));
	return operator_record(taking->cli, taking->dir, "crl", str_printf(taking->arena, "%.*s %s %zu",
	                       STR_FMT(str_slice(status.subject_key_id, 0, 40)), time_utc(status.crl_this_update_ms).text,
	                       status.crl_count));
}

static int file_take(struct taking *taking, struct str path)
{
	AUTO(arena_close) struct arena room = arena_open((size_t)CRL_MAX_BYTES + (1 << 20));
	struct str bytes;
	enum fail fail = file_load(&room, str_c(taking->arena, path), CRL_MAX_BYTES, &bytes);

	return fail == OK ? list_take(taking, path, bytes) : cli_failed(taking->cli, path, fail);
}

static int url_take(struct taking *taking, struct str url)
{
	AUTO(buf_close) struct buf bytes = buf_open();
	enum fail fail = http_fetch(str_c(taking->arena, url), CRL_MAX_BYTES, FETCH_SECONDS, &bytes);

	return fail == OK ? list_take(taking, url, buf_str(&bytes)) : cli_failed(taking->cli, url, fail);
}

/* Every address is tried; the first failure is the exit code. */
static int urls_take(struct taking *taking)
{
	struct config config = { 0 };
	size_t line;
	int code = EXIT_GRANTED;
	struct str path = str_printf(taking->arena, "%s/youju.conf", taking->dir), url;
	enum fail fail = config_load(taking->arena, str_c(taking->arena, path), &config, &line);

	if (fail != OK)
		return cli_failed(taking->cli, path, fail);
	struct str rest = config_text(&config, "crl.urls", STR(""));
	if (!rest.len)
		return cli_error(taking->cli, STR("crl.urls"), N_("Name a file, or set crl.urls in youju.conf."));
	while (rest.len && str_cut(&rest, ' ', &url))
		if (url.len) {
			int one = url_take(taking, url);
			code = code == EXIT_GRANTED ? one : code;
		}
	return code;
}

/* What is old is said every time, so that the mail of a timer says it. */
static void ages_put(struct taking *taking)
{
	int64_t now_ms = clock_wall_ms();
	struct trust_status status;

	for (size_t i = 0; i < trust_ca_count(taking->trust); i++) {
		trust_status(taking->trust, i, &status);
		if (status.has_crl && status.not_after_ms > now_ms && now_ms - status.crl_this_update_ms > WARN_HOURS * (int64_t)3600000)
			line_put(taking, str_printf(taking->arena, "%.*s (%.*s)", STR_FMT(status.subject), STR_FMT(str_slice(status.subject_key_id, 0, 8))),
			         N_("the list of this authority is older than a day"));
	}
}

int verb_crl(struct cli *cli)
{
	AUTO(arena_close) struct arena arena = arena_open(64 << 20);
	struct taking taking = { .cli = cli, .dir = str_c(cli->arena, cli->args[0]), .arena = &arena };
	struct str bad;
	int code = EXIT_GRANTED;

	crypto_open();
	trust_follow(&taking.trust, &arena, str_printf(&arena, "%s/tls", taking.dir).at, &bad);
	for (size_t i = 1; i < cli->count; i++) {
		int one = file_take(&taking, cli->args[i]);
		code = code == EXIT_GRANTED ? one : code;
	}
	if (cli->count == 1)
		code = urls_take(&taking);
	ages_put(&taking);
	trust_close(&taking.trust);
	return cli_print(cli) == OK ? code : EXIT_FAILED;
}
