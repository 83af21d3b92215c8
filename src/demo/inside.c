#include "demo/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "source/local.h"

enum { CALLER = 1, COURIER = 2, ROUNDS_MAX = 64 };

/* What the keeper sent, as bytes: its own texts live only for the call. */
struct sent {
	uint64_t connection, id;
	size_t from, len; /* in the bytes */
};

struct inside {
	struct keeper *keeper;
	struct local_source *source;
	uint64_t next_id;
	struct buf bytes;
	struct sent sent[GROUP_MAX * 4];
	size_t sent_count;
};

static void take_sent(void *context, uint64_t connection, const struct message *message)
{
	struct inside *inside = context;

	assert(inside->sent_count < ARRAY_LEN(inside->sent));
	struct sent *sent = &inside->sent[inside->sent_count++];
	*sent = (struct sent){ .connection = connection, .id = message->id, .from = inside->bytes.len };
	message_pack(&inside->bytes, message);
	sent->len = inside->bytes.len - sent->from;
}

enum fail inside_open(const char *dir, struct inside **out)
{
	struct inside *inside = process_bytes(sizeof *inside);
	struct keeper_out to = { take_sent, inside };
	char path[512];

	inside->bytes = buf_open();
	snprintf(path, sizeof path, "%s/source.db", dir);
	enum fail fail = file_exists(path) ? local_source_open(path, &inside->source) : OK;
	if (fail == OK)
		fail = keeper_open(dir, to, NULL, &inside->keeper);
	if (fail != OK) {
		inside_close(&inside);
		return fail;
	}
	if (inside->source)
		keeper_joined(inside->keeper, PEER_COURIER, COURIER);
	*out = inside;
	return OK;
}

void inside_close(struct inside **inside)
{
	if (!*inside)
		return;
	keeper_close(&(*inside)->keeper);
	local_source_close(&(*inside)->source);
	buf_close(&(*inside)->bytes);
	process_free(*inside);
	*inside = NULL;
}

static enum fail answer_plan(struct inside *inside, struct arena *arena, const struct message *plan_message)
{
	struct message *message = arena_new(arena, struct message);
	struct source_plan plan;
	struct rows rows;
	struct buf bytes = buf_on(arena);
	int64_t wait_ms;

	TRY(source_plan_unpack(message_get(plan_message, "plan"), &plan));
	TRY(local_source_ask(inside->source, arena, &plan, &rows, &wait_ms));
	rows_pack(&bytes, &rows);
	*message = message_new(arena, MESSAGE_ROWS, plan_message->id);
	message_put(message, "rows", buf_str(&bytes));
	return keeper_run(inside->keeper, PEER_COURIER, COURIER, message);
}

/* Sorts what was sent: replies to their callers, plans back as rows. */
static enum fail sort_sent(struct inside *inside, struct arena *arena, uint64_t first_id, size_t count,
                           struct message *replies, bool *answered, size_t *plans_out)
{
	struct str bytes = str_copy(arena, buf_str(&inside->bytes));
	size_t sent_count = inside->sent_count, used;
	struct sent *sent = arena_array(arena, struct sent, sent_count + 1);

	memcpy(sent, inside->sent, sent_count * sizeof *sent);
	inside->sent_count = 0;
	buf_empty(&inside->bytes);
	*plans_out = 0;
	for (size_t i = 0; i < sent_count; i++) {
		struct message message;
		TRY(message_unpack(arena, str_slice(bytes, sent[i].from, sent[i].len), &used, &message));
		if (message.kind == MESSAGE_PLAN) {
			TRY(answer_plan(inside, arena, &message));
			(*plans_out)++;
		} else if (sent[i].connection == CALLER && sent[i].id - first_id < count) {
			replies[sent[i].id - first_id] = message;
			answered[sent[i].id - first_id] = true;
		}
	}
	return OK;
}

static bool all_answered(const bool *answered, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!answered[i])
			return false;
	return true;
}

enum fail inside_call(struct inside *inside, struct arena *arena, enum peer peer,
                      struct message *messages, size_t count, struct message *replies)
{
	bool *answered = arena_array(arena, bool, count);
	uint64_t first_id = inside->next_id;
	size_t plans = 0;

	assert(count <= GROUP_MAX);
	inside->next_id += count;
	for (size_t i = 0; i < count; i++) {
		messages[i].id = first_id + i;
		TRY(keeper_run(inside->keeper, peer, CALLER, &messages[i]));
	}
	for (int round = 0; round < ROUNDS_MAX; round++) {
		TRY(keeper_settle(inside->keeper));
		TRY(sort_sent(inside, arena, first_id, count, replies, answered, &plans));
		if (!plans && all_answered(answered, count))
			return OK;
	}
	return FAIL_TIMEOUT;
}

enum fail inside_tick(struct inside *inside)
{
	int64_t wait_ms;

	TRY(keeper_tick(inside->keeper, &wait_ms));
	TRY(keeper_settle(inside->keeper));
	inside->sent_count = 0; /* to nobody: no sealer and no front are there */
	buf_empty(&inside->bytes);
	return OK;
}
