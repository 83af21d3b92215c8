#include "doors/api/api.h"

#include "base/crypto.h"
#include "doors/http/meter.h"
#include "doors/list_file.h"
#include "law/sheets.h"

/* --- what programs send -------------------------------------------------------------------- */

static struct str plain_text(struct arena *arena, const struct json *value)
{
	switch (value->kind) {
	case JSON_IS_STR: return value->text;
	case JSON_IS_INT: return str_i64(arena, value->n);
	case JSON_IS_BOOL: return value->boolean ? STR("true") : STR("false");
	case JSON_IS_NULL:
	case JSON_IS_ARRAY:
	case JSON_IS_OBJECT: return STR("");
	}
	return STR("");
}

static struct str list_text(struct arena *arena, const struct json *list)
{
	struct buf text = buf_on(arena);

	for (size_t i = 0; i < list->count; i++) {
		if (i)
			buf_byte(&text, ',');
		buf_add(&text, plain_text(arena, &list->items[i]));
	}
	return buf_str(&text);
}

static const char NOT_PLAIN[] = N_("Write a plain value here: text, a whole number, true or false.");
static const char NOT_LIST[] = N_("Write a list of plain values here, or text with commas between.");
static const char TOO_MANY_MEMBERS[] = N_("The request has more members than any command has fields.");

static bool is_plain(const struct json *value)
{
	return value->kind != JSON_IS_OBJECT && value->kind != JSON_IS_ARRAY;
}

static bool is_plain_list(const struct json *value)
{
	bool plain = value->kind == JSON_IS_ARRAY;

	for (size_t i = 0; plain && i < value->count; i++)
		plain = is_plain(&value->items[i]);
	return plain;
}

/* What is wrong with the shape of a member; NULL when nothing is. Whether the value fits is for the
 * keeper to say. */
static const char *member_wrong(const struct record_spec *spec, struct str name, const struct json *value)
{
	const struct field_spec *field = spec ? record_field(spec, name) : NULL;

	if (field && field->kind == FIELD_TEXTS)
		return is_plain(value) || is_plain_list(value) ? NULL : NOT_LIST;
	return is_plain(value) ? NULL : NOT_PLAIN;
}

/* spec NULL: filters of a sheet. FAIL_SYNTAX: the reply that says why is written. */
static MUST_CHECK enum fail members_check(struct exchange *exchange, const struct json *body,
                                          const struct record_spec *spec)
{
	const char *why = body->count >= MESSAGE_PAIRS_MAX ? TOO_MANY_MEMBERS : NULL;
	struct str name = STR("");

	for (size_t i = 0; i < body->count && !why; i++) {
		name = body->keys[i];
		why = member_wrong(spec, name, &body->items[i]);
	}
	if (!why)
		return OK;
	api_invalid(exchange, name, why);
	return FAIL_SYNTAX;
}

/* Members that are not fields of the command. */
static const struct str head_members[] = { STR_INIT("step_text"), STR_INIT("step_signature"), STR_INIT("step_signature2"),
                                          STR_INIT("list") };

static bool put_head(struct message *message, struct str name, const struct json *value)
{
	for (size_t i = 0; i < ARRAY_LEN(head_members); i++)
		if (str_eq(name, head_members[i])) {
			message_put(message, head_members[i].at, value->kind == JSON_IS_STR ? value->text : STR(""));
			return true;
		}
	return false;
}

/* "data:…;base64,…": a file as it is, in whatever coding. */
static bool is_data_url(const struct field_spec *field, const struct json *value)
{
	return str_is(field->name, "file") && value->kind == JSON_IS_STR && str_starts(value->text, STR("data:"));
}

static const char NOT_BASE64[] = N_("After data: and a type stands ;base64, and then base64 (RFC 2397).");

/* FAIL_SYNTAX: the reply that says why is written. */
static MUST_CHECK enum fail file_unwrap(struct exchange *exchange, struct str field, struct str *text)
{
	static const struct str mark = STR_INIT(";base64,");
	struct arena *arena = &exchange->arena;
	struct csv_fault fault;
	struct str bytes;
	size_t at;

	if (!str_find(*text, mark, &at) ||
	    base64_read(arena, str_slice(*text, at + mark.len, text->len), &bytes) != OK) {
		api_invalid(exchange, field, NOT_BASE64);
		return FAIL_SYNTAX;
	}
	enum fail fail = list_as_csv(arena, bytes, text, &fault);
	if (fail != OK)
		api_invalid(exchange, field, str_printf(arena, "%s (row %zu, column %zu, byte %zu)", fault.why, fault.row,
		                                        fault.column, fault.byte).at);
	return fail;
}

static MUST_CHECK enum fail files_unwrap(struct exchange *exchange, struct json *body, const struct record_spec *spec)
{
	for (size_t i = 0; i < body->count; i++) {
		const struct field_spec *field = record_field(spec, body->keys[i]);
		if (field && is_data_url(field, &body->items[i]))
			TRY(file_unwrap(exchange, field->name, &body->items[i].text));
	}
	return OK;
}

