#include "base/arena.h"

#include <string.h>

#include "base/slice.h"

/* Small enough that a document of a few lines costs one chunk, large enough that a long one
 * costs few. Chunks double up to the largest. */
static const size_t SMALLEST_CHUNK = 1024;
static const size_t LARGEST_CHUNK = (size_t)1 << 20;

struct gdf__arena_chunk {
    gdf__arena_chunk *older;
    size_t size;
    uint64_t bytes[];
};

void gdf__arena_init(gdf__arena *arena, const gdf_allocator *allocator)
{
    *arena = (gdf__arena){.allocator = *allocator};
}

void gdf__arena_lend(gdf__arena *arena, void *room, size_t size)
{
    arena->next = room;
    arena->left = size;
}

void gdf__arena_free(gdf__arena *arena)
{
    for (gdf__arena_chunk *chunk = arena->chunks; chunk;) {
        gdf__arena_chunk *older = chunk->older;
        gdf__release(&arena->allocator, chunk);
        chunk = older;
    }
    arena->chunks = NULL;
    arena->next = NULL;
    arena->left = 0;
}

static bool add_chunk(gdf__arena *arena, size_t size)
{
    size_t chunk_size = arena->chunks ? arena->chunks->size * 2 : SMALLEST_CHUNK;
    if (chunk_size > LARGEST_CHUNK)
        chunk_size = LARGEST_CHUNK;
    if (chunk_size < size)
        chunk_size = size;
    if (chunk_size > SIZE_MAX - sizeof(gdf__arena_chunk))
        return false;
    gdf__arena_chunk *chunk = gdf__allocate(&arena->allocator, sizeof *chunk + chunk_size);
    if (!chunk)
        return false;
    chunk->older = arena->chunks;
    chunk->size = chunk_size;
    arena->chunks = chunk;
    arena->next = (char *)chunk->bytes;
    arena->left = chunk_size;
    return true;
}

void gdf__arena_reserve(gdf__arena *arena, size_t size)
{
    if (size > arena->left && !add_chunk(arena, size))
        arena->failed = true;
}

char *gdf__arena_take_chunk(gdf__arena *arena, size_t size)
{
    bool fits = arena->next && size <= arena->left;
    if (arena->failed || (!fits && !add_chunk(arena, size))) {
        arena->failed = true;
        return NULL;
    }
    char *block = arena->next;
    arena->next += size;
    arena->left -= size;
    return block;
}

gdf_str gdf__arena_copy(gdf__arena *arena, gdf_str text)
{
    char *copy = text.len ? gdf__arena_take_bytes(arena, text.len) : NULL;
    if (!copy)
        return gdf__empty;
    memcpy(copy, text.ptr, text.len);
    return (gdf_str){copy, text.len};
}
