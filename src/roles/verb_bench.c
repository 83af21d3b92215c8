/* How fast this machine is: each measurement beside a yardstick in the same run. */
#include "base/crypto.h"
#include "bench/bench.h"
#include "bench/bench_ask.h"
#include "bench/bench_crl.h"
#include "bench/bench_residence.h"
#include "doors/language.h"
#include "roles/verbs.h"

enum { PERSONS_DEFAULT = 100000, PERSONS_MAX = 2000000, RUNS_DEFAULT = 7, ENTRIES_DEFAULT = 200000,
       ENTRIES_MAX = 20000000 };

const char BENCH_TEXT[] =
	N_("Measures one part of the system and prints medians and spread beside a yardstick of the same run: "
	"compare only figures of one run. residence: persons a second through the residence test, beside "
	"a walk over every day. ledger: durable entries beside a bare flush and SQLite with a hash chain. "
	"check: hashing the log again on all processors, beside the bare hashing of the same entries. "
	"crl: loading and asking a revocation list of 515,000 serials, beside the crypto library's own objects. "
	"ask: what a question costs the keeper, beside bare flushes; with --entries also "
	"with a log of that length. office: makes the data directory --dir for bench/service.");

/* The option as a number from 1 to most; fallback when it was not given. */
static bool option_number(const struct cli *cli, const char *name, uint64_t fallback, uint64_t most,
                          uint64_t *out)
{
	const char *text = cli_option(cli, name);

	*out = fallback;
	return !text || (str_to_u64(str_from(text), out) == OK && *out >= 1 && *out <= most);
}

static int run_residence(struct cli *cli)
{
	uint64_t persons, runs;

	if (!option_number(cli, "count", PERSONS_DEFAULT, PERSONS_MAX, &persons))
		return cli_error(cli, STR("count"), "A number from 1 to 2000000.");
	if (!option_number(cli, "runs", RUNS_DEFAULT, BENCH_RUNS_MAX, &runs) || runs % 2 == 0)
		return cli_error(cli, STR("runs"), "An odd number from 1 to 31.");
	struct bench_residence result = bench_residence_run(1, (size_t)persons, (size_t)runs);
	if (cli->json)
		bench_residence_json(&result, &cli->out);
	else
		bench_residence_print(&result, &cli->out);
	buf_add(&cli->out, cli->json ? STR("\n") : STR(""));
	return result.disagreements ? EXIT_FOUND : EXIT_GRANTED;
}

static int run_ask(struct cli *cli)
{
	uint64_t questions, runs, entries;
	struct bench_ask result;

	if (!option_number(cli, "count", 6400, 100000, &questions))
		return cli_error(cli, STR("count"), "A number from 1 to 100000.");
	if (!option_number(cli, "runs", RUNS_DEFAULT, BENCH_RUNS_MAX, &runs) || runs % 2 == 0)
		return cli_error(cli, STR("runs"), "An odd number from 1 to 31.");
	if (!option_number(cli, "entries", 0, 1000000000, &entries))
		return cli_error(cli, STR("entries"), "A number from 1 to 1000000000.");
	enum fail fail = bench_ask_run(questions, (size_t)runs, entries, &result);
	if (fail != OK)
		return cli_failed(cli, STR("ask"), fail);
	if (cli->json)
		bench_ask_json(&result, &cli->out);
	else
		bench_ask_print(&result, &cli->out);
	return EXIT_GRANTED;
}

static int run_office(struct cli *cli)
{
	const char *dir = cli_option(cli, "dir");

	if (!dir)
		return cli_error(cli, STR("dir"), "Say where: --dir DIR, which must not exist yet.");
	enum fail fail = bench_office_prepare(dir);
	return fail == OK ? EXIT_GRANTED : cli_failed(cli, str_from(dir), fail);
}

/* The log is made in a folder of its own, on the disk of --in, and removed again. */
static const char *bench_folder(struct cli *cli)
{
	const char *in = cli_option(cli, "in");

	return str_c(cli->arena, str_printf(cli->arena, "%s/youju-bench.%016llx", in ? in : ".",
	                                    (unsigned long long)random_u64()));
}

static int run_ledger(struct cli *cli)
{
	struct bench_ledger result;
	uint64_t runs;

	if (!option_number(cli, "runs", RUNS_DEFAULT, BENCH_ROUNDS_MAX, &runs) || runs % 2 == 0)
		return cli_error(cli, STR("runs"), "An odd number from 1 to 31.");
	const char *folder = bench_folder(cli);
	enum fail fail = bench_ledger_run(folder, (size_t)runs, &result);
	if (fail != OK)
		return cli_failed(cli, str_from(folder), fail);
	if (cli->json)
		bench_ledger_json(&result, &cli->out);
	else
		bench_ledger_print(&result, &cli->out);
	buf_add(&cli->out, cli->json ? STR("\n") : STR(""));
	return EXIT_GRANTED;
}

static int run_check(struct cli *cli)
{
	struct bench_check result;
	uint64_t runs, entries;

	if (!option_number(cli, "count", ENTRIES_DEFAULT, ENTRIES_MAX, &entries))
		return cli_error(cli, STR("count"), "A number from 1 to 20000000.");
	if (!option_number(cli, "runs", RUNS_DEFAULT, BENCH_ROUNDS_MAX, &runs) || runs % 2 == 0)
		return cli_error(cli, STR("runs"), "An odd number from 1 to 31.");
	const char *folder = bench_folder(cli);
	enum fail fail = bench_check_run(folder, entries, (size_t)runs, &result);
	if (fail != OK)
		return cli_failed(cli, str_from(folder), fail);
	if (cli->json)
		bench_check_json(&result, &cli->out);
	else
		bench_check_print(&result, &cli->out);
	buf_add(&cli->out, cli->json ? STR("\n") : STR(""));
	return EXIT_GRANTED;
}

static int run_crl(struct cli *cli)
{
	struct bench_crl result;
	uint64_t entries, runs;

	if (!option_number(cli, "count", BENCH_CRL_ENTRIES, 2000000, &entries))
		return cli_error(cli, STR("count"), "A number from 1 to 2000000.");
	if (!option_number(cli, "runs", RUNS_DEFAULT, BENCH_ROUNDS_MAX, &runs) || runs % 2 == 0)
		return cli_error(cli, STR("runs"), "An odd number from 1 to 31.");
	enum fail fail = bench_crl_run((size_t)entries, (size_t)runs, &result);
	if (fail != OK)
		return cli_failed(cli, STR("crl"), fail);
	if (cli->json)
		bench_crl_json(&result, &cli->out);
	else
		bench_crl_print(&result, &cli->out);
	buf_add(&cli->out, cli->json ? STR("\n") : STR(""));
	return EXIT_GRANTED;
}

static const struct { const char *name; int (*run)(struct cli *cli); } benches[] = {
	{ "ask", run_ask },
	{ "check", run_check },
	{ "crl", run_crl },
	{ "ledger", run_ledger },
	{ "office", run_office },
	{ "residence", run_residence },
};

int verb_bench(struct cli *cli)
{
	for (size_t i = 0; i < ARRAY_LEN(benches); i++)
		if (str_is(cli->args[0], benches[i].name))
			return benches[i].run(cli);
	return cli_error(cli, cli->args[0], "There is no such measurement; see youju help bench.");
}
