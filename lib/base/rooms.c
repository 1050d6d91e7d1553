#include "base/rooms.h"

/* Longer tables are worth a block of their own: it can grow in place. */
enum { MOST_ROWS = 1 << 16 };

static size_t size_of(const gdf__room *room)
{
    return room->capacity <= MOST_ROWS ? (size_t)room->capacity * room->table->item_size : 0;
}

void gdf__rooms_lend(const gdf__room *rooms, size_t count, gdf__arena *arena)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += size_of(&rooms[i]) + GDF__ARENA_ALIGNMENT;
    gdf__arena_reserve(arena, total);
    for (size_t i = 0; i < count; i++) {
        size_t size = size_of(&rooms[i]);
        void *block = size ? gdf__arena_take(arena, size) : NULL;
        if (block)
            gdf__table_lend(rooms[i].table, block, rooms[i].capacity);
        else
            gdf__table_reserve(rooms[i].table, rooms[i].capacity);
    }
}
