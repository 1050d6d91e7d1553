#include "rewrite/withheld.h"

#include <string.h>

#include "base/slice.h"
#include "rewrite/places.h"

/* Index of the first row at or behind `place`. */
static uint32_t find_place(const gdf__table *withheld, uint64_t place)
{
    uint32_t low = 0;
    uint32_t high = withheld->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (GDF__AT(*withheld, gdf__withheld, middle)->place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool gdf__withheld_has(const gdf__table *withheld, gdf_rule rule, uint32_t place, gdf_str title)
{
    for (uint32_t i = find_place(withheld, place); i < withheld->count; i++) {
        const gdf__withheld *row = GDF__AT(*withheld, gdf__withheld, i);
        if (row->place != place)
            break;
        if (row->rule == rule && gdf__str_equal(row->title, title))
            return true;
    }
    return false;
}

void gdf__withheld_add(gdf__table *withheld, gdf__withheld row)
{
    uint32_t index = find_place(withheld, (uint64_t)row.place + 1);
    if (!gdf__table_add(withheld))
        return;
    gdf__withheld *at = GDF__AT(*withheld, gdf__withheld, index);
    memmove(at + 1, at, (withheld->count - 1 - index) * sizeof *at);
    *at = row;
}

void gdf__withheld_move(gdf__table *withheld, const gdf__table *edits)
{
    gdf__places places;
    gdf__places_init(&places, edits);
    for (uint32_t i = 0; i < withheld->count; i++) {
        gdf__withheld *row = GDF__AT(*withheld, gdf__withheld, i);
        row->place = gdf__places_map(&places, row->place);
    }
}
