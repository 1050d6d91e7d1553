/* A bump allocator: many small blocks, freed together. Once an allocation fails the arena stays
 * failed, so a builder may go on and check `failed` once at its end. */
#ifndef GDF_BASE_ARENA_H
#define GDF_BASE_ARENA_H

#include "base/memory.h"

typedef struct gdf__arena_chunk gdf__arena_chunk;

typedef struct gdf__arena {
    gdf_allocator allocator;
    gdf__arena_chunk *chunks; /* newest first */
    char *next;
    size_t left;
    bool failed;
} gdf__arena;

/* Enough for pointers and integers. */
#define GDF__ARENA_ALIGNMENT sizeof(uint64_t)

void gdf__arena_init(gdf__arena *arena, const gdf_allocator *allocator);
void gdf__arena_free(gdf__arena *arena);

/* First room in a block of the caller's, which must outlive the arena. */
void gdf__arena_lend(gdf__arena *arena, void *room, size_t size);

/* Room for `size` bytes in one chunk. */
void gdf__arena_reserve(gdf__arena *arena, size_t size);

/* Slow path of gdf__arena_take_bytes: the last bytes of a chunk, or those of a new one. */
char *gdf__arena_take_chunk(gdf__arena *arena, size_t size);

/* Unaligned bytes for text, a place also for no bytes; NULL (and `failed`) when memory is short. */
static inline char *gdf__arena_take_bytes(gdf__arena *arena, size_t size)
{
    if (arena->failed || size >= arena->left)
        return gdf__arena_take_chunk(arena, size);
    char *block = arena->next;
    arena->next += size;
    arena->left -= size;
    return block;
}

/* A block aligned for pointers and integers; NULL (and `failed`) when memory is short. */
static inline void *gdf__arena_take(gdf__arena *arena, size_t size)
{
    size_t padding = -(uintptr_t)arena->next % GDF__ARENA_ALIGNMENT;
    if (padding >= arena->left) {
        arena->left = 0;
    } else {
        arena->next += padding;
        arena->left -= padding;
    }
    return gdf__arena_take_bytes(arena, size);
}

/* A copy of `text`; an empty string when memory is short. */
gdf_str gdf__arena_copy(gdf__arena *arena, gdf_str text);

#endif
