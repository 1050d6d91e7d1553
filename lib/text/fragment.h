/* A text cut out of the source, possibly in several segments: a logical line without its
 * continuations. Offsets in the text map back to the source. */
#ifndef GDF_TEXT_FRAGMENT_H
#define GDF_TEXT_FRAGMENT_H

#include <stdbool.h>

#include <godockerfile/base.h>

typedef struct gdf__segment {
    uint32_t text;   /* offset in the fragment where the segment starts */
    uint32_t source; /* offset in the source of that byte */
} gdf__segment;

typedef struct gdf__fragment {
    gdf_str text;
    const gdf__segment *segments; /* at least one, the first has text 0 */
    uint32_t segment_count;
} gdf__fragment;

/* The same for a fragment of several segments. */
uint32_t gdf__fragment_start_among(const gdf__fragment *fragment, size_t offset);

/* Source offset of the byte at `offset`; offset == text.len gives the place just behind. */
static inline uint32_t gdf__fragment_start(const gdf__fragment *fragment, size_t offset)
{
    return fragment->segment_count == 1 ? fragment->segments[0].source + (uint32_t)offset
                                        : gdf__fragment_start_among(fragment, offset);
}

/* Source offset behind the byte before `offset`: the end of a range that ends at `offset`. It never
 * reaches over a gap that follows the range. */
uint32_t gdf__fragment_end(const gdf__fragment *fragment, size_t offset);

/* True when [start, end) of the text lies in the source without a gap. */
bool gdf__fragment_is_contiguous(const gdf__fragment *fragment, size_t start, size_t end);

#endif
