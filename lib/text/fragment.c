#include "text/fragment.h"

/* The last segment that starts at or before `offset`. */
static uint32_t find_segment(const gdf__fragment *fragment, size_t offset)
{
    uint32_t low = 0;
    uint32_t high = fragment->segment_count;
    if (high > 1 && offset < fragment->segments[1].text)
        return 0;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (fragment->segments[middle].text <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint32_t gdf__fragment_start_among(const gdf__fragment *fragment, size_t offset)
{
    const gdf__segment *segment = &fragment->segments[find_segment(fragment, offset)];
    return segment->source + (uint32_t)(offset - segment->text);
}

uint32_t gdf__fragment_end(const gdf__fragment *fragment, size_t offset)
{
    return offset == 0 ? fragment->segments[0].source
                       : gdf__fragment_start(fragment, offset - 1) + 1;
}

bool gdf__fragment_is_contiguous(const gdf__fragment *fragment, size_t start, size_t end)
{
    if (end <= start || fragment->segment_count == 1)
        return true;
    uint32_t next = find_segment(fragment, start) + 1;
    return next == fragment->segment_count || end <= fragment->segments[next].text;
}
