/* The input's bytes and where its lines start. */
#ifndef GDF_TEXT_SOURCE_H
#define GDF_TEXT_SOURCE_H

#include "base/table.h"

typedef struct gdf__source {
    gdf_allocator allocator;
    char *bytes; /* own copy */
    uint32_t len;
    gdf__table lines; /* of uint32_t: offset of each line's first byte */
} gdf__source;

/* Copies `text` (shorter than 4 GiB). False when memory is short; free it all the same. */
bool gdf__source_init(gdf__source *source, gdf_str text, const gdf_allocator *allocator);
void gdf__source_free(gdf__source *source);

gdf_str gdf__source_text(const gdf__source *source);
/* [start, end) of the source. */
gdf_str gdf__source_slice(const gdf__source *source, uint32_t start, uint32_t end);

/* The line, counted from 1, that holds `offset`. */
uint32_t gdf__source_line_at(const gdf__source *source, uint32_t offset);
/* Start of line `line` (from 1); the length past the last. */
uint32_t gdf__source_line_start(const gdf__source *source, uint32_t line);
/* End of line `line` before its "\n" and the "\r" in front of it. */
uint32_t gdf__source_line_end(const gdf__source *source, uint32_t line);

#endif
