/* The stories by the keeper's counter: frames that a card signed, or that name a session. */
#include <stdio.h>

#include "base/cert_cms.h"
#include "base/file.h"
#include "base/local.h"
#include "counter/signed.h"
#include "doors/cli/talk.h"
#include "law/refusals.h"
#include "world.h"

static enum fail counter_reach(void *host, int *fd_out)
{
	const struct world *world = host;
	char run[256];

	snprintf(run, sizeof run, "%s/run", world->dir);
	return local_connect(run, "counter.sock", fd_out);
}

static enum fail card_sign(void *card, struct arena *arena, struct str text, struct str nonce, struct str *out)
{
	return cms_sign(arena, card, text, nonce, clock_wall_ms(), false, out);
}

static enum fail signer_open(struct world *world, const struct player *who, struct signer *out)
{
	struct card *card = arena_new(world->arena, struct card);
	char empty[1] = "";

	TRY(card_open(world->arena, str_printf(world->arena, "%s/cards/%s.pem", world->dir, who->key).at, empty, 0,
	              card));
	*out = (struct signer){ .chain = card->cert_der, .sign = card_sign, .card = card };
	return OK;
}

static struct str problems_of(struct arena *arena, const struct sheet *sheet)
{
	struct buf out = buf_on(arena);

	for (size_t cell = 0; sheet && cell < sheet->row_count * sheet->column_count; cell++) {
		buf_add(&out, sheet->cells[cell]);
		buf_byte(&out, (cell + 1) % sheet->column_count ? ' ' : '\n');
	}
	return buf_str(&out);
}

static struct said said_from(struct world *world, const struct ask *ask, const struct message *reply)
{
	struct said said = {
		.outcome = message_get(reply, "outcome"), .refusal = message_get(reply, "refusal"),
		.rule = STR(""), .fail = message_get(reply, "fail"), .answer = message_get(reply, "answer"), .code = message_get(reply, "code"),
		.entry = message_get_u64(reply, "entry"), .asked = message_get_u64(reply, "asked_entry"),
		.problems = problems_of(world->arena, message_sheet_named(reply, "problems")),
		.has_day_table = message_get(reply, "day_table").len > 0, .exit_fits = true,
	};
	bool reads_log = str_is(ask->name, "read_log");
	const struct sheet *rows = message_sheet_named(reply, reads_log ? "entries" : str_c(world->arena, ask->name));

	if (refusal_find(said.refusal) != REFUSED_NOT)
		said.rule = str_from(refusal_spec(refusal_find(said.refusal))->rule);
	if (rows)
		said.rows = *rows;
	return said;
}

static struct message message_of(struct world *world, const struct ask *ask)
{
	struct message message = message_new(world->arena, ask->is_sheet ? MESSAGE_SHEET : MESSAGE_COMMAND, 0);

	message_put(&message, ask->is_sheet ? "sheet" : "command", ask->name);
	if (!ask->is_sheet)
		message_put(&message, "request", ask->request.len ? ask->request : request_new(world->arena));
	message_put(&message, "channel", STR("cli"));
	message_put(&message, "address", STR("local"));
	for (size_t i = 0; i < ask->count; i++)
		message_field(&message, ask->fields[i].name, ask->fields[i].text);
	return message;
}

static enum fail asked(struct world *world, struct line *line, const struct ask *ask, struct message *reply)
{
	struct message message = message_of(world, ask);
	struct signer signers[SIGNERS_MAX];
	char path[256];
	struct str token;

	if (world_has_session(world, ask->who) && !str_is(ask->name, "sign_in") && !ask_is_signed(ask)) {
		TRY(file_load(world->arena, world_session_path(world, ask->who, path), 256, &token));
		message_put(&message, "session", token);
		return line_ask(line, world->arena, &message, reply);
	}
	TRY(signer_open(world, ask->who, &signers[0]));
	if (ask->second)
		TRY(signer_open(world, ask->second, &signers[1]));
	return line_ask_signed(line, world->arena, &message, signers, ask->second ? 2 : 1, reply);
}

static enum fail frames_pass(struct world *world, const struct ask *ask, struct said *out)
{
	struct line line = line_to(counter_reach, world);
	struct message reply;
	char path[256];

	enum fail fail = asked(world, &line, ask, &reply);
	line_close(&line);
	TRY(fail);
	*out = said_from(world, ask, &reply);
	if (str_is(ask->name, "sign_in") && message_get(&reply, "session").len)
		TRY(file_save(world_session_path(world, ask->who, path), message_get(&reply, "session")));
	return OK;
}

const struct door door_frames = { .name = "frames", .pass = frames_pass, .has_sessions = true };
