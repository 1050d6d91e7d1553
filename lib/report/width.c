#include "report/width.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct rune_range {
    uint32_t first;
    uint32_t last;
} rune_range;

#include "report/width.def"

static bool in_table(const rune_range *table, size_t count, uint32_t rune)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rune > table[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && rune >= table[low].first;
}

uint32_t gdf__rune_width(uint32_t rune)
{
    if (rune < ZERO_WIDTH[0].first)
        return 1;
    if (in_table(ZERO_WIDTH, sizeof ZERO_WIDTH / sizeof *ZERO_WIDTH, rune))
        return 0;
    return in_table(WIDE, sizeof WIDE / sizeof *WIDE, rune) ? 2 : 1;
}
