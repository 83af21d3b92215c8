#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 16 * 1024, ALIGN_BYTES = 16 };

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

static void chunk_free(const struct arena *arena, struct arena_chunk *chunk)
{
	if (arena->secret)
		explicit_bzero(chunk->at, chunk->used);
	free(chunk);
}

void arena_empty(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunk;

	while (chunk && chunk->before) {
		struct arena_chunk *before = chunk->before;
		chunk_free(arena, chunk);
		chunk = before;
	}
	if (chunk && arena->secret)
		explicit_bzero(chunk->at, chunk->used);
	if (chunk)
		chunk->used = 0;
	arena->chunk = chunk;
	arena->used_bytes = 0;
}

void arena_close(struct arena *arena)
{
	arena_empty(arena);
	free(arena->chunk);
	arena->chunk = NULL;
}

void *arena_bytes(struct arena *arena, size_t len)
{
	struct arena_chunk *chunk = arena->chunk;
	size_t need = (len + ALIGN_BYTES - 1) & ~(size_t)(ALIGN_BYTES - 1);

	if (need < len || need > arena->limit_bytes - arena->used_bytes)
		stop_out_of_memory("a request outgrew its arena");
	if (!chunk || chunk->cap - chunk->used < need) {
		size_t cap = need > CHUNK_BYTES ? need : CHUNK_BYTES;
		chunk = malloc(sizeof *chunk + cap);
		if (!chunk)
			stop_out_of_memory("out of memory");
		*chunk = (struct arena_chunk){ .before = arena->chunk, .cap = cap };
		arena->chunk = chunk;
	}
	void *bytes = chunk->at + chunk->used;
	chunk->used += need;
	arena->used_bytes += need;
	return memset(bytes, 0, need);
}

void *arena_bytes_of(struct arena *arena, size_t size, size_t count)
{
	if (size > 0 && count > SIZE_MAX / size)
		stop_out_of_memory("a request outgrew its arena");
	return arena_bytes(arena, size * count);
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
