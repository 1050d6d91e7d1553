/* Patterns of ignore files as a row of items, matched without backtracking.
 *
 * The builder turns a pattern into a regular expression and lets Go match it. The items are that
 * expression, read as Go reads it. */
#ifndef GDF_PROJECT_GLOB_H
#define GDF_PROJECT_GLOB_H

#include "project/ignore.h"

typedef enum gdf__glob_kind {
    GDF__GLOB_RUNE,     /* one code point */
    GDF__GLOB_ANY,      /* any code point but a line end */
    GDF__GLOB_CLASS,    /* one code point in the ranges, or not in them */
    GDF__GLOB_OPTIONAL, /* the next two items may be left out */
    GDF__GLOB_START,    /* nothing, where the path begins */
    GDF__GLOB_NEVER     /* nothing: Go refuses the expression, or a condition that no path meets */
} gdf__glob_kind;

typedef struct gdf__glob_range {
    uint32_t first;
    uint32_t last;
} gdf__glob_range;

typedef struct gdf__glob_item {
    uint8_t kind; /* gdf__glob_kind */
    bool repeats; /* any number of times, none included */
    bool negated; /* CLASS */
    uint32_t rune;
    const gdf__glob_range *ranges;
    uint32_t range_count;
} gdf__glob_item;

/* True when Go's filepath.Match finds no fault in the pattern, tried on the path `.`. Scratch
 * memory is taken from the arena. */
bool gdf__glob_is_valid(gdf_str glob, gdf__arena *arena);

/* Decides how a valid, clean pattern is compared and fills kind, items and item_count. */
void gdf__glob_compile(gdf__ignore_pattern *pattern, gdf__arena *arena);

/* How many bytes of the path the items match that end at its end or in front of one of its slashes:
 * the path or a parent directory, the shortest one. GDF__GLOB_NO_MATCH when there is none. Cost:
 * items times code points. */
#define GDF__GLOB_NO_MATCH SIZE_MAX
size_t gdf__glob_match_prefix(const gdf__glob_item *items, uint32_t count, gdf_str path);

/* True when the items match the whole path or a parent directory. */
bool gdf__glob_match_path_or_parent(const gdf__glob_item *items, uint32_t count, gdf_str path);

#endif
