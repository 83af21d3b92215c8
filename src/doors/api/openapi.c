#include "base/buf.h"
#include "doors/api/api.h"
#include "law/sheets.h"

/* Members in the order of the calls; every helper writes one "key": value. */
static void text(struct json_out *out, const char *key, const char *value)
{
	json_put_key(out, str_from(key));
	json_put_str(out, str_from(value));
}

static void object(struct json_out *out, const char *key)
{
	json_put_key(out, str_from(key));
	json_put_object(out);
}

static void end(struct json_out *out)
{
	json_put_object_end(out);
}

static void words(struct json_out *out, const struct word_list *list)
{
	text(out, "type", "string");
	json_put_key(out, STR("enum"));
	json_put_array(out);
	for (int i = 1; i < list->end; i++)
		json_put_str(out, list->words[i].code);
	json_put_array_end(out);
}

static void field_type(struct json_out *out, const struct field_spec *field)
{
	static const char *const types[] = {
		[FIELD_TEXT] = "string", [FIELD_INT] = "integer", [FIELD_BOOL] = "boolean",
		[FIELD_DATE] = "string", [FIELD_TIME] = "string", [FIELD_WORD] = "string",
		[FIELD_TEXTS] = "string", [FIELD_ENTRY] = "integer", [FIELD_PERSON] = "string",
		[FIELD_DOCUMENT] = "string", [FIELD_SECRET] = "string",
	};

	if (field->kind == FIELD_WORD) {
		words(out, field->words);
		return;
	}
	if (field->kind == FIELD_TEXTS) {
		json_put_key(out, STR("type"));
		json_put_raw(out, STR("[\"string\",\"array\"]"));
		text(out, "description", "values with commas between, or a list of them");
		return;
	}
	text(out, "type", types[field->kind]);
	if (field->kind == FIELD_TEXT || field->kind == FIELD_SECRET) {
		json_put_key(out, STR("maxLength"));
		json_put_u64(out, field->max_bytes);
		text(out, "description", str_is(field->name, "file")
		     ? "CSV; or \"data:;base64,\" and a file in UTF-8, UTF-16, Big5 or a spreadsheet (.ods)"
		     : str_is(field->name, "scan") ? "base64 of a PDF, PNG, JPEG or TIFF of at most app.scan_max_kib KiB (4096 by default)"
		     : "the limit counts bytes of UTF-8");
	}
	if (field->kind == FIELD_SECRET) {
		json_put_key(out, STR("writeOnly")); /* sealed; no list and no log entry shows it */
		json_put_bool(out, true);
	}
	if (field->kind == FIELD_DATE)
		text(out, "description", "2026-11-24, 20261124 or of the ROC calendar: 1151124, 115/11/24");
	if (field->kind == FIELD_TIME)
		text(out, "format", "date-time");
	if (field->kind == FIELD_PERSON)
		text(out, "pattern", "^[0-9a-f]{16}$");
}

static void request_schema(struct json_out *out)
{
	text(out, "type", "string");
	text(out, "pattern", "^([A-Za-z0-9_-]{21}[AQgw]|[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$");
	text(out, "description", "128 bits drawn for this request and kept over retries: the same number with the same "
	     "content returns the first outcome, with other content it is refused");
}

static void write_only(struct json_out *out, const char *name, const char *what)
{
	object(out, name);
	text(out, "type", "string");
	json_put_key(out, STR("writeOnly"));
	json_put_bool(out, true);
	text(out, "description", what);
	end(out);
}

/* Of a step that the card signs: what /step-text gave, and the signature over it. */
static void signature_members(struct json_out *out, const struct command_spec *spec)
{
	if (!spec->is_signed)
		return;
	write_only(out, "step_text", "as /step-text gave it, byte for byte");
	write_only(out, "step_signature", "over step_text, by the card of the person: CMS in base64, with the nonce as attribute");
	if (spec->with_agency)
		write_only(out, "step_signature2", "over the same step_text, by the agency certificate of the office");
}

static void fields_schema(struct json_out *out, const struct command_spec *spec)
{
	const struct record_spec *record = &spec->record;
	bool any = false;

	text(out, "type", "object");
	object(out, "properties");
	for (size_t i = 0; i < record->count; i++) {
		const struct field_spec *field = &record->fields[i];
		any = any || field->required;
		json_put_key(out, field->name);
		json_put_object(out);
		field_type(out, field);
		text(out, "title", field->label);
		end(out);
	}
	object(out, "request");
	request_schema(out);
	end(out);
	signature_members(out, spec);
	end(out);
	if (any) {
		json_put_key(out, STR("required"));
		json_put_array(out);
		for (size_t i = 0; i < record->count; i++)
			if (record->fields[i].required)
				json_put_str(out, record->fields[i].name);
		json_put_array_end(out);
	}
	json_put_key(out, STR("additionalProperties"));
	json_put_bool(out, false);
}

static void reference(struct json_out *out, const char *what)
{
	object(out, "content");
	object(out, "application/json");
	object(out, "schema");
	text(out, "$ref", what);
	end(out), end(out), end(out);
}

