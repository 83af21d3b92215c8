/* The stories by the API: curl with the card's certificate on the card listener. */
#include <stdio.h>

#include "base/cert_cms.h"
#include "doors/cli/talk.h"
#include "world.h"

/* What the program signs before an important step, and both signatures over it. */
struct step_signed { struct str text, own, agency; };

static struct str body_of(struct world *world, const struct ask *ask, const struct step_signed *step)
{
	const struct { struct str name, text; } heads[] = {
		{ STR("step_text"), step->text }, { STR("step_signature"), step->own }, { STR("step_signature2"), step->agency },
	};
	struct buf body = buf_on(world->arena);
	struct json_out out = json_to(&body);

	json_put_object(&out);
	for (size_t i = 0; i < ask->count; i++) {
		json_put_key(&out, ask->fields[i].name);
		json_put_str(&out, ask->fields[i].text);
	}
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		if (heads[i].text.len) {
			json_put_key(&out, heads[i].name);
			json_put_str(&out, heads[i].text);
		}
	json_put_object_end(&out);
	return buf_str(&body);
}

static const struct json *sheet_named(const struct json *object, struct str name)
{
	const struct json *one = json_member(object, STR("sheet")), *many = json_member(object, STR("sheets"));

	for (size_t i = 0; many && i < many->count; i++)
		if (str_eq(json_text(&many->items[i], STR("name")), name))
			return &many->items[i];
	return one && one->kind == JSON_IS_OBJECT && str_eq(json_text(one, STR("name")), name) ? one : NULL;
}

static struct sheet sheet_of(struct arena *arena, const struct json *sheet)
{
	const struct json *columns = json_member(sheet, STR("columns")), *rows = json_member(sheet, STR("rows"));
	struct str names[SHEET_COLUMN_LIMIT];

	for (size_t i = 0; i < columns->count && i < SHEET_COLUMN_LIMIT; i++)
		names[i] = columns->items[i].text;
	struct sheet out = sheet_new(arena, json_text(sheet, STR("name")), names, columns->count);
	for (size_t row = 0; row < rows->count; row++) {
		struct str *cells = sheet_row_add(arena, &out);
		for (size_t i = 0; i < columns->count && i < rows->items[row].count; i++)
			cells[i] = rows->items[row].items[i].text;
	}
	return out;
}

static struct str problems_of(struct arena *arena, const struct json *problems)
{
	struct buf text = buf_on(arena);

	if (!problems)
		return STR("");
	struct sheet sheet = sheet_of(arena, problems);
	for (size_t cell = 0; cell < sheet.row_count * sheet.column_count; cell++) {
		buf_add(&text, sheet.cells[cell]);
		buf_byte(&text, (cell + 1) % sheet.column_count ? ' ' : '\n');
	}
	return buf_str(&text);
}

static uint64_t number_of(const struct json *object, struct str key)
{
	const struct json *member = json_member(object, key);

	return member && member->kind == JSON_IS_INT ? (uint64_t)member->n : 0;
}

static struct said said_from(struct world *world, const struct ask *ask, const struct json *object)
{
	bool reads_log = str_is(ask->name, "read_log");
	const struct json *rows = sheet_named(object, reads_log ? STR("entries") : ask->name);
	const struct json *answer = json_member(object, STR("answer"));
	struct said said = {
		.outcome = json_text(object, STR("verdict")), .refusal = json_text(object, STR("refusal")),
		.rule = json_text(object, STR("rule")), .fail = json_text(object, STR("fail")), .code = json_text(object, STR("code")),
		.answer = answer ? json_again(world->arena, answer) : STR(""), .exit_fits = true,
		.has_day_table = json_member(object, STR("day_table")) != NULL,
		.entry = number_of(object, STR("entry")), .asked = number_of(object, STR("asked_entry")),
		.problems = problems_of(world->arena, sheet_named(object, STR("problems"))),
	};

	if (rows)
		said.rows = sheet_of(world->arena, rows);
	return said;
}

static enum fail call(struct world *world, const struct ask *ask, const char *what, struct str request,
                      struct str body, struct json *out)
{
	struct arena *arena = world->arena;
	const char *card = str_printf(arena, "%s/cards/%s.pem", world->dir, ask->who->key).at;
	const char *authority = str_printf(arena, "%s/tls/server.pem", world->dir).at;
	const char *address = str_printf(arena, "https://localhost:%d/api/v1/%s/%.*s", world->card_port,
	                                 what, STR_FMT(ask->name)).at;
	const char *key = str_printf(arena, "Idempotency-Key: %.*s", STR_FMT(request)).at;
	const char *const argv[] = { "curl", "-sS", "--cacert", authority, "--cert", card, "--key", card,
		                     "-H", "Content-Type: application/json", "-H", key, "--data-binary", "@-",
		                     address, NULL };
	struct str printed;
	int code;

	TRY(program_run(world, "/usr/bin/curl", argv, body, &printed, &code));
	if (code != 0)
		return FAIL_CLOSED;
	return json_read(arena, str_trim(printed), out);
}

static enum fail player_signs(struct world *world, const struct player *who, struct str text, struct str nonce,
                              struct str *out)
{
	const char *path = str_printf(world->arena, "%s/cards/%s.pem", world->dir, who->key).at;
	struct card card;
	struct str der;
	char pin[1] = "";

	TRY(card_open(world->arena, path, pin, 0, &card));
	enum fail fail = cms_sign(world->arena, &card, text, nonce, clock_wall_ms(), false, &der);
	card_close(&card);
	TRY(fail);
	*out = base64_text(world->arena, der.at, der.len);
	return OK;
}

/* An important step is signed: the program asks what to sign, and the cards sign it. */
static enum fail step_sign(struct world *world, const struct ask *ask, struct str request, struct step_signed *step)
{
	struct json object;

	TRY(call(world, ask, "step-text", request, body_of(world, ask, step), &object));
	struct str nonce = json_text(&object, STR("nonce"));
	if (!nonce.len)
		return OK; /* the command says what is wrong */
	step->text = json_text(&object, STR("step_text"));
	TRY(player_signs(world, ask->who, step->text, nonce, &step->own));
	return ask->second ? player_signs(world, ask->second, step->text, nonce, &step->agency) : OK;
}

static enum fail api_pass(struct world *world, const struct ask *ask, struct said *out)
{
	struct str request = ask->request.len ? ask->request : request_new(world->arena);
	struct step_signed step = { STR(""), STR(""), STR("") };
	struct json object;

	if (ask_is_signed(ask))
		TRY(step_sign(world, ask, request, &step));
	TRY(call(world, ask, ask->is_sheet ? "sheets" : "commands", request, body_of(world, ask, &step), &object));
	*out = said_from(world, ask, &object);
	return OK;
}

const struct door door_api = { .name = "api", .pass = api_pass, .needs_front = true };
