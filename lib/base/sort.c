#include "base/sort.h"

#include <string.h>

static char *item(const gdf__table *table, uint32_t index)
{
    return table->items + (size_t)index * table->item_size;
}

/* Bytes that are swapped at once. */
enum { SWAP_PIECE = 64 };

static void swap_items(gdf__table *table, uint32_t a, uint32_t b)
{
    char piece[SWAP_PIECE];
    char *left = item(table, a);
    char *right = item(table, b);
    for (size_t rest = table->item_size; rest > 0;) {
        size_t len = rest < sizeof piece ? rest : sizeof piece;
        memcpy(piece, left, len);
        memcpy(left, right, len);
        memcpy(right, piece, len);
        left += len;
        right += len;
        rest -= len;
    }
}

/* Restores the heap property of the first `count` items below `root`. */
static void sift_down(gdf__table *table, uint32_t root, uint32_t count, gdf__compare compare)
{
    for (uint32_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && compare(item(table, child), item(table, child + 1)) < 0)
            child++;
        if (compare(item(table, root), item(table, child)) >= 0)
            return;
        swap_items(table, root, child);
        root = child;
    }
}

static bool is_sorted(const gdf__table *table, gdf__compare compare)
{
    for (uint32_t i = 1; i < table->count; i++) {
        if (compare(item(table, i - 1), item(table, i)) > 0)
            return false;
    }
    return true;
}

void gdf__table_sort(gdf__table *table, gdf__compare compare)
{
    if (is_sorted(table, compare))
        return;
    for (uint32_t root = table->count / 2; root-- > 0;)
        sift_down(table, root, table->count, compare);
    for (uint32_t end = table->count; end-- > 1;) {
        swap_items(table, 0, end);
        sift_down(table, 0, end, compare);
    }
}
