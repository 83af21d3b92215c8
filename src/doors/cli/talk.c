#include "doors/cli/talk.h"

#include <time.h>
#include <unistd.h>

#include "base/crypto.h"
#include "counter/signed.h"

enum { REQUEST_BYTES = 16, WAIT_FIRST_MS = 100 };

struct line line_to(enum fail (*reach)(void *host, int *fd_out), void *host)
{
	return (struct line){ .reach = reach, .host = host, .fd = -1, .pending = buf_open() };
}

static void line_drop(struct line *line)
{
	if (line->fd >= 0)
		close(line->fd);
	line->fd = -1;
	buf_empty(&line->pending);
}

void line_close(struct line *line)
{
	line_drop(line);
	if (line->pending.at)
		wipe(line->pending.at, line->pending.cap);
	buf_close(&line->pending);
}

static enum fail ask_once(struct line *line, struct arena *arena, struct message *ask, struct message *out)
{
	struct message reply;

	if (line->fd < 0)
		TRY(line->reach(line->host, &line->fd));
	ask->id = ++line->last_id;
	TRY(message_send(line->fd, ask));
	do
		TRY(message_receive(arena, line->fd, &line->pending, TALK_TIMEOUT_MS, &reply));
	while (reply.id != ask->id);
	*out = reply;
	return OK;
}

static bool command_is_signed(const struct message *ask)
{
	enum command_kind kind = command_find(message_get(ask, "command"));

	return kind != COMMAND_NONE && command_spec(kind)->is_signed;
}

static enum fail signed_once(struct line *line, struct arena *arena, const struct message *ask,
                             const struct signer *signers, size_t count, struct message *out)
{
	static const char *const heads[SIGNERS_MAX][2] = { { "chain", "signature" }, { "chain2", "signature2" } };
	struct message nonce_ask = message_new(arena, MESSAGE_NONCE, 0), reply;
	struct message frame = message_new(arena, ask->kind, 0);
	struct str signature;

	assert(count <= SIGNERS_MAX);
	message_put(&nonce_ask, "command", message_get(ask, "command"));
	for (size_t i = 0; i < ask->head_count; i++)
		message_put(&frame, ask->head[i].name.at, ask->head[i].text);
	for (size_t i = 0; i < ask->field_count; i++) {
		message_field(&frame, ask->fields[i].name, ask->fields[i].text);
		if (command_is_signed(ask))
			message_field(&nonce_ask, ask->fields[i].name, ask->fields[i].text);
	}
	TRY(ask_once(line, arena, &nonce_ask, &reply));
	struct str nonce = message_get(&reply, "nonce");
	message_put(&frame, "nonce", nonce);
	message_put(&frame, "objects", message_get(&reply, "objects"));
	struct str text = signed_text(arena, &frame);
	for (size_t i = 0; i < count; i++) {
		TRY(signers[i].sign(signers[i].card, arena, text, nonce, &signature));
		message_put(&frame, heads[i][0], signers[i].chain);
		message_put(&frame, heads[i][1], base64url_text(arena, signature.at, signature.len));
	}
	return ask_once(line, arena, &frame, out);
}

/* Waits before the next try; false when trying again is of no use. */
static bool try_again(struct line *line, enum fail fail, int tries)
{
	int64_t wait_ms = (int64_t)WAIT_FIRST_MS << tries;
	struct timespec wait = { wait_ms / 1000, wait_ms % 1000 * 1000000 };

	line_drop(line);
	if ((fail != FAIL_CLOSED && fail != FAIL_IO) || tries + 1 >= TALK_TRIES)
		return false;
	nanosleep(&wait, NULL);
	return true;
}

enum fail line_ask(struct line *line, struct arena *arena, struct message *ask, struct message *out)
{
	for (int tries = 0;; tries++) {
		enum fail fail = ask_once(line, arena, ask, out);
		if (fail == OK || !try_again(line, fail, tries))
			return fail;
	}
}

enum fail line_ask_signed(struct line *line, struct arena *arena, const struct message *ask,
                          const struct signer *signers, size_t count, struct message *out)
{
	for (int tries = 0;; tries++) {
		enum fail fail = signed_once(line, arena, ask, signers, count, out);
		if (fail == OK || !try_again(line, fail, tries))
			return fail;
	}
}

struct str request_new(struct arena *arena)
{
	uint8_t random[REQUEST_BYTES];

	random_bytes(random, sizeof random);
	return base64url_text(arena, random, sizeof random);
}