static void put_members(struct exchange *exchange, const struct json *body, struct message *message)
{
	for (size_t i = 0; i < body->count; i++) {
		const struct json *value = &body->items[i];
		if (str_is(body->keys[i], "request") || value->kind == JSON_IS_NULL ||
		    put_head(message, body->keys[i], value))
			continue;
		message_field(message, body->keys[i], value->kind == JSON_IS_ARRAY
		              ? list_text(&exchange->arena, value) : plain_text(&exchange->arena, value));
	}
}

/* FAIL_SYNTAX: the reply that says why is written. */
static MUST_CHECK enum fail read_body(struct exchange *exchange, const struct record_spec *spec,
                                      struct json *out)
{
	struct str text = exchange->request.body;
	size_t byte = 0;

	if (json_read_where(&exchange->arena, text.len ? text : STR("{}"), out, &byte) == OK &&
	    out->kind == JSON_IS_OBJECT)
		return members_check(exchange, out, spec);
	api_not_json(exchange, byte);
	return FAIL_SYNTAX;
}

/* The header or the member; who sends neither cannot repeat. The keeper says what is wrong with it. */
static struct str request_of(struct exchange *exchange, const struct json *body)
{
	const struct json *member = json_member(body, STR("request"));
	struct str key = exchange->request.idempotency_key;

	if (key.len)
		return key;
	if (member && member->kind != JSON_IS_NULL)
		return plain_text(&exchange->arena, member);
	return request_number(&exchange->arena);
}

/* --- commands and sheets ------------------------------------------------------------------- */

static void command(struct exchange *exchange)
{
	enum command_kind kind = command_find(exchange->request.params[0]);
	struct json body;

	if (kind == COMMAND_NONE || command_spec(kind)->door != DOOR_PEOPLE) {
		api_refuse(exchange, 404);
		return;
	}
	if (talk_begun(exchange)) {
		api_reply(exchange, talk_reply(exchange, 0));
		return;
	}
	const struct record_spec *spec = &command_spec(kind)->record;
	if (read_body(exchange, spec, &body) != OK || files_unwrap(exchange, &body, spec) != OK)
		return;
	put_members(exchange, &body, talk_ask_command(exchange, exchange->request.params[0],
	                                              request_of(exchange, &body)));
}

/* What to sign before an important step: POST /step-text/COMMAND with the body of the command. */
static void step_text(struct exchange *exchange)
{
	enum command_kind kind = command_find(exchange->request.params[0]);
	struct json body;

	if (kind == COMMAND_NONE || command_spec(kind)->door != DOOR_PEOPLE) {
		api_refuse(exchange, 404);
		return;
	}
	if (talk_begun(exchange)) {
		api_reply_step(exchange, talk_reply(exchange, 0));
		return;
	}
	if (read_body(exchange, &command_spec(kind)->record, &body) != OK)
		return;
	struct message *ask = talk_ask(exchange, MESSAGE_STEP_TEXT);
	message_put(ask, "command", exchange->request.params[0]);
	message_put(ask, "request", request_of(exchange, &body));
	put_members(exchange, &body, ask);
}

static const struct str paging[] = { STR_INIT("after"), STR_INIT("limit") };

static struct message *ask_sheet(struct exchange *exchange)
{
	struct message *ask = talk_ask(exchange, MESSAGE_SHEET);

	message_put(ask, "sheet", exchange->request.params[0]);
	return ask;
}

/* Page marks go into the head, everything else is a filter. */
static void put_filter(struct message *ask, struct str name, struct str value)
{
	for (size_t i = 0; i < ARRAY_LEN(paging); i++)
		if (str_eq(name, paging[i])) {
			message_put(ask, paging[i].at, value);
			return;
		}
	if (ask->field_count < MESSAGE_PAIRS_MAX)
		message_field(ask, name, value);
}

static bool sheet_ready(struct exchange *exchange)
{
	if (sheet_find(exchange->request.params[0]) == SHEET_NONE) {
		api_refuse(exchange, 404);
		return false;
	}
	if (!talk_begun(exchange))
		return true;
	api_reply(exchange, talk_reply(exchange, 0));
	return false;
}

static bool names_somebody(const struct sheet_spec *spec, const struct form *query)
{
	for (size_t i = 0; i < spec->filter_count; i++)
		if (filter_is_personal(&spec->filters[i], form_value(query, spec->filters[i].name.at)))
			return true;
	return false;
}

static void sheet_get(struct exchange *exchange)
{
	const struct form *query = &exchange->request.query;
	struct message *ask;

	if (!sheet_ready(exchange))
		return;
	if (names_somebody(sheet_spec(sheet_find(exchange->request.params[0])), query)) {
		api_refuse(exchange, 400); /* names and numbers come by POST, never in an address */
		return;
	}
	ask = ask_sheet(exchange);
	for (size_t i = 0; i < query->count; i++)
		put_filter(ask, query->at[i].name, query->at[i].value);
}

