/* A growable array of equal items in one block, owned by whoever declares it.
 *
 *     gdf__table lines;                        // of uint32_t
 *     gdf__table_init(&lines, allocator, sizeof(uint32_t));
 *     uint32_t *line = gdf__table_add(&lines); // NULL when memory is short; `failed` stays set
 *     uint32_t first = *GDF__AT(lines, uint32_t, 0);
 *
 * Pointers to items are valid until the next add. */
#ifndef GDF_BASE_TABLE_H
#define GDF_BASE_TABLE_H

#include "base/memory.h"

typedef struct gdf__table {
    gdf_allocator allocator;
    char *items;
    uint32_t item_size;
    uint32_t count;
    uint32_t capacity;
    bool failed;
    bool lent; /* the items stand in a block that is not the table's */
} gdf__table;

void gdf__table_init(gdf__table *table, const gdf_allocator *allocator, size_t item_size);
void gdf__table_free(gdf__table *table);

/* First room for `capacity` items in a block of the caller's, which must outlive the table. A table
 * that outgrows it moves to a block of its own. */
void gdf__table_lend(gdf__table *table, void *room, uint32_t capacity);

/* Room for `capacity` items in all; a hint that may fail without harm. */
void gdf__table_reserve(gdf__table *table, uint32_t capacity);

/* Grows by one. Slow path of gdf__table_add. */
void *gdf__table_grow(gdf__table *table);

/* One more item, zeroed by the caller if it matters. */
static inline void *gdf__table_add(gdf__table *table)
{
    if (table->count == table->capacity)
        return gdf__table_grow(table);
    return table->items + (size_t)table->count++ * table->item_size;
}

/* The same where many are added: the size of an item, known when this is compiled, saves work. */
#define GDF__ADD(table, type) ((type *)gdf__table_add_sized((table), sizeof(type)))

static inline void *gdf__table_add_sized(gdf__table *table, size_t item_size)
{
    if (table->count == table->capacity)
        return gdf__table_grow(table);
    return table->items + table->count++ * item_size;
}

#define GDF__AT(table, type, index) (&((type *)(void *)(table).items)[index])

#endif
