#include "base/crypto.h"
#include "doors/api/api.h"
#include "law/refusals.h"

static struct json_out begin(struct exchange *exchange, unsigned status)
{
	exchange->response.status = status;
	exchange->response.type = "application/json";
	return json_to(&exchange->response.body);
}

static void put_text(struct json_out *out, const char *key, struct str text)
{
	json_put_key(out, str_from(key));
	if (text.len)
		json_put_str(out, text);
	else
		json_put_null(out);
}

static void put_number(struct json_out *out, const char *key, const struct message *reply)
{
	uint64_t n;

	json_put_key(out, str_from(key));
	if (str_to_u64(message_get(reply, key), &n) == OK)
		json_put_u64(out, n);
	else
		json_put_null(out);
}

static void put_document(struct json_out *out, const char *key, struct str json)
{
	if (!json.len)
		return;
	json_put_key(out, str_from(key));
	json_put_raw(out, json);
}

static void put_sheet(struct json_out *out, const struct sheet *sheet)
{
	json_put_object(out);
	put_text(out, "name", sheet->name);
	json_put_key(out, STR("columns"));
	json_put_array(out);
	for (size_t c = 0; c < sheet->column_count; c++)
		json_put_str(out, sheet->columns[c]);
	json_put_array_end(out);
	json_put_key(out, STR("rows"));
	json_put_array(out);
	for (size_t r = 0; r < sheet->row_count; r++) {
		json_put_array(out);
		for (size_t c = 0; c < sheet->column_count; c++)
			json_put_str(out, sheet->cells[r * sheet->column_count + c]);
		json_put_array_end(out);
	}
	json_put_array_end(out);
	json_put_object_end(out);
}

static void put_file(struct exchange *exchange, struct json_out *out, const struct message *reply)
{
	struct str file = message_get(reply, "file");

	if (!file.len)
		return;
	put_text(out, "file_name", message_get(reply, "file_name"));
	put_text(out, "file", base64_text(&exchange->arena, file.at, file.len));
}

static void put_refusal(struct json_out *out, const struct message *reply)
{
	struct str code = message_get(reply, "refusal");
	const struct refusal_spec *spec = refusal_spec(refusal_find(code));

	put_text(out, "refusal", code);
	if (!code.len)
		return;
	put_text(out, "rule", str_from(spec->rule));
	put_text(out, "what", str_from(spec->what));
	put_text(out, "detail", message_get(reply, "detail"));
	put_text(out, "next_step", str_from(spec->next));
}

static void put_sheets(struct json_out *out, const struct message *reply)
{
	json_put_key(out, STR("sheet"));
	if (reply->sheet_count)
		put_sheet(out, &reply->sheets[0]);
	else
		json_put_null(out);
	if (reply->sheet_count < 2)
		return;
	json_put_key(out, STR("sheets"));
	json_put_array(out);
	for (size_t i = 0; i < reply->sheet_count; i++)
		put_sheet(out, &reply->sheets[i]);
	json_put_array_end(out);
}

static unsigned status_of(struct str outcome)
{
	if (str_is(outcome, "invalid"))
		return 422;
	if (str_is(outcome, "granted") || str_is(outcome, "refused") || str_is(outcome, "waiting"))
		return 200;
	return 503;
}

void api_reply_step(struct exchange *exchange, const struct message *reply)
{
	if (reply->kind != MESSAGE_STEP_TEXT) {
		api_reply(exchange, reply);
		return;
	}
	struct json_out out = begin(exchange, 200);
	json_put_object(&out);
	put_text(&out, "verdict", STR("granted"));
	put_text(&out, "nonce", message_get(reply, "nonce"));
	put_number(&out, "seconds", reply);
	put_text(&out, "step_text", message_get(reply, "text"));
	put_sheets(&out, reply);
	json_put_object_end(&out);
}

void api_reply(struct exchange *exchange, const struct message *reply)
{
	struct str outcome = message_get(reply, "outcome");
	struct json_out out = begin(exchange, status_of(outcome));

	json_put_object(&out);
	put_text(&out, "verdict", outcome);
	put_refusal(&out, reply);
	put_text(&out, "fail", message_get(reply, "fail"));
	put_number(&out, "entry", reply);
	put_number(&out, "asked_entry", reply);
	if (message_get(reply, "signed_entry").len)
		put_number(&out, "signed_entry", reply);
	put_text(&out, "receipt", message_get(reply, "receipt"));
	if (message_get(reply, "code").len)
		put_text(&out, "code", message_get(reply, "code"));
	put_number(&out, "next", reply);
	put_document(&out, "answer", message_get(reply, "answer"));
	put_document(&out, "day_table", message_get(reply, "day_table"));
	if (message_get(reply, "step_signature").len) {
		put_text(&out, "step_text", message_get(reply, "step_text"));
		put_text(&out, "step_signature", message_get(reply, "step_signature"));
	}
	if (message_get(reply, "step_signature2").len)
		put_text(&out, "step_signature2", message_get(reply, "step_signature2"));
	put_file(exchange, &out, reply);
	put_sheets(&out, reply);
	json_put_object_end(&out);
}

static const struct { unsigned status; const char *text; } errors[] = {
	{ 400, "the request does not follow its format" },
	{ 401, "a client certificate is needed" },
	{ 403, "not from this origin, or not on this listener" },
	{ 404, "no such path, command or sheet" },
	{ 405, "not with this method" },
	{ 413, "the body is too large" },
	{ 414, "the address is too long" },
	{ 415, "the content type must be application/json" },
	{ 431, "too many headers" },
	{ 503, "the service does not answer just now; repeat with the same Idempotency-Key" },
};

void api_refuse(struct exchange *exchange, unsigned status)
{
	struct json_out out = begin(exchange, status);
	const char *text = errors[0].text;

	for (size_t i = 0; i < ARRAY_LEN(errors); i++)
		if (errors[i].status == status)
			text = errors[i].text;
	json_put_object(&out);
	put_text(&out, "verdict", STR("failed"));
	put_text(&out, "error", str_from(text));
	json_put_object_end(&out);
}

void api_invalid(struct exchange *exchange, struct str field, const char *why)
{
	static const struct str columns[] = { STR_INIT("field"), STR_INIT("why") };
	struct sheet problems = sheet_new(&exchange->arena, STR("problems"), columns, ARRAY_LEN(columns));
	struct json_out out = begin(exchange, 422);
	struct str *row = sheet_row_add(&exchange->arena, &problems);

	row[0] = field;
	row[1] = str_from(why);
	json_put_object(&out);
	put_text(&out, "verdict", STR("invalid"));
	json_put_key(&out, STR("sheet"));
	put_sheet(&out, &problems);
	json_put_object_end(&out);
}

void api_not_json(struct exchange *exchange, size_t byte)
{
	struct json_out out = begin(exchange, 400);

	json_put_object(&out);
	put_text(&out, "verdict", STR("failed"));
	put_text(&out, "error", str_printf(&exchange->arena, "the body is no JSON object with each member once, "
	                                   "whole numbers and valid UTF-8; look at byte %zu", byte));
	json_put_object_end(&out);
}