static void responses(struct json_out *out)
{
	static const struct { const char *status, *what; } rows[] = {
		{ "200", "granted, refused or waiting: see verdict" },
		{ "400", "the request does not follow its format: see error" },
		{ "413", "the body is too large" },
		{ "415", "the content type must be application/json" },
		{ "422", "fields are missing or wrong: see sheet problems" },
		{ "503", "failed; repeat with the same Idempotency-Key" },
	};

	object(out, "responses");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		object(out, rows[i].status);
		text(out, "description", rows[i].what);
		reference(out, "#/components/schemas/Outcome");
		end(out);
	}
	end(out);
}

static void parameter(struct json_out *out, const char *name, const char *place, const char *what)
{
	json_put_object(out);
	text(out, "name", name);
	text(out, "in", place);
	if (str_is(str_from(place), "path")) {
		json_put_key(out, STR("required"));
		json_put_bool(out, true);
	}
	text(out, "description", what);
	object(out, "schema");
	text(out, "type", "string");
	end(out), end(out);
}

static void command_path(struct json_out *out, struct buf *path, const struct command_spec *spec)
{
	buf_empty(path);
	buf_printf(path, "/api/v1/commands/%.*s", STR_FMT(spec->record.name));
	json_put_key(out, buf_str(path));
	json_put_object(out);
	object(out, "post");
	json_put_key(out, STR("operationId"));
	json_put_str(out, spec->record.name);
	text(out, "summary", spec->record.label);
	json_put_key(out, STR("parameters"));
	json_put_array(out);
	json_put_object(out);
	text(out, "name", "Idempotency-Key");
	text(out, "in", "header");
	text(out, "description", "takes the place of the member request");
	object(out, "schema");
	request_schema(out);
	end(out), end(out);
	json_put_array_end(out);
	object(out, "requestBody");
	json_put_key(out, STR("required"));
	json_put_bool(out, true);
	object(out, "content");
	object(out, "application/json");
	object(out, "schema");
	fields_schema(out, spec);
	end(out), end(out), end(out), end(out);
	responses(out);
	end(out), end(out);
}

/* An empty value is no filter. */
static void filter_values(struct json_out *out, const struct filter_spec *filter)
{
	if (!filter->words) {
		text(out, "type", "string");
		return;
	}
	json_put_key(out, STR("enum"));
	json_put_array(out);
	json_put_str(out, STR(""));
	for (int word = 1; word < filter->words->end; word++)
		json_put_str(out, word_code(filter->words, word));
	json_put_array_end(out);
}

static void filter_parameter(struct json_out *out, const struct filter_spec *filter)
{
	json_put_object(out);
	text(out, "name", filter->name.at);
	text(out, "in", "query");
	text(out, "description", filter->label);
	object(out, "schema");
	filter_values(out, filter);
	end(out), end(out);
}

static void sheet_get(struct json_out *out, const struct sheet_spec *spec)
{
	object(out, "get");
	text(out, "summary", spec->label);
	json_put_key(out, STR("parameters"));
	json_put_array(out);
	for (size_t i = 0; i < spec->filter_count; i++)
		filter_parameter(out, &spec->filters[i]);
	parameter(out, "after", "query", "first column of the last row of the page before");
	parameter(out, "limit", "query", "rows a page");
	json_put_array_end(out);
	responses(out);
	end(out);
}

static void filter_schema(struct json_out *out, struct str name, const char *label)
{
	json_put_key(out, name);
	json_put_object(out);
	json_put_key(out, STR("type"));
	json_put_raw(out, STR("[\"string\",\"integer\",\"boolean\"]"));
	text(out, "title", label);
	end(out);
}

static void sheet_post(struct json_out *out, const struct sheet_spec *spec)
{
	object(out, "post");
	text(out, "summary", spec->label);
	object(out, "requestBody");
	object(out, "content");
	object(out, "application/json");
	object(out, "schema");
	text(out, "type", "object");
	object(out, "properties");
	for (size_t i = 0; i < spec->filter_count; i++) {
		const struct filter_spec *filter = &spec->filters[i];
		if (!filter->words) {
			filter_schema(out, filter->name, filter->label);
			continue;
		}
		object(out, filter->name.at);
		filter_values(out, filter);
		text(out, "title", filter->label);
		end(out);
	}
	filter_schema(out, STR("after"), "First column of the last row of the page before");
	filter_schema(out, STR("limit"), "Rows a page");
	end(out);
	json_put_key(out, STR("additionalProperties"));
	json_put_bool(out, false);
	end(out), end(out), end(out), end(out);
	responses(out);
	end(out);
}

