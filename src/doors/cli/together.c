#include "doors/cli/together.h"

#include "base/crypto.h"
#include "doors/cli/ask.h"
#include "doors/cli/grid.h"
#include "doors/cli/reply.h"
#include "law/refusals.h"

struct whole {
	struct cli *cli;
	const struct command_spec *spec;
	const struct pair *pairs;
	size_t count;
	struct str list;
	struct str text, signatures[SIGNERS_MAX];
	struct sheet rows; /* what was answered */
	int code;
};

static enum fail text_ask(struct whole *whole, struct line *line, struct message *out)
{
	struct message ask = message_new(whole->cli->arena, MESSAGE_STEP_TEXT, 0);

	ask_head(whole->cli, &ask);
	message_put(&ask, "command", whole->spec->record.name);
	message_put(&ask, "list", whole->list);
	for (size_t i = 0; i < whole->count; i++)
		message_field(&ask, whole->pairs[i].name, whole->pairs[i].text);
	return line_ask(line, whole->cli->arena, &ask, out);
}

static enum fail text_sign(struct whole *whole, const struct message *shown, const struct signer *signers, size_t count)
{
	struct str der;

	whole->text = message_get(shown, "text");
	for (size_t i = 0; i < count; i++) {
		TRY(signers[i].sign(signers[i].card, whole->cli->arena, whole->text, message_get(shown, "nonce"), &der));
		whole->signatures[i] = base64_text(whole->cli->arena, der.at, der.len);
	}
	return OK;
}

static void row_add(struct whole *whole, struct str value, const struct message *reply)
{
	struct str *row = sheet_row_add(whole->cli->arena, &whole->rows), signed_entry = message_get(reply, "signed_entry");
	enum refusal refusal = refusal_find(message_get(reply, "refusal"));

	row[0] = value;
	row[1] = whole->cli->json ? message_get(reply, "outcome") : str_from(cli_say(whole->cli, reply_label(reply)));
	row[2] = message_get(reply, "refusal");
	row[3] = refusal ? str_from(cli_say(whole->cli, refusal_spec(refusal)->what)) : STR("");
	row[4] = refusal ? str_from(cli_say(whole->cli, refusal_spec(refusal)->next)) : STR("");
	row[5] = signed_entry.len ? signed_entry : message_get(reply, "entry");
	if (reply_code(reply) > whole->code)
		whole->code = reply_code(reply);
}

/* The frame says who gives the command, the text what was signed. */
static enum fail step_give(struct whole *whole, struct line *line, const struct signer *own, struct str value, struct str request)
{
	static const char *const heads[SIGNERS_MAX] = { "step_signature", "step_signature2" };
	struct message ask = message_new(whole->cli->arena, MESSAGE_COMMAND, 0), reply;

	ask_head(whole->cli, &ask);
	message_put(&ask, "command", whole->spec->record.name);
	message_put(&ask, "request", request);
	message_put(&ask, "step_text", whole->text);
	for (size_t i = 0; i < SIGNERS_MAX; i++)
		if (whole->signatures[i].len)
			message_put(&ask, heads[i], whole->signatures[i]);
	for (size_t i = 0; i < whole->count; i++)
		message_field(&ask, whole->pairs[i].name, str_eq(whole->pairs[i].name, whole->list) ? value : whole->pairs[i].text);
	TRY(line_ask_signed(line, whole->cli->arena, &ask, own, 1, &reply));
	row_add(whole, value, &reply);
	return OK;
}

static enum fail steps_give(struct whole *whole, struct line *line, const struct signer *signers, size_t count)
{
	struct message shown;

	TRY(text_ask(whole, line, &shown));
	if (shown.kind != MESSAGE_STEP_TEXT) {
		whole->code = reply_put(whole->cli, &shown);
		return OK;
	}
	TRY(text_sign(whole, &shown, signers, count));
	const struct sheet *steps = message_sheet_named(&shown, "steps");
	for (size_t i = 0; steps && i < steps->row_count; i++)
		TRY(step_give(whole, line, &signers[0], sheet_cell(steps, i, STR("value")), sheet_cell(steps, i, STR("request"))));
	return OK;
}

static void rows_put(struct whole *whole)
{
	struct cli *cli = whole->cli;

	if (cli->json) {
		struct json_out out = json_to(&cli->out);
		json_put_object(&out);
		json_put_key(&out, STR("steps"));
		grid_json(&out, &whole->rows);
		json_put_object_end(&out);
		buf_byte(&cli->out, '\n');
		return;
	}
	struct str titles[] = { whole->list, str_from(cli_say(cli, N_("Outcome"))), STR(""), str_from(cli_say(cli, N_("Why"))),
		                str_from(cli_say(cli, N_("Next step"))), str_from(cli_say(cli, N_("Entry"))) };
	static_assert(ARRAY_LEN(titles) == 6, "as many as row_add fills");
	grid_text(&cli->out, &whole->rows, titles);
}

int do_together(struct cli *cli, const struct command_spec *spec, const struct pair *pairs, size_t count, struct str list)
{
	static const struct str columns[] = { STR_INIT("value"), STR_INIT("verdict"), STR_INIT("refusal"), STR_INIT("what"),
		                              STR_INIT("next_step"), STR_INIT("entry") };
	const char *dir = str_c(cli->arena, cli->args[0]);
	struct whole whole = { cli, spec, pairs, count, list, STR(""), { STR(""), STR("") },
		               sheet_new(cli->arena, STR("steps"), columns, ARRAY_LEN(columns)), EXIT_GRANTED };
	struct signer signers[SIGNERS_MAX];
	size_t signer_count;
	void *host;

	if (!spec->is_signed || !record_field(&spec->record, list))
		return cli_error(cli, list, N_("No list of this command is signed under this field."));
	int code = ask_signers(cli, signers, &signer_count);
	if (code != EXIT_GRANTED)
		return code;
	enum fail fail = counter_way->open(dir, &host);
	if (fail == OK) {
		struct line line = line_to(counter_way->reach, host);
		fail = steps_give(&whole, &line, signers, signer_count);
		line_close(&line);
		counter_way->close(host);
	}
	ask_signers_close(signers, signer_count);
	if (whole.rows.row_count)
		rows_put(&whole);
	return fail == OK ? whole.code : cli_failed(cli, cli->args[0], fail);
}
