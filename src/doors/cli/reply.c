#include "doors/cli/reply.h"

#include "base/crypto.h"
#include "doors/cli/grid.h"
#include "doors/cli/letter.h"
#include "doors/language.h"
#include "law/clause.h"
#include "law/refusals.h"

static const struct { const char *outcome; int code; const char *label; } outcomes[] = {
	{ "granted", EXIT_GRANTED, N_("Granted.") },
	{ "waiting", EXIT_GRANTED, N_("Asked; the answer is still to come.") },
	{ "refused", EXIT_REFUSED, N_("Refused.") },
	{ "invalid", EXIT_USAGE, N_("Fields are missing or wrong; nothing was asked.") },
	{ "failed", EXIT_FAILED, N_("Failed; no answer.") },
};

const char *reply_label(const struct message *reply)
{
	for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
		if (str_is(message_get(reply, "outcome"), outcomes[i].outcome))
			return outcomes[i].label;
	return N_("The keeper said something that this program does not know.");
}

int reply_code(const struct message *reply)
{
	for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
		if (str_is(message_get(reply, "outcome"), outcomes[i].outcome))
			return outcomes[i].code;
	return EXIT_FAILED;
}

static void refusal_put(struct cli *cli, const struct message *reply)
{
	enum refusal refusal = refusal_find(message_get(reply, "refusal"));
	struct str detail = message_get(reply, "detail");

	if (refusal == REFUSED_NOT)
		return;
	const struct refusal_spec *spec = refusal_spec(refusal);
	letter_line(cli, N_("Why"), str_from(cli_say(cli, spec->what)));
	if (detail.len)
		letter_line(cli, N_("In detail"), str_from(cli_say(cli, str_c(cli->arena, detail))));
	struct str cited = clause_citation(cli->arena, str_from(spec->rule));
	if (!cited.len)
		cited = str_from(cli_say(cli, rule_label(str_from(spec->rule))));
	letter_line(cli, N_("Rule"), str_printf(cli->arena, "%s %.*s", spec->rule, STR_FMT(cited)));
	letter_line(cli, N_("Next step"), str_from(cli_say(cli, spec->next)));
}

/* "why" cells are msgids of the law; the other cells are data. */
static void sheet_said(struct cli *cli, const struct sheet *sheet)
{
	struct sheet said = sheet_new(cli->arena, sheet->name, sheet->columns, sheet->column_count);

	for (size_t row = 0; row < sheet->row_count; row++) {
		struct str *cells = sheet_row_add(cli->arena, &said);
		for (size_t i = 0; i < sheet->column_count; i++) {
			struct str cell = sheet->cells[row * sheet->column_count + i];
			bool is_msgid = str_is(sheet->columns[i], "why");
			cells[i] = is_msgid ? str_from(cli_say(cli, str_c(cli->arena, cell))) : cell;
		}
	}
	buf_byte(&cli->out, '\n');
	grid_text(&cli->out, &said, NULL);
}

static struct str receipt_said(struct cli *cli, struct str state)
{
	if (str_is(state, "pending"))
		return str_from(cli_say(cli, N_("to come within a second: youju log prove DIR ENTRY")));
	if (str_is(state, "ready"))
		return str_from(cli_say(cli, N_("ready: youju log prove DIR ENTRY")));
	return state;
}

static void letter_of(struct cli *cli, const struct message *reply)
{
	if (message_get_u64(reply, "demo"))
		buf_printf(&cli->out, "%s\n", cli_say(cli, N_("Demonstration data")));
	buf_printf(&cli->out, "%s\n", cli_say(cli, reply_label(reply)));
	refusal_put(cli, reply);
	letter_line(cli, N_("Cause"), message_get(reply, "fail"));
	letter_answer(cli, message_get(reply, "answer"));
	letter_day_table(cli, message_get(reply, "day_table"));
	letter_line(cli, N_("Authorization code"), message_get(reply, "code"));
	letter_line(cli, N_("Name"), message_get(reply, "name"));
	letter_line(cli, N_("Asked in entry"), message_get(reply, "asked_entry"));
	letter_line(cli, N_("Entry"), message_get(reply, "entry"));
	letter_line(cli, N_("Entry with the signature"), message_get(reply, "signed_entry"));
	letter_line(cli, N_("Receipt"), receipt_said(cli, message_get(reply, "receipt")));
	for (size_t i = 0; i < reply->sheet_count; i++)
		sheet_said(cli, &reply->sheets[i]);
}

static void json_text_or_null(struct json_out *out, const char *name, struct str text)
{
	json_put_key(out, str_from(name));
	if (text.len)
		json_put_str(out, text);
	else
		json_put_null(out);
}

static void json_number_or_null(struct json_out *out, const char *name, const struct message *reply)
{
	json_put_key(out, str_from(name));
	if (message_get(reply, name).len)
		json_put_u64(out, message_get_u64(reply, name));
	else
		json_put_null(out);
}

static void json_raw(struct json_out *out, const char *name, struct str json)
{
	if (json.len == 0)
		return;
	json_put_key(out, str_from(name));
	json_put_raw(out, json);
}

/* Base64, as the API has it. */
static void json_file(struct cli *cli, struct json_out *out, const struct message *reply)
{
	struct str file = message_get(reply, "file");

	if (file.len == 0)
		return;
	json_text_or_null(out, "file_name", message_get(reply, "file_name"));
	json_text_or_null(out, "file", base64_text(cli->arena, file.at, file.len));
}

static void json_of(struct cli *cli, const struct message *reply)
{
	struct json_out out = json_to(&cli->out);
	enum refusal refusal = refusal_find(message_get(reply, "refusal"));

	json_put_object(&out);
	json_text_or_null(&out, "verdict", message_get(reply, "outcome"));
	json_text_or_null(&out, "refusal", message_get(reply, "refusal"));
	if (refusal != REFUSED_NOT) {
		json_text_or_null(&out, "rule", str_from(refusal_spec(refusal)->rule));
		json_text_or_null(&out, "what", str_from(cli_say(cli, refusal_spec(refusal)->what)));
		json_text_or_null(&out, "detail",
		                  str_from(cli_say(cli, str_c(cli->arena, message_get(reply, "detail")))));
		json_text_or_null(&out, "next_step", str_from(cli_say(cli, refusal_spec(refusal)->next)));
	}
	json_text_or_null(&out, "fail", message_get(reply, "fail"));
	json_number_or_null(&out, "entry", reply);
	json_number_or_null(&out, "asked_entry", reply);
	if (message_get(reply, "signed_entry").len)
		json_number_or_null(&out, "signed_entry", reply);
	json_text_or_null(&out, "receipt", message_get(reply, "receipt"));
	if (message_get(reply, "code").len)
		json_text_or_null(&out, "code", message_get(reply, "code"));
	json_raw(&out, "answer", message_get(reply, "answer"));
	json_raw(&out, "day_table", message_get(reply, "day_table"));
	json_file(cli, &out, reply);
	for (size_t i = 0; i < reply->sheet_count; i++) {
		json_put_key(&out, reply->sheets[i].name);
		grid_json(&out, &reply->sheets[i]);
	}
	json_put_object_end(&out);
	buf_byte(&cli->out, '\n');
}

int reply_put(struct cli *cli, const struct message *reply)
{
	if (cli->json)
		json_of(cli, reply);
	else
		letter_of(cli, reply);
	return reply_code(reply);
}
