/* Memory that lives as long as one request.
 *
 * Three lifetimes and no others: static, the process, the request. Nobody else calls malloc. An
 * arena never returns NULL: a request that outgrows its arena is a bug or an attack, and the
 * process stops. */
#ifndef YOUJU_BASE_ARENA_H
#define YOUJU_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *chunk;
	size_t used_bytes, limit_bytes;
	bool secret; /* memory is wiped before it is given back */
	size_t next_bytes; /* what the first chunk of the next request should hold */
};

struct arena arena_open(size_t limit_bytes);
struct arena arena_open_secret(size_t limit_bytes);
void arena_empty(struct arena *arena); /* keeps a chunk for reuse */
void arena_close(struct arena *arena);

/* Zeroed, aligned for any type. */
void *arena_bytes(struct arena *arena, size_t len);

#define arena_new(arena, type) ((type *)arena_bytes((arena), sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_bytes_of((arena), sizeof(type), (count)))
void *arena_bytes_of(struct arena *arena, size_t size, size_t count);

/* For servers: what was freed stays with the process, up to a limit, as the next request needs it again. */
void process_keep_memory(void);

/* For the few structures that live as long as the process: never NULL, zeroed. */
void *process_bytes(size_t len);
void *process_aligned(size_t len, size_t align); /* not zeroed; a power of two */
void *process_grow(void *old, size_t old_len, size_t new_len); /* the added part is zeroed */
void process_free(void *bytes);

#endif
