#include "base/arena.h"

#include <assert.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHUNK_BYTES = 16 * 1024,
	CHUNK_BYTES_MAX = 1024 * 1024, /* chunks grow with the arena */
	KEEP_BYTES_MIN = 64 * 1024,    /* an emptied arena keeps so much for the next request, */
	KEEP_SHARE = 256,              /* or this share of its limit */
	TRIM_BYTES = 16 * 1024 * 1024,
	ALIGN_BYTES = 16
};

/* What of a chunk is not used is zero. */
struct arena_chunk {
	struct arena_chunk *before;
	size_t used, cap;
	_Alignas(ALIGN_BYTES) char at[];
};

static void stop_out_of_memory(const char *why)
{
	fprintf(stderr, "youju: %s; stopping\n", why);
	abort();
}

struct arena arena_open(size_t limit_bytes)
{
	assert(limit_bytes > 0);
	return (struct arena){ .limit_bytes = limit_bytes };
}

struct arena arena_open_secret(size_t limit_bytes)
{
	struct arena arena = arena_open(limit_bytes);

	arena.secret = true;
	return arena;
}

static void chunk_zero(const struct arena *arena, struct arena_chunk *chunk)
{
	if (arena->secret)
		explicit_bzero(chunk->at, chunk->used);
	else
		memset(chunk->at, 0, chunk->used);
	chunk->used = 0;
}

static void chunks_free(struct arena *arena)
{
	for (struct arena_chunk *chunk = arena->chunk, *before; chunk; chunk = before) {
		before = chunk->before;
		if (arena->secret)
			explicit_bzero(chunk->at, chunk->used);
		free(chunk);
	}
	arena->chunk = NULL;
}

static size_t kept_bytes(const struct arena *arena)
{
	size_t share = arena->limit_bytes / KEEP_SHARE;

	return share > KEEP_BYTES_MIN ? share : KEEP_BYTES_MIN;
}

/* Many chunks become one of their size, so that the next request of this kind asks the library once. */
void arena_empty(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunk;

	if (chunk && !chunk->before && chunk->cap <= kept_bytes(arena)) {
		chunk_zero(arena, chunk);
	} else if (chunk) {
		size_t used = arena->used_bytes + CHUNK_BYTES;
		arena->next_bytes = used <= kept_bytes(arena) ? used : 0;
		chunks_free(arena);
	}
	arena->used_bytes = 0;
}

void arena_close(struct arena *arena)
{
	chunks_free(arena);
	arena->used_bytes = 0;
}

static struct arena_chunk *chunk_add(struct arena *arena, size_t need)
{
	size_t cap = arena->used_bytes / 2 < CHUNK_BYTES_MAX ? arena->used_bytes / 2 : CHUNK_BYTES_MAX;

	if (cap < CHUNK_BYTES)
		cap = CHUNK_BYTES;
	if (cap < arena->next_bytes && !arena->chunk)
		cap = arena->next_bytes;
	if (cap > arena->limit_bytes)
		cap = arena->limit_bytes; /* a small arena for one secret is emptied and zeroed often */
	if (cap < need)
		cap = need;
	struct arena_chunk *chunk = calloc(1, sizeof *chunk + cap);
	if (!chunk)
		stop_out_of_memory("out of memory");
	chunk->before = arena->chunk;
	chunk->cap = cap;
	arena->chunk = chunk;
	return chunk;
}

void *arena_bytes(struct arena *arena, size_t len)
{
	struct arena_chunk *chunk = arena->chunk;
	size_t need = (len + ALIGN_BYTES - 1) & ~(size_t)(ALIGN_BYTES - 1);

	if (need < len || need > arena->limit_bytes - arena->used_bytes)
		stop_out_of_memory("a request outgrew its arena");
	if (!chunk || chunk->cap - chunk->used < need)
		chunk = chunk_add(arena, need);
	void *bytes = chunk->at + chunk->used;
	chunk->used += need;
	arena->used_bytes += need;
	return bytes;
}

void *arena_bytes_of(struct arena *arena, size_t size, size_t count)
{
	if (size > 0 && count > SIZE_MAX / size)
		stop_out_of_memory("a request outgrew its arena");
	return arena_bytes(arena, size * count);
}

void process_keep_memory(void)
{
	mallopt(M_TRIM_THRESHOLD, TRIM_BYTES);
	mallopt(M_MMAP_THRESHOLD, TRIM_BYTES);
}

void *process_bytes(size_t len)
{
	void *bytes = calloc(1, len ? len : 1);

	if (!bytes)
		stop_out_of_memory("out of memory");
	return bytes;
}

void *process_aligned(size_t len, size_t align)
{
	void *bytes = aligned_alloc(align, (len + align - 1) & ~(align - 1));

	if (!bytes)
		stop_out_of_memory("out of memory");
	return bytes;
}

void *process_grow(void *old, size_t old_len, size_t new_len)
{
	char *bytes = realloc(old, new_len);

	assert(new_len >= old_len);
	if (!bytes)
		stop_out_of_memory("out of memory");
	memset(bytes + old_len, 0, new_len - old_len);
	return bytes;
}

void process_free(void *bytes)
{
	free(bytes);
}
