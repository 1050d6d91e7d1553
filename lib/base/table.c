#include "base/table.h"

#include <string.h>

static const uint32_t FIRST_CAPACITY = 16;

/* Small tables double, large ones grow by half: memory counts more than copies there. */
static const uint32_t LARGE = 64;

static uint32_t next_capacity(uint32_t capacity)
{
    if (capacity == 0)
        return FIRST_CAPACITY;
    return capacity < LARGE ? capacity * 2 : capacity + capacity / 2;
}

void gdf__table_init(gdf__table *table, const gdf_allocator *allocator, size_t item_size)
{
    *table = (gdf__table){.allocator = *allocator, .item_size = (uint32_t)item_size};
}

void gdf__table_lend(gdf__table *table, void *room, uint32_t capacity)
{
    table->items = room;
    table->capacity = capacity;
    table->lent = true;
}

void gdf__table_free(gdf__table *table)
{
    if (!table->lent)
        gdf__release(&table->allocator, table->items);
    table->items = NULL;
    table->lent = false;
    table->count = 0;
    table->capacity = 0;
}

static bool resize(gdf__table *table, uint32_t capacity)
{
    size_t size = 0;
    if (!gdf__multiply(capacity, table->item_size, &size))
        return false;
    bool owns = table->items && !table->lent;
    void *items = owns ? table->allocator.reallocate(table->allocator.context, table->items, size)
                       : gdf__allocate(&table->allocator, size);
    if (!items)
        return false;
    if (table->lent)
        memcpy(items, table->items, (size_t)table->count * table->item_size);
    table->lent = false;
    table->items = items;
    table->capacity = capacity;
    return true;
}

void gdf__table_reserve(gdf__table *table, uint32_t capacity)
{
    if (capacity > table->capacity)
        resize(table, capacity);
}

void *gdf__table_grow(gdf__table *table)
{
    if (table->failed || table->count >= UINT32_MAX / 2) {
        table->failed = true;
        return NULL;
    }
    if (!resize(table, next_capacity(table->capacity))) {
        table->failed = true;
        return NULL;
    }
    return table->items + (size_t)table->count++ * table->item_size;
}
