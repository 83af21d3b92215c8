#include "doors/cli/ask.h"

#include <pwd.h>
#include <unistd.h>

#include "base/file.h"
#include "doors/cli/card.h"
#include "doors/cli/reply.h"
#include "doors/language.h"

enum { TOKEN_MAX_BYTES = 256 };

const struct counter_way *counter_way;

static enum fail reached(struct cli *cli, const char *dir, struct message *ask,
                         const struct signer *signers, size_t count, struct message *out)
{
	void *host;

	assert(counter_way);
	TRY(counter_way->open(dir, &host));
	struct line line = line_to(counter_way->reach, host);
	enum fail fail = count ? line_ask_signed(&line, cli->arena, ask, signers, count, out)
	                       : line_ask(&line, cli->arena, ask, out);
	line_close(&line);
	counter_way->close(host);
	return fail;
}

static int reached_or_said(struct cli *cli, const char *dir, struct message *ask,
                           const struct signer *signers, size_t count, struct message *out)
{
	enum fail fail = reached(cli, dir, ask, signers, count, out);

	return fail == OK ? EXIT_GRANTED : cli_failed(cli, str_from(dir), fail);
}

int operator_record(struct cli *cli, const char *dir, const char *verb, struct str detail)
{
	struct message ask = message_new(cli->arena, MESSAGE_OPERATOR, 0), reply;
	const struct passwd *user = getpwuid(geteuid());

	message_put(&ask, "verb", str_from(verb));
	message_put(&ask, "os_user", user ? str_copy(cli->arena, str_from(user->pw_name)) : STR("unknown"));
	message_put(&ask, "detail", detail);
	int code = reached_or_said(cli, dir, &ask, NULL, 0, &reply);
	if (code != EXIT_GRANTED)
		return code;
	return reply_code(&reply) == EXIT_GRANTED ? EXIT_GRANTED : reply_put(cli, &reply);
}

/* The second card is an option of do alone. */
static const char *second_card(const struct cli *cli)
{
	for (size_t i = 0; cli->verb->options[i].name; i++)
		if (str_is(str_from(cli->verb->options[i].name), "with"))
			return cli->values[i];
	return NULL;
}

void ask_signers_close(struct signer *signers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		card_signer_close(&signers[i]);
}

int ask_signers(struct cli *cli, struct signer signers[SIGNERS_MAX], size_t *count_out)
{
	const char *paths[SIGNERS_MAX] = { cli_option(cli, "as"), second_card(cli) };
	size_t count = 0;

	if (!paths[0])
		return cli_error(cli, STR("--as"), N_("Say whose card signs: --as CARD, or --session FILE after sign_in."));
	for (; count < SIGNERS_MAX && paths[count]; count++)
		if (!card_signer(cli, paths[count], cli_option(cli, "pin-fd"), &signers[count])) {
			ask_signers_close(signers, count);
			return EXIT_USAGE;
		}
	*count_out = count;
	return EXIT_GRANTED;
}

void ask_head(struct cli *cli, struct message *ask)
{
	message_put(ask, "channel", STR("cli"));
	message_put(ask, "address", STR("local"));
	message_put(ask, "lang", cli->chinese ? STR("zh-TW") : STR("en"));
}

int ask_keeper(struct cli *cli, const char *dir, struct message *ask, struct message *out)
{
	const char *session = cli_option(cli, "session");
	struct signer signers[SIGNERS_MAX];
	size_t count = 0;
	struct str token;

	ask_head(cli, ask);
	if (!cli_option(cli, "as") && session) {
		enum fail fail = file_load(cli->arena, session, TOKEN_MAX_BYTES, &token);
		if (fail != OK)
			return cli_failed(cli, str_from(session), fail);
		message_put(ask, "session", str_trim(token));
		return reached_or_said(cli, dir, ask, NULL, 0, out);
	}
	int code = ask_signers(cli, signers, &count);
	if (code != EXIT_GRANTED)
		return code;
	code = reached_or_said(cli, dir, ask, signers, count, out);
	ask_signers_close(signers, count);
	return code;
}
