#include "doors/cli/verbs.h"

#include "base/crypto.h"
#include "base/file.h"
#include "doors/cli/ask.h"
#include "doors/cli/reply.h"
#include "doors/cli/talk.h"
#include "doors/language.h"

static const char NO_SIGNATURE[] = N_("The signature was destroyed with the documents of its time.");

static int saved(struct cli *cli, const char *prefix, const char *ending, struct str bytes)
{
	struct str path = str_printf(cli->arena, "%s%s", prefix, ending);
	enum fail fail = file_save(str_c(cli->arena, path), bytes);

	return fail == OK ? EXIT_GRANTED : cli_failed(cli, path, fail);
}

static int signature_write(struct cli *cli, const char *prefix, const char *ending, struct str der)
{
	int code = saved(cli, prefix, ending, der);

	if (code == EXIT_GRANTED && !cli->json)
		buf_printf(&cli->out, "openssl cms -verify -binary -inform DER -in %s%s -content %s.txt -CAfile CA.pem -purpose any\n",
		           prefix, ending, prefix);
	return code;
}

static int files_write(struct cli *cli, const char *prefix, const struct message *reply)
{
	struct str text = message_get(reply, "step_text"), der;

	if (base64_read(cli->arena, message_get(reply, "step_signature"), &der) != OK || !der.len)
		return cli_error(cli, cli->args[1], NO_SIGNATURE);
	int code = saved(cli, prefix, ".txt", text);
	if (code == EXIT_GRANTED)
		code = signature_write(cli, prefix, ".p7s", der);
	/* Of the agency certificate, where one signed beside the card. */
	if (code == EXIT_GRANTED && base64_read(cli->arena, message_get(reply, "step_signature2"), &der) == OK && der.len)
		code = signature_write(cli, prefix, "-agency.p7s", der);
	return code;
}

int verb_signature(struct cli *cli)
{
	struct message ask = message_new(cli->arena, MESSAGE_COMMAND, 0), reply;
	const char *prefix = cli_option(cli, "out");
	uint64_t entry;

	if (str_to_u64(cli->args[1], &entry) != OK)
		return cli_error(cli, cli->args[1], N_("This is not the number of an entry."));
	if (!prefix)
		prefix = str_c(cli->arena, str_printf(cli->arena, "signature-%.*s", STR_FMT(cli->args[1])));
	message_put(&ask, "command", STR("read_signature"));
	message_put(&ask, "request", request_new(cli->arena));
	message_field(&ask, STR("entry_id"), cli->args[1]);
	int code = ask_keeper(cli, str_c(cli->arena, cli->args[0]), &ask, &reply);
	if (code != EXIT_GRANTED)
		return code;
	code = reply_put(cli, &reply);
	return code == EXIT_GRANTED ? files_write(cli, prefix, &reply) : code;
}
