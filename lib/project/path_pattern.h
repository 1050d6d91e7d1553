/* Sources of COPY and ADD with `*`, `?` and `[…]`: patterns of Go's filepath.Match as items that
 * glob.h matches. */
#ifndef GDF_PROJECT_PATH_PATTERN_H
#define GDF_PROJECT_PATH_PATTERN_H

#include "project/glob.h"

typedef struct gdf__path_pattern {
    const gdf__glob_item
        *items; /* in the arena; one that matches nothing for a malformed pattern */
    uint32_t count;
} gdf__path_pattern;

gdf__path_pattern gdf__path_pattern_compile(gdf_str pattern, gdf__arena *arena);

/* True when the text has a `*`, `?` or `[` that is not escaped. */
bool gdf__path_pattern_has_wildcard(gdf_str text);

/* Offset of the first component with a wildcard, or text.len. */
size_t gdf__path_pattern_find_wildcard(gdf_str path);

#endif
