/* First rooms of several tables side by side in one chunk of an arena: one allocation instead of
 * one for every table that is used. */
#ifndef GDF_BASE_ROOMS_H
#define GDF_BASE_ROOMS_H

#include "base/arena.h"
#include "base/table.h"

/* A table, still empty, and how many rows most inputs need at most. One that needs more moves to a
 * block of its own. */
typedef struct gdf__room {
    gdf__table *table;
    uint32_t capacity;
} gdf__room;

/* Lends the tables their rooms, which live as long as the arena. A long one gets a block of its own
 * at once. The arena fails when memory is short. */
void gdf__rooms_lend(const gdf__room *rooms, size_t count, gdf__arena *arena);

#endif