static void outcome_schema(struct json_out *out)
{
	static const struct { const char *name, *type; } members[] = {
		{ "refusal", "string" }, { "rule", "string" }, { "what", "string" }, { "detail", "string" }, { "next_step", "string" },
		{ "error", "string" }, { "fail", "string" }, { "entry", "integer" }, { "asked_entry", "integer" },
		{ "next", "integer" }, { "receipt", "string" }, { "code", "string" }, { "answer", "object" }, { "day_table", "object" },
		{ "nonce", "string" }, { "seconds", "integer" }, { "step_text", "string" }, { "step_signature", "string" },
		{ "step_signature2", "string" }, { "signed_entry", "integer" },
		{ "file_name", "string" }, { "file", "string" },
	};
	static const struct str sheet = STR_INIT(
		"{\"type\":[\"object\",\"null\"],\"required\":[\"name\",\"columns\",\"rows\"],"
		"\"additionalProperties\":false,\"properties\":{\"name\":{\"type\":\"string\"},"
		"\"columns\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
		"\"rows\":{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}}");

	object(out, "Outcome");
	text(out, "type", "object");
	json_put_key(out, STR("required"));
	json_put_raw(out, STR("[\"verdict\"]"));
	object(out, "properties");
	json_put_key(out, STR("verdict"));
	json_put_raw(out, STR("{\"type\":\"string\",\"enum\":[\"granted\",\"refused\",\"invalid\","
	                      "\"failed\",\"waiting\"]}"));
	for (size_t i = 0; i < ARRAY_LEN(members); i++) {
		object(out, members[i].name);
		json_put_key(out, STR("type"));
		json_put_array(out);
		json_put_str(out, str_from(members[i].type));
		json_put_str(out, STR("null"));
		json_put_array_end(out);
		end(out);
	}
	json_put_key(out, STR("sheet"));
	json_put_raw(out, sheet);
	object(out, "sheets");
	text(out, "type", "array");
	json_put_key(out, STR("items"));
	json_put_raw(out, sheet);
	end(out), end(out);
	json_put_key(out, STR("additionalProperties"));
	json_put_bool(out, false);
	end(out);
}

/* Fields of any command beside what says how many steps the text holds. */
static void step_body(struct json_out *out)
{
	object(out, "requestBody");
	object(out, "content");
	object(out, "application/json");
	object(out, "schema");
	text(out, "type", "object");
	text(out, "description", "the fields of the command, with the same values as in its body afterwards");
	object(out, "properties");
	object(out, "request");
	request_schema(out);
	end(out);
	object(out, "list");
	text(out, "type", "string");
	text(out, "description", "name of the field that has several values, commas between: the text then holds one step for each, "
	     "and the sheet steps gives the request number of each. Every command of the list is sent by itself, with its "
	     "value and request number and with the same step_text and signatures");
	end(out), end(out), end(out), end(out), end(out), end(out);
}

/* The text to sign takes the fields of any command, and answers nonce and step_text. */
static void step_path(struct json_out *out)
{
	json_put_key(out, STR("/api/v1/step-text/{command}"));
	json_put_object(out);
	object(out, "post");
	text(out, "summary", "The text that is signed with the card before an important step; nonce goes into the signature, "
	     "step_text and step_signature (base64, CMS) into the body of the command. Where an agency certificate signs "
	     "beside the card, its signature over the same text is step_signature2. seconds: how long the text is good");
	json_put_key(out, STR("parameters"));
	json_put_array(out);
	parameter(out, "command", "path", "name of the command");
	json_put_array_end(out);
	step_body(out);
	responses(out);
	end(out), end(out);
}

static void paths(struct json_out *out)
{
	struct buf path = buf_open();

	object(out, "paths");
	step_path(out);
	for (int kind = COMMAND_NONE + 1; kind < COMMAND_KIND_COUNT; kind++)
		if (command_spec((enum command_kind)kind)->door == DOOR_PEOPLE)
			command_path(out, &path, command_spec((enum command_kind)kind));
	for (int kind = SHEET_NONE + 1; kind < SHEET_KIND_COUNT; kind++) {
		const struct sheet_spec *spec = sheet_spec((enum sheet_kind)kind);
		buf_empty(&path);
		buf_printf(&path, "/api/v1/sheets/%.*s", STR_FMT(spec->name));
		json_put_key(out, buf_str(&path));
		json_put_object(out);
		sheet_get(out, spec);
		sheet_post(out, spec);
		end(out);
	}
	end(out);
	buf_close(&path);
}

struct str openapi_text(void)
{
	static struct buf made;
	struct json_out out = json_to(&made);

	if (made.len)
		return buf_str(&made);
	json_put_object(&out);
	text(&out, "openapi", "3.1.0");
	object(&out, "info");
	text(&out, "title", "youju");
	text(&out, "version", "1");
	text(&out, "description", "Every look-up has a legal basis, and leaves evidence. The client "
	     "certificate of a citizen card authenticates each call.");
	end(&out);
	paths(&out);
	object(&out, "components");
	object(&out, "schemas");
	outcome_schema(&out);
	end(&out);
	json_put_key(&out, STR("securitySchemes"));
	json_put_raw(&out, STR("{\"card\":{\"type\":\"mutualTLS\"}}"));
	end(&out);
	json_put_key(&out, STR("security"));
	json_put_raw(&out, STR("[{\"card\":[]}]"));
	json_put_object_end(&out);
	return buf_str(&made);
}