static void sheet_post(struct exchange *exchange)
{
	struct message *ask;
	struct json body;

	if (!sheet_ready(exchange))
		return;
	if (read_body(exchange, NULL, &body) != OK)
		return;
	ask = ask_sheet(exchange);
	for (size_t i = 0; i < body.count; i++)
		put_filter(ask, body.keys[i], plain_text(&exchange->arena, &body.items[i]));
}

static void openapi(struct exchange *exchange)
{
	exchange->response.status = 200;
	exchange->response.type = "application/vnd.oai.openapi+json;version=3.1";
	exchange->response.static_body = true;
	exchange->response.static_bytes = openapi_text();
}

/* --- the log, for outsiders ---------------------------------------------------------------- */

static void resource_reply(struct exchange *exchange, const char *type, bool for_ever)
{
	const struct message *reply = talk_reply(exchange, 0);
	struct response *response = &exchange->response;

	if (message_get(reply, "fail").len || message_get(reply, "refusal").len ||
	    reply->kind != MESSAGE_RESOURCE) {
		api_refuse(exchange, message_get(reply, "refusal").len ? 403 : 404);
		return;
	}
	response->status = 200;
	response->type = type;
	response->keeps_for_ever = for_ever;
	response->static_body = true;
	response->static_bytes = message_get(reply, "body");
	response_header(response, "Access-Control-Allow-Origin", STR("*"));
}

static void checkpoint(struct exchange *exchange)
{
	if (talk_begun(exchange))
		resource_reply(exchange, "text/plain; charset=utf-8", false);
	else
		message_put(talk_ask(exchange, MESSAGE_RESOURCE), "resource", STR("checkpoint"));
}

static void tile_ask(struct exchange *exchange, const char *folder)
{
	message_put(talk_ask(exchange, MESSAGE_RESOURCE), "resource",
	            str_printf(&exchange->arena, "%s%.*s", folder, STR_FMT(exchange->request.params[0])));
}

static void tile(struct exchange *exchange)
{
	struct str rest = exchange->request.params[0];

	if (str_starts(rest, STR("entries/"))) /* the next route, on the card listener only */
		api_refuse(exchange, 403);
	else if (talk_begun(exchange))
		resource_reply(exchange, "application/octet-stream", true);
	else
		tile_ask(exchange, "tile/");
}

static void bundle(struct exchange *exchange)
{
	if (talk_begun(exchange))
		resource_reply(exchange, "application/octet-stream", false);
	else
		tile_ask(exchange, "tile/entries/");
}

/* --- the machine ---------------------------------------------------------------------------- */

static void health(struct exchange *exchange)
{
	struct str state;

	if (!talk_begun(exchange)) {
		talk_ask(exchange, MESSAGE_HEALTH);
		return;
	}
	state = message_get(talk_reply(exchange, 0), "state");
	exchange->response.status = str_is(state, "ok") ? 200 : 503;
	exchange->response.type = "text/plain; charset=utf-8";
	buf_printf(&exchange->response.body, "%.*s\n", STR_FMT(state));
}

static void metrics(struct exchange *exchange)
{
	const struct sheet *keeper;
	struct buf *body = &exchange->response.body;

	if (!talk_begun(exchange)) {
		talk_ask(exchange, MESSAGE_HEALTH);
		return;
	}
	keeper = talk_sheet(exchange, 0, "metrics");
	exchange->response.status = 200;
	exchange->response.type = "text/plain; version=0.0.4; charset=utf-8";
	meter_write(exchange->meter, exchange->connections->count, body);
	for (size_t i = 0; i < keeper->row_count; i++)
		buf_printf(body, "%.*s %.*s\n", STR_FMT(sheet_cell(keeper, i, STR("name"))),
		           STR_FMT(sheet_cell(keeper, i, STR("value"))));
}

#define CARD(method, pattern, kind, handler)                                                      \
	{ method, pattern, LISTENER_CARD, NEEDS_CERTIFICATE, kind, JSON_BYTES_MAX, handler }
#define OPEN(pattern, handler)                                                                     \
	{ METHOD_GET, pattern, LISTENER_BOTH, NEEDS_NOTHING, BODY_NONE, 0, handler }

static const struct route table[] = {
	OPEN("/healthz", health),
	OPEN("/metrics", metrics),
	OPEN("/log/checkpoint", checkpoint),
	CARD(METHOD_GET, "/log/tile/entries/{...}", BODY_NONE, bundle),
	OPEN("/log/tile/{...}", tile),
	{ METHOD_POST, "/api/v1/commands/{command}", LISTENER_CARD, NEEDS_CERTIFICATE, BODY_JSON,
	  0, command },
	{ METHOD_POST, "/api/v1/step-text/{command}", LISTENER_CARD, NEEDS_CERTIFICATE, BODY_JSON,
	  0, step_text },
	CARD(METHOD_GET, "/api/v1/sheets/{sheet}", BODY_NONE, sheet_get),
	CARD(METHOD_POST, "/api/v1/sheets/{sheet}", BODY_JSON, sheet_post),
	CARD(METHOD_GET, "/api/v1/openapi.json", BODY_NONE, openapi),
};

const struct routes api_routes = { table, ARRAY_LEN(table) };
