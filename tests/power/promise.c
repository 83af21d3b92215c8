#include "promise.h"

#include "journal/checkpoint.h"
#include "life.h"
#include "people.h"
#include "watch.h"

enum { HEADS_MAX = 1024, NOTE_ARENA_BYTES = 1 << 20 };

struct head { uint64_t size; struct hash root, note; bool published; };

static struct { size_t count; struct head at[HEADS_MAX]; } heads;
static struct promise_count counted;

void promise_begin(void)
{
	heads.count = 0;
	people_begin();
}

struct promise_count promise_count(void)
{
	return counted;
}

void promise_hear(uint64_t connection, const struct message *message)
{
	watch_follow();
	if (message->kind == MESSAGE_PLAN) {
		counted.plans++;
		if (watch_kind(message->id) != EVENT_query_asked)
			life_lost("a plan left without its question");
	}
	if (connection == AT_FRONT)
		people_hear(message);
}

/* --- heads --- */

static bool head_read(struct arena *arena, struct str note, struct head *out)
{
	struct checkpoint checkpoint;

	if (checkpoint_peek(arena, note, &checkpoint) != OK)
		return false;
	*out = (struct head){ checkpoint.size, checkpoint.root, hash_bytes(note), false };
	return true;
}

void promise_signed(struct str note)
{
	AUTO(arena_close) struct arena arena = arena_open(NOTE_ARENA_BYTES);
	struct head *head = &heads.at[heads.count];

	if (note.len == 0)
		return;
	assert(heads.count < HEADS_MAX);
	if (!head_read(&arena, note, head)) {
		life_lost("a signed head cannot be read");
		return;
	}
	for (size_t i = 0; i < heads.count; i++)
		if (heads.at[i].size > head->size ||
		    (heads.at[i].size == head->size && !hash_eq(&heads.at[i].root, &head->root)))
			life_lost("the sealer contradicts itself");
	heads.count++;
	counted.heads++;
}

void promise_published(struct str note)
{
	watch_follow();
	if (note.len && ledger_published(life.reader) == heads.at[heads.count - 1].size)
		heads.at[heads.count - 1].published = true;
}

static void head_kept(const struct head *head)
{
	AUTO(arena_close) struct arena arena = arena_open(NOTE_ARENA_BYTES);
	struct str note;

	if (!watch_root_is(head->size, &head->root))
		life_lost("the log does not continue a signed head");
	if (!head->published)
		return;
	if (ledger_checkpoint_of(life.reader, head->size - 1, &arena, &note) != OK) {
		life_lost("a published checkpoint is gone");
		return;
	}
	struct hash found = hash_bytes(note);
	if (!hash_eq(&found, &head->note))
		life_lost("a published checkpoint changed");
}

void promise_heads(void)
{
	for (size_t i = 0; i < heads.count; i++) {
		head_kept(&heads.at[i]);
		if (life.sealer.seal.size < heads.at[i].size)
			life_lost("the sealer forgot what it signed");
	}
}
